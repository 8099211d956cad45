//! Client versions: compared number by number, never as text (`40.10.0` is newer than `40.9.1`).

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{Error, ErrorKind};

/// A client's version, such as `40.3.0`; missing parts are zero, a leading `v` and a trailing `-beta` are passed over.
///
/// ```
/// use friendboard::platform::Version;
/// let client: Version = "40.10".parse().unwrap();
/// assert!(client > "40.9.12".parse().unwrap());
/// assert_eq!(client, "v40.10.0-beta".parse().unwrap());
/// ```
#[derive(Clone, Debug)]
pub struct Version {
    parts: [u32; Version::PARTS],
    written: String,
}

impl Version {
    /// Most parts of a version; the platforms write three or four.
    pub const PARTS: usize = 6;

    /// A version of three known parts.
    #[must_use]
    pub fn new(major: u32, minor: u32, patch: u32) -> Self {
        Self { parts: [major, minor, patch, 0, 0, 0], written: format!("{major}.{minor}.{patch}") }
    }
}

impl FromStr for Version {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let wrong = || {
            let shown: String = text.chars().take(40).collect();
            Error::new(ErrorKind::Usage, format!("expected a version such as 40.3.0, found {shown:?}"))
                .hint(format!("write up to {} whole numbers with points between them", Self::PARTS))
        };
        let trimmed = text.trim();
        let numbers = trimmed.strip_prefix(['v', 'V']).unwrap_or(trimmed);
        let numbers = numbers.split(['-', '+']).next().unwrap_or_default();
        let mut parts = [0; Self::PARTS];
        let mut places = parts.iter_mut();
        for part in numbers.split('.') {
            let place = places.next().ok_or_else(wrong)?;
            if !part.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(wrong());
            }
            *place = part.parse().map_err(|_| wrong())?;
        }
        Ok(Self { parts, written: trimmed.to_owned() })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.parts == other.parts
    }
}

impl Eq for Version {}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        self.parts.cmp(&other.parts)
    }
}

impl Serialize for Version {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.written)
    }
}

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> Version {
        text.parse().unwrap()
    }

    #[test]
    fn compares_numbers_and_not_text() {
        assert!(version("40.10.0") > version("40.9.9"));
        assert!(version("4.25") == version("4.25.0"));
        assert!(version("4.25.0.1") > version("4.25"));
        assert!(version("9") < version("10"));
        assert_eq!(version(" v40.3.0-rc1 ").to_string(), "v40.3.0-rc1");
    }

    #[test]
    fn refuses_what_is_no_version() {
        for text in ["", ".", "40.", "40..3", "a", "4.x", "-1", "4,25", "99999999999", "1.2.3.4.5.6.7"] {
            assert!(text.parse::<Version>().is_err(), "{text:?}");
        }
    }
}
