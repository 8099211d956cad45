//! What a platform's cloud storage takes, and how it is asked.

/// A platform's cloud storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Storage {
    /// Pairs of one player, at most.
    pub pairs: usize,
    /// How keys and values are measured.
    pub measure: Measure,
    /// The longest key.
    pub key: usize,
    /// The longest value; `None` where only the pair as a whole is limited.
    pub value: Option<usize>,
    /// The longest key and value together; `None` where each is limited by itself.
    pub pair: Option<usize>,
    /// The member of `setUserCloudStorage` that holds the pairs.
    pub stored_as: &'static str,
    /// The member of `getUserCloudStorage`'s answer that holds the player's own pairs.
    pub own_as: &'static str,
    /// True where a game configures keys as rankings, whose values must be `{"ttgame": {"score": …}}`.
    pub has_rank_keys: bool,
    /// The numbers of what is refused, where the documents give them.
    pub numbers: &'static [(Fault, i64)],
}

impl Storage {
    /// The platform's number for a fault.
    #[must_use]
    pub fn number(&self, fault: Fault) -> Option<i64> {
        self.numbers.iter().find(|(known, _)| *known == fault).map(|&(_, number)| number)
    }
}

/// What a length counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Bytes of UTF-8.
    Bytes,
    /// Characters as scripts count them: UTF-16 code units.
    Characters,
}

impl Measure {
    /// The length of a text.
    #[must_use]
    pub fn of(self, text: &str) -> usize {
        match self {
            Self::Bytes => text.len(),
            Self::Characters => text.encode_utf16().count(),
        }
    }

    /// What is counted, in the plural.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::Bytes => "bytes",
            Self::Characters => "characters",
        }
    }
}

/// Why a platform refuses a call of its cloud storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A parameter is missing or has the wrong type.
    Parameter,
    /// A pair is not `{key: string, value: string}`.
    Pair,
    /// A key is too long.
    KeyLength,
    /// A value, or key and value together, is too long.
    PairLength,
    /// The player would have too many pairs.
    PairCount,
    /// A value under a rank key is not what the platform ranks by.
    RankValue,
    /// The player has not allowed it.
    NotAllowed,
    /// There is no such group.
    Group,
    /// The storage could not be read or written.
    Unavailable,
}
