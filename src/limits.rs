//! Every ceiling in one place.

/// What an input may cost. The defaults hold for input from anywhere; raise one only for input that is trusted.
///
/// ```
/// let limits = friendboard::Limits { friends: 5_000, ..Default::default() };
/// assert_eq!(limits.canvas_side, 4_096);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Limits {
    /// Longest side of a canvas, in device px.
    pub canvas_side: u32,
    /// Area of a canvas, in device px.
    pub canvas_pixels: u32,
    /// Friend data, in bytes of JSON.
    pub data_bytes: usize,
    /// Nesting of the friend data's JSON.
    pub data_depth: usize,
    /// Friends that one board draws; the rest are ranked and left out, with a diagnostic.
    pub friends: usize,
    /// A template or a style sheet, in bytes.
    pub template_bytes: usize,
    /// Nodes of a bound template.
    pub template_nodes: usize,
    /// Nesting of a template.
    pub template_depth: usize,
    /// A string of data or template (a name, a value, an expression), in bytes.
    pub string_bytes: usize,
    /// Smallest font size, in px; smaller ones are drawn at it.
    pub font_size_min: f32,
    /// Largest font size, in px; larger ones are drawn at it.
    pub font_size_max: f32,
    /// An encoded picture, in bytes.
    pub image_bytes: usize,
    /// Longest side of a decoded picture, in px.
    pub image_side: u32,
    /// Area of a decoded picture, in px.
    pub image_pixels: u32,
    /// A font file, in bytes (it is mapped, not read).
    pub font_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            canvas_side: 4_096,
            canvas_pixels: 16 * 1024 * 1024,
            data_bytes: 1024 * 1024,
            data_depth: 64,
            friends: 1_000,
            template_bytes: 256 * 1024,
            template_nodes: 5_000,
            template_depth: 64,
            string_bytes: 4 * 1024,
            font_size_min: 1.0,
            font_size_max: 512.0,
            image_bytes: 2 * 1024 * 1024,
            image_side: 4_096,
            image_pixels: 8 * 1024 * 1024,
            font_bytes: 64 * 1024 * 1024,
        }
    }
}
