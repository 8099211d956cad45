//! The spaces in which colours are given (CSS Color 4, §7 to §10), and how one becomes another (§12).

/// A space, with the ranges of its channels as its notation has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    /// sRGB of the older notations, 0 to 1.
    Legacy,
    /// Degrees, and two percentages.
    Hsl,
    /// Degrees, and two percentages.
    Hwb,
    /// CIE Lab by the white of D50: a percentage, and two numbers around 0.
    Lab,
    /// The same with a chroma and degrees.
    Lch,
    /// Oklab: 0 to 1, and two numbers around 0.
    Oklab,
    /// The same with a chroma and degrees.
    Oklch,
    /// sRGB of `color()`, 0 to 1, and beyond.
    Srgb,
    /// sRGB without its transfer function.
    SrgbLinear,
    /// Display P3.
    DisplayP3,
    /// Adobe RGB (1998).
    A98,
    /// `ProPhoto` RGB.
    ProPhoto,
    /// ITU-R BT.2020.
    Rec2020,
    /// CIE XYZ by the white of D50.
    XyzD50,
    /// CIE XYZ by the white of D65.
    XyzD65,
}

const NAMES: [(Space, &str); 9] = [
    (Space::Srgb, "srgb"),
    (Space::SrgbLinear, "srgb-linear"),
    (Space::DisplayP3, "display-p3"),
    (Space::A98, "a98-rgb"),
    (Space::ProPhoto, "prophoto-rgb"),
    (Space::Rec2020, "rec2020"),
    (Space::XyzD50, "xyz-d50"),
    (Space::XyzD65, "xyz-d65"),
    (Space::XyzD65, "xyz"),
];

impl Space {
    /// The space of a function, or of `color()` with its first word.
    #[must_use]
    pub fn of(function: &str, word: Option<&str>) -> Option<Self> {
        Some(match function {
            "rgb" | "rgba" => Self::Legacy,
            "hsl" | "hsla" => Self::Hsl,
            "hwb" => Self::Hwb,
            "lab" => Self::Lab,
            "lch" => Self::Lch,
            "oklab" => Self::Oklab,
            "oklch" => Self::Oklch,
            "color" => return NAMES.iter().find(|(_, name)| Some(*name) == word).map(|(space, _)| *space),
            _ => return None,
        })
    }

    /// The word that names it within `color()`.
    #[must_use]
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(space, _)| *space == self).map_or("srgb", |(_, name)| name)
    }

    /// What its channels are called where another colour is made from them.
    #[must_use]
    pub fn names(self) -> [&'static str; 3] {
        match self {
            Self::Hsl => ["h", "s", "l"],
            Self::Hwb => ["h", "w", "b"],
            Self::Lab | Self::Oklab => ["l", "a", "b"],
            Self::Lch | Self::Oklch => ["l", "c", "h"],
            Self::XyzD50 | Self::XyzD65 => ["x", "y", "z"],
            _ => ["r", "g", "b"],
        }
    }

    /// Which of its channels is an angle.
    #[must_use]
    pub fn hue(self) -> Option<usize> {
        match self {
            Self::Hsl | Self::Hwb => Some(0),
            Self::Lch | Self::Oklch => Some(2),
            _ => None,
        }
    }
}

type Rows = [[f64; 3]; 3];

const SRGB: Rows = [
    [0.412_390_799_265_959_34, 0.357_584_339_383_878, 0.180_480_788_401_834_3],
    [0.212_639_005_871_510_27, 0.715_168_678_767_756, 0.072_192_315_360_733_71],
    [0.019_330_818_715_591_82, 0.119_194_779_794_625_98, 0.950_532_152_249_660_7],
];
const DISPLAY_P3: Rows = [
    [0.486_570_948_648_216_2, 0.265_667_693_169_093_06, 0.198_217_285_234_362_5],
    [0.228_974_564_069_748_8, 0.691_738_521_836_506_4, 0.079_286_914_093_745],
    [0.0, 0.045_113_381_858_902_64, 1.043_944_368_900_976],
];
const A98: Rows = [
    [0.576_669_042_910_130_5, 0.185_558_237_906_546_3, 0.188_228_646_234_994_7],
    [0.297_344_975_250_536_05, 0.627_363_566_255_466_1, 0.075_291_458_493_997_88],
    [0.027_031_361_386_412_34, 0.070_688_852_535_827_23, 0.991_337_536_837_638_8],
];
const PROPHOTO: Rows = [
    [0.797_766_644_900_642_3, 0.135_181_297_400_533_08, 0.031_347_734_128_392_2],
    [0.288_074_828_819_401_3, 0.711_835_234_241_873, 0.000_089_936_938_725_64],
    [0.0, 0.0, 0.825_104_602_510_460_2],
];
const REC2020: Rows = [
    [0.636_958_048_301_291_4, 0.144_616_903_586_208_32, 0.168_880_975_164_172_1],
    [0.262_700_212_011_267_1, 0.677_998_071_518_870_8, 0.059_301_716_469_861_96],
    [0.0, 0.028_072_693_049_087_428, 1.060_985_057_710_791],
];
const D50_TO_D65: Rows = [
    [0.955_473_421_488_075, -0.023_098_454_948_764_71, 0.063_259_243_200_570_72],
    [-0.028_369_709_333_863_7, 1.009_995_398_081_304_1, 0.021_041_441_191_917_323],
    [0.012_314_014_864_481_998, -0.020_507_649_298_898_964, 1.330_365_926_242_124],
];
/// From linear sRGB to the cones' answers, and from their cube roots to Oklab.
const CONES: Rows = [
    [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
    [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
    [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
];
const OKLAB: Rows = [
    [0.210_454_255_3, 0.793_617_785, -0.004_072_046_8],
    [1.977_998_495_1, -2.428_592_205, 0.450_593_709_9],
    [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766],
];
/// White of D50.
const WHITE_D50: [f64; 3] = [0.964_295_676_429_567_6, 1.0, 0.825_104_602_510_460_2];

fn times(rows: &Rows, by: [f64; 3]) -> [f64; 3] {
    rows.map(|row| row[0] * by[0] + row[1] * by[1] + row[2] * by[2])
}

/// The rows that undo others, by Cramer's rule; none of the tables is flat.
fn inverse(m: &Rows) -> Rows {
    let [[a, b, c], [d, e, f], [g, h, i]] = *m;
    let (x, y, z) = (e * i - f * h, f * g - d * i, d * h - e * g);
    let by = 1.0 / (a * x + b * y + c * z);
    [
        [x * by, (c * h - b * i) * by, (b * f - c * e) * by],
        [y * by, (a * i - c * g) * by, (c * d - a * f) * by],
        [z * by, (b * g - a * h) * by, (a * e - b * d) * by],
    ]
}

/// A function of what is above 0, carried on below it.
fn odd(value: f64, of: impl Fn(f64) -> f64) -> f64 {
    if value < 0.0 { -of(-value) } else { of(value) }
}

/// The sRGB transfer function.
fn encoded(linear: f64) -> f64 {
    odd(linear, |linear| if linear <= 0.003_130_8 { linear * 12.92 } else { 1.055 * libm::pow(linear, 1.0 / 2.4) - 0.055 })
}

fn decoded(value: f64) -> f64 {
    odd(value, |value| if value <= 0.040_45 { value / 12.92 } else { libm::pow((value + 0.055) / 1.055, 2.4) })
}

/// BT.2020's constants.
const ALPHA: f64 = 1.099_296_826_809_44;
const BETA: f64 = 0.018_053_968_510_807;

fn rec2020_decoded(value: f64) -> f64 {
    odd(value, |value| if value < BETA * 4.5 { value / 4.5 } else { libm::pow((value + ALPHA - 1.0) / ALPHA, 1.0 / 0.45) })
}

fn rec2020_encoded(linear: f64) -> f64 {
    odd(linear, |linear| if linear > BETA { ALPHA * libm::pow(linear, 0.45) - (ALPHA - 1.0) } else { 4.5 * linear })
}

/// CSS Color 4, §7.1; degrees and two percentages.
fn hsl_to_rgb([hue, saturation, lightness]: [f64; 3]) -> [f64; 3] {
    let (saturation, lightness) = (saturation / 100.0, lightness / 100.0);
    [0.0, 8.0, 4.0].map(|n| {
        let k = (n + hue / 30.0).rem_euclid(12.0);
        let a = saturation * lightness.min(1.0 - lightness);
        lightness - a * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0)
    })
}

fn hue_of([red, green, blue]: [f64; 3], most: f64, range: f64) -> f64 {
    let sixth = if range == 0.0 {
        0.0
    } else if most == red {
        (green - blue) / range
    } else if most == green {
        (blue - red) / range + 2.0
    } else {
        (red - green) / range + 4.0
    };
    (sixth * 60.0).rem_euclid(360.0)
}

/// Degrees, and two percentages.
pub fn rgb_to_hsl(rgb: [f64; 3]) -> [f64; 3] {
    let (most, least) = (rgb[0].max(rgb[1]).max(rgb[2]), rgb[0].min(rgb[1]).min(rgb[2]));
    let (range, lightness) = (most - least, f64::midpoint(most, least));
    let room = lightness.min(1.0 - lightness);
    let saturation = if range == 0.0 || room == 0.0 { 0.0 } else { (most - lightness) / room };
    [hue_of(rgb, most, range), saturation * 100.0, lightness * 100.0]
}

fn hwb_to_rgb([hue, white, black]: [f64; 3]) -> [f64; 3] {
    let (white, black) = (white / 100.0, black / 100.0);
    let sum = white + black;
    let pure = hsl_to_rgb([hue, 100.0, 50.0]);
    pure.map(|channel| if sum >= 1.0 { white / sum } else { channel * (1.0 - sum) + white })
}

fn polar([lightness, a, b]: [f64; 3]) -> [f64; 3] {
    [lightness, (a * a + b * b).sqrt(), libm::atan2(b, a).to_degrees().rem_euclid(360.0)]
}

fn level([lightness, chroma, hue]: [f64; 3]) -> [f64; 3] {
    let (sin, cos) = libm::sincos(hue.to_radians());
    [lightness, chroma * cos, chroma * sin]
}

const KAPPA: f64 = 24_389.0 / 27.0;
const EPSILON: f64 = 216.0 / 24_389.0;

fn lab_to_xyz([lightness, a, b]: [f64; 3]) -> [f64; 3] {
    let middle = (lightness + 16.0) / 116.0;
    let part = |root: f64| if root * root * root > EPSILON { root * root * root } else { (116.0 * root - 16.0) / KAPPA };
    let y = if lightness > KAPPA * EPSILON { middle * middle * middle } else { lightness / KAPPA };
    [part(middle + a / 500.0) * WHITE_D50[0], y, part(middle - b / 200.0) * WHITE_D50[2]]
}

fn xyz_to_lab(xyz: [f64; 3]) -> [f64; 3] {
    let part = |value: f64| if value > EPSILON { libm::cbrt(value) } else { (KAPPA * value + 16.0) / 116.0 };
    let [x, y, z] = [part(xyz[0] / WHITE_D50[0]), part(xyz[1]), part(xyz[2] / WHITE_D50[2])];
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn oklab_to_linear(lab: [f64; 3]) -> [f64; 3] {
    times(&inverse(&CONES), times(&inverse(&OKLAB), lab).map(|root| root * root * root))
}

fn linear_to_oklab(linear: [f64; 3]) -> [f64; 3] {
    times(&OKLAB, times(&CONES, linear).map(libm::cbrt))
}

/// Linear sRGB.
pub fn to_linear(space: Space, channels: [f64; 3]) -> [f64; 3] {
    let from_xyz = |xyz: [f64; 3]| times(&inverse(&SRGB), xyz);
    match space {
        Space::Legacy | Space::Srgb => channels.map(decoded),
        Space::Hsl => hsl_to_rgb(channels).map(decoded),
        Space::Hwb => hwb_to_rgb(channels).map(decoded),
        Space::SrgbLinear => channels,
        Space::Lab => from_xyz(times(&D50_TO_D65, lab_to_xyz(channels))),
        Space::Lch => to_linear(Space::Lab, level(channels)),
        Space::Oklab => oklab_to_linear(channels),
        Space::Oklch => oklab_to_linear(level(channels)),
        Space::DisplayP3 => from_xyz(times(&DISPLAY_P3, channels.map(decoded))),
        Space::A98 => from_xyz(times(&A98, channels.map(|value| odd(value, |value| libm::pow(value, 563.0 / 256.0))))),
        Space::ProPhoto => {
            let decoded = |value| odd(value, |value| if value <= 16.0 / 512.0 { value / 16.0 } else { libm::pow(value, 1.8) });
            from_xyz(times(&D50_TO_D65, times(&PROPHOTO, channels.map(decoded))))
        }
        Space::Rec2020 => from_xyz(times(&REC2020, channels.map(rec2020_decoded))),
        Space::XyzD50 => from_xyz(times(&D50_TO_D65, channels)),
        Space::XyzD65 => from_xyz(channels),
    }
}

/// From linear sRGB.
pub fn from_linear(space: Space, linear: [f64; 3]) -> [f64; 3] {
    let xyz = || times(&SRGB, linear);
    let xyz_d50 = || times(&inverse(&D50_TO_D65), xyz());
    match space {
        Space::Legacy | Space::Srgb => linear.map(encoded),
        Space::Hsl => rgb_to_hsl(linear.map(encoded)),
        Space::Hwb => {
            let rgb = linear.map(encoded);
            let (most, least) = (rgb[0].max(rgb[1]).max(rgb[2]), rgb[0].min(rgb[1]).min(rgb[2]));
            [hue_of(rgb, most, most - least), least * 100.0, (1.0 - most) * 100.0]
        }
        Space::SrgbLinear => linear,
        Space::Lab => xyz_to_lab(xyz_d50()),
        Space::Lch => polar(xyz_to_lab(xyz_d50())),
        Space::Oklab => linear_to_oklab(linear),
        Space::Oklch => polar(linear_to_oklab(linear)),
        Space::DisplayP3 => times(&inverse(&DISPLAY_P3), xyz()).map(encoded),
        Space::A98 => times(&inverse(&A98), xyz()).map(|value| odd(value, |value| libm::pow(value, 256.0 / 563.0))),
        Space::ProPhoto => {
            let encoded =
                |value| odd(value, |value| if value >= 1.0 / 512.0 { libm::pow(value, 1.0 / 1.8) } else { 16.0 * value });
            times(&inverse(&PROPHOTO), xyz_d50()).map(encoded)
        }
        Space::Rec2020 => times(&inverse(&REC2020), xyz()).map(rec2020_encoded),
        Space::XyzD50 => xyz_d50(),
        Space::XyzD65 => xyz(),
    }
}

/// sRGB, 0 to 1 where it can be shown.
pub fn to_srgb(space: Space, channels: [f64; 3]) -> [f64; 3] {
    match space {
        Space::Legacy | Space::Srgb => channels,
        Space::Hsl => hsl_to_rgb(channels),
        Space::Hwb => hwb_to_rgb(channels),
        _ => to_linear(space, channels).map(encoded),
    }
}
