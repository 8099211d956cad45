//! The bundled themes and strings: every role is there, and text can be read on its ground.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

use friendboard::json::Value;
use friendboard::template::{LOCALES, THEMES, extended_theme, is_dark, strings, strings_schema, theme, theme_schema};
use friendboard::{Color, Limits};

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
        ("accentText", "surfaceRaised", 4.5),
        ("accentText", "surface", 4.5),
        ("onSelf", "surface", 4.5),
        ("success", "surfaceRaised", 4.5),
        ("danger", "surfaceRaised", 4.5),
        ("success", "self", 4.5),
        ("danger", "self", 4.5),
        ("textMuted", "accentSoft", 4.5),
        ("goldText", "goldSoft", 4.5),
        ("silverText", "silverSoft", 4.5),
        ("bronzeText", "bronzeSoft", 4.5),
        ("onGold", "gold", 4.5),
        ("onSilver", "silver", 4.5),
        ("onBronze", "bronze", 4.5),
        ("success", "successSoft", 4.5),
        ("danger", "dangerSoft", 4.5),
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

#[test]
fn every_plural_form_of_a_locale_is_there_and_names_what_is_put_in() {
    for tag in LOCALES {
        let Value::Map(all) = strings(tag).unwrap() else { panic!("{tag} has no texts") };
        for (key, text) in all.iter() {
            let Value::Map(forms) = text else { continue };
            assert!(forms.contains_key("other"), "{tag}: {key} has no form for 'other'");
            let known = ["zero", "one", "two", "few", "many", "other"];
            assert!(forms.keys().all(|form| known.contains(&&**form)), "{tag}: {key} has an unknown form");
            assert!(forms["other"].as_text().unwrap().contains('{'), "{tag}: {key} names nothing");
        }
    }
}

#[test]
fn a_theme_of_ones_own_adds_to_a_bundled_one() {
    let own = Value::map([("extends", "neon"), ("accent", "rebeccapurple"), ("surface", "hsl(200 50% 10%)")]);
    let theme = extended_theme(&own).unwrap();
    assert_eq!(color(&theme, "accent"), Color::rgb(102, 51, 153));
    assert_eq!(color(&theme, "text"), color(&friendboard::template::theme("neon").unwrap(), "text"));
    assert!(is_dark(&theme));
    let unknown = extended_theme(&Value::map([("extends", "neno")])).unwrap_err().to_string();
    assert!(unknown.contains("did you mean 'neon'?"), "{unknown}");
}

#[test]
fn every_role_and_key_is_described() {
    let theme = Value::from_json(&theme_schema().unwrap(), &Limits::default()).unwrap();
    let strings = Value::from_json(&strings_schema().unwrap(), &Limits::default()).unwrap();
    for (schema, values) in [(theme, friendboard::template::theme("light").unwrap()), (strings, self::strings("en").unwrap())] {
        let Value::Map(values) = values else { panic!("no values") };
        for name in values.keys() {
            let described = schema.get("properties").and_then(|all| all.get(name)).and_then(|one| one.get("description"));
            assert!(described.and_then(Value::as_text).is_some_and(|doc| doc.len() > 8), "{name} is not described");
        }
    }
}
