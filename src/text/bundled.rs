//! The bundled faces, in order of fallback. `assets/fonts/README.md` says where they are from.

use std::sync::Arc;

use fontique::Blob;

use super::face::{Face, FaceInfo};

/// A bundled file; what it says of itself is here too, so that starting reads none of them.
struct Bundled {
    family: &'static str,
    weight: u16,
    color: bool,
    /// A part of the face after next in this list (its other weight is between them).
    part: bool,
    data: &'static [u8],
}

macro_rules! bundled {
    ($($feature:literal: $family:literal $weight:literal $file:literal $(color = $color:literal)? $(part = $part:literal)?;)*) => {
        &[$(
            #[cfg(feature = $feature)]
            Bundled {
                family: $family,
                weight: $weight,
                color: false $(|| $color)?,
                part: false $(|| $part)?,
                data: include_bytes!(concat!("../../assets/fonts/", $file)),
            },
        )*]
    };
}

/// Each group of scripts is a feature.
static BUNDLED: &[Bundled] = bundled! {
    "fonts-latin": "noto sans" 400 "NotoSansLatin-Regular.ttf" part = true;
    "fonts-latin": "noto sans" 700 "NotoSansLatin-Bold.ttf" part = true;
    "fonts-latin": "noto sans" 400 "NotoSans-Regular.ttf";
    "fonts-latin": "noto sans" 700 "NotoSans-Bold.ttf";
    "fonts-cjk": "noto sans sc" 400 "NotoSansSC-Regular.otf";
    "fonts-cjk": "noto sans sc" 700 "NotoSansSC-Bold.otf";
    "fonts-arabic": "noto sans arabic" 400 "NotoSansArabic-Regular.ttf";
    "fonts-arabic": "noto sans arabic" 700 "NotoSansArabic-Bold.ttf";
    "fonts-hebrew": "noto sans hebrew" 400 "NotoSansHebrew-Regular.ttf";
    "fonts-hebrew": "noto sans hebrew" 700 "NotoSansHebrew-Bold.ttf";
    "fonts-devanagari": "noto sans devanagari" 400 "NotoSansDevanagari-Regular.ttf";
    "fonts-devanagari": "noto sans devanagari" 700 "NotoSansDevanagari-Bold.ttf";
    "fonts-thai": "noto sans thai" 400 "NotoSansThai-Regular.ttf";
    "fonts-thai": "noto sans thai" 700 "NotoSansThai-Bold.ttf";
    "fonts-symbols": "noto sans symbols" 400 "NotoSansSymbols-Regular.ttf";
    "fonts-emoji": "twemoji mozilla" 400 "TwemojiMozilla.ttf" color = true;
};

/// The bundled faces; `first` is the number that the first of them will have in the stack.
pub(super) fn faces(first: usize) -> Vec<Face> {
    let mut faces = Vec::with_capacity(BUNDLED.len());
    for (number, bundled) in BUNDLED.iter().enumerate() {
        let info =
            FaceInfo { families: vec![Arc::from(bundled.family)], weight: bundled.weight, italic: false, color: bundled.color };
        let mut face = Face::known(Blob::new(Arc::new(bundled.data)), 0, info);
        face.part_of = bundled.part.then_some(first + number + 2);
        faces.push(face);
    }
    faces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_a_bundled_face_is_what_its_file_says() {
        for (known, bundled) in faces(0).iter().zip(BUNDLED) {
            let read = Face::read(Blob::new(Arc::new(bundled.data)), 0).unwrap();
            assert!(read.info.families.contains(&known.info.families[0]), "{:?}", read.info.families);
            assert_eq!((read.info.weight, read.info.italic, read.info.color), (known.info.weight, false, known.info.color));
        }
    }

    #[test]
    fn a_part_has_nothing_that_the_whole_face_lacks() {
        let faces = faces(0);
        let parts: Vec<&Face> = faces.iter().filter(|face| face.part_of.is_some()).collect();
        assert_eq!(parts.len(), 2);
        for part in parts {
            let whole = &faces[part.part_of.unwrap()];
            assert_eq!(whole.info.weight, part.info.weight);
            for character in (0..0x3000).filter_map(char::from_u32) {
                assert!(part.glyph(character).is_none() || whole.glyph(character).is_some(), "{character}");
            }
            assert_eq!(part.metrics().ascent, whole.metrics().ascent);
            assert_eq!(part.metrics().descent, whole.metrics().descent);
        }
    }
}
