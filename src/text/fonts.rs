//! Which fonts there are, in which order they are asked.

use std::sync::Arc;

use fontique::Blob;

use super::bundled;
use super::face::Face;
use super::font_file::read_faces;
use crate::Result;

/// The fonts of a [`TextEngine`](super::TextEngine), in order of fallback: those that were added, in that order, then
/// the bundled ones, then the system's.
///
/// ```
/// use friendboard::text::Fonts;
/// let fonts = Fonts::bundled();
/// assert!(fonts.families().any(|family| &*family == "noto sans sc"));
/// ```
#[derive(Debug, Default)]
pub struct Fonts {
    given: Vec<Face>,
    bundled: bool,
    /// Those that are asked last, but for their names.
    system: Vec<Face>,
}

impl Fonts {
    /// The bundled fonts: Latin, Cyrillic, Greek, Vietnamese; Chinese, kana, Hangul; Arabic, Hebrew, Devanagari, Thai;
    /// symbols; colour emoji. Nothing of them is read until it is needed.
    #[must_use]
    pub fn bundled() -> Self {
        Self { bundled: true, ..Self::default() }
    }

    /// No fonts at all, for those who add all of their own. Text without a font has no glyphs and no width.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Adds every face of a font file's bytes; returns how many. `name` is what an error calls it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Font`](crate::ErrorKind::Font) where the bytes are no OpenType font, or one that can't be used (WOFF must
    /// be unpacked first).
    pub fn add_bytes(&mut self, name: &str, bytes: impl Into<Arc<[u8]>>) -> Result<usize> {
        let bytes: Arc<[u8]> = bytes.into();
        let faces = read_faces(name, &Blob::new(Arc::new(bytes)))?;
        let count = faces.len();
        self.given.extend(faces);
        Ok(count)
    }

    /// Adds every face of a font file, which is mapped and not read: a large one costs what is drawn of it.
    ///
    /// The file must not be changed while it is mapped.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) where it can't be opened, [`ErrorKind::Limit`](crate::ErrorKind::Limit) where
    /// it is over `Limits::font_bytes`, [`ErrorKind::Font`](crate::ErrorKind::Font) as [`Fonts::add_bytes`].
    #[cfg(feature = "cli")]
    pub fn add_file(&mut self, path: &std::path::Path, limits: &crate::Limits) -> Result<usize> {
        let faces = super::files::read_named(path, limits)?;
        let count = faces.len();
        self.given.extend(faces);
        Ok(count)
    }

    /// Adds every face of a font file behind all others: text of its family is drawn with it, and what no other font has.
    /// Returns how many faces there are.
    ///
    /// # Errors
    ///
    /// As [`Fonts::add_file`].
    #[cfg(feature = "cli")]
    pub fn add_file_by_name(&mut self, path: &std::path::Path, limits: &crate::Limits) -> Result<usize> {
        let faces = super::files::read_named(path, limits)?;
        let count = faces.len();
        self.system.extend(faces);
        Ok(count)
    }

    /// Adds the system's fonts, after all others in fallback; `fontFamily` finds them by name. Returns how many faces
    /// there are. Files that can't be read are passed over.
    #[cfg(feature = "cli")]
    pub fn add_system(&mut self, limits: &crate::Limits) -> usize {
        let faces = super::files::system_faces(limits);
        let count = faces.len();
        self.system.extend(faces);
        count
    }

    /// Family names, lower case, in order of fallback; one for each face.
    pub fn families(&self) -> impl Iterator<Item = Arc<str>> {
        let bundled = if self.bundled { bundled::faces(0) } else { Vec::new() };
        let first = |face: &Face| face.info.families.first().cloned();
        let given: Vec<Arc<str>> = self.given.iter().chain(&bundled).chain(&self.system).filter_map(first).collect();
        given.into_iter()
    }

    /// All faces in order of fallback; a face's number there is its [`FaceId`](super::FaceId).
    pub(super) fn into_faces(self) -> Vec<Face> {
        let mut faces = self.given;
        if self.bundled {
            faces.extend(bundled::faces(faces.len()));
        }
        faces.extend(self.system);
        faces
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    #[test]
    fn what_is_no_font_is_refused_with_its_name() {
        for bytes in [&b""[..], b"hello", b"OTTO", b"\0\x01\0\0\xff\xff\0\0\0\0\0\0", b"ttcf\0\x02\0\0\xff\xff\xff\xff"] {
            let error = Fonts::none().add_bytes("a.ttf", bytes.to_vec()).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Font);
            assert!(error.to_string().contains("'a.ttf'"), "{error}");
        }
        assert!(Fonts::none().add_bytes("b.woff2", b"wOF2....".to_vec()).unwrap_err().to_string().contains("unpack"));
    }

    #[test]
    fn given_fonts_come_before_the_bundled_ones() {
        let mut fonts = Fonts::bundled();
        fonts.add_bytes("thai", include_bytes!("../../assets/fonts/NotoSansThai-Regular.ttf").to_vec()).unwrap();
        let families: Vec<_> = fonts.families().collect();
        assert_eq!(&*families[0], "noto sans thai");
        assert_eq!(&*families[1], "noto sans");
        let faces = fonts.into_faces();
        assert_eq!(faces[1].part_of, Some(3));
        assert_eq!(faces[3].info.families[0], faces[1].info.families[0]);
    }
}
