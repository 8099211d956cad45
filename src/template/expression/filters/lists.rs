//! Filters of lists and maps.

use std::cmp::Ordering;

use super::{Call, Filter};
use crate::grapheme;
use crate::json::Value;
use crate::sorted;
use crate::template::expression::predicates::{self, Test};

/// What looking a member of an item up and keeping it counts for, in bytes of text.
const EACH: usize = 64;
/// What comparing two items counts for.
const COMPARISON: usize = 14;

#[inline(never)]
pub(super) fn evaluate(call: &mut Call<'_, '_, '_>, value: &Value) -> Value {
    if let Value::List(items) = value
        && !matches!(call.filter, Filter::First | Filter::Last)
        && !call.evaluator.scope.spend(items.len().saturating_mul(EACH))
    {
        return Value::Null;
    }
    match (call.filter, value) {
        (Filter::Items, Value::Map(map)) => {
            Value::list(map.iter().map(|(name, value)| Value::list([Value::Text(name.clone()), value.clone()])))
        }
        (Filter::Items, found) => call.mismatch("a map", found),
        (Filter::Join, Value::List(items)) => join(call, items),
        (Filter::First, Value::List(items)) => items.item(0).unwrap_or_default(),
        (Filter::Last, Value::List(items)) => items.len().checked_sub(1).and_then(|last| items.item(last)).unwrap_or_default(),
        (Filter::First, Value::Text(text)) => Value::from(grapheme::first(text)),
        (Filter::Sort, Value::List(items)) => sort(call, items),
        (Filter::Map, Value::List(items)) => {
            let attribute = call.text_argument("attribute").unwrap_or_default();
            Value::list(items.iter().map(|item| member(item, &attribute)))
        }
        (Filter::Select | Filter::Reject | Filter::SelectAttribute | Filter::RejectAttribute, Value::List(items)) => {
            select(call, items)
        }
        (Filter::Reverse, Value::List(items)) => items.iter().rev().cloned().collect(),
        (_, found) => call.mismatch("a list", found),
    }
}

fn join(call: &mut Call<'_, '_, '_>, items: &[Value]) -> Value {
    let separator = call.text_argument("d").unwrap_or_else(crate::json::empty_text);
    let attribute = call.text_argument("attribute");
    let mut joined = String::new();
    for (index, item) in items.iter().enumerate() {
        let item = attribute.as_ref().map_or(Some(item), |name| item.get(name));
        let text = item.map_or_else(crate::json::empty_text, Value::to_text);
        if index > 0 {
            joined.push_str(&separator);
        }
        joined.push_str(&text);
        // What comes after is cut off anyway.
        if joined.len() > call.evaluator.scope.string_bytes {
            break;
        }
    }
    call.evaluator.scope.spend(joined.len());
    call.text(joined)
}

/// What a path of names (`kv.level`) leads to in a value; nothing where it leads nowhere.
fn member(value: &Value, path: &str) -> Value {
    let mut at = value;
    for name in path.split('.') {
        match at.get(name) {
            Some(found) => at = found,
            None => return Value::Null,
        }
    }
    at.clone()
}

/// In order of the values, or of a member of each; what can't be compared stays in its order, what has none stands last.
fn sort(call: &mut Call<'_, '_, '_>, items: &[Value]) -> Value {
    let by = call.text_argument("by");
    let reverse = call.argument("reverse").is_some_and(|value| value.is_true());
    // So many comparisons, about.
    let comparisons = items.len().saturating_mul(items.len().max(2).ilog2() as usize + 1);
    if !call.evaluator.scope.spend(comparisons.saturating_mul(COMPARISON)) {
        return Value::Null;
    }
    let mut keyed: Vec<(Value, &Value)> =
        items.iter().map(|item| (by.as_ref().map_or_else(|| item.clone(), |path| member(item, path)), item)).collect();
    // A whole order, whatever stands in the list: by kind first, as comparing across kinds says nothing.
    sorted::sort_by(&mut keyed, |(a, _), (b, _)| {
        let order = rank(a).cmp(&rank(b));
        let within = || a.order(b).unwrap_or(Ordering::Equal);
        match order {
            Ordering::Equal if rank(a) < LAST => {
                if reverse {
                    within().reverse()
                } else {
                    within()
                }
            }
            order => order,
        }
    });
    Value::list(keyed.into_iter().map(|(_, item)| item.clone()))
}

/// What has no order stands here, behind all that has one.
const LAST: u8 = 2;

fn rank(value: &Value) -> u8 {
    match value {
        Value::Number(_) => 0,
        Value::Text(_) => 1,
        _ => LAST,
    }
}

/// Those that are true, or that a test holds for; of each, or of a member of each.
fn select(call: &mut Call<'_, '_, '_>, items: &[Value]) -> Value {
    let attribute = call.text_argument("attribute");
    let keeps = matches!(call.filter, Filter::Select | Filter::SelectAttribute);
    let Some(name) = call.text_argument("test") else {
        let is_true = |item: &&Value| attribute.as_ref().map_or_else(|| item.is_true(), |path| member(item, path).is_true());
        return Value::list(items.iter().filter(|item| is_true(item) == keeps).cloned());
    };
    let other = call.argument("value").unwrap_or_default();
    let Some(holds) = Condition::named(&name) else {
        let known = Condition::NAMES.iter().copied().chain(Test::NAMES);
        let hint = crate::error::closest(&name, known).map(|close| format!("did you mean '{close}'?"));
        let position = call.position;
        let shown = grapheme::prefix_bytes(&name, 40);
        return call.evaluator.report("unknown-test", position, format!("no test has the name '{shown}'"), hint);
    };
    let mut kept = Vec::new();
    for item in items {
        let value = attribute.as_ref().map_or_else(|| item.clone(), |path| member(item, path));
        if holds.of(call, &value, &other) == keeps {
            kept.push(item.clone());
        }
    }
    Value::list(kept)
}

/// A test by its name: one of `is`, or a comparison.
enum Condition {
    Is(Test),
    Compared(&'static str),
}

impl Condition {
    /// The comparisons, by Jinja's names and as they are written.
    const NAMES: [&'static str; 14] = ["eq", "ne", "lt", "le", "gt", "ge", "in", "equalto", "==", "!=", "<", "<=", ">", ">="];

    fn named(name: &str) -> Option<Self> {
        let compared = || Self::NAMES.iter().find(|known| **known == name).map(|known| Self::Compared(known));
        Test::from_name(name).map(Self::Is).or_else(compared)
    }

    fn of(&self, call: &mut Call<'_, '_, '_>, value: &Value, other: &Value) -> bool {
        match self {
            Self::Is(test) => predicates::holds(call.evaluator, call.position, *test, value, other),
            Self::Compared(name) => match *name {
                "eq" | "==" | "equalto" => value == other,
                "ne" | "!=" => value != other,
                "in" => matches!(other, Value::List(items) if items.contains(value)),
                "lt" | "<" => value.order(other) == Some(Ordering::Less),
                "le" | "<=" => value.order(other).is_some_and(Ordering::is_le),
                "gt" | ">" => value.order(other) == Some(Ordering::Greater),
                _ => value.order(other).is_some_and(Ordering::is_ge),
            },
        }
    }
}
