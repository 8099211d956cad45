//! Grapheme clusters (UAX #29): what a reader takes for one character. A family emoji is one, and so is a flag.

use icu_segmenter::GraphemeClusterSegmenter;

/// The grapheme clusters of a text (UAX #29).
///
/// ```
/// let clusters: Vec<&str> = friendboard::grapheme::clusters("e\u{301}👨‍👩‍👧🇯🇵").collect();
/// assert_eq!(clusters, ["e\u{301}", "👨‍👩‍👧", "🇯🇵"]);
/// ```
pub fn clusters(text: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    GraphemeClusterSegmenter::new().segment_str(text).skip(1).filter_map(move |end| {
        let cluster = text.get(start..end);
        start = end;
        cluster
    })
}

/// The first cluster; empty for an empty text.
///
/// ```
/// assert_eq!(friendboard::grapheme::first("👨‍👩‍👧 family"), "👨‍👩‍👧");
/// ```
#[must_use]
pub fn first(text: &str) -> &str {
    prefix(text, 1)
}

/// How many clusters a text has.
#[must_use]
pub fn count(text: &str) -> usize {
    // Every printable ASCII character is a cluster of its own: most scores and many names need no table.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.len();
    }
    GraphemeClusterSegmenter::new().segment_str(text).count().saturating_sub(1)
}

/// The longest start of a text that has at most so many clusters.
///
/// ```
/// assert_eq!(friendboard::grapheme::prefix("🇨🇳🇯🇵x", 2), "🇨🇳🇯🇵");
/// ```
#[must_use]
pub fn prefix(text: &str, clusters: usize) -> &str {
    // The first boundary is the start of the text.
    let end = GraphemeClusterSegmenter::new().segment_str(text).nth(clusters);
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// The longest start of a text that takes at most so many bytes and ends between two clusters; where the first cluster
/// alone is longer, it ends between two characters.
#[must_use]
pub fn prefix_bytes(text: &str, bytes: usize) -> &str {
    if text.len() <= bytes {
        return text;
    }
    let mut boundaries = GraphemeClusterSegmenter::new().segment_str(text).take_while(|&end| end <= bytes);
    let end = boundaries.by_ref().last().filter(|&end| end > 0).unwrap_or_else(|| text.floor_char_boundary(bytes));
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_a_reader_counts() {
        for (text, clusters) in [("", 0), ("abc", 3), ("e\u{301}", 1), ("👨‍👩‍👧‍👦", 1), ("🇨🇳🇯🇵", 2), ("한국", 2), ("a\r\nb", 3)]
        {
            assert_eq!(count(text), clusters, "{text:?}");
        }
    }

    #[test]
    fn cuts_between_clusters() {
        assert_eq!(prefix("e\u{301}te\u{301}", 1), "e\u{301}");
        assert_eq!(prefix("ab", 0), "");
        assert_eq!(prefix("ab", 9), "ab");
        assert_eq!(prefix_bytes("ab👨‍👩‍👧c", 10), "ab");
        assert_eq!(prefix_bytes("👨‍👩‍👧", 5), "👨");
        assert_eq!(prefix_bytes("é", 1), "");
        assert_eq!(first(""), "");
    }
}
