use std::borrow::Cow;

use super::*;
use crate::error::{Diagnostics, ErrorKind};
use crate::friends::{Person, Score};
use crate::limits::Limits;
use crate::random::random;
use crate::reading::Reading;

fn friend(openid: &str, score: Option<(&str, Option<i64>)>) -> Person {
    let score = score.map(|(value, update_time)| Score { update_time, ..Score::new(Number::parse(value).unwrap()) });
    Person { openid: openid.into(), score, ..Person::default() }
}

fn data(friends: &[(&str, Option<&str>)]) -> FriendData {
    let friends = friends.iter().map(|(openid, score)| friend(openid, score.map(|value| (value, None)))).collect();
    FriendData { friends, ..FriendData::default() }
}

fn ranks(ranking: &Ranking) -> Vec<(Cow<'_, str>, Option<usize>)> {
    ranking.entries().map(|entry| (entry.friend.openid(), entry.rank)).collect()
}

fn openids(entries: Entries<'_>) -> Vec<Cow<'_, str>> {
    entries.map(|entry| entry.friend.openid()).collect()
}

#[test]
fn ranks_ties_in_each_way() {
    let data = data(&[("d", Some("1")), ("b", Some("5")), ("a", Some("9")), ("c", Some("5.0")), ("e", None)]);
    let of = |ties| rank(&data, &RankOptions { ties, ..RankOptions::default() });
    let expected = |ranks: [usize; 4]| {
        let scored = ["a", "b", "c", "d"].into_iter().zip(ranks.map(Some));
        scored.chain([("e", None)]).map(|(openid, rank)| (Cow::from(openid), rank)).collect::<Vec<_>>()
    };
    assert_eq!(ranks(&of(Ties::Competition)), expected([1, 2, 2, 4]));
    assert_eq!(ranks(&of(Ties::Dense)), expected([1, 2, 2, 3]));
    assert_eq!(ranks(&of(Ties::Ordinal)), expected([1, 2, 3, 4]));
    let options = RankOptions { order: Order::Asc, without_score: WithoutScore::LeftOut, ..RankOptions::default() };
    assert_eq!(
        ranks(&rank(&data, &options)),
        [("d", 1), ("b", 2), ("c", 2), ("a", 4)].map(|(openid, rank)| (Cow::from(openid), Some(rank)))
    );
}

#[test]
fn orders_equals_by_time_and_then_as_given() {
    let friends = [
        friend("no time", Some(("3", None))),
        friend("late", Some(("3", Some(20)))),
        friend("early", Some(("3", Some(10)))),
        friend("early too", Some(("3", Some(10)))),
        friend("one more than 2^53", Some(("9007199254740993", None))),
        friend("2^53", Some(("9007199254740992", Some(1)))),
    ];
    for order in [Order::Desc, Order::Asc] {
        let data = FriendData { friends: friends.iter().cloned().collect(), ..FriendData::default() };
        let ranking = rank(&data, &RankOptions { order, ..RankOptions::default() });
        let found = openids(ranking.entries());
        let (mut equal, mut large) = (vec!["early", "early too", "late", "no time"], vec!["one more than 2^53", "2^53"]);
        if order == Order::Asc {
            large.reverse();
            equal.append(&mut large);
            assert_eq!(found, equal);
        } else {
            large.append(&mut equal);
            assert_eq!(found, large);
        }
    }
}

/// Also where it stands in the score itself, and for friends without one.
#[test]
fn what_else_is_stored_decides_between_equals() {
    let json = r#"[
        {"openid":"none","level":1}, {"openid":"slow","KVDataList":[{"key":"score","value":"{\"score\":3,\"cost\":9}"}]},
        {"openid":"quick","level":1,"KVDataList":[{"key":"score","value":{"score":3,"cost":2.5}}]}, {"openid":"low","score":2},
        {"openid":"quick and high","KVDataList":{"level":"2","score":"{\"score\":3,\"cost\":2.50}"}}, {"openid":"better","level":2}]"#;
    let mut diagnostics = Diagnostics::new();
    let options = crate::friends::ReadOptions { key: Some("score".to_owned()) };
    let data = crate::friends::read(json, "x", &options, &mut Reading::new(&Limits::default(), &mut diagnostics)).unwrap();
    let then_by = vec!["score.cost:asc".parse().unwrap(), "level".parse().unwrap()];
    let ranking = rank(&data, &RankOptions { then_by, ..RankOptions::default() });
    assert_eq!(openids(ranking.entries()), ["quick and high", "quick", "slow", "low", "better", "none"]);
    assert_eq!(ranks(&ranking).into_iter().filter_map(|(_, rank)| rank).collect::<Vec<_>>(), [1, 1, 1, 4]);
}

#[test]
fn knows_self() {
    let person = |openid: &str, avatar_url: &str, nickname: &str| Person {
        openid: openid.into(),
        avatar_url: avatar_url.into(),
        nickname: nickname.into(),
        ..Person::default()
    };
    let everybody = [person("", "u", "A"), person("a", "u", "A"), person("b", "", "B"), person("c", "v", "B")];
    let data =
        FriendData { friends: everybody.into_iter().collect(), self_identity: Identity::openid("b"), ..FriendData::default() };
    let self_of = |options: RankOptions| rank(&data, &options).self_entry().map(|entry| entry.position);
    assert_eq!(self_of(RankOptions::default()), Some(2));
    assert_eq!(self_of(RankOptions { self_openid: Some("c".into()), ..RankOptions::default() }), Some(3));
    assert_eq!(self_of(RankOptions { self_openid: Some("x".into()), ..RankOptions::default() }), None);
    let profile = |avatar: &str, name: &str| Some((Arc::from(avatar), Arc::from(name)));
    assert_eq!(self_of(RankOptions { self_profile: profile("u", "A"), ..RankOptions::default() }), Some(0));
    assert_eq!(self_of(RankOptions { self_profile: profile("u", "B"), ..RankOptions::default() }), None);
    assert_eq!(self_of(RankOptions { self_profile: profile("", "B"), ..RankOptions::default() }), None);
    let both = RankOptions { self_openid: Some("a".into()), self_profile: profile("u", "A"), ..RankOptions::default() };
    assert_eq!(self_of(both), Some(1));
    assert_eq!(rank(&data, &RankOptions::default()).entries().filter(|entry| entry.is_self).count(), 1);
}

#[test]
fn keeps_the_window_full() {
    let data = data(&[("a", Some("5")), ("b", Some("4")), ("c", Some("3")), ("d", Some("2")), ("e", Some("1"))]);
    let window = |own: &str, each_side| {
        let ranking = rank(&data, &RankOptions { self_openid: Some(own.into()), ..RankOptions::default() });
        openids(ranking.neighbours(each_side)).join("")
    };
    assert_eq!((window("a", 1), window("c", 1), window("e", 1)), ("abc".into(), "bcd".into(), "cde".into()));
    assert_eq!((window("b", 2), window("b", 9), window("c", 0)), ("abcde".into(), "abcde".into(), "c".into()));
    assert_eq!((window("x", 1), window("a", usize::MAX)), (String::new(), "abcde".into()));
}

#[test]
fn finds_whom_to_beat() {
    let data =
        data(&[("a", Some("9007199254740995")), ("b", Some("9007199254740993")), ("c", Some("9007199254740993")), ("d", None)]);
    let target = |own: &str, order| {
        let ranking = rank(&data, &RankOptions { self_openid: Some(own.into()), order, ..RankOptions::default() });
        ranking.next_to_beat().map(|target| (target.entry.friend.openid().into_owned(), target.gap.map(|gap| gap.to_string())))
    };
    assert_eq!(target("a", Order::Desc), None);
    assert_eq!(target("c", Order::Desc), Some(("a".into(), Some("2".into()))));
    assert_eq!(target("d", Order::Desc), Some(("c".into(), None)));
    assert_eq!(target("a", Order::Asc), Some(("c".into(), Some("2".into()))));
    assert_eq!(target("b", Order::Asc), None);
    assert_eq!(target("x", Order::Asc), None);
}

#[test]
fn shows_the_top() {
    let data = data(&[("a", Some("5")), ("b", Some("4")), ("c", Some("3"))]);
    let options = RankOptions { top: Some(2), self_openid: Some("c".into()), ..RankOptions::default() };
    let ranking = rank(&data, &options);
    assert_eq!((openids(ranking.shown()), openids(ranking.top(9)).len()), (["a", "b"].map(Cow::from).to_vec(), 3));
    assert_eq!(ranking.self_entry().unwrap().rank, Some(3));

    let mut diagnostics = Diagnostics::new();
    let limits = |friends| Limits { friends, ..Limits::default() };
    assert_eq!(ranking.shown_within(&mut Reading::new(&limits(2), &mut diagnostics)).len(), 2);
    assert!(diagnostics.is_empty());
    assert_eq!(openids(ranking.shown_within(&mut Reading::new(&limits(1), &mut diagnostics))), ["a"]);
    assert_eq!(diagnostics.as_slice()[0].message, "2 friends are ranked, the first 1 are drawn");
}

#[test]
fn reads_keywords() {
    for (keyword, ties) in [("competition", Ties::Competition), ("dense", Ties::Dense), ("ordinal", Ties::Ordinal)] {
        assert_eq!((keyword.parse::<Ties>().unwrap(), ties.keyword()), (ties, keyword));
    }
    assert_eq!("left-out".parse::<WithoutScore>().unwrap(), WithoutScore::LeftOut);
    let error = "dens".parse::<Ties>().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Usage);
    assert!(error.to_string().contains("competition, dense, ordinal") && error.to_string().contains("`dense`?"), "{error}");
}

/// Whatever the data: sorted, each rank as the definition of its way with ties says.
#[test]
fn holds_for_random_data() {
    let mut random = random(11);
    for _ in 0..500 {
        let count = random() as usize % 12;
        let friends: Vec<_> = (0..count)
            .map(|index| {
                let value = (random() % 4).to_string();
                let time = random().is_multiple_of(2).then(|| i64::from(random() % 3));
                friend(&index.to_string(), (!random().is_multiple_of(5)).then_some((value.as_str(), time)))
            })
            .collect();
        let data = FriendData { friends: friends.into_iter().collect(), ..FriendData::default() };
        for ties in [Ties::Competition, Ties::Dense, Ties::Ordinal] {
            let own = (random() as usize % 12).to_string();
            let options = RankOptions { ties, self_openid: Some(own.as_str().into()), ..RankOptions::default() };
            let ranking = rank(&data, &options);
            let scores: Vec<_> = ranking.entries().filter_map(|entry| entry.score).collect();
            for (position, entry) in ranking.entries().enumerate() {
                assert_eq!(entry.position, position);
                let Some(score) = entry.score else {
                    assert!(entry.rank.is_none() && position >= scores.len());
                    continue;
                };
                let better = scores.iter().filter(|other| other.value > score.value);
                let expected = match ties {
                    Ties::Competition => better.count() + 1,
                    Ties::Dense => {
                        let values: std::collections::BTreeSet<_> = better.map(|other| other.value.clone()).collect();
                        values.len() + 1
                    }
                    Ties::Ordinal => position + 1,
                };
                assert_eq!(entry.rank, Some(expected));
            }
            let mut window = ranking.neighbours(2);
            match ranking.self_entry() {
                Some(own) => {
                    assert_eq!(window.len(), 5.min(ranking.entries().len()));
                    assert!(window.any(|entry| entry == own));
                }
                None => assert!(window.is_empty()),
            }
            if let Some(target) = ranking.next_to_beat() {
                assert!(target.entry.score.is_some() && !target.entry.is_self);
            }
        }
    }
}

/// A new score of the player is put among the others as if all were ranked anew.
#[test]
fn a_score_of_ones_own_is_ranked_as_all_are() {
    let mut random = random(12);
    let (mut moved, mut left) = (0, 0);
    for _ in 0..400 {
        let count = 1 + random() as usize % 12;
        let mut friends: Vec<_> = (0..count)
            .map(|index| {
                let value = (random() % 5).to_string();
                let time = random().is_multiple_of(2).then(|| i64::from(random() % 3));
                friend(&index.to_string(), (!random().is_multiple_of(5)).then_some((value.as_str(), time)))
            })
            .collect();
        let order = [Order::Desc, Order::Asc, Order::None][random() as usize % 3];
        let without_score = [WithoutScore::Last, WithoutScore::LeftOut][random() as usize % 2];
        for ties in [Ties::Competition, Ties::Dense, Ties::Ordinal] {
            let own = random() as usize % count;
            let self_openid = Some(own.to_string().as_str().into());
            let options = RankOptions { order, ties, without_score, self_openid, ..RankOptions::default() };
            let mut ranking =
                rank(&FriendData { friends: friends.iter().cloned().collect(), ..FriendData::default() }, &options);
            let score = Score::parse(&(random() % 5).to_string());
            friends[own].score.clone_from(&score);
            let anew = rank(&FriendData { friends: friends.iter().cloned().collect(), ..FriendData::default() }, &options);
            if score.is_some_and(|score| ranking.set_own_score(&score, &options)) {
                assert_eq!(ranking, anew, "{ties:?} {order:?}");
                moved += 1;
            } else {
                left += 1;
            }
        }
    }
    assert!(moved > left * 4, "{moved} {left}");
}
