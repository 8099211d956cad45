//! A page of a longer order, as Douyin's `getImRankData` answers it.

/// A page of a longer order: which one, of how many places, and where self stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Its number, from 1.
    pub number: usize,
    /// How many places there are in all, where the data says so.
    pub total: Option<usize>,
    /// The player's own place, where the data says so.
    pub self_rank: Option<usize>,
    /// How many friends the page has.
    pub length: usize,
    /// The place of self among them, from 0.
    pub self_index: Option<usize>,
}

impl Page {
    /// How many places are before this page: by the size of a page, else by self's place where self is on it, else by pages
    /// of this one's length, which is a guess (true).
    ///
    /// ```
    /// use friendboard::friends::Page;
    /// let page = Page { number: 2, length: 3, ..Page::default() };
    /// assert_eq!(page.places_before(Some(20)), (20, false));
    /// assert_eq!(page.places_before(None), (3, true));
    /// let with_self = Page { self_rank: Some(22), self_index: Some(1), ..page };
    /// assert_eq!(with_self.places_before(None), (20, false));
    /// ```
    #[must_use]
    pub fn places_before(&self, size: Option<usize>) -> (usize, bool) {
        let pages = self.number.saturating_sub(1);
        if pages == 0 {
            return (0, false);
        }
        let by_self = || (self.self_rank?).checked_sub(self.self_index?.saturating_add(1));
        match size.map(|size| pages.saturating_mul(size)).or_else(by_self) {
            Some(before) => (before, false),
            None => (pages.saturating_mul(self.length), true),
        }
    }
}
