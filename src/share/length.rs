//! Lengths as the platforms count them.

/// Half-widths of a text: a Chinese, Japanese or Korean character (or an emoji) counts two, anything else one, and
/// marks that join to the character before them none. '14 CJK characters' are 28 half-widths.
pub(super) fn half_widths(text: &str) -> usize {
    text.chars().map(half_width).sum()
}

fn half_width(c: char) -> usize {
    match u32::from(c) {
        // Combining marks, joiners and variation selectors.
        0x0300..=0x036F | 0x200B..=0x200F | 0x20D0..=0x20FF | 0xFE00..=0xFE0F | 0x1F3FB..=0x1F3FF | 0xE0000..=0xE01EF => 0,
        // Hangul Jamo; CJK with its punctuation, kana and Hangul; compatibility and full-width forms; emoji; the
        // supplementary ideographs. The wide and full-width ranges of UAX #11, rounded to blocks.
        0x1100..=0x115F
        | 0x2E80..=0x303E
        | 0x3041..=0xA4CF
        | 0xA960..=0xA97C
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F
        | 0xFF00..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x1F300..=0x1F64F
        | 0x1F680..=0x1F6FF
        | 0x1F900..=0x1FAFF
        | 0x20000..=0x3FFFD => 2,
        _ => 1,
    }
}

/// The length of a text in CJK characters, rounded up, where it is over so many.
pub(super) fn over_cjk(text: &str, most: usize) -> Option<usize> {
    let found = half_widths(text).div_ceil(2);
    (found > most).then_some(found)
}

/// The length of a text in bytes of UTF-8, where it is over so many.
pub(super) fn over_bytes(text: &str, most: usize) -> Option<usize> {
    (text.len() > most).then_some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_cjk_as_the_platform_does() {
        assert_eq!(over_cjk("一二三四五六七八九十一二三四", 14), None);
        assert_eq!(over_cjk("一二三四五六七八九十一二三四五", 14), Some(15));
        assert_eq!(over_cjk("一二三四五六七八九十一二三a", 14), None);
        assert_eq!(over_cjk(&"a".repeat(28), 14), None);
        assert_eq!(over_cjk(&"a".repeat(29), 14), Some(15));
        assert_eq!(half_widths("e\u{301}🎉、ｗ한"), 9);
    }

    #[test]
    fn counts_bytes() {
        assert_eq!(over_bytes("é", 2), None);
        assert_eq!(over_bytes("éa", 2), Some(3));
    }
}
