//! Figures of limits: reading `64MiB`, writing `64 MiB`.

/// A number that a field of `Limits` holds.
pub(super) trait Figure: Copy {
    /// True where it has no fraction.
    const WHOLE: bool;
    /// From a figure that is known to fit.
    fn from_f64(value: f64) -> Self;
    /// As a figure; every limit is below 2⁵³.
    fn to_f64(self) -> f64;
}

macro_rules! figures {
    ($($type:ty: $whole:literal),+) => {
        $(impl Figure for $type {
            const WHOLE: bool = $whole;

            fn from_f64(value: f64) -> Self {
                value as Self
            }

            fn to_f64(self) -> f64 {
                self as f64
            }
        })+
    };
}

figures!(u32: true, u64: true, usize: true, f32: false);

/// Suffixes of bytes as GNU tools take them: `k` and `KiB` are 1,024, `kB` is 1,000.
const BYTES: &[(&str, f64)] = &[
    ("b", 1.0),
    ("k", 1024.0),
    ("kib", 1024.0),
    ("kb", 1e3),
    ("m", 1_048_576.0),
    ("mib", 1_048_576.0),
    ("mb", 1e6),
    ("g", 1_073_741_824.0),
    ("gib", 1_073_741_824.0),
    ("gb", 1e9),
];

/// Suffixes of times.
const TIMES: &[(&str, f64)] = &[("ms", 1.0), ("s", 1e3), ("min", 60e3)];

fn suffixes(unit: &str) -> &'static [(&'static str, f64)] {
    match unit {
        "bytes" => BYTES,
        "ms" => TIMES,
        "px" => &[("px", 1.0)],
        _ => &[],
    }
}

/// A figure as it is written on a command line; `None` where it is none.
pub(super) fn read(text: &str, unit: &str) -> Option<f64> {
    let text = text.trim();
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '_'))).unwrap_or(text.len());
    let (digits, suffix) = text.split_at(end);
    let number: f64 = digits.replace('_', "").parse().ok()?;
    let suffix = suffix.trim().to_ascii_lowercase();
    let factor = match suffix.as_str() {
        "" => 1.0,
        suffix => suffixes(unit).iter().find(|(known, _)| *known == suffix)?.1,
    };
    Some(number * factor)
}

/// What may be written, as an error says it.
pub(super) fn example(unit: &str) -> &'static str {
    match unit {
        "bytes" => ", such as 64MiB or 16k",
        "ms" => ", such as 5s or 250ms",
        _ => "",
    }
}

/// A figure with its unit.
pub(super) fn shown(value: f64, unit: &str) -> String {
    match unit {
        "bytes" if multiple(value).is_some() => bare(value, unit),
        "times" => grouped(value),
        _ => format!("{} {unit}", grouped(value)),
    }
}

/// A figure of which the unit is known.
pub(super) fn bare(value: f64, unit: &str) -> String {
    match multiple(value) {
        Some((name, factor)) if unit == "bytes" => format!("{} {name}", grouped(value / factor)),
        _ => grouped(value),
    }
}

/// The largest binary unit that a number of bytes is a multiple of.
fn multiple(value: f64) -> Option<(&'static str, f64)> {
    let binary = [("GiB", 1_073_741_824.0), ("MiB", 1_048_576.0), ("KiB", 1024.0)];
    binary.into_iter().find(|(_, factor)| value >= *factor && value % factor == 0.0)
}

/// Digits in groups of three.
fn grouped(value: f64) -> String {
    let text = value.to_string();
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(whole, fraction)| (whole, Some(fraction)));
    let mut out = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}
