//! The pretended platform of a session: which calls it has, in which domain, and exactly what it answers.

use super::{log_of, script};

/// The log of a script whose steps are the game's own.
fn steps(name: &str, members: &str, steps: &str) -> Vec<String> {
    log_of(name, &script(members, steps))
}

const TIKTOK: &str = r#""platform": "tiktok", "self": "me", "friends": {"data": [
    {"openid": "me", "nickname": "Me", "KVDataList": [{"key": "score", "value": "7"}, {"key": "coins", "value": "5"}]},
    {"openid": "a", "nickname": "Ann", "KVDataList": [{"key": "score", "value": "9"}, {"key": "coins", "value": "1"}]}]}"#;

fn wechat() -> String {
    TIKTOK.replace("tiktok", "wechat")
}

#[test]
fn only_the_keys_of_the_key_list_are_handed_out() {
    let lines = steps(
        "handed-out",
        &wechat(),
        r#"{"at": 0, "domain": "open-data", "getFriendCloudStorage": {"keyList": ["coins"]}},
           {"at": 1, "domain": "open-data", "getUserCloudStorage": {"keyList": ["coins", "none"]}},
           {"at": 2, "domain": "open-data", "getUserCloudStorageKeys": {}}"#,
    );
    assert_eq!(
        lines,
        [
            r#"{"at":0,"event":"getFriendCloudStorage","keyList":["coins"],"success":{"data":[{"KVDataList":[{"key":"coins","value":"5"}],"avatarUrl":"","nickname":"Me","openid":"me"},{"KVDataList":[{"key":"coins","value":"1"}],"avatarUrl":"","nickname":"Ann","openid":"a"}],"errMsg":"getFriendCloudStorage:ok"}}"#,
            r#"{"at":1,"event":"getUserCloudStorage","keyList":["coins","none"],"success":{"KVDataList":[{"key":"coins","value":"5"}],"errMsg":"getUserCloudStorage:ok"}}"#,
            r#"{"at":2,"event":"getUserCloudStorageKeys","success":{"errMsg":"getUserCloudStorageKeys:ok","keys":["coins","score"]}}"#,
        ]
    );
}

#[test]
fn only_texts_are_stored() {
    let lines = steps(
        "texts",
        TIKTOK,
        r#"{"at": 0, "setUserCloudStorage": {"data": [{"key": "score", "value": 12}]}},
           {"at": 1, "setUserCloudStorage": {"score": {"wxgame": {"score": 12}}}},
           {"at": 2, "domain": "open-data", "getUserCloudStorage": {"keyList": ["score"]}},
           {"at": 3, "setUserCloudStorage": {"data": [{"key": "score", "value": "12"}]}},
           {"at": 4, "domain": "open-data", "getUserCloudStorage": {"keyList": ["score"]}},
           {"at": 5, "removeUserCloudStorage": ["score"]},
           {"at": 6, "domain": "open-data", "getUserCloudStorage": {"keyList": ["score"]}}"#,
    );
    let refused = r#""fail":{"errMsg":"setUserCloudStorage:fail invalid KVData item"}}"#;
    let own = |at: u32, pairs: &str| {
        format!(
            r#"{{"at":{at},"event":"getUserCloudStorage","keyList":["score"],"success":{{"KVDataList":[{pairs}],"errMsg":"getUserCloudStorage:ok"}}}}"#
        )
    };
    assert_eq!(lines[0], format!(r#"{{"at":0,"event":"setUserCloudStorage","keyList":["score"],{refused}"#));
    assert!(lines[1].contains("expected {key, value} of two strings, found value a number"), "{}", lines[1]);
    assert_eq!(lines[2], format!(r#"{{"at":1,"event":"setUserCloudStorage","keyList":["score"],{refused}"#));
    assert!(lines[3].contains("found value an object"), "{}", lines[3]);
    assert_eq!(
        lines[4..],
        [
            own(2, r#"{"key":"score","value":"7"}"#),
            r#"{"at":3,"event":"setUserCloudStorage","keyList":["score"]}"#.to_owned(),
            own(4, r#"{"key":"score","value":"12"}"#),
            r#"{"at":5,"event":"removeUserCloudStorage","keyList":["score"]}"#.to_owned(),
            own(6, ""),
        ]
    );
}

/// A fault of the script's holds for the game's own steps as for the board's calls, as often as it says.
#[test]
fn faults_hold_for_the_games_own_steps() {
    let members = format!(
        r#"{TIKTOK}, "faults": {{"setUserCloudStorage": {{"errMsg": "setUserCloudStorage:fail network unavailable", "times": 1}}}}"#
    );
    let store = r#""setUserCloudStorage": {"data": [{"key": "score", "value": "12"}]}"#;
    let lines = steps("faults", &members, &format!(r#"{{"at": 0, {store}}}, {{"at": 1, {store}}}"#));
    assert_eq!(
        lines,
        [
            r#"{"at":0,"event":"setUserCloudStorage","keyList":["score"],"fail":{"errMsg":"setUserCloudStorage:fail network unavailable"}}"#,
            r#"{"at":1,"event":"setUserCloudStorage","keyList":["score"]}"#,
        ]
    );
}

#[test]
fn the_relation_is_asked_for_in_the_main_domain_and_gives_a_code() {
    let members = format!(r#"{TIKTOK}, "authorized": false"#);
    let lines = steps(
        "relation",
        &members,
        r#"{"at": 0, "authorizeOpenContext": {"get_status_only": true}},
           {"at": 1, "domain": "open-data", "authorizeOpenContext": {}},
           {"at": 2, "authorizeOpenContext": {}},
           {"at": 3, "authorizeOpenContext": {"get_status_only": true}}"#,
    );
    let events: Vec<&String> = lines.iter().filter(|line| line.contains("\"event\"")).collect();
    assert_eq!(
        events,
        [
            r#"{"at":0,"event":"authorizeOpenContext","get_status_only":true,"fail":{"errMsg":"authorizeOpenContext:fail auth deny"}}"#,
            r#"{"at":1,"event":"authorizeOpenContext","fail":{"errMsg":"authorizeOpenContext:fail not supported in the open data domain"}}"#,
            r#"{"at":2,"event":"authorizeOpenContext","success":{"code":"friendboard"}}"#,
            r#"{"at":3,"event":"authorizeOpenContext","get_status_only":true,"success":{"code":"friendboard"}}"#,
        ]
    );
}

#[test]
fn can_i_use_knows_platform_client_and_library() {
    let ask = |members: &str, schema: &str| {
        let lines = steps("can", members, &format!(r#"{{"at": 0, "canIUse": "{schema}"}}"#));
        let [line] = lines.as_slice() else { panic!("{lines:?}") };
        let start = format!(r#"{{"at":0,"event":"canIUse","schema":"{schema}","success":"#);
        line.strip_prefix(&start).unwrap().strip_suffix('}').unwrap() == "true"
    };
    assert!(ask(TIKTOK, "shareAppMessage.object.title") && !ask(TIKTOK, "shareMessageToFriend"));
    let old = format!(r#"{TIKTOK}, "client": "40.2.9""#);
    assert!(!ask(&old, "shareAppMessage") && ask(&old, "getFriendCloudStorage"));
    let old = format!(r#"{}, "client": "8.0.50", "library": "2.8.0""#, wechat());
    assert!(!ask(&old, "shareMessageToFriend") && ask(&old, "getUserCloudStorage"));
}

#[test]
fn what_a_platform_has_not_or_has_elsewhere_is_refused() {
    for (members, step, expected, said) in [
        (
            wechat(),
            r#""shareToUser": {"openid": "a"}"#,
            r#""openid":"a","fail":{"errMsg":"shareToUser:fail not supported"}"#,
            r#""wechat: shareToUser is not supported","severity":"warning","code":"no-such-call","hint":"wechat has shareMessageToFriend""#,
        ),
        (
            TIKTOK.to_owned(),
            r#""getGroupCloudStorage": {"keyList": ["score"], "groupid": "g"}"#,
            r#""groupid":"g","keyList":["score"],"fail":{"errMsg":"getGroupCloudStorage:fail not supported"}"#,
            r#""hint":"it is another platform's""#,
        ),
        (
            TIKTOK.to_owned(),
            r#""getFriendCloudStorage": {"keyList": ["score"]}"#,
            r#""keyList":["score"],"fail":{"errMsg":"getFriendCloudStorage:fail not supported in the main domain"}"#,
            r#""code":"wrong-domain","hint":"call it in the open data domain""#,
        ),
        (
            TIKTOK.to_owned(),
            r#""domain": "open-data", "shareAppMessage": {"imageUrl": "https://a.example/a.png"}"#,
            r#""imageUrl":"https://a.example/a.png","fail":{"errMsg":"shareAppMessage:fail not supported in the open data domain"}"#,
            r#""code":"wrong-domain","hint":"call it in the main domain""#,
        ),
        (
            format!(r#"{}, "library": "1.9.0""#, wechat()),
            r#""setUserCloudStorage": {"score": "1"}"#,
            r#""keyList":["score"],"fail":{"errMsg":"setUserCloudStorage:fail not supported in this version"}"#,
            r#""code":"too-old","hint":"it is there from 1.9.92 on""#,
        ),
    ] {
        let lines = steps("refused", &members, &format!(r#"{{"at": 0, {step}}}"#));
        let [event, diagnostic] = lines.as_slice() else { panic!("{lines:?}") };
        assert!(event.ends_with(&format!("{expected}}}")), "{event}");
        assert!(diagnostic.contains(said), "{diagnostic}");
    }
    // What belongs there is answered.
    let shared = r#"{"at": 0, "shareAppMessage": {"imageUrl": "https://a.example/a.png", "templateType": "2"}}"#;
    let lines = steps("shared", TIKTOK, shared);
    assert!(lines[0].ends_with(r#""success":{"errMsg":"shareAppMessage:ok"}}"#), "{lines:?}");
    assert!(lines[1].contains("expected a number, found text") && lines[1].contains("write 2"), "{lines:?}");
}

/// What a board sends a friend when its button is tapped: by each platform's own call.
#[test]
fn a_board_invites_by_its_platforms_own_call() {
    for (platform, expected, answer) in [
        (
            "tiktok",
            r#""effect":"shareToUser","imageUrl":"https://a.example/a.png","openid":"a","subtitle":"9","templateType":2,"title":"Hi Ann"}"#,
            None,
        ),
        (
            "wechat",
            r#""effect":"shareMessageToFriend","imageUrl":"https://a.example/a.png","openId":"a","title":"Hi Ann"}"#,
            Some("remote-image"),
        ),
        ("douyin", r#""effect":"shareMessageToFriend","openId":"a","query":"{\"from\":1}","templateId":"t1"}"#, None),
    ] {
        let members = format!(
            r#"{}, "window": {{"width": 360, "height": 200}}, "board": "friend-list", "share": {{"title": "Hi {{name}}", "subtitle": "{{score}}",
            "imageUrl": "https://a.example/a.png", "templateType": "2", "templateId": "t1", "query": "{{\"from\":1}}"}}"#,
            TIKTOK.replace("tiktok", platform)
        );
        let text = script(
            &members,
            r#"{"at": 0, "message": {"command": "render"}}, {"at": 300, "tap": [310, 64]}, {"at": 400, "snapshot": "s"}"#,
        );
        let text = text.replace(r#""width": 60, "height": 60"#, r#""width": 360, "height": 200"#);
        let lines = log_of("invites", &text);
        let sent = lines.iter().find(|line| line.contains("\"effect\":\"share")).unwrap_or_else(|| panic!("{lines:#?}"));
        assert!(sent.ends_with(expected), "{sent}");
        let said: Vec<&String> = lines.iter().filter(|line| line.contains("\"diagnostic\"")).collect();
        assert!(said.iter().all(|line| answer.is_some_and(|code| line.contains(code))), "{said:?}");
    }
}

#[test]
fn a_wrong_template_type_of_a_script_is_told_with_its_place() {
    for (written, fine) in [("1", true), ("1.0", true), ("\"2\"", true), ("3", false), ("\"big\"", false), ("1.5", false)] {
        let text = script(&format!(r#"{TIKTOK}, "share": {{"templateType": {written}}}"#), "");
        let read = friendboard::host::headless::play::Script::read(
            &text,
            "script.json",
            std::path::Path::new(""),
            &friendboard::Limits::default(),
        );
        match read {
            Ok(_) => assert!(fine, "{written}"),
            Err(error) => {
                let error = error.to_string();
                assert!(!fine && error.contains("at share.templateType: expected 1 or 2, found "), "{error}");
            }
        }
    }
    let wrong = script(TIKTOK, r#"{"at": 0, "shareAppMessage": {"imageUrl": "undefined", "templateType": 3}}"#);
    let lines = log_of("template-type", &wrong);
    assert!(lines[0].ends_with(r#""fail":{"errMsg":"shareAppMessage:fail invalid parameter templateType"}}"#), "{lines:?}");
    assert!(lines[1].contains("(expected 1 or 2, found 3)") || lines[1].contains("expected 1 or 2, found 3"), "{lines:?}");
    assert!(lines[2].contains("found \\\"undefined\\\"") && lines[2].contains("no-address"), "{lines:?}");
}

/// Who plays, by `getUserInfo` where the platform has it.
#[test]
fn who_plays_is_answered() {
    let ask = r#""domain": "open-data", "getUserInfo": {"openIdList": ["selfOpenId", "a", "nobody"]}"#;
    let lines = steps("who", &wechat(), &format!(r#"{{"at": 0, {ask}}}, {{"at": 1, "getUserInfo": {{}}}}"#));
    assert_eq!(
        lines,
        [
            r#"{"at":0,"event":"getUserInfo","openIdList":["selfOpenId","a","nobody"],"success":{"data":[{"avatarUrl":"","nickName":"Me","openId":"me"},{"avatarUrl":"","nickName":"Ann","openId":"a"}],"errMsg":"getUserInfo:ok"}}"#,
            r#"{"at":1,"event":"getUserInfo","success":{"errMsg":"getUserInfo:ok","userInfo":{"avatarUrl":"","nickName":"Me"}}}"#,
        ]
    );
    let refused = format!(r#"{}, "authorized": false"#, wechat());
    let lines = steps(
        "who-refused",
        &refused,
        r#"{"at": 0, "getUserInfo": {}}, {"at": 1, "openSetting": {}}, {"at": 2, "getUserInfo": {}}"#,
    );
    assert_eq!(lines[0], r#"{"at":0,"event":"getUserInfo","fail":{"errCode":-12006,"errMsg":"getUserInfo:fail auth deny"}}"#);
    assert_eq!(lines[1], r#"{"at":1,"event":"openSetting","success":{"errMsg":"openSetting:ok"}}"#);
    assert!(lines[2].contains(r#""nickName":"Me""#), "{lines:?}");
    // What a script knows nothing of is said to be so.
    let lines = steps("group-info", &wechat(), r#"{"at": 0, "domain": "open-data", "getGroupInfo": {"openGId": "g"}}"#);
    assert!(lines[1].contains("getGroupInfo succeeds with nothing") && lines[1].contains("no-answer"), "{lines:?}");
}
