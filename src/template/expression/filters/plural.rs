//! `strings.players | plural(count)`: the form of a text that a count asks for, by CLDR's plural rules.

use icu_locale_core::LanguageIdentifier;
use icu_plurals::{PluralCategory, PluralRules, PluralRulesOptions};

use super::Call;
use super::compact::signs;
use super::numeric::thousands;
use crate::json::Value;

/// The form of a count, with `{count}` in its place. `value` has the forms by their categories (`one`, `few`, `other` …), or
/// is a text that is the same for all.
#[inline(never)]
pub(super) fn evaluate(call: &mut Call<'_, '_, '_>, value: &Value) -> Value {
    let locale = call.locale();
    let count = call.argument("count").unwrap_or_default();
    let form = match value {
        Value::Map(forms) => {
            let category = category(&locale, &count.to_text());
            // An exact count wins, as in ICU's messages: \"=0\".
            let exact = format!("={}", count.to_text());
            forms
                .get(exact.as_str())
                .or_else(|| forms.get(category))
                .or_else(|| forms.get("other"))
                .cloned()
                .unwrap_or_default()
        }
        other => other.clone(),
    };
    let Some(text) = form.as_text() else { return call.mismatch("a text, or its plural forms", value) };
    let shown = match &count {
        Value::Number(number) => thousands(&number.to_string(), signs(&locale)),
        other => other.to_text().to_string(),
    };
    call.text(text.replace("{count}", &shown))
}

/// The plural category of a number in a locale; `other` for what is no number or no locale.
fn category(locale: &str, count: &str) -> &'static str {
    // What extensions say is not about plurals.
    let locale = LanguageIdentifier::try_from_locale_bytes(locale.replace('_', "-").as_bytes());
    let locale = locale.unwrap_or(LanguageIdentifier::UNKNOWN);
    let Ok(rules) = PluralRules::try_new(locale.into(), PluralRulesOptions::default()) else { return "other" };
    let Ok(number) = count.parse::<fixed_decimal::Decimal>() else { return "other" };
    match rules.category_for(&number) {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}
