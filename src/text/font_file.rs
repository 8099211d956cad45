//! From the bytes of a font file to its faces.

use std::sync::Arc;

use fontique::Blob;

use super::face::Face;
use crate::unwind::contained;
use crate::{Error, ErrorKind, Result};

/// Every usable face of a font file.
pub(super) fn read_faces(name: &str, data: &Blob<u8>) -> Result<Vec<Face>> {
    contained(|| read(name, data)).unwrap_or_else(|fault| {
        let message = format!("expected an OpenType font in '{name}': its reader failed at it ({fault})");
        Err(Error::new(ErrorKind::Font, message))
    })
}

fn read(name: &str, data: &Blob<u8>) -> Result<Vec<Face>> {
    let bytes: &[u8] = data.as_ref();
    let wrong = |why: &str| Error::new(ErrorKind::Font, format!("expected an OpenType font in '{name}': {why}"));
    if bytes.starts_with(b"wOFF") || bytes.starts_with(b"wOF2") {
        return Err(wrong("found WOFF").hint("unpack it first: `fonttools ttLib.woff2 decompress`"));
    }
    let count = match skrifa::raw::FileRef::new(bytes) {
        Ok(skrifa::raw::FileRef::Font(_)) => 1,
        // The most faces of a known collection are 55; an index is cheap, a broken count is not.
        Ok(skrifa::raw::FileRef::Collection(collection)) => collection.len().min(256),
        Err(error) => return Err(wrong("neither a font nor a collection").source(error.to_string())),
    };
    let mut faces = Vec::new();
    let mut reason = "it has no faces";
    for index in 0..count {
        match Face::read(data.clone(), index) {
            Ok(face) => {
                let name: Arc<str> = Arc::from(name);
                faces.extend(face.weights().into_iter().map(|mut face| {
                    face.file = Some(Arc::clone(&name));
                    face
                }));
            }
            Err(why) => reason = why,
        }
    }
    if faces.is_empty() { Err(wrong(reason)) } else { Ok(faces) }
}
