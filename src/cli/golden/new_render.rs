//! A case of what `friendboard render` drew.

use std::fmt::Write as _;
use std::path::{Component, Path};

use crate::cli::options::{ScrollOffset, Variable};
use crate::cli::render::{self, Arguments};
use crate::error::{Error, ErrorKind, Result};
use crate::friends::{Order, Ties, WithoutScore, Zone};
use crate::golden::NewCase;
use crate::host::headless::{compile_files, read_named, read_text};
use crate::json::Value;
use crate::limits::Limits;
use crate::pipeline::{Board, Need, Renderer};

/// Takes along what the command reads; gives the `case.toml`.
pub fn collect(arguments: &Arguments, case: &mut NewCase, limits: &Limits) -> Result<String> {
    refuse(arguments)?;
    let mut toml = String::new();
    let text = |path: &Path| read_text(path, limits.template_bytes, "template_bytes", ErrorKind::Template);
    match &arguments.template {
        Some(template) => {
            let _ = writeln!(toml, "template = {}", quoted(&case.add("", template, text(template)?.into_bytes())));
            let styles = arguments.style.iter().map(|style| Ok(quoted(&case.add("", style, text(style)?.into_bytes()))));
            let _ = writeln!(toml, "styles = [{}]", styles.collect::<Result<Vec<_>>>()?.join(", "));
        }
        None => {
            let _ = writeln!(toml, "board = {}", quoted(&arguments.board));
        }
    }
    content(arguments, case, limits, &mut toml)?;
    matrix(arguments, case, limits, &mut toml)?;
    let scroll =
        arguments.scroll.iter().map(|ScrollOffset(id, offset)| format!("{} = [{}, {}]", quoted(id), offset.x, offset.y));
    table(&mut toml, "scroll", &scroll.collect::<Vec<_>>());
    list(&mut toml, "pressed", &arguments.press.iter().map(|id| quoted(id)).collect::<Vec<_>>());
    options(arguments, &mut toml);
    let variables =
        Variable::all(&arguments.content.var).into_iter().map(|(name, value)| format!("{} = {}", quoted(&name), plain(&value)));
    table(&mut toml, "vars", &variables.collect::<Vec<_>>());
    if arguments.strict {
        toml.push_str("\n[expect]\nno_diagnostics = true\n");
    }
    Ok(toml)
}

/// What another machine would not have, or draw otherwise.
fn refuse(arguments: &Arguments) -> Result<()> {
    if arguments.content.fonts.system_fonts {
        let error = Error::new(ErrorKind::Usage, "--system-fonts: the fonts of a machine are no part of a case");
        return Err(error.hint("name the files with --font"));
    }
    if !arguments.limits.is_empty() {
        let error = Error::new(ErrorKind::Usage, "--limit: limits are no part of a case");
        return Err(error.hint("give --limit to `golden run`, `accept` and `review`"));
    }
    Ok(())
}

/// Friend data, the pictures that the board asks for, and fonts.
fn content(arguments: &Arguments, case: &mut NewCase, limits: &Limits, toml: &mut String) -> Result<()> {
    let friends = &arguments.content.friends;
    if let Some(path) = &friends.data {
        let source = friends.source(limits)?;
        let name = if path == Path::new("-") { Path::new("friends.json") } else { path.as_path() };
        let _ = writeln!(toml, "data = {}", quoted(&case.add("", name, source.text().as_bytes().to_vec())));
        if path == Path::new("-") {
            return Err(
                Error::new(ErrorKind::Usage, "--data -: standard input can't be read twice").hint("save it as a file first")
            );
        }
    }
    let mut fonts = Vec::new();
    for font in &arguments.content.fonts.font {
        fonts.push(quoted(&case.add("fonts", font, read_named(font, limits.font_bytes, "font_bytes")?)));
    }
    list(toml, "fonts", &fonts);
    if pictures(arguments, case, limits)? {
        toml.push_str("assets = \"assets\"\n");
    }
    Ok(())
}

/// Takes along the files of the pictures that the board asks for; false where there are none.
fn pictures(arguments: &Arguments, case: &mut NewCase, limits: &Limits) -> Result<bool> {
    let board = match &arguments.template {
        Some(template) => compile_files(template, &arguments.style, limits)?,
        None => Board::built_in(&arguments.board)?,
    };
    let mut renderer = Renderer::new(arguments.content.fonts(limits)?, limits.clone());
    let request = render::request(arguments, limits)?;
    let assets = arguments.content.assets(arguments.template.as_deref(), limits)?;
    let mut job = renderer.begin(&board, &request)?;
    let is_example = arguments.content.friends.data.is_none();
    let mut is_any = false;
    while let Some(need) = job.next_need() {
        let (Need::Font(src) | Need::Picture(src)) = &need;
        let file = assets.bytes(src);
        // As a game's package has it, from its root; what follows a `?` names no file.
        let path = src.split('?').next().unwrap_or_default();
        let path = Path::new(path.trim_start_matches('/'));
        let path = path.strip_prefix(".").unwrap_or(path);
        let is_file = !src.contains(':') && path.components().all(|part| matches!(part, Component::Normal(_)));
        match &file {
            // The example's own pictures are part of the program.
            Ok(std::borrow::Cow::Borrowed(_)) if is_example => {}
            Ok(bytes) if is_file => {
                case.add_at(&Path::new("assets").join(path), bytes.to_vec());
                is_any = true;
            }
            Err(error) if src.contains("://") => {
                case.warnings.push(format!("{src:.200}: nothing is fetched where cases are run ({error})"));
            }
            Ok(_) | Err(_) => {}
        }
        job.supply_need(&need, file);
    }
    Ok(is_any)
}

/// Size, ratio, theme, locale and state, each the only one of its axis.
fn matrix(arguments: &Arguments, case: &mut NewCase, limits: &Limits, toml: &mut String) -> Result<()> {
    let size = arguments.size.0;
    let _ = writeln!(toml, "sizes = [\"{}x{}\"]", size.width, size.height);
    let _ = writeln!(toml, "dprs = [{}]", arguments.dpr);
    for (axis, name) in [("themes", &arguments.content.theme), ("locales", &arguments.content.locale)] {
        let path = Path::new(name.as_str());
        let is_file = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
        let name = if is_file {
            let text = read_text(path, limits.template_bytes, "template_bytes", ErrorKind::Style)?;
            case.add("", path, text.into_bytes())
        } else {
            name.clone()
        };
        let _ = writeln!(toml, "{axis} = [{}]", quoted(&name));
    }
    list(toml, "states", &arguments.content.state.iter().map(|state| quoted(state)).collect::<Vec<_>>());
    Ok(())
}

/// How friends are read and ranked, where that is not as usual.
fn options(arguments: &Arguments, toml: &mut String) {
    let content = &arguments.content;
    let mut option = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            let _ = writeln!(toml, "{name} = {value}");
        }
    };
    option("self", content.friends.self_openid.as_deref().map(quoted));
    option("key", content.friends.key.as_deref().map(quoted));
    option("order", (content.friends.order != Order::default()).then(|| quoted(content.friends.order.keyword())));
    option("ties", (content.ties != Ties::default()).then(|| quoted(content.ties.keyword())));
    let without = content.without_score;
    option("without_score", (without != WithoutScore::default()).then(|| quoted(without.keyword())));
    let then_by: Vec<String> = content.then_by.iter().map(|by| quoted(&format!("{}:{}", by.path, by.order))).collect();
    option("then_by", (!then_by.is_empty()).then(|| format!("[{}]", then_by.join(", "))));
    option("since", content.since.map(|since| since.0.to_string()));
    option("date", content.date.map(|date| date.0.to_string()));
    option("zone", (content.zone != Zone::default()).then(|| quoted(&zone(content.zone))));
    option("dialect", content.dialect.map(|dialect| quoted(dialect.keyword())));
    option("page_size", content.page_size.map(|size| size.to_string()));
    option("top", content.top.map(|top| top.to_string()));
}

/// A zone as it is written: `+08:00`.
fn zone(Zone(minutes): Zone) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    let minutes = minutes.unsigned_abs();
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

fn list(toml: &mut String, name: &str, items: &[String]) {
    if !items.is_empty() {
        let _ = writeln!(toml, "{name} = [{}]", items.join(", "));
    }
}

/// A table in one line.
fn table(toml: &mut String, name: &str, members: &[String]) {
    if !members.is_empty() {
        let _ = writeln!(toml, "{name} = {{ {} }}", members.join(", "));
    }
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A variable's value as TOML writes it: what `--var` gives is a text, a number, true or false.
fn plain(value: &Value) -> String {
    match value {
        Value::Bool(_) | Value::Number(_) => value.to_json(),
        value => quoted(&value.to_text()),
    }
}
