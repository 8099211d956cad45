//! A template, a style sheet and data, with a zero byte between them: none of them panics, hangs or exhausts memory.
#![no_main]

use friendboard::geometry::Size;
use friendboard::json::Value;
use friendboard::style::Dialect;
use friendboard::template::{Expression, Scope, StyleSheet, Template, check, named_files};
use friendboard::{Color, Diagnostics, Limits, scene};
use friendboard::Reading;

libfuzzer_sys::fuzz_target!(|input: &str| {
    let limits = Limits::default();
    let mut diagnostics = Diagnostics::new();
    let mut parts = input.splitn(3, '\0');
    let mut part = || parts.next().unwrap_or("{}");
    let (xml, json, data) = (part(), part(), part());
    let data = Value::from_json(data, &limits).unwrap_or_default();
    let _ = Color::parse(xml);
    if let Ok(expression) = Expression::compile("expression", xml, &limits) {
        let _ = expression.evaluate(&Scope::new(&data, &limits), &mut diagnostics);
    }
    let template = Template::compile("template", xml, &mut Reading::new(&limits, &mut diagnostics));
    let sheet = StyleSheet::compile("sheet", json, &mut Reading::new(&limits, &mut diagnostics));
    if let (Ok(template), Ok(sheet)) = (template, sheet) {
        let _ = scene::resolve(&template, &sheet, Dialect::Css, &data, Size::new(300.0, 200.0), &mut Reading::new(&limits, &mut diagnostics));
        let _ = (check(&template, &sheet), named_files(&template, &sheet));
    }
});
