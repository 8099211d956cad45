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

impl Ask {
    /// Bytes of its texts, which its log keeps; what has none is a few.
    pub fn bytes(&self) -> usize {
        match self {
            Self::Call { name, arguments, .. } => name.len() + arguments.len(),
            Self::Image { src, .. } => src.len(),
            Self::Console { text, .. } => text.len(),
            Self::Fault(fault) => fault.message.len() + fault.stack.iter().chain(&fault.source).map(String::len).sum::<usize>(),
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
