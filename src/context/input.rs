//! What a host tells the context, and what the context asks of its host.

use std::sync::Arc;

use super::placement::CanvasStyle;
use crate::error::Diagnostic;
use crate::geometry::{Point, Size};
use crate::json::Value;
use crate::picture::Picture;
use crate::text::bitmap_font::BitmapFont;

/// Tells one call from another, so that a late answer is known for what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub u64);

/// What a host tells the context.
#[derive(Clone, Debug)]
pub enum Input {
    /// `onMessage`: what the main domain posted.
    Message(Value),
    /// A finger.
    Touch(Touch),
    /// What a platform's call came to: the JSON of what `success` or `fail` was called with.
    Answer {
        /// The call's, from [`Effect::Call`].
        request: RequestId,
        /// True for `success`.
        success: bool,
        /// JSON.
        json: String,
    },
    /// A picture that [`Effect::CreateImage`] asked for.
    Image {
        /// Its address as it was asked for.
        src: Arc<str>,
        /// The picture, or why there is none.
        picture: Result<Picture, String>,
    },
    /// A bitmap font that [`Effect::LoadBitmapFont`] asked for.
    BitmapFont {
        /// Its path as it was asked for.
        path: Arc<str>,
        /// The font, or why there is none.
        font: Result<Arc<BitmapFont>, String>,
    },
    /// The canvas was given a size of its own, in device px, which clears it.
    CanvasSize {
        /// Width.
        width: u32,
        /// Height.
        height: u32,
    },
    /// The canvas was placed on the screen.
    CanvasStyle(CanvasStyle),
    /// The window: its size in logical px and its device px per logical px.
    Window {
        /// Logical px.
        size: Size,
        /// Device px per logical px.
        device_pixel_ratio: f32,
    },
    /// A time that [`Effect::SetTimer`] asked for has come.
    Timer,
    /// The frame that [`Effect::RequestAnimationFrame`] asked for has come, and is drawn next; until then no other is asked
    /// for. A frame of the host's own, as after a message, is none.
    AnimationFrame,
}

/// A finger on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Touch {
    /// What it does.
    pub phase: TouchPhase,
    /// Which finger.
    pub finger: i64,
    /// Where, in logical px of the window.
    pub point: Point,
}

/// What a finger does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TouchPhase {
    /// `touchstart`.
    Start,
    /// `touchmove`.
    Move,
    /// `touchend`.
    End,
    /// `touchcancel`.
    Cancel,
}

/// What the context asks of its host.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// A call of the platform: `getFriendCloudStorage`, `shareToUser` …; the host answers with [`Input::Answer`].
    Call {
        /// To be given back with the answer.
        request: RequestId,
        /// The call's own name.
        api: &'static str,
        /// Its arguments: a map, without the callbacks.
        arguments: Value,
    },
    /// A picture; the host answers with [`Input::Image`].
    CreateImage {
        /// Its address.
        src: Arc<str>,
    },
    /// A bitmap font of the package; the host answers with [`Input::BitmapFont`].
    LoadBitmapFont {
        /// Its path.
        path: Arc<str>,
    },
    /// One frame, when the screen is next drawn: a call of [`OpenDataContext::frame`](super::OpenDataContext::frame).
    RequestAnimationFrame,
    /// The frame that was asked for is not wanted any more: nothing is shown.
    CancelAnimationFrame,
    /// An [`Input::Timer`] at this time; a later one takes the place of an earlier one.
    SetTimer {
        /// When, ms on the clock of the inputs.
        time: f64,
    },
    /// The timer is not wanted any more.
    ClearTimer,
    /// Something that happened, for the host's log.
    Event(Event),
    /// Something that was wrong, for the host's log.
    Diagnostic(Diagnostic),
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// What is shown now.
    State {
        /// `loading`, `ready`, `empty`, `denied`, `error` or `hidden`.
        state: &'static str,
        /// The board's name; empty where it is hidden.
        board: Arc<str>,
    },
    /// A node with an `action` was tapped.
    Tap {
        /// The action.
        action: Arc<str>,
        /// The node's `id`.
        id: Arc<str>,
        /// The node's `data-*`.
        data: Arc<[(Arc<str>, Arc<str>)]>,
        /// The friend that the node is about: `openid`, `nickname`, `avatarUrl`, `rank`, `score`; or nothing.
        friend: Value,
    },
    /// A scroll view began to move or came to rest.
    Scroll {
        /// Its `id`.
        id: Arc<str>,
        /// True for the beginning.
        begins: bool,
        /// Its offset, px.
        offset: Point,
    },
    /// A page was turned to.
    Page {
        /// Its number, as messages count.
        page: i64,
        /// How many there are.
        pages: usize,
    },
    /// An answer that nobody waits for any more.
    Dropped {
        /// Which call's, or which picture's.
        what: Arc<str>,
    },
}
