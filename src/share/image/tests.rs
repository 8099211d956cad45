//! Reading share images.

use super::*;
use crate::error::Diagnostics;
use crate::limits::Limits;
use crate::reading::Reading;

fn read(text: &str, template: ImageTemplate) -> (ShareImage, Vec<String>) {
    let mut diagnostics = Diagnostics::new();
    let image = ShareImage::from_json(
        text,
        template,
        &FriendOptions::default(),
        &mut Reading::new(&Limits::default(), &mut diagnostics),
    )
    .unwrap();
    for lacking in image.lacking() {
        diagnostics.push(lacking);
    }
    (image, diagnostics.as_slice().iter().map(ToString::to_string).collect())
}

#[test]
fn reads_the_platforms_spellings_and_ranks() {
    let (image, said) = read(
        r#"{"game": {"name": "2048"}, "player": {"nickName": "我", "score": "9007199254740993"},
            "friends": [{"nickname": "a", "avatarUrl": "a.png", "score": 10}, {"nick_name": "b", "user_img": "b.png"},
                        {"name": "c", "score": "9007199254740994"}]}"#,
        ImageTemplate::BeatMyScore,
    );
    assert!(said.is_empty(), "{said:?}");
    assert_eq!(image.player.rank, Some(2));
    assert_eq!(image.rival.as_ref().map(|rival| rival.name.as_str()), Some("c"));
    let names: Vec<_> = image.top.iter().map(|player| player.name.as_str()).collect();
    assert_eq!(names, ["c", "我", "a"]);
    assert_eq!(image.friends.len(), 3);
    let value = image.to_value();
    let score = |player: Option<&Value>| player.and_then(|player| player.get("score")).map(Value::to_json);
    assert_eq!(score(value.get("player")).as_deref(), Some("9007199254740993"));
    assert_eq!(score(value.get("friends").and_then(|friends| friends.as_list()?.get(2))).as_deref(), Some("null"));
}

#[test]
fn the_leader_looks_behind() {
    let (image, _) = read(
        r#"{"player": {"name": "me", "score": 5}, "data": [{"name": "a", "score": 4}, {"name": "b", "score": 3}]}"#,
        ImageTemplate::TopThree,
    );
    assert_eq!(image.rival.map(|rival| rival.name).as_deref(), Some("a"));
    assert_eq!(image.player.rank, Some(1));
}

#[test]
fn an_achievement_has_a_badge() {
    let (image, said) = read(
        r#"{"achievement": {"name": "Cube Master", "badge": "silver", "owners": "0.5", "icon": "cube.png"}}"#,
        ImageTemplate::Achievement,
    );
    assert!(said.is_empty(), "{said:?}");
    let Achievement { title, badge, owners, icon, .. } = &image.achievement;
    assert_eq!((title.as_str(), *badge, icon.as_str()), ("Cube Master", Badge::Silver, "cube.png"));
    assert_eq!(owners.as_ref().map(ToString::to_string).as_deref(), Some("0.5"));
    assert_eq!(image.to_value().get("achievement").and_then(|won| won.get("badge")), Some(&Value::from("silver")));
    let (image, said) = read(r#"{"achievement": {"badge": "wood"}}"#, ImageTemplate::Achievement);
    assert_eq!(image.achievement.badge, Badge::Gold);
    let expected = "<request> at achievement.badge: expected gold, silver or bronze, found \"wood\" (it is passed over)";
    assert_eq!(said[0], expected);
    assert!(said[1].contains("achievement shows what was won, and there is none"), "{said:?}");
}

#[test]
fn every_language_of_boards_has_the_texts_of_share_images() {
    let english = super::super::looks::image_strings("en").unwrap();
    let keys = |strings: &Value| strings.as_map().unwrap().keys().cloned().collect::<Vec<_>>();
    for locale in crate::template::LOCALES {
        let strings = super::super::looks::image_strings(locale).unwrap();
        assert_eq!(keys(&strings), keys(&english), "{locale}");
        for (key, text) in strings.as_map().unwrap() {
            // The form that every language has stands for them all.
            let other = |text: &Value| text.get("other").unwrap_or(text).to_text();
            let (text, in_english) = (other(text), other(english.get(key).unwrap()));
            for hole in ["{rank}", "{count}", "{percent}"] {
                assert_eq!(text.contains(hole), in_english.contains(hole), "{locale} {key}: {text}");
            }
        }
    }
    let described = super::super::looks::image_string_keys().unwrap();
    assert_eq!(keys(&described), keys(&english));
}

#[test]
fn any_size_within_reason_is_one_of_three_arrangements() {
    for (text, arrangement, scale) in [
        ("5:4", ImageSize::FiveToFour, 1.0),
        ("1200x630", ImageSize::Wide, 1.0),
        ("800x640", ImageSize::FiveToFour, 1.6),
        ("1080x1920", ImageSize::Square, 2.16),
        ("600×300", ImageSize::Wide, 300.0 / 630.0),
        ("200x200", ImageSize::Square, 0.4),
    ] {
        let size: ImageSize = text.parse().unwrap();
        assert_eq!(size.arrangement(), arrangement, "{text}");
        assert!((size.scale() - scale).abs() < 1e-4, "{text}: {}", size.scale());
    }
    for wrong in ["199x300", "4097x4000", "1000x300", "300x1000", "x", "-5x7", "500", "1e3x500", ""] {
        assert!(wrong.parse::<ImageSize>().is_err(), "{wrong}");
    }
}

#[test]
fn days_are_parts_of_the_best_one() {
    let (image, said) = read(
        r#"{"week": {"figures": [{"label": "局数", "value": 12, "change": -3}],
            "days": [{"label": "一", "value": 5}, {"label": "二", "value": 10}, {"label": "三", "value": -1}, {"label": "四"}]}}"#,
        ImageTemplate::WeeklyReport,
    );
    assert!(said.is_empty(), "{said:?}");
    let parts: Vec<_> = image.days.iter().map(|day| day.part).collect();
    assert_eq!(parts, [0.5, 1.0, 0.0, 0.0]);
    let (image, _) = read(r#"{"week": {"days": [{"value": 0}]}}"#, ImageTemplate::WeeklyReport);
    assert_eq!(image.days[0].part, 0.0);
}

#[test]
fn says_what_is_lacking_or_wrong() {
    let (image, said) = read(r#"{"player": {"score": {}}, "freinds": []}"#, ImageTemplate::BeatMyScore);
    assert_eq!(image.player.score, None);
    assert_eq!(
        said,
        [
            "<request> at player.score: expected a number, found an object (it is passed over)",
            "<request> at freinds: there is no field \"freinds\" here; it is passed over (did you mean 'friends'?)",
            "<request> at player.score: beat-my-score shows the player's score, and there is none",
        ]
    );
    for template in ImageTemplate::ALL {
        assert!(!read("{}", template).1.is_empty(), "{template:?}");
    }
}

#[test]
fn more_friends_than_fit_are_counted() {
    let friends: Vec<String> = (0..40).map(|index| format!(r#"{{"name": "f{index}", "score": {index}}}"#)).collect();
    let (image, _) = read(&format!(r#"{{"friends": [{}]}}"#, friends.join(",")), ImageTemplate::Invite);
    assert_eq!((image.friends.len(), image.more_friends), (ShareImage::FRIENDS_MOST, 35));
    assert_eq!(image.rival.map(|rival| rival.name).as_deref(), Some("f39"));
}

#[test]
fn numbers_are_exact_however_they_are_written() {
    for score in ["100000000000000000000", "\"100000000000000000000\""] {
        let (image, said) = read(&format!(r#"{{"player": {{"score": {score}}}}}"#), ImageTemplate::BeatMyScore);
        assert!(said.is_empty(), "{said:?}");
        assert_eq!(image.player.score.unwrap().to_string(), "100000000000000000000");
    }
}
