//! Every ceiling on what comes from outside, in one place.
//!
//! A figure is a limit where a document, a message, a picture, a font, a script or the network decides whether it is
//! reached, and where raising it costs only time or memory. What stays beside the code that it belongs to:
//!
//! - what a thing is: the parts of a version, the characters of an exact number, the rules of a platform;
//! - what is looked for: how deep a list of friends may stand in an answer, how many names 'did you mean' compares;
//! - what is drawn: no coordinate beyond 16,384 px, no blur beyond its radius (values are clamped, nothing is refused);
//! - what is kept to be fast: the bytes of glyphs and texts, whatever the input;
//! - shares of a limit: the steps of layout for each node;
//! - what keeps a recursion within its stack at any setting: the levels of an expression.
//!
//! A limit has a highest value of its own where the program would break beyond it (a call stack, the rasterizer's
//! coordinates): [`Limits::set`] refuses more, and code that depends on it takes the smaller of the two
//! ([`Limits::HIGHEST`]).

mod figure;

use crate::error::{Error, ErrorKind, Result, closest};
use figure::Figure;

/// One limit: its name, what it bounds, and in which range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limit {
    /// The field of [`Limits`], and the name that `--limit` takes.
    pub name: &'static str,
    /// Where it holds: `canvas`, `friends`, `template`, `text`, `pictures`, `network`, `context`, `share`, `play`.
    pub stage: &'static str,
    /// What is counted: `bytes`, `ms`, `px`, `nodes` …
    pub unit: &'static str,
    /// The value where nothing else is said.
    pub default: f64,
    /// The lowest value.
    pub lowest: f64,
    /// The highest value.
    pub highest: f64,
    /// What it bounds, as the field's documentation says it.
    pub about: &'static str,
    whole: bool,
}

/// The one table of limits: the struct, its defaults, its names and the reading of its values.
macro_rules! limits {
    ($($stage:literal: $($(#[doc = $about:literal])+ $name:ident: $type:ty = $default:expr, $unit:literal, $lowest:literal..=$highest:expr;)+)+) => {
        /// What an input may cost. The defaults hold for input from anywhere; raise one only for input that is trusted.
        ///
        /// The fields stand in the order of the stages: canvas, friends, template, text, pictures, network, context,
        /// share, play. [`Limits::ALL`] lists them for a program, `friendboard limits` for people.
        ///
        /// ```
        /// use friendboard::Limits;
        /// let mut limits = Limits { friends: 5_000, ..Default::default() };
        /// limits.set("canvas-side", "8192")?;
        /// limits.set("data_bytes", "4MiB")?;
        /// assert_eq!((limits.canvas_side, limits.data_bytes), (8_192, 4 * 1024 * 1024));
        /// # Ok::<(), friendboard::Error>(())
        /// ```
        #[derive(Clone, Debug, PartialEq)]
        pub struct Limits {
            $($(
                $(#[doc = $about])+
                #[doc = concat!("\n\n", $unit, ", ", stringify!($default), " where nothing else is said.")]
                pub $name: $type,
            )+)+
        }

        impl Limits {
            /// The defaults.
            pub const DEFAULT: Self = Self { $($($name: $default,)+)+ };

            /// The highest value of each: beyond it a call stack ends, or coordinates.
            pub const HIGHEST: Self = Self { $($($name: $highest,)+)+ };

            /// Every limit, in the order of the fields.
            pub const ALL: &[Limit] = &[$($(Limit {
                name: stringify!($name),
                stage: $stage,
                unit: $unit,
                default: $default as f64,
                lowest: $lowest as f64,
                highest: $highest as f64,
                about: concat!($($about),+),
                whole: <$type as Figure>::WHOLE,
            },)+)+];

            /// Sets one by its name, in which `-` stands for `_` too. Bytes may be written as `64MiB` or `16k`, times as
            /// `5s`, digits in groups as `5_000`.
            ///
            /// # Errors
            /// [`ErrorKind::Usage`] for a name that is not known, with the nearest one, and for a value that is none of
            /// that limit's, with what was expected.
            pub fn set(&mut self, name: &str, value: &str) -> Result<()> {
                let limit = Limit::find(name)?;
                let figure = limit.read(value)?;
                match limit.name {
                    $($(stringify!($name) => self.$name = Figure::from_f64(figure),)+)+
                    _ => {}
                }
                Ok(())
            }

            /// The value of one by its name; `None` where there is none of that name.
            #[must_use]
            pub fn get(&self, name: &str) -> Option<f64> {
                match name {
                    $($(stringify!($name) => Some(self.$name.to_f64()),)+)+
                    _ => None,
                }
            }
        }
    };
}

limits! {
    "canvas":
    /// Longest side of a canvas, in device px.
    canvas_side: u32 = 4_096, "px", 1..=16_384;
    /// Area of a canvas, in device px.
    canvas_pixels: u32 = 16 * 1024 * 1024, "px", 1..=256 * 1024 * 1024;
    /// Device px per px.
    dpr: f32 = 8.0, "times", 0.25..=64.0;
    /// What one board costs in all, from its data to its pixels: about a step for each pixel that a colour is brought to, more
    /// for blurs, layers and what is turned; a thousand million take about a second.
    work: u64 = 1_200_000_000, "steps", 1..=1_000_000_000_000_000_u64;
    /// What one board holds at a time beside its canvas: texts, decoded pictures, layers, masks and blurs.
    memory: u64 = 128 * 1024 * 1024, "bytes", 0..=64 * 1024 * 1024 * 1024_u64;

    "friends":
    /// Friend data, and any other JSON that is no style sheet: an answer, a request, a script.
    data_bytes: usize = 1024 * 1024, "bytes", 1..=1024 * 1024 * 1024;
    /// Nesting of such JSON.
    data_depth: usize = 64, "levels", 1..=256;
    /// Friends that one board draws; the rest are ranked and left out, with a diagnostic.
    friends: usize = 10_000, "friends", 0..=1_000_000;

    "template":
    /// A template or a style sheet.
    template_bytes: usize = 256 * 1024, "bytes", 1..=256 * 1024 * 1024;
    /// Nodes of a bound template.
    template_nodes: usize = 20_000, "nodes", 1..=1_000_000;
    /// Nesting of a template; binding, layout and drawing recurse.
    template_depth: usize = 64, "levels", 1..=256;
    /// Attributes of one element; the XML parser compares each with each.
    template_attributes: usize = 256, "attributes", 1..=10_000;
    /// A string of data or template (a name, a value, an expression).
    string_bytes: usize = 4 * 1024, "bytes", 1..=64 * 1024 * 1024;
    /// Tags in one another in rich text.
    rich_text_depth: usize = 32, "levels", 1..=1_000;
    /// Steps of one `transform`.
    transform_steps: usize = 32, "steps", 1..=10_000;
    /// Stops of one gradient.
    gradient_stops: usize = 64, "stops", 2..=10_000;
    /// Shadows of one box or text; each is drawn and blurred.
    shadows: usize = 16, "shadows", 0..=1_000;
    /// Smallest font size; smaller ones are drawn at it.
    font_size_min: f32 = 1.0, "px", 0.01..=4_096.0;
    /// Largest font size; larger ones are drawn at it.
    font_size_max: f32 = 512.0, "px", 0.01..=4_096.0;

    "text":
    /// A font file (it is mapped, not read).
    font_bytes: usize = 64 * 1024 * 1024, "bytes", 1..=1024 * 1024 * 1024;
    /// Files of the machine's own fonts that are looked at.
    system_font_files: usize = 4_096, "files", 0..=1_000_000;
    /// How deep folders of the machine's own fonts are followed.
    system_font_depth: usize = 8, "levels", 0..=64;
    /// A bitmap font's `.fnt`: by default 20,000 letters with as many kerning pairs fit.
    bitmap_font_bytes: usize = 4 * 1024 * 1024, "bytes", 1..=1024 * 1024 * 1024;
    /// Pictures of one bitmap font.
    bitmap_font_pages: usize = 64, "pages", 1..=10_000;

    "pictures":
    /// An encoded picture.
    image_bytes: usize = 2 * 1024 * 1024, "bytes", 1..=1024 * 1024 * 1024;
    /// Longest side of a decoded picture.
    image_side: u32 = 4_096, "px", 1..=16_384;
    /// Area of a decoded picture.
    image_pixels: u32 = 8 * 1024 * 1024, "px", 1..=256 * 1024 * 1024;
    /// Decoded pictures of one board, all in all: by default 1,000 avatars of 256 px.
    board_image_bytes: usize = 256 * 1024 * 1024, "bytes", 0..=1024 * 1024 * 1024;
    /// Decoded pictures of one board that are held at once: of more than that, what is drawn is kept and no more of them; and
    /// twice as much of that.
    held_image_bytes: usize = 32 * 1024 * 1024, "bytes", 0..=1024 * 1024 * 1024;

    "network":
    /// The address of a picture.
    address_bytes: usize = 8 * 1024, "bytes", 1..=1024 * 1024;
    /// How long a connection may take to be made, names and TLS included.
    connect_ms: u64 = 2_000, "ms", 1..=3_600_000;
    /// How long one picture may take in all, redirects included.
    fetch_ms: u64 = 5_000, "ms", 1..=3_600_000;
    /// How long the pictures of one board may take in all.
    fetch_all_ms: u64 = 10_000, "ms", 1..=3_600_000;
    /// How often an answer may send us elsewhere.
    redirects: usize = 3, "redirects", 0..=20;

    "context":
    /// Answers with data that are kept: for the friends and a few groups.
    context_answers: usize = 4, "answers", 1..=1_000;
    /// Calls to the platform that are waited for at once, beside the one for data.
    context_calls: usize = 64, "calls", 1..=10_000;
    /// Effects that wait to be polled; of more, events and diagnostics are left out.
    context_effects: usize = 4_096, "effects", 1..=1_000_000;
    /// Friends whose invitation is remembered.
    context_marks: usize = 2_000, "friends", 1..=1_000_000;

    "share":
    /// Texts in one list of a share call.
    share_texts: usize = 64, "texts", 1..=10_000;

    "play":
    /// Steps of a script.
    script_steps: usize = 100_000, "steps", 1..=10_000_000;
    /// The farthest time of a script: an hour by default.
    script_ms: u64 = 3_600_000, "ms", 1..=1_000_000_000;
    /// What a session of a script costs in all: each input and each frame has `work` for itself, and all of them, with the
    /// pictures and the log that are written of them, have this. A script with thousands of frames needs more.
    session_work: u64 = 1_500_000_000, "steps", 1..=1_000_000_000_000_000_u64;
    /// Memory of a game's own script, and of what is behind its objects: its own canvases, pictures, paths.
    script_bytes: usize = 96 * 1024 * 1024, "bytes", 4_194_304..=1024 * 1024 * 1024;
    /// Loops and calls that a game's own script may make in one turn (an event and what follows from it), ten thousand each.
    script_loops: u64 = 400, "times", 1..=1_000_000_000;
    /// What the processor may give to one turn of a game's own script for what can't be counted, beside twice what is counted of it.
    script_stall: u64 = 1_000, "ms", 1..=1_000_000_000;
    /// What a game's own script may ask for and say in a session: lines of `console`, arguments of calls, addresses of pictures.
    script_said_bytes: usize = 32 * 1024 * 1024, "bytes", 1..=1024 * 1024 * 1024;
    /// A file of a game's own script.
    script_source_bytes: usize = 8 * 1024 * 1024, "bytes", 1..=256 * 1024 * 1024;
    /// Packed pixels of an animation that are kept until it is encoded.
    animation_bytes: u64 = 128 * 1024 * 1024, "bytes", 1..=64 * 1024 * 1024 * 1024_u64;
    /// A file of cloud storage.
    cloud_bytes: usize = 64 * 1024 * 1024, "bytes", 1..=1024 * 1024 * 1024;
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl Limits {
    /// The names of all limits, in the order of the fields.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Self::ALL.iter().map(|limit| limit.name)
    }
}

impl Limit {
    /// The limit of a name, in which `-` stands for `_` too.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for a name that is not known, with the nearest one.
    pub fn find(name: &str) -> Result<&'static Self> {
        let wanted = name.replace('-', "_");
        Limits::ALL.iter().find(|limit| limit.name == wanted).ok_or_else(|| {
            let shown: String = name.chars().take(40).collect();
            let hint = closest(name, Limits::names()).map(|close| format!("did you mean '{close}'?"));
            let hint = hint.unwrap_or_else(|| "`friendboard limits` lists them".to_owned());
            Error::new(ErrorKind::Usage, format!("no limit is named '{shown}'")).hint(hint)
        })
    }

    /// A figure of this limit as people read it: `64 MiB`, `5,000 nodes`, `4,096 px`.
    ///
    /// ```
    /// use friendboard::limits::Limit;
    /// let limit = Limit::find("template-nodes")?;
    /// assert_eq!(limit.shown(limit.default), "20,000 nodes");
    /// # Ok::<(), friendboard::Error>(())
    /// ```
    #[must_use]
    pub fn shown(&self, value: f64) -> String {
        figure::shown(value, self.unit)
    }

    fn read(&self, text: &str) -> Result<f64> {
        let value = figure::read(text, self.unit)
            .filter(|value| (self.lowest..=self.highest).contains(value) && (!self.whole || value.fract() == 0.0));
        value.ok_or_else(|| {
            let found: String = text.chars().take(40).collect();
            let kind = if self.whole { "a whole number" } else { "a number" };
            let (lowest, highest) = (figure::bare(self.lowest, self.unit), figure::bare(self.highest, self.unit));
            let (name, unit, example) = (self.name, self.unit, figure::example(self.unit));
            let expected = format!("{kind} of {unit} from {lowest} to {highest} was expected{example}");
            Error::new(ErrorKind::Usage, format!("{name}: {expected}, found '{found}'"))
        })
    }
}

#[cfg(test)]
mod tests;
