//! Texts of the files that are made for one game.

use std::fmt::Write as _;

use super::configuration::FOLDER;
use super::modules::Painter;
use crate::color::functions::in_hexadecimal;
use crate::json::Value;
use crate::platform::Platform;

/// What `index.js` settles.
pub(super) struct Entry<'a> {
    pub platform: Platform,
    pub painter: Painter,
    pub key: &'a str,
    pub has_fonts: bool,
    /// The ending of modules in the package.
    pub module_ending: &'a str,
}

/// A text as JavaScript has it. What JSON allows and old JavaScript does not is escaped.
fn quoted(text: &str) -> String {
    Value::from(text).to_json().replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// The same between backticks, line by line as it is written.
fn template_literal(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('`', "\\`").replace("${", "\\${").replace('\r', "");
    format!("`{}`", escaped.trim_end())
}

/// JSON within JavaScript, its lines indented.
fn literal(value: &Value) -> String {
    value.to_pretty_json().trim_end().replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029").replace('\n', "\n  ")
}

/// `index.js`: what the open data domain runs.
pub(super) fn index(entry: &Entry<'_>) -> String {
    let Entry { platform, painter, key, has_fonts, module_ending } = entry;
    let path = |name: &str| quoted(&format!("{FOLDER}/{name}{module_ending}"));
    let module = match painter {
        Painter::Canvas2d | Painter::Pixels => path("friendboard"),
        Painter::Auto => format!("{{ canvas2d: {}, pixels: {} }}", path("friendboard"), path("friendboard-pixels")),
    };
    let mut text = String::from(
        "// The open data domain: this file runs where the friends are, and the game can't look. friendboard.d.ts has all options.\n\
         const friendboard = require(\"./friendboard.js\");\n\
         const board = require(\"./board.js\");\n\n\
         friendboard.start(Object.assign({}, board, {\n",
    );
    let mut member = |name: &str, value: &str, why: &str| {
        let _ = writeln!(text, "  // {why}\n  {name}: {value},");
    };
    member("platform", &quoted(platform.name()), "The platform whose friends are shown.");
    member(
        "key",
        &quoted(key),
        "The key of the cloud storage whose value is the score, or a path into its JSON (\"daily.best\").",
    );
    member("module", &module, "The module, by its path from the root of the package.");
    if *painter != Painter::Pixels {
        member(
            "plain",
            "() => require(\"./friendboard.wasm.js\")",
            "The same as plain JavaScript, loaded where there is no WebAssembly.",
        );
    }
    member("painter", &quoted(painter.name()), "Who draws: canvas2d, pixels or auto.");
    if *has_fonts {
        member("fonts", "require(\"./fonts/fonts.js\")", "The fonts of the pixels painter.");
    }
    if *platform == Platform::TikTok {
        let style = r#"{ style: { left: "5vw", top: "15vh", width: "90vw", height: "70vh" } }"#;
        member("canvas", style, "Where the board is while it is shown; friendboard-game.js moves it with `place`.");
    }
    let share = match platform {
        Platform::Douyin => r#"{ templateId: "", query: "{}" }"#,
        _ => r#"{ title: "Come and play with me", imageUrl: "share.png" }"#,
    };
    member("share", share, "What an invitation says. The picture is a file of the package.");
    text.push_str(
        "  onEvent(event) {\n    // Taps, states, pages and calls: friendboard.d.ts has them.\n  },\n  \
         onError(fault) {\n    if (typeof console !== \"undefined\") {\n      console.warn(`friendboard: ${fault.message}`);\n    }\n  },\n\
         }));\n",
    );
    text
}

/// `board.js`: template, styles, colours and texts as data.
pub(super) fn board(name: &str, template: &str, styles: &[String], theme: &Value, locale: &Value) -> String {
    let mut text = format!(
        "// The board, made from {}: boxes and texts in XML, their look in JSON, as `friendboard render --template` takes them.\n\
         // What is changed here shows with the next start of the game.\n\
         module.exports = {{\n  template: {},\n  styles: [\n",
        name.replace(char::is_control, " "),
        template_literal(&in_hexadecimal(template))
    );
    for style in styles {
        let _ = writeln!(text, "    JSON.stringify({}),", in_hexadecimal(style).trim_end().replace('\n', "\n    "));
    }
    let _ = write!(text, "  ],\n  theme: {},\n  locale: {},\n}};\n", in_hexadecimal(&literal(theme)), literal(locale));
    text
}

/// `friendboard-game.js`: the main domain's side.
pub(super) fn game(platform: Platform, key: &str, script: &str) -> String {
    let settings = Value::map([("platform", Value::from(platform.name())), ("key", Value::from(key))]);
    format!(
        "// The main domain's side of the board: const {{ board }} = require(\"./friendboard-game.js\");\n\
         // board.open(); board.close(); board.place({{ left, top, width, height }}); board.postScore(1234); board.post(message);\n\
         var friendboardSettings = {};\n{script}",
        settings.to_json()
    )
}

/// `fonts/fonts.js`: fonts as addresses, which need no file system.
pub(super) fn fonts(base64: &str, about: &str) -> String {
    format!("// {about}\nmodule.exports = [\n  \"data:font/collection;base64,{base64}\",\n];\n")
}
