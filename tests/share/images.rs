//! Share images as pictures: sizes and hashes of all, with data that is out to break them; pictures of some lie below
//! `golden/share-images`.

use std::collections::BTreeMap;

use friendboard::Reading;
use friendboard::geometry::Rect;
use friendboard::host::headless::GameFiles;
use friendboard::pipeline::Renderer;
use friendboard::scene::Content;
use friendboard::share::draw::image;
use friendboard::share::image::{FriendOptions, ImageSize, ImageTemplate, ShareImage};
use friendboard::text::Fonts;
use friendboard::{Diagnostics, Limits};

use super::cards::{check, golden, look, summary};

#[test]
fn share_images_in_every_size_and_language() {
    let folder = golden().join("../share-images");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let documents = [
        ("week", read("week.json")),
        ("hostile", read("hostile.json")),
        ("empty", "{}".to_owned()),
        ("example", std::fs::read_to_string(golden().join("../../assets/example/friends.json")).unwrap()),
    ];
    let limits = Limits::default();
    let files = GameFiles::new([golden().join("assets")], limits.clone());
    let mut renderer = Renderer::new(Fonts::bundled(), limits.clone());
    let mut drawn = BTreeMap::new();
    for template in ImageTemplate::ALL {
        for (name, json) in &documents {
            let options = FriendOptions::default();
            let data =
                ShareImage::from_json(json, template, &options, &mut Reading::new(&limits, &mut Diagnostics::new())).unwrap();
            for size in ImageSize::ALL {
                for locale in ["en", "zh-CN"] {
                    let mut job = image(&data, size, locale, 1.0, &mut renderer).unwrap();
                    while let Some(src) = job.next_picture() {
                        // A picture that is missing is no fault of the templates'.
                        if let Ok(file) = files.bytes(&src) {
                            job.supply(&src, Ok::<_, String>(file));
                        }
                    }
                    let frame = job.finish().unwrap();
                    let (canvas, said) = (frame.canvas, frame.diagnostics);
                    assert!(said.is_empty(), "{template:?} {name}: {:?}", said.as_slice());
                    let (width, height) = size.pixels();
                    assert_eq!((canvas.width(), canvas.height()), (u32::from(width), u32::from(height)));
                    let name = format!("{} {name} {width}×{height} {locale}", template.name());
                    look(&name, &canvas);
                    drawn.insert(name, summary(&canvas));
                }
            }
        }
    }
    check("../share-images/images.json", &drawn);
}

/// What matters stays within the inner 80%: no text and no face reaches out of it, whatever the data.
#[test]
fn platforms_crop_nothing_that_matters() {
    let limits = Limits::default();
    let folder = golden().join("../share-images");
    let mut renderer = Renderer::new(Fonts::bundled(), limits.clone());
    for template in ImageTemplate::ALL {
        for name in ["week.json", "hostile.json"] {
            let json = std::fs::read_to_string(folder.join(name)).unwrap();
            let options = FriendOptions::default();
            let data =
                ShareImage::from_json(&json, template, &options, &mut Reading::new(&limits, &mut Diagnostics::new())).unwrap();
            for size in ImageSize::ALL {
                let (left, top, width, height) = size.safe_area();
                let safe = Rect::new(f32::from(left), f32::from(top), f32::from(width), f32::from(height));
                let (prepared, _) = image(&data, size, "en", 1.0, &mut renderer).unwrap().lay_out().unwrap();
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
                assert!(seen >= 4, "only {seen} texts and pictures");
            }
        }
    }
}
