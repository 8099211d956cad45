//! `--open` and `--show`: a picture in this system's viewer, or in the terminal.

use std::fmt::Write as _;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::open::open;
use super::output::Stream;
use crate::error::Result;
use crate::limits::Limits;
use crate::picture::{self, Picture};

/// Characters of a part of a picture for kitty, as its protocol has it.
const PART: usize = 4_096;
/// Columns of a terminal that does not say how many it has, and the most that are drawn on.
const COLUMNS: usize = 80;
const COLUMNS_MOST: usize = 400;
/// Rows that a drawn picture takes at most.
const ROWS_MOST: usize = 60;

/// What is done with a picture once it is there.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub struct Show {
    /// Open the picture with the viewer of this system
    #[arg(long)]
    open: bool,
    /// Show the picture in the terminal: kitty's and iTerm2's pictures, sixels, half blocks elsewhere
    #[arg(long)]
    show: bool,
}

impl Show {
    /// Shows a picture that was written to a path, `-` being standard output; `png` makes its PNG. What was opened once is not
    /// opened again: the viewer sees that its file changed.
    ///
    /// # Errors
    /// Where standard error can't be written.
    pub fn picture(&mut self, path: &Path, png: impl FnOnce() -> Result<Vec<u8>>, limits: &Limits) -> Result<()> {
        if std::mem::take(&mut self.open) && path != Path::new("-") {
            open(path)?;
        }
        if self.show { in_terminal(&png()?, limits) } else { Ok(()) }
    }
}

/// Shows a PNG in the terminal, as well as it can show pictures.
///
/// # Errors
/// Where standard error can't be written, or the PNG is none.
pub fn in_terminal(png: &[u8], limits: &Limits) -> Result<()> {
    let text = match Terminal::of_environment(&|name| std::env::var(name).ok()) {
        Terminal::Kitty => kitty(png),
        Terminal::ITerm => iterm(png),
        Terminal::Sixel => sixel(&picture::decode(png, limits)?),
        Terminal::HalfBlocks => half_blocks(&picture::decode(png, limits)?, columns()),
    };
    Stream::Errors.write(text.as_bytes())
}

/// How a terminal shows pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Terminal {
    /// By kitty's graphics protocol.
    Kitty,
    /// By iTerm2's inline images.
    ITerm,
    /// By sixels.
    Sixel,
    /// Not at all: two pixels a character.
    HalfBlocks,
}

impl Terminal {
    fn of_environment(variable: &dyn Fn(&str) -> Option<String>) -> Self {
        let is = |name: &str, known: &[&str]| variable(name).is_some_and(|value| known.contains(&&*value));
        // A multiplexer passes neither on by itself.
        if variable("TMUX").is_some() || variable("STY").is_some() {
            return Self::HalfBlocks;
        }
        if variable("KITTY_WINDOW_ID").is_some()
            || is("TERM", &["xterm-kitty", "xterm-ghostty"])
            || is("TERM_PROGRAM", &["ghostty"])
        {
            return Self::Kitty;
        }
        if is("TERM_PROGRAM", &["iTerm.app", "WezTerm", "vscode"]) || is("LC_TERMINAL", &["iTerm2"]) {
            return Self::ITerm;
        }
        let term = variable("TERM").unwrap_or_default();
        if SIXEL_TERMINALS.iter().any(|known| term == *known || term.ends_with("-sixel")) {
            return Self::Sixel;
        }
        Self::HalfBlocks
    }
}

/// Terminals that show sixels, by what `TERM` says there.
const SIXEL_TERMINALS: &[&str] =
    &["foot", "foot-extra", "foot-direct", "mlterm", "mlterm-256color", "contour", "yaft-256color"];
/// Steps of a channel of a sixel's palette: six of each make 216 colours of the 256 that terminals have.
const SIXEL_STEPS: usize = 6;

/// A picture in sixels, over white, in the colours of a cube. Rows of six pixels; in each, a line of every colour that is in it.
fn sixel(picture: &Picture) -> String {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let mut text = format!("\x1bP0;1q\"1;1;{width};{height}");
    for index in 0..SIXEL_STEPS.pow(3) {
        let channel = |divisor: usize| index / divisor % SIXEL_STEPS * 100 / (SIXEL_STEPS - 1);
        let (red, green, blue) = (channel(SIXEL_STEPS * SIXEL_STEPS), channel(SIXEL_STEPS), channel(1));
        let _ = write!(text, "#{index};2;{red};{green};{blue}");
    }
    let nearest = |channel: u8, alpha: u8| (usize::from(channel) + 255 - usize::from(alpha)) * (SIXEL_STEPS - 1) + 127;
    let of_pixel = |&[red, green, blue, alpha]: &[u8; 4]| {
        [red, green, blue]
            .iter()
            .fold(0, |index, channel| index * SIXEL_STEPS + (nearest(*channel, alpha) / 255).min(SIXEL_STEPS - 1))
    };
    let indices: Vec<usize> = picture.pixels().as_chunks::<4>().0.iter().map(of_pixel).collect();
    for band in indices.chunks(width.max(1) * 6) {
        let used: std::collections::BTreeSet<usize> = band.iter().copied().collect();
        for color in used {
            let _ = write!(text, "#{color}");
            let column = |x: usize| {
                let rows = band.iter().skip(x).step_by(width).enumerate();
                rows.fold(0_u8, |bits, (row, index)| bits | (u8::from(*index == color) << row))
            };
            let columns: Vec<u8> = (0..width).map(column).collect();
            for run in columns.chunk_by(|a, b| a == b) {
                let _ = write!(text, "!{}{}", run.len(), char::from(63 + run.first().copied().unwrap_or(0)));
            }
            text.push('$');
        }
        text.push('-');
    }
    text + "\x1b\\\n"
}

fn columns() -> usize {
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    said.unwrap_or(COLUMNS).clamp(1, COLUMNS_MOST)
}

/// A PNG in parts, by kitty's protocol.
fn kitty(png: &[u8]) -> String {
    let data = STANDARD.encode(png);
    let mut text = String::new();
    let mut rest = data.as_str();
    let mut is_first = true;
    while !rest.is_empty() {
        let (part, after) = rest.split_at(rest.len().min(PART));
        let head = if is_first { "a=T,f=100," } else { "" };
        let _ = write!(text, "\x1b_G{head}m={};{part}\x1b\\", u8::from(!after.is_empty()));
        (rest, is_first) = (after, false);
    }
    text + "\n"
}

/// A PNG by iTerm2's protocol.
fn iterm(png: &[u8]) -> String {
    format!("\x1b]1337;File=inline=1;size={};preserveAspectRatio=1:{}\x07\n", png.len(), STANDARD.encode(png))
}

/// A picture of characters, each the upper half of its cell in one colour over another.
fn half_blocks(picture: &Picture, columns: usize) -> String {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let scale = (width as f64 / columns as f64).max(height as f64 / (ROWS_MOST * 2) as f64).max(1.0);
    let (across, down) = (((width as f64 / scale).floor() as usize).max(1), ((height as f64 / scale).floor() as usize).max(1));
    let pixels = picture.pixels();
    // The mean of the premultiplied pixels that a cell stands for.
    let mean = |x: usize, y: usize| -> Option<[u8; 3]> {
        if y >= down {
            return None;
        }
        let (left, top) = (x * width / across, y * height / down);
        let (right, bottom) = (((x + 1) * width / across).max(left + 1), ((y + 1) * height / down).max(top + 1));
        let (mut sum, mut weight, mut count) = ([0_u64; 3], 0_u64, 0_u64);
        for row in top..bottom.min(height) {
            for pixel in
                pixels.get((row * width + left) * 4..(row * width + right.min(width)) * 4).unwrap_or_default().chunks_exact(4)
            {
                if let [red, green, blue, alpha] = *pixel {
                    for (sum, channel) in sum.iter_mut().zip([red, green, blue]) {
                        *sum += u64::from(channel);
                    }
                    weight += u64::from(alpha);
                    count += 255;
                }
            }
        }
        (weight * 2 > count).then(|| sum.map(|sum| (sum * 255 / weight.max(1)).min(255) as u8))
    };
    let color = |ground: u8, [red, green, blue]: [u8; 3]| format!("\x1b[{ground};2;{red};{green};{blue}m");
    let mut text = String::new();
    for row in (0..down).step_by(2) {
        for x in 0..across {
            let _ = match (mean(x, row), mean(x, row + 1)) {
                (None, None) => write!(text, "\x1b[0m "),
                (Some(upper), None) => write!(text, "\x1b[0m{}▀", color(38, upper)),
                (None, Some(lower)) => write!(text, "\x1b[0m{}▄", color(38, lower)),
                (Some(upper), Some(lower)) => write!(text, "{}{}▀", color(38, upper), color(48, lower)),
            };
        }
        text.push_str("\x1b[0m\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_gets_what_it_can_show() {
        let of = |name: &'static str, value: &'static str| {
            Terminal::of_environment(&|asked| (asked == name).then(|| value.to_owned()))
        };
        assert_eq!(of("TERM", "xterm-kitty"), Terminal::Kitty);
        assert_eq!(of("TERM_PROGRAM", "iTerm.app"), Terminal::ITerm);
        assert_eq!(of("TERM", "foot"), Terminal::Sixel);
        assert_eq!(of("TERM", "xterm-256color"), Terminal::HalfBlocks);
        let inside = Terminal::of_environment(&|name| ["TMUX", "KITTY_WINDOW_ID"].contains(&name).then(|| "1".to_owned()));
        assert_eq!(inside, Terminal::HalfBlocks);
    }

    #[test]
    fn a_long_picture_comes_in_parts_that_are_one() {
        let text = kitty(&[7; 10_000]);
        let parts: Vec<&str> = text.trim_end().split("\x1b\\").filter(|part| !part.is_empty()).collect();
        assert!(
            parts[0].starts_with("\x1b_Ga=T,f=100,m=1;") && parts.last().is_some_and(|part| part.starts_with("\x1b_Gm=0;"))
        );
        let data: String = parts.iter().map(|part| part.split_once(';').map_or("", |(_, data)| data)).collect();
        assert_eq!(STANDARD.decode(data).unwrap(), [7; 10_000]);
    }

    #[test]
    fn sixels_have_a_line_of_each_colour_in_six_rows() {
        let (red, white, none) = ([255, 0, 0, 255], [255, 255, 255, 255], [0, 0, 0, 0]);
        let rows = [[red, red], [none, white], [red, white], [red, white], [red, white], [red, white], [red, none]];
        let picture = Picture::from_straight(2, 7, rows.concat().concat()).unwrap();
        let text = sixel(&picture);
        let drawn = text.split("#215;2;100;100;100").nth(1).unwrap();
        // Red is 5 of 5 and nothing else: 180 of the cube; what is empty lies on white.
        let (first, second) = (0b11_1101 + 63, 0b00_0001 + 63);
        let expected = format!("#180!1{}!1{}$#215!1{}!1{}$-", first as u8 as char, second as u8 as char, 'A', '}');
        assert!(drawn.starts_with(&expected), "{drawn} {expected}");
        assert!(text.starts_with("\x1bP0;1q\"1;1;2;7#0;2;0;0;0#1;2;0;0;20"));
        assert!(drawn.ends_with("$-\x1b\\\n") && drawn.contains("-#180!1@!1?$#215!1?!1@$-"), "{drawn}");
    }

    #[test]
    fn half_blocks_have_the_colours_of_their_pixels() {
        let (red, blue, none) = ([200, 0, 0, 255], [0, 0, 200, 255], [0, 0, 0, 0]);
        let pixels: Vec<u8> = [red, none, blue, none].concat();
        let picture = Picture::from_straight(2, 2, pixels).unwrap();
        assert_eq!(half_blocks(&picture, 80), "\x1b[38;2;200;0;0m\x1b[48;2;0;0;200m▀\x1b[0m \x1b[0m\n");
        assert!(half_blocks(&picture, 1).starts_with("\x1b[0m "));
    }
}
