//! The values of a board's globals: the friends in their order, and what surrounds them.

use std::ops::Range;
use std::sync::Arc;

use super::friend_rows::{Rows, progress, rival};
use super::surroundings::Surroundings;
use crate::error::{Diagnostic, Place};
use crate::friends::{FriendData, RankEntry, Ranking};
use crate::geometry::Size;
use crate::json::{List, Maker, Value};
use crate::name::display_name;
use crate::number::Number;
use crate::reading::Reading;
use crate::sorted::BTreeMap;
use crate::template;

/// From this canvas width on, px at dpr 1, a board has room for larger type.
pub const WIDE: f32 = 600.0;

/// So many px of the shorter side, at dpr 1, are a unit of design: the built-in boards are drawn for phones.
const PHONE: f32 = 520.0;

/// A row is as wide as this, units, before another stands beside it.
const COLUMN: f32 = 360.0;

/// px of a unit of design on a canvas, in quarters: 1 up to the size of a phone.
fn unit(size: Size) -> f32 {
    (size.width.min(size.height) / PHONE * 4.0).floor().clamp(4.0, 64.0) / 4.0
}

/// Which way a canvas is longer.
fn shape(size: Size) -> &'static str {
    let ratio = size.width / size.height.max(1.0);
    match ratio {
        wide if wide >= 1.3 => "wide",
        square if square >= 0.8 => "square",
        _ => "narrow",
    }
}

/// How many loading rows a board repeats at the most.
const SKELETON_ROWS: usize = 12;

/// The globals of a board.
///
/// At most [`Limits::friends`](crate::Limits::friends) are shown; a diagnostic says so where that leaves some out.
pub fn globals(data: &FriendData, ranking: &Arc<Ranking>, surroundings: &Surroundings, reading: &mut Reading<'_>) -> Value {
    let rows = Arc::new(Rows::new(ranking, surroundings));
    let friend = |entry: RankEntry<'_>| Value::from_map(rows.of(entry));
    let maker: Arc<dyn Maker<Value>> = rows.clone();
    let everybody = List::later(&maker, ranking.entries().len(), Value::Map);
    let part = |rows: Range<usize>| Value::List(Arc::new(everybody.part(rows)));
    let shown = ranking.shown_within(reading).len();
    if ranking.is_page_guessed() {
        let message = format!("nothing says how long a page is: places go on from {}", ranking.places_before() + 1);
        let hint = "say it with --page-size, that of the call that was made";
        reading.push(Diagnostic::warning("page-size", message, Place::default()).hint(hint));
    }
    let neighbours = ranking.neighbours(1);
    let neighbours = neighbours.first().map_or(0..0, |first| first.position..first.position + neighbours.len());
    let own = ranking.self_entry();
    let next = ranking.next_to_beat().map_or(Value::Null, |target| {
        let own_score = own.and_then(|entry| entry.score).map(|score| &score.value);
        let theirs = target.entry.score.map(|score| &score.value);
        // Without a score of one's own all of theirs is still to be had.
        let gap = target.gap.or_else(|| theirs.cloned()).map_or(Value::Null, Value::from);
        friend(target.entry).with("gap", gap).with("progress", Number::from(progress(own_score, theirs)))
    });
    let group = data.group.as_ref().map_or(Value::Null, |group| {
        let members = group.members.unwrap_or(data.friends.len());
        Value::map([
            ("name", Value::from(&*display_name(&group.name))),
            ("id", Value::from(&*group.id)),
            ("members", Value::from(Number::from(members))),
        ])
    });
    let error = data.failure.as_ref().map_or(Value::Null, |failure| {
        let code = failure.code.map_or(Value::Null, |code| Value::from(Number::from(i128::from(code))));
        Value::map([("message", Value::from(&*failure.message)), ("code", code)])
    });
    let order = if ranking.is_ascending() { "asc" } else { "desc" };
    // Who has no score does not stand on steps.
    let winners = ranking.shown().take(shown.min(3)).take_while(|entry| entry.rank.is_some()).count();
    let own_row = ranking.self_position().filter(|row| *row < shown).unwrap_or(shown);
    let mut globals: BTreeMap<Arc<str>, Value> = BTreeMap::new();
    let mut set = |name: &str, value: Value| {
        globals.insert(Arc::from(name), value);
    };
    set("state", Value::from(surroundings.state.keyword()));
    set("podium", part(0..winners));
    set("others", part(winners..shown));
    set("friends", part(0..shown));
    set("neighbours", part(neighbours));
    set("self", own.map_or(Value::Null, |own| friend(own).with("row", Number::from(own_row))));
    set("next", next);
    set("count", Value::from(Number::from(ranking.count())));
    set("order", Value::from(order));
    set("group", group);
    set("error", error);
    set("theme", surroundings.theme.clone());
    set("dark", Value::from(surroundings.dark));
    set("strings", surroundings.strings.clone());
    set("locale", Value::from(&*surroundings.locale));
    set("now", surroundings.now.map_or(Value::Null, |now| Value::from(Number::from(i128::from(now)))));
    set("zone", Value::from(surroundings.zone.to_string()));
    set("title", Value::Null);
    let extent = |length: f32| Number::from_f64(f64::from(length)).map_or(Value::Null, Value::from);
    let size = [("width", extent(surroundings.size.width)), ("height", extent(surroundings.size.height))];
    set("size", Value::map(size));
    set("wide", Value::from(surroundings.size.width >= WIDE));
    let unit = unit(surroundings.size);
    set("unit", extent(unit));
    let room = [("width", extent(surroundings.size.width / unit)), ("height", extent(surroundings.size.height / unit))];
    set("room", Value::map(room));
    set("shape", Value::from(shape(surroundings.size)));
    set("rtl", Value::from(template::is_right_to_left(&surroundings.locale)));
    set("scoreAs", Value::from("number"));
    set("daysLeft", Value::Null);
    let columns = |width: f32| Value::from(Number::from((width / unit / COLUMN).floor().clamp(1.0, 4.0) as usize));
    set("columns", columns(surroundings.size.width));
    let beside = if shape(surroundings.size) == "wide" { 0.5 } else { 1.0 };
    set("sideColumns", columns(surroundings.size.width * beside));
    set(
        "rival",
        rival(ranking, surroundings).map_or(Value::Null, |(entry, lead, balance)| {
            friend(entry).with("lead", lead).with("balance", Number::from(balance))
        }),
    );
    set("skeleton", Value::list((1..=SKELETON_ROWS).map(|row| Value::from(Number::from(row)))));
    for (name, value) in surroundings.variables.iter().filter(|(name, _)| &**name != "rival") {
        set(name, value.clone());
    }
    Value::from_map(globals)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::BoardState;
    use crate::scene::named::{FRIEND, GLOBALS, Global, NEXT, OWN, RIVAL};

    /// The manual lists what there is: no more, no less.
    #[test]
    fn the_globals_are_those_that_are_listed() {
        let limits = crate::limits::Limits::default();
        let json = r#"{"group": {"name": "g", "id": "g"}, "data": [
            {"openid": "a", "nickname": "A", "score": 2}, {"openid": "b", "nickname": "B", "score": 1},
            {"openid": "c", "nickname": "C", "score": 0}, {"openid": "d", "nickname": "D", "score": 0}]}"#;
        let mut diagnostics = crate::error::Diagnostics::new();
        let mut reading = Reading::new(&limits, &mut diagnostics);
        let mut data = crate::friends::read(json, "t", &crate::friends::ReadOptions::default(), &mut reading).unwrap();
        data.failure = Some(crate::friends::PlatformFailure::new("x:fail y", Some(1)));
        let rank = crate::friends::RankOptions { self_openid: Some(Arc::from("b")), ..Default::default() };
        let ranking = Arc::new(crate::friends::rank(&data, &rank));
        let around = Surroundings::new(BoardState::Ready, "light", "en", Size::new(1.0, 1.0)).unwrap();
        let Value::Map(found) = globals(&data, &ranking, &around, &mut reading) else { panic!("no map") };
        let names = |map: &BTreeMap<Arc<str>, Value>| map.keys().map(ToString::to_string).collect::<Vec<_>>();
        let sorted = |list: &[Global]| {
            let mut names: Vec<String> = list.iter().map(|global| global.name.to_owned()).collect();
            names.sort();
            names
        };
        assert_eq!(names(&found), sorted(GLOBALS));
        for global in GLOBALS.iter().filter(|global| !global.members.is_empty()) {
            let value = &found[global.name];
            let value = value.as_list().and_then(|list| list.first()).unwrap_or(value);
            let own = match global.name {
                "next" => [FRIEND, NEXT].concat(),
                "rival" => [FRIEND, RIVAL].concat(),
                "self" => [FRIEND, OWN].concat(),
                _ => global.members.to_vec(),
            };
            assert_eq!(names(value.as_map().unwrap_or_else(|| panic!("{}", global.name))), sorted(&own), "{}", global.name);
        }
    }
}
