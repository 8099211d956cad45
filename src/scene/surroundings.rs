//! What surrounds the friends of a board.

use std::sync::Arc;

use super::board_state::{BoardState, Mark};
use crate::error::Result;
use crate::friends::Zone;
use crate::geometry::Size;
use crate::json::Value;
use crate::sorted::BTreeMap;
use crate::template;

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
