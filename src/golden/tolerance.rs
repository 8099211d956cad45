//! How far a picture may differ from its reference: `[tolerance]` of a `case.toml`.

use schemars::JsonSchema;
use serde::Deserialize;

/// The farthest that pictures may be blurred before they are compared, px.
const BLUR_MOST: f32 = 64.0;

/// How far a picture may differ from its reference: a pixel differs where it is further off than `channel` or `perceived`
/// says, and so many of them may differ as `pixels` or `count` says. Or how like it is as a whole, by `similarity`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tolerance {
    /// The share of pixels that may differ, 0 to 1.
    #[serde(default)]
    pub pixels: f64,
    /// How many pixels may differ, in place of a share.
    pub count: Option<u64>,
    /// The distance of a channel that is none yet, 0 to 255.
    #[serde(default)]
    pub channel: u8,
    /// The distance of two colours that is none yet, 0 to 1, as eyes tell them apart (YIQ), in place of `channel`.
    pub perceived: Option<f64>,
    /// True: smoothed pixels of edges may differ.
    #[serde(default)]
    pub antialiased: bool,
    /// The least structural similarity (SSIM) that passes, 0 to 1, in place of all of the above.
    pub similarity: Option<f64>,
    /// By how much both pictures are blurred before they are compared: a standard deviation, px.
    #[serde(default)]
    pub blur: f32,
    /// True: a picture of another size is compared too; a pixel that only one of them has differs.
    #[serde(default)]
    pub any_size: bool,
    /// Why this picture is not compared exactly.
    pub reason: String,
}

impl Tolerance {
    /// What is wrong with it.
    ///
    /// # Errors
    /// In words.
    pub fn check(&self) -> Result<(), String> {
        if self.reason.trim().is_empty() {
            return Err("a `reason` was expected in `tolerance`, found an empty text".to_owned());
        }
        let shares = [("pixels", Some(self.pixels)), ("perceived", self.perceived), ("similarity", self.similarity)];
        for (name, share) in shares {
            if let Some(share) = share.filter(|share| !(0.0..=1.0).contains(share)) {
                return Err(format!("a share from 0 to 1 was expected as `tolerance.{name}`, found {share}"));
            }
        }
        if !(0.0..=BLUR_MOST).contains(&self.blur) {
            return Err(format!("0 to {BLUR_MOST} px were expected as `tolerance.blur`, found {}", self.blur));
        }
        let by_pixels = [
            ("pixels", self.pixels > 0.0),
            ("count", self.count.is_some()),
            ("channel", self.channel > 0),
            ("perceived", self.perceived.is_some()),
            ("antialiased", self.antialiased),
        ];
        let named = |name: &str| by_pixels.iter().any(|(known, is_there)| *known == name && *is_there);
        for (one, other) in [("pixels", "count"), ("channel", "perceived")] {
            if named(one) && named(other) {
                return Err(format!("one of `{one}` and `{other}` was expected in `tolerance`, found both"));
            }
        }
        match by_pixels.iter().find(|(_, is_there)| *is_there && self.similarity.is_some()) {
            Some((name, _)) => {
                Err(format!("nothing that counts pixels was expected beside `tolerance.similarity`, found `{name}`"))
            }
            None => Ok(()),
        }
    }

    /// The distance of a pixel that is none yet, in 255ths.
    #[must_use]
    pub fn distance(&self) -> u8 {
        match self.perceived {
            Some(perceived) => (perceived * 255.0 + 1e-9) as u8,
            None => self.channel,
        }
    }
}
