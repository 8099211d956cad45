//! `assets/style.schema.json` is what the table of properties says. `FRIENDBOARD_ACCEPT=1 cargo test --test schema` writes it.

#![allow(clippy::unwrap_used, reason = "a test fails where it panics")]

use friendboard::template::style_schema;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/style.schema.json");

#[test]
fn the_schema_in_assets_is_current() {
    let current = style_schema();
    if std::env::var_os("FRIENDBOARD_ACCEPT").is_some() {
        std::fs::write(PATH, &current).unwrap();
    }
    let kept = std::fs::read_to_string(PATH).unwrap_or_default();
    assert!(kept == current, "assets/style.schema.json is not current: run FRIENDBOARD_ACCEPT=1 cargo test --test schema");
}

#[test]
fn the_schema_is_json_and_names_every_property() {
    let schema: serde_json::Value = serde_json::from_str(&style_schema()).unwrap();
    let style = &schema["$defs"]["style"]["properties"];
    for name in ["width", "fontSize", "boxShadow", "transformOrigin", ":active", "borderTopLeftRadius"] {
        assert!(style[name].is_object(), "{name}");
    }
    assert_eq!(style["flexDirection"]["anyOf"][0]["enum"][0], "column");
}
