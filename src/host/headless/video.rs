//! How long a video is: the one fact of it that a share call is checked for.

use std::io::{Read, Seek, SeekFrom};

/// Boxes that are looked at before it is given up.
const BOXES_MOST: usize = 4_096;

/// The length in seconds that an MP4 or MOV file says of itself (ISO/IEC 14496-12, the `mvhd` box in `moov`); `None`
/// where it is none, or does not say.
pub fn video_seconds(mut file: impl Read + Seek) -> Option<f64> {
    let end = file.seek(SeekFrom::End(0)).ok()?;
    let (mut at, mut end) = (0_u64, end);
    for _ in 0..BOXES_MOST {
        if at.checked_add(8)? > end {
            return None;
        }
        file.seek(SeekFrom::Start(at)).ok()?;
        let mut size = u64::from(number(&mut file)?);
        let mut kind = [0; 4];
        file.read_exact(&mut kind).ok()?;
        let mut head = 8;
        if size == 1 {
            size = long(&mut file)?;
            head = 16;
        }
        // A size of 0 reaches to the end.
        let next = if size == 0 { end } else { at.checked_add(size)?.min(end) };
        match &kind {
            b"moov" => (at, end) = (at + head, next),
            b"mvhd" => return duration(&mut file),
            _ if size != 0 && size < head => return None,
            _ => at = next,
        }
    }
    None
}

/// Version and flags, two times, the units a second, the units.
fn duration(file: &mut impl Read) -> Option<f64> {
    let is_long = number(file)? >> 24 == 1;
    for _ in 0..if is_long { 4 } else { 2 } {
        number(file)?;
    }
    let scale = number(file)?;
    let units = if is_long { long(file)? } else { u64::from(number(file)?) };
    (scale > 0).then(|| units as f64 / f64::from(scale))
}

fn number(file: &mut impl Read) -> Option<u32> {
    let mut bytes = [0; 4];
    file.read_exact(&mut bytes).ok()?;
    Some(u32::from_be_bytes(bytes))
}

fn long(file: &mut impl Read) -> Option<u64> {
    let mut bytes = [0; 8];
    file.read_exact(&mut bytes).ok()?;
    Some(u64::from_be_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn boxed(kind: [u8; 4], content: &[u8]) -> Vec<u8> {
        let mut bytes = (content.len() as u32 + 8).to_be_bytes().to_vec();
        bytes.extend(kind);
        bytes.extend(content);
        bytes
    }

    fn header(long: bool) -> Vec<u8> {
        let mut content = vec![u8::from(long), 0, 0, 0];
        content.extend(vec![0; if long { 16 } else { 8 }]);
        content.extend(600_u32.to_be_bytes());
        content.extend(&7_500_u64.to_be_bytes()[if long { 0 } else { 4 }..]);
        boxed(*b"moov", &[boxed(*b"free", b"x"), boxed(*b"mvhd", &content)].concat())
    }

    #[test]
    fn reads_the_length() {
        for long in [false, true] {
            let file = [boxed(*b"ftyp", b"isom"), boxed(*b"mdat", &[0; 40]), header(long)].concat();
            assert_eq!(video_seconds(Cursor::new(&file)), Some(12.5));
        }
    }

    #[test]
    fn other_files_say_nothing_and_end() {
        assert_eq!(video_seconds(Cursor::new(b"")), None);
        assert_eq!(video_seconds(Cursor::new(boxed(*b"moov", b""))), None);
        // Boxes that claim to be empty, endless, or larger than any file.
        for size in [[0, 0, 0, 0], [0, 0, 0, 1], [0, 0, 0, 3], [0xFF; 4]] {
            let file = [&size[..], b"mdat", &[0xFF; 64]].concat();
            assert_eq!(video_seconds(Cursor::new(&file)), None);
        }
        let file = [boxed(*b"ftyp", b"isom"), header(true)].concat();
        let mut random = crate::random::random(3);
        for _ in 0..20_000 {
            let mut broken = file.clone();
            let place = random() as usize % broken.len();
            broken[place] = random() as u8;
            broken.truncate(1 + random() as usize % file.len());
            video_seconds(Cursor::new(&broken));
        }
    }
}
