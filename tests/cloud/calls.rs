//! What games do with the storage, and what the platforms answer.

use std::collections::BTreeMap;

use friendboard::Reading;
use friendboard::cloud::{Cloud, CloudStorage, GroupKey, GroupRecord, PlayerRecord, Records};
use friendboard::friends::{self, FailureKind, ReadOptions};
use friendboard::platform::{Answer, Domain, Platform};
use friendboard::{Diagnostics, Error, ErrorKind, Limits};
use serde_json::{Value, json};

use super::value;

/// The platforms with a storage.
const STORING: [Platform; 3] = [Platform::TikTok, Platform::WeChat, Platform::Douyin];
const MAIN: Domain = Domain::Main;
const OPEN: Domain = Domain::OpenData;

fn player(openid: &str, score: &str) -> PlayerRecord {
    let pairs = [("score".to_owned(), score.to_owned()), ("level".to_owned(), "3".to_owned())];
    PlayerRecord {
        openid: openid.to_owned(),
        nickname: format!("Name {openid}"),
        avatar_url: format!("{openid}.png"),
        pairs: pairs.into(),
    }
}

fn records() -> Records {
    let ranked = |score: &str| format!(r#"{{"ttgame":{{"score":{score},"update_time":1513080573}}}}"#);
    let scores = ["16", "9007199254740993", "9007199254740992", "1e3"];
    let players = ["me", "ann", "bo", "cy"].into_iter().zip(scores).map(|(openid, score)| player(openid, &ranked(score)));
    let group = |id: &str, tickets: &[&str], members: Option<&[&str]>| GroupRecord {
        group_id: id.to_owned(),
        share_tickets: tickets.iter().map(ToString::to_string).collect(),
        members: members.map(|members| members.iter().map(ToString::to_string).collect()),
    };
    Records {
        players: players.chain([PlayerRecord { openid: "dee".to_owned(), ..PlayerRecord::default() }]).collect(),
        friends: BTreeMap::from([("me".to_owned(), vec!["ann".to_owned(), "cy".to_owned()])]),
        groups: vec![group("g1", &["t1", "t2"], Some(&["dee", "me", "bo", "ann"])), group("g2", &[], None)],
    }
}

fn cloud(platform: Platform) -> Cloud<Records> {
    Cloud::new(platform, "me", records()).with_rank_keys(["score".to_owned()])
}

/// What a call comes to: the answer, as `complete` gets it, and what is said of it.
fn call<S: CloudStorage>(cloud: &mut Cloud<S>, domain: Domain, name: &str, arguments: &Value) -> (bool, Value, String) {
    let mut diagnostics = Diagnostics::new();
    let answer = cloud.call(domain, name, &value(arguments), &mut diagnostics).unwrap();
    let said: Vec<String> = diagnostics.as_slice().iter().map(ToString::to_string).collect();
    (answer.is_success(), complete(&answer), said.join("\n"))
}

fn complete(answer: &Answer) -> Value {
    serde_json::from_str(&answer.complete().to_json()).unwrap()
}

#[allow(clippy::needless_pass_by_value, reason = "`json!` at every call")]
fn succeed(cloud: &mut Cloud<Records>, name: &str, arguments: Value) -> Value {
    let (is_success, answer, said) = call(cloud, OPEN, name, &arguments);
    assert!(is_success && said.is_empty(), "{answer}: {said}");
    assert_eq!(answer["errMsg"], format!("{name}:ok"));
    answer
}

#[allow(clippy::needless_pass_by_value, reason = "`json!` at every call")]
fn fail(cloud: &mut Cloud<Records>, name: &str, arguments: Value) -> (Value, String) {
    let before = cloud.storage().clone();
    let (is_success, answer, said) = call(cloud, OPEN, name, &arguments);
    assert!(!is_success && !said.is_empty(), "{answer}");
    assert_eq!(*cloud.storage(), before, "a refused call changed something");
    (answer, said)
}

fn openids(answer: &Value) -> Vec<&str> {
    answer["data"].as_array().unwrap().iter().map(|row| row["openid"].as_str().unwrap()).collect()
}

#[test]
fn what_a_platform_has_not_is_no_function_of_it() {
    let said = |platform, domain, name: &str| {
        let arguments = value(&json!({"keyList": []}));
        cloud(platform).call(domain, name, &arguments, &mut Diagnostics::new()).unwrap_err()
    };
    let error = said(Platform::WeChat, MAIN, "getFriendCloudStorage");
    assert_eq!(error.kind(), ErrorKind::Usage);
    assert_eq!(
        error.to_string(),
        "wx.getFriendCloudStorage is not a function of the storage in the main domain (wechat) (call it in the open data \
         domain)"
    );
    assert!(said(Platform::Douyin, OPEN, "getFriendCloudStorage").to_string().contains("another platform's"));
    assert!(said(Platform::TikTok, OPEN, "getFriendsCloudStorage").to_string().contains("'getFriendCloudStorage'"));
    assert!(said(Platform::TikTok, MAIN, "shareAppMessage").to_string().contains("of the storage"));
    assert!(said(Platform::Wps, MAIN, "setUserCloudStorage").to_string().contains("another platform's"));
}

#[test]
fn sets_gets_lists_and_removes() {
    for platform in STORING {
        let mut cloud = cloud(platform);
        let field = if platform == Platform::TikTok { "data" } else { "KVDataList" };
        let pairs = json!([{"key": "coins", "value": "5"}, {"key": "空", "value": ""}, {"key": "coins", "value": "6"}]);
        assert!(call(&mut cloud, MAIN, "setUserCloudStorage", &json!({field: pairs})).0);

        let list = if platform == Platform::Douyin { "data" } else { "KVDataList" };
        let own = succeed(&mut cloud, "getUserCloudStorage", json!({"keyList": ["coins", "none", "空", "coins"]}));
        assert_eq!(own[list], json!([{"key": "coins", "value": "6"}, {"key": "空", "value": ""}]), "{platform}");
        let keys = succeed(&mut cloud, "getUserCloudStorageKeys", json!({}));
        assert_eq!(keys["keys"], json!(["coins", "level", "score", "空"]));

        succeed(&mut cloud, "removeUserCloudStorage", json!({"keyList": ["level", "score", "none"]}));
        assert_eq!(succeed(&mut cloud, "getUserCloudStorageKeys", Value::Null)["keys"], json!(["coins", "空"]));
    }
}

#[test]
fn answers_friends_and_groups_in_the_shape_that_is_read() {
    let mut wechat = cloud(Platform::WeChat);
    let friends = succeed(&mut wechat, "getFriendCloudStorage", json!({"keyList": ["score"]}));
    assert_eq!(openids(&friends), ["me", "ann", "cy"]);
    assert_eq!(friends["data"][1]["avatarUrl"], "ann.png");
    let read = |answer: &Value| {
        let (json, mut diagnostics) = (answer.to_string(), Diagnostics::new());
        let data =
            friends::read(&json, "answer", &ReadOptions::default(), &mut Reading::new(&Limits::default(), &mut diagnostics))
                .unwrap();
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        data
    };
    let data = read(&friends);
    assert_eq!(data.friends.get(1).unwrap().score().unwrap().value.to_string(), "9007199254740993");

    for group in [json!({"shareTicket": "t2"}), json!({"groupid": "g1"}), json!({"groupid": "g1", "shareTicket": "no"})] {
        let mut arguments = group;
        arguments["keyList"] = json!(["level"]);
        assert_eq!(openids(&succeed(&mut wechat, "getGroupCloudStorage", arguments)), ["me", "ann", "bo", "dee"]);
    }
    let all = succeed(&mut wechat, "getGroupCloudStorage", json!({"groupid": "g2", "keyList": ["level"]}));
    assert_eq!(openids(&all).len(), 5);
    assert_eq!(all["data"][4]["KVDataList"], json!([]));
    for arguments in [json!({"groupid": "g9", "keyList": []}), json!({"keyList": []}), json!({"shareTicket": 3, "keyList": []})]
    {
        fail(&mut wechat, "getGroupCloudStorage", arguments);
    }

    // What was read once can be stored, and answers the same.
    let again = Records::from_friends(&data);
    let mut again = Cloud::new(Platform::TikTok, "ann", again);
    assert_eq!(succeed(&mut again, "getFriendCloudStorage", json!({"keyList": ["score"]}))["data"], friends["data"]);
}

#[test]
fn relations_are_sorted_suggested_and_cut() {
    let mut douyin = cloud(Platform::Douyin);
    let mut people = |arguments: Value| succeed(&mut douyin, "getCloudStorageByRelation", arguments);
    assert_eq!(openids(&people(json!({"type": "friend", "keyList": ["score"]}))), ["me", "ann", "cy"]);
    assert_eq!(openids(&people(json!({"type": "recommend", "keyList": []}))), ["bo", "dee"]);
    let group = json!({"type": "group", "keyList": ["score"], "extra": {"sortKey": "score", "groupId": "g1"}});
    assert_eq!(openids(&people(group)), ["ann", "bo", "me", "dee"]);

    for extra in
        [json!(null), json!({"groupId": "g1"}), json!({"sortKey": "level", "groupId": "g1"}), json!({"sortKey": "score"})]
    {
        fail(&mut douyin, "getCloudStorageByRelation", json!({"type": "group", "keyList": [], "extra": extra}));
    }
    let (answer, _) = fail(&mut douyin, "getCloudStorageByRelation", json!({"type": "everybody", "keyList": []}));
    assert_eq!(answer["errNo"], 20_001);

    succeed(&mut douyin, "setUserGroup", json!({"groupId": "new"}));
    succeed(&mut douyin, "setUserGroup", json!({"groupId": "new"}));
    let group = json!({"type": "group", "keyList": [], "extra": {"sortKey": "score", "groupId": "new"}});
    assert_eq!(openids(&succeed(&mut douyin, "getCloudStorageByRelation", group)), ["me"]);

    let many = Records { players: (0..150).map(|n| player(&n.to_string(), "1")).collect(), ..Records::default() };
    let mut douyin = Cloud::new(Platform::Douyin, "me", many);
    let answer = succeed(&mut douyin, "getCloudStorageByRelation", json!({"type": "friend", "keyList": []}));
    assert_eq!(openids(&answer).len(), 100);
}

#[test]
fn lengths_hold_to_the_last_byte() {
    let pair = |key: String, value: String| json!([{"key": "fine", "value": "1"}, {"key": key, "value": value}]);
    for platform in [Platform::WeChat, Platform::Douyin] {
        let mut cloud = cloud(platform);
        let mut set = |key: String, value: String, fine: bool| {
            let arguments = json!({"KVDataList": pair(key, value)});
            if fine {
                succeed(&mut cloud, "setUserCloudStorage", arguments);
                return (Value::Null, String::new());
            }
            fail(&mut cloud, "setUserCloudStorage", arguments)
        };
        set("k".repeat(128), "v".repeat(896), true);
        set("键".repeat(42), "值".repeat(299), true);
        let number = |code: i64, other: i64| {
            if platform == Platform::WeChat { json!({"errCode": code}) } else { json!({"errNo": other}) }
        };
        let holds = |answer: &Value, numbers: &Value| numbers.as_object().unwrap().iter().all(|(name, n)| answer[name] == *n);

        let (answer, why) = set("k".repeat(129), String::new(), false);
        assert_eq!(answer["errMsg"], "setUserCloudStorage:fail some keys in list meet length exceed");
        assert!(holds(&answer, &number(87_019, 40_009)), "{answer}");
        assert_eq!(
            why,
            format!(
                "setUserCloudStorage at KVDataList[1].key: {} some keys in list meet length exceed (expected a key of at most \
                 128 bytes, found 129)",
                if platform == Platform::WeChat { 87_019 } else { 40_009 }
            )
        );
        assert!(holds(&set("键".repeat(43), String::new(), false).0, &number(87_019, 40_009)));

        for (key, value) in [("k".repeat(128), "v".repeat(897)), ("k".to_owned(), "值".repeat(342))] {
            let (answer, _) = set(key, value, false);
            assert_eq!(answer["errMsg"], "setUserCloudStorage:fail some key-value in list meet length exceed");
            assert!(holds(&answer, &number(87_016, 40_010)), "{answer}");
        }
    }

    let mut tiktok = cloud(Platform::TikTok);
    for (key, value, fine) in [(128, 2_048, true), (129, 1, false), (1, 2_049, false)] {
        // A character of two UTF-16 units, and one of three bytes: counted as scripts count.
        for (filler, units) in [("a", 1), ("键", 1), ("😀", 2)] {
            let text = |units_wanted: usize| filler.repeat(units_wanted / units) + &"b".repeat(units_wanted % units);
            let arguments = json!({"data": pair(text(key), text(value))});
            if fine {
                succeed(&mut tiktok, "setUserCloudStorage", arguments);
            } else {
                let (answer, _) = fail(&mut tiktok, "setUserCloudStorage", arguments);
                assert!(answer["errMsg"].as_str().unwrap().ends_with("length exceed"), "{answer}");
                assert_eq!(answer.as_object().unwrap().len(), 1, "TikTok's documents give no numbers: {answer}");
            }
        }
    }
}

#[test]
fn a_player_has_128_pairs_at_most() {
    for (platform, number) in [(Platform::WeChat, ("errCode", 87_018)), (Platform::Douyin, ("errNo", 60_001))] {
        let mut cloud = cloud(platform);
        let keys =
            |range: std::ops::Range<usize>| -> Value { range.map(|n| json!({"key": format!("k{n}"), "value": "1"})).collect() };
        succeed(&mut cloud, "setUserCloudStorage", json!({"KVDataList": keys(0..126)}));
        let (answer, _) = fail(&mut cloud, "setUserCloudStorage", json!({"KVDataList": keys(120..127)}));
        assert_eq!(answer[number.0], number.1);
        succeed(&mut cloud, "setUserCloudStorage", json!({"KVDataList": keys(0..126)}));
        succeed(&mut cloud, "removeUserCloudStorage", json!({"keyList": ["k0"]}));
        succeed(&mut cloud, "setUserCloudStorage", json!({"KVDataList": keys(126..127)}));
    }
}

#[test]
fn wrong_arguments_are_refused_whole() {
    let items = [json!({"key": "a", "value": 1}), json!({"key": "", "value": "1"}), json!({"key": "a"}), json!(3), json!(null)];
    for item in items {
        let list = json!([{"key": "ok", "value": "1"}, item]);
        let (answer, why) = fail(&mut cloud(Platform::WeChat), "setUserCloudStorage", json!({"KVDataList": list}));
        assert_eq!(answer["errMsg"], "setUserCloudStorage:fail invalid KVData item");
        assert!(why.contains("KVDataList[1]"), "{why}");
    }
    for list in [json!(null), json!({}), json!("x"), json!([])] {
        let (answer, _) = fail(&mut cloud(Platform::Douyin), "setUserCloudStorage", json!({"KVDataList": list}));
        assert_eq!(answer["errNo"], 20_001, "{answer}");
    }
    // TikTok's own field is `data`.
    fail(&mut cloud(Platform::TikTok), "setUserCloudStorage", json!({"KVDataList": [{"key": "a", "value": "1"}]}));
    for list in [json!(null), json!("score"), json!(["score", 3])] {
        for name in ["getUserCloudStorage", "removeUserCloudStorage", "getFriendCloudStorage"] {
            let (answer, _) = fail(&mut cloud(Platform::WeChat), name, json!({"keyList": list}));
            assert_eq!(answer["errMsg"], format!("{name}:fail invalid keyList"));
        }
    }
}

#[test]
fn a_bad_value_under_a_rank_key_fails_the_whole_set() {
    let good = [r#"{"ttgame":{"score":16}}"#, r#"{"ttgame":{"score":1.5,"update_time":3},"cost_ms":36500}"#];
    let bad = [
        "16",
        "",
        r#"{"ttgame":{"score":"16"}}"#,
        r#"{"wxgame":{"score":16}}"#,
        r#"{"ttgame":{}}"#,
        r#"{"ttgame":{"score":1}"#,
    ];
    let set = |value: &str| json!({"KVDataList": [{"key": "other", "value": "1"}, {"key": "score", "value": value}]});
    for value in good {
        succeed(&mut cloud(Platform::Douyin), "setUserCloudStorage", set(value));
    }
    for value in bad {
        let (answer, why) = fail(&mut cloud(Platform::Douyin), "setUserCloudStorage", set(value));
        assert_eq!(answer["errNo"], 40_011, "{value}");
        assert!(why.contains("KVDataList[1].value"), "{why}");
        succeed(&mut cloud(Platform::WeChat), "setUserCloudStorage", set(value));
    }
}

#[test]
fn without_authorisation_friends_are_denied_and_own_data_is_not() {
    for (platform, name, number) in [
        (Platform::WeChat, "getFriendCloudStorage", Some(("errCode", -12_006))),
        (Platform::TikTok, "getFriendCloudStorage", None),
        (Platform::Douyin, "getCloudStorageByRelation", Some(("errNo", 10_200))),
    ] {
        let mut cloud = cloud(platform);
        cloud.set_authorised(false);
        let (answer, _) = fail(&mut cloud, name, json!({"keyList": ["score"], "type": "friend"}));
        if let Some((field, number)) = number {
            assert_eq!(answer[field], number);
        }
        let (json, mut diagnostics) = (answer.to_string(), Diagnostics::new());
        let read =
            friends::read(&json, "answer", &ReadOptions::default(), &mut Reading::new(&Limits::default(), &mut diagnostics))
                .unwrap();
        assert_eq!(read.failure.unwrap().kind, FailureKind::Denied, "{answer}");
        succeed(&mut cloud, "getUserCloudStorage", json!({"keyList": ["score"]}));
        let field = if platform == Platform::TikTok { "data" } else { "KVDataList" };
        succeed(&mut cloud, "setUserCloudStorage", json!({field: [{"key": "a", "value": "1"}]}));
    }
}

#[test]
fn a_storage_that_fails_is_the_platforms_system_error() {
    #[derive(Debug)]
    struct Broken;
    impl CloudStorage for Broken {
        fn player(&self, _: &str) -> friendboard::Result<Option<PlayerRecord>> {
            Ok(None)
        }
        fn friends(&self, _: &str) -> friendboard::Result<Vec<PlayerRecord>> {
            Err(Error::new(ErrorKind::Io, "the disk is on fire"))
        }
        fn strangers(&self, _: &str) -> friendboard::Result<Vec<PlayerRecord>> {
            Ok(Vec::new())
        }
        fn group(&self, _: GroupKey<'_>) -> friendboard::Result<Option<Vec<PlayerRecord>>> {
            Ok(None)
        }
        fn set(&mut self, _: &str, _: &BTreeMap<String, String>) -> friendboard::Result<()> {
            Err(Error::new(ErrorKind::Io, "the disk is full"))
        }
        fn remove(&mut self, _: &str, _: &[String]) -> friendboard::Result<()> {
            Ok(())
        }
        fn join(&mut self, _: &str, _: &str) -> friendboard::Result<()> {
            Ok(())
        }
    }
    let mut cloud = Cloud::new(Platform::WeChat, "me", Broken);
    let (is_success, answer, _) = call(&mut cloud, OPEN, "getFriendCloudStorage", &json!({"keyList": []}));
    assert!(!is_success);
    assert_eq!(answer.to_string(), r#"{"errCode":-1,"errMsg":"getFriendCloudStorage:fail system error"}"#);
    let set = json!({"KVDataList": [{"key": "a", "value": "1"}]});
    assert!(call(&mut cloud, MAIN, "setUserCloudStorage", &set).2.contains("the disk is full"));
}

#[test]
fn a_misspelt_argument_is_told() {
    let (_, _, said) = call(&mut cloud(Platform::WeChat), OPEN, "getFriendCloudStorage", &json!({"keyLst": ["score"]}));
    assert!(said.contains("getFriendCloudStorage at keyLst: there is no field"), "{said}");
    assert!(said.contains("did you mean 'keyList'?"), "{said}");
    for arguments in [json!([]), json!("score"), json!(3)] {
        let (is_success, answer, said) = call(&mut cloud(Platform::Douyin), OPEN, "getUserCloudStorage", &arguments);
        assert!(!is_success && answer["errNo"] == 20_001 && said.contains("expected an object"), "{answer}: {said}");
    }
}

/// Where the game's rankings are not known, groups are sorted by any key, and every value is taken.
#[test]
fn unknown_rank_keys_hold_nobody_up() {
    let mut douyin = Cloud::new(Platform::Douyin, "me", records()).with_unknown_rank_keys();
    let group = json!({"type": "group", "keyList": [], "extra": {"sortKey": "score", "groupId": "g1"}});
    assert_eq!(openids(&succeed(&mut douyin, "getCloudStorageByRelation", group)), ["ann", "bo", "me", "dee"]);
    succeed(&mut douyin, "setUserCloudStorage", json!({"KVDataList": [{"key": "score", "value": "plain"}]}));
}

#[test]
fn records_are_the_same_after_json() {
    let json = records().to_json();
    assert_eq!(Records::from_json(&json, "cloud.json").unwrap(), records());
    assert_eq!(Records::from_json("{}", "cloud.json").unwrap(), Records::default());
    let error = Records::from_json("{\n  \"plyers\": []\n}", "cloud.json").unwrap_err();
    assert_eq!((error.kind(), error.place().line), (ErrorKind::Data, 2), "{error}");
    assert!(Records::from_json(&"[".repeat(100_000), "cloud.json").is_err());
    assert!(Records::from_json("", "cloud.json").is_err());
}
