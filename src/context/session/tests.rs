//! The session by itself: no canvas, no renderer.

use super::*;
use crate::context::exchange::Tap;
use crate::platform::Platform;

struct Host {
    session: Session,
    outbox: Outbox,
}

impl Host {
    fn new() -> Self {
        let mut options = Options::new(Platform::WeChat, "light", "en").unwrap();
        options.rank.self_openid = Some(Arc::from("o1"));
        Self { session: Session::new(Arc::new(options), Limits::default()), outbox: Outbox::new(4_096) }
    }

    /// A session that shows some friends.
    fn with_friends(count: usize) -> Self {
        let mut host = Self::new();
        host.session.show(Occasion::Friends, (None, None), false, 0.0, &mut host.outbox);
        let request = host.calls()[0].0;
        host.answer(request, &friends(count), 10.0);
        host.showing();
        host.effects();
        host
    }

    fn answer(&mut self, request: RequestId, json: &str, now: f64) {
        self.session.answer(request, true, json.to_owned(), budget(), now, &mut self.outbox);
    }

    fn effects(&mut self) -> Vec<Effect> {
        std::iter::from_fn(|| self.outbox.take()).collect()
    }

    fn calls(&mut self) -> Vec<(RequestId, &'static str)> {
        let call = |effect: &Effect| match effect {
            Effect::Call { request, api, .. } => Some((*request, *api)),
            _ => None,
        };
        self.effects().iter().filter_map(call).collect()
    }

    /// The globals that the stage is given.
    fn showing(&mut self) -> Value {
        self.session.showing(Size::new(360.0, 640.0), budget(), &mut self.outbox).unwrap().globals
    }

    fn ranking(&mut self) -> Arc<Ranking> {
        self.session.standings().1.ranking
    }

    fn tap(&mut self, action: &str, openid: &str, now: f64) -> Reaction {
        let tap = Tap { action: Arc::from(action), id: Arc::default(), data: Arc::default(), openid: Some(Arc::from(openid)) };
        self.session.act(tap, now, &mut self.outbox)
    }
}

fn budget() -> Budget {
    Budget::new(&Limits::default())
}

fn friends(count: usize) -> String {
    let row = |index: usize| format!(r#"{{"openid":"o{index}","nickname":"N","avatarUrl":"","score":{}}}"#, 9_000 - index);
    format!(r#"{{"data":[{}]}}"#, (0..count).map(row).collect::<Vec<_>>().join(","))
}

#[test]
fn friends_are_ranked_once_for_each_change() {
    let mut host = Host::with_friends(5);
    let first = host.ranking();
    // What changes a board without changing who is on it, or in which order.
    host.tap("invite", "o2", 20.0);
    host.session.set_tab(Arc::from("weekly"));
    host.session.set_self(Arc::from("o1"));
    host.session.switch(Occasion::WholeBoard, &mut host.outbox);
    host.session.showing(Size::new(100.0, 100.0), budget(), &mut host.outbox);
    host.showing();
    host.session.refresh(30.0, &mut host.outbox);
    let refreshed = host.calls().last().unwrap().0;
    assert!(Arc::ptr_eq(&first, &host.ranking()));
    host.answer(refreshed, &friends(5), 40.0);
    assert!(Arc::ptr_eq(&first, &host.ranking()), "the same data has come again");
    // What does change it.
    host.session.set_own_score(Score::parse("9500").unwrap(), None, None, 50.0, &mut host.outbox);
    let second = host.ranking();
    assert_eq!(second.self_entry().unwrap().rank, Some(1));
    host.session.set_self(Arc::from("o3"));
    let third = host.ranking();
    assert_eq!(third.self_entry().unwrap().friend.openid(), "o3");
    let refreshed = host.calls().last().unwrap().0;
    host.answer(refreshed, &friends(6), 60.0);
    let fourth = host.ranking();
    assert_eq!(fourth.entries().len(), 6);
    assert!(Arc::ptr_eq(&fourth, &host.ranking()));
    assert!(!Arc::ptr_eq(&first, &second) && !Arc::ptr_eq(&second, &third) && !Arc::ptr_eq(&third, &fourth));
}

#[test]
fn the_revision_grows_with_what_a_board_shows() {
    let mut host = Host::with_friends(5);
    let mut last = host.session.revision();
    let mut has_grown = |host: &Host| {
        let has_grown = host.session.revision() > last;
        last = host.session.revision();
        has_grown
    };
    host.session.set_self(Arc::from("o1"));
    host.tap("friend", "o2", 20.0);
    host.session.give_up_overdue(20.0, &mut host.outbox);
    assert!(!has_grown(&host));
    host.tap("share", "o2", 30.0);
    assert!(has_grown(&host));
    host.tap("share", "o2", 31.0);
    assert!(!has_grown(&host), "it is being sent already");
    host.session.set_tab(Arc::from("weekly"));
    assert!(has_grown(&host));
    host.session.set_tab(Arc::from("weekly"));
    assert!(!has_grown(&host));
}

#[test]
fn marks_stand_in_the_globals() {
    let mut host = Host::with_friends(3);
    let state = |host: &mut Host| {
        let globals = host.showing();
        let Some(Value::List(friends)) = globals.get("friends") else { panic!("no friends") };
        let friend = &friends[2];
        ["sending", "sent", "failed"].map(|name| friend.get(name) == Some(&Value::from(true)))
    };
    host.tap("invite", "o2", 20.0);
    assert_eq!(state(&mut host), [true, false, false]);
    let request = host.calls()[0].0;
    let json = r#"{"errMsg":"shareMessageToFriend:fail no"}"#;
    host.session.answer(request, false, json.to_owned(), budget(), 30.0, &mut host.outbox);
    assert_eq!(state(&mut host), [false, false, true]);
    for (answer, expected) in
        [("shareMessageToFriend:fail cancel", [false; 3]), ("shareMessageToFriend:ok", [false, true, false])]
    {
        host.tap("invite", "o2", 40.0);
        let request = host.calls().last().unwrap().0;
        let json = format!(r#"{{"errMsg":"{answer}"}}"#);
        host.session.answer(request, answer.ends_with("ok"), json, budget(), 50.0, &mut host.outbox);
        assert_eq!(state(&mut host), expected, "{answer}");
    }
}

#[test]
fn the_oldest_mark_makes_room() {
    let mut host = Host::with_friends(500);
    host.session.marks = Marks::new(400);
    for index in 0..500_u32 {
        host.tap("invite", &format!("o{}", 499 - index), f64::from(index));
    }
    let marks = host.session.marks.all();
    assert_eq!(marks.len(), 400);
    assert!((0..400).all(|index| marks.contains_key(&*format!("o{index}"))), "the first hundred that were invited are gone");
}

#[test]
fn a_tap_is_about_who_can_be_seen() {
    let mut host = Host::with_friends(3);
    host.session.refresh(20.0, &mut host.outbox);
    let request = host.calls()[0].0;
    host.answer(request, r#"{"data":[{"openid":"other","nickname":"N","score":1}]}"#, 30.0);
    host.effects();
    host.tap("invite", "o2", 40.0);
    assert!(matches!(host.calls().as_slice(), [(_, "shareMessageToFriend")]), "the stage shows o2 still");
    host.showing();
    host.tap("invite", "o2", 50.0);
    assert!(host.calls().is_empty());
}

#[test]
fn only_what_the_shell_has_to_do_is_a_reaction() {
    let mut host = Host::with_friends(3);
    assert_eq!(host.tap("own", "o1", 20.0), Reaction::Nothing);
    assert_eq!(host.tap("retry", "", 30.0), Reaction::Retry);
    assert_eq!(host.tap("wholeBoard", "", 40.0), Reaction::AnotherBoard);
    assert_eq!(host.tap("wholeBoard", "", 50.0), Reaction::Nothing);
}
