//! The modules that a game gets, as they are in this program: packed by brotli, from `src/host/runtime/modules.mjs`.

use std::fmt;
use std::io::Read as _;
use std::str::FromStr;

use crate::error::{Error, ErrorKind, Result};

/// The canvas2d painter's module.
const CANVAS2D: &[u8] = include_bytes!("../../../assets/open-data-context/canvas2d.wasm.br");
/// The same as plain JavaScript.
const CANVAS2D_PLAIN: &[u8] = include_bytes!("../../../assets/open-data-context/canvas2d.wasm.js.br");
/// The pixels painter's module, without fonts.
const PIXELS: &[u8] = include_bytes!("../../../assets/open-data-context/pixels.wasm.br");

/// A module unpacked is no larger: the folder's own files are not from outside.
const UNPACKED_MOST: u64 = 64 * 1024 * 1024;

/// Which painter draws in a game.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Painter {
    /// Both modules are in the package, and the runtime takes the one that the canvas allows.
    Auto,
    /// Our own rasterizer and fonts.
    Pixels,
    /// The platform's 2D context and fonts.
    #[default]
    Canvas2d,
}

impl Painter {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Pixels, Self::Canvas2d];

    /// Its name on the command line and in the runtime's options.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Pixels => "pixels",
            Self::Canvas2d => "canvas2d",
        }
    }

    /// True where text is drawn in fonts of the package.
    #[must_use]
    pub fn needs_fonts(self) -> bool {
        self != Self::Canvas2d
    }
}

impl fmt::Display for Painter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Painter {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|painter| painter.name() == name)
            .ok_or_else(|| "auto, pixels or canvas2d was expected".to_owned())
    }
}

/// The module of the pixels painter, packed or unpacked.
pub(super) fn pixels(packed: bool) -> Result<Vec<u8>> {
    if packed { Ok(PIXELS.to_vec()) } else { unpacked(PIXELS) }
}

/// The module of the canvas2d painter, packed or unpacked.
pub(super) fn canvas2d(packed: bool) -> Result<Vec<u8>> {
    if packed { Ok(CANVAS2D.to_vec()) } else { unpacked(CANVAS2D) }
}

/// The module of the canvas2d painter as JavaScript.
pub(super) fn plain() -> Result<Vec<u8>> {
    unpacked(CANVAS2D_PLAIN)
}

fn unpacked(packed: &[u8]) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = brotli_decompressor::Decompressor::new(packed, 4096).take(UNPACKED_MOST).read_to_end(&mut bytes);
    match read {
        Ok(_) => Ok(bytes),
        Err(error) => {
            Err(Error::new(ErrorKind::Io, format!("a module of this program can't be unpacked: {error}")).source(error))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_module_is_what_it_is_named() {
        for module in [pixels(false).unwrap(), canvas2d(false).unwrap()] {
            assert!(module.starts_with(b"\0asm\x01\0\0\0"), "{:?}", module.get(..8));
        }
        let plain = String::from_utf8(plain().unwrap()).unwrap();
        assert!(plain.contains("instantiate") && plain.contains("module.exports"), "{plain:.200}");
        assert_ne!(pixels(true).unwrap(), canvas2d(true).unwrap());
        for name in ["auto", "pixels", "canvas2d"] {
            assert_eq!(name.parse::<Painter>().unwrap().to_string(), name);
        }
    }
}
