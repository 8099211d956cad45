//! Share images with data that is out to break them. Their pictures are cases below `golden/share-images`.

use friendboard::Reading;
use friendboard::geometry::Rect;
use friendboard::pipeline::Renderer;
use friendboard::scene::Content;
use friendboard::share::draw::{ImageLook, image};
use friendboard::share::image::{FriendOptions, ImageSize, ImageTemplate, ShareImage};
use friendboard::text::Fonts;
use friendboard::{Diagnostics, Limits};

use super::cards::golden;

/// What matters stays within the inner 80%: no text and no face reaches out of it, whatever the data.
#[test]
fn platforms_crop_nothing_that_matters() {
    let limits = Limits::default();
    let folder = golden().join("../share-images");
    let mut renderer = Renderer::new(Fonts::bundled(), limits.clone());
    let others = [(1_080, 1_920), (900, 500), (640, 512), (200, 200), (1_500, 600), (400, 460)];
    let sizes = ImageSize::ALL.into_iter().chain(others.map(|(width, height)| ImageSize::new(width, height).unwrap()));
    let sizes_and_locales = sizes.flat_map(|size| [(size, "en"), (size, "zh-CN"), (size, "ar")]);
    for template in ImageTemplate::ALL {
        for name in ["week.json", "hostile.json", "all/empty.json"] {
            let json = std::fs::read_to_string(folder.join(name)).unwrap();
            let options = FriendOptions::default();
            let data =
                ShareImage::from_json(&json, template, &options, &mut Reading::new(&limits, &mut Diagnostics::new())).unwrap();
            for (size, locale) in sizes_and_locales.clone() {
                let (left, top, width, height) = size.safe_area();
                let px = |length: u16| f32::from(length) / size.scale();
                let safe = Rect::new(px(left), px(top), px(width), px(height));
                let look = ImageLook { size, locale: locale.into(), ..ImageLook::default() };
                let (prepared, said) = image(&data, &look, &mut renderer).unwrap().lay_out().unwrap();
                assert!(said.is_empty(), "{template:?} {name}: {:?}", said.as_slice());
                let mut seen = 0;
                for (node, place) in prepared.scene.nodes.iter().zip(&prepared.layout.boxes) {
                    let matters = matches!(node.content, Content::Text(_) | Content::Image { .. });
                    if !matters || !place.shown || place.absolute.is_empty() {
                        continue;
                    }
                    seen += 1;
                    let inside = place.absolute.intersection(&safe);
                    let is_inside = (inside.width - place.absolute.width).abs() < 0.5
                        && (inside.height - place.absolute.height).abs() < 0.5;
                    let content = &node.content;
                    assert!(is_inside, "{} {name} {size:?}: {content:?} at {:?}", template.name(), place.absolute);
                }
                let least = if name == "all/empty.json" { 1 } else { 4 };
                assert!(seen >= least, "{template:?} {name}: only {seen} texts and pictures");
            }
        }
    }
}
