//! A run that goes on while somebody looks: what happens is told as it happens, and comes to what `play` makes of it later.

use super::super::Fetcher;
use super::read::read_action;
use super::runner::Runner;
use super::script::{BoardPart, Script};
use crate::budget::Budget;
use crate::display::{DrawList, View};
use crate::error::{Diagnostic, Error, ErrorKind, Result};
use crate::json::{Document, Value};
use crate::limits::Limits;
use crate::pipeline::{Board, Prepared, Renderer};
use crate::platform::Platform;
use crate::raster::SharedCanvas;

/// A run that goes on. Its clock is the caller's: what is due happens when it is told the time.
///
/// Each step has a millisecond of its own, after all that was due before it: a script with the same steps at those times is
/// played to the same bytes.
pub struct Live {
    runner: Runner,
    snapshots: Vec<(String, Vec<u8>)>,
    platform: Platform,
    steps: Vec<Value>,
    limits: Limits,
}

impl Live {
    /// A run at its begin; the steps of the script are left out.
    ///
    /// # Errors
    /// As [`run`](super::run); [`ErrorKind::Usage`] for a game's own script.
    pub fn begin(script: &Script, network: Option<Fetcher>, limits: &Limits) -> Result<Self> {
        Self::begin_with(script, network, script.renderer(limits)?)
    }

    /// As [`begin`](Self::begin), with what an earlier run has kept: fonts, shaped texts, glyphs, scaled pictures. The limits
    /// are the renderer's.
    ///
    /// # Errors
    /// As [`begin`](Self::begin).
    pub fn begin_with(script: &Script, network: Option<Fetcher>, renderer: Renderer) -> Result<Self> {
        let limits = renderer.limits().clone();
        if matches!(script.board, BoardPart::Script(_)) {
            let error = Error::new(ErrorKind::Usage, "a board was expected, found a game's own script");
            return Err(error.hint("`friendboard run` and `friendboard play` run it"));
        }
        // Somebody looks on, and ends it: it may go on for as long as that.
        let endless = Limits { session_work: u64::MAX, ..limits.clone() };
        let runner = Runner::begin(script, None, network, renderer, Budget::of_session(&endless))?;
        let mut live = Self { runner, snapshots: Vec::new(), platform: script.settings.platform, steps: Vec::new(), limits };
        live.until(0)?;
        Ok(live)
    }

    /// Ends the run; what it drew with is kept for another one.
    #[must_use]
    pub fn into_renderer(self) -> Renderer {
        self.runner.context.into_renderer()
    }

    /// Does what is due up to a time, and gives the time that it is then.
    ///
    /// # Errors
    /// As [`run`](super::run).
    pub fn until(&mut self, time: u64) -> Result<u64> {
        self.runner.until(time, &[], &mut |_| Ok(()))?;
        self.runner.now = self.runner.now.max(time);
        Ok(self.runner.now)
    }

    /// Does a step, written as a script has it but for its time, and keeps it. Gives its time.
    ///
    /// # Errors
    /// `Data` for what is no step, `Limit` for a time or number of steps that no script may have; nothing has happened then.
    pub fn step(&mut self, step: &Value) -> Result<u64> {
        let at = self.runner.now + 1;
        if self.steps.len() >= self.limits.script_steps {
            return Err(Error::limit("script_steps", format_args!("{} steps", self.limits.script_steps), "one more"));
        }
        let step = step.clone().with("at", at);
        let text = step.to_json();
        let document = Document::parse(&text, "<step>", &self.limits)?;
        let action = read_action(&document, self.platform, &self.limits)?;
        self.runner.now = at;
        self.runner.step(&action, &mut |taken| {
            self.snapshots.push((taken.name.to_owned(), taken.png));
            Ok(())
        })?;
        self.runner.settle();
        self.steps.push(step);
        // What else is due at this millisecond comes after the step, and before its end.
        self.until(at)
    }

    /// The steps so far, each with its time.
    #[must_use]
    pub fn steps(&self) -> &[Value] {
        &self.steps
    }

    /// The time, ms.
    #[must_use]
    pub fn now(&self) -> u64 {
        self.runner.now
    }

    /// When something is due next.
    #[must_use]
    pub fn next_due(&self) -> Option<u64> {
        self.runner.next_due()
    }

    /// The canvas as it is.
    #[must_use]
    pub fn canvas(&self) -> &SharedCanvas {
        &self.runner.canvas
    }

    /// Frames that were drawn so far.
    #[must_use]
    pub fn frames(&self) -> usize {
        self.runner.frames
    }

    /// The log so far, a JSON object a line.
    #[must_use]
    pub fn log(&self) -> &str {
        &self.runner.log.text
    }

    /// What was wrong so far, each once, with its time.
    #[must_use]
    pub fn said(&self) -> &[(u64, Diagnostic)] {
        &self.runner.log.said
    }

    /// The snapshot of a step, PNG.
    #[must_use]
    pub fn snapshot(&self, name: &str) -> Option<&[u8]> {
        self.snapshots.iter().find(|(known, _)| known == name).map(|(_, png)| png.as_slice())
    }

    /// The state that the game was told of last.
    #[must_use]
    pub fn state(&self) -> &'static str {
        self.runner.context.state()
    }

    /// The scene with its boxes, and how it is looked at.
    #[must_use]
    pub fn shown(&self) -> (&Prepared, &View) {
        let (prepared, view, _) = self.runner.context.shown();
        (prepared, view)
    }

    /// The board that is shown.
    #[must_use]
    pub fn board(&self) -> Option<&Board> {
        self.runner.context.board()
    }

    /// The first commands of what was drawn last, on a canvas of their own.
    ///
    /// # Errors
    /// Where there is no room for another canvas within the limits.
    pub fn first_commands(&mut self, count: usize) -> Result<SharedCanvas> {
        self.runner.context.first_commands(count)
    }

    /// What was drawn last.
    #[must_use]
    pub fn list(&self) -> &DrawList {
        self.runner.context.list()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails where it panics")]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::host::headless::play::run;
    use crate::json;

    #[test]
    fn a_step_beside_what_is_due_at_its_time_comes_to_the_same_when_it_is_played() {
        let limits = Limits::default();
        let friends = json!({ "data": [{ "openid": "a", "nickname": "Ann", "avatarUrl": "a.png", "KVDataList": [{ "key": "score", "value": "7" }] }] });
        let head = json!({
            "platform": "wechat", "board": "friend-list", "canvas": { "width": 120, "height": 90 }, "friends": friends,
            "latency": { "getFriendCloudStorage": 7, "image": 5 }, "faults": { "image": { "a.png": "error" } },
        });
        let read = |script: &Value| Script::read(&script.to_json(), "<session>", Path::new("."), &limits).unwrap();
        for pause in 0..40 {
            let begun = read(&head.clone().with("steps", Value::list::<Value>([])));
            let mut live = Live::begin(&begun, None, &limits).unwrap();
            live.step(&json!({ "message": { "type": "showFriendList" } })).unwrap();
            live.until(live.now() + pause).unwrap();
            live.step(&json!({ "snapshot": "end" })).unwrap();
            let script = head.clone().with("steps", Value::list(live.steps().iter().cloned())).with("end", live.now());
            let played = run(&read(&script), false, None, &limits).unwrap();
            assert_eq!(played.events, live.log(), "after {pause} ms");
            assert_eq!(played.snapshots[0].1, live.snapshot("end").unwrap(), "after {pause} ms");
        }
    }
}
