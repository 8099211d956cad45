//! The stage by itself: boards and globals as any session could give them.

use super::*;
use crate::json::Value;
use crate::picture::Pictures;
use crate::pipeline::Board;
use crate::platform::Platform;
use crate::text::Fonts;

const TEMPLATE: &str = r#"<scrollview class="list" scrollY="true">
  <view for="name in names" key="{{ name }}" class="row" action="pick" data-openid="{{ name }}">
    <button class="button" id="more" action="more" data-kind="x" value="{{ name }}"/>
  </view>
</scrollview>"#;

const STYLE: &str = r##"{
  "list": { "height": 100, "backgroundColor": "#fff" },
  "row": { "height": 40, "borderBottomWidth": 1, "borderColor": "#888", ":active": { "backgroundColor": "#f00" } },
  "button": { "width": 40, "height": 30, "fontSize": 10 }
}"##;

struct Host {
    stage: Stage,
    board: Board,
    renderer: Renderer,
    outbox: Outbox,
    revision: u64,
}

impl Host {
    fn new() -> Self {
        let limits = Limits::default();
        let board = Board::compile(("t.xml", TEMPLATE), &[("t.json", STYLE)], &limits).unwrap();
        let mut stage = Stage::new(&Options::new(Platform::WeChat, "light", "en").unwrap());
        let mut outbox = Outbox::new(4_096);
        stage.resize((100, 120), &limits, &mut outbox);
        Self { stage, board, renderer: Renderer::new(Fonts::bundled(), limits), outbox, revision: 0 }
    }

    /// Shows rows and draws them.
    fn show(&mut self, names: &[&str], now: f64) -> Damage {
        self.revision += 1;
        let globals = Value::map([("names", Value::list(names.iter().copied()))]);
        let showing = Showing { board: &self.board, globals, is_ready: true };
        self.stage.build(Some(showing), self.revision, &mut self.renderer, &Pictures::default(), now, &mut self.outbox);
        self.draw(now)
    }

    fn draw(&mut self, now: f64) -> Damage {
        self.stage.draw(&mut self.renderer, &Pictures::default(), now)
    }

    fn touch(&mut self, phase: TouchPhase, x: f32, y: f32, now: f64) -> Option<Tap> {
        self.stage.touch(Touch { phase, finger: 0, point: Point::new(x, y) }, now)
    }

    fn events(&mut self) -> Vec<Event> {
        let event = |effect| match effect {
            crate::context::Effect::Event(event) => Some(event),
            _ => None,
        };
        std::iter::from_fn(|| self.outbox.take()).filter_map(event).collect()
    }
}

#[test]
fn a_tap_names_the_node_and_who_it_is_about() {
    let mut host = Host::new();
    assert_eq!(host.touch(TouchPhase::Start, 80.0, 10.0, 0.0), None);
    host.stage.open(false, None);
    host.show(&["a", "b"], 0.0);
    assert_eq!(host.touch(TouchPhase::Start, 10.0, 50.0, 10.0), None);
    let tap = host.touch(TouchPhase::End, 10.0, 50.0, 20.0).unwrap();
    assert_eq!((&*tap.action, &*tap.id, tap.openid.as_deref()), ("more", "more", Some("b")));
    assert_eq!(tap.data.len(), 1, "a node's own data, not that of what it stands in");
    host.touch(TouchPhase::Start, 80.0, 10.0, 30.0);
    let tap = host.touch(TouchPhase::End, 80.0, 10.0, 40.0).unwrap();
    assert_eq!((&*tap.action, tap.openid.as_deref()), ("pick", Some("a")));
}

#[test]
fn a_press_stays_on_its_row_in_another_scene() {
    let mut host = Host::new();
    host.stage.open(false, None);
    host.show(&["a", "b"], 0.0);
    host.touch(TouchPhase::Start, 80.0, 50.0, 10.0);
    assert!(host.draw(10.0).is_some(), "it looks pressed");
    host.show(&["z", "y", "b"], 20.0);
    let tap = host.touch(TouchPhase::End, 80.0, 50.0, 30.0).unwrap();
    assert_eq!(tap.openid.as_deref(), Some("b"));
    // A row that is gone is not tapped.
    host.touch(TouchPhase::Start, 80.0, 50.0, 40.0);
    host.show(&["z", "q", "w"], 50.0);
    assert_eq!(host.touch(TouchPhase::End, 80.0, 50.0, 60.0), None);
}

#[test]
fn a_scene_is_made_anew_for_another_revision_and_another_place() {
    let mut host = Host::new();
    host.stage.open(false, None);
    host.show(&["a"], 0.0);
    let revision = host.revision;
    assert!(!host.stage.is_scene_stale(revision) && host.stage.is_scene_stale(revision + 1));
    host.stage.place(|placement| placement.device_pixel_ratio = 2.0, &mut host.outbox);
    assert!(host.stage.is_scene_stale(revision));
    host.show(&["a"], 10.0);
    host.stage.place(|placement| placement.device_pixel_ratio = 2.0, &mut host.outbox);
    assert!(!host.stage.is_scene_stale(host.revision), "it stands where it stood");
}

#[test]
fn a_wish_to_scroll_waits_for_rows() {
    let mut host = Host::new();
    host.stage.open(false, Some(30.0));
    let showing = Showing { board: &host.board, globals: Value::default(), is_ready: false };
    host.stage.build(Some(showing), 1, &mut host.renderer, &Pictures::default(), 0.0, &mut host.outbox);
    assert!(host.stage.view_at(0.0).scroll.is_empty());
    host.show(&["a", "b", "c", "d"], 10.0);
    assert_eq!(host.stage.view_at(10.0).scroll.into_values().collect::<Vec<_>>(), [Point::new(0.0, 30.0)]);
    // What is there already is not scrolled once more.
    host.touch(TouchPhase::Start, 80.0, 50.0, 20.0);
    host.touch(TouchPhase::Move, 80.0, 80.0, 30.0);
    host.touch(TouchPhase::Move, 80.0, 140.0, 40.0);
    host.touch(TouchPhase::Cancel, 80.0, 140.0, 50.0);
    host.show(&["a", "b", "c", "d", "e"], 5_000.0);
    assert!(host.stage.view_at(5_000.0).scroll.is_empty());
}

#[test]
fn pages_begin_with_the_row_that_was_cut() {
    let mut host = Host::new();
    host.stage.open(false, None);
    host.show(&["a", "b", "c", "d", "e", "f", "g"], 0.0);
    for (turn, page) in [(Turn::By(1), 2), (Turn::By(1), 3), (Turn::By(9), 4), (Turn::To(2), 2), (Turn::To(-5), 1)] {
        host.events();
        host.stage.turn(turn, 1_000.0, &mut host.outbox);
        let events = host.events();
        assert_eq!(events, [Event::Page { page, pages: 4 }], "{turn:?}");
        let offset = host.stage.view_at(2_000.0).scroll.into_values().next().unwrap_or_default();
        assert_eq!(offset.y, [0.0, 80.0, 160.0, 180.0][page as usize - 1], "{turn:?}");
    }
}

#[test]
fn nothing_is_drawn_once_it_is_closed() {
    let mut host = Host::new();
    host.stage.open(false, None);
    host.show(&["a"], 0.0);
    assert!(!host.stage.list().commands.is_empty());
    host.stage.close();
    assert!(host.stage.needs_frame(host.revision, 10.0) && host.stage.take_cleared());
    host.draw(10.0);
    assert!(host.stage.list().commands.is_empty() && !host.stage.needs_frame(host.revision, 10.0));
}
