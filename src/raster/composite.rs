//! The ways of compositing other than source-over (Compositing and Blending 1), on premultiplied RGBA8. In whole numbers,
//! but for those that divide or take roots: these in `f32`, with operations alone that are exact on every target.

use super::blend::divide_255;
use crate::display::operations::Composite;

/// How a source comes onto a surface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mix {
    /// How opaque all of the source is.
    pub opacity: u8,
    /// How it is composited.
    pub composite: Composite,
}

/// A row of premultiplied pixels onto a row. `own` is the source's coverage, which thins it; `clip` the clip's, which keeps
/// what is there; a byte a pixel, `None` is full.
pub fn row(row: &mut [u8], source: &[u8], own: Option<&[u8]>, clip: Option<&[u8]>, mix: Mix) {
    let (pixels, _) = row.as_chunks_mut::<4>();
    let (source, _) = source.as_chunks::<4>();
    let at = |coverage: Option<&[u8]>, index: usize| coverage.map_or(255, |row| row.get(index).copied().unwrap_or(0));
    for (index, (pixel, from)) in pixels.iter_mut().zip(source).enumerate() {
        let (covered, kept) = (at(own, index), at(clip, index));
        let by = divide_255(u32::from(covered) * u32::from(mix.opacity));
        let from = from.map(|channel| divide_255(u32::from(channel) * by) as u8);
        let mixed = mixed(mix.composite, from, *pixel);
        for (channel, mixed) in pixel.iter_mut().zip(mixed) {
            let sum = u32::from(mixed) * u32::from(kept) + u32::from(*channel) * u32::from(255 - kept);
            *channel = divide_255(sum) as u8;
        }
    }
}

/// One source pixel on one that is there.
fn mixed(composite: Composite, source: [u8; 4], there: [u8; 4]) -> [u8; 4] {
    let (own, below) = (u32::from(source[3]), u32::from(there[3]));
    let (not_own, not_below) = (255 - own, 255 - below);
    let weighted = |of_source: u32, of_there: u32| {
        let sum = |index: usize| u32::from(source[index]) * of_source + u32::from(there[index]) * of_there;
        std::array::from_fn(|index| divide_255(sum(index)).min(255) as u8)
    };
    match composite {
        Composite::SourceOver => weighted(255, not_own),
        Composite::SourceIn => weighted(below, 0),
        Composite::SourceOut => weighted(not_below, 0),
        Composite::SourceAtop => weighted(below, not_own),
        Composite::DestinationOver => weighted(not_below, 255),
        Composite::DestinationIn => weighted(0, own),
        Composite::DestinationOut => weighted(0, not_own),
        Composite::DestinationAtop => weighted(not_below, own),
        Composite::Lighter => weighted(255, 255),
        Composite::Copy => source,
        Composite::Xor => weighted(not_below, not_own),
        _ => blended(composite, source, there),
    }
}

/// The blend modes: what both cover is blended, the rest is source-over.
fn blended(composite: Composite, source: [u8; 4], there: [u8; 4]) -> [u8; 4] {
    let (own, below) = (i32::from(source[3]), i32::from(there[3]));
    let alpha = own + below - divided(own * below);
    let blend = match composite {
        Composite::Hue | Composite::Saturation | Composite::Color | Composite::Luminosity => {
            let both = own as f32 * below as f32 / 255.0;
            not_separable(composite, straight(there), straight(source)).map(|channel| (channel * both + 0.5) as i32)
        }
        _ => std::array::from_fn(|index| separable(composite, i32::from(source[index]), own, i32::from(there[index]), below)),
    };
    let channel = |index: usize| {
        let (s, d) = (i32::from(source[index]), i32::from(there[index]));
        (divided(s * (255 - below)) + divided(d * (255 - own)) + blend[index]).clamp(0, alpha) as u8
    };
    [channel(0), channel(1), channel(2), alpha as u8]
}

fn divided(product: i32) -> i32 {
    divide_255(product.unsigned_abs()) as i32 * product.signum()
}

/// `B(Cb, Cs)` of one channel times both alphas, 0 to 255; `s` and `d` are premultiplied with `own` and `below`.
fn separable(composite: Composite, s: i32, own: i32, d: i32, below: i32) -> i32 {
    let both = own * below;
    match composite {
        Composite::Multiply => divided(s * d),
        Composite::Screen => divided(s * below + d * own - s * d),
        Composite::Overlay => separable(Composite::HardLight, d, below, s, own),
        Composite::HardLight if 2 * s <= own => divided(2 * s * d),
        Composite::HardLight => divided(both - 2 * (below - d) * (own - s)),
        Composite::Darken => divided((s * below).min(d * own)),
        Composite::Lighten => divided((s * below).max(d * own)),
        Composite::Difference => divided((s * below - d * own).abs()),
        Composite::Exclusion => divided(s * below + d * own - 2 * s * d),
        _ => {
            if both == 0 {
                return 0;
            }
            let (source, there) = (s as f32 / own as f32, d as f32 / below as f32);
            let blend = match composite {
                Composite::ColorDodge if there <= 0.0 => 0.0,
                Composite::ColorDodge if source >= 1.0 => 1.0,
                Composite::ColorDodge => (there / (1.0 - source)).min(1.0),
                Composite::ColorBurn if there >= 1.0 => 1.0,
                Composite::ColorBurn if source <= 0.0 => 0.0,
                Composite::ColorBurn => 1.0 - ((1.0 - there) / source).min(1.0),
                _ => soft_light(source, there),
            };
            (blend * both as f32 / 255.0 + 0.5) as i32
        }
    }
}

fn soft_light(source: f32, there: f32) -> f32 {
    if source <= 0.5 {
        return there - (1.0 - 2.0 * source) * there * (1.0 - there);
    }
    let lifted = if there <= 0.25 { ((16.0 * there - 12.0) * there + 4.0) * there } else { there.sqrt() };
    there + (2.0 * source - 1.0) * (lifted - there)
}

/// Channels without the alpha, 0 to 1.
fn straight(pixel: [u8; 4]) -> [f32; 3] {
    let alpha = f32::from(pixel[3]).max(1.0);
    [pixel[0], pixel[1], pixel[2]].map(|channel| (f32::from(channel) / alpha).min(1.0))
}

fn luminosity(color: [f32; 3]) -> f32 {
    0.3 * color[0] + 0.59 * color[1] + 0.11 * color[2]
}

fn extremes(color: [f32; 3]) -> (f32, f32) {
    (color[0].min(color[1]).min(color[2]), color[0].max(color[1]).max(color[2]))
}

/// The colour with another luminosity, brought back into range about it.
fn with_luminosity(color: [f32; 3], wanted: f32) -> [f32; 3] {
    let by = wanted - luminosity(color);
    let moved = color.map(|channel| channel + by);
    let (least, most) = extremes(moved);
    let light = luminosity(moved);
    moved.map(|channel| {
        let raised = if least < 0.0 { light + (channel - light) * light / (light - least).max(1e-6) } else { channel };
        if most > 1.0 { light + (raised - light) * (1.0 - light) / (most - light).max(1e-6) } else { raised }
    })
}

/// The colour with another saturation: its least channel 0, its largest `wanted`.
fn with_saturation(color: [f32; 3], wanted: f32) -> [f32; 3] {
    let (least, most) = extremes(color);
    if most <= least {
        return [0.0; 3];
    }
    color.map(|channel| (channel - least) * wanted / (most - least))
}

fn saturation(color: [f32; 3]) -> f32 {
    let (least, most) = extremes(color);
    most - least
}

fn not_separable(composite: Composite, there: [f32; 3], source: [f32; 3]) -> [f32; 3] {
    match composite {
        Composite::Hue => with_luminosity(with_saturation(source, saturation(there)), luminosity(there)),
        Composite::Saturation => with_luminosity(with_saturation(there, saturation(source)), luminosity(there)),
        Composite::Color => with_luminosity(source, luminosity(there)),
        _ => with_luminosity(there, luminosity(source)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODES: &[&str] = Composite::KEYWORDS;

    fn modes() -> impl Iterator<Item = Composite> {
        MODES.iter().filter_map(|name| Composite::from_keyword(name))
    }

    /// Compositing and Blending 1 in `f64`, from straight colours.
    fn expected(composite: Composite, source: [u8; 4], there: [u8; 4]) -> Option<[f64; 4]> {
        let (a, b) = (f64::from(source[3]) / 255.0, f64::from(there[3]) / 255.0);
        let straight = |pixel: [u8; 4], index: usize| {
            if pixel[3] == 0 { 0.0 } else { f64::from(pixel[index]) / f64::from(pixel[3]) }
        };
        let blend = |s: f64, d: f64| {
            let hard = |s: f64, d: f64| if s <= 0.5 { d * 2.0 * s } else { 2.0 * s - 1.0 + d - (2.0 * s - 1.0) * d };
            Some(match composite {
                Composite::Multiply => s * d,
                Composite::Screen => s + d - s * d,
                Composite::Overlay => hard(d, s),
                Composite::Darken => s.min(d),
                Composite::Lighten => s.max(d),
                Composite::HardLight => hard(s, d),
                Composite::Difference => (s - d).abs(),
                Composite::Exclusion => s + d - 2.0 * s * d,
                _ => return None,
            })
        };
        let (fa, fb) = match composite {
            Composite::SourceOver => (1.0, 1.0 - a),
            Composite::SourceIn => (b, 0.0),
            Composite::SourceOut => (1.0 - b, 0.0),
            Composite::SourceAtop => (b, 1.0 - a),
            Composite::DestinationOver => (1.0 - b, 1.0),
            Composite::DestinationIn => (0.0, a),
            Composite::DestinationOut => (0.0, 1.0 - a),
            Composite::DestinationAtop => (1.0 - b, a),
            Composite::Lighter => (1.0, 1.0),
            Composite::Copy => (1.0, 0.0),
            Composite::Xor => (1.0 - b, 1.0 - a),
            _ => {
                let mut mixed = [0.0; 4];
                for (index, channel) in mixed.iter_mut().take(3).enumerate() {
                    let (s, d) = (straight(source, index), straight(there, index));
                    *channel = a * (1.0 - b) * s + a * b * blend(s, d)? + (1.0 - a) * b * d;
                }
                mixed[3] = a + b - a * b;
                return Some(mixed);
            }
        };
        let channel = |index: usize| f64::from(source[index]) / 255.0 * fa + f64::from(there[index]) / 255.0 * fb;
        Some([0, 1, 2, 3].map(|index| channel(index).min(1.0)))
    }

    fn pixels() -> impl Iterator<Item = [u8; 4]> {
        let mut random = crate::random::random(5);
        let mut next = move || (random() % 256) as u8;
        (0..3_000).map(move |index| {
            let alpha = [0, 255, 128, next()][index % 4];
            let mut channel = || (u32::from(next()) * u32::from(alpha) / 255) as u8;
            [channel(), channel(), channel(), alpha]
        })
    }

    #[test]
    fn modes_are_as_specified() {
        let pixels: Vec<_> = pixels().collect();
        let mut checked = 0;
        for composite in modes() {
            for pair in pixels.windows(2) {
                let found = mixed(composite, pair[0], pair[1]);
                assert!(found[..3].iter().all(|channel| *channel <= found[3]), "{composite:?} {pair:?}: {found:?}");
                let Some(expected) = expected(composite, pair[0], pair[1]) else { continue };
                checked += 1;
                for (found, expected) in found.iter().zip(expected) {
                    let apart = (f64::from(*found) - expected * 255.0).abs();
                    assert!(apart < 2.0, "{composite:?} {pair:?}: {found} for {}", expected * 255.0);
                }
            }
        }
        assert!(checked > 50_000 && MODES.len() == 26);
    }

    #[test]
    fn colours_trade_hue_saturation_and_luminosity() {
        let (red, grey, blue) = ([255, 0, 0, 255], [128, 128, 128, 255], [0, 0, 255, 255]);
        assert_eq!(mixed(Composite::Saturation, grey, red), [77, 77, 77, 255]);
        assert_eq!(mixed(Composite::Luminosity, grey, grey), grey);
        let recoloured = mixed(Composite::Color, red, grey);
        assert!(recoloured[0] > 200 && recoloured[1] == recoloured[2], "{recoloured:?}");
        let turned = mixed(Composite::Hue, blue, red);
        assert!(turned[2] > turned[0] && turned[3] == 255, "{turned:?}");
        assert_eq!(mixed(Composite::ColorDodge, [255, 255, 255, 255], grey), [255, 255, 255, 255]);
        assert_eq!(mixed(Composite::ColorBurn, [0, 0, 0, 255], grey), [0, 0, 0, 255]);
        assert_eq!(mixed(Composite::SoftLight, grey, grey)[0].abs_diff(128), 0);
    }

    #[test]
    fn a_clip_keeps_what_is_there() {
        let mut there = [10, 20, 30, 255].repeat(3);
        let copy = Mix { opacity: 255, composite: Composite::Copy };
        row(&mut there, &[0; 12], None, Some(&[0, 255, 128]), copy);
        assert_eq!(there, [10, 20, 30, 255, 0, 0, 0, 0, 5, 10, 15, 127]);
    }
}
