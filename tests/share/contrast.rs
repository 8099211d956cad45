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

/// Text of share images on each stop of their ground, in their own colours and in every bundled theme.
#[test]
fn share_images_are_legible_in_every_theme() {
    use friendboard::share::image::ImageTemplate;
    use friendboard::share::{Look, image_theme};
    use friendboard::template::{THEMES, theme};
    // Roles of text, those of their ground, and the least contrast.
    let pairs: &[(&[&str], &[&str], f32)] = &[
        (&["text", "textMuted"], &["surface", "surfaceRaised", "accentSoft"], 4.5),
        (&["onAccent"], &["accent"], 4.5),
        // Large and bold: scores, and what has been won.
        (&["goldText", "silverText", "bronzeText"], &["surface", "surfaceRaised", "accentSoft"], 3.0),
    ];
    let own = ImageTemplate::ALL.map(|image| (image.name(), image_theme(image).unwrap(), Look::of_image(image).style));
    let all = ImageTemplate::ALL.map(|image| Look::of_image(image).style).concat();
    let bundled = THEMES.iter().map(|name| (*name, theme(name).unwrap(), &*all));
    for (name, colors, style) in own.into_iter().chain(bundled) {
        assert!(style.contains("{{ theme.surface }}"), "{name} has no ground of its theme");
        let color = |role: &str| Color::parse(colors.get(role).and_then(Value::as_text).unwrap()).unwrap();
        for (inks, grounds, least) in pairs {
            for (ink, ground) in inks.iter().flat_map(|ink| grounds.iter().map(move |ground| (ink, ground))) {
                // Only what the image draws counts: a report of the week has no button.
                if !style.contains(&format!("theme.{ink}")) {
                    continue;
                }
                let found = color(ink).contrast(color(ground));
                assert!(found >= *least, "{name}: {ink} on {ground} is {found:.2}:1, {least}:1 is needed");
            }
        }
    }
}
