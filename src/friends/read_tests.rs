use super::*;
use crate::error::{Diagnostics, ErrorKind};
use crate::friends::{FailureKind, Friend, Group};
use crate::limits::Limits;
use crate::reading::Reading;

fn read_with(json: &str, key: Option<&str>) -> (Result<FriendData>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let options = ReadOptions { key: key.map(str::to_owned) };
    let data = read(json, "data.json", &options, &mut Reading::new(&Limits::default(), &mut diagnostics));
    (data, diagnostics)
}

/// Reads what must be read without a word.
fn quietly(json: &str) -> FriendData {
    let (data, diagnostics) = read_with(json, None);
    assert!(diagnostics.is_empty(), "{json}: {diagnostics:?}");
    data.unwrap()
}

fn score_of(friend: Friend<'_>) -> Option<String> {
    friend.score().map(|score| score.value.to_string())
}

fn friend(data: &FriendData, place: usize) -> Friend<'_> {
    data.friends.get(place).unwrap()
}

fn scores(data: &FriendData) -> Vec<Option<String>> {
    data.friends.iter().map(score_of).collect()
}

#[test]
fn reads_every_spelling_alike() {
    let spellings = [
        r#"{"openid":"o1","nickname":"Ann","avatarUrl":"https://x/132","KVDataList":[{"key":"score","value":"7"}]}"#,
        r#"{"openId":"o1","nickName":"Ann","avatarURL":"https://x/132","kvDataList":[{"key":"score","value":"7"}]}"#,
        r#"{"openid":"o1","nick_name":"Ann","user_img":"https://x/132","data":[{"key":"score","value":"7"}]}"#,
        r#"{"open_id":"o1","nickname":"Ann","avatar_url":"https://x/132","KVDataList":[{"key":"score","value":7}]}"#,
        r#"{"openid":"o1","nickname":"Ann","avatarUrl":"https://x/132","KVDataList":{"score":"7"}}"#,
        r#"{"openid":"o1","nickname":"Ann","avatarUrl":"https://x/132","KVDataList":[],"score":7}"#,
    ];
    for row in spellings {
        let row_in = [
            format!("[{row}]"),
            format!(r#"{{"data":[{row}],"errMsg":"getFriendCloudStorage:ok"}}"#),
            format!(r#"{{"errCode":0,"data":{{"data":[{row}]}}}}"#),
            format!("\u{feff} {{\"friends\":[{row}]}}\n"),
            crate::json::write(&format!("[{row}]")),
            format!(r#"{{"data":{}}}"#, crate::json::write(&format!("[{row}]"))),
        ];
        for json in row_in {
            let data = quietly(&json);
            assert_eq!(data.friends.len(), 1, "{json}");
            let friend = friend(&data, 0);
            assert_eq!(
                (&*friend.openid(), &*friend.nickname(), &*friend.avatar_url()),
                ("o1", "Ann", "https://x/132"),
                "{json}"
            );
            assert_eq!(score_of(friend).as_deref(), Some("7"), "{json}");
            assert_eq!(&*friend.kv()["score"], "7", "{json}");
        }
    }
}

#[test]
fn reads_rows_of_a_rank_list() {
    let data = quietly(
        r#"{"data":[
        {"data_type":0,"value":"9007199254740993","priority":0,"extra":"hi","openid":"a","sec_uid":"s","user_img":"i","nick_name":"A","utime":100},
        {"data_type":1,"value":"Gold","priority":3,"openid":"b","user_img":"","nick_name":"B","utime":"90"}]}"#,
    );
    let score = friend(&data, 0).score().unwrap().clone();
    assert_eq!((score.value.to_string().as_str(), score.update_time, score.label), ("9007199254740993", Some(100), None));
    assert_eq!(&*friend(&data, 0).kv()["extra"], "hi");
    let score = friend(&data, 1).score().unwrap().clone();
    assert_eq!((score.value.to_string().as_str(), score.update_time, score.label.as_deref()), ("3", Some(90), Some("Gold")));
}

#[test]
fn reads_one_users_own_data() {
    for json in [
        r#"{"KVDataList":[{"key":"score","value":"5"},{"key":"level","value":"2"}],"errMsg":"getUserCloudStorage:ok"}"#,
        r#"{"data":[{"key":"score","value":"5"},{"key":"level","value":"2"}],"errMsg":"getUserCloudStorage:ok"}"#,
        r#"[{"key":"score","value":"5"},{"key":"level","value":"2"}]"#,
    ] {
        let data = quietly(json);
        assert!(data.is_own, "{json}");
        assert_eq!(scores(&data), [Some("5".to_owned())], "{json}");
        assert_eq!(&*friend(&data, 0).kv()["level"], "2");
    }
}

#[test]
fn reads_user_info_and_group_members() {
    let data = quietly(
        r#"{"group":{"name":"Chess","openGId":"g1","memberCount":12},"self":"b",
        "data":[{"nickName":"A","avatarUrl":"u","openId":"a","gender":1},{"nickName":"B","avatarUrl":"u","openId":"b"}]}"#,
    );
    assert_eq!(data.group, Some(Group { name: "Chess".into(), id: "g1".into(), members: Some(12) }));
    assert_eq!(&*data.self_identity.openid, "b");
    assert_eq!((&*friend(&data, 1).nickname(), scores(&data)), ("B", vec![None, None]));
    assert_eq!(&*friend(&data, 0).kv()["gender"], "1");
    let data = quietly(r#"{"groupName":"Go","members":[{"nickName":"A","openId":"a"}]}"#);
    assert_eq!(data.group, Some(Group { name: "Go".into(), id: "".into(), members: Some(1) }));
    assert_eq!(data.friends.len(), 1);
    let data = quietly(r#"{"group":{"name":"Go","members":[{"nickName":"A","openId":"a"}]}}"#);
    assert_eq!((data.friends.len(), data.group.unwrap().members), (1, Some(1)));
}

#[test]
fn adds_self_where_the_list_lacks_it() {
    let json = r#"{"self":{"openid":"me","nickname":"Me","KVDataList":[{"key":"score","value":"2"}]},"data":[{"openid":"a"}]}"#;
    let data = quietly(json);
    assert_eq!((data.friends.len(), &*data.self_identity.openid), (2, "me"));
    let data = quietly(r#"{"self":{"openid":"me"},"data":[{"openid":"me","score":1}]}"#);
    assert_eq!((data.friends.len(), data.dropped), (1, 0));
}

#[test]
fn tells_a_platforms_failure() {
    let cases = [
        (r#"{"errMsg":"getFriendCloudStorage:fail auth deny"}"#, FailureKind::Denied, None),
        (r#"{"errMsg":"getFriendCloudStorage:fail","errCode":-12006}"#, FailureKind::Denied, Some(-12006)),
        (r#"{"errMsg":"getFriendCloudStorage:fail timeout","errno":1,"data":[]}"#, FailureKind::Failed, Some(1)),
        (r#"{"errMsg":"x:fail","errNo":10103,"data":null}"#, FailureKind::Failed, Some(10103)),
        (r#"{"errMsg":"x:fail","err_code":"7"}"#, FailureKind::Failed, Some(7)),
        (r#"{"errCode":-12006}"#, FailureKind::Denied, Some(-12006)),
        (r#""getFriendCloudStorage:fail system error""#, FailureKind::Failed, None),
    ];
    for (json, kind, code) in cases {
        let failure = quietly(json).failure.unwrap();
        assert_eq!((failure.kind, failure.code), (kind, code), "{json}");
    }
    let (data, diagnostics) = read_with(r#"{"errMsg":"x:fail","data":[{"openid":"a"}]}"#, None);
    assert_eq!((data.unwrap().failure, diagnostics.as_slice()[0].code), (None, "failure-with-data"));
}

#[test]
fn drops_malformed_entries_by_index_and_field() {
    let json = r#"{"data":[
        {"openid":"a","nickname":"A"},
        null,
        "x",
        {"openid":5,"nickname":"B"},
        {"openid":"c","nickname":["C"]},
        {"openid":"d","KVDataList":"score"},
        {"KVDataList":[]},
        {"openid":"e","nickname":"E","avatarUrl":42,"KVDataList":[{"value":"1"},7,{"key":"score","value":"3"}]},
        {"openid":"f","KVDataList":[{"key":"score","value":"many"}]}
    ]}"#;
    let (data, diagnostics) = read_with(json, None);
    let data = data.unwrap();
    let openids: Vec<_> = data.friends.iter().map(Friend::openid).collect();
    assert_eq!((openids.join(" ").as_str(), data.dropped), ("a e f", 6));
    assert_eq!(score_of(friend(&data, 1)).as_deref(), Some("3"));
    let said: Vec<_> = diagnostics.as_slice().iter().map(|diagnostic| (diagnostic.code, diagnostic.to_string())).collect();
    let expected = [
        ("dropped-friend", "data.json:3:9 at data[1]: friend 1 dropped: expected an object, found null"),
        ("dropped-friend", "data.json:4:9 at data[2]: friend 2 dropped: expected an object, found a string"),
        (
            "dropped-friend",
            "data.json:5:19 at data[3].openid: friend 3 dropped: expected `openid` to be a string, found a number",
        ),
        (
            "dropped-friend",
            "data.json:6:34 at data[4].nickname: friend 4 dropped: expected `nickname` to be a string, found a list",
        ),
        (
            "dropped-friend",
            "data.json:7:36 at data[5].KVDataList: friend 5 dropped: expected `KVDataList` to be a list, found a string",
        ),
        ("dropped-friend", "friend 6 dropped: expected an `openid`, a `nickname` or an `avatarUrl`"),
        ("ignored-field", "data.json:9:50 at data[7].avatarUrl: `avatarUrl` of friend 7 ignored"),
        ("ignored-field", "at data[7].KVDataList[0]: pair ignored: expected `key` and `value`, found no `key`"),
        ("ignored-field", "at data[7].KVDataList[1]: pair ignored: expected an object with `key` and `value`, found a number"),
        ("unreadable-score", "at data[8].KVDataList[0].value: expected a score"),
    ];
    assert_eq!(said.len(), expected.len(), "{said:#?}");
    for ((code, text), (expected_code, part)) in said.iter().zip(expected) {
        assert!(*code == expected_code && text.contains(part), "{text}\n  lacks {part}");
    }
}

#[test]
fn finds_the_key_of_the_scores() {
    let json = |pairs: [&str; 3]| {
        let rows: Vec<_> =
            pairs.iter().enumerate().map(|(i, kv)| format!(r#"{{"openid":"{i}","KVDataList":[{kv}]}}"#)).collect();
        format!("[{}]", rows.join(","))
    };
    let level_and_score = r#"{"key":"level","value":"9"},{"key":"score","value":"1"}"#;
    // Named `score`, wherever it stands; a friend who has only the level has no score.
    let data = quietly(&json([r#"{"key":"level","value":"8"}"#, level_and_score, level_and_score]));
    assert_eq!(scores(&data), [None, Some("1".into()), Some("1".into())]);
    assert_eq!(data.score_key.as_deref(), Some("score"));
    // Another name for the same thing, as nobody has both.
    let data = quietly(&json([r#"{"key":"best","value":"8"}"#, r#"{"key":"score","value":"1"}"#, ""]));
    assert_eq!(scores(&data), [Some("8".into()), Some("1".into()), None]);
    // No telling name: what most have.
    let data = quietly(&json([
        r#"{"key":"coins","value":"5"}"#,
        r#"{"key":"stars","value":"6"}"#,
        r#"{"key":"coins","value":"7"},{"key":"stars","value":"x"}"#,
    ]));
    assert_eq!((data.score_key.as_deref(), scores(&data)[2].as_deref()), (Some("coins"), Some("7")));
    // Named by the caller.
    let (data, _) = read_with(&json([level_and_score, r#"{"key":"score","value":"1"}"#, ""]), Some("level"));
    assert_eq!(scores(&data.unwrap()), [Some("9".into()), None, None]);
    let (_, diagnostics) = read_with(&json([level_and_score, "", ""]), Some("levl"));
    assert!(diagnostics.as_slice()[0].to_string().contains("did you mean `level`?"), "{diagnostics:?}");
}

#[test]
fn keeps_one_entry_a_person() {
    let kv = |score: &str, time: &str| {
        format!(
            r#"{{"openid":"a","KVDataList":[{{"key":"score","value":{{"wxgame":{{"score":{score},"update_time":{time}}}}}}}]}}"#
        )
    };
    let none = r#"{"openid":"a"}"#.to_owned();
    let cases = [([kv("1", "5"), kv("2", "6")], "2"), ([kv("1", "6"), kv("2", "5")], "1"), ([none, kv("3", "1")], "3")];
    for (rows, score) in cases {
        let (data, diagnostics) = read_with(&format!("[{}]", rows.join(",")), None);
        let data = data.unwrap();
        assert_eq!((scores(&data), data.dropped), (vec![Some(score.to_owned())], 1));
        assert_eq!(diagnostics.as_slice()[0].code, "duplicate-friend");
    }
}

#[test]
fn cuts_long_strings_but_no_address() {
    let long = "é".repeat(5_000);
    let picture = format!("data:image/png;base64,{}", "A".repeat(20_000));
    let json = format!(
        r#"[{{"openid":"a","nickname":"{long}","avatarUrl":"https://x/{long}"}},{{"openid":"b","avatarUrl":"{picture}"}}]"#
    );
    let (data, diagnostics) = read_with(&json, None);
    let data = data.unwrap();
    assert_eq!((friend(&data, 0).nickname().len(), &*friend(&data, 0).avatar_url()), (4_096, ""));
    assert_eq!(&*friend(&data, 1).avatar_url(), picture);
    let codes: Vec<_> = diagnostics.as_slice().iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(codes, ["cut-string", "ignored-field"]);
}

#[test]
fn refuses_what_is_no_friend_data() {
    let deep = "[".repeat(100_000);
    let cases = [
        ("", ErrorKind::Data, "empty"),
        ("{\"data\": [", ErrorKind::Data, "data.json:1:10: "),
        ("[{\"openid\": NaN}]", ErrorKind::Data, "data.json:1:13: "),
        ("5", ErrorKind::Data, "found a number"),
        ("null", ErrorKind::Data, "found null"),
        ("\"hello\"", ErrorKind::Data, "found a string that is no JSON"),
        ("{}", ErrorKind::Data, "found an empty object"),
        ("{\"freinds\": []}", ErrorKind::Data, "did you mean `friends`"),
        ("{\"data\": 5}", ErrorKind::Data, "data.json:1:10 at data: "),
        ("{\"data\": \"x\"}", ErrorKind::Data, "at data"),
        (&deep, ErrorKind::Limit, "64 levels"),
    ];
    for (json, kind, part) in cases {
        let error = read_with(json, None).0.unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.to_string().contains(part), "{error} lacks {part}");
    }
    let nested = r#"{"data":"#.repeat(10) + "[]" + &"}".repeat(10);
    assert_eq!(read_with(&nested, None).0.unwrap_err().kind(), ErrorKind::Data);
    let (data, diagnostics) = read_with(r#"{"errMsg":"getFriendCloudStorage:ok"}"#, None);
    assert_eq!((data.unwrap().friends.len(), diagnostics.as_slice()[0].code), (0, "missing-data"));
    let limits = Limits { data_bytes: 10, ..Limits::default() };
    let error =
        read("[          ]", "x", &ReadOptions::default(), &mut Reading::new(&limits, &mut Diagnostics::new())).unwrap_err();
    assert!(error.to_string().contains("Limits::data_bytes"), "{error}");
}

#[test]
fn reads_what_a_games_json_parse_would() {
    let data = quietly(
        r#"{"data":[],"data":[{"openid":"a","openid":"b","KVDataList":[{"key":"score","value":"1","value":"2"}]},
        {"openid":"c","KVDataList":[{"key":"score","value":{"score":1,"score":2}}]}]}"#,
    );
    assert_eq!((&*friend(&data, 0).openid(), scores(&data)), ("b", vec![Some("2".into()), Some("2".into())]));
    // Of two pairs the first counts, as where a game looks for it with `find`; of two spellings the first that is written.
    let data = quietly(
        r#"[{"openid":"a","nickName":"A","nick_name":"B","KVDataList":[{"key":"score","value":"1"},{"key":"score","value":"2"}]}]"#,
    );
    assert_eq!((&*friend(&data, 0).nickname(), scores(&data)), ("A", vec![Some("1".into())]));
}

#[test]
fn says_where_it_is_wrong_in_json_in_a_string() {
    let (data, diagnostics) = read_with(r#"{"data": "[{\"openid\": \"a\"},\n 5]"}"#, None);
    assert_eq!(data.unwrap().friends.len(), 1);
    let said = diagnostics.as_slice()[0].to_string();
    assert!(said.starts_with("data.json (the JSON in its string):2:2 at data[1]: friend 1 dropped"), "{said}");
    let error = read_with(r#"{"data": "[1,"}"#, None).0.unwrap_err().to_string();
    assert!(error.starts_with("data.json (the JSON in its string):1:3 at data: expected JSON, found "), "{error}");
}

#[test]
fn reads_hostile_strings() {
    let data = quietly(r#"[{"openid":"a","nickname":"\ud83d\"><view/>{{x}}\u202e"}]"#);
    assert_eq!(&*friend(&data, 0).nickname(), "\u{fffd}\"><view/>{{x}}\u{202e}");
    let mut diagnostics = Diagnostics::new();
    let bytes = b"[{\"openid\":\"a\xff\"}]";
    let data = read(bytes, "x", &ReadOptions::default(), &mut Reading::new(&Limits::default(), &mut diagnostics)).unwrap();
    assert_eq!((&*friend(&data, 0).openid(), diagnostics.as_slice()[0].code), ("a\u{fffd}", "invalid-utf8"));
    // Each of half a million wrong entries is counted, a hundred are named.
    let (data, diagnostics) = read_with(&format!("[{}0]", "0,".repeat(100_000)), None);
    assert_eq!(data.unwrap().dropped, 100_001);
    assert!(diagnostics.as_slice().last().unwrap().message.starts_with("99901 more"), "{diagnostics:?}");
}

#[test]
fn own_servers_names_are_understood_where_the_platforms_are_absent() {
    for (json, who) in [
        (r#"[{"name":"A","head":"x.png","score":3}]"#, ("", "A", "x.png")),
        (r#"[{"user":{"nick":"A","id":7,"avatar":"x.png"},"score":3}]"#, ("7", "A", "x.png")),
        (r#"[{"score":3,"userInfo":{"nickName":"A","avatarUrl":"x.png","openId":"o"}}]"#, ("o", "A", "x.png")),
        (r#"[{"uid":12,"user_name":"A","headimgurl":"x.png","score":3}]"#, ("12", "A", "x.png")),
        // The platforms' own names come first, wherever they stand.
        (
            r#"[{"name":"B","id":"p","nickname":"A","openid":"o","icon":"y.png","avatarUrl":"x.png","score":3}]"#,
            ("o", "A", "x.png"),
        ),
    ] {
        let (data, diagnostics) = read_with(json, None);
        let data = data.unwrap();
        let friend = friend(&data, 0);
        assert_eq!((&*friend.openid(), &*friend.nickname(), &*friend.avatar_url()), who, "{json}");
        let ranking = crate::friends::rank(&data, &crate::friends::RankOptions::default());
        assert_eq!(
            ranking.entry(0).unwrap().score.map(|score| score.value.to_string()).as_deref(),
            Some("3"),
            "{json}: {diagnostics:?}"
        );
    }
    let (data, diagnostics) = read_with(r#"[{"score":3,"title":"A"}]"#, None);
    assert_eq!((data.unwrap().dropped, diagnostics.as_slice()[0].code), (1, "dropped-friend"));
}

/// Names are guessed from the entry before: whatever that one was, an entry is read as it is alone.
#[test]
fn an_entry_is_the_same_whatever_stands_before_it() {
    let entries = [
        r#"{"openid":"a","nickname":"A","avatarUrl":"u","KVDataList":[{"key":"score","value":"1"},{"key":"level","value":"2"}]}"#,
        r#"{"nickname":"B","openid":"b","KVDataList":[{"value":"3","key":"level"},{"key":"score","value":{"score":4,"update_time":9}}]}"#,
        r#"{"openid":"c","openid":"c2","KVDataList":{"score":"5","lastRank":2,"score":"6"}}"#,
        r#"{"openid":"d","score":7,"level":8,"KVDataList":[{"key":"level","value":null},{"key":"level","value":"9"}]}"#,
        r#"{"name":"E","id":5,"score":"10","sc\u006fre":"11"}"#,
        r#"{"user":{"nick":"F","uid":"f","head":"x.png","nick":"F2"},"score":"12","kv":{"score":1}}"#,
        r#"{"data_type":1,"value":"Gold","priority":3,"openid":"g","user_img":"y","nick_name":"G","utime":90,"previousRank":"4"}"#,
        r#"{"openid":"h","KVDataList":[{"key":"sc\u006fre","value":"13"},{"KEY":"level","VALUE":true,"key":"best"}]}"#,
        r#"{"openid":"","nickname":"I","avatarUrl":"\ud83d","data":[{"key":"score","value":"many"}]}"#,
    ];
    let told = |data: &FriendData| {
        let friend = data.friends.iter().next_back().unwrap();
        let score = friend.score().cloned();
        format!(
            "{} {} {} {score:?} {:?} {:?}",
            friend.openid(),
            friend.nickname(),
            friend.avatar_url(),
            friend.kv(),
            friend.former_rank()
        )
    };
    for entry in entries {
        let alone = told(&read_with(&format!("[{entry}]"), Some("score")).0.unwrap());
        for before in entries.iter().filter(|before| **before != entry) {
            let (data, diagnostics) = read_with(&format!("[{before},{before},{entry}]"), Some("score"));
            assert_eq!(told(&data.unwrap()), alone, "behind {before}: {diagnostics:?}");
        }
    }
}

/// The text that friends are read from stays for as long as they do, also that of JSON in a string.
#[test]
fn friends_outlive_what_they_were_read_from() {
    let data = {
        let inner = crate::json::write(r#"[{"openid":"a","nickname":"\u00c4nn","KVDataList":[{"key":"level","value":"2"}]}]"#);
        let json = format!(r#"{{"self":{{"openid":"me","nickname":"Me","score":3}},"data":{inner}}}"#);
        quietly(&json)
    };
    let copy = data.clone();
    drop(data);
    assert_eq!((friend(&copy, 0).nickname(), &*friend(&copy, 0).kv()["level"]), ("Änn".into(), "2"));
    assert_eq!((friend(&copy, 1).openid(), score_of(friend(&copy, 1)).as_deref()), ("me".into(), Some("3")));
}

#[test]
fn data_is_the_same_where_all_friends_are() {
    let json = |score: u32, level: &str| {
        format!(
            r#"[{{"openid":"a","score":1}},{{"openid":"b","score":{score},"KVDataList":[{{"key":"level","value":{level}}}]}}]"#
        )
    };
    let read = |json: String| read_with(&json, Some("score")).0.unwrap();
    assert_eq!(read(json(2, "5")), read(json(2, "\"5\"")), "as it is kept, not as it is written");
    assert_ne!(read(json(2, "5")), read(json(3, "5")));
    assert_ne!(read(json(2, "5")), read(json(2, "6")));
}

#[test]
fn survives_mutations() {
    let seeds = [
        r#"{"errMsg":"getFriendCloudStorage:ok","self":"b","group":{"name":"G"},"data":[{"openid":"a","nickname":"\ud83d\ude00","avatarUrl":"u","KVDataList":[{"key":"score","value":"{\"wxgame\":{\"score\":16,\"update_time\":15}}"}]},{"openid":"b","nickname":"B"}]}"#,
        r#"{"data":[{"data_type":1,"value":"Gold","priority":3,"openid":"b","user_img":"","nick_name":"B","utime":90}]}"#,
        r#""[{\"openid\":\"a\",\"KVDataList\":{\"score\":\"1e5\"}}]""#,
        r#"{"KVDataList":[{"key":"score","value":"-12.50"}],"errCode":"-12006"}"#,
    ];
    let pieces: &[&str] = &["\"", "\\", "\\ud83d", "{", "}", "[", "]", ",", ":", "null", "1e999", "\u{fffd}", "data", " "];
    let mut random = crate::random::random(7);
    for round in 0..20_000 {
        let mut text = seeds[round % seeds.len()].to_owned();
        for _ in 0..=random() % 4 {
            let at = text.floor_char_boundary(random() as usize % (text.len() + 1));
            let end = text.floor_char_boundary(at + random() as usize % 6).max(at);
            let piece = pieces[random() as usize % pieces.len()];
            text.replace_range(at..end, if random().is_multiple_of(3) { "" } else { piece });
        }
        let (data, diagnostics) = read_with(&text, None);
        match data {
            Ok(data) => {
                let ranking = crate::friends::rank(&data, &crate::friends::RankOptions::default());
                assert_eq!(ranking.entries().len(), data.friends.len());
            }
            Err(error) => assert!(!error.to_string().is_empty()),
        }
        assert!(diagnostics.as_slice().len() <= crate::friends::entry_reader::MAX_ENTRY_DIAGNOSTICS + 10);
    }
}
