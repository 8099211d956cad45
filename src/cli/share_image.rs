//! `friendboard share-image`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::content::{FriendsFile, locale, theme};
use super::limits::LimitArguments;
use super::network::Network;
use super::options::{locale_help, ratio, theme_help};
use super::output;
use super::report::print_diagnostics;
use super::show::Show;
use super::watch::Watch;
use crate::error::{Diagnostic, Diagnostics, Place, Result};
use crate::friends::{RankOptions, ReadOptions};
use crate::host::headless::compile_files;
use crate::picture::Format;
use crate::pipeline::Renderer;
use crate::reading::Reading;
use crate::share::draw::{self, ImageLook};
use crate::share::image::{FriendOptions, ImageSize, ImageTemplate, ShareImage};
use crate::text::Fonts;

/// Options of `share-image`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  friendboard share-image top-three --data friends.json --title 'Cube Jump' -o share.png
  friendboard share-image beat-my-score --data friends.json --self oMyOpenid --size 1:1 --locale zh-CN -o share.jpg
  friendboard share-image weekly-report --data week.json --size 1200x630 --theme paper -o report.png
  friendboard boards --export invite mine        write invite.xml and .json, its theme and its texts into a folder
  friendboard share-image invite --template mine/invite.xml --style mine/invite.json --theme mine/invite.theme.json

The data is what a platform's friend call answered with, and beside its list it may have
  {\"game\": {\"title\", \"icon\", \"tagline\"}, \"player\": {\"name\", \"avatar\", \"score\", \"rank\"}, \"message\": \"…\",
   \"achievement\": {\"title\", \"description\", \"icon\", \"badge\", \"owners\"},
   \"week\": {\"figures\": [{\"label\", \"value\", \"change\"}], \"days\": [{\"label\", \"value\"}]}}")]
pub struct Arguments {
    /// beat-my-score, top-three, weekly-report, invite or achievement
    kind: ImageTemplate,
    #[command(flatten)]
    friends: FriendsFile,
    /// 5:4 (500×400), 1:1 (500×500), or a width and a height such as 1200x630: 200 to 4096 px, up to 2.5 times as wide as
    /// high and up to twice as high as wide
    #[arg(long, value_name = "SIZE", default_value = "5:4")]
    size: ImageSize,
    /// Device pixels per px: the picture has size × dpr pixels
    #[arg(long, value_name = "N", default_value = "1", value_parser = ratio)]
    dpr: f32,
    /// The game's title, in place of the data's
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// A line below the title, in place of the data's
    #[arg(long, value_name = "TEXT")]
    tagline: Option<String>,
    /// The game's icon below --assets, in place of the data's
    #[arg(long, value_name = "PATH")]
    icon: Option<String>,
    /// A line of your own in place of the built-in challenge or invitation
    #[arg(long, value_name = "TEXT")]
    message: Option<String>,
    #[arg(long, value_name = "LOCALE", default_value = "en", help = locale_help("The language of the image's own texts"))]
    locale: String,
    #[arg(long, value_name = "THEME", help = theme_help("The theme, in place of the image's own colours"))]
    theme: Option<String>,
    /// A template of your own; `friendboard boards --export KIND DIR` writes the bundled one
    #[arg(long, value_name = "FILE", requires = "style")]
    template: Option<PathBuf>,
    /// Its style sheet; several add up, later ones win
    #[arg(long, value_name = "FILE", requires = "template")]
    style: Vec<PathBuf>,
    /// The picture: .png, .jpg, .webp or .rgba; - is PNG on standard output. Without it, KIND.png
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    #[command(flatten)]
    network: Network,
    #[command(flatten)]
    watch: Watch,
    #[command(flatten)]
    show: Show,
    #[command(flatten)]
    limits: LimitArguments,
}

/// Draws a share image.
pub fn run(arguments: &Arguments) -> Result<()> {
    let mut show = arguments.show;
    arguments.watch.run(|| draw_image(arguments, &mut show))
}

fn draw_image(arguments: &Arguments, show: &mut Show) -> Result<()> {
    let limits = arguments.limits.to_limits();
    let mut diagnostics = Diagnostics::new();
    let path = arguments.output.clone().unwrap_or_else(|| PathBuf::from(format!("{}.png", arguments.kind.name())));
    let format = if path == Path::new("-") { Format::PNG } else { Format::from_path(&path)? };
    let image = read(arguments, &mut Reading::new(&limits, &mut diagnostics))?;
    let theme_of = |name: &String| theme(name, &limits);
    let board_of = |template: &PathBuf| compile_files(template, &arguments.style, &limits);
    let look = ImageLook {
        size: arguments.size,
        dpr: arguments.dpr,
        theme: arguments.theme.as_ref().map(theme_of).transpose()?,
        locale: locale(&arguments.locale, &limits)?,
        board: arguments.template.as_ref().map(board_of).transpose()?,
    };
    let template = arguments.template.as_deref();
    let mut assets = arguments.friends.assets(template, &limits)?.with_network(arguments.network.fetcher(&limits));
    let mut renderer = Renderer::new(Fonts::bundled(), limits.clone());
    let mut job = draw::image(&image, &look, &mut renderer)?;
    assets.supply(&mut job);
    let frame = job.finish()?;
    output::write(&path, &frame.encode(format)?)?;
    show.picture(&path, || frame.encode(Format::PNG), &limits)?;
    diagnostics.extend(frame.diagnostics);
    print_diagnostics(&diagnostics)
}

fn read(arguments: &Arguments, reading: &mut Reading<'_>) -> Result<ShareImage> {
    let friends = &arguments.friends;
    let rank = RankOptions {
        order: friends.order,
        self_openid: friends.self_openid.as_deref().map(Arc::from),
        ..RankOptions::default()
    };
    let options = FriendOptions { read: ReadOptions { key: friends.key.clone() }, rank };
    let source = friends.source(reading.limits)?;
    let name = source.place().document.as_deref().unwrap_or_default();
    let mut said = Diagnostics::new();
    let read = ShareImage::from_json(source.text(), arguments.kind, &options, &mut Reading::new(reading.limits, &mut said));
    let named = |place: &Place| Place { document: Some(Arc::from(name)), ..place.clone() };
    let mut image = read.map_err(|error| {
        let place = named(error.place());
        error.at(place)
    })?;
    let instead = |given: &Option<String>, place: &mut String| {
        if let Some(given) = given {
            place.clone_from(given);
        }
    };
    instead(&arguments.title, &mut image.game.title);
    instead(&arguments.tagline, &mut image.game.tagline);
    instead(&arguments.icon, &mut image.game.icon);
    instead(&arguments.message, &mut image.message);
    if let Some(openid) = friends.self_openid.as_deref().filter(|_| !image.player.is_self) {
        let shown: String = openid.chars().take(60).collect();
        let message = format!("--self: nobody in the data has the openid '{shown}'");
        said.push(Diagnostic::warning("unknown-self", message, Place::default()));
    }
    for lacking in image.lacking() {
        said.push(lacking);
    }
    for found in said.as_slice() {
        reading.push(Diagnostic { place: named(&found.place), ..found.clone() });
    }
    Ok(image)
}
