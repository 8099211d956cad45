//! Calls that the platform has not answered yet, beside those for data.

use std::sync::Arc;

use crate::context::input::RequestId;
use crate::sorted::BTreeMap;

/// What a call was for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Purpose {
    /// A message to a friend.
    Share { openid: Arc<str> },
    /// The permission to see friends.
    Authorize,
    /// The player's own score.
    Store,
    /// What the player has stored already, before another value takes its place.
    OwnStored { key: Option<Arc<str>>, value: Arc<str> },
    /// The player's own name and picture.
    WhoPlays,
}

/// Numbers calls, and remembers what each was for.
#[derive(Debug)]
pub(super) struct PendingCalls {
    next: RequestId,
    purposes: BTreeMap<RequestId, Purpose>,
    most: usize,
}

impl PendingCalls {
    /// So many calls are waited for at once; of more, the oldest is not waited for any longer.
    pub(super) fn new(most: usize) -> Self {
        Self { next: RequestId(1), purposes: BTreeMap::new(), most }
    }

    /// The number that the next call will have.
    pub(super) fn next(&self) -> RequestId {
        self.next
    }

    /// A new number.
    pub(super) fn number(&mut self) -> RequestId {
        let number = self.next;
        self.next = RequestId(number.0 + 1);
        number
    }

    /// A new number for a call that is waited for.
    pub(super) fn begin(&mut self, purpose: Purpose) -> RequestId {
        let number = self.number();
        self.purposes.insert(number, purpose);
        while self.purposes.len() > self.most {
            self.purposes.pop_first();
        }
        number
    }

    /// What an answered call was for; `None` where it is not waited for.
    pub(super) fn end(&mut self, request: RequestId) -> Option<Purpose> {
        self.purposes.remove(&request)
    }
}
