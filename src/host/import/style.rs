//! `style.js`: run, and written as a style sheet.

use std::collections::BTreeMap;
use std::path::Path;

use super::program::Note;
use super::run::Host;
use crate::error::{Error, ErrorKind, Place, Result};
use crate::geometry::Size;
use crate::json::Value;

/// Finds the styles in what a module exports: the object itself, or what a function makes of the canvas's size.
const FIND: &str = r#"
const chosen = (module) => {
  const isMap = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  const made = (value) => {
    if (typeof value !== "function") return value;
    const first = /^(?:async\s*)?(?:function\s*[\w$]*\s*)?\(?\s*([\w$]*)/.exec(Function.prototype.toString.call(value));
    return first && /^(w|width|\w*Width)$/.test(first[1]) ? value(size.width, size.height) : value({ ...size });
  };
  if (wanted) return made(isMap(module) ? module[wanted] : undefined);
  if (typeof module === "function") return made(module);
  if (!isMap(module)) return module;
  if ("default" in module) return chosen(module.default);
  const names = Object.keys(module);
  const named = names.find((name) => /style/i.test(name)) ?? names[0];
  // An object of styles, or an object of functions or of such objects.
  if (names.length && names.every((name) => typeof module[name] === "function")) return made(module[named]);
  const inner = (value) => isMap(value) && Object.values(value).length && Object.values(value).every((style) => isMap(style));
  if (names.length && names.every((name) => inner(module[name]) || typeof module[name] === "function")) return made(module[named]);
  return module;
};
const left = [];
const plain = (value, path, depth) => {
  switch (typeof value) {
    case "string": case "boolean": return value;
    case "number":
      if (Number.isFinite(value)) return value;
      left.push([path, String(value)]);
      return undefined;
    case "object":
      if (value === null) return undefined;
      if (depth > 4) { left.push([path, "an object that is too deep"]); return undefined; }
      if (Array.isArray(value)) { left.push([path, "a list"]); return undefined; }
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner, path ? path + "." + name : name, depth + 1)]));
    case "undefined": return undefined;
    default: left.push([path, "a " + typeof value]); return undefined;
  }
};
"#;

/// Styles as they are written into a sheet.
pub struct Style {
    /// Names with their properties.
    pub sheet: Value,
    /// What needs a hand.
    pub notes: Vec<(Place, Note)>,
}

/// Reads a style: JSON as it is, a script by running it.
///
/// # Errors
/// Where it can't be read or run, or gives no styles.
pub fn read(host: &Host, path: &Path, text: &str, size: Size, export: Option<&str>) -> Result<Style> {
    let file = host.path_of(path).ok_or_else(|| {
        Error::new(ErrorKind::Style, format!("'{}' is not in the package of the template", path.display()))
            .hint("template and style belong into one folder, or below one that has a game.json")
    })?;
    let is_json = Path::new(&file).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    let mut files = BTreeMap::new();
    let wanted = export.map_or(Value::Null, Value::from).to_json();
    let size =
        crate::json!({ "width": f64::from(size.width).round() as usize, "height": f64::from(size.height).round() as usize });
    // A file that only says `const style = {…}` exports nothing.
    let exports = ["export", "module.exports", "exports."].iter().any(|word| text.contains(word));
    if !exports && !is_json {
        files.insert(file.clone(), format!("{text}\n;module.exports = {};", last_named(text)));
    }
    let body = format!(
        "const wanted = {wanted}, size = {};\n{FIND}\nconst found = chosen(require({:?}));\nsay({{ styles: plain(found, '', 0) ?? null, left }});",
        size.to_json(),
        format!("/{file}")
    );
    let given = host.ask(path, &body, files)?;
    let document = path.to_string_lossy();
    let sheet = given.get("styles").cloned().unwrap_or_default();
    let is_sheet = sheet.as_map().is_some_and(|map| map.values().all(|style| style.as_map().is_some()));
    if !is_sheet {
        let found = sheet.as_map().and_then(|map| map.iter().find(|(_, value)| value.as_map().is_none()));
        let found = found.map_or_else(|| sheet.kind().to_owned(), |(name, value)| format!("{} under '{name}'", value.kind()));
        return Err(Error::new(ErrorKind::Style, format!("styles by name were expected in '{document}', found {found}"))
            .at(Place::document(&document))
            .hint(
                "{ row: { height: 40 } } or a function that returns such was expected; --style-export NAME says which export",
            ));
    }
    let notes = given.get("left").and_then(Value::as_list).unwrap_or_default().iter().map(|entry| {
        let part = |index: usize| entry.as_list().and_then(|list| list.get(index)?.as_text()).unwrap_or_default();
        let (name, what) = (part(0), part(1));
        let offset = offset_of(text, name);
        let message = format!("'{name}' is {what}, and was left out");
        let note = Note { offset, message, hint: "give it a number or a text".to_owned() };
        (Place::document(&document).at_offset(text, offset), note)
    });
    Ok(Style { notes: notes.collect(), sheet })
}

/// Where a property is written, as far as its names tell: `row.width`.
pub fn offset_of(text: &str, path: &str) -> usize {
    let mut at = 0;
    for name in path.split('.') {
        let is_word = |offset: usize| {
            let around = |next: Option<char>| next.is_none_or(|next| !next.is_alphanumeric() && next != '_');
            around(text[..offset].chars().next_back()) && around(text[offset + name.len()..].chars().next())
        };
        let rest = text.get(at..).unwrap_or_default();
        match rest.match_indices(name).find(|(index, _)| is_word(at + index)) {
            Some((index, _)) => at += index,
            None => break,
        }
    }
    at
}

/// The name that a script declares last at its start of a line.
fn last_named(text: &str) -> &str {
    let mut named = text.lines().filter_map(|line| {
        let rest = ["const ", "let ", "var ", "function "].iter().find_map(|word| line.strip_prefix(word))?;
        let end = rest.find(|next: char| !next.is_alphanumeric() && next != '_' && next != '$').unwrap_or(rest.len());
        rest.get(..end).filter(|name| !name.is_empty())
    });
    named.next_back().unwrap_or("{}")
}
