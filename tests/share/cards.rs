//! The cards with what is out to break them: nothing is said about the bundled templates, and none is larger than a screen.
//! Their pictures are cases below `golden/share` and `golden/share-cards`.

use std::fs;
use std::path::{Path, PathBuf};

use friendboard::host::headless::GameFiles;
use friendboard::picture::{Picture, decode};
use friendboard::pipeline::Renderer;
use friendboard::platform::Platform;
use friendboard::raster::SharedCanvas;
use friendboard::share::draw::{CardOptions, card};
use friendboard::share::{CardKind, CardModel, CardTheme, Circumstances, NoFiles, run};
use friendboard::text::Fonts;
use friendboard::{Diagnostics, Limits};
use serde_json::{Value, json};

pub fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/share")
}

struct Studio {
    renderer: Renderer,
    files: GameFiles,
}

impl Studio {
    fn new() -> Self {
        let limits = Limits::default();
        Self {
            renderer: Renderer::new(Fonts::bundled(), limits.clone()),
            files: GameFiles::new([golden().join("assets")], limits),
        }
    }

    /// Draws a card; nothing may be said about the bundled templates, whatever is in it.
    fn draw(&mut self, model: &CardModel, picture: Option<&Picture>, theme: CardTheme) -> SharedCanvas {
        let options = CardOptions { theme, dpr: 2.0 };
        let mut job = card(model, picture, &options, &mut self.renderer).unwrap();
        while let Some(src) = job.next_picture() {
            // An icon that is missing is no fault of the templates'.
            if let Ok(file) = self.files.bytes(&src) {
                job.supply(&src, Ok::<_, String>(file));
            }
        }
        let frame = job.finish().unwrap();
        assert!(frame.diagnostics.is_empty(), "{:?}: {:?}", model.kind, frame.diagnostics.as_slice());
        frame.canvas
    }

    fn picture(&self, src: &str) -> Option<Picture> {
        decode(&self.files.bytes(src).ok()?, self.renderer.limits()).ok()
    }
}

/// A request for each kind of card, with a title, a text and a picture.
fn request(kind: CardKind, title: &str, text: &str, image: &str) -> (Platform, &'static str, Value) {
    let inline = || {
        let file = fs::read(golden().join("assets").join(image)).unwrap_or_default();
        base64::Engine::encode(&base64::engine::general_purpose::STANDARD, file)
    };
    let channel = |channel: &str| json!({"channel": channel, "title": title, "desc": text, "imageUrl": image});
    let tiktok =
        |template: i32| json!({"openid": "o1", "imageUrl": image, "title": title, "subtitle": text, "templateType": template});
    let web = |channel: &str| {
        json!({"type": "webPage", "channelType": [channel], "content":
            {"title": title, "description": text, "webpageUrl": "https://example.com", "thumbImage": inline()}})
    };
    match kind {
        CardKind::TiktokCallToAction => (Platform::TikTok, "shareToUser", tiktok(1)),
        CardKind::TiktokInteractive => (Platform::TikTok, "shareToUser", tiktok(2)),
        CardKind::TiktokStory => (Platform::TikTok, "shareToStory", tiktok(1)),
        CardKind::DouyinMessage => (Platform::Douyin, "shareAppMessage", channel("")),
        CardKind::DouyinTeam => {
            let mut request = channel("invite");
            let info = json!([{"name": "memberCount", "value": "3"}, {"name": "roomLimit", "value": "120"}]);
            request["extra"] = json!({"useTeamInvitationStyle": true, "activityID": "a", "templateInfo": info});
            (Platform::Douyin, "shareAppMessage", request)
        }
        CardKind::DouyinVideo => {
            let mut request = channel("video");
            let topics = [title, "手速挑战", "跳跃方块", text, "一二三四五六七八九十"];
            request["extra"] = json!({"videoPath": "ttfile://a.mp4", "videoTopics": topics});
            (Platform::Douyin, "shareAppMessage", request)
        }
        CardKind::DouyinPicture => {
            let mut request = channel("picture");
            request["extra"] = json!({"picturePath": [image], "hashtag_list": [title, "手速挑战"]});
            (Platform::Douyin, "shareAppMessage", request)
        }
        CardKind::WechatMiniProgram => (Platform::WeChat, "onShareAppMessage", json!({"title": title, "imageUrl": image})),
        CardKind::WechatWebPage => (Platform::Wps, "shareMessage", web("wx")),
        CardKind::WechatMoments => (Platform::Wps, "shareMessage", web("wx_moments")),
        CardKind::WechatText => {
            let text = format!("{title}\n{text}");
            (Platform::Wps, "shareMessage", json!({"type": "text", "channelType": ["wx"], "content": {"text": text}}))
        }
    }
}

#[test]
fn cards_with_what_is_out_to_break_them() {
    let long = "一二三四五六七八九十".repeat(20);
    let arabic = "تحدَّ صديقك وتجاوز نتيجته قبل أن ينتهي الأسبوع، فهل تستطيع؟";
    let emoji = "🎉👨‍👩‍👧‍👦🏳️‍🌈🔥🎮🥇🎉👩🏽‍🚀🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉";
    let word = "Pneumonoultramicroscopicsilicovolcanoconiosis".repeat(6);
    let cases = [
        ("no title", "", "", "share.png"),
        ("200 characters", long.as_str(), long.as_str(), "share.png"),
        ("Arabic", arabic, arabic, "share.png"),
        ("emoji only", emoji, emoji, "share.png"),
        ("one word", word.as_str(), word.as_str(), "share.png"),
        ("no picture", "我跳了 128 层", "你能跳多高？", "missing.png"),
        ("10 to 1", "我跳了 128 层", "你能跳多高？", "wide.png"),
        ("1 to 10", "我跳了 128 层", "你能跳多高？", "tall.png"),
        ("all at once", "<view/>{{x}}\u{202E}\u{0301}\u{0}\u{FFFD}\"'", "]]>&amp;\n\n\t%s", "tall.png"),
    ];
    let mut studio = Studio::new();
    for kind in CardKind::ALL {
        for (case, title, text, image) in cases {
            let (platform, call, request) = request(kind, title, text, image);
            let mut circumstances = Circumstances::new(&NoFiles);
            let app = &mut circumstances.platform.app;
            (app.name, app.icon) = match case {
                "200 characters" => (long.clone(), "icon.png".to_owned()),
                "no title" => (String::new(), String::new()),
                "Arabic" => ("قفزة المكعب".to_owned(), "missing.png".to_owned()),
                "emoji only" => ("🎮🎮".to_owned(), String::new()),
                "one word" => (word.clone(), "wide.png".to_owned()),
                _ => ("跳跃方块".to_owned(), "icon.png".to_owned()),
            };
            let model =
                run(platform, call, &request.to_string(), &circumstances, &mut Diagnostics::new()).unwrap().cards.remove(0);
            assert_eq!(model.kind, kind);
            let picture = match kind {
                CardKind::DouyinVideo => studio.picture(image),
                _ => studio.picture(&model.image.src),
            };
            assert_eq!(picture.is_none(), image == "missing.png" || kind == CardKind::WechatText, "{kind:?} {case}");
            for theme in CardTheme::ALL {
                let canvas = studio.draw(&model, picture.as_ref(), theme);
                // No text makes a card larger than a screen.
                let (width, height) = (canvas.width(), canvas.height());
                assert!(width <= 2 * 375 && height <= 2 * 960, "{kind:?} {case} {theme:?}: {width}×{height}");
            }
        }
    }
}
