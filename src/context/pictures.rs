//! Pictures: what is in sight first, so many at once, each address once, again after a while where it fails.

use std::collections::VecDeque;

use std::sync::Arc;

use super::input::Effect;
use super::options::Options;
use super::outbox::Outbox;
use crate::layout;
use crate::picture::{Picture, PictureState, PictureStore, Pictures};
use crate::scene::{Content, Scene};
use crate::sorted::{BTreeMap, BTreeSet};
use crate::text::bitmap_font::BitmapFont;

/// Longer addresses are not asked for: no platform gives them, and a `data:` address of a whole picture fits.
const ADDRESS_MAX: usize = 4 * 1024 * 1024;

/// Knows the pictures of boards, and asks for those that are not there.
#[derive(Default)]
pub(super) struct PictureLoader {
    store: PictureStore,
    /// Bitmap fonts that were asked for.
    fonts: BTreeSet<Arc<str>>,
    loads: BTreeMap<Arc<str>, Load>,
    /// What is in sight, in the order of drawing.
    shown: Vec<Arc<str>>,
    /// What of it is not there.
    missed: Vec<Arc<str>>,
    missed_fonts: Vec<Arc<str>>,
    /// What is out of sight, in the order of the board.
    ahead: VecDeque<Arc<str>>,
}

#[derive(Clone, Copy, Debug)]
struct Load {
    /// Tries so far, with the one under way.
    tries: u32,
    step: Step,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    /// The host was asked for it; it fails after this time.
    Asked { deadline: f64 },
    /// It failed, and is asked for again at this time.
    Waiting { until: f64 },
}

/// What an answer was.
#[derive(Debug, PartialEq)]
pub(super) enum Arrived {
    /// Nobody waits for it.
    Stale,
    /// It can be drawn.
    Ready,
    /// It failed for good: the placeholder stays.
    Failed,
    /// It failed, and is tried again.
    Again,
}

impl PictureLoader {
    /// What is there, as layout and display read it.
    pub(super) fn known(&self) -> &Pictures {
        self.store.pictures()
    }

    /// Notes what a scene will need sooner or later.
    pub(super) fn look_ahead(&mut self, scene: &Scene, options: &Options) {
        self.ahead.clear();
        self.missed_fonts = layout::needs(scene).fonts;
        let mut seen = BTreeSet::new();
        for node in &scene.nodes {
            if let Content::Image { src, .. } = &node.content
                && !src.is_empty()
                && seen.insert(Arc::clone(src))
                && self.ahead.len() < options.pictures_ahead
            {
                self.ahead.push_back(Arc::clone(src));
            }
        }
    }

    /// Gives what was in sight the last time, whose place what is in sight now gets.
    pub(super) fn take_shown(&mut self) -> Vec<Arc<str>> {
        std::mem::take(&mut self.shown)
    }

    /// Takes what is in sight now, in the order of drawing.
    pub(super) fn in_sight(&mut self, shown: Vec<Arc<str>>) {
        for src in &shown {
            self.store.touch(src);
        }
        let known = self.store.pictures();
        self.missed.clear();
        self.missed.extend(shown.iter().filter(|src| *known.get(src) == PictureState::Missing).cloned());
        self.shown = shown;
    }

    /// Asks for what is needed next; true where something has failed for good, so that it is drawn otherwise.
    pub(super) fn load_next(&mut self, now: f64, options: &Options, outbox: &mut Outbox) -> bool {
        let mut changed = false;
        let expired: Vec<Arc<str>> =
            self.loads.iter().filter(|(_, load)| load.is_overdue(now)).map(|(src, _)| Arc::clone(src)).collect();
        for src in expired {
            changed |= self.failed(&src, "it did not come in time", now, options) == Arrived::Failed;
        }
        for path in std::mem::take(&mut self.missed_fonts) {
            if self.fonts.insert(Arc::clone(&path)) {
                outbox.ask(Effect::LoadBitmapFont { path });
            }
        }
        let mut free = options.pictures_at_once.saturating_sub(self.loads.values().filter(|load| load.is_asked()).count());
        let deadline = now + options.picture_timeout;
        for (src, load) in &mut self.loads {
            if free > 0 && matches!(load.step, Step::Waiting { until } if until <= now) {
                *load = Load { tries: load.tries + 1, step: Step::Asked { deadline } };
                outbox.ask(Effect::CreateImage { src: Arc::clone(src) });
                free -= 1;
            }
        }
        let mut missed = std::mem::take(&mut self.missed).into_iter();
        while free > 0 {
            let Some(src) = missed.next().or_else(|| self.ahead.pop_front()) else { break };
            if self.loads.contains_key(&src) || *self.known().get(&src) != PictureState::Missing {
                continue;
            }
            if src.len() > ADDRESS_MAX {
                self.store.set(&src, PictureState::Failed(Arc::from("its address is too long")));
                continue;
            }
            self.store.set(&src, PictureState::Pending);
            self.loads.insert(Arc::clone(&src), Load { tries: 1, step: Step::Asked { deadline } });
            outbox.ask(Effect::CreateImage { src });
            free -= 1;
        }
        // What found no room now is asked for when there is some.
        self.missed.extend(missed);
        changed
    }

    /// Takes a picture, or the reason why there is none.
    pub(super) fn arrived(&mut self, src: &str, picture: Result<Picture, String>, now: f64, options: &Options) -> Arrived {
        let Some(load) = self.loads.get(src) else { return Arrived::Stale };
        match picture {
            Err(_) if !load.is_asked() => Arrived::Stale,
            // Better late than asked for again.
            Ok(picture) => {
                self.loads.remove(src);
                if self.store.set_used(src, picture, &self.shown) { Arrived::Ready } else { Arrived::Failed }
            }
            Err(reason) => self.failed(src, &reason, now, options),
        }
    }

    fn failed(&mut self, src: &str, reason: &str, now: f64, options: &Options) -> Arrived {
        let Some(load) = self.loads.get_mut(src) else { return Arrived::Stale };
        if load.tries < options.picture_tries {
            let doubled = f64::from(1_u32 << load.tries.saturating_sub(1).min(16));
            load.step = Step::Waiting { until: now + options.picture_backoff * doubled };
            return Arrived::Again;
        }
        self.loads.remove(src);
        self.store.set(src, PictureState::Failed(reason.chars().take(400).collect::<String>().into()));
        Arrived::Failed
    }

    /// Takes a bitmap font; true where something can be drawn now that could not before.
    pub(super) fn font_arrived(&mut self, path: &Arc<str>, font: Option<Arc<BitmapFont>>) -> bool {
        let Some(font) = font.filter(|_| self.fonts.contains(path) && self.known().font(path).is_none()) else { return false };
        self.store.set_font(path, font);
        true
    }

    /// Stops trying: nothing is asked for any more. What is under way is kept when it comes.
    pub(super) fn cancel(&mut self) {
        self.ahead.clear();
        self.missed.clear();
        let waiting: Vec<Arc<str>> =
            self.loads.iter().filter(|(_, load)| !load.is_asked()).map(|(src, _)| Arc::clone(src)).collect();
        for src in waiting {
            self.loads.remove(&src);
            self.store.remove(&src);
        }
    }

    /// Forgets failures, so that what failed is tried again.
    pub(super) fn forgive(&mut self, scene: &Scene) {
        for node in &scene.nodes {
            if let Content::Image { src, .. } = &node.content
                && matches!(self.known().get(src), PictureState::Failed(_))
            {
                self.store.remove(src);
            }
        }
    }

    /// When something is to be done next: a further try, or the end of one. A further try that finds no room waits for
    /// the end of another, which is no time that is known.
    pub(super) fn next_time(&self, now: f64) -> Option<f64> {
        let times = self.loads.values().map(|load| match load.step {
            Step::Asked { deadline } => deadline,
            Step::Waiting { until } => until,
        });
        times.filter(|time| *time > now).min_by(f64::total_cmp)
    }

    /// Bytes that the caches hold.
    pub(super) fn bytes(&self) -> usize {
        self.store.bytes()
    }
}

impl Load {
    fn is_asked(&self) -> bool {
        matches!(self.step, Step::Asked { .. })
    }

    fn is_overdue(&self, now: f64) -> bool {
        matches!(self.step, Step::Asked { deadline } if deadline <= now)
    }
}
