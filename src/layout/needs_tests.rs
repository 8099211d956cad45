//! What layout needs to know of pictures, held against layout itself.

use std::sync::Arc;

use super::super::tests::{HalfEm, Random, boxed, image, picture, px, scene, text};
use super::super::{compute, needs};
use crate::geometry::Size;
use crate::limits::Limits;
use crate::picture::Pictures;
use crate::scene::Content;
use crate::style::{Display, LayoutStyle, Length};

/// Whatever the styles: of the pictures, those that are said to be needed decide where boxes stand, and no others.
#[test]
fn only_the_needed_pictures_decide_sizes() {
    let mut random = Random(7);
    let mut needed = 0;
    for round in 0..2_000 {
        let mut nodes = vec![boxed(None, Content::View, |style| random.style(style))];
        for id in 1..40_usize {
            let parent = random.below(id);
            let content = match random.below(6) {
                0 => text("one two three"),
                1..=3 => image(&format!("{id}.png")),
                4 => Content::ScrollView { x: true, y: None, scrolling: crate::scene::Scrolling::default() },
                _ => Content::View,
            };
            nodes.push(boxed(Some(parent), content, |style| {
                random.style(style);
                // Enough of them with both sides, some in parts of known ones.
                if random.below(2) == 0 {
                    (style.width, style.height) = (px(30.0), px(20.0));
                }
                if random.below(12) == 0 {
                    style.display = Display::None;
                }
            }));
        }
        let scene = scene(nodes);
        let wanted = needs(&scene);
        needed += wanted.pictures.len();
        let (mut few, mut all) = (Pictures::default(), Pictures::default());
        for id in 0..40 {
            let src: Arc<str> = Arc::from(format!("{id}.png"));
            let state = picture(10 + id, 60 - id);
            if wanted.pictures.contains(&src) {
                few.set(Arc::clone(&src), state.clone());
            }
            all.set(src, state);
        }
        let lay = |pictures| compute(&scene, Size::new(400.0, 300.0), &mut HalfEm, pictures, &Limits::default());
        if let (Ok(few), Ok(all)) = (lay(&few), lay(&all)) {
            assert!(few == all, "round {round}: a picture decides that was not said to");
        }
    }
    assert!(needed > 1_000, "only {needed} pictures were needed");
}

#[test]
fn pictures_in_boxes_of_a_known_size_are_not_needed_for_layout() {
    let half = |style: &mut LayoutStyle| (style.width, style.height) = (Length::Percent(50.0), Length::Percent(50.0));
    let fixed = |style: &mut LayoutStyle| (style.width, style.height) = (px(30.0), px(20.0));
    let nodes = vec![
        boxed(None, Content::View, |_| {}),
        boxed(Some(0), image("fixed.png"), fixed),
        boxed(Some(0), image("half.png"), half),
        boxed(Some(0), Content::View, |style| style.width = px(30.0)),
        boxed(Some(3), image("of-unknown.png"), half),
        boxed(Some(0), image("auto.png"), |style| style.width = px(30.0)),
        boxed(Some(0), image("auto.png"), |_| {}),
        boxed(Some(0), image(""), |_| {}),
        boxed(Some(0), Content::View, |style| style.display = Display::None),
        boxed(Some(8), image("hidden.png"), |_| {}),
        boxed(Some(0), text("text"), |_| {}),
        boxed(Some(10), image("in-text.png"), |_| {}),
        boxed(Some(0), Content::BitmapText { font: Arc::from("a.fnt"), value: Arc::from("7") }, |_| {}),
        boxed(Some(0), Content::BitmapText { font: Arc::from("a.fnt"), value: Arc::from("8") }, |_| {}),
    ];
    let needs = needs(&scene(nodes));
    assert_eq!(needs.pictures.iter().map(|src| &**src).collect::<Vec<_>>(), ["of-unknown.png", "auto.png"]);
    assert_eq!(needs.fonts.iter().map(|path| &**path).collect::<Vec<_>>(), ["a.fnt"]);
}
