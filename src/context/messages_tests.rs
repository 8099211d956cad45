use super::*;

fn read(json: &str) -> Result<Received, Diagnostic> {
    let limits = Limits::default();
    Vocabulary::default().read(&Value::from_json(json, &limits).unwrap(), &limits)
}

fn message(json: &str) -> Message {
    read(json).unwrap_or_else(|diagnostic| panic!("{json}: {diagnostic}")).message
}

#[test]
fn every_word_is_understood_in_every_discriminator() {
    let filler = r#""x":1,"y":2,"width":30,"height":40,"a":1,"d":1,"value":"7","page":2,"openId":"me","shareTicket":"t""#;
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
                Meaning::ShowFriends => matches!(first, Message::ShowFriends(_)),
                Meaning::ShowGroup => matches!(&first, Message::ShowGroup { ticket, .. } if &**ticket == "t"),
                Meaning::ShowNextToBeat => matches!(first, Message::ShowNextToBeat(_)),
                Meaning::Hide => first == Message::Hide,
                Meaning::Viewport => first == Message::Viewport(Rect::new(1.0, 2.0, 30.0, 40.0)),
                Meaning::Matrix => first == Message::Matrix(Transform::IDENTITY, Some((30, 40))),
                Meaning::Resize => first == Message::Resize(30, 40),
                Meaning::StoreScore => matches!(&first, Message::Score { store: Some(text), .. } if &**text == "7"),
                Meaning::Score => matches!(&first, Message::Score { store: None, .. }),
                Meaning::Page => first == Message::Page(Turn::To(2)),
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
