//! Answers of a page on loopback.

use std::fmt::Write as _;
use std::io::{self, Write};

/// What the page may load: nothing but itself and this server's pictures.
const POLICY: &str = "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What goes on being written until it ends or its reader has gone.
type Stream<'a> = Box<dyn FnOnce(&mut dyn Write) -> io::Result<()> + Send + 'a>;

/// An answer.
pub struct Answer<'a> {
    status: u16,
    media: &'static str,
    body: Body<'a>,
}

enum Body<'a> {
    Whole(Vec<u8>),
    Stream(Stream<'a>),
}

impl<'a> Answer<'a> {
    /// A line for people.
    #[must_use]
    pub fn text(status: u16, text: &str) -> Self {
        Self { status, media: "text/plain; charset=utf-8", body: Body::Whole(format!("{text}\n").into_bytes()) }
    }

    /// What was asked for, of a media type.
    #[must_use]
    pub fn found(media: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self { status: 200, media, body: Body::Whole(body.into()) }
    }

    /// Server-sent events: what a function writes, until it ends.
    #[must_use]
    pub fn events(write: impl FnOnce(&mut dyn Write) -> io::Result<()> + Send + 'a) -> Self {
        Self { status: 200, media: "text/event-stream", body: Body::Stream(Box::new(write)) }
    }

    /// The same as another status: what a page is told of a request that could not be done.
    #[must_use]
    pub fn status(self, status: u16) -> Self {
        Self { status, ..self }
    }

    /// Sends it; the connection ends with it.
    ///
    /// # Errors
    /// Where whoever asked has gone away.
    pub fn send(self, to: &mut dyn Write) -> io::Result<()> {
        let reason = match self.status {
            200 => "OK",
            403 => "Forbidden",
            404 => "Not Found",
            405 => "Method Not Allowed",
            409 => "Conflict",
            503 => "Service Unavailable",
            _ => "Bad Request",
        };
        let mut head = format!("HTTP/1.1 {} {reason}\r\nContent-Type: {}\r\n", self.status, self.media);
        if let Body::Whole(body) = &self.body {
            let _ = write!(head, "Content-Length: {}\r\n", body.len());
        }
        let _ = write!(
            head,
            "Connection: close\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\
             Referrer-Policy: no-referrer\r\nCross-Origin-Resource-Policy: same-origin\r\nContent-Security-Policy: {POLICY}\r\n\r\n"
        );
        let mut bytes = head.into_bytes();
        match self.body {
            Body::Whole(body) => {
                bytes.extend_from_slice(&body);
                to.write_all(&bytes)?;
            }
            Body::Stream(write) => {
                to.write_all(&bytes)?;
                to.flush()?;
                write(to)?;
            }
        }
        to.flush()
    }
}
