//! The bundled faces, in order of fallback. `assets/fonts/README.md` says where they are from.

#[cfg(feature = "fonts-cjk")]
use std::io::Read as _;
use std::ops::RangeInclusive;
use std::sync::Arc;
#[cfg(feature = "fonts-cjk")]
use std::sync::OnceLock;

use fontique::Blob;

use super::face::{Face, FaceInfo};

/// A bundled file; what it says of itself is here too, so that starting reads none of them.
struct Bundled {
    family: &'static str,
    weight: u16,
    color: bool,
    /// A part of the face after next in this list (its other weight is between them).
    part: bool,
    /// The blocks that it is for; none where it is for all that it has.
    blocks: &'static [RangeInclusive<char>],
    data: &'static [u8],
}

macro_rules! bundled {
    ($($feature:literal: $family:literal $weight:literal $file:literal $(color = $color:literal)? $(part = $part:literal)? $(blocks = [$($block:expr),+])?;)*) => {
        &[$(
            #[cfg(feature = $feature)]
            Bundled {
                family: $family,
                weight: $weight,
                color: false $(|| $color)?,
                part: false $(|| $part)?,
                blocks: &[$($($block),+)?],
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
    "fonts-indic": "noto sans bengali" 400 "NotoSansBengali-Regular.ttf" blocks = ['\u{0980}'..='\u{09FF}'];
    "fonts-indic": "noto sans gurmukhi" 400 "NotoSansGurmukhi-Regular.ttf" blocks = ['\u{0A00}'..='\u{0A7F}'];
    "fonts-indic": "noto sans gujarati" 400 "NotoSansGujarati-Regular.ttf" blocks = ['\u{0A80}'..='\u{0AFF}'];
    "fonts-indic": "noto sans oriya" 400 "NotoSansOriya-Regular.ttf" blocks = ['\u{0B00}'..='\u{0B7F}'];
    "fonts-indic": "noto sans tamil" 400 "NotoSansTamil-Regular.ttf" blocks = ['\u{0B80}'..='\u{0BFF}'];
    "fonts-indic": "noto sans telugu" 400 "NotoSansTelugu-Regular.ttf" blocks = ['\u{0C00}'..='\u{0C7F}'];
    "fonts-indic": "noto sans kannada" 400 "NotoSansKannada-Regular.ttf" blocks = ['\u{0C80}'..='\u{0CFF}'];
    "fonts-indic": "noto sans malayalam" 400 "NotoSansMalayalam-Regular.ttf" blocks = ['\u{0D00}'..='\u{0D7F}'];
    "fonts-indic": "noto sans sinhala" 400 "NotoSansSinhala-Regular.ttf" blocks = ['\u{0D80}'..='\u{0DFF}'];
    "fonts-indic": "noto sans ol chiki" 400 "NotoSansOlChiki-Regular.ttf" blocks = ['\u{1C50}'..='\u{1C7F}'];
    "fonts-indic": "noto sans meetei mayek" 400 "NotoSansMeeteiMayek-Regular.ttf" blocks = ['\u{AAE0}'..='\u{AAFF}', '\u{ABC0}'..='\u{ABFF}'];
    "fonts-southeast-asian": "noto sans lao" 400 "NotoSansLao-Regular.ttf" blocks = ['\u{0E80}'..='\u{0EFF}'];
    "fonts-southeast-asian": "noto sans myanmar" 400 "NotoSansMyanmar-Regular.ttf" blocks = ['\u{1000}'..='\u{109F}', '\u{A9E0}'..='\u{A9FF}', '\u{AA60}'..='\u{AA7F}'];
    "fonts-southeast-asian": "noto sans khmer" 400 "NotoSansKhmer-Regular.ttf" blocks = ['\u{1780}'..='\u{17FF}', '\u{19E0}'..='\u{19FF}'];
    "fonts-southeast-asian": "noto sans javanese" 400 "NotoSansJavanese-Regular.ttf" blocks = ['\u{A980}'..='\u{A9DF}'];
    "fonts-southeast-asian": "noto sans sundanese" 400 "NotoSansSundanese-Regular.ttf" blocks = ['\u{1B80}'..='\u{1BBF}', '\u{1CC0}'..='\u{1CCF}'];
    "fonts-southeast-asian": "noto sans lisu" 400 "NotoSansLisu-Regular.ttf" blocks = ['\u{A4D0}'..='\u{A4FF}'];
    "fonts-further": "noto serif tibetan" 400 "NotoSerifTibetan-Regular.ttf" blocks = ['\u{0F00}'..='\u{0FFF}'];
    "fonts-further": "noto sans armenian" 400 "NotoSansArmenian-Regular.ttf" blocks = ['\u{0530}'..='\u{058F}', '\u{FB13}'..='\u{FB17}'];
    "fonts-further": "noto sans georgian" 400 "NotoSansGeorgian-Regular.ttf" blocks = ['\u{10A0}'..='\u{10FF}', '\u{1C90}'..='\u{1CBF}', '\u{2D00}'..='\u{2D2F}'];
    "fonts-further": "noto sans ethiopic" 400 "NotoSansEthiopic-Regular.ttf" blocks = ['\u{1200}'..='\u{139F}'];
    "fonts-further": "noto sans tifinagh" 400 "NotoSansTifinagh-Regular.ttf" blocks = ['\u{2D30}'..='\u{2D7F}'];
    "fonts-further": "noto sans cherokee" 400 "NotoSansCherokee-Regular.ttf" blocks = ['\u{13A0}'..='\u{13FF}', '\u{AB70}'..='\u{ABBF}'];
    "fonts-further": "noto sans thaana" 400 "NotoSansThaana-Regular.ttf" blocks = ['\u{0780}'..='\u{07BF}'];
    "fonts-further": "noto sans nko" 400 "NotoSansNKo-Regular.ttf" blocks = ['\u{07C0}'..='\u{07FF}'];
    "fonts-further": "noto sans adlam" 400 "NotoSansAdlam-Regular.ttf" blocks = ['\u{1E900}'..='\u{1E95F}'];
    "fonts-symbols": "noto sans symbols" 400 "NotoSansSymbols-Regular.ttf";
    "fonts-emoji": "twemoji mozilla" 400 "TwemojiMozilla.ttf" color = true;
};

/// The rest of the Han and Hangul, which few names need: packed, and unpacked where one does.
#[cfg(feature = "fonts-cjk")]
static HAN_FURTHER: Packed =
    Packed { packed: include_bytes!("../../assets/fonts/NotoSansSCFurther-Regular.otf.br"), unpacked: OnceLock::new() };

/// What the packed face is for.
#[cfg(feature = "fonts-cjk")]
const HAN_FURTHER_BLOCKS: &[RangeInclusive<char>] = &[
    '\u{2500}'..='\u{257F}',
    '\u{2E80}'..='\u{2EFF}',
    '\u{3400}'..='\u{9FFF}',
    '\u{AC00}'..='\u{D7A3}',
    '\u{F900}'..='\u{FAFF}',
];

/// A file that is unpacked when it is read first.
#[cfg(feature = "fonts-cjk")]
struct Packed {
    packed: &'static [u8],
    unpacked: OnceLock<Vec<u8>>,
}

#[cfg(feature = "fonts-cjk")]
impl AsRef<[u8]> for &'static Packed {
    fn as_ref(&self) -> &[u8] {
        self.unpacked.get_or_init(|| {
            let mut bytes = Vec::new();
            // It is a file of this crate, which a test reads; a broken one has no faces.
            match brotli_decompressor::Decompressor::new(self.packed, 4096).read_to_end(&mut bytes) {
                Ok(_) => bytes,
                Err(_) => Vec::new(),
            }
        })
    }
}

/// The bundled faces; `first` is the number that the first of them will have in the stack.
pub(super) fn faces(first: usize) -> Vec<Face> {
    let mut faces = Vec::with_capacity(BUNDLED.len());
    for (number, bundled) in BUNDLED.iter().enumerate() {
        let info =
            FaceInfo { families: vec![Arc::from(bundled.family)], weight: bundled.weight, italic: false, color: bundled.color };
        let mut face = Face::known(Blob::new(Arc::new(bundled.data)), 0, info);
        face.part_of = bundled.part.then_some(first + number + 2);
        face.blocks = bundled.blocks;
        faces.push(face);
    }
    #[cfg(feature = "fonts-cjk")]
    {
        let info = FaceInfo { families: vec![Arc::from("noto sans sc further")], weight: 400, italic: false, color: false };
        let mut face = Face::known(Blob::new(Arc::new(&HAN_FURTHER)), 0, info);
        face.blocks = HAN_FURTHER_BLOCKS;
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
    fn the_packed_face_has_the_rest_of_the_han_and_hangul() {
        let read = Face::read(Blob::new(Arc::new(&HAN_FURTHER)), 0).unwrap();
        assert!(read.info.families.contains(&Arc::from("noto sans sc further")), "{:?}", read.info.families);
        let covered = |character| faces(0).iter().any(|face| face.covers(character));
        let hangul = ('\u{AC00}'..='\u{D7A3}').filter(|character| !covered(*character)).count();
        assert_eq!(hangul, 0, "Hangul are missing");
        // Of GBK's second level, of Big5's, of JIS X 0208's; and what faces are drawn with.
        for character in "镕囍喆堃淼垚犇羴猋骉鑫䶮龘齾靐龗麣籲鬱爨躪鴛鴦頤齋邉邊﨑瀧塚飴鮫鱈魍魎╯╰┻━╥".chars()
        {
            assert!(covered(character), "{character}");
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

    #[test]
    fn a_face_of_some_blocks_has_letters_of_each_and_is_asked_for_no_others() {
        for face in faces(0).iter().filter(|face| !face.blocks.is_empty()) {
            let letters = |block: &RangeInclusive<char>| block.clone().filter(|letter| face.covers(*letter)).count();
            assert!(face.blocks.iter().all(|block| letters(block) >= 5), "{:?}", face.info.families);
            let others = faces(0).into_iter().filter(|other| !other.blocks.is_empty() && other.info != face.info);
            let shared = others.flat_map(|other| other.blocks.iter().cloned()).find(|block| letters(block) > 0);
            assert_eq!(shared, None, "{:?}", face.info.families);
        }
    }
}
