//! How friends are ranked, as options, templates and reports spell it.

use std::str::FromStr;
use std::sync::Arc;

use super::Since;
use crate::error::{Error, ErrorKind, closest};

/// An enum whose values have a word in options, templates and reports.
macro_rules! keywords {
    ($(#[$doc:meta])* $name:ident ($what:literal) { $($(#[$variant_doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Deserialize)]
        pub enum $name { $($(#[$variant_doc])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every keyword; the first is the default.
            pub const KEYWORDS: &'static [&'static str] = &[$($text),+];

            /// The keyword of the value.
            #[must_use]
            pub fn keyword(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl FromStr for $name {
            type Err = Error;

            /// Reads a keyword; a `Usage` error lists them.
            fn from_str(keyword: &str) -> Result<Self, Error> {
                match keyword {
                    $($text => Ok(Self::$variant),)+
                    _ => Err(unknown_keyword($what, keyword, Self::KEYWORDS)),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.keyword())
            }
        }
    };
}

fn unknown_keyword(what: &str, found: &str, known: &[&str]) -> Error {
    let error = Error::new(ErrorKind::Usage, format!("expected {what} ({}), found `{found:.40}`", known.join(", ")));
    match closest(found, known.iter().copied()) {
        Some(known) => error.hint(format!("did you mean `{known}`?")),
        None => error,
    }
}

keywords! {
    /// Which score is better.
    ///
    /// ```
    /// use friendboard::friends::Order;
    /// assert_eq!("asc".parse::<Order>().unwrap(), Order::Asc);
    /// assert!("down".parse::<Order>().is_err());
    /// ```
    Order ("an order") {
        /// The larger one: points.
        #[default]
        Desc = "desc",
        /// The smaller one: times, moves.
        Asc = "asc",
        /// The order of the data, whatever the scores are.
        None = "none",
    }
}

keywords! {
    /// Which rank equal scores get.
    Ties ("a way with ties") {
        /// The same, and the next one counts them all: 1, 2, 2, 4.
        #[default]
        Competition = "competition",
        /// The same, and the next one counts them once: 1, 2, 2, 3.
        Dense = "dense",
        /// Each its own, in the order of time and then of the data: 1, 2, 3, 4.
        Ordinal = "ordinal",
    }
}

keywords! {
    /// Where friends stand who have no score.
    WithoutScore ("a place for friends without a score") {
        /// After all others, in the order of the data, without a rank.
        #[default]
        Last = "last",
        /// Nowhere.
        LeftOut = "left-out",
    }
}

/// How friends are ranked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RankOptions {
    /// Which score is better.
    pub order: Order,
    /// Which rank equal scores get.
    pub ties: Ties,
    /// Where friends stand who have no score.
    pub without_score: WithoutScore,
    /// How many entries [`Ranking::shown`](super::Ranking::shown) gives at most; `None` is all. Ranks, self and neighbours know everybody.
    pub top: Option<usize>,
    /// The openid of self; `None`: as the data says.
    pub self_openid: Option<Arc<str>>,
    /// The avatar's address and the name of self, for data without openids: both must be the same.
    pub self_profile: Option<(Arc<str>, Arc<str>)>,
    /// What decides between equal scores, before their times do.
    pub then_by: Vec<ThenBy>,
    /// Older scores count as none; one without a time counts.
    pub since: Option<Since>,
    /// How many places a page has, where the data is a page of a longer order: that of the call that was made.
    pub page_size: Option<usize>,
}

/// A value that decides between equal scores: its key or path (see [`Friend::value_at`](super::Friend::value_at)), and which is better. As text
/// `KEY`, `KEY:asc` or `KEY:desc`; without a word the higher is better.
///
/// ```
/// use friendboard::friends::{Order, ThenBy};
/// let by: ThenBy = "score.cost_ms:asc".parse()?;
/// assert_eq!((&*by.path, by.order), ("score.cost_ms", Order::Asc));
/// # Ok::<(), friendboard::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(try_from = "String")]
pub struct ThenBy {
    /// The key, or the key and the names of members with dots between.
    pub path: Arc<str>,
    /// Which is better.
    pub order: Order,
}

impl FromStr for ThenBy {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let (path, order) = match text.rsplit_once(':') {
            Some((path, order)) => (path, order.parse()?),
            None => (text, Order::Desc),
        };
        if path.is_empty() || order == Order::None {
            let expected = "KEY, KEY:asc or KEY:desc";
            return Err(Error::new(ErrorKind::Usage, format!("expected {expected}, found `{text:.64}`")));
        }
        Ok(Self { path: Arc::from(path), order })
    }
}

impl TryFrom<String> for ThenBy {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}
