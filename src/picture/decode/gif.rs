//! The first image of a GIF as a GIF of its own: its canvas is no larger than it, and nothing comes after it.

/// The first image.
pub(super) struct Still {
    /// Width and height of the whole picture, px.
    pub canvas: (u32, u32),
    /// Where the image's corner stands on it, px.
    pub at: (u32, u32),
    /// Width and height of the image, px.
    pub size: (u32, u32),
    /// The file.
    pub file: Vec<u8>,
}

/// Bytes of the signature and the logical screen.
const HEAD: usize = 13;

/// Takes the first image out; `None` where there is none, or where the file ends before its data.
pub(super) fn still(bytes: &[u8]) -> Option<Still> {
    let number = |at: usize| Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?));
    let canvas = (u32::from(number(6)?), u32::from(number(8)?));
    let colors = HEAD + table_bytes(*bytes.get(10)?);
    let mut at = colors;
    let mut control: &[u8] = &[];
    loop {
        match *bytes.get(at)? {
            0x21 => {
                let end = after_blocks(bytes, at + 2)?;
                if bytes.get(at + 1) == Some(&0xF9) {
                    control = bytes.get(at..end)?;
                }
                at = end;
            }
            0x2C => break,
            // Some encoders leave zeros between blocks.
            0x00 => at += 1,
            _ => return None,
        }
    }
    let descriptor = bytes.get(at..at + 10)?;
    let (left, top, width, height) = (number(at + 1)?, number(at + 3)?, number(at + 5)?, number(at + 7)?);
    let data = at + 10 + table_bytes(*descriptor.get(9)?);
    let end = after_blocks(bytes, data + 1);

    let mut file = bytes.get(..colors)?.to_vec();
    file.get_mut(6..8)?.copy_from_slice(&width.to_le_bytes());
    file.get_mut(8..10)?.copy_from_slice(&height.to_le_bytes());
    file.extend(control);
    file.extend([0x2C, 0, 0, 0, 0]);
    file.extend(descriptor.get(5..)?);
    // One that ends early is handed over as far as it goes: the decoder says what is missing.
    file.extend(bytes.get(at + 10..end.unwrap_or(bytes.len()))?);
    if end.is_some() {
        file.push(0x3B);
    }
    let [left, top, width, height] = [left, top, width, height].map(u32::from);
    Some(Still { canvas, at: (left, top), size: (width, height), file })
}

/// Bytes of the table of colours that a byte of flags announces.
fn table_bytes(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Where a row of sub-blocks ends; `None` where the file ends before.
fn after_blocks(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}
