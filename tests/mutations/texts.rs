//! Mutated texts: bitmap fonts, friend data, templates, styles, scripts of play, messages, share requests.

use std::path::Path;

use friendboard::context::Vocabulary;
use friendboard::friends::{RankOptions, ReadOptions, rank, read};
use friendboard::geometry::Size;
use friendboard::host::headless::play::Script;
use friendboard::json::Value;
use friendboard::platform::Platform;
use friendboard::share::{Circumstances, NoFiles, run as share};
use friendboard::style::Dialect;
use friendboard::template::{StyleSheet, Template};
use friendboard::text::bitmap_font::BitmapFont;
use friendboard::{Diagnostics, Limits, Reading, scene};

use super::mutator::{Random, mutate};
use super::{count, run};

const PIECES: [&str; 40] = [
    "{",
    "}",
    "[",
    "]",
    "\"",
    ":",
    ",",
    "null",
    "true",
    "-1",
    "0",
    "1e999",
    "9007199254740993",
    "1e-400",
    "\\ud800",
    "\\u0000",
    "\u{0}",
    "\u{202e}",
    "👨‍👩‍👧",
    "\u{301}",
    "\n",
    "<view>",
    "</view>",
    "{{ ",
    " }}",
    "for=\"",
    "if=\"",
    "friends",
    "loop.index",
    " | ",
    "'",
    "=",
    "page id=0 file=\"a\"",
    "char id=65 ",
    "100%",
    "rgba(",
    "url(",
    "#",
    "4294967296",
    "..",
];

/// Small, as what breaks a reader seldom is long.
fn limits() -> Limits {
    Limits { work: 40_000_000, template_nodes: 500, ..Limits::default() }
}

fn mutated(random: &mut Random, seeds: &[&str]) -> String {
    let seed = random.pick(seeds);
    mutate(random, seed, &PIECES)
}

#[test]
fn bitmap_font() {
    let seeds = [
        "info face=\"d\" size=32\ncommon lineHeight=40 base=30 scaleW=64 scaleH=64 pages=1\npage id=0 file=\"digits.png\"\nchars count=2\nchar id=48 x=0 y=0 width=20 height=30 xoffset=1 yoffset=2 xadvance=22 page=0\nchar id=55 x=20 y=0 width=20 height=30 xadvance=22 page=0\nkernings count=1\nkerning first=48 second=55 amount=-2",
        "common lineHeight=12 base=9 pages=2\npage id=0 file=a.png\npage id=1 file='b c.png'\nchar id=23567 x=1 y=1 width=9 height=9 xadvance=10 page=1",
    ];
    let limits = limits();
    run("bitmap font", 11, count(), |random| match BitmapFont::parse(&mutated(random, &seeds), "d.fnt", &limits) {
        Ok(font) => {
            let size = font.measure("07小 7", None, 1.0);
            assert!(size.width.is_finite() && size.height.is_finite());
            true
        }
        Err(error) => error.to_string().is_empty(),
    });
}

#[test]
fn friend_data() {
    let seeds = [
        r#"{"data":[{"openid":"o1","nickname":"小明","avatarUrl":"https://x/a.png","KVDataList":[{"key":"score","value":"{\"wxgame\":{\"score\":7,\"update_time\":1700000000}}"}]},{"openid":"o2","nickname":"B","KVDataList":[{"key":"score","value":"12"}]}],"errMsg":"getFriendCloudStorage:ok"}"#,
        r#"[{"openid":"a","nick_name":"A","score":1},{"openid":"b","nickName":"B","score":"2.50"},7]"#,
        r#"{"self":"b","group":{"name":"g","id":"1"},"memberCount":5,"data":"[{\"openid\":\"b\",\"rankValue\":3}]"}"#,
        r#"{"errMsg":"getFriendCloudStorage:fail auth deny","errCode":-12006}"#,
    ];
    let limits = limits();
    run("friend data", 12, count(), |random| {
        let mut said = Diagnostics::new();
        let data = read(mutated(random, &seeds), "<data>", &ReadOptions::default(), &mut Reading::new(&limits, &mut said));
        let Ok(data) = data else { return false };
        let ranking = rank(&data, &RankOptions::default());
        assert!(ranking.shown().len() <= data.friends.len());
        true
    });
}

const TEMPLATE: &str = r#"<view id="root" class="a {{ kind }}" style="width: {{ n }}; color: #fff"><text for="f, g in kv | items" if="f != 'x'" key="{{ f }}" value="{{ f | upper }} {{ g + 1 }}"/><view else=""/><richtext><p>Hi <strong>{{ name }}</strong></p></richtext><image src="{{ friends[-1].url | default('a.png') }}" alt="{{ name }}"/></view>"#;
const STYLE: &str = r#"{"root":{"width":100,"height":"50%","margin":"0 auto","border":"1px solid red","borderRadius":"4 50%"},"a":{"fontSize":"{{ n * 12 }}","textShadow":"1px 1px 2px rgba(0,0,0,.5)",":active":{"opacity":0.5}},"row":{"backgroundImage":"linear-gradient(45deg, red, #00f 20%)","transform":"rotate(3deg)"}}"#;
const VALUES: &str = r#"{"n":1.5,"kind":"row","name":"é","kv":{"x":1,"y":-2},"friends":[{"name":"Ann","url":"u"}]}"#;

/// Compiles and binds both; true where that comes to a scene and nothing was said.
fn is_bound(template: &str, style: &str, values: &Value, limits: &Limits) -> bool {
    let mut said = Diagnostics::new();
    let mut reading = Reading::new(limits, &mut said);
    let Ok(template) = Template::compile("t.xml", template, &mut reading) else { return false };
    let Ok(style) = StyleSheet::compile("s.json", style, &mut reading) else { return false };
    let Ok(scene) = scene::resolve(&template, &style, Dialect::Css, values, Size::new(100.0, 100.0), &mut reading) else {
        return false;
    };
    assert!(scene.nodes.len() <= limits.template_nodes);
    said.is_empty()
}

#[test]
fn template() {
    let limits = limits();
    let values = Value::from_json(VALUES, &limits).unwrap();
    assert!(is_bound(TEMPLATE, STYLE, &values, &limits));
    run("template", 13, count(), |random| is_bound(&mutated(random, &[TEMPLATE]), STYLE, &values, &limits));
}

#[test]
fn style() {
    let limits = limits();
    let values = Value::from_json(VALUES, &limits).unwrap();
    run("style", 14, count(), |random| is_bound(TEMPLATE, &mutated(random, &[STYLE]), &values, &limits));
}

#[test]
fn play_script() {
    let seeds = [
        r#"{"platform":"wechat","canvas":{"width":300,"height":400},"self":"a","friends":{"data":[{"openid":"a","nickname":"Ann","KVDataList":[{"key":"score","value":"3"}]}]},"steps":[{"at":0,"message":{"command":"render"}},{"at":100,"tap":[10,20]},{"at":3000,"snapshot":"one"}]}"#,
        r#"{"platform":"tiktok","authorized":false,"steps":[{"at":5,"canvas":{"width":320,"height":400}},{"at":9,"message":{"type":"hide"}}]}"#,
    ];
    let limits = limits();
    run("play script", 15, count(), |random| {
        Script::read(&mutated(random, &seeds), "script.json", Path::new("/nowhere"), &limits).is_ok()
    });
}

#[test]
fn message() {
    let seeds = [
        r#"{"command":"render","key":"score","width":300,"height":400,"self":"o1","force":true}"#,
        r#"{"type":"updateViewPort","box":{"width":300,"height":400,"x":10,"y":20}}"#,
        r#"{"event":"group","shareTicket":"t1","data":{"tab":2,"variables":{"a":[1,"b"]}}}"#,
        r#"{"action":"setUserCloudStorage","KVDataList":[{"key":"score","value":"{\"score\":7}"}]}"#,
        r#""{\"method\":\"scroll\",\"id\":\"list\",\"y\":100,\"animated\":true}""#,
    ];
    let limits = limits();
    let vocabulary = Vocabulary::default();
    run("message", 16, count(), |random| {
        let Ok(value) = Value::from_json(&mutated(random, &seeds), &limits) else { return false };
        vocabulary.read(&value, &limits).is_ok()
    });
}

#[test]
fn share_request() {
    let calls = [
        (
            Platform::WeChat,
            "shareAppMessage",
            r#"{"title":"打败我","imageUrl":"a.png","query":"k=1&b=2","imageUrlId":"x","toCurrentGroup":true}"#,
        ),
        (
            Platform::WeChat,
            "updateShareMenu",
            r#"{"withShareTicket":true,"isUpdatableMessage":true,"activityId":"1","templateInfo":{"parameterList":[{"name":"member_count","value":"1"}]}}"#,
        ),
        (
            Platform::Douyin,
            "shareAppMessage",
            r#"{"channel":"video","title":"t","desc":"d","extra":{"videoPath":"a.mp4","hashtag_list":["a"]}}"#,
        ),
        (Platform::TikTok, "shareAppMessage", r#"{"title":"t","imageUrl":"https://x/a.png","query":"a=1"}"#),
        (Platform::Wps, "shareMessage", r#"{"title":"t","desc":"d","imageUrl":"a.png","path":"p"}"#),
    ];
    let limits = limits();
    let circumstances = Circumstances { limits, ..Circumstances::new(&NoFiles) };
    run("share request", 17, count(), |random| {
        let (platform, call, request) = random.pick(&calls);
        let mut said = Diagnostics::new();
        let outcome = share(platform, call, &mutate(random, request, &PIECES), &circumstances, &mut said);
        outcome.is_ok_and(|outcome| outcome.findings.is_empty())
    });
}
