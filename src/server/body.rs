//! The bodies of requests: within limits of length, of time, and of what all of them may hold together.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use flate2::read::{MultiGzDecoder, ZlibDecoder};
use http_body_util::BodyExt;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::problem::Problem;
use crate::host::headless::read_within;

/// Reads bodies.
pub struct Bodies {
    /// Bytes that all bodies together may still take.
    room: Arc<Semaphore>,
    limit: usize,
    patience: Duration,
}

/// A body as text, and the room that it takes for as long as it is there.
pub struct Text {
    /// The text, without a byte order mark.
    pub text: String,
    /// Held until the text is of no more use.
    pub room: Option<OwnedSemaphorePermit>,
}

impl Bodies {
    /// Bodies of at most `limit` bytes each, unpacked, that are whole within `patience`; all of them in `room` bytes.
    pub fn new(limit: usize, room: usize, patience: Duration) -> Self {
        Self { room: Arc::new(Semaphore::new(room.min(Semaphore::MAX_PERMITS))), limit, patience }
    }

    /// Reads a body to its end.
    ///
    /// # Errors
    /// 400 for what is no text, or cut off; 408, 413 and 415 as they say; 503 where all the room is taken.
    pub async fn read(&self, headers: &HeaderMap, body: Body) -> Result<Text, Problem> {
        let packing = packing(headers)?;
        let declared = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
        // What is declared can only make it shorter: what comes is counted all the same.
        if declared.is_some_and(|declared| declared > self.limit as u64) {
            return Err(Problem::too_large(self.limit));
        }
        let read = tokio::time::timeout(self.patience, self.collect(body));
        let (bytes, mut room) = read.await.map_err(|_| Problem::too_slow())??;
        let bytes = match packing {
            Packing::None => bytes,
            packed => {
                let unpacked = match packed {
                    Packing::Gzip => read_within(MultiGzDecoder::new(&*bytes), self.limit),
                    _ => read_within(ZlibDecoder::new(&*bytes), self.limit),
                };
                let unpacked = unpacked.map_err(|_| Problem::bad_request("the body can't be unpacked"))?;
                let unpacked = unpacked.ok_or_else(|| Problem::too_large(self.limit))?;
                self.take(&mut room, unpacked.len().saturating_sub(bytes.len()))?;
                unpacked
            }
        };
        let text = String::from_utf8(bytes).map_err(|error| {
            let valid = error.utf8_error().valid_up_to();
            Problem::bad_request(format!("UTF-8 text was expected, found a byte that is not at offset {valid}"))
        })?;
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        Ok(Text { text, room })
    }

    async fn collect(&self, mut body: Body) -> Result<(Vec<u8>, Option<OwnedSemaphorePermit>), Problem> {
        let (mut bytes, mut room) = (Vec::new(), None);
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|_| Problem::bad_request("the body was cut off, or is not well-formed"))?;
            let Some(data) = frame.data_ref() else { continue };
            if bytes.len() + data.len() > self.limit {
                return Err(Problem::too_large(self.limit));
            }
            self.take(&mut room, data.len())?;
            bytes.extend_from_slice(data);
        }
        Ok((bytes, room))
    }

    fn take(&self, room: &mut Option<OwnedSemaphorePermit>, bytes: usize) -> Result<(), Problem> {
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        let more = Arc::clone(&self.room).try_acquire_many_owned(bytes);
        let more = more.map_err(|_| Problem::busy("no more bodies can be held at a time"))?;
        match room {
            Some(room) => room.merge(more),
            None => *room = Some(more),
        }
        Ok(())
    }
}

#[derive(Clone, Copy)]
enum Packing {
    None,
    Gzip,
    Deflate,
}

fn packing(headers: &HeaderMap) -> Result<Packing, Problem> {
    let values: Vec<String> = headers
        .get_all(CONTENT_ENCODING)
        .iter()
        .map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_ascii_lowercase())
        .collect();
    match values.join(", ").as_str() {
        "" | "identity" => Ok(Packing::None),
        "gzip" | "x-gzip" => Ok(Packing::Gzip),
        "deflate" => Ok(Packing::Deflate),
        other => Err(Problem::unsupported_encoding(other)),
    }
}
