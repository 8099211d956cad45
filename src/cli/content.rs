//! Options that say what stands on a board: friends, how they are ranked, what surrounds them, and in which fonts.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::options::{AssetFolders, Variable, locale_help, theme_help};
use crate::error::{ErrorKind, Place, Result};
use crate::friends::{Order, Since, ThenBy, Ties, WithoutScore, Zone};
use crate::host::headless::{Assets, example, note, read_text};
use crate::json::{Source, Value};
use crate::limits::Limits;
use crate::pipeline::{Locale, Request, Theme};
use crate::scene::BoardState;
use crate::style::Dialect;
use crate::text::Fonts;

/// Whose scores, and where their pictures are.
#[derive(Debug, clap::Args)]
pub struct FriendsFile {
    /// Friend data in any platform's shape; - is standard input. Without it the bundled example is drawn
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) data: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) folders: AssetFolders,
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

    /// Pictures from below `--assets`, or beside template and data; the example's own where it is drawn.
    pub fn assets(&self, template: Option<&Path>, limits: &Limits) -> Result<Assets> {
        let documents = template.into_iter().chain(self.data.as_deref());
        let bundled = if self.data.is_none() { example::AVATARS } else { &[] };
        Ok(Assets::new(self.folders.or_beside(documents)?, limits.clone()).with_bundled(bundled))
    }
}

/// Fonts beside the bundled ones.
#[derive(Debug, clap::Args)]
pub struct FontOptions {
    /// A font file to try before the bundled ones; may be repeated, in order of preference
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) font: Vec<PathBuf>,
    /// Try this machine's fonts for what the others lack
    #[arg(long)]
    pub(in crate::cli) system_fonts: bool,
}

impl FontOptions {
    /// A font stack with those.
    pub fn added_to(&self, mut fonts: Fonts, limits: &Limits) -> Result<Fonts> {
        for path in &self.font {
            note(path);
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
    pub(in crate::cli) friends: FriendsFile,
    /// Ranks of equal scores: competition (1 2 2 4), dense (1 2 2 3) or ordinal (1 2 3 4)
    #[arg(long, value_name = "TIES", default_value = "competition")]
    pub(in crate::cli) ties: Ties,
    /// Friends without a score: last or left-out
    #[arg(long, value_name = "WHERE", default_value = "last")]
    pub(in crate::cli) without_score: WithoutScore,
    /// What decides between equal scores, before their times do: a key or path, and which is better; may be repeated
    #[arg(long, value_name = "KEY[:asc|desc]")]
    pub(in crate::cli) then_by: Vec<ThenBy>,
    /// Leave older scores out: a date (2026-11-25), a time (2026-11-25T08:00:00+08:00), seconds or milliseconds
    #[arg(long, value_name = "TIME")]
    pub(in crate::cli) since: Option<Since>,
    /// The time it is, for `ago`; written as --since is
    #[arg(long, value_name = "TIME")]
    pub(in crate::cli) date: Option<Since>,
    /// On whose clocks dates are shown: the distance from UTC, such as +08:00
    #[arg(long, value_name = "ZONE", default_value = "Z", allow_hyphen_values = true)]
    pub(in crate::cli) zone: Zone,
    /// How many places a page has, where the data is one (getImRankData): that of the call that was made
    #[arg(long, value_name = "N")]
    pub(in crate::cli) page_size: Option<usize>,
    /// Show the best N only
    #[arg(long, value_name = "N")]
    pub(in crate::cli) top: Option<usize>,
    #[arg(long, value_name = "LOCALE", default_value = "en", help = locale_help("The language of the board's own texts"))]
    pub(in crate::cli) locale: String,
    #[arg(long, value_name = "THEME", default_value = "light", help = theme_help("The theme"))]
    pub(in crate::cli) theme: String,
    /// A value that the template can name; may be repeated
    #[arg(long, value_name = "NAME=VALUE")]
    pub(in crate::cli) var: Vec<Variable>,
    /// By whose rules the template is read, whatever its root says: css, or layout for what was written for the usual engine
    #[arg(long, value_name = "DIALECT", value_parser = dialect)]
    pub(in crate::cli) dialect: Option<Dialect>,
    /// Show a state whatever the data says: loading, empty, denied, error or ready
    #[arg(long, value_name = "STATE", value_parser = ["ready", "loading", "empty", "denied", "error"])]
    pub(in crate::cli) state: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) fonts: FontOptions,
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
            date: self.date,
            zone: self.zone,
            page_size: self.page_size,
            top: self.top,
            theme: theme(&self.theme, limits)?,
            locale: locale(&self.locale, limits)?,
            state: self.state.as_deref().and_then(BoardState::from_keyword),
            variables: Variable::all(&self.var),
            dialect: self.dialect,
            ..Request::default()
        })
    }

    /// The font stack.
    pub fn fonts(&self, limits: &Limits) -> Result<Fonts> {
        self.fonts.added_to(Fonts::bundled(), limits)
    }

    /// Where the pictures of a template of one's own, and of the data, are.
    pub fn assets(&self, template: Option<&Path>, limits: &Limits) -> Result<Assets> {
        self.friends.assets(template, limits)
    }
}

/// The dialect of a name.
pub fn dialect(name: &str) -> std::result::Result<Dialect, String> {
    Dialect::from_keyword(name).ok_or_else(|| format!("one of {} was expected", Dialect::KEYWORDS.join(", ")))
}

/// A theme by its name, or from a file.
pub fn theme(name: &str, limits: &Limits) -> Result<Theme> {
    match file_value(name, limits) {
        Some(colors) => Theme::try_from(colors?).map_err(|error| error.at(Place::document(name))),
        None => Ok(Theme::from(name)),
    }
}

/// A locale by its tag, or from a file.
pub fn locale(name: &str, limits: &Limits) -> Result<Locale> {
    match file_value(name, limits) {
        Some(texts) => Locale::try_from(texts?).map_err(|error| error.at(Place::document(name))),
        None => Ok(Locale::from(name)),
    }
}

/// What a JSON file holds; `None` where the name is none of one.
pub fn file_value(name: &str, limits: &Limits) -> Option<Result<Value>> {
    let is_file = Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    is_file.then(|| {
        let text = read_text(Path::new(name), limits.template_bytes, "template_bytes", ErrorKind::Style)?;
        Value::from_json(&text, limits).map_err(|error| {
            let place = Place { document: Some(Arc::from(name)), ..error.place().clone() };
            error.at(place)
        })
    })
}
