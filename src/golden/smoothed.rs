//! Colours as eyes tell them apart, and pixels that smooth an edge: what a tolerance may leave out.
//!
//! Colours: Y. Kotsarenko, F. Ramos: Measuring perceived color difference using YIQ NTSC transmission color space in mobile
//! applications (2010). Smoothing: V. Vyšniauskas: Anti-aliased Pixel and Intensity Slope Detector (2009). As `pixelmatch`
//! and the tools that stand on it compare.

use crate::picture::Picture;

/// How far black and white are apart.
const FARTHEST: f64 = 35_215.0;

/// A picture's colours over white, as luma and two differences of colours.
pub struct Seen {
    pixels: Vec<[f64; 3]>,
    width: usize,
    height: usize,
}

impl Seen {
    /// Those of a picture.
    #[must_use]
    pub fn of(picture: &Picture) -> Self {
        let pixels = picture.pixels().as_chunks::<4>().0.iter().map(|[red, green, blue, alpha]| {
            let over = 255.0 - f64::from(*alpha);
            let [red, green, blue] = [red, green, blue].map(|channel| f64::from(*channel) + over);
            [
                red * 0.298_895_31 + green * 0.586_622_47 + blue * 0.114_482_23,
                red * 0.595_977_99 - green * 0.274_171_60 - blue * 0.321_801_89,
                red * 0.211_470_17 - green * 0.522_617_11 + blue * 0.311_146_94,
            ]
        });
        Self { pixels: pixels.collect(), width: picture.width() as usize, height: picture.height() as usize }
    }

    /// How far a pixel is from another picture's in the same place, in 255ths of the way from black to white; not below it.
    #[must_use]
    pub fn distance(&self, other: &Self, index: usize) -> u8 {
        let (Some([y, i, q]), Some([other_y, other_i, other_q])) = (self.pixels.get(index), other.pixels.get(index)) else {
            return u8::MAX;
        };
        let [y, i, q] = [y - other_y, i - other_i, q - other_q];
        let square = 0.505_3 * y * y + 0.299 * i * i + 0.195_7 * q * q;
        libm::ceil(libm::sqrt(square / FARTHEST) * 255.0 - 1e-9).clamp(0.0, 255.0) as u8
    }

    /// True for a pixel that smooths an edge in this picture, where the edge is one in both.
    #[must_use]
    pub fn is_smoothed(&self, other: &Self, index: usize) -> bool {
        let Some(own) = self.luma(index) else { return false };
        let (mut alike, mut darkest, mut brightest) = (usize::from(self.is_at_edge(index)), (0.0, None), (0.0, None));
        for near in self.around(index) {
            let off = self.luma(near).unwrap_or(own) - own;
            if off == 0.0 {
                alike += 1;
                if alike > 2 {
                    return false;
                }
            } else if off < darkest.0 {
                darkest = (off, Some(near));
            } else if off > brightest.0 {
                brightest = (off, Some(near));
            }
        }
        let (Some(darkest), Some(brightest)) = (darkest.1, brightest.1) else { return false };
        [darkest, brightest].into_iter().any(|at| self.is_plain(at) && other.is_plain(at))
    }

    /// True for a pixel with at least three neighbours of its own colour, what is outside counting as one.
    fn is_plain(&self, index: usize) -> bool {
        let alike = self.around(index).filter(|near| self.pixels.get(*near) == self.pixels.get(index)).count();
        alike + usize::from(self.is_at_edge(index)) > 2
    }

    fn luma(&self, index: usize) -> Option<f64> {
        self.pixels.get(index).map(|[luma, ..]| *luma)
    }

    fn is_at_edge(&self, index: usize) -> bool {
        let (x, y) = (index % self.width.max(1), index / self.width.max(1));
        x == 0 || y == 0 || x + 1 >= self.width || y + 1 >= self.height
    }

    /// The pixels around one, as many as there are.
    fn around(&self, index: usize) -> impl Iterator<Item = usize> {
        let (width, height) = (self.width.max(1), self.height);
        let (x, y) = (index % width, index / width);
        let rows = y.saturating_sub(1)..(y + 2).min(height);
        rows.flat_map(move |row| (x.saturating_sub(1)..(x + 2).min(width)).map(move |column| row * width + column))
            .filter(move |near| *near != index)
    }
}
