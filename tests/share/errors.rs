//! Every row of the platforms' error tables that can arise, with its number and exact text.

use friendboard::Diagnostics;
use friendboard::platform::Platform;
use friendboard::share::{
    Circumstances, DouyinFault, FileFacts, FileState, ListedFiles, Network, NoFiles, Outcome, Person, SentTo, run, share_calls,
};
use serde_json::{Value, json};

fn outcome(platform: Platform, call: &str, request: &Value, circumstances: &Circumstances<'_>) -> (Outcome, Vec<String>) {
    let mut diagnostics = Diagnostics::new();
    let outcome = run(platform, call, &request.to_string(), circumstances, &mut diagnostics).unwrap();
    (outcome, diagnostics.as_slice().iter().map(ToString::to_string).collect())
}

fn answer(platform: Platform, call: &str, request: &Value, circumstances: &Circumstances<'_>) -> Value {
    let answer = outcome(platform, call, request, circumstances).0.answer;
    serde_json::from_str(&friendboard::json::write(&answer)).unwrap()
}

fn with(change: impl FnOnce(&mut Circumstances<'_>)) -> Circumstances<'static> {
    let mut circumstances = Circumstances::new(&NoFiles);
    change(&mut circumstances);
    circumstances
}

/// What Douyin answers to a request in circumstances.
fn douyin(request: &Value, circumstances: &Circumstances<'_>) -> Value {
    answer(Platform::Douyin, "shareAppMessage", request, circumstances)
}

fn douyin_failure(number: i64, text: &str) -> Value {
    json!({"fail": {"errNo": number, "errMsg": format!("shareAppMessage:fail {text}")}})
}

#[test]
fn douyin_rows_that_the_request_shows() {
    let usual = with(|_| {});
    let cases = [
        (
            json!({"extra": {"stickerId": "1", "cutTemplateId": "2"}}),
            21107,
            "stickerId and cutTemplateId are mutually exclusive",
        ),
        (
            json!({"extra": {"useTeamInvitationStyle": true, "shareImagePath": "a.png"}}),
            20001,
            "should not pass in useTmeaInvitationStyle and shareImagePath together",
        ),
        (json!({"channel": "invit"}), 20001, "invalid param"),
        (json!({"title": {"text": "a"}}), 20001, "invalid param"),
        (json!({"channel": "picture"}), 20001, "invalid param"),
        (json!({"extra": {"versionType": "newest"}}), 20001, "invalid param"),
        (json!({"extra": {"useTeamInvitationStyle": true}}), 20001, "invalid param"),
        (
            json!({"extra": {"useTeamInvitationStyle": true, "activityID": "a", "templateInfo": [
                {"name": "memberCount", "value": "one"}, {"name": "roomLimit", "value": "4"}]}}),
            20001,
            "invalid param",
        ),
        (json!({"channel": "token"}), 10301, "feature is not supported in app"),
        (json!({"channel": "article"}), 10301, "feature is not supported in app"),
    ];
    for (request, number, text) in cases {
        assert_eq!(douyin(&request, &usual), douyin_failure(number, text), "{request}");
    }
}

#[test]
fn douyin_rows_of_files() {
    let facts = |seconds| FileState::Readable(FileFacts { seconds: Some(seconds), ..FileFacts::default() });
    let files = ListedFiles(
        [
            ("short.mp4", facts(2.999)),
            ("long.mp4", facts(3.0)),
            ("locked.mp4", FileState::Unreadable),
            ("here.png", FileState::Readable(FileFacts::default())),
        ]
        .map(|(path, state)| (path.to_owned(), state))
        .into(),
    );
    let circumstances = Circumstances::new(&files);
    let video = |path: &str| json!({"channel": "video", "extra": {"videoPath": path}});
    assert_eq!(douyin(&video("gone.mp4"), &circumstances), douyin_failure(21103, "file not exist path:gone.mp4"));
    assert_eq!(douyin(&video("locked.mp4"), &circumstances), douyin_failure(21104, "file not readable path:locked.mp4"));
    assert_eq!(douyin(&video("short.mp4"), &circumstances), douyin_failure(21105, "video file is too short path:short.mp4"));
    assert_eq!(douyin(&video("long.mp4"), &circumstances), json!({"success": {"errMsg": "shareAppMessage:ok"}}));
    let pictures = json!({"channel": "picture", "extra": {"picturePath": ["here.png", "gone.png"]}});
    assert_eq!(douyin(&pictures, &circumstances), douyin_failure(21103, "file not exist path:gone.png"));
    assert_eq!(douyin(&json!({"imageUrl": "gone.png"}), &circumstances), douyin_failure(21103, "file not exist path:gone.png"));
    // No path at all, and one that this channel does not look at.
    for request in [json!({"imageUrl": "https://a.example/gone.png"}), json!({"channel": "video", "imageUrl": "gone.png"})] {
        assert_eq!(douyin(&request, &circumstances), json!({"success": {"errMsg": "shareAppMessage:ok"}}), "{request}");
    }
    // What the host can't tell is not held against the request.
    assert_eq!(douyin(&video("ttfile://temp/a.mp4"), &with(|_| {})), json!({"success": {"errMsg": "shareAppMessage:ok"}}));
}

#[test]
fn douyin_rows_of_the_platform() {
    let list = |item: &str| vec![item.to_owned()];
    let video = json!({"channel": "video"});
    let picture = json!({"channel": "picture", "extra": {"picturePath": ["a.png"]}});
    let plain = json!({});
    let of_the_request: [(&Value, Circumstances<'_>, i64, &str); 8] = [
        (&video, with(|c| c.platform.douyin.denied_channels = list("video")), 21101, "permission denied,channel: video"),
        (&plain, with(|c| c.platform.clicked_by_user = false), 21102, "can not be shared without clicking by user"),
        (&plain, with(|c| c.platform.authorized = false), 10200, "auth deny"),
        (
            &json!({"extra": {"stickerId": "s1"}}),
            with(|c| c.platform.douyin.unavailable_stickers = list("s1")),
            21108,
            "stickerId unavailable s1",
        ),
        (
            &json!({"extra": {"cutTemplateId": "c1"}}),
            with(|c| c.platform.douyin.unavailable_cut_templates = list("c1")),
            21109,
            "cutTemplateId unavailable c1",
        ),
        (&plain, with(|c| c.platform.douyin.fault = Some(DouyinFault::CutTemplate)), 21110, "use cut template fail"),
        (&plain, with(|c| c.platform.douyin.sharing_denied = true), 21111, "share permission denied"),
        (
            &json!({"extra": {"shareImagePath": "a.png"}}),
            with(|c| c.platform.douyin.share_image_unsupported = true),
            21112,
            "share image feature not support",
        ),
    ];
    let of_the_system: [(&Value, Circumstances<'_>, i64, &str); 10] = [
        (
            &plain,
            with(|c| c.platform.douyin.fault = Some(DouyinFault::UnknownBusiness)),
            10403,
            "onBusinessError unknown biz error",
        ),
        (&plain, with(|c| c.platform.douyin.fault = Some(DouyinFault::InvalidCommonInfo)), 10401, "Invalid CommonInfo."),
        (&plain, with(|c| c.platform.douyin.fault = Some(DouyinFault::ShowBoard)), 10401, "Internal error: show board error"),
        (&plain, with(|c| c.platform.douyin.fault = Some(DouyinFault::Share)), 10401, "Internal error: Share error"),
        (&plain, with(|c| c.platform.douyin.fault = Some(DouyinFault::TaskGameId)), 20001, "TaskGameId Not Found"),
        (&video, with(|c| c.platform.douyin.unsupported_channels = list("video")), 20000, "not support channel:video"),
        (&picture, with(|c| c.platform.douyin.unsupported_channels = list("picture")), 20000, "not support channel:picture"),
        (&plain, with(|c| c.platform.network = Network::Unavailable), 10103, "network unavailable"),
        (
            &json!({"channel": "invite"}),
            with(|c| c.client = Some("20.5.9".parse().unwrap())),
            10301,
            "feature is not supported in app",
        ),
        (&plain, with(|c| c.person = Person::Cancel), 10502, "cancel"),
    ];
    for (request, circumstances, number, text) in of_the_request.iter().chain(&of_the_system) {
        assert_eq!(douyin(request, circumstances), douyin_failure(*number, text), "{request}");
    }
    // The one text without a number.
    let null = json!({"fail": {"errMsg": "shareAppMessage:fail get shareInfo return null"}});
    assert_eq!(douyin(&plain, &with(|c| c.platform.douyin.sharing_barred = true)), null);
    assert_eq!(douyin(&plain, &with(|c| c.platform.network = Network::TimesOut)), null);
}

#[test]
fn douyin_versions_are_numbers() {
    let team = json!({"extra": {"useTeamInvitationStyle": true, "activityID": "a", "templateInfo": [
        {"name": "memberCount", "value": "1"}, {"name": "roomLimit", "value": "4"}]}});
    let client = |version: &str| with(|c| c.client = Some(version.parse().unwrap()));
    assert_eq!(douyin(&team, &client("30.8.12")), douyin_failure(10301, "feature is not supported in app"));
    assert_eq!(douyin(&team, &client("30.10")), json!({"success": {"errMsg": "shareAppMessage:ok"}}));
    assert!(douyin(&json!({"channel": "invite"}), &client("20.6")).get("success").is_some());
}

#[test]
fn douyin_tells_of_the_first_friend_only() {
    let friend = |name: &str| friendboard::share::Invited { name: name.into(), icon: format!("https://a.example/{name}") };
    let circumstances = with(|c| c.platform.douyin.invited = vec![friend("a"), friend("b")]);
    let data = json!([{"name": "a", "icon": "https://a.example/a"}]);
    let expected = json!({"success": {"errMsg": "shareAppMessage:ok", "data": data}});
    assert_eq!(douyin(&json!({"channel": "invite"}), &circumstances), expected);
    assert_eq!(douyin(&json!({}), &circumstances), json!({"success": {"errMsg": "shareAppMessage:ok"}}));
}

#[test]
fn douyin_says_what_is_too_long() {
    let request = json!({"title": "一二三四五六七八九十一二三四五", "desc": "一".repeat(29), "query": "?a=1"});
    let (_, diagnostics) = outcome(Platform::Douyin, "shareAppMessage", &request, &with(|_| {}));
    assert_eq!(
        diagnostics,
        [
            "<request> at title: 15 CJK characters, of which about 14 are shown",
            "<request> at desc: 29 CJK characters, of which about 28 are shown",
            "<request> at query: expected key1=value1&key2=value2 (the game that is opened can't read it)",
        ]
    );
}

fn wps(request: &Value, circumstances: &Circumstances<'_>) -> Value {
    answer(Platform::Wps, "shareMessage", request, circumstances)
}

#[test]
fn wps_rows() {
    let text = json!({"type": "text", "channelType": ["wx"], "content": {"text": "你好"}});
    let failure = |number: i64, text: &str| json!({"fail": {"errno": number, "msg": text}});
    assert_eq!(wps(&text, &with(|_| {})), json!({"success": {}}));
    assert_eq!(wps(&text, &with(|c| c.person = Person::Cancel)), failure(1_041_001, "User canceled"));
    assert_eq!(wps(&text, &with(|c| c.person = Person::NoApp)), failure(1_900_000, "WeChat not installed"));
    let refused = failure(1_900_100, "WeChat sharing failed");
    for client in ["4.24.9", "4.9", "3"] {
        assert_eq!(wps(&text, &with(|c| c.client = Some(client.parse().unwrap()))), refused, "{client}");
    }
    for client in ["4.25.0", "4.100", "5"] {
        assert_eq!(wps(&text, &with(|c| c.client = Some(client.parse().unwrap()))), json!({"success": {}}), "{client}");
    }
    assert_eq!(wps(&text, &with(|c| c.platform.network = Network::TimesOut)), refused);
    let page = |title: String, description: String| {
        json!({"type": "webPage", "channelType": ["wx"],
            "content": {"title": title, "description": description, "webpageUrl": "https://a.example"}})
    };
    assert_eq!(wps(&page("a".repeat(512), "b".repeat(1024)), &with(|_| {})), json!({"success": {}}));
    let mini = |channel: &str| {
        json!({"type": "miniProgram", "channelType": [channel],
            "content": {"title": "a", "webpageUrl": "https://a.example", "userName": "gh_1"}})
    };
    assert_eq!(wps(&mini("wx"), &with(|_| {})), json!({"success": {}}));
    for request in [
        page("a".repeat(513), String::new()),
        page("汉".repeat(171), String::new()),
        page(String::new(), "b".repeat(1025)),
        mini("wx_moments"),
        mini("wx-moments"),
        json!({}),
        json!({"type": "webpage", "content": {"webpageUrl": "https://a.example"}}),
        json!({"type": "text", "channelType": ["wx"], "content": {}}),
        json!({"type": "webPage", "channelType": ["wx"], "content": {"title": "a"}}),
        json!({"type": "miniProgram", "channelType": ["wx"], "content": {"webpageUrl": "https://a.example"}}),
        json!({"type": "webPage", "channelType": ["wx"], "content": {"webpageUrl": "https://a.example", "thumbImage": "%%%"}}),
        json!({"type": "webPage", "channelType": ["wx"], "content": {"webpageUrl": "https://a.example", "thumbImage": "aGVsbG8="}}),
    ] {
        assert_eq!(wps(&request, &with(|_| {})), refused, "{request}");
    }
}

#[test]
fn wps_weighs_thumbnails() {
    use base64::Engine as _;
    let weight_of = |kind: &str, bytes: usize, prefix: &str| {
        let mut picture = b"\x89PNG\r\n\x1a\n".to_vec();
        picture.resize(bytes, 0);
        let thumb = format!("{prefix}{}", base64::engine::general_purpose::STANDARD.encode(picture));
        let request = json!({"type": kind, "channelType": ["wx"],
            "content": {"title": "a", "webpageUrl": "https://a.example", "userName": "gh_1", "thumbImage": thumb}});
        let (outcome, diagnostics) = outcome(Platform::Wps, "shareMessage", &request, &with(|_| {}));
        assert!(outcome.answer.is_success());
        (outcome.cards[0].image.bytes_most, diagnostics)
    };
    assert_eq!(weight_of("webPage", 32 * 1024, ""), (Some(32 * 1024), vec![]));
    assert_eq!(weight_of("miniProgram", 128 * 1024, ""), (Some(128 * 1024), vec![]));
    let (_, said) = weight_of("webPage", 32 * 1024 + 1, "");
    assert_eq!(
        said,
        ["<request> at content.thumbImage: the picture weighs 32769 bytes; WeChat takes 32768 \
            (it is encoded anew, at the best quality that fits)"]
    );
    let (_, said) = weight_of("webPage", 100, "data:image/png;base64,");
    assert_eq!(
        said,
        ["<request> at content.thumbImage: the data: prefix is left out for the platform (thumbImage is the base64 alone)"]
    );
}

#[test]
fn tiktok_answers() {
    let share =
        |request: &Value, circumstances: &Circumstances<'_>| answer(Platform::TikTok, "shareToUser", request, circumstances);
    let usual = json!({"openid": "o1", "imageUrl": "https://a.example/a.png", "templateType": 2});
    let failure = |text: &str| json!({"fail": {"errMsg": format!("shareToUser:fail {text}")}});
    assert_eq!(share(&usual, &with(|_| {})), json!({"success": {"errMsg": "shareToUser:ok"}}));
    assert_eq!(share(&usual, &with(|c| c.person = Person::Cancel)), failure("cancel"));
    assert_eq!(share(&usual, &with(|c| c.platform.network = Network::Unavailable)), failure("network unavailable"));
    assert_eq!(share(&usual, &with(|c| c.platform.authorized = false)), failure("auth deny"));
    assert_eq!(share(&json!({"imageUrl": "a.png"}), &with(|_| {})), failure("invalid parameter openid"));
    assert_eq!(share(&json!({"openid": "o1"}), &with(|_| {})), failure("invalid parameter imageUrl"));
    let third = json!({"openid": "o1", "imageUrl": "a.png", "templateType": 3});
    assert_eq!(share(&third, &with(|_| {})), failure("invalid parameter templateType"));
}

#[test]
fn tiktok_shares_from_40_3_0_on() {
    let request = json!({"imageUrl": "https://a.example/a.png"});
    for (client, there) in [("40.2.99", false), ("40.3.0", true), ("40.10", true), ("9.9", false), ("100", true)] {
        let circumstances = with(|c| c.client = Some(client.parse().unwrap()));
        let answer = answer(Platform::TikTok, "shareAppMessage", &request, &circumstances);
        assert_eq!(answer.get("success").is_some(), there, "{client}");
        assert_eq!(Platform::TikTok.can_i_use("shareAppMessage", circumstances.client.as_ref(), None), there, "{client}");
        if !there {
            let text = "shareAppMessage:fail not supported in this version of the client";
            assert_eq!(answer, json!({"fail": {"errMsg": text}}));
        }
    }
}

#[test]
fn tiktok_asks_for_the_friend_relation_once() {
    let ask = |request: Value, circumstances: &Circumstances<'_>| {
        answer(Platform::TikTok, "authorizeOpenContext", &request, circumstances)
    };
    let granted = with(|c| c.platform.authorization_code = "code1".into());
    let code = json!({"success": {"code": "code1"}});
    assert_eq!(ask(json!({}), &granted), code);
    assert_eq!(ask(json!({"get_status_only": true}), &granted), code);
    let cancelled = with(|c| (c.person, c.platform.authorized) = (Person::Cancel, false));
    assert_eq!(ask(json!({}), &cancelled), json!({"fail": {"errMsg": "authorizeOpenContext:fail cancel"}}));
    let asked = with(|c| c.platform.authorized = false);
    assert_eq!(
        ask(json!({"get_status_only": true}), &asked),
        json!({"fail": {"errMsg": "authorizeOpenContext:fail auth deny"}})
    );
    assert!(ask(json!({"get_status_only": false}), &asked).get("success").is_some());
}

#[test]
fn wechat_answers() {
    let share = |request: Value, circumstances: &Circumstances<'_>| {
        answer(Platform::WeChat, "onShareAppMessage", &request, circumstances)
    };
    let ok = json!({"success": {"errMsg": "shareAppMessage:ok"}});
    let failure = |text: &str| json!({"fail": {"errMsg": format!("shareAppMessage:fail {text}")}});
    assert_eq!(share(json!({}), &with(|_| {})), ok);
    assert_eq!(share(json!({}), &with(|c| c.person = Person::Cancel)), failure("cancel"));
    assert_eq!(share(json!({"path": "pages/index"}), &with(|_| {})), failure("(path must be a full path that begins with /)"));
    assert_eq!(share(json!({"path": "/pages/index?a=1"}), &with(|_| {})), ok);
    assert_eq!(share(json!({"title": []}), &with(|_| {})), failure("(parameter error: parameter.title)"));
    assert_eq!(share(json!({}), &with(|c| c.platform.network = Network::Unavailable)), failure("(network unavailable)"));
    let no_handler = with(|c| c.platform.wechat.menu.no_handler = true);
    assert_eq!(share(json!({"from": "menu"}), &no_handler), failure("(the page has no onShareAppMessage)"));
    let hidden = with(|c| c.platform.wechat.menu.hidden = true);
    assert_eq!(share(json!({"from": "menu"}), &hidden), failure("(the forward menu is hidden)"));
    assert_eq!(share(json!({"from": "button"}), &hidden), ok);
}

#[test]
fn wechat_gives_tickets_for_groups_only() {
    let share = |to: SentTo, with_ticket: bool| {
        let circumstances = with(|c| {
            let wechat = &mut c.platform.wechat;
            wechat.sent_to = to;
            wechat.menu.with_share_ticket = with_ticket;
            for ticket in ["t1", "t2"] {
                wechat.share_tickets.insert(ticket.into(), friendboard::share::EncryptedShareInfo::default());
            }
        });
        answer(Platform::WeChat, "onShareAppMessage", &json!({}), &circumstances)
    };
    let ok = json!({"success": {"errMsg": "shareAppMessage:ok"}});
    assert_eq!(share(SentTo::Friend, true), ok);
    assert_eq!(share(SentTo::Group, false), ok);
    let tickets = json!({"success": {"errMsg": "shareAppMessage:ok", "shareTickets": ["t1", "t2"]}});
    assert_eq!(share(SentTo::Group, true), tickets);
}

#[test]
fn wechat_menus() {
    use friendboard::share::{Menu, wechat};
    for call in ["showShareMenu", "hideShareMenu", "updateShareMenu"] {
        let expected = json!({"success": {"errMsg": format!("{call}:ok")}});
        assert_eq!(answer(Platform::WeChat, call, &json!({}), &with(|_| {})), expected);
    }
    let update = |request: Value| answer(Platform::WeChat, "updateShareMenu", &request, &with(|_| {}));
    let lacking = |path: &str| json!({"fail": {"errMsg": format!("updateShareMenu:fail (parameter error: parameter.{path})")}});
    assert_eq!(update(json!({"isUpdatableMessage": true})), lacking("activityId"));
    let list = json!({"parameterList": [{"name": "member_count", "value": "1"}]});
    let request = json!({"isUpdatableMessage": true, "activityId": "a", "templateInfo": list});
    assert_eq!(update(request), lacking("templateInfo.parameterList"));
    let mut menu = Menu::default();
    wechat::HideShareMenu {}.apply(&mut menu);
    assert!(menu.hidden);
    wechat::ShowShareMenu { with_share_ticket: true }.apply(&mut menu);
    assert!(!menu.hidden && menu.with_share_ticket);
    let parameters = vec![("member_count".to_owned(), "2".to_owned()), ("room_limit".to_owned(), "4".to_owned())];
    let update = wechat::UpdateShareMenu {
        with_share_ticket: None,
        is_updatable_message: true,
        activity_id: Some("a".into()),
        parameters: Some(parameters),
    };
    update.apply(&mut menu);
    assert!(menu.with_share_ticket);
    assert_eq!(menu.updatable.unwrap().member_count, "2");
}

#[test]
fn wechat_updatable_messages_have_the_tables_texts_and_colours() {
    let request = json!({"withShareTicket": true, "isUpdatableMessage": true, "activityId": "a", "templateInfo":
        {"parameterList": [{"name": "member_count", "value": "1"}, {"name": "room_limit", "value": "4"}]}});
    let status = |state: u8, age: u64| {
        let circumstances = with(|c| (c.platform.wechat.message_state, c.platform.wechat.message_age) = (state, age));
        let card = outcome(Platform::WeChat, "updateShareMenu", &request, &circumstances).0.cards.remove(0);
        let status = card.status.unwrap();
        (status.text, status.color)
    };
    let text = |text: &str, color: &str| (text.to_owned(), color.to_owned());
    assert_eq!(status(0, 0), text("成员正在加入，当前 1/4 人", "#FA9D39"));
    assert_eq!(status(0, 86_399), text("成员正在加入，当前 1/4 人", "#FA9D39"));
    assert_eq!(status(1, 0), text("已开始", "#CCCCCC"));
    assert_eq!(status(0, 86_400), text("已结束", "#00ff00"));
}

#[test]
fn wechat_share_info_needs_a_ticket_of_this_run() {
    let ask = |request: Value| {
        let circumstances = with(|c| {
            let facts = friendboard::share::EncryptedShareInfo { encrypted_data: "AAAA".into(), iv: "BBBB".into() };
            c.platform.wechat.share_tickets.insert("t1".into(), facts);
        });
        answer(Platform::WeChat, "getShareInfo", &request, &circumstances)
    };
    let failure = |text: &str| json!({"fail": {"errMsg": format!("getShareInfo:fail ({text})")}});
    let facts = json!({"errMsg": "getShareInfo:ok", "encryptedData": "AAAA", "iv": "BBBB"});
    assert_eq!(ask(json!({"shareTicket": "t1"})), json!({"success": facts}));
    assert_eq!(ask(json!({"shareTicket": "t2"})), failure("the share ticket is not known"));
    assert_eq!(ask(json!({})), failure("parameter error: parameter.shareTicket"));
    assert_eq!(ask(json!({"shareTicket": 1.5e3})), failure("the share ticket is not known"));
    assert_eq!(ask(json!({"shareTicket": {}})), failure("parameter error: parameter.shareTicket"));
}

#[test]
fn unknown_calls_and_platforms_are_named() {
    let mut diagnostics = Diagnostics::new();
    let error = run(Platform::Douyin, "shareMessage", "{}", &with(|_| {}), &mut diagnostics).unwrap_err();
    assert_eq!(error.kind(), friendboard::ErrorKind::Usage);
    assert!(error.to_string().starts_with("douyin has no share call \"shareMessage\"; it has shareAppMessage"), "{error}");
    assert!("wechar".parse::<Platform>().unwrap_err().to_string().ends_with("(did you mean 'wechat'?)"));
}

/// Whatever comes in, an answer or an error comes out.
#[test]
fn hostile_requests_end_in_an_answer_or_an_error() {
    let seeds = [
        r#"{"openid": "o1", "imageUrl": "a.png", "templateType": 2, "title": "汉字 🎉", "extra": {"videoTopics": ["a b"]}}"#,
        r#"{"type": "webPage", "channelType": ["wx"], "content": {"title": "t", "url": "u", "text": "x", "image": "data:,"}}"#,
        r#"{"extra": {"templateInfo": [{"name": "memberCount", "value": 3}], "useTeamInvitationStyle": "true"}}"#,
        r#"{"templateInfo": {"parameterList": [{"name": "member_count", "value": "1"}]}, "isUpdatableMessage": 1}"#,
    ];
    let circumstances = with(|_| {});
    let mut random = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = move || {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random
    };
    for round in 0..3_000 {
        let mut bytes = seeds[round % seeds.len()].as_bytes().to_vec();
        for _ in 0..=next() % 4 {
            let at = next() as usize % bytes.len();
            match next() % 4 {
                0 => bytes[at] = next() as u8,
                1 => drop(bytes.remove(at)),
                2 => bytes.insert(at, b"{}[]\",:0\\"[next() as usize % 9]),
                _ => bytes.extend_from_within(at..(at + 8).min(bytes.len())),
            }
        }
        let text = String::from_utf8_lossy(&bytes);
        for platform in Platform::ALL {
            for call in share_calls(platform) {
                let _ = run(platform, call.name(), &text, &circumstances, &mut Diagnostics::new());
            }
        }
    }
}
