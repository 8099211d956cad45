//! What a template can name: the globals of a board.
//! [`GLOBALS`] lists them, with the members of each.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::error::{Diagnostic, Place, Result};
use crate::friends::{FriendData, RankEntry, Ranking, Score, Zone};
use crate::geometry::Size;
use crate::json::{List, Maker, Value};
use crate::name::display_name;
use crate::number::Number;
use crate::reading::Reading;
use crate::sorted;
use crate::template;

/// Which state a board shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BoardState {
    /// Friends are there.
    #[default]
    Ready,
    /// Data is on its way.
    Loading,
    /// There are no friends.
    Empty,
    /// The player has not allowed it.
    Denied,
    /// The platform failed.
    Error,
}

impl BoardState {
    /// Every state with its keyword.
    pub const ALL: [(&'static str, Self); 5] = [
        ("ready", Self::Ready),
        ("loading", Self::Loading),
        ("empty", Self::Empty),
        ("denied", Self::Denied),
        ("error", Self::Error),
    ];

    /// The state of a keyword.
    #[must_use]
    pub fn from_keyword(keyword: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == keyword).map(|(_, state)| *state)
    }

    /// The keyword, as templates compare it.
    #[must_use]
    pub fn keyword(self) -> &'static str {
        Self::ALL.iter().find(|(_, state)| *state == self).map_or("ready", |(keyword, _)| keyword)
    }

    /// The state that data is in by itself.
    #[must_use]
    pub fn of(data: &FriendData) -> Self {
        match &data.failure {
            Some(failure) if failure.kind == crate::friends::FailureKind::Denied => Self::Denied,
            Some(_) => Self::Error,
            None if data.friends.is_empty() => Self::Empty,
            None => Self::Ready,
        }
    }
}

/// What became of a message to a friend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// It is on its way.
    Sending,
    /// It was sent.
    Sent,
    /// It could not be sent.
    Failed,
}

impl Mark {
    /// The member of a friend that says so in templates.
    #[must_use]
    pub fn keyword(self) -> &'static str {
        match self {
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Failed => "failed",
        }
    }
}

/// What surrounds the friends of a board.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// The state.
    pub state: BoardState,
    /// Colours by role.
    pub theme: Value,
    /// True where the theme is a dark one.
    pub dark: bool,
    /// Texts by key.
    pub strings: Value,
    /// The locale's tag.
    pub locale: Arc<str>,
    /// The canvas in px at dpr 1.
    pub size: Size,
    /// The time it is, ms since 1970; `None`: nobody said.
    pub now: Option<i64>,
    /// On whose clocks dates are shown.
    pub zone: Zone,
    /// Further globals, such as `--var title=…`; they win over all others.
    pub variables: Vec<(Arc<str>, Value)>,
    /// What is known of single friends beyond the data, by openid.
    pub marks: Arc<BTreeMap<Arc<str>, Mark>>,
}

impl Surroundings {
    /// A bundled theme and locale around a state, on a canvas of a size in px at dpr 1; no variables, no marks.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`](crate::ErrorKind) for an unknown theme or locale.
    ///
    /// ```
    /// use friendboard::{geometry::Size, scene::{BoardState, Surroundings}};
    /// let around = Surroundings::new(BoardState::Ready, "dark", "zh-CN", Size::new(360.0, 640.0))?;
    /// assert!(around.dark);
    /// # Ok::<(), friendboard::Error>(())
    /// ```
    pub fn new(state: BoardState, theme: &str, locale: &str, size: Size) -> Result<Self> {
        Ok(Self {
            state,
            theme: template::theme(theme)?,
            dark: template::is_dark(&template::theme(theme)?),
            strings: template::strings(locale)?,
            locale: Arc::from(template::locale(locale)?),
            size,
            now: None,
            zone: Zone::default(),
            variables: Vec::new(),
            marks: Arc::default(),
        })
    }
}

/// A name that a template can use, or a member of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Global {
    /// The name.
    pub name: &'static str,
    /// What it is.
    pub about: &'static str,
    /// Its members, where it is a map with the same ones always, or a list of such.
    pub members: &'static [Global],
}

const fn global(name: &'static str, about: &'static str, members: &'static [Global]) -> Global {
    // The manual says it, and a module in a game has none.
    let about = if cfg!(feature = "advice") { about } else { "" };
    Global { name, about, members }
}

/// Members of a friend.
const FRIEND: &[Global] = &[
    global("rank", "The rank, from 1; nothing without a score.", &[]),
    global("medal", "1, 2 or 3 for ranks on the podium; nothing for others.", &[]),
    global("position", "The place in the order, from 1, also without a score.", &[]),
    global("openid", "Who it is, for the platform.", &[]),
    global("nickname", "The name, fit to be shown: nothing in it reorders, hides or overflows what is around it.", &[]),
    global("avatarUrl", "The address of the avatar.", &[]),
    global("score", "The score: a number, exact, or the word of a rank; nothing where there is none.", &[]),
    global("hasScore", "Whether there is a score.", &[]),
    global("updateTime", "When the score was reached, as the data has it; nothing where it is not said.", &[]),
    global(OWN_ROW, "Whether it is the player.", &[]),
    global(
        "kv",
        "All of the friend's values by key: `friend.kv.level`. In a game and in `play` those that `keyList` names: \
     the score's alone, where it is not given.",
        &[],
    ),
    global("share", "How much of the best score this one is, in whole percent.", &[]),
    global("moved", "How many places were won since the rank that the data has as `lastRank`; negative for lost ones.", &[]),
    global("isNew", "Whether others have a `lastRank` and this friend has none.", &[]),
    global("sending", "Whether a message to this friend is on its way.", &[]),
    global("sent", "Whether a message to this friend was sent.", &[]),
    global("failed", "Whether a message to this friend could not be sent.", &[]),
];

/// Members of the next friend to beat: a friend's, and these.
const NEXT: &[Global] = &[
    global("gap", "What is missing to this friend's score.", &[]),
    global("progress", "How much of this friend's score is reached, in whole percent.", &[]),
];

/// Members of a rival: a friend's, and these.
const RIVAL: &[Global] = &[
    global("lead", "How far self is ahead; negative where self is behind.", &[]),
    global("balance", "Self's part of both scores, in percent.", &[]),
];

/// Members of self: a friend's, and these.
const OWN: &[Global] =
    &[global("row", "The place among `friends`, from 0; how many they are where self is not among them.", &[])];

/// What a template can name, beside variables of the author's own.
pub const GLOBALS: &[Global] = &[
    global("state", "`ready`, `loading`, `empty`, `denied` or `error`.", &[]),
    global("friends", "The ranked friends that are shown.", FRIEND),
    global(
        "self",
        "The player's own entry; nothing where the player is not among the friends. It has a friend's members, and these.",
        OWN,
    ),
    global("podium", "The best three of `friends` who have a score.", FRIEND),
    global("others", "`friends` without those of `podium`.", FRIEND),
    global("neighbours", "The player with one friend on each side.", FRIEND),
    global("next", "The next friend to beat; nothing where the player leads. It has a friend's members, and these.", NEXT),
    global("count", "How many friends are ranked.", &[]),
    global("order", "`desc` where the higher score is better, `asc` where the lower is.", &[]),
    global(
        "group",
        "The group; nothing on a board of friends.",
        &[
            global("name", "The group's name, fit to be shown.", &[]),
            global("id", "Which group it is, for the platform.", &[]),
            global("members", "How many are in it.", &[]),
        ],
    ),
    global(
        "error",
        "What the platform failed with; nothing where it did not.",
        &[global("message", "What it said.", &[]), global("code", "Its number; nothing where it gave none.", &[])],
    ),
    global("theme", "Colours by role: `theme.accent`.", &[]),
    global("dark", "Whether the theme is a dark one.", &[]),
    global("strings", "Texts by key, in the language of the locale: `strings.empty`.", &[]),
    global("locale", "The locale's tag: `en`, `zh-CN`.", &[]),
    global("title", "A title that the author gives (`--var title=…`); nothing without one.", &[]),
    global("size", "The canvas in px at dpr 1.", &[global("width", "Its width.", &[]), global("height", "Its height.", &[])]),
    global("wide", "Whether the canvas is 600 px wide or more.", &[]),
    global("unit", "px of a unit of design: 1 on a phone, more where the canvas is large, so that a board fills it.", &[]),
    global(
        "room",
        "The canvas in units of design.",
        &[global("width", "Its width.", &[]), global("height", "Its height.", &[])],
    ),
    global("shape", "`narrow` where the canvas is higher than wide, `square` or `wide`.", &[]),
    global("columns", "How many rows of a list stand beside each other.", &[]),
    global("sideColumns", "The same beside a podium.", &[]),
    global("rtl", "Whether the locale is written from right to left.", &[]),
    global("scoreAs", "How the filter `score` writes scores: `number`, `duration` (milliseconds) or `seconds`.", &[]),
    global("daysLeft", "How many days the week goes on; nothing unless the author says (`--var daysLeft=3`).", &[]),
    global(
        "rival",
        "Who stands on the other side of a duel: whom `--var rival=OPENID` names, else the next to beat, else who comes after.",
        RIVAL,
    ),
    global("now", "The time it is, ms since 1970; nothing where nobody said (`--date`, or the game's clock).", &[]),
    global("zone", "On whose clocks dates are shown: `+08:00`.", &[]),
    global("skeleton", "A list to repeat the rows of a loading board over.", &[]),
];

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
    let friend = |entry: &RankEntry| Value::from_map(rows.of(entry));
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
        let own_score = own.and_then(|entry| entry.friend.score.as_ref()).map(|score| &score.value);
        let theirs = target.entry.friend.score.as_ref().map(|score| &score.value);
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
    let winners = ranking.shown().iter().take(shown.min(3)).take_while(|entry| entry.rank.is_some()).count();
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

/// The member that says whether a row is the player's own.
pub(super) const OWN_ROW: &str = "isSelf";

/// What makes the rows of friends, each when a board first looks at it.
struct Rows {
    ranking: Arc<Ranking>,
    /// The members' names, of which there is one text for all rows.
    names: Vec<Arc<str>>,
    /// What somebody without a name is called.
    anonymous: Arc<str>,
    marks: Arc<BTreeMap<Arc<str>, Mark>>,
    /// The best score.
    best: Option<Number>,
    /// Whether anybody's data has an earlier rank.
    has_ranks: bool,
}

impl Rows {
    fn new(ranking: &Arc<Ranking>, surroundings: &Surroundings) -> Self {
        let best = ranking.entries().first().and_then(|entry| entry.friend.score.as_ref());
        Self {
            names: FRIEND.iter().map(|member| Arc::from(member.name)).collect(),
            anonymous: Arc::from(surroundings.strings.get("anonymous").and_then(Value::as_text).unwrap_or("")),
            marks: Arc::clone(&surroundings.marks),
            best: best.map(|score| score.value.clone()),
            has_ranks: ranking.has_former_ranks(),
            ranking: Arc::clone(ranking),
        }
    }

    /// The row of an entry.
    fn of(&self, entry: &RankEntry) -> BTreeMap<Arc<str>, Value> {
        let values = friend(entry, self);
        sorted::map(self.names.iter().map(Arc::clone).zip(values))
    }
}

impl Maker<Value> for Rows {
    fn make(&self, number: usize) -> BTreeMap<Arc<str>, Value> {
        self.ranking.entries().get(number).map(|entry| self.of(entry)).unwrap_or_default()
    }

    /// The player's own row is looked for among all.
    fn known(&self, number: usize, name: &str) -> Option<Value> {
        let entry = self.ranking.entries().get(number).filter(|_| name == OWN_ROW)?;
        Some(Value::from(entry.is_self))
    }

    fn true_in(&self, name: &str) -> Option<Option<usize>> {
        (name == OWN_ROW).then(|| self.ranking.self_position())
    }
}

/// Who stands on the other side of a duel, how far self is ahead of them, and self's part of both scores in percent.
fn rival<'a>(ranking: &'a Ranking, surroundings: &Surroundings) -> Option<(&'a RankEntry, Value, usize)> {
    let own = ranking.self_entry()?;
    let named = surroundings.variables.iter().find(|(name, _)| &**name == "rival").map(|(_, openid)| openid.to_text());
    let entries = ranking.entries();
    let other = named.and_then(|openid| entries.iter().find(|entry| entry.friend.openid == openid && !entry.is_self));
    let other = other.or_else(|| ranking.next_to_beat().map(|target| target.entry));
    let other = other.or_else(|| entries.iter().find(|entry| !entry.is_self))?;
    let value = |entry: &RankEntry| entry.friend.score.as_ref().map(|score| score.value.clone());
    let (mine, theirs) = (value(own), value(other));
    let zero = || Number::from(0_i128);
    let (ahead, behind) = if ranking.is_ascending() { (theirs.clone(), mine.clone()) } else { (mine.clone(), theirs.clone()) };
    let lead = ahead.unwrap_or_else(zero).checked_sub(&behind.unwrap_or_else(zero)).map_or(Value::Null, Value::from);
    let figure = |number: Option<Number>| number.map_or(0.0, |number| number.to_f64().max(0.0));
    let (mine, theirs) = (figure(mine), figure(theirs));
    let part = if mine + theirs > 0.0 { mine / (mine + theirs) } else { 0.5 };
    let part = if ranking.is_ascending() { 1.0 - part } else { part };
    Some((other, lead, (part * 100.0).round().clamp(8.0, 92.0) as usize))
}

/// The values of a friend's members, in the order of [`FRIEND`].
fn friend(entry: &RankEntry, rows: &Rows) -> [Value; FRIEND.len()] {
    let friend = &entry.friend;
    let name = display_name(&friend.nickname);
    let name = if name.is_empty() { Value::from(&rows.anonymous) } else { Value::from(&*name) };
    let score = friend.score.as_ref();
    let number = |number: usize| Value::from(Number::from(number));
    let kv = friend.kv.keys().map(|key| (Arc::clone(key), friend.value_at(key).unwrap_or_default()));
    // Who is on another page stands where the platform says; a place that nobody knows is none.
    let position = entry.position.saturating_add(1);
    let is_said = entry.is_self && entry.rank == Some(position);
    let position = if is_said { position } else { position.saturating_add(rows.ranking.places_before()) };
    let updated = score.and_then(|score| score.update_time).map(|time| Value::from(Number::from(i128::from(time))));
    let last = friend.former_rank();
    let moved = entry.rank.zip(last).map(|(rank, last)| Value::from(Number::from(last.saturating_sub(rank as i128))));
    let mark = rows.marks.get(&friend.openid);
    let is_marked = |wanted: Mark| Value::from(mark == Some(&wanted));
    [
        entry.rank.map_or(Value::Null, number),
        entry.rank.filter(|&rank| rank <= 3).map_or(Value::Null, number),
        number(position),
        Value::from(&friend.openid),
        name,
        Value::from(&friend.avatar_url),
        score.map_or(Value::Null, shown_score),
        Value::from(score.is_some()),
        updated.unwrap_or_default(),
        Value::from(entry.is_self),
        Value::map(kv),
        Value::from(Number::from(progress(score.map(|score| &score.value), rows.best.as_ref()))),
        moved.unwrap_or_default(),
        Value::from(rows.has_ranks && entry.rank.is_some() && last.is_none()),
        is_marked(Mark::Sending),
        is_marked(Mark::Sent),
        is_marked(Mark::Failed),
    ]
}

/// The score as it is shown: a rank's word (Douyin's enum values) in place of the number behind it.
fn shown_score(score: &Score) -> Value {
    score.label.as_ref().map_or_else(|| Value::from(score.value.clone()), |label| Value::from(&*display_name(label)))
}

/// How much of a goal is reached, in whole percent; where less is better, the goal's part of one's own.
fn progress(own: Option<&Number>, theirs: Option<&Number>) -> usize {
    let (Some(own), Some(theirs)) = (own, theirs) else { return 0 };
    let (less, more) = if own < theirs { (own, theirs) } else { (theirs, own) };
    let (less, more) = (less.to_f64(), more.to_f64());
    if more <= 0.0 || less < 0.0 { 0 } else { (less / more * 100.0).round().clamp(0.0, 100.0) as usize }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn progress_is_a_part_of_the_goal() {
        let number = |text| Number::parse(text).unwrap();
        assert_eq!(progress(Some(&number("50")), Some(&number("200"))), 25);
        assert_eq!(progress(None, Some(&number("200"))), 0);
        assert_eq!(progress(Some(&number("40.0")), Some(&number("38"))), 95);
        assert_eq!(progress(Some(&number("-5")), Some(&number("-1"))), 0);
    }
}
