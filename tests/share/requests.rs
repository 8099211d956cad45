//! What the platforms' documents say of single calls: the request, and exactly what is answered.

use friendboard::Diagnostics;
use friendboard::platform::{Domain, Platform};
use friendboard::share::{
    CardKind, CardModel, Circumstances, DouyinFault, FileFacts, FileState, ImageKind, ListedFiles, NoFiles, Person, Template,
    run, share_calls,
};

/// The answer as `card` prints it, the cards, and what is said.
fn made(
    platform: Platform,
    call: &str,
    request: &str,
    circumstances: &Circumstances<'_>,
) -> (String, Vec<CardModel>, Vec<String>) {
    let mut diagnostics = Diagnostics::new();
    let outcome = run(platform, call, request, circumstances, &mut diagnostics).unwrap();
    let said = diagnostics.as_slice().iter().map(ToString::to_string).collect();
    (friendboard::json::write(&outcome.answer), outcome.cards, said)
}

fn with(change: impl FnOnce(&mut Circumstances<'_>)) -> Circumstances<'static> {
    let mut circumstances = Circumstances::new(&NoFiles);
    change(&mut circumstances);
    circumstances
}

fn usual() -> Circumstances<'static> {
    with(|_| {})
}

/// One friend: each platform has a call of its own, in the open data domain, and no other platform's.
#[test]
fn each_platform_has_its_own_call_to_a_friend() {
    let picture = "images/a.png";
    let cases = [
        (
            Platform::TikTok,
            "shareToUser",
            format!(r#"{{"openid": "o1", "imageUrl": "{picture}", "title": "Beat me"}}"#),
            r#"{"success":{"errMsg":"shareToUser:ok"}}"#,
        ),
        (
            Platform::WeChat,
            "shareMessageToFriend",
            format!(r#"{{"openId": "o1", "imageUrl": "{picture}", "title": "打败我"}}"#),
            r#"{"success":{"errMsg":"shareMessageToFriend:ok"}}"#,
        ),
        (
            Platform::Douyin,
            "shareMessageToFriend",
            r#"{"openId": "o1", "templateId": "t1", "query": "{\"from\":\"board\"}"}"#.to_owned(),
            r#"{"success":{"errMsg":"shareMessageToFriend:ok"}}"#,
        ),
    ];
    for (platform, call, request, expected) in &cases {
        let (answer, cards, said) = made(*platform, call, request, &usual());
        assert_eq!((answer.as_str(), cards.len()), (*expected, 1), "{platform}");
        assert!(said.is_empty(), "{platform}: {said:?}");
        assert_eq!(platform.friend_message_call().unwrap().name(), *call);
        assert!(share_calls(*platform).any(|known| known.name() == *call));
        // In the main domain it is not there.
        let (answer, ..) = made(*platform, call, request, &with(|c| c.domain = Some(Domain::Main)));
        assert!(answer.starts_with(&format!(r#"{{"fail":{{"errMsg":"{call}:fail "#)), "{answer}");
        assert!(answer.contains("not supported in the main domain"), "{answer}");
        // Without the friend there is nobody to send it to.
        let (answer, ..) = made(*platform, call, r#"{"imageUrl": "a.png", "templateId": "t1"}"#, &usual());
        let lacking = match platform {
            Platform::TikTok => r#"{"fail":{"errMsg":"shareToUser:fail invalid parameter openid"}}"#,
            Platform::WeChat => r#"{"fail":{"errMsg":"shareMessageToFriend:fail (parameter error: parameter.openId)"}}"#,
            _ => r#"{"fail":{"errMsg":"shareMessageToFriend:fail invalid param","errNo":20001}}"#,
        };
        assert_eq!(answer, lacking);
    }
    assert!(run(Platform::TikTok, "shareMessageToFriend", "{}", &usual(), &mut Diagnostics::new()).is_err());
    assert!(run(Platform::WeChat, "shareToUser", "{}", &usual(), &mut Diagnostics::new()).is_err());
}

#[test]
fn wechat_takes_the_screen_for_a_friends_picture_on_the_network() {
    let app = |c: &mut Circumstances<'_>| c.platform.app.name = "跳跃方块".to_owned();
    let request = r#"{"openId": "o1", "imageUrl": "https://a.example/a.png"}"#;
    let (answer, cards, said) = made(Platform::WeChat, "shareMessageToFriend", request, &with(app));
    assert_eq!(answer, r#"{"success":{"errMsg":"shareMessageToFriend:ok"}}"#);
    assert_eq!((cards[0].image.kind, cards[0].title.as_str()), (ImageKind::PageTop, "跳跃方块"));
    assert_eq!(
        said,
        [
            "<request> at imageUrl: an address is not taken here: the screen is shown (give a path in the package or a file of the game's)"
        ]
    );
    let (_, cards, _) = made(Platform::WeChat, "shareMessageToFriend", r#"{"openId": "o1", "imageUrl": "/a.png"}"#, &with(app));
    assert_eq!((cards[0].image.kind, cards[0].image.src.as_str()), (ImageKind::Local, "/a.png"));
}

#[test]
fn douyin_refuses_a_friends_message_by_its_table() {
    let request = r#"{"openId": "o1", "templateId": "t1"}"#;
    for (circumstances, number, text) in [
        (with(|c| c.person = Person::Cancel), 10_502, "cancel"),
        (with(|c| c.platform.douyin.fault = Some(DouyinFault::FrequencyControl)), 20_000, "frequency_control"),
        (with(|c| c.platform.douyin.fault = Some(DouyinFault::UserInfo)), 21_500, "get game user info catch error"),
        (with(|c| c.platform.douyin.fault = Some(DouyinFault::ShareInfo)), 0, "get share info error"),
    ] {
        let expected = format!(r#"{{"fail":{{"errMsg":"shareMessageToFriend:fail {text}","errNo":{number}}}}}"#);
        assert_eq!(made(Platform::Douyin, "shareMessageToFriend", request, &circumstances).0, expected);
    }
    let (answer, ..) = made(Platform::Douyin, "shareMessageToFriend", r#"{"openId": "o1"}"#, &usual());
    assert_eq!(answer, r#"{"fail":{"errMsg":"shareMessageToFriend:fail invalid param","errNo":20001}}"#);
    let (_, _, said) =
        made(Platform::Douyin, "shareMessageToFriend", r#"{"openId": "o1", "templateId": "t1", "query": "a=1"}"#, &usual());
    assert!(said[0].starts_with("<request> at query: expected a JSON text"), "{said:?}");
    // The message shows what the template has.
    let reviewed = with(|c| {
        let template = Template { title: "来战".into(), desc: "我跳了 128 层".into(), image_url: "t.png".into() };
        c.platform.douyin.templates.insert("t1".into(), template);
    });
    let (_, cards, _) = made(Platform::Douyin, "shareMessageToFriend", request, &reviewed);
    assert_eq!(
        (cards[0].title.as_str(), cards[0].description.as_str(), cards[0].image.src.as_str()),
        ("来战", "我跳了 128 层", "t.png")
    );
}

#[test]
fn a_story_asks_for_nothing() {
    let circumstances = with(|c| c.platform.app.icon = "icon.png".to_owned());
    for request in ["", "{}", "null", r#"{"success": null, "fail": null}"#] {
        let (answer, cards, said) = made(Platform::TikTok, "shareToStory", request, &circumstances);
        assert_eq!(answer, r#"{"success":{"errMsg":"shareToStory:ok"}}"#);
        assert_eq!(
            (cards[0].kind, cards[0].image.kind, cards[0].image.src.as_str()),
            (CardKind::TiktokStory, ImageKind::Icon, "icon.png")
        );
        assert!(said.is_empty(), "{said:?}");
    }
    let (_, cards, _) = made(Platform::TikTok, "shareToStory", r#"{"imageUrl": "a.png"}"#, &circumstances);
    assert_eq!(cards[0].image.src, "a.png");
}

#[test]
fn wps_answers_errno_and_msg() {
    let request = r#"{"type": "text", "channelType": ["wx"], "content": {"text": "你好"}}"#;
    for (person, expected) in [
        (Person::Accept, r#"{"success":{}}"#),
        (Person::Cancel, r#"{"fail":{"errno":1041001,"msg":"User canceled"}}"#),
        (Person::NoApp, r#"{"fail":{"errno":1900000,"msg":"WeChat not installed"}}"#),
    ] {
        assert_eq!(made(Platform::Wps, "shareMessage", request, &with(|c| c.person = person)).0, expected);
    }
    let (answer, ..) = made(Platform::Wps, "shareMessage", r#"{"type": "text"}"#, &usual());
    assert_eq!(answer, r#"{"fail":{"errno":1900100,"msg":"WeChat sharing failed"}}"#);
}

#[test]
fn a_message_to_several_channels_has_a_card_for_each() {
    let kinds = |channels: &str| -> Vec<CardKind> {
        let request = format!(
            r#"{{"type": "webPage", "channelType": {channels}, "content": {{"title": "a", "webpageUrl": "https://a.example"}}}}"#
        );
        let (answer, cards, _) = made(Platform::Wps, "shareMessage", &request, &usual());
        assert_eq!(answer, r#"{"success":{}}"#, "{channels}");
        cards.iter().map(|card| card.kind).collect()
    };
    assert_eq!(kinds(r#"["wx", "wx_moments"]"#), [CardKind::WechatWebPage, CardKind::WechatMoments]);
    assert_eq!(kinds(r#"["wx_moments", "wx", "wx"]"#), [CardKind::WechatMoments, CardKind::WechatWebPage]);
    assert_eq!(kinds(r#"["wx_moments"]"#), [CardKind::WechatMoments]);
    assert_eq!(kinds("[]"), [CardKind::WechatWebPage]);
}

#[test]
fn calls_of_the_other_domain_are_refused_with_their_names() {
    let picture = r#"{"imageUrl": "a.png", "openid": "o1"}"#;
    for (platform, call, request, domain, expected) in [
        (Platform::TikTok, "shareToUser", picture, Domain::Main, "shareToUser:fail not supported in the main domain"),
        (
            Platform::TikTok,
            "shareAppMessage",
            picture,
            Domain::OpenData,
            "shareAppMessage:fail not supported in the open data domain",
        ),
        (Platform::TikTok, "shareToStory", "{}", Domain::OpenData, "shareToStory:fail not supported in the open data domain"),
        (
            Platform::TikTok,
            "authorizeOpenContext",
            "{}",
            Domain::OpenData,
            "authorizeOpenContext:fail not supported in the open data domain",
        ),
        (Platform::WeChat, "getShareInfo", "{}", Domain::OpenData, "getShareInfo:fail (not supported in the open data domain)"),
        (
            Platform::Douyin,
            "shareAppMessage",
            "{}",
            Domain::OpenData,
            "shareAppMessage:fail not supported in the open data domain",
        ),
    ] {
        let (answer, _, said) = made(platform, call, request, &with(|c| c.domain = Some(domain)));
        assert_eq!(answer, format!(r#"{{"fail":{{"errMsg":"{expected}"}}}}"#));
        let other = if domain == Domain::Main { Domain::OpenData } else { Domain::Main };
        assert!(said.iter().any(|line| line.contains(&format!("({call} is called in the {other})"))), "{said:?}");
        // Where it belongs it is answered otherwise.
        assert!(!made(platform, call, request, &with(|c| c.domain = Some(other))).0.contains("not supported"));
    }
}

#[test]
fn a_button_without_a_handler_answers_nothing_and_draws_nothing() {
    let circumstances = with(|c| c.platform.wechat.menu.no_handler = true);
    let (answer, cards, said) =
        made(Platform::WeChat, "onShareAppMessage", r#"{"from": "button", "title": "a"}"#, &circumstances);
    assert_eq!((answer.as_str(), cards.len()), ("{}", 0));
    assert_eq!(
        said,
        [
            "<request> at from: the button has no effect: the page has no onShareAppMessage (nothing is sent and no callback is called)"
        ]
    );
    let (answer, ..) = made(Platform::WeChat, "onShareAppMessage", r#"{"from": "button"}"#, &usual());
    assert_eq!(answer, r#"{"success":{"errMsg":"shareAppMessage:ok"}}"#);
}

/// The client's version and the base library's are two numbers.
#[test]
fn the_base_library_is_not_the_client() {
    let library = |version: &str| with(|c| c.library = Some(version.parse().unwrap()));
    let client = |version: &str| with(|c| c.client = Some(version.parse().unwrap()));
    let to_friend = r#"{"openId": "o1", "templateId": "t1"}"#;
    let too_old = r#"{"fail":{"errMsg":"shareMessageToFriend:fail not supported in this version of the base library"}}"#;
    let ok = r#"{"success":{"errMsg":"shareMessageToFriend:ok"}}"#;
    for (circumstances, expected) in [
        (library("2.73.9"), too_old),
        (library("2.74.0"), ok),
        (library("2.100"), ok),
        // An app of version 2 has nothing to do with it.
        (client("2.0"), ok),
    ] {
        assert_eq!(made(Platform::Douyin, "shareMessageToFriend", to_friend, &circumstances).0, expected);
    }
    let (answer, _, said) = made(Platform::WeChat, "shareMessageToFriend", r#"{"openId": "o1"}"#, &library("2.8.3"));
    assert_eq!(
        answer,
        r#"{"fail":{"errMsg":"shareMessageToFriend:fail (not supported in this version of the base library)"}}"#
    );
    assert!(
        said[0].ends_with("(base library 2.8.3, needs 2.9.0 or newer; ask canIUse('shareMessageToFriend') first)"),
        "{said:?}"
    );
    // Who was invited is told from 2.54.0 on.
    let invite = r#"{"channel": "invite"}"#;
    let told = r#"{"success":{"data":[{"icon":"","name":"好友"}],"errMsg":"shareAppMessage:ok"}}"#;
    let untold = r#"{"success":{"errMsg":"shareAppMessage:ok"}}"#;
    for (circumstances, expected) in
        [(library("2.53.9"), untold), (library("2.54.0"), told), (usual(), told), (client("20.6.0"), told)]
    {
        assert_eq!(made(Platform::Douyin, "shareAppMessage", invite, &circumstances).0, expected);
    }
}

#[test]
fn a_link_of_douyin_lasts_45_days() {
    for call in ["shareAppMessage", "shareMessageToFriend"] {
        let said = |days: u64, seconds: u64| {
            let circumstances = with(|c| c.platform.douyin.link_age = days * 86_400 + seconds);
            let (answer, _, said) = made(Platform::Douyin, call, r#"{"openId": "o1", "templateId": "t1"}"#, &circumstances);
            assert_eq!(answer, format!(r#"{{"success":{{"errMsg":"{call}:ok"}}}}"#));
            said.into_iter().filter(|line| line.contains("link")).collect::<Vec<_>>()
        };
        assert!(said(44, 86_399).is_empty());
        let ended = "the link was shared 45 days ago and lasted 45 (who taps the card is not taken to the game; share it anew)";
        assert_eq!(said(45, 0), [format!("<request>: {ended}")]);
    }
}

#[test]
fn a_template_type_may_be_written_as_scripts_and_engines_do() {
    let ok = r#"{"success":{"errMsg":"shareToUser:ok"}}"#;
    let refused = r#"{"fail":{"errMsg":"shareToUser:fail invalid parameter templateType"}}"#;
    for (written, expected, kind) in [
        ("1", ok, CardKind::TiktokCallToAction),
        ("1.0", ok, CardKind::TiktokCallToAction),
        ("2.0", ok, CardKind::TiktokInteractive),
        ("2e0", ok, CardKind::TiktokInteractive),
        (r#""2""#, ok, CardKind::TiktokInteractive),
        (r#"" 2.0 ""#, ok, CardKind::TiktokInteractive),
        ("null", ok, CardKind::TiktokCallToAction),
        ("0", refused, CardKind::TiktokCallToAction),
        ("3", refused, CardKind::TiktokCallToAction),
        ("1.5", refused, CardKind::TiktokCallToAction),
        (r#""two""#, refused, CardKind::TiktokCallToAction),
        ("1e30", refused, CardKind::TiktokCallToAction),
        ("[2]", refused, CardKind::TiktokCallToAction),
    ] {
        let request = format!(r#"{{"openid": "o1", "imageUrl": "a.png", "templateType": {written}}}"#);
        let (answer, cards, said) = made(Platform::TikTok, "shareToUser", &request, &usual());
        assert_eq!((answer.as_str(), cards[0].kind), (expected, kind), "{written}");
        let is_text_or_wrong = written.starts_with('"') || expected == refused;
        assert_eq!(said.len(), usize::from(is_text_or_wrong), "{written}: {said:?}");
    }
}

#[test]
fn a_picture_that_is_no_address_and_no_file_is_told() {
    let files = ListedFiles([("there".to_owned(), FileState::Readable(FileFacts::default()))].into());
    let listed = Circumstances::new(&files);
    let unknown = usual();
    for (image, circumstances, said) in [
        ("https://a.example/a.png", &unknown, None),
        ("HTTPS://a.example/a.png?x=1", &unknown, None),
        ("images/a.png", &unknown, None),
        ("/a.jpeg?v=2", &unknown, None),
        ("ttfile://temp/a.png", &unknown, None),
        ("wxfile://tmp_1", &unknown, None),
        ("data:image/png;base64,AAAA", &unknown, None),
        // A file of the game's needs no ending where it is known to be there.
        ("there", &listed, None),
        ("undefined", &unknown, Some("expected an address or a file's path such as images/a.png, found \"undefined\"")),
        ("[object Object]", &unknown, Some("expected an address or a file's path such as images/a.png, found")),
        ("hello world", &listed, Some("expected an address or a file's path such as images/a.png, found")),
        ("//a.example/a.png", &unknown, Some("expected an address or a file's path such as images/a.png, found")),
        ("https://", &unknown, Some("expected an address such as https://example.com/a.png, found \"https://\"")),
        ("https:/a.png", &unknown, Some("expected an address such as https://example.com/a.png, found")),
        ("htps://a.example/a.png", &unknown, Some("expected an address such as https://example.com/a.png, found")),
        ("blob:https://a.example/1", &unknown, Some("expected an address such as https://example.com/a.png, found")),
        ("data:text/html,hi", &unknown, Some("expected a picture in the data: address, found")),
        ("gone.png", &listed, Some("the picture \"gone.png\" can't be read")),
    ] {
        for (platform, call) in [(Platform::TikTok, "shareAppMessage"), (Platform::WeChat, "onShareAppMessage")] {
            let request = serde_json::json!({"imageUrl": image}).to_string();
            let (answer, _, found) = made(platform, call, &request, circumstances);
            assert_eq!(answer, r#"{"success":{"errMsg":"shareAppMessage:ok"}}"#, "{image}");
            let found = found.first().map(|line| line.strip_prefix("<request> at imageUrl: ").unwrap());
            match (found, said) {
                (None, None) => {}
                (Some(found), Some(said)) => assert!(found.starts_with(said), "{image}: {found}"),
                other => panic!("{image}: {other:?}"),
            }
        }
    }
}
