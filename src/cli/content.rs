//! Options that say what stands on a board: friends, how they are ranked, what surrounds them, and in which fonts.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::example;
use super::options::Variable;
use crate::error::{ErrorKind, Place, Result};
use crate::friends::{Order, Since, ThenBy, Ties, WithoutScore};
use crate::host::headless::{Assets, read_text};
use crate::json::{Source, Value};
use crate::limits::Limits;
use crate::pipeline::{Locale, Request, Theme};
use crate::scene::BoardState;
use crate::text::Fonts;

/// Whose scores, and where their pictures are.
#[derive(Debug, clap::Args)]
pub struct FriendsFile {
    /// Friend data in any platform's shape; - is standard input. Without it the bundled example is drawn
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// The folder below which pictures are found; without it, the folder of the data file
    #[arg(long, value_name = "DIR")]
    assets: Option<PathBuf>,
    /// The player's own openid; without it, as the data says
    #[arg(long = "self", value_name = "OPENID")]
    pub self_openid: Option<String>,
    /// The key whose value is the score, or a path into its JSON such as daily.highestScore; without it, the first that reads as one
    #[arg(long, value_name = "KEY")]
    pub key: Option<String>,
    /// Which score is better: desc (the higher) or asc (the lower); none keeps the order of the data
    #[arg(long, value_name = "ORDER", default_value = "desc")]
    pub order: Order,
}

impl FriendsFile {
    /// The data with its name: the file's, or the bundled example's.
    pub fn source(&self, limits: &Limits) -> Result<Source> {
        let Some(path) = &self.data else { return Ok(Source::new(example::FRIENDS, "<example>")) };
        let json = read_text(path, limits.data_bytes, "data_bytes", ErrorKind::Data)?;
        let name = if path == Path::new("-") { "<standard input>".into() } else { path.to_string_lossy() };
        Ok(Source::new(json, &name))
    }

    /// Pictures from below `--assets`, or beside the data; the example's own where it is drawn.
    pub fn assets(&self, limits: &Limits) -> Assets {
        let beside_data = || self.data.as_deref().filter(|path| *path != Path::new("-"))?.parent();
        let root = self.assets.clone().or_else(|| {
            beside_data().map(|folder| if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() })
        });
        let bundled = if self.data.is_none() { example::AVATARS } else { &[] };
        Assets::new(root, limits.clone()).with_bundled(bundled)
    }
}

/// Fonts beside the bundled ones.
#[derive(Debug, clap::Args)]
pub struct FontOptions {
    /// A font file to try before the bundled ones; may be repeated, in order of preference
    #[arg(long, value_name = "FILE")]
    font: Vec<PathBuf>,
    /// Try this machine's fonts for what the others lack
    #[arg(long)]
    system_fonts: bool,
}

impl FontOptions {
    /// A font stack with those.
    pub fn added_to(&self, mut fonts: Fonts, limits: &Limits) -> Result<Fonts> {
        for path in &self.font {
            fonts.add_file(path, limits)?;
        }
        if self.system_fonts {
            fonts.add_system(limits);
        }
        Ok(fonts)
    }
}

/// What stands on a board.
#[derive(Debug, clap::Args)]
pub struct Content {
    #[command(flatten)]
    friends: FriendsFile,
    /// Ranks of equal scores: competition (1 2 2 4), dense (1 2 2 3) or ordinal (1 2 3 4)
    #[arg(long, value_name = "TIES", default_value = "competition")]
    ties: Ties,
    /// Friends without a score: last or left-out
    #[arg(long, value_name = "WHERE", default_value = "last")]
    without_score: WithoutScore,
    /// What decides between equal scores, before their times do: a key or path, and which is better; may be repeated
    #[arg(long, value_name = "KEY[:asc|desc]")]
    then_by: Vec<ThenBy>,
    /// Leave older scores out: a date (2026-11-25), a time (2026-11-25T08:00:00+08:00), seconds or milliseconds
    #[arg(long, value_name = "TIME")]
    since: Option<Since>,
    /// How many places a page has, where the data is one (getImRankData): that of the call that was made
    #[arg(long, value_name = "N")]
    page_size: Option<usize>,
    /// Show the best N only
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// The language of the board's own texts: en or zh-CN, or a JSON file of texts
    #[arg(long, value_name = "LOCALE", default_value = "en")]
    locale: String,
    /// light or dark, or a JSON file of colours by role
    #[arg(long, value_name = "THEME", default_value = "light")]
    theme: String,
    /// A value that the template can name; may be repeated
    #[arg(long, value_name = "NAME=VALUE")]
    var: Vec<Variable>,
    /// Show a state whatever the data says: loading, empty, denied, error or ready
    #[arg(long, value_name = "STATE", value_parser = ["ready", "loading", "empty", "denied", "error"])]
    state: Option<String>,
    #[command(flatten)]
    fonts: FontOptions,
}

impl Content {
    /// The request that the options are, with its files read.
    pub fn request(&self, limits: &Limits) -> Result<Request> {
        Ok(Request {
            data: Some(self.friends.source(limits)?),
            self_openid: self.friends.self_openid.clone(),
            key: self.friends.key.clone(),
            order: self.friends.order,
            ties: self.ties,
            without_score: self.without_score,
            then_by: self.then_by.clone(),
            since: self.since,
            page_size: self.page_size,
            top: self.top,
            theme: match file_value(&self.theme, limits) {
                Some(colors) => Theme::try_from(colors?).map_err(|error| error.at(Place::document(&self.theme)))?,
                None => Theme::from(self.theme.as_str()),
            },
            locale: match file_value(&self.locale, limits) {
                Some(texts) => Locale::try_from(texts?).map_err(|error| error.at(Place::document(&self.locale)))?,
                None => Locale::from(self.locale.as_str()),
            },
            state: self.state.as_deref().and_then(BoardState::from_keyword),
            variables: Variable::all(&self.var),
            ..Request::default()
        })
    }

    /// The font stack.
    pub fn fonts(&self, limits: &Limits) -> Result<Fonts> {
        self.fonts.added_to(Fonts::bundled(), limits)
    }

    /// Where the pictures are.
    pub fn assets(&self, limits: &Limits) -> Assets {
        self.friends.assets(limits)
    }
}

/// What a JSON file holds; `None` where the name is none of one.
fn file_value(name: &str, limits: &Limits) -> Option<Result<Value>> {
    let is_file = Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    is_file.then(|| {
        let text = read_text(Path::new(name), limits.template_bytes, "template_bytes", ErrorKind::Style)?;
        Value::from_json(&text, limits).map_err(|error| {
            let place = Place { document: Some(Arc::from(name)), ..error.place().clone() };
            error.at(place)
        })
    })
}
