//! What a script asks of its host, and what it says.

use std::sync::Arc;

/// What a script asks for or says, in the order in which it does.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// A call of the platform's; its answer goes to [`Domain::answer`](super::Domain::answer).
    Call {
        /// Its number.
        id: u32,
        /// Its name.
        name: String,
        /// Its arguments without callbacks, JSON.
        arguments: String,
    },
    /// A picture; it goes to [`Domain::image`](super::Domain::image).
    Image {
        /// Its number.
        id: u32,
        /// Its address.
        src: Arc<str>,
    },
    /// To be woken by [`Domain::timer`](super::Domain::timer) after so many ms.
    Timer {
        /// Its number.
        id: u32,
        /// ms from now.
        after: f64,
    },
    /// Not to be woken by this timer any more.
    ClearTimer {
        /// Its number.
        id: u32,
    },
    /// The next frame, by [`Domain::animation_frame`](super::Domain::animation_frame).
    Frame,
    /// A line of `console`.
    Console {
        /// `log`, `info`, `warn`, `error` or `debug`.
        level: &'static str,
        /// What it says.
        text: String,
    },
    /// What went wrong in the script.
    Fault(Fault),
}

/// Bytes of a line of the log beside its text.
const LINE: usize = 64;

/// Bytes of a text in the log, in which controls are escaped.
fn written(text: &str) -> usize {
    text.bytes().map(|byte| if byte < 0x20 || byte == 0x7f { 6 } else { 1 + usize::from(matches!(byte, b'"' | b'\\')) }).sum()
}

impl Ask {
    /// Bytes of its texts as its log keeps them; what has none is a few.
    #[must_use]
    pub fn bytes(&self) -> usize {
        match self {
            Self::Call { name, arguments, .. } => LINE + written(name) + written(arguments),
            Self::Image { src, .. } => LINE + written(src),
            Self::Console { text, .. } => LINE + written(text),
            // It stands in the log and in what is said in the end.
            Self::Fault(fault) => {
                let lines = fault.stack.iter().chain(&fault.source);
                LINE + 2 * (written(&fault.message) + lines.map(|line| written(line)).sum::<usize>())
            }
            Self::Timer { .. } | Self::ClearTimer { .. } | Self::Frame => 0,
        }
    }
}

/// An error of a script's.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fault {
    /// What happened: `TypeError: x is not a function`.
    pub message: String,
    /// How it came to be known: `error`, `unhandled rejection`, `warning`.
    pub kind: &'static str,
    /// The file of the package, and line and column in it, where they are known.
    pub place: Option<(String, u32, u32)>,
    /// The calls that led there, a line each, the innermost first.
    pub stack: Vec<String>,
    /// The lines around the place.
    pub source: Vec<String>,
}
