//! The platform's object, its calls, messages, touches and pictures.

use super::{Game, console, play, said};

const FRIENDS: &str = r#""friends": {"data": [
    {"openid": "a", "nickname": "Ann", "avatarUrl": "https://x.example/a.png", "KVDataList": [{"key": "score", "value": "5"}, {"key": "max", "value": "9"}]},
    {"openid": "me", "nickname": "Me", "avatarUrl": "", "KVDataList": [{"key": "score", "value": "3"}]}
], "errMsg": "getFriendCloudStorage:ok"}, "self": "me""#;

#[test]
fn nothing_answers_inside_the_call_that_asked() {
    let run = play(
        "const image = wx.createImage(); image.src = 'odc/none.png'; image.onerror = () => console.log('error', image.complete);\n\
         const { getFriendCloudStorage } = wx;\n\
         getFriendCloudStorage({ keyList: ['max', 'score'], success: (r) => { later.push(r); console.log(JSON.stringify(r.data[0].KVDataList), r.errMsg); r.data.length = 0; }, complete: () => console.log('complete') });\n\
         getFriendCloudStorage({ keyList: ['score'], success: (r) => console.log(r.data.length), fail: null });\n\
         wx.getUserInfo({ openIdList: ['selfOpenId'] }).then((r) => console.log(r.data[0].nickName));\n\
         const later = []; console.log('end of file');",
        FRIENDS,
        r#"{"at": 100, "snapshot": "a"}"#,
    );
    assert_eq!(said(&run), "");
    assert_eq!(
        console(&run),
        [
            "end of file",
            "error true",
            r#"[{"key":"max","value":"9"},{"key":"score","value":"5"}] getFriendCloudStorage:ok"#,
            "complete",
            "2",
            "Me"
        ]
    );
}

#[test]
fn members_of_an_answer_come_as_the_platforms_have_them() {
    let run = play(
        "const names = (value) => Object.keys(value).join(); const api = wx;\n\
         api.getFriendCloudStorage({ keyList: ['score'], success: (r) => console.log(names(r), names(r.data[0]), names(r.data[0].KVDataList[0])) });\n\
         try { new Function('a', 'return a.b.c')({}); } catch (e) { console.log(e.name); }\nsetTimeout(() => new Function('return none')(), 5);",
        FRIENDS,
        r#"{"at": 100, "snapshot": "a"}"#,
    );
    assert_eq!(console(&run), ["TypeError", "data,errMsg avatarUrl,nickname,openid,KVDataList key,value"]);
    let said = said(&run);
    assert!(said.contains("text given to new Function") && said.contains("odc/index.js:4:"), "{said}");
}

#[test]
fn what_a_platform_lacks_is_undefined_and_the_other_domains_calls_fail() {
    let source = "console.log(typeof wx, typeof tt, typeof TTMinis, typeof window, typeof document, typeof sharedCanvas, GameGlobal === globalThis);\n\
        const api = typeof wx === 'object' ? wx : typeof TTMinis === 'object' ? TTMinis.game : GameGlobal.tt;\n\
        console.log(typeof api.getFriendCloudStorage, typeof api.getCloudStorageByRelation, typeof api.shareToUser, typeof api.nothing);\n\
        api.shareAppMessage({ title: 'x', fail: (e) => console.log(e.errMsg) });";
    let wechat = console(&play(source, "", ""));
    assert_eq!(
        wechat[..2],
        ["object undefined undefined undefined undefined object true", "function undefined undefined undefined"]
    );
    assert!(wechat[2].starts_with("shareAppMessage:fail"), "{wechat:?}");
    let tiktok = console(&play(source, r#""platform": "tiktok""#, ""));
    assert_eq!(tiktok[..2], ["undefined object object object object undefined true", "function undefined function undefined"]);
    let douyin = console(&play(source, r#""platform": "douyin""#, ""));
    assert_eq!(
        douyin[..2],
        ["undefined object undefined undefined undefined object true", "undefined function undefined undefined"]
    );
    // A client that is too old for a call does not have it.
    let old = console(&play(
        "console.log(typeof wx.getFriendCloudStorage, wx.canIUse('getFriendCloudStorage'))",
        r#""library": "1.5.0""#,
        "",
    ));
    assert_eq!(old, ["undefined false"]);
}

#[test]
fn messages_and_touches_come_as_the_platform_gives_them() {
    let run = play(
        "wx.onMessage((m) => { console.log('one', JSON.stringify(m)); m.changed = true; }); wx.onMessage((m) => console.log('two', m.changed));\n\
         const end = (e) => { const t = e.changedTouches[0]; t.timeStamp = 1; console.log(e.type, e.touches.length, t.clientX, t.pageY, t.identifier); };\n\
         wx.onTouchStart(end); wx.onTouchEnd(end); wx.onTouchMove(end);",
        "",
        r#"{"at": 1, "message": {"type": "show", "n": [1]}}, {"at": 2, "message": "text"}, {"at": 3, "tap": [5, 6]}, {"at": 4, "touchmove": [7, 8]}"#,
    );
    assert_eq!(said(&run), "");
    assert_eq!(
        console(&run),
        [
            r#"one {"type":"show","n":[1]}"#,
            "two undefined",
            r#"one "text""#,
            "two undefined",
            "touchstart 1 5 6 0",
            "touchend 0 5 6 0",
            "touchmove 1 7 8 0"
        ]
    );
}

#[test]
fn answers_come_at_their_latency_and_faults_in_the_platforms_words() {
    let run = play(
        "for (const key of ['a', 'b']) wx.getFriendCloudStorage({ keyList: [key], success: () => console.log(key, performance.now()), fail: (e) => console.log(key, e.errCode, performance.now()) });\n\
         wx.setUserCloudStorage({ KVDataList: [{ key: 'score', value: '77' }], success: () => wx.getUserCloudStorage({ keyList: ['score'], success: (r) => console.log(r.KVDataList[0].value) }) });",
        &format!(
            r#"{FRIENDS}, "latency": {{"getFriendCloudStorage": 30}}, "faults": {{"getFriendCloudStorage": {{"errMsg": "getFriendCloudStorage:fail", "errCode": -1, "times": 1}}}}"#
        ),
        r#"{"at": 100, "snapshot": "a"}"#,
    );
    assert_eq!(console(&run), ["77", "a -1 30", "b 30"]);
    assert!(run.events.contains(r#"{"at":0,"effect":"getFriendCloudStorage","keyList":["a"]}"#), "{}", run.events);
}

#[test]
fn a_picture_that_failed_draws_nothing_but_in_a_web_view() {
    let source = "const api = globalThis.wx ?? globalThis.TTMinis.game, x = api.getSharedCanvas().getContext('2d'), image = api.createImage();\n\
        image.onerror = () => { try { x.drawImage(image, 0, 0); console.log('nothing', x.createPattern(image, 'repeat')); } catch (e) { console.log(e.name); } };\n\
        image.src = 'none.png';";
    for (members, expected) in [
        (r#""platform": "wechat""#, "nothing null"),
        (r#""platform": "tiktok""#, "InvalidStateError"),
        (r#""platform": "wechat", "strict": "pictures""#, "InvalidStateError"),
    ] {
        assert_eq!(console(&play(source, members, r#"{"at": 100, "snapshot": "a"}"#)), [expected], "{members}");
    }
}

#[test]
fn pictures_are_of_the_package_or_beside_the_script() {
    let game = Game::new(&[(
        "odc/index.js",
        "for (const src of ['img/a.png', '/img/a.png', 'own.png', './own.png', 'https://x.example/a.png', '../../secret.png']) {\n\
           const i = wx.createImage(); i.onload = (e) => console.log(src, i.width, i.height, e.target === i); i.onerror = () => console.log(src, 'error'); i.src = src;\n\
         }",
    )]);
    let avatar = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/example/avatars/fox.png");
    std::fs::create_dir_all(game.folder.join("img")).unwrap();
    for name in ["img/a.png", "odc/own.png"] {
        std::fs::copy(&avatar, game.folder.join(name)).unwrap();
    }
    let run = game.play("odc/index.js", "", r#"{"at": 100, "snapshot": "a"}"#);
    let lines = console(&run);
    assert_eq!(lines.len(), 6, "{lines:?}");
    assert!(lines[..4].iter().all(|line| line.ends_with("true")), "{lines:?}");
    assert!(lines[4].ends_with("error") && lines[5].ends_with("error"), "{lines:?}");
}

#[test]
fn a_picture_that_has_not_loaded_draws_nothing_and_under_strict_is_an_error() {
    let source = "const c = wx.getSharedCanvas().getContext('2d'); const i = wx.createImage(); i.src = 'x.png';\n\
        c.fillRect(0, 0, 10, 10); c.drawImage(i, 0, 0); console.log('drawn');";
    let lenient = play(source, "", "");
    assert_eq!(console(&lenient), ["drawn"]);
    let strict = play(source, r#""strict": "pictures""#, "");
    assert!(console(&strict).is_empty() && said(&strict).contains("has not loaded yet"), "{}", said(&strict));
    let old = play("console.log(typeof wx.getSharedCanvas().getContext('2d').clip)", r#""strict": ["wechat-old"]"#, "");
    assert_eq!(console(&old), ["undefined"]);
}

#[test]
fn a_size_that_is_assigned_clears_pixels_and_state() {
    let run = play(
        "const canvas = wx.getSharedCanvas(), c = canvas.getContext('2d');\n\
         c.fillStyle = 'red'; c.scale(2, 2); c.save(); c.fillRect(0, 0, 9, 9); canvas.width = canvas.width;\n\
         console.log(c.fillStyle, c.getTransform().a, c.getImageData(1, 1, 1, 1).data[3], canvas.width, canvas.height);\n\
         canvas.width = 12.7; canvas.height = '20'; console.log(canvas.width, canvas.height); c.restore();\n\
         wx.onMessage(() => console.log(canvas.width, canvas.height));",
        r#""canvas": {"width": 40, "height": 30}"#,
        r#"{"at": 5, "canvas": {"width": 80, "height": 90}}, {"at": 6, "message": {}}"#,
    );
    assert_eq!(console(&run), ["#000000 1 0 40 30", "12 20", "80 90"]);
}

#[test]
fn a_comparator_that_is_no_order_is_told() {
    let sorted = |source: &str| {
        let run = play(&format!("console.log([870, 12045, 330, 99, 5400, 5400].{source}.join());"), "", "");
        (console(&run), said(&run))
    };
    let (lines, warned) = sorted("sort((a, b) => b - a)");
    assert_eq!((lines.as_slice(), warned.as_str()), (["12045,5400,5400,870,330,99".to_owned()].as_slice(), ""));
    for source in ["sort((a, b) => a < b)", "sort((a, b) => a > b)", "toSorted(() => 1)", "sort((a, b) => a < b ? 1 : 1)"] {
        let (lines, warned) = sorted(source);
        assert!(
            lines.len() == 1 && warned.contains("is no order: phones put the list in different orders"),
            "{source}: {warned}"
        );
    }
    for source in ["sort()", "sort(undefined)", "toSorted((a, b) => 0)", "sort((a, b) => a < b ? 1 : a > b ? -1 : 0)"] {
        assert_eq!(sorted(source).1, "", "{source}");
    }
}

#[test]
fn a_session_begins_in_the_present_of_a_game_and_on_every_day_at_the_same_time() {
    let shown = "console.log(new Date().toISOString(), Date.now())";
    assert_eq!(console(&play(shown, "", "")), ["2026-01-01T00:00:00.000Z 1767225600000"]);
    let told = play(shown, r#""date": "1999-12-31T23:00:00Z""#, "");
    assert_eq!(console(&told), ["1999-12-31T23:00:00.000Z 946681200000"]);
}

#[test]
fn tiktok_has_both_of_its_names() {
    let source = "console.log(tt === TTMinis.game, GameGlobal.tt === tt, typeof tt.getFriendCloudStorage)";
    assert_eq!(console(&play(source, r#""platform": "tiktok""#, "")), ["true true function"]);
}
