//! Lines of files and of standard input, one after the other, each with a limit of length.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A line as it came.
#[derive(Debug, PartialEq, Eq)]
pub struct RawLine {
    /// The file that it is of; `None` where there is one only.
    pub file: Option<Arc<str>>,
    /// Its number there, from 1.
    pub number: u64,
    /// Its bytes, without the end of the line; `None` where they are too many.
    pub bytes: Option<Vec<u8>>,
    /// How many bytes of the input it took.
    pub length: u64,
}

/// Hands out the lines that are not empty, in order, until there are none or nobody takes them.
///
/// # Errors
/// Where a file can't be read; what was handed out before stays.
pub fn read(files: &[PathBuf], limit: usize, mut take: impl FnMut(RawLine) -> bool) -> Result<(), (PathBuf, io::Error)> {
    let standard_input = [PathBuf::from("-")];
    let files = if files.is_empty() { &standard_input[..] } else { files };
    for path in files {
        let name = (files.len() > 1).then(|| Arc::from(path.to_string_lossy().as_ref()));
        let read = if path == Path::new("-") {
            of(io::stdin().lock(), limit, name.as_ref(), &mut take)
        } else {
            File::open(path).and_then(|file| of(BufReader::with_capacity(1 << 16, file), limit, name.as_ref(), &mut take))
        };
        match read {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(error) => return Err((path.clone(), error)),
        }
    }
    Ok(())
}

fn of(
    mut from: impl BufRead,
    limit: usize,
    name: Option<&Arc<str>>,
    take: &mut impl FnMut(RawLine) -> bool,
) -> io::Result<bool> {
    for number in 1.. {
        let Some((bytes, length)) = next(&mut from, limit)? else { break };
        let is_empty = bytes.as_ref().is_some_and(|bytes| bytes.trim_ascii().is_empty());
        if !is_empty && !take(RawLine { file: name.cloned(), number, bytes, length }) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The next line, of which no more than the limit is held; `None` at the end.
fn next(from: &mut impl BufRead, limit: usize) -> io::Result<Option<(Option<Vec<u8>>, u64)>> {
    let (mut bytes, mut length, mut too_long) = (Vec::new(), 0, false);
    loop {
        let chunk = match from.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            chunk => chunk?,
        };
        if chunk.is_empty() {
            return Ok((length > 0).then_some(((!too_long).then_some(bytes), length)));
        }
        let end = chunk.iter().position(|byte| *byte == b'\n');
        let part = chunk.get(..end.unwrap_or(chunk.len())).unwrap_or_default();
        too_long |= bytes.len() + part.len() > limit;
        if too_long {
            bytes = Vec::new();
        } else {
            bytes.extend_from_slice(part);
        }
        let used = part.len() + usize::from(end.is_some());
        length += used as u64;
        from.consume(used);
        if end.is_some() {
            return Ok(Some(((!too_long).then_some(bytes), length)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_numbers_and_long_ones_are_not_held() {
        let text = "one\n\n  \r\nlonger than ten\nlast";
        let mut lines = Vec::new();
        let keep = |line: RawLine| {
            lines.push((line.number, line.bytes.map(|bytes| String::from_utf8(bytes).unwrap()), line.length));
            true
        };
        // A buffer of three bytes, so that lines stand over its ends.
        assert!(of(BufReader::with_capacity(3, text.as_bytes()), 10, None, &mut { keep }).unwrap());
        assert_eq!(lines, [(1, Some("one".to_owned()), 4), (4, None, 16), (5, Some("last".to_owned()), 4)]);
        let mut count = 0;
        let stop = |_| {
            count += 1;
            false
        };
        assert!(!of(text.as_bytes(), 10, None, &mut { stop }).unwrap());
        assert_eq!(count, 1);
    }
}
