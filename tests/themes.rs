//! The bundled themes and strings: every role is there, and text can be read on its ground.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

use friendboard::Color;
use friendboard::json::Value;
use friendboard::template::{LOCALES, THEMES, strings, theme};

fn color(theme: &Value, role: &str) -> Color {
    Color::parse(theme.get(role).and_then(Value::as_text).unwrap_or_else(|| panic!("no role '{role}'"))).unwrap()
}

#[test]
fn text_stands_out_from_its_ground() {
    // Text, its ground, and the least contrast (WCAG 2.2, 1.4.3: 3 for bold text from 24 px on).
    let pairs = [
        ("text", "surface", 4.5),
        ("text", "surfaceRaised", 4.5),
        ("textMuted", "surface", 4.5),
        ("textMuted", "surfaceRaised", 4.5),
        ("onAccent", "accent", 4.5),
        ("onSelf", "self", 4.5),
        ("onSelf", "accentSoft", 4.5),
        ("text", "self", 4.5),
        ("textMuted", "self", 4.5),
        ("accent", "surfaceRaised", 4.5),
        ("onGold", "gold", 4.5),
        ("onSilver", "silver", 4.5),
        ("onBronze", "bronze", 4.5),
        ("success", "successSoft", 4.5),
        ("danger", "dangerSoft", 4.5),
        ("textMuted", "silverSoft", 3.0),
    ];
    for name in THEMES {
        let theme = theme(name).unwrap();
        for (text, ground, least) in pairs {
            let contrast = color(&theme, text).contrast(color(&theme, ground));
            assert!(contrast >= least, "{name}: {text} on {ground} is {contrast:.2}, less than {least}");
        }
    }
}

#[test]
fn every_theme_has_the_same_roles_and_every_locale_the_same_texts() {
    let keys = |value: &Value| match value {
        Value::Map(map) => map.keys().cloned().collect::<Vec<_>>(),
        other => panic!("{} in place of a map", other.kind()),
    };
    let themes: Vec<_> = THEMES.iter().map(|name| keys(&theme(name).unwrap())).collect();
    assert!(themes.windows(2).all(|pair| pair[0] == pair[1]));
    let locales: Vec<_> = LOCALES.iter().map(|tag| keys(&strings(tag).unwrap())).collect();
    assert!(locales.windows(2).all(|pair| pair[0] == pair[1]));
}
