//! The order of the friends on a board, made once for each change of the data, of the player's own score, or of who
//! 'self' is.

use std::sync::Arc;

use super::data::OwnScore;
use crate::context::messages::Profile;
use crate::friends::{self, FriendData, Order, Person, RankOptions, Ranking, Since};
use crate::number::Number;

/// Friends and their order, cheap to clone.
#[derive(Clone, Debug, Default)]
pub(super) struct Standings {
    /// What the platform answered, the player's own new score in it.
    pub data: Arc<FriendData>,
    /// Its order.
    pub ranking: Arc<Ranking>,
}

impl Standings {
    fn of(data: Arc<FriendData>, options: &RankOptions) -> Self {
        let ranking = Arc::new(friends::rank(&data, options));
        Self { data, ranking }
    }
}

/// Ranks, and keeps what was ranked last.
#[derive(Debug)]
pub(super) struct Ranker {
    options: RankOptions,
    /// Who plays, as messages or the platform say.
    profile: Profile,
    /// Nobody: what is ranked until data comes.
    nobody: Standings,
    /// The platform's data.
    platform: Standings,
    /// The same with the player's own new score in it.
    own: Option<(Arc<OwnScore>, Standings)>,
}

impl Ranker {
    /// Ranks by these options.
    pub(super) fn new(options: RankOptions) -> Self {
        let nobody = Standings::of(Arc::default(), &options);
        Self { platform: nobody.clone(), nobody, options, profile: Profile::default(), own: None }
    }

    /// Another person is self; false where it is the same one.
    pub(super) fn set_self(&mut self, openid: Arc<str>) -> bool {
        if self.options.self_openid.as_ref() == Some(&openid) {
            return false;
        }
        self.options.self_openid = Some(openid);
        self.platform = Standings::of(Arc::clone(&self.platform.data), &self.options);
        self.own = None;
        true
    }

    /// The player has this name and this picture; false where that is known.
    pub(super) fn set_profile(&mut self, profile: &Profile) -> bool {
        if self.profile == *profile {
            return false;
        }
        let known = self.profile.clone();
        let or = |new: &Arc<str>, known: Arc<str>| if new.is_empty() { known } else { Arc::clone(new) };
        self.profile =
            Profile { nickname: or(&profile.nickname, known.nickname), avatar_url: or(&profile.avatar_url, known.avatar_url) };
        if self.options.self_openid.is_none() {
            self.options.self_profile = Some((Arc::clone(&self.profile.avatar_url), Arc::clone(&self.profile.nickname)));
        }
        self.platform = Standings::of(Arc::clone(&self.platform.data), &self.options);
        self.own = None;
        true
    }

    /// The player's own score in some data, as the platform has it.
    pub(super) fn own_score(&self, data: &Arc<FriendData>) -> Option<Number> {
        let ranked;
        let ranking = if Arc::ptr_eq(&self.platform.data, data) {
            &self.platform.ranking
        } else {
            ranked = Arc::new(friends::rank(data, &self.options));
            &ranked
        };
        ranking.self_entry()?.score.map(|score| score.value.clone())
    }

    /// What is known of the player.
    pub(super) fn profile(&self) -> &Profile {
        &self.profile
    }

    /// Older scores count as none from here on; false where they did before.
    pub(super) fn set_since(&mut self, since: Since) -> bool {
        if self.options.since == Some(since) {
            return false;
        }
        self.options.since = Some(since);
        self.platform = Standings::of(Arc::clone(&self.platform.data), &self.options);
        self.own = None;
        true
    }

    /// The standings while there is no data.
    pub(super) fn nobody(&self) -> Standings {
        self.nobody.clone()
    }

    /// The standings of data with the player's own new score in it.
    pub(super) fn rank(&mut self, data: &Arc<FriendData>, own: Option<&Arc<OwnScore>>) -> Standings {
        if !Arc::ptr_eq(&self.platform.data, data) {
            self.platform = Standings::of(Arc::clone(data), &self.options);
            self.own = None;
        }
        let Some(own) = own else { return self.platform.clone() };
        if let Some((known, standings)) = &self.own
            && Arc::ptr_eq(known, own)
        {
            return standings.clone();
        }
        // What was made for the score before is taken along: where nobody else has it, it is not even copied.
        let before = self.own.take().map(|(_, standings)| standings);
        let standings = merge(&self.platform, before, own, &self.options, &self.profile);
        let standings = standings.unwrap_or_else(|| self.platform.clone());
        self.own = Some((Arc::clone(own), standings.clone()));
        standings
    }
}

/// The standings with the player's own new score, of those that had one before where there are such; `None` where the platform
/// knows that score, or self is not to be found.
fn merge(
    platform: &Standings,
    before: Option<Standings>,
    own: &OwnScore,
    options: &RankOptions,
    profile: &Profile,
) -> Option<Standings> {
    let entry = platform.ranking.self_entry();
    let stored = entry.and_then(|entry| entry.score).map(|score| &score.value);
    let is_known = stored.is_some_and(|stored| match options.order {
        Order::Desc | Order::None => *stored >= own.score.value,
        Order::Asc => *stored <= own.score.value,
    });
    if own.is_answered && is_known {
        return None;
    }
    if entry.is_none() {
        // A player whom the platform does not list yet is known by openid, or by name and picture.
        let mut data = FriendData::clone(&platform.data);
        let openid = options.self_openid.clone().unwrap_or_default();
        let Profile { nickname, avatar_url } = profile.clone();
        if openid.is_empty() && nickname.is_empty() {
            return None;
        }
        data.friends.push(Person { openid, nickname, avatar_url, score: Some(own.score.clone()), ..Person::default() });
        return Some(Standings::of(Arc::new(data), options));
    }
    let place = platform.ranking.self_place()?;
    let Standings { mut data, mut ranking } = before.unwrap_or_else(|| platform.clone());
    // By openid nobody else can be self, wherever the player's entry stands.
    let known_by = options.self_openid.as_ref().unwrap_or(&data.self_identity.openid);
    let is_known_by_openid =
        !known_by.is_empty() && !data.is_own && data.friends.get(place).is_some_and(|friend| *friend.openid() == **known_by);
    if is_known_by_openid && Arc::make_mut(&mut ranking).set_own_score(&own.score, options) {
        return Some(Standings { data, ranking });
    }
    Arc::make_mut(&mut data).friends.set_score(place, own.score.clone());
    Some(Standings::of(data, options))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::input::RequestId;
    use crate::friends::{Friends, Score};

    fn data(scores: &[(&str, &str)]) -> Arc<FriendData> {
        let person = |(openid, score): &(&str, &str)| Person {
            openid: Arc::from(*openid),
            score: Score::parse(score),
            ..Person::default()
        };
        Arc::new(FriendData { friends: scores.iter().map(person).collect::<Friends>(), ..FriendData::default() })
    }

    fn ranker(openid: &str) -> Ranker {
        Ranker::new(RankOptions { self_openid: Some(Arc::from(openid)), ..RankOptions::default() })
    }

    fn own(score: &str) -> Arc<OwnScore> {
        Arc::new(OwnScore::new(Score::parse(score).unwrap(), None, RequestId(1)))
    }

    fn order(standings: &Standings) -> Vec<String> {
        standings.ranking.entries().map(|entry| entry.friend.openid().into_owned()).collect()
    }

    #[test]
    fn what_has_not_changed_is_not_ranked_again() {
        let (mut ranker, friends, score) = (ranker("a"), data(&[("a", "1"), ("b", "2")]), own("3"));
        let first = ranker.rank(&friends, Some(&score));
        assert_eq!(order(&first), ["a", "b"]);
        assert!(Arc::ptr_eq(&first.ranking, &ranker.rank(&friends, Some(&score)).ranking));
        assert!(!ranker.set_self(Arc::from("a")));
        assert!(Arc::ptr_eq(&first.ranking, &ranker.rank(&friends, Some(&score)).ranking));
        // Each of these is a change.
        let better = own("4");
        let second = ranker.rank(&friends, Some(&better));
        let third = ranker.rank(&data(&[("a", "1"), ("b", "5")]), Some(&better));
        assert!(!Arc::ptr_eq(&first.ranking, &second.ranking) && !Arc::ptr_eq(&second.ranking, &third.ranking));
        assert_eq!(order(&third), ["b", "a"]);
    }

    #[test]
    fn a_new_period_leaves_older_scores_out() {
        let timed = |score: u32, time: u64| format!("{{\"score\":{score},\"update_time\":{time}}}");
        let (old, new) = (timed(9, 1_760_000_000), timed(3, 1_760_900_000));
        let (mut ranker, friends) = (ranker("a"), data(&[("a", &old), ("b", &new)]));
        assert_eq!(order(&ranker.rank(&friends, None)), ["a", "b"]);
        assert!(ranker.set_since(Since(1_760_500_000_000)));
        assert_eq!(order(&ranker.rank(&friends, None)), ["b", "a"]);
        assert!(!ranker.set_since(Since(1_760_500_000_000)));
    }

    #[test]
    fn another_self_is_another_order_of_the_same_data() {
        let (mut ranker, friends) = (ranker("a"), data(&[("a", "1"), ("b", "2")]));
        let first = ranker.rank(&friends, None);
        assert!(ranker.set_self(Arc::from("b")));
        let second = ranker.rank(&friends, None);
        assert!(Arc::ptr_eq(&first.data, &second.data));
        let own = |standings: &Standings| standings.ranking.self_entry().unwrap().friend.openid().into_owned();
        assert_eq!((own(&first), own(&second)), ("a".to_owned(), "b".to_owned()));
    }
}
