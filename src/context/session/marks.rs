//! Marks of single friends: whose invitation is on its way, was sent, or failed.

use std::sync::Arc;

use crate::scene::Mark;
use crate::sorted::BTreeMap;

/// Marks by openid, so many at the most: the one that has not changed for the longest time makes room.
#[derive(Debug)]
pub(super) struct Marks {
    /// As boards read them.
    by_openid: Arc<BTreeMap<Arc<str>, Mark>>,
    /// When each last changed, ms.
    changed: BTreeMap<Arc<str>, f64>,
    most: usize,
}

impl Marks {
    /// Room for so many marks.
    pub(super) fn new(most: usize) -> Self {
        Self { by_openid: Arc::default(), changed: BTreeMap::new(), most }
    }

    /// Every mark by its openid.
    pub(super) fn all(&self) -> &Arc<BTreeMap<Arc<str>, Mark>> {
        &self.by_openid
    }

    /// The mark of a friend.
    pub(super) fn get(&self, openid: &str) -> Option<Mark> {
        self.by_openid.get(openid).copied()
    }

    /// Marks a friend.
    pub(super) fn set(&mut self, openid: &Arc<str>, mark: Mark, now: f64) {
        Arc::make_mut(&mut self.by_openid).insert(Arc::clone(openid), mark);
        self.changed.insert(Arc::clone(openid), now);
        while self.changed.len() > self.most {
            // What has just changed is no older than the others.
            let others = self.changed.iter().filter(|(other, _)| *other != openid);
            let Some(oldest) = others.min_by(|a, b| a.1.total_cmp(b.1)).map(|(other, _)| Arc::clone(other)) else { break };
            self.remove(&oldest);
        }
    }

    /// Takes a friend's mark away.
    pub(super) fn remove(&mut self, openid: &str) {
        if self.changed.remove(openid).is_some() {
            Arc::make_mut(&mut self.by_openid).remove(openid);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn openid(name: &str) -> Arc<str> {
        Arc::from(name)
    }

    #[test]
    fn the_oldest_mark_makes_room_whatever_its_name() {
        let mut marks = Marks::new(3);
        for (name, now) in [("z", 1.0), ("a", 2.0), ("m", 3.0)] {
            marks.set(&openid(name), Mark::Sending, now);
        }
        // The oldest changes once more, and is the newest then.
        marks.set(&openid("z"), Mark::Sent, 4.0);
        marks.set(&openid("b"), Mark::Failed, 5.0);
        assert_eq!(
            marks.all().iter().map(|(name, mark)| (&**name, *mark)).collect::<Vec<_>>(),
            [("b", Mark::Failed), ("m", Mark::Sending), ("z", Mark::Sent)]
        );
        marks.set(&openid("0"), Mark::Sending, 6.0);
        assert_eq!((marks.get("m"), marks.get("z"), marks.get("0")), (None, Some(Mark::Sent), Some(Mark::Sending)));
    }

    #[test]
    fn a_mark_does_not_make_room_for_itself() {
        let mut marks = Marks::new(2);
        for index in 0..100 {
            let name = openid(&format!("o{}", 99 - index));
            marks.set(&name, Mark::Sending, 7.0);
            assert_eq!(marks.get(&name), Some(Mark::Sending));
            assert!(marks.all().len() <= 2 && marks.changed.len() == marks.all().len());
        }
    }

    #[test]
    fn a_mark_that_is_taken_away_is_gone() {
        let mut marks = Marks::new(2);
        marks.set(&openid("a"), Mark::Sending, 0.0);
        let shown = Arc::clone(marks.all());
        marks.remove("a");
        marks.remove("b");
        assert!(marks.all().is_empty() && shown.len() == 1, "what a board was given stays as it was");
    }
}
