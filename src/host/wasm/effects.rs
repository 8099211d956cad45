//! What the context asks for, as a number and a text.

use friendboard::Diagnostic;
use friendboard::context::{Effect, LogLine};

/// An effect as the host gets it.
#[derive(Default)]
pub struct Asked {
    /// UTF-8: a call's name, a line feed and its arguments as JSON; a picture's address; a font's path; a log line.
    pub text: String,
    /// The call that an answer is for.
    pub request: f64,
    /// When a timer is due, ms.
    pub time: f64,
    effect: Option<Effect>,
}

impl Asked {
    /// Takes an effect and gives its number: 1 call, 2 picture, 3 bitmap font, 4 frame, 5 no frame, 6 timer, 7 no timer,
    /// 8 event, 9 diagnostic.
    pub fn take(&mut self, effect: Effect, now: f64) -> u32 {
        self.text.clear();
        let number = match &effect {
            Effect::Call { request, api, arguments } => {
                self.request = request.0 as f64;
                self.text.push_str(api);
                self.text.push('\n');
                self.text.push_str(&arguments.to_json());
                1
            }
            Effect::CreateImage { src } => {
                self.text.push_str(src);
                2
            }
            Effect::LoadBitmapFont { path } => {
                self.text.push_str(path);
                3
            }
            Effect::RequestAnimationFrame => 4,
            Effect::CancelAnimationFrame => 5,
            Effect::SetTimer { time } => {
                self.time = *time;
                6
            }
            Effect::ClearTimer => 7,
            Effect::Event(_) => 8,
            Effect::Diagnostic(_) => 9,
        };
        if number >= 8 {
            self.text = LogLine::effect(&effect).to_json(now);
        }
        self.effect = Some(effect);
        number
    }

    /// Takes what is wrong with a board.
    pub fn diagnostic(&mut self, diagnostic: Diagnostic, now: f64) -> u32 {
        self.take(Effect::Diagnostic(diagnostic), now)
    }

    /// Puts the last effect's line of the log in the place of its text.
    pub fn line(&mut self, now: f64) {
        if let Some(effect) = &self.effect {
            self.text = LogLine::effect(effect).to_json(now);
        }
    }
}
