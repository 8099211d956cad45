//! `friendboard share-image`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::limits::LimitArguments;
use super::options::ratio;
use super::report::print_diagnostics;
use super::{example, output};
use crate::error::{Diagnostic, Diagnostics, ErrorKind, Place, Result};
use crate::friends::{Order, RankOptions, ReadOptions};
use crate::host::headless::{Assets, read_text};
use crate::limits::Limits;
use crate::picture::{self, Format};
use crate::pipeline::Renderer;
use crate::share::draw;
use crate::share::image::{FriendOptions, ImageSize, ImageTemplate, ShareImage};
use crate::text::Fonts;

/// Options of `share-image`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  friendboard share-image top-three --data friends.json --title 'Cube Jump' -o share.png
  friendboard share-image beat-my-score --data friends.json --self oMyOpenid --size 1:1 --locale zh-CN -o share.jpg
  friendboard share-image weekly-report --data week.json --size 1200x630 -o report.png

The data is what a platform's friend call answered with, and beside its list it may have
  {\"game\": {\"title\", \"icon\", \"tagline\"}, \"player\": {\"name\", \"avatar\", \"score\", \"rank\"}, \"message\": \"…\",
   \"week\": {\"figures\": [{\"label\", \"value\", \"change\"}], \"days\": [{\"label\", \"value\"}]}}")]
pub struct Arguments {
    /// beat-my-score, top-three, weekly-report or invite
    kind: ImageTemplate,
    /// Friend data in any platform's shape; - is standard input. Without it the bundled example is drawn
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// The player's own openid; without it, as the data says
    #[arg(long = "self", value_name = "OPENID")]
    self_openid: Option<String>,
    /// The key whose value is the score; without it, the first that reads as one
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
    /// Which score is better: desc (the higher) or asc (the lower)
    #[arg(long, value_name = "ORDER", default_value = "desc")]
    order: Order,
    /// 5:4 (500×400), 1:1 (500×500) or 1200x630
    #[arg(long, value_name = "SIZE", default_value = "5:4", value_parser = size)]
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
    /// The language of the built-in texts: en or zh-CN
    #[arg(long, value_name = "LOCALE", default_value = "en")]
    locale: String,
    /// The folder below which pictures are found; without it, the folder of the data file
    #[arg(long, value_name = "DIR")]
    assets: Option<PathBuf>,
    /// The picture: .png, .jpg, .webp or .rgba; - is PNG on standard output. Without it, KIND.png
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    #[command(flatten)]
    limits: LimitArguments,
}

fn size(text: &str) -> std::result::Result<ImageSize, String> {
    match text {
        "5:4" | "500x400" => Ok(ImageSize::FiveToFour),
        "1:1" | "500x500" => Ok(ImageSize::Square),
        "1200x630" => Ok(ImageSize::Wide),
        _ => Err("5:4, 1:1 or 1200x630 was expected".to_owned()),
    }
}

/// Draws a share image.
pub fn run(arguments: &Arguments) -> Result<()> {
    let limits = arguments.limits.to_limits();
    let mut diagnostics = Diagnostics::new();
    let path = arguments.output.clone().unwrap_or_else(|| PathBuf::from(format!("{}.png", arguments.kind.name())));
    let format = if path == Path::new("-") { Format::PNG } else { Format::from_path(&path)? };
    let image = read(arguments, &limits, &mut diagnostics)?;
    let assets = assets(arguments, &limits);
    let mut renderer = Renderer::new(Fonts::bundled(), limits);
    let canvas =
        draw::image(&image, arguments.size, &arguments.locale, arguments.dpr, &mut renderer, &assets, &mut diagnostics)?;
    output::write(&path, &picture::encode(&canvas, format)?)?;
    diagnostics.extend(assets.take_diagnostics());
    print_diagnostics(&diagnostics);
    Ok(())
}

fn read(arguments: &Arguments, limits: &Limits, diagnostics: &mut Diagnostics) -> Result<ShareImage> {
    let rank = RankOptions {
        order: arguments.order,
        self_openid: arguments.self_openid.as_deref().map(Arc::from),
        ..RankOptions::default()
    };
    let options = FriendOptions { read: ReadOptions { key: arguments.key.clone() }, rank };
    let (name, json) = match &arguments.data {
        Some(path) if path == Path::new("-") => ("<standard input>".into(), read_data(path, limits)?),
        Some(path) => (path.to_string_lossy(), read_data(path, limits)?),
        None => ("<example>".into(), example::FRIENDS.to_owned()),
    };
    let mut said = Diagnostics::new();
    let read = ShareImage::from_json(&json, arguments.kind, &options, limits, &mut said);
    let named = |place: &Place| Place { document: Some(Arc::from(&*name)), ..place.clone() };
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
    for lacking in image.lacking() {
        said.push(lacking);
    }
    for found in said.as_slice() {
        diagnostics.push(Diagnostic { place: named(&found.place), ..found.clone() });
    }
    Ok(image)
}

fn read_data(path: &Path, limits: &Limits) -> Result<String> {
    read_text(path, limits.data_bytes, "data_bytes", ErrorKind::Data)
}

fn assets(arguments: &Arguments, limits: &Limits) -> Assets {
    let beside_data = || arguments.data.as_deref().filter(|path| *path != Path::new("-"))?.parent();
    let root = arguments.assets.clone().or_else(|| {
        beside_data().map(|folder| if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() })
    });
    let bundled = if arguments.data.is_none() { example::AVATARS } else { &[] };
    Assets::new(root, limits.clone()).with_bundled(bundled)
}
