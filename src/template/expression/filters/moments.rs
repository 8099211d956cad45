//! Filters of times: milliseconds or seconds since 1970, or a date as text.

use super::{Call, Filter};
use crate::json::Value;
use crate::moment::{Clock, Since, Zone};

#[inline(never)]
pub(super) fn evaluate(call: &mut Call<'_, '_, '_>, value: &Value) -> Value {
    let Some(time) = time(value) else {
        call.mismatch("a time (seconds or milliseconds since 1970, or a date)", value);
        return value.clone();
    };
    if call.filter == Filter::Ago { ago(call, time) } else { date(call, time) }
}

/// Milliseconds since 1970.
fn time(value: &Value) -> Option<i64> {
    Since::try_from(value.clone()).ok().map(|since| since.0)
}

/// A time as a form says, `YYYY-MM-DD` where none is given.
fn date(call: &mut Call<'_, '_, '_>, time: i64) -> Value {
    let form = call.text_argument("form");
    let given = call.text_argument("zone").or_else(|| call.evaluator.scope.get("zone").map(Value::to_text));
    let zone = match given.as_deref().unwrap_or_default().parse::<Zone>() {
        Ok(zone) => zone,
        Err(error) => {
            let position = call.position;
            call.evaluator.report("bad-expression", position, error.to_string(), None);
            Zone::default()
        }
    };
    call.text(formatted(form.as_deref().unwrap_or("YYYY-MM-DD"), Clock::at(time, zone)))
}

/// What stands for which part of a time: as in day.js and its kin, and as in C's `strftime`.
const FIELDS: [(&str, fn(Clock) -> String); 19] = [
    ("YYYY", |clock| format!("{:04}", clock.year)),
    ("YY", |clock| format!("{:02}", clock.year.rem_euclid(100))),
    ("MM", |clock| format!("{:02}", clock.month)),
    ("M", |clock| clock.month.to_string()),
    ("DD", |clock| format!("{:02}", clock.day)),
    ("D", |clock| clock.day.to_string()),
    ("HH", |clock| format!("{:02}", clock.hour)),
    ("H", |clock| clock.hour.to_string()),
    ("mm", |clock| format!("{:02}", clock.minute)),
    ("m", |clock| clock.minute.to_string()),
    ("ss", |clock| format!("{:02}", clock.second)),
    ("s", |clock| clock.second.to_string()),
    ("%Y", |clock| format!("{:04}", clock.year)),
    ("%y", |clock| format!("{:02}", clock.year.rem_euclid(100))),
    ("%m", |clock| format!("{:02}", clock.month)),
    ("%d", |clock| format!("{:02}", clock.day)),
    ("%H", |clock| format!("{:02}", clock.hour)),
    ("%M", |clock| format!("{:02}", clock.minute)),
    ("%S", |clock| format!("{:02}", clock.second)),
];

/// A time in a form: letters in `[…]`, and letters that stand for nothing, are themselves.
fn formatted(form: &str, clock: Clock) -> String {
    let percents = form.contains('%');
    let mut shown = String::new();
    let mut rest = form;
    while let Some(first) = rest.chars().next() {
        if let Some((literal, after)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            shown.push_str(literal);
            rest = after;
            continue;
        }
        let field = FIELDS.iter().find(|(name, _)| rest.starts_with(name) && name.starts_with('%') == percents);
        if let Some((name, show)) = field {
            shown.push_str(&show(clock));
            rest = &rest[name.len()..];
        } else {
            shown.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    shown
}

/// How long ago a time is: `5 minutes ago`, in the board's language.
fn ago(call: &mut Call<'_, '_, '_>, then: i64) -> Value {
    let now = call.argument("now").or_else(|| call.evaluator.scope.get("now").cloned()).as_ref().and_then(time);
    let Some(now) = now else {
        let position = call.position;
        let hint = "give the time it is, as `ago(now)` or by the option `date`".to_owned();
        return call.evaluator.report("bad-expression", position, "'ago' knows no time to count from", Some(hint));
    };
    let minutes = now.saturating_sub(then).max(0) / 60_000;
    let (count, unit) = match minutes {
        0 => (0, 0),
        1..60 => (minutes, 1),
        60..1_440 => (minutes / 60, 2),
        _ => (minutes / 1_440, 3),
    };
    let locale = call.locale();
    call.text(words(&locale, unit, count))
}

/// The words for 'now' (0), minutes (1), hours (2) and days (3) ago (CLDR 45, relative times; `#` is the number).
fn words(locale: &str, unit: usize, count: i64) -> String {
    let language = locale.to_ascii_lowercase().replace('_', "-");
    let traditional = ["hant", "-tw", "-hk", "-mo"].iter().any(|part| language.contains(part));
    let forms: [&str; 4] = match language.split('-').next().unwrap_or_default() {
        "zh" if traditional => ["剛剛", "# 分鐘前", "# 小時前", "# 天前"],
        "zh" => ["刚刚", "#分钟前", "#小时前", "#天前"],
        "ja" => ["たった今", "# 分前", "# 時間前", "# 日前"],
        "ko" => ["방금", "#분 전", "#시간 전", "#일 전"],
        "es" => ["ahora", "hace # minuto|s", "hace # hora|s", "hace # día|s"],
        "pt" => ["agora", "há # minuto|s", "há # hora|s", "há # dia|s"],
        "id" => ["baru saja", "# menit yang lalu", "# jam yang lalu", "# hari yang lalu"],
        "vi" => ["vừa xong", "# phút trước", "# giờ trước", "# ngày trước"],
        "th" => ["เมื่อสักครู่", "# นาทีที่ผ่านมา", "# ชั่วโมงที่ผ่านมา", "# วันที่ผ่านมา"],
        "de" => ["jetzt", "vor # Minute|n", "vor # Stunde|n", "vor # Tag|en"],
        "fr" => ["maintenant", "il y a # minute|s", "il y a # heure|s", "il y a # jour|s"],
        // Arabic counts in six forms; the short ones are one.
        "ar" => ["الآن", "قبل # د", "قبل # س", "قبل # ي"],
        _ => ["just now", "# minute|s ago", "# hour|s ago", "# day|s ago"],
    };
    let form = forms.get(unit).copied().unwrap_or_default();
    let plural = match form.split_once('|') {
        None => form.to_owned(),
        Some((singular, rest)) => {
            let end = rest.find(' ').unwrap_or(rest.len());
            let (ending, after) = rest.split_at(end);
            if count == 1 { format!("{singular}{after}") } else { format!("{singular}{ending}{after}") }
        }
    };
    plural.replace('#', &count.to_string())
}
