//! What `friendboard init` writes.

use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::configuration::{FOLDER, configuration};
use super::documents::{self, Entry};
use super::engine::Engine;
use super::modules::{self, Painter};
use super::texts::around_names;
use crate::error::{Error, ErrorKind, Result};
use crate::json::Value;
use crate::pipeline::{Locale, Theme};
use crate::platform::Platform;
use crate::template::{BuiltIn, LOCALES, merge_json};
use crate::text::Fonts;

/// A board's documents.
#[derive(Clone, Debug)]
pub struct GameBoard {
    /// What it was made from, for people.
    pub name: String,
    /// The template, XML.
    pub template: String,
    /// The style sheets, JSON; a later one wins.
    pub styles: Vec<String>,
}

impl GameBoard {
    /// A built-in board.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for a board that there is not.
    pub fn built_in(name: &str) -> Result<Self> {
        let board = BuiltIn::find(name)?;
        Ok(Self { name: board.name.to_owned(), template: board.template.to_owned(), styles: vec![merge_json(board.styles)?] })
    }
}

/// What is wanted of a game's folder.
#[derive(Clone, Debug)]
pub struct Order {
    /// Where the game runs.
    pub platform: Platform,
    /// Which painter draws.
    pub painter: Painter,
    /// What the main domain is made with.
    pub engine: Engine,
    /// The board.
    pub board: GameBoard,
    /// Its colours.
    pub theme: Theme,
    /// Its own texts.
    pub locale: Locale,
    /// The key whose value is the score, or a path into its JSON.
    pub key: String,
    /// What is shown beside the board's own texts, for fonts; empty: names in Latin letters.
    pub texts: Vec<String>,
}

/// A file of a game.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GameFile {
    /// Its path below the game's folder.
    pub path: PathBuf,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// The files that a game needs.
///
/// # Errors
/// [`ErrorKind::Usage`] for a platform that has no open data domain, a theme or a locale that there is not;
/// [`ErrorKind::Font`] where fonts can't be cut.
pub fn files(order: &Order) -> Result<Vec<GameFile>> {
    if configuration(order.platform).is_none() {
        return Err(Error::new(ErrorKind::Usage, format!("{} has no open data domain", order.platform))
            .hint("expected tiktok, wechat or douyin"));
    }
    let mut files = Vec::new();
    let mut add = |name: &str, bytes: Vec<u8>| files.push(GameFile { path: PathBuf::from(name), bytes });
    let context = |name: &str| format!("{FOLDER}/{name}");
    // Douyin takes modules packed, and WeChat does too, where two of them would be too much for its main package. Others
    // are sure of unpacked ones only.
    let packed = match order.platform {
        Platform::Douyin => true,
        Platform::WeChat => order.painter == Painter::Auto,
        Platform::TikTok | Platform::Wps => false,
    };
    let module_ending = if packed { ".wasm.br" } else { ".wasm" };
    let entry = Entry {
        platform: order.platform,
        painter: order.painter,
        key: &order.key,
        has_fonts: order.painter.needs_fonts(),
        module_ending,
    };
    add(&context("index.js"), documents::index(&entry).into_bytes());
    let (colors, _) = order.theme.colors()?;
    let (texts, tag) = order.locale.texts()?;
    let GameBoard { name, template, styles } = &order.board;
    let board = documents::board(name, template, styles, &colors, &texts.with("locale", &tag));
    add(&context("board.js"), board.into_bytes());
    add(&context("friendboard.js"), include_bytes!("../../../assets/open-data-context/friendboard.js").to_vec());
    add(&context("friendboard.d.ts"), include_bytes!("../../../assets/open-data-context/friendboard.d.ts").to_vec());
    let main = format!("friendboard{module_ending}");
    match order.painter {
        Painter::Pixels => add(&context(&main), modules::pixels(packed)?),
        Painter::Canvas2d => add(&context(&main), modules::canvas2d(packed)?),
        Painter::Auto => {
            add(&context(&main), modules::canvas2d(packed)?);
            add(&context(&format!("friendboard-pixels{module_ending}")), modules::pixels(packed)?);
        }
    }
    if order.painter != Painter::Pixels {
        add(&context("friendboard.wasm.js"), modules::plain()?);
    }
    if order.painter.needs_fonts() {
        add(&context("fonts/fonts.js"), fonts(order)?.into_bytes());
    }
    let stored = order.key.split('.').next().unwrap_or(&order.key);
    add("friendboard-game.js", documents::game(order.platform, stored, order.engine.script()).into_bytes());
    if let Some((name, text)) = order.engine.companion() {
        add(name, text.as_bytes().to_vec());
    }
    Ok(files)
}

/// The characters of the bundled fonts that a board shows.
fn fonts(order: &Order) -> Result<String> {
    let (_, tag) = order.locale.texts()?;
    let bundled = LOCALES.iter().copied().find(|known| *known == &*tag);
    let mut texts = around_names(bundled.into_iter().chain(["en"]))?;
    texts.extend(order.texts.iter().cloned());
    if order.texts.is_empty() {
        // Latin-1 and Latin Extended-A: names of Europe and Vietnam's neighbours.
        texts.push(('\u{a1}'..='\u{17f}').collect());
    }
    texts.push(order.board.template.clone());
    texts.extend(order.board.styles.iter().cloned());
    let (own, _) = order.locale.texts()?;
    if let Value::Map(own) = own {
        texts.extend(own.values().filter_map(Value::as_text).map(str::to_owned));
    }
    let small = Fonts::bundled().subset(texts.iter().map(String::as_str))?;
    let families: Vec<String> = small.faces.iter().map(|face| format!("{} {}", face.family, face.weight)).collect();
    let about = format!(
        "{}: what the board and its friends show. `friendboard init --data` or `--chars` cuts it anew.",
        families.join(", ")
    );
    Ok(documents::fonts(&STANDARD.encode(&small.bytes), &about))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(platform: Platform, painter: Painter) -> Order {
        Order {
            platform,
            painter,
            engine: Engine::None,
            board: GameBoard::built_in("leaderboard").unwrap(),
            theme: Theme::default(),
            locale: Locale::default(),
            key: "daily.best".to_owned(),
            texts: Vec::new(),
        }
    }

    fn names(order: &Order) -> Vec<String> {
        files(order).unwrap().iter().map(|file| file.path.to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn each_painter_brings_what_it_needs_and_no_more() {
        let both = ["index.js", "board.js", "friendboard.js", "friendboard.d.ts"];
        let wanted: [(Painter, &[&str]); 3] = [
            (Painter::Canvas2d, &["friendboard.wasm", "friendboard.wasm.js"]),
            (Painter::Pixels, &["friendboard.wasm", "fonts/fonts.js"]),
            (Painter::Auto, &["friendboard.wasm.br", "friendboard-pixels.wasm.br", "friendboard.wasm.js", "fonts/fonts.js"]),
        ];
        for (painter, own) in wanted {
            let mut expected: Vec<String> = both.iter().chain(own).map(|name| format!("{FOLDER}/{name}")).collect();
            expected.push("friendboard-game.js".to_owned());
            assert_eq!(names(&order(Platform::WeChat, painter)), expected, "{painter}");
        }
        let douyin = names(&order(Platform::Douyin, Painter::Canvas2d));
        assert!(douyin.contains(&format!("{FOLDER}/friendboard.wasm.br")), "{douyin:?}");
        let unity = Order { engine: Engine::Unity, ..order(Platform::WeChat, Painter::Canvas2d) };
        assert!(names(&unity).contains(&"FriendBoard.cs".to_owned()));
        assert!(files(&order(Platform::Wps, Painter::Canvas2d)).unwrap_err().to_string().contains("open data domain"));
    }

    #[test]
    fn documents_of_any_text_are_javascript() {
        let mut order = order(Platform::TikTok, Painter::Canvas2d);
        order.board.template = "<text value=\"`${1} \\n \u{2028}\"/>".to_owned();
        order.board.name = "a\nb".to_owned();
        order.key = "k\"ey.\u{2028}".to_owned();
        let files = files(&order).unwrap();
        let text = |name: &str| {
            let file = files.iter().find(|file| file.path.ends_with(name)).unwrap();
            String::from_utf8(file.bytes.clone()).unwrap()
        };
        assert!(text("board.js").contains(r#"`<text value="\`\${1} \\n "#), "{:.300}", text("board.js"));
        assert!(text("board.js").starts_with("// The board, made from a b:"));
        assert!(text("index.js").contains(r#"key: "k\"ey.\u2028","#), "{}", text("index.js"));
        assert!(text("index.js").contains("platform: \"tiktok\"") && text("index.js").contains("canvas: {"));
        assert!(text("friendboard-game.js").contains(r#"{"key":"k\"ey","platform":"tiktok"}"#));
    }
}
