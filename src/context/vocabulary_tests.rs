use super::*;
use crate::context::messages::{Message, Profile, Show, Turn};
use crate::friends::Score;
use crate::geometry::{Rect, Transform};
use crate::number::Number;

fn read(json: &str) -> Result<Received, Diagnostic> {
    let limits = Limits::default();
    Vocabulary::default().read(&Value::from_json(json, &limits).unwrap(), &limits)
}

fn message(json: &str) -> Message {
    read(json).unwrap_or_else(|diagnostic| panic!("{json}: {diagnostic}")).message
}

#[test]
fn every_word_is_understood_in_every_discriminator() {
    let filler = r#""x":1,"y":2,"width":30,"height":40,"a":1,"d":1,"score":"7","page":2,"openId":"me","variables":{"a":1},"groupId":"g""#;
    for (word, meaning) in WORDS {
        for discriminator in DISCRIMINATORS {
            let flat = format!(r#"{{"{discriminator}":"{word}",{filler}}}"#);
            let nested = format!(r#"{{"{discriminator}":"{}","data":{{{filler}}}}}"#, word.to_uppercase());
            let string = crate::json::write(&nested);
            let first = message(&flat);
            for json in [&nested, &string] {
                assert_eq!(message(json), first, "{json}");
            }
            let fits = match meaning {
                // A group beside any show makes it the group's.
                Meaning::ShowFriends | Meaning::ShowGroup => {
                    matches!(&first, Message::ShowGroup { group, .. } if &**group == "g")
                }
                Meaning::ShowNextToBeat => matches!(first, Message::ShowNextToBeat(_)),
                Meaning::Hide => first == Message::Hide,
                Meaning::Viewport => first == Message::Viewport(Rect::new(1.0, 2.0, 30.0, 40.0)),
                Meaning::Matrix => first == Message::Matrix(Transform::IDENTITY, Some((30, 40))),
                Meaning::Resize => first == Message::Resize(30, 40),
                Meaning::StoreScore => matches!(&first, Message::Score { store: Some(text), .. } if &**text == "7"),
                Meaning::Score => matches!(&first, Message::Score { store: None, .. }),
                Meaning::Page => first == Message::Page(Turn::To(2)),
                Meaning::NextPage => first == Message::Page(Turn::By(1)),
                Meaning::PreviousPage => first == Message::Page(Turn::By(-1)),
                Meaning::Variables => first == Message::Variables(Value::map([("a", 1_usize)])),
                Meaning::Ignore => first == Message::Nothing,
                Meaning::Identity => first == Message::Identity,
                Meaning::Refresh => first == Message::Refresh,
                Meaning::Scroll => matches!(first, Message::Scroll { .. }),
            };
            assert!(fits, "{flat}: {first:?}");
        }
    }
}

#[test]
fn the_seed_forms_are_exact() {
    assert_eq!(message(r#"{"command":"render"}"#), Message::ShowFriends(Show::default()));
    assert_eq!(message(r#"{"command":"hide"}"#), Message::Hide);
    assert_eq!(message(r#"{"type":"show","data":{}}"#), Message::ShowFriends(Show::default()));
    assert_eq!(message(r#"{"type":"showFriendList","data":{"authCode":"abc"}}"#), Message::ShowFriends(Show::default()));
    assert_eq!(message(r#"{"type":"hide","data":{}}"#), Message::Hide);
    assert_eq!(message(r#""hide""#), Message::Hide);
}

#[test]
fn members_are_found_where_games_put_them() {
    let full = r#"{"action":"render","tab":"week","pixelRatio":2,"width":300,"height":"400","scrollY":120,"selfOpenId":"me","force":true}"#;
    let received = read(full).unwrap();
    let show = Show { key: None, size: Some((600, 800)), scroll_y: Some(120.0), force: true };
    assert_eq!(received.message, Message::ShowFriends(show));
    assert_eq!((received.self_openid.as_deref(), received.tab.as_deref()), (Some("me"), Some("week")));
    assert!(matches!(message(r#"{"type":"showRank","rank_key":"level"}"#), Message::ShowFriends(Show { key: Some(_), .. })));
    assert!(matches!(message(r#"{"type":"showFriendRank","key":"level"}"#), Message::ShowFriends(Show { key: Some(_), .. })));
    assert!(matches!(message(r#"{"key":"showFriendRank"}"#), Message::ShowFriends(Show { key: None, .. })));
    let viewport = Message::Viewport(Rect::new(10.0, 20.0, 100.0, 200.0));
    assert_eq!(message(r#"{"type":"engine","event":"viewport","x":10,"y":20,"width":100,"height":200}"#), viewport);
    assert_eq!(message(r#"{"fromEngine":true,"event":"viewport","x":10,"y":20,"width":100,"height":200}"#), viewport);
    assert_eq!(message(r#"{"type":"updateViewPort","box":{"x":10,"y":20,"width":100,"height":200}}"#), viewport);
    let physical = r#"{"type":"WXRender","x":20,"y":40,"width":200,"height":400,"devicePixelRatio":2}"#;
    assert_eq!(message(physical), viewport);
    assert_eq!(message(r#"{"message":{"command":"hide"}}"#), Message::Hide);
    assert_eq!(read(r#"{"type":"getOpenId","value":"me"}"#).unwrap().self_openid.as_deref(), Some("me"));
    assert_eq!(read(r#"{"selfOpenId":"me"}"#).unwrap().message, Message::Identity);
    assert_eq!(message("3"), Message::Page(Turn::To(3)));
    assert_eq!(message(r#"{"type":"paging","delta":-1}"#), Message::Page(Turn::By(-1)));
    assert_eq!(message(r#"{"type":"changePage","data":2}"#), Message::Page(Turn::To(2)));
    assert_eq!(message(r#"{"type":"changePage","data":"next"}"#), Message::Page(Turn::By(1)));
}

#[test]
fn games_own_messages_mean_what_their_author_says() {
    let limits = Limits::default();
    let mut vocabulary = Vocabulary::default();
    for own in [
        r#"{"match": {"messageType": 1}, "means": "show"}"#,
        r#"{"match": {"messageType": 3, "mode": "best"}, "means": "score", "value": "result.points", "key": "result.level"}"#,
        r#"{"match": {"messageType": "4"}, "means": "page", "value": "to"}"#,
        r#"{"match": {"messageType": 5}, "means": "group", "value": "share.t"}"#,
        r#"{"match": {"kind.name": "bye"}, "means": "hide"}"#,
        r#"{"match": {"messageType": 6}, "means": "next"}"#,
        r#"{"match": {"messageType": 7}, "means": "self", "value": "id", "nickName": "who"}"#,
        r#"{"match": {"messageType": 8}, "means": "variables", "value": "all"}"#,
        r#"{"match": {"type": "show"}, "means": "ignore"}"#,
    ] {
        vocabulary.add_match(Match::try_from(&Value::from_json(own, &limits).unwrap()).unwrap());
    }
    let read = |json: &str| vocabulary.read(&Value::from_json(json, &limits).unwrap(), &limits).unwrap();
    assert_eq!(read(r#"{"messageType": 1, "x": 2}"#).message, Message::ShowFriends(Show::default()));
    let score =
        read(r#"{"messageType": 3, "mode": "best", "score": 1, "result": "{\"points\": 905, \"level\": \"l7\"}"}"#).message;
    assert!(
        matches!(&score, Message::Score { score, key: Some(key), store: Some(text) }
        if score.value.to_string() == "905" && &**key == "l7" && &**text == "905"),
        "{score:?}"
    );
    assert_eq!(read(r#"{"messageType": 4, "to": 2}"#).message, Message::Page(Turn::To(2)));
    let group = read(r#"{"messageType": 5, "share": {"t": "tick"}}"#).message;
    assert!(matches!(&group, Message::ShowGroup { ticket, .. } if &**ticket == "tick"), "{group:?}");
    assert_eq!(read(r#"{"kind": {"name": "bye"}}"#).message, Message::Hide);
    assert_eq!(read(r#"{"messageType": 6}"#).message, Message::Page(Turn::By(1)));
    let own = read(r#"{"messageType": 7, "id": "me", "who": "Ann", "avatarUrl": "a"}"#);
    assert_eq!(own.self_openid.as_deref(), Some("me"));
    assert_eq!(own.profile, Some(Profile { nickname: Arc::from("Ann"), avatar_url: Arc::from("a") }));
    assert_eq!(read(r#"{"messageType": 8, "all": {"a": 1}}"#).message, Message::Variables(Value::map([("a", 1_usize)])));
    assert_eq!(read(r#"{"type": "show"}"#).message, Message::Nothing);
    // What does not fit is understood as ever.
    assert_eq!(read(r#"{"messageType": 9, "command": "render"}"#).message, Message::ShowFriends(Show::default()));
}

#[test]
fn a_match_that_is_none_says_what_is_wrong() {
    for (own, said) in [
        (r#"{"means": "show"}"#, "expected `match`"),
        (r#"{"match": {}, "means": "show"}"#, "expected `match`"),
        (r#"{"match": {"a": 1}}"#, "expected `means`"),
        (r#"{"match": {"a": 1}, "means": "shwo"}"#, "did you mean 'show'?"),
        (r#"{"match": {"a": 1}, "means": "score", "value": 7}"#, "expected a path as `value`"),
        ("3", "expected an object"),
    ] {
        let error = Match::try_from(&Value::from_json(own, &Limits::default()).unwrap()).unwrap_err();
        assert!(error.to_string().contains(said), "{own}: {error}");
    }
}

#[test]
fn hints_name_what_would_help() {
    let said = |json: &str| read(json).unwrap_err().to_string();
    assert!(said(r#"{"type": "shwoFriendRank"}"#).contains("did you mean 'showFriendRank'?"));
    for (json, not) in [
        (r#"{"type": "level"}"#, "did you mean"),
        (r#"{"event": "friendship"}"#, "did you mean"),
        (r#"{"type": "engine", "event": "level"}"#, "'engine'"),
    ] {
        assert!(!said(json).contains(not), "{json}: {}", said(json));
    }
    assert!(said(r#"{"messageType": 3, "score": 4}"#).contains(r#"{"match": {"messageType": 3}, "means": "show"}"#));
}

#[test]
fn what_hides_is_what_was_shown() {
    for word in ["hideFriendsRank", "hideRankList", "hideGroupRank", "closeRank", "hideLeaderboard", "HIDE_FRIEND_LIST"] {
        assert_eq!(message(&format!(r#"{{"type": "{word}"}}"#)), Message::Hide, "{word}");
    }
    assert!(read(r#"{"type": "hideAndSeek"}"#).is_err());
}

#[test]
fn the_field_s_other_spellings_are_understood() {
    for (json, fits) in [
        (
            r#"{"type":"init","payload":{"width":320,"height":400}}"#,
            Message::ShowFriends(Show { size: Some((320, 400)), ..Show::default() }),
        ),
        (
            r#"{"type":"group","text":"tick"}"#,
            Message::ShowGroup { ticket: "tick".into(), group: "".into(), show: Show::default() },
        ),
        (
            r#"{"event":"showFriendRank","shareTicket":"tick"}"#,
            Message::ShowGroup { ticket: "tick".into(), group: "".into(), show: Show::default() },
        ),
        (
            r#"{"command":"open","userinfo":{},"stageW":640,"shareTicket":"t"}"#,
            Message::ShowGroup { ticket: "t".into(), group: "".into(), show: Show::default() },
        ),
        (r#"{"command":"loadRes"}"#, Message::Nothing),
        (r#"{"fromEngine":true,"event":"frameRate","value":30}"#, Message::Nothing),
        (r#"{"fromEngine":true,"event":"mainLoop","value":false}"#, Message::Nothing),
        (r#"{"fromEngine":true,"type":"engine","event":"somethingNew"}"#, Message::Nothing),
        (r#"{"type":"engine","event":"frameRate","value":60}"#, Message::Nothing),
        // The word stands in another member than the first that is one.
        (r#"{"command":"open","type":"friend"}"#, Message::ShowFriends(Show::default())),
        (r#"{"type":"friend","action":"hide"}"#, Message::Hide),
        (r#"{"message":{"event":"score"},"action":"close"}"#, Message::Hide),
        (r#"{"type":"pre"}"#, Message::Page(Turn::By(-1))),
        (r#"{"func":"showRank"}"#, Message::ShowFriends(Show::default())),
        (r#"{"value":"rankData","userId":"oF3"}"#, Message::ShowFriends(Show::default())),
        (r#"{"message":"getRanking","type":2}"#, Message::ShowFriends(Show::default())),
        (r#"{"action":"update"}"#, Message::Refresh),
        (r#"{"type":"fetch"}"#, Message::ShowFriends(Show::default())),
    ] {
        assert_eq!(message(json), fits, "{json}");
    }
    for json in [
        r#"{"type":"updateScore","score":999}"#,
        r#"{"type":"engine","event":"updateScore","highestScore":999,"cloudStorageVersion":3}"#,
        r#"{"command":"submitScore","value":999}"#,
        r#"{"type":"uploadScore","payload":{"score":"999"}}"#,
        r#"{"type":"setUserRecord","value":{"wxgame":{"score":999,"update_time":1}}}"#,
        r#"{"type":"engine","event":"updateRank","data":"{\"score\":999}"}"#,
    ] {
        let found = message(json);
        assert!(
            matches!(&found, Message::Score { score, store: Some(_), .. } if score.value.to_string() == "999"),
            "{json}: {found:?}"
        );
    }
    assert!(read(r#"{"type":"friend","text":"x"}"#).unwrap_err().to_string().contains("openid"), "what the first word lacks");
    assert!(read(r#"{"type":"updateMaxScore"}"#).unwrap_err().to_string().contains("a score as score, value, highestScore"));
    let newbie = r#"{"type":"userInfo","userInfo":{"nickName":"Newbie","avatarUrl":"a","openId":"oNew"}}"#;
    let profile = Some(Profile { nickname: "Newbie".into(), avatar_url: "a".into() });
    assert_eq!((read(newbie).unwrap().self_openid.as_deref(), read(newbie).unwrap().profile), (Some("oNew"), profile.clone()));
    assert_eq!(read(r#"{"type":"update","score":500,"nickName":"Newbie","avatarUrl":"a"}"#).unwrap().profile, profile);
}

#[test]
fn scores_keep_every_digit() {
    let score = |json: &str| match message(json) {
        Message::Score { score, key, store } => (score.value.to_string(), key, store),
        other => panic!("{json}: {other:?}"),
    };
    assert_eq!(score(r#"{"type":"update","score":9007199254740993}"#).0, "9007199254740993");
    let (value, key, store) = score(
        r#"{"type":"setUserRecord","KVDataList":[{"key":"name","value":"x"},{"key":"score","value":"{\"wxgame\":{\"score\":16,\"update_time\":5}}"}]}"#,
    );
    assert_eq!((value.as_str(), key.as_deref()), ("16", Some("score")));
    assert_eq!(store.as_deref(), Some(r#"{"wxgame":{"score":16,"update_time":5}}"#));
    let object = score(r#"{"type":"setUserRecord","value":{"wxgame":{"score":17,"update_time":5}}}"#);
    assert!(object.0 == "17" && Score::parse(&object.2.unwrap()).unwrap().value == object.0.parse_number());
    assert_eq!(message(r#"{"type":"updateData"}"#), Message::Refresh);
    assert!(read(r#"{"type":"setUserRecord","value":"high"}"#).is_err());
}

trait ParseNumber {
    fn parse_number(&self) -> Number;
}

impl ParseNumber for String {
    fn parse_number(&self) -> Number {
        Number::parse(self).unwrap()
    }
}

#[test]
fn what_is_unknown_is_a_diagnostic() {
    for (json, said) in [
        (r#"{"type":"shwo"}"#, "did you mean 'show'?"),
        (r#"{"command":"dance"}"#, "'dance'"),
        (r#"{"width":3}"#, "none of type, command"),
        ("[1,2]", "a list"),
        ("true", "true or false"),
        ("null", "nothing"),
        ("1.5", "a page's number"),
        (r#""{broken""#, "{broken"),
        (r#"{"type":"updateViewPort","box":{"width":0,"height":3}}"#, "a box of x, y"),
        (r#"{"type":"scrollTo"}"#, "x or y"),
        (r#"{"type":"getOpenId"}"#, "an openid"),
    ] {
        let diagnostic = read(json).unwrap_err();
        assert!(diagnostic.to_string().contains(said), "{json}: {diagnostic}");
    }
}

#[test]
fn hostile_messages_are_survived() {
    let limits = Limits::default();
    let wrapped = (0..40).fold(r#"{"command":"hide"}"#.to_owned(), |inner, _| {
        if inner.len() > 100_000 { inner } else { crate::json::write(&inner) }
    });
    let _ = Vocabulary::default().read(&Value::Text(Arc::from(wrapped)), &limits);
    let deep = (0..60).fold(Value::from("x"), |inner, _| Value::map([("message", inner.clone()), ("data", inner)]));
    assert!(Vocabulary::default().read(&deep, &limits).is_err());
    let mut random = crate::random::random(11);
    let parts =
        ["{", "}", "\"type\"", ":", "\"show\"", ",", "[", "]", "1e9", "-1", "\"data\"", "null", "\"\\u0000\"", "\"page\""];
    for _ in 0..20_000 {
        let text: String = (0..random() % 12).map(|_| parts[random() as usize % parts.len()]).collect();
        let _ = Vocabulary::default().read(&Value::from(text.as_str()), &limits);
        if let Ok(value) = Value::from_json(&text, &limits) {
            let _ = Vocabulary::default().read(&value, &limits);
        }
    }
}
