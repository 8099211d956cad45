//! Requests of a page on loopback: read within limits.

use std::io::Read;
use std::time::{Duration, Instant};

/// The longest head of a request, bytes.
const HEAD_BYTES: usize = 16 * 1024;
/// The longest body, bytes.
const BODY_BYTES: usize = 4 * 1024 * 1024;
/// Most lines of a head.
const HEADERS_MOST: usize = 64;

/// A request.
pub struct Request {
    /// `GET`, `POST` …
    pub method: String,
    /// The path as it is asked for; behind the secret, once that is known to be right.
    pub path: String,
    /// What stands behind a `?`.
    pub query: String,
    /// `Host`; empty where it is not there.
    pub host: String,
    /// `Origin`, where it is there.
    pub origin: Option<String>,
    /// `Content-Type`, without what stands behind a `;`.
    pub content_type: String,
    /// The body.
    pub body: Vec<u8>,
}

impl Request {
    /// A value of the query, as it stands there; `None` where there is none of this name.
    #[must_use]
    pub fn asked(&self, name: &str) -> Option<&str> {
        self.query.split('&').find_map(|pair| pair.split_once('=').filter(|(known, _)| *known == name)).map(|(_, value)| value)
    }
}

/// Reads a request to its end, in at most so long a time.
///
/// # Errors
/// The status that answers what is none.
pub fn read(from: &mut impl Read, patience: Duration) -> Result<Request, u16> {
    let end = Instant::now() + patience;
    let mut bytes = Vec::new();
    let (mut request, head, length) = loop {
        if let Some(found) = head(&bytes)? {
            break found;
        }
        if bytes.len() > HEAD_BYTES {
            return Err(431);
        }
        more(from, &mut bytes, end)?;
    };
    while bytes.len() < head + length {
        more(from, &mut bytes, end)?;
    }
    request.body = bytes.get(head..head + length).unwrap_or_default().to_vec();
    Ok(request)
}

fn more(from: &mut impl Read, bytes: &mut Vec<u8>, end: Instant) -> Result<(), u16> {
    let mut chunk = [0; 4096];
    if Instant::now() > end {
        return Err(408);
    }
    match from.read(&mut chunk) {
        Ok(0) | Err(_) => Err(400),
        Ok(count) => {
            bytes.extend_from_slice(chunk.get(..count).unwrap_or_default());
            Ok(())
        }
    }
}

/// The head of a request, its length and that of the body; `None` where it has not all come yet.
fn head(bytes: &[u8]) -> Result<Option<(Request, usize, usize)>, u16> {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS_MOST];
    let mut parsed = httparse::Request::new(&mut headers);
    let length = match parsed.parse(bytes).map_err(|_| 400_u16)? {
        httparse::Status::Complete(length) => length,
        httparse::Status::Partial => return Ok(None),
    };
    let value = |name: &str| {
        let header = parsed.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
        header.map(|header| String::from_utf8_lossy(header.value).trim().to_owned())
    };
    if value("transfer-encoding").is_some() {
        return Err(411);
    }
    let body = match value("content-length") {
        Some(length) => length.parse::<usize>().map_err(|_| 400_u16)?,
        None => 0,
    };
    if body > BODY_BYTES {
        return Err(413);
    }
    let content_type = value("content-type").unwrap_or_default();
    let path = parsed.path.unwrap_or_default().split('#').next().unwrap_or_default();
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let request = Request {
        method: parsed.method.unwrap_or_default().to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        host: value("host").unwrap_or_default(),
        origin: value("origin"),
        content_type: content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase(),
        body: Vec::new(),
    };
    Ok(Some((request, length, body)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Result<Request, u16> {
        read(&mut text.as_bytes(), Duration::from_secs(1))
    }

    #[test]
    fn requests_are_read_within_limits() {
        let request =
            of("POST /a HTTP/1.1\r\nHost: h\r\ncontent-type: application/json; charset=utf-8\r\nContent-Length: 2\r\n\r\n{}x");
        let request = request.unwrap_or_else(|status| panic!("{status}"));
        assert_eq!((request.method.as_str(), request.path.as_str(), request.host.as_str()), ("POST", "/a", "h"));
        assert_eq!((request.content_type.as_str(), request.body.as_slice()), ("application/json", b"{}".as_slice()));
        let status = |text: &str| of(text).err();
        let request = of("GET /a?x=1&to=-2.5#b HTTP/1.1\r\n\r\n").unwrap_or_else(|status| panic!("{status}"));
        assert_eq!((request.path.as_str(), request.asked("to"), request.asked("t")), ("/a", Some("-2.5"), None));
        assert_eq!(status("GET / HTTP/1.1\r\nHost: h"), Some(400));
        assert_eq!(status("\x01\x02\r\n\r\n"), Some(400));
        assert_eq!(status(&format!("GET / HTTP/1.1\r\nA: {}", "x".repeat(40_000))), Some(431));
        assert_eq!(status("POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n"), Some(413));
        assert_eq!(status("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"), Some(411));
        assert_eq!(status("POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nab"), Some(400));
    }
}
