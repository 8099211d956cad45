//! The fields of a value as its `Debug` names them, each with its path: how styles are put into lines without a second list
//! of properties.

/// The fields of a value, by path and what it holds, from its `Debug` text: `Style { layout: LayoutStyle { width: Auto }}`
/// has `layout.width` with `Auto`. A list, a text and a variant are each one field.
#[must_use]
pub fn fields(debug: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect(debug.trim(), "", &mut found);
    found
}

fn collect(value: &str, path: &str, found: &mut Vec<(String, String)>) {
    let Some(members) = members(value) else {
        found.push((path.to_owned(), shown(value)));
        return;
    };
    if let Some(color) = color(value, &members) {
        found.push((path.to_owned(), color));
        return;
    }
    for (name, value) in members {
        let dot = if path.is_empty() { "" } else { "." };
        collect(value, &format!("{path}{dot}{}", camel(name)), found);
    }
}

/// The members of a struct with named fields; `None` for anything else.
fn members(value: &str) -> Option<Vec<(&str, &str)>> {
    let (name, body) = value.strip_suffix('}')?.split_once(" {")?;
    if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || c == '_') {
        return None;
    }
    parts(body).into_iter().map(|part| part.trim().split_once(": ")).collect()
}

/// The parts between commas that stand in no brackets and no text.
fn parts(body: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    let mut in_text = false;
    let mut escaped = false;
    for (at, c) in body.char_indices() {
        if in_text {
            in_text = escaped || c != '"';
            escaped = !escaped && c == '\\';
            continue;
        }
        match c {
            '"' => in_text = true,
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(&body[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&body[start..]);
    parts.retain(|part| !part.trim().is_empty());
    parts
}

/// A colour as style sheets write it.
fn color(value: &str, members: &[(&str, &str)]) -> Option<String> {
    let [("red", red), ("green", green), ("blue", blue), ("alpha", alpha)] = members else { return None };
    if !value.starts_with("Color ") {
        return None;
    }
    let channel = |text: &str| text.parse::<u8>().ok();
    let (red, green, blue, alpha) = (channel(red)?, channel(green)?, channel(blue)?, channel(alpha)?);
    let opaque = format!("#{red:02x}{green:02x}{blue:02x}");
    Some(if alpha == 255 { opaque } else { format!("{opaque}{alpha:02x}") })
}

/// What a field holds, as style sheets write it where that is the same: `Points(4.0)` is 4, `Some(x)` is x.
fn shown(value: &str) -> String {
    let inside = |name: &str| value.strip_prefix(name)?.strip_suffix(')');
    if let Some(points) = inside("Points(") {
        return number(points);
    }
    if let Some(percent) = inside("Percent(") {
        return format!("{}%", number(percent));
    }
    match inside("Some(") {
        Some(inner) => {
            let inner_fields = fields(inner);
            match inner_fields.as_slice() {
                [(path, only)] if path.is_empty() => only.clone(),
                _ => inner.to_owned(),
            }
        }
        None => number(value),
    }
}

/// A number without a needless fraction; anything else as it is.
fn number(text: &str) -> String {
    match text.strip_suffix(".0") {
        Some(whole) if whole.parse::<i64>().is_ok() => whole.to_owned(),
        _ => text.to_owned(),
    }
}

fn camel(name: &str) -> String {
    let mut camel = String::new();
    let mut is_upper = false;
    for c in name.chars() {
        match c {
            '_' => is_upper = true,
            c if is_upper => {
                camel.extend(c.to_uppercase());
                is_upper = false;
            }
            c => camel.push(c),
        }
    }
    camel
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::{Length, Style};

    #[test]
    fn a_style_is_put_into_fields() {
        let mut style = Style::default();
        style.layout.width = Length::Points(12.0);
        style.text.inherited.color = crate::Color { red: 255, green: 0, blue: 128, alpha: 255 };
        let (plain, own) = (fields(&format!("{:?}", Style::default())), fields(&format!("{style:?}")));
        assert_eq!(plain.len(), own.len());
        assert!(plain.len() > 60, "{plain:?}");
        let differing: Vec<_> = own.iter().filter(|field| !plain.contains(field)).collect();
        let expected = [("layout.width", "12"), ("text.inherited.color", "#ff0080")];
        assert_eq!(differing.len(), 2, "{differing:?}");
        for ((path, value), expected) in differing.into_iter().zip(expected) {
            assert_eq!((path.as_str(), value.as_str()), expected);
        }
    }

    #[test]
    fn brackets_and_texts_hold_together() {
        let text = r#"A { b: "x, \" {", c_d: [1, 2], e: F { g: Some(Percent(5.0)) }, h: (1.0, 2) }"#;
        let found = fields(text);
        let expected = [("b", r#""x, \" {""#), ("cD", "[1, 2]"), ("e.g", "5%"), ("h", "(1.0, 2)")];
        assert_eq!(found, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
        assert_eq!(fields("Auto"), [(String::new(), "Auto".to_owned())]);
    }
}
