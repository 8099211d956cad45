//! What one line asks for.

use serde::Deserialize;

use crate::error::{Error, ErrorKind, Result};
use crate::host::headless::{Drawing, Templates, options};
use crate::json::{Ceiling, Document, Kind, Source, Value};
use crate::limits::Limits;
use crate::picture::Format;

/// What a line says beside its request.
const OWN: [&str; 4] = ["id", "name", "format", "request"];
/// The longest name of a picture, bytes.
const NAME_BYTES: usize = 512;

/// A picture that is to be drawn.
#[derive(Debug, PartialEq)]
pub struct Line {
    /// What it is.
    pub drawing: Drawing,
    /// Its document, JSON.
    pub document: String,
    /// What it is written as.
    pub format: Format,
    /// The hash of all that decides how it is drawn.
    pub hash: String,
    /// The path of its picture below the output.
    pub path: String,
}

/// The members of a line that names its request.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Named {
    #[serde(rename = "id")]
    _id: Option<Value>,
    name: Option<String>,
    format: Option<String>,
    board: Option<String>,
    share_image: Option<String>,
    card: Option<String>,
    request: Source,
    options: Option<Source>,
}

/// The identity that a line gives itself, whatever else is wrong with it.
pub fn id(text: &str, limits: &Limits) -> Value {
    let id = Document::parse(text, "<line>", limits).ok().and_then(|document| {
        let id = document.root().get("id")?;
        matches!(id.kind(), Kind::Text | Kind::Number).then(|| id.to_value().ok()).flatten()
    });
    id.unwrap_or_default()
}

impl Line {
    /// Reads a line: `{id, name, format, …}` with the members of a board's request, or with `request` beside one of `board`,
    /// `shareImage` and `card`, and `options` of the latter two.
    ///
    /// # Errors
    /// What is wrong with it, with its JSON path.
    pub fn read(text: &str, format: Format, templates: &Templates, limits: &Limits) -> Result<Self> {
        let ceiling = Ceiling::data(limits).kind(ErrorKind::Usage);
        let document = Document::parse(text, "<line>", ceiling)?;
        let root = document.root();
        if root.kind() != Kind::Map {
            return Err(root.error(format!("expected a request (a JSON object), found {}", root.kind().name())));
        }
        if root.get("request").is_some() {
            return Self::of_named(root.read()?, format, templates, limits);
        }
        let text = |name: &str| match root.get(name) {
            Some(node) if !node.is_null() => node.read::<String>().map(Some),
            _ => Ok(None),
        };
        let board = text("board")?.unwrap_or_else(|| "leaderboard".to_owned());
        let (name, given) = (text("name")?, text("format")?);
        let members = root.distinct_members().into_iter().filter(|member| !OWN.contains(&&*member.name));
        let members: Vec<String> =
            members.map(|member| format!("{}:{}", Value::from(&*member.name).to_json(), member.value.source())).collect();
        let request = format!("{{{}}}", members.join(","));
        Self::finish(Drawing::Board(board), request, name.as_deref(), given.as_deref(), format, templates)
    }

    fn of_named(named: Named, otherwise: Format, templates: &Templates, limits: &Limits) -> Result<Self> {
        let Named { name, format, board, share_image, card, request, options: given, .. } = named;
        let drawing = match (board, share_image, card) {
            (Some(board), None, None) if given.is_none() => Drawing::Board(board),
            (None, Some(image), None) => Drawing::ShareImage(image.parse()?, Box::new(options(given.as_ref(), limits)?)),
            (None, None, Some(card)) => {
                let (platform, call) = card.split_once('/').unwrap_or((&card, ""));
                let platform = platform.parse()?;
                crate::share::share_call(platform, call)?;
                Drawing::Card(platform, call.to_owned(), Box::new(options(given.as_ref(), limits)?))
            }
            (Some(_), None, None) => {
                let message = "a board's options are members of its request: options were not expected";
                return Err(Error::new(ErrorKind::Usage, message));
            }
            _ => {
                let message = "one of board, shareImage and card (PLATFORM/CALL) was expected, found none or several";
                return Err(Error::new(ErrorKind::Usage, message));
            }
        };
        Self::finish(drawing, request.text().to_owned(), name.as_deref(), format.as_deref(), otherwise, templates)
    }

    fn finish(
        drawing: Drawing,
        document: String,
        name: Option<&str>,
        given: Option<&str>,
        otherwise: Format,
        templates: &Templates,
    ) -> Result<Self> {
        if let Drawing::Board(board) = &drawing {
            templates.find(board)?;
        }
        let ending = name.and_then(|name| name.rsplit_once('.')).and_then(|(_, ending)| Format::from_extension(ending).ok());
        let format = match given {
            Some(given) => given.parse()?,
            None => ending.unwrap_or(otherwise),
        };
        let hash = drawing.fingerprint(&document, format, templates);
        let path = match name {
            Some(name) => checked(name, format, ending.is_some())?,
            None => format!("{hash}.{}", format.extension()),
        };
        Ok(Self { drawing, document, format, hash, path })
    }
}

/// A name that leads to nowhere but below the output.
fn checked(name: &str, format: Format, has_ending: bool) -> Result<String> {
    let is_plain = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && !part.chars().any(|c| c.is_control() || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|'))
    };
    if name.len() > NAME_BYTES || !name.split('/').all(is_plain) || name.split('/').any(|part| part.len() > 200) {
        let message = format!("name: a path below the output was expected, of plain names, found '{name:.80}'");
        return Err(Error::new(ErrorKind::Usage, message));
    }
    Ok(if has_ending { name.to_owned() } else { format!("{name}.{}", format.extension()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Line> {
        let limits = Limits::default();
        Line::read(text, Format::PNG, &Templates::load(None, &limits).unwrap(), &limits)
    }

    #[test]
    fn a_line_is_a_request_with_an_id_or_names_one() {
        let flat = read(r#"{"id": 7, "width": 10, "height": 20, "board": "podium", "data": [1.50]}"#).unwrap();
        assert_eq!(flat.drawing, Drawing::Board("podium".to_owned()));
        assert_eq!(flat.document, r#"{"width":10,"height":20,"board":"podium","data":[1.50]}"#);
        assert_eq!(flat.path, format!("{}.png", flat.hash));
        let other = read(r#"{"id": 8, "width": 10, "height": 20, "board": "podium", "data": [1.50]}"#).unwrap();
        assert_eq!(flat.hash, other.hash, "an id changes nothing of a picture");
        let named =
            read(r#"{"name": "a/b", "shareImage": "invite", "request": {}, "options": {"size": "1:1"}, "format": "jpg"}"#);
        assert_eq!(named.unwrap().path, "a/b.jpg");
        assert_eq!(read(r#"{"name": "a.webp", "card": "wps/shareMessage", "request": {}}"#).unwrap().format, Format::WebP);
    }

    #[test]
    fn names_stay_below_the_output_and_what_is_wrong_is_said() {
        for name in ["", "/a", "a/", "a//b", "..", "a/../b", ".a", "a\\b", "a\0", "C:a", "a\n", &"a".repeat(300)] {
            let line =
                Value::map([("name", Value::from(name)), ("width", Value::from(1)), ("height", Value::from(1))]).to_json();
            assert!(read(&line).unwrap_err().to_string().contains("a path below the output"), "{name}");
        }
        for (line, said) in [
            ("nonsense", "expected"),
            ("[]", "expected"),
            (r#"{"board": "podum"}"#, "did you mean 'podium'?"),
            (r#"{"format": "bmp"}"#, ".bmp"),
            (r#"{"request": {}}"#, "one of board, shareImage and card"),
            (r#"{"board": "podium", "request": {}, "options": {}}"#, "options were not expected"),
            (r#"{"board": "podium", "request": {}, "widht": 1}"#, "unknown member"),
        ] {
            let Err(error) = read(line) else { panic!("{line} is read") };
            assert!(error.to_string().contains(said), "{line}: {error}");
        }
    }

    #[test]
    fn ids_are_found_in_lines_that_are_no_requests_too() {
        let of = |text: &str| id(text, &Limits::default()).to_json();
        assert_eq!(of(r#"{"id": "a", "x": 1}"#), "\"a\"");
        assert_eq!(of(r#"{"id": 12345678901234567890}"#), "12345678901234567890");
        assert_eq!(of(r#"{"id": {}}"#), "null");
        assert_eq!(of("nonsense"), "null");
    }
}
