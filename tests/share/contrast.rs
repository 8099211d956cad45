//! Text on its ground, in both themes of every chat: 4.5:1 at least (WCAG 2.2), 3:1 for what is a mark and no text.

use friendboard::Color;
use friendboard::json::Value;
use friendboard::platform::Platform;
use friendboard::share::{CardTheme, card_colors};

#[test]
fn texts_are_legible_on_their_grounds() {
    let wechat: &[(&str, &str, f32)] = &[
        ("text", "card", 4.5),
        ("textMuted", "card", 4.5),
        ("text", "pageBar", 4.5),
        ("onBubble", "bubble", 4.5),
        ("text", "strip", 4.5),
        ("textMuted", "moments", 4.5),
        ("name", "moments", 4.5),
        ("mark", "card", 3.0),
    ];
    let douyin: &[(&str, &str, f32)] = &[
        ("text", "card", 4.5),
        ("textMuted", "card", 4.5),
        ("onAccent", "accent", 4.5),
        ("onQuiet", "quiet", 4.5),
        ("seatInk", "seat", 3.0),
    ];
    let tiktok: &[(&str, &str, f32)] = &[
        ("text", "card", 4.5),
        ("textMuted", "card", 4.5),
        // The platform's own button: large enough a mark, and its colour is not ours to choose.
        ("onAccent", "accent", 3.0),
        ("onAnswer", "answer", 4.5),
        ("text", "sticker", 4.5),
        ("textMuted", "sticker", 4.5),
    ];
    for (platform, pairs) in
        [(Platform::WeChat, wechat), (Platform::Wps, wechat), (Platform::Douyin, douyin), (Platform::TikTok, tiktok)]
    {
        for theme in CardTheme::ALL {
            let colors = card_colors(platform, theme).unwrap();
            let color = |role: &str| {
                let text = colors.get(role).and_then(Value::as_text).unwrap_or_else(|| panic!("{platform} has no {role}"));
                Color::parse(text).unwrap()
            };
            for &(ink, ground, least) in pairs {
                let found = color(ink).contrast(color(ground));
                assert!(found >= least, "{platform} {theme:?}: {ink} on {ground} is {found:.2}:1, {least}:1 is needed");
            }
        }
    }
}

/// White on the grounds of share images: each stop of each gradient.
#[test]
fn share_images_carry_white_text() {
    use friendboard::share::Look;
    use friendboard::share::image::ImageTemplate;
    for template in ImageTemplate::ALL {
        let style: serde_json::Value = serde_json::from_str(Look::of_image(template).style).unwrap();
        let gradient = style["ground"]["backgroundImage"].as_str().unwrap();
        let stops: Vec<Color> = gradient
            .split(['(', ',', ')', ' '])
            .filter(|part| part.starts_with('#'))
            .map(|part| Color::parse(part).unwrap())
            .collect();
        assert!(stops.len() >= 2, "{gradient}");
        for stop in stops {
            let found = stop.contrast(Color::WHITE);
            assert!(found >= 4.5, "{}: white on {stop:?} is {found:.2}:1", template.name());
        }
    }
}
