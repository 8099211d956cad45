//! Times as games write them: in seconds or milliseconds, under several names; dates; and since when a score counts.

use std::str::FromStr;

use serde::Deserialize;

use crate::error::{Error, ErrorKind, Result};
use crate::json::{Value, folded};
use crate::number::Number;

/// Names of the time at which a score was reached, the likeliest first.
const TIME_NAMES: &[&str] = &["update_time", "updateTime", "utime", "updatedAt", "timestamp", "time"];

const DAY: i64 = 86_400_000;
/// A time below this is in seconds: in milliseconds it would be before March 1973.
const SECONDS_BELOW: i64 = 100_000_000_000;

/// True for the name of a time.
pub(crate) fn is_time(name: &str) -> bool {
    let name = folded(name);
    name == "ts" || ["time", "timestamp", "date", "updatedat", "createdat", "expireat"].iter().any(|end| name.ends_with(end))
}

/// The time among the members of an object, as it is written.
pub(crate) fn time_of(number: impl Fn(&str) -> Option<Number>) -> Option<i64> {
    TIME_NAMES.iter().find_map(|name| i64::try_from(number(name)?.as_integer()?).ok())
}

/// A time in milliseconds since 1970, which is written in these or in seconds.
///
/// ```
/// use friendboard::friends::milliseconds;
/// assert_eq!(milliseconds(1_760_000_000), milliseconds(1_760_000_000_000));
/// ```
#[must_use]
pub fn milliseconds(time: i64) -> i64 {
    if time.abs() < SECONDS_BELOW { time.saturating_mul(1_000) } else { time }
}

/// Since when scores count: milliseconds since 1970. As text and in JSON a date (`2026-11-25`, from its beginning in UTC), a
/// time by RFC 3339 (`2026-11-25T08:00:00+08:00`), or a number of seconds or milliseconds.
///
/// ```
/// use friendboard::friends::Since;
/// let since = |text: &str| text.parse::<Since>().map(|since| since.0);
/// assert_eq!(since("1970-01-02")?, 86_400_000);
/// assert_eq!(since("2026-11-25T08:00:00+08:00")?, since("2026-11-25")?);
/// assert_eq!(since("1760000000")?, since("1760000000000")?);
/// assert!(since("yesterday").is_err() && since("2026-02-30").is_err());
/// # Ok::<(), friendboard::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Value")]
pub struct Since(pub i64);

impl FromStr for Since {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let text = text.trim();
        let number = Number::parse(text).and_then(|number| i64::try_from(number.as_integer()?).ok());
        number.map(milliseconds).or_else(|| rfc3339(text)).map(Self).ok_or_else(|| {
            let expected = "a date (2026-11-25), a time (2026-11-25T08:00:00+08:00), or seconds or milliseconds since 1970";
            Error::new(ErrorKind::Usage, format!("expected {expected}, found `{text:.40}`"))
        })
    }
}

impl TryFrom<Value> for Since {
    type Error = Error;

    fn try_from(value: Value) -> Result<Self> {
        value.to_text().parse()
    }
}

/// A date, or a date with a time and a zone; without a zone, UTC.
fn rfc3339(text: &str) -> Option<i64> {
    let (date, rest) = text.split_at_checked(10)?;
    let &[year, month, day] = numbers(date, '-', &[4, 2, 2])?.as_slice() else { return None };
    let days = days_of(year, month, day)?;
    if rest.is_empty() {
        return Some(days * DAY);
    }
    let rest = rest.strip_prefix(['T', 't', ' '])?;
    let zone_at = rest.find(['Z', 'z', '+', '-']).unwrap_or(rest.len());
    let (time, zone) = rest.split_at(zone_at);
    let (whole, fraction) = time.split_once('.').unwrap_or((time, ""));
    let clock = numbers(whole, ':', &[2, 2, 2]).or_else(|| numbers(whole, ':', &[2, 2]))?;
    let (hour, minute, second) = (clock[0], clock[1], clock.get(2).copied().unwrap_or(0));
    if hour > 23 || minute > 59 || second > 60 || !fraction.chars().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let thousandths: i64 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    let of_day = (hour * 3_600 + minute * 60 + second) * 1_000 + thousandths;
    Some(days * DAY + of_day - i64::from(zone.parse::<Zone>().ok()?.0) * 60_000)
}

/// A time on the clocks of a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clock {
    pub year: i64,
    pub month: i64,
    pub day: i64,
    pub hour: i64,
    pub minute: i64,
    pub second: i64,
}

impl Clock {
    /// What clocks of a zone show at a time, milliseconds since 1970; of the Gregorian calendar.
    pub fn at(time: i64, zone: Zone) -> Self {
        let local = time.saturating_add(i64::from(zone.0) * 60_000);
        let (days, of_day) = (local.div_euclid(DAY), local.rem_euclid(DAY) / 1_000);
        // Counted from March 1, so that the leap day is a year's last (civil_from_days of Howard Hinnant's date algorithms).
        let from_march = days + 719_468;
        let (era, day_of_era) = (from_march.div_euclid(146_097), from_march.rem_euclid(146_097));
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        Self {
            year: era * 400 + year_of_era + i64::from(month <= 2),
            month,
            day: day_of_year - (153 * month_from_march + 2) / 5 + 1,
            hour: of_day / 3_600,
            minute: of_day / 60 % 60,
            second: of_day % 60,
        }
    }
}

/// Whole numbers of so many digits each, between separators.
fn numbers(text: &str, separator: char, digits: &[usize]) -> Option<Vec<i64>> {
    let parts: Vec<&str> = text.split(separator).collect();
    let is_right = |(part, count): (&&str, &usize)| part.len() == *count && part.bytes().all(|byte| byte.is_ascii_digit());
    let fits = parts.len() == digits.len() && parts.iter().zip(digits).all(is_right);
    fits.then(|| parts.iter().filter_map(|part| part.parse().ok()).collect())
}

/// Days since 1970 of a date of the Gregorian calendar; `None` where there is no such day.
fn days_of(year: i64, month: i64, day: i64) -> Option<i64> {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = [31, 28 + i64::from(is_leap), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let of_month = *length.get(usize::try_from(month - 1).ok()?)?;
    if !(1..=of_month).contains(&day) {
        return None;
    }
    let before = year - 1;
    let of_years = before * 365 + before / 4 - before / 100 + before / 400;
    let of_months: i64 = length[..month as usize - 1].iter().sum();
    Some(of_years + of_months + day - 1 - 719_162)
}

/// A time zone: minutes that its clocks are ahead of UTC. As text `Z`, `UTC` or `+08:00`.
///
/// ```
/// use friendboard::friends::Zone;
/// assert_eq!("+08:00".parse::<Zone>()?, Zone(480));
/// assert!("Berlin".parse::<Zone>().is_err());
/// # Ok::<(), friendboard::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Value")]
pub struct Zone(pub i32);

impl std::fmt::Display for Zone {
    /// As it is read: `+08:00`.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { '-' } else { '+' };
        write!(formatter, "{sign}{:02}:{:02}", self.0.abs() / 60, self.0.abs() % 60)
    }
}

impl FromStr for Zone {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let minutes = || {
            let (sign, rest) = match text.split_at_checked(1)? {
                ("+", rest) => (1, rest),
                ("-", rest) => (-1, rest),
                _ => return None,
            };
            let parts = numbers(rest, ':', &[2, 2]).or_else(|| numbers(rest, ':', &[2]))?;
            let (hours, minutes) = (parts[0], parts.get(1).copied().unwrap_or(0));
            (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes) as i32)
        };
        match text {
            "" | "Z" | "z" | "UTC" => Ok(Self(0)),
            _ => minutes().map(Self).ok_or_else(|| {
                let expected = "a time zone as its distance from UTC, such as +08:00";
                Error::new(ErrorKind::Usage, format!("expected {expected}, found `{text:.40}`"))
            }),
        }
    }
}

impl TryFrom<Value> for Zone {
    type Error = Error;

    fn try_from(value: Value) -> Result<Self> {
        value.to_text().parse()
    }
}

/// A period after which everybody begins anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Period {
    /// From midnight.
    Day,
    /// From Monday's midnight (ISO 8601).
    Week,
    /// From the first day's midnight.
    Month,
}

impl Period {
    /// When the period began that a time (ms since 1970) falls into, on the clocks of a zone.
    ///
    /// ```
    /// use friendboard::friends::{Period, Since, Zone};
    /// let now = "2026-11-25T20:00:00Z".parse::<Since>()?.0; // a Wednesday; in Shanghai it is Thursday
    /// let shanghai = "+08:00".parse::<Zone>()?;
    /// assert_eq!(Period::Day.began(now, shanghai), "2026-11-26T00:00:00+08:00".parse::<Since>()?);
    /// assert_eq!(Period::Week.began(now, shanghai), "2026-11-23T00:00:00+08:00".parse::<Since>()?);
    /// assert_eq!(Period::Month.began(now, Zone(0)), "2026-11-01".parse::<Since>()?);
    /// # Ok::<(), friendboard::Error>(())
    /// ```
    #[must_use]
    pub fn began(self, now: i64, zone: Zone) -> Since {
        let ahead = i64::from(zone.0) * 60_000;
        let day = now.saturating_add(ahead).div_euclid(DAY);
        let first = match self {
            Self::Day => day,
            // 1970 began on a Thursday.
            Self::Week => day - (day + 3).rem_euclid(7),
            Self::Month => day - Clock::at(day.saturating_mul(DAY), Zone(0)).day + 1,
        };
        Since(first.saturating_mul(DAY).saturating_sub(ahead))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_four_hundred_years_is_where_it_belongs() {
        let mut day = days_of(1900, 1, 1).unwrap();
        for year in 1900..2300 {
            for month in 1..=12 {
                for of_month in 1..=31 {
                    let Some(found) = days_of(year, month, of_month) else { break };
                    let clock = Clock::at(found * DAY + 3_723_000, Zone(0));
                    let read = (clock.year, clock.month, clock.day, clock.hour, clock.minute, clock.second);
                    assert_eq!((found, read), (day, (year, month, of_month, 1, 2, 3)));
                    day += 1;
                }
            }
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "2026-",
            "2026-13-01",
            "2026-11-25T25:00",
            "2026-11-25T08:00:00+99:00",
            "2026-11-25x",
            "日付日付日付日付",
            "1e3.5",
        ] {
            assert!(text.parse::<Since>().is_err(), "{text}");
        }
        assert_eq!("2026-11-25 08:00".parse::<Since>().unwrap(), "2026-11-25T08:00:00.000Z".parse::<Since>().unwrap());
    }

    #[test]
    fn times_are_known_by_their_names() {
        for name in ["update_time", "updateTime", "utime", "lastTime", "date", "ts", "timestamp", "saveDate"] {
            assert!(is_time(name), "{name}");
        }
        for name in ["score", "level", "times_played", "cost_ms", "version"] {
            assert!(!is_time(name), "{name}");
        }
    }
}
