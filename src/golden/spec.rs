//! What a case is: `case.toml`, read.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::Deserialize;

use super::expect::Expect;
use super::reference::Keeping;
use super::tolerance::Tolerance;
use crate::error::{Error, ErrorKind, Place, Result, closest};
use crate::friends::{Order, Since, ThenBy, Ties, WithoutScore, Zone};
use crate::geometry::Size;
use crate::json::Value;
use crate::platform::Platform;
use crate::scene::BoardState;
use crate::share::image::ImageTemplate;
use crate::style::Dialect;

/// The name of a case's file.
pub const CASE: &str = "case.toml";
/// A folder with a session's script of this name is a case without a [`CASE`] too.
pub const SCRIPT: &str = "script.json";
/// What a reference may weigh where a case says nothing else, bytes.
const REFERENCE_BYTES: usize = 256 * 1024;

/// A case as `case.toml` has it. Paths are from its folder.
///
/// | key | value |
/// |---|---|
/// | `board` | a built-in board; without it and without a template, `leaderboard` |
/// | `template`, `styles` | a template of your own and its style sheets, in place of `board` |
/// | `share_image` | a picture to be shared, in place of a board: `kind`, `title`, `tagline`, `icon`, `message` |
/// | `card` | the card of a share call, in place of a board: `platform`, `call`, `request` or `requests`, `circumstances`, `screenshot`, `number` |
/// | `requests` | requests to the library in JSON, in place of a board: a picture each |
/// | `play` | a session's script, as `friendboard play` takes it, in place of a board |
/// | `data` | a file of friend data in any platform's shape; without it, the bundled example |
/// | `assets` | the folder of pictures, or several, the first one first; without it, the template's, then the data's |
/// | `fonts` | font files to try before the bundled ones |
/// | `sizes`, `dprs`, `themes`, `locales`, `states` | the matrix: each combination is a picture |
/// | `scroll`, `pressed` | offsets by scrollview id, ids of nodes |
/// | `vars` | further values that the template names |
/// | `self`, `key`, `order`, `ties`, `without_score`, `then_by`, `since`, `date`, `zone`, `page_size`, `top`, `dialect` | as options of `render` |
/// | `name` | how pictures are named, such as `{theme}_{size}`; without it, by the axes that have several values |
/// | `skip` | why the case is left out, unless a run is told to draw it too |
/// | `same_as` | the folder of another case: each picture is compared with its picture of the same name, drawn now |
/// | `references` | `pictures`; `hashes`: a line a picture in `expected.hashes`, for many that nobody looks at; `none`: only what is expected beside the picture must hold |
/// | `reference_bytes` | what a reference may weigh; 262144 |
/// | `expect` | what must hold beside the picture |
/// | `tolerance` | how far a picture may differ, with the reason |
///
/// What cases have in common is said once, in a `golden.toml` in a folder above them ([`DEFAULTS`](crate::golden::DEFAULTS)).
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Spec {
    /// A built-in board.
    pub board: Option<String>,
    /// A template.
    pub template: Option<PathBuf>,
    /// Its style sheets; a later one wins.
    pub styles: Vec<PathBuf>,
    /// A session's script.
    pub play: Option<PathBuf>,
    /// A picture to be shared.
    pub share_image: Option<ShareImageSpec>,
    /// The card of a share call.
    pub card: Option<CardSpec>,
    /// Requests to the library, JSON: a picture each.
    pub requests: Vec<PathBuf>,
    /// Friend data.
    pub data: Option<PathBuf>,
    /// The folder of pictures, or several.
    pub assets: Folders,
    /// Fonts before the bundled ones.
    pub fonts: Vec<PathBuf>,
    /// Canvases in px at dpr 1; none: 800×800.
    pub sizes: Vec<CanvasSize>,
    /// Device px per px; none: 1.
    pub dprs: Vec<f32>,
    /// Themes by name, or JSON files of colours; none: light.
    pub themes: Vec<String>,
    /// Locales by tag, or JSON files of texts; none: en.
    pub locales: Vec<String>,
    /// States; none: as the data says.
    pub states: Vec<State>,
    /// Offsets by scrollview id, px.
    pub scroll: BTreeMap<String, (f32, f32)>,
    /// Ids of nodes that are shown pressed.
    pub pressed: Vec<String>,
    /// Further values that the template names.
    pub vars: BTreeMap<String, Value>,
    /// The player's own openid.
    #[serde(rename = "self")]
    pub self_openid: Option<String>,
    /// The key whose value is the score.
    pub key: Option<String>,
    /// Which score is better.
    pub order: Option<Order>,
    /// Ranks of equal scores.
    pub ties: Option<Ties>,
    /// Where friends without a score stand.
    pub without_score: Option<WithoutScore>,
    /// What decides between equal scores.
    #[serde(deserialize_with = "crate::pipeline::one_or_several")]
    pub then_by: Vec<ThenBy>,
    /// Older scores count as none.
    pub since: Option<Since>,
    /// The time it is.
    pub date: Option<Since>,
    /// On whose clocks dates are shown.
    pub zone: Option<Zone>,
    /// By whose rules the template is read.
    pub dialect: Option<Dialect>,
    /// Places of a page.
    pub page_size: Option<usize>,
    /// So many of the best only.
    pub top: Option<usize>,
    /// How pictures are named: `{size}`, `{dpr}`, `{theme}`, `{locale}`, `{state}`, `{request}` and letters, digits, `-`, `_`, `.`.
    pub name: Option<String>,
    /// Why the case is left out.
    pub skip: Option<String>,
    /// The folder of a case whose pictures, drawn now, are the references.
    pub same_as: Option<PathBuf>,
    /// How references are kept.
    pub references: References,
    /// What a reference may weigh, bytes.
    pub reference_bytes: Option<usize>,
    /// What must hold beside the picture.
    pub expect: Expect,
    /// How far a picture may differ.
    pub tolerance: Option<Tolerance>,
}

/// How a case keeps its references.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum References {
    /// Each as a picture, or as a hash with a small picture where that would weigh too much.
    #[default]
    Pictures,
    /// All as lines of one file.
    Hashes,
    /// Not at all: that it is drawn, and what is expected beside the picture, is tested.
    None,
}

/// A picture to be shared, as `friendboard share-image` draws it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShareImageSpec {
    /// Which.
    pub kind: Checked<ImageTemplate>,
    /// The game's title, in place of the data's.
    pub title: Option<String>,
    /// A line below the title, in place of the data's.
    pub tagline: Option<String>,
    /// The game's icon below `assets`, in place of the data's.
    pub icon: Option<String>,
    /// A line of your own in place of the built-in one.
    pub message: Option<String>,
}

/// The card of a share call, as `friendboard card` draws it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CardSpec {
    /// Whose call it is.
    pub platform: Checked<Platform>,
    /// The call by the platform's own name.
    pub call: String,
    /// A file of the call's options, JSON.
    pub request: Option<PathBuf>,
    /// Several of them, in place of one: a picture each.
    #[serde(default)]
    pub requests: Vec<PathBuf>,
    /// A file of what else the call meets, JSON; without it, `NAME.circumstances.json` beside a `NAME.request.json`.
    pub circumstances: Option<PathBuf>,
    /// The picture that only the platform can take.
    pub screenshot: Option<PathBuf>,
    /// Which card of a message to several channels, from 1.
    #[serde(default = "first")]
    pub number: usize,
}

fn first() -> usize {
    1
}

/// A folder, or several.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "OneOrSeveral")]
pub struct Folders(pub Vec<PathBuf>);

#[derive(Deserialize)]
#[serde(untagged, expecting = "a folder, or a list of folders")]
enum OneOrSeveral {
    One(PathBuf),
    Several(Vec<PathBuf>),
}

impl From<OneOrSeveral> for Folders {
    fn from(folders: OneOrSeveral) -> Self {
        match folders {
            OneOrSeveral::One(folder) => Self(vec![folder]),
            OneOrSeveral::Several(folders) => Self(folders),
        }
    }
}

/// A word that is read by its own reader.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String", bound = "T: FromStr<Err = Error>")]
pub struct Checked<T>(pub T);

impl<T: FromStr<Err = Error>> TryFrom<String> for Checked<T> {
    type Error = String;

    fn try_from(word: String) -> std::result::Result<Self, String> {
        word.parse().map(Self).map_err(|error: Error| error.to_string())
    }
}

/// `WIDTHxHEIGHT`, px at dpr 1.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(try_from = "String")]
pub struct CanvasSize(pub Size);

impl TryFrom<String> for CanvasSize {
    type Error = String;

    fn try_from(text: String) -> std::result::Result<Self, String> {
        text.parse().map(Self)
    }
}

/// A state by its keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct State(pub BoardState);

impl TryFrom<String> for State {
    type Error = String;

    fn try_from(keyword: String) -> std::result::Result<Self, String> {
        let known = || BoardState::ALL.map(|(known, _)| known).join(", ");
        BoardState::from_keyword(&keyword).map(Self).ok_or_else(|| format!("one of {} was expected", known()))
    }
}

impl Spec {
    /// Reads a `case.toml`, which places call `document`.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] with line and column for what is no case.
    pub fn from_toml(text: &str, document: &str) -> Result<Self> {
        let place = Place::document(document);
        let spec: Self = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or_else(|| place.clone(), |span| place.clone().at_offset(text, span.start));
            let wrong = Error::new(ErrorKind::Usage, error.message().trim_end().replace('\n', ", ")).at(at);
            match meant(error.message()) {
                Some(meant) => wrong.hint(format!("did you mean `{meant}`?")),
                None => wrong,
            }
        })?;
        spec.check().map_err(|message| Error::new(ErrorKind::Usage, message).at(place))?;
        Ok(spec)
    }

    /// How references are kept.
    #[must_use]
    pub fn keeping(&self) -> Keeping {
        if self.same_as.is_some() || self.expect.error.is_some() {
            return Keeping::Nowhere;
        }
        match self.references {
            References::Pictures => Keeping::Pictures(self.reference_bytes.unwrap_or(REFERENCE_BYTES)),
            References::Hashes => Keeping::Hashes,
            References::None => Keeping::Nowhere,
        }
    }
}

/// The known key that is nearest to the one that an error names: "unknown field `a`, expected one of `b`, `c`".
fn meant(message: &str) -> Option<&str> {
    let mut quoted = message.strip_prefix("unknown field `")?.split('`').step_by(2);
    let found = quoted.next()?;
    closest(found, quoted.filter(|name| !name.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> String {
        Spec::from_toml(text, "case.toml").unwrap_err().to_string()
    }

    #[test]
    fn what_is_no_case_is_told_with_its_place() {
        assert_eq!(Spec::from_toml("sizes = ['360x640']", "c").unwrap().sizes, [CanvasSize(Size::new(360.0, 640.0))]);
        let misspelt = wrong("board = 'podium'\nsize = ['1x1']");
        assert!(misspelt.starts_with("case.toml:2:1: unknown field `size`"), "{misspelt}");
        assert!(misspelt.contains("did you mean `sizes`?"), "{misspelt}");
        assert!(wrong("sizes = ['1']").starts_with("case.toml:1:9: WIDTHxHEIGHT"), "{}", wrong("sizes = ['1']"));
        assert!(wrong("board = ").starts_with("case.toml:1:"));
        assert!(wrong("board = 'a'\nplay = 'b'").contains("found several"));
        assert!(wrong("[tolerance]\nchannel = 3").contains("missing field `reason`"));
        assert!(wrong("[tolerance]\nchannel = 3\nreason = ' '").contains("an empty text"));
        for (keys, told) in [
            ("pixels = 3.0", "from 0 to 1"),
            ("similarity = -1", "`tolerance.similarity`, found -1"),
            ("blur = 65", "0 to 64 px"),
            ("pixels = 0.1\ncount = 3", "one of `pixels` and `count`"),
            ("channel = 1\nperceived = 0.1", "one of `channel` and `perceived`"),
            ("similarity = 0.9\nantialiased = true", "beside `tolerance.similarity`, found `antialiased`"),
            ("chanel = 1", "did you mean `channel`?"),
        ] {
            let said = wrong(&format!("[tolerance]\nreason = 'x'\n{keys}"));
            assert!(said.contains(told), "{said}");
        }
        assert!(wrong("dprs = [1, 1.0]").contains("found one twice"));
        assert!(
            wrong("[card]\nplatform = 'wechat'\ncall = 'a'\nrequest = 'b'\nrequests = ['c']").contains("one of `card.request`")
        );
        assert!(
            wrong("styles = ['a\\b.json']\ntemplate = 'x'")
                .contains("a path with / was expected in `styles`, found 'a\\b.json'")
        );
        assert!(
            wrong("references = 'hash'").contains("expected one of `pictures`, `hashes`, `none`"),
            "{}",
            wrong("references = 'hash'")
        );
        assert!(wrong("references = 'hashes'\nreference_bytes = 3").contains("found hashes"));
        assert!(wrong("requests = ['a.json']\ndprs = [2]").contains("beside `requests`, found `dprs`"));
        assert!(wrong("requests = ['a.json', 'a.json']").contains("each value of `requests` was expected once"));
        assert!(wrong("states = ['lading']").contains("one of ready, loading"));
        assert!(wrong("play = 'a'\nthemes = ['dark']").contains("beside `play`, found `themes`"));
        assert!(wrong("[share_image]\nkind = 'invte'").contains("did you mean 'invite'?"));
        assert!(wrong("states = ['empty']\n[share_image]\nkind = 'invite'").contains("found `states`"));
        assert!(wrong("[card]\nplatform = 'wechta'\ncall = 'a'\nrequest = 'b'").contains("did you mean 'wechat'?"));
        assert!(wrong("[card]\nplatform = 'wechat'\ncall = 'a'").contains("one of `card.request` and `card.requests`"));
        assert!(wrong("name = '{siez}'").contains("found `{siez}`"));
        assert!(wrong("name = 'a/b'").contains("found '/'"));
        assert!(wrong("play = 'a'\nname = 'b'").contains("beside `play`, found `name`"));
        assert!(wrong("skip = ' '").contains("why it is left out"));
        assert!(wrong("same_as = '../a'\nreferences = 'hashes'").contains("beside `same_as`, found `references`"));
        assert!(wrong("play = 'a'\nsame_as = '../a'").contains("beside `play`, found `same_as`"));
        assert!(wrong("references = 'none'\n[tolerance]\nreason = 'x'").contains("found none"));
        assert!(wrong("[expect]\nevents = [{ event = 'tap' }]").contains("`play` was expected"));
    }
}
