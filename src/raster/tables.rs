//! Tables of a gradient's colours that were made before: a board's gradients are the same in each frame, and in each row.

use std::sync::Arc;

use super::blend::premultiply;
use super::ramp::TABLE;
use crate::color::Color;

/// A gradient of more stops is made anew each time.
const STOPS_MOST: usize = 32;

/// The premultiplied colours at [`TABLE`] evenly spaced offsets.
#[derive(Clone, Debug)]
pub struct Table {
    pub colors: Arc<[[u8; 4]]>,
    /// True where nothing is seen through any of them.
    pub is_opaque: bool,
}

impl Table {
    /// The colours between stops, mixed premultiplied or straight.
    fn new(stops: &[(f32, Color)], premultiplied: bool) -> Self {
        let colors = colors(stops, premultiplied);
        let is_opaque = colors.iter().fold(255, |all, color| all & color[3]) == 255;
        Self { colors, is_opaque }
    }
}

/// Of which stops, and how they are mixed.
#[derive(Debug, PartialEq)]
struct Key {
    premultiplied: bool,
    stops: Vec<(f32, Color)>,
}

/// Tables that were made, the last used first.
#[derive(Debug, Default)]
pub struct Tables(Vec<(Key, Table)>);

impl Tables {
    /// Tables kept at most, of 4 KB each: each is compared with what is to be drawn.
    pub const KEPT_MOST: usize = 32;

    /// The table between stops, mixed premultiplied or straight.
    pub fn get(&mut self, stops: &[(f32, Color)], premultiplied: bool) -> Table {
        if stops.len() > STOPS_MOST {
            return Table::new(stops, premultiplied);
        }
        let is_wanted = |(key, _): &(Key, Table)| key.premultiplied == premultiplied && key.stops == stops;
        let found = self.0.iter().position(is_wanted).and_then(|found| self.0.get_mut(..=found));
        if let Some([.., (_, table)]) = &found {
            let table = table.clone();
            if let Some(passed) = found {
                passed.rotate_right(1);
            }
            return table;
        }
        let table = Table::new(stops, premultiplied);
        self.0.truncate(Self::KEPT_MOST - 1);
        self.0.insert(0, (Key { premultiplied, stops: stops.to_vec() }, table.clone()));
        table
    }
}

/// The premultiplied colours at `TABLE` evenly spaced offsets, mixed premultiplied or straight.
fn colors(stops: &[(f32, Color)], premultiplied: bool) -> Arc<[[u8; 4]]> {
    let mut next = 0;
    (0..TABLE)
        .map(|index| {
            let offset = index as f32 / (TABLE - 1) as f32;
            while next < stops.len() && stops[next].0 <= offset {
                next += 1;
            }
            let (before, after) = (next.checked_sub(1).and_then(|before| stops.get(before)), stops.get(next));
            match (before, after) {
                (Some(&(from, a)), Some(&(to, b))) => {
                    let t = ((offset - from) / (to - from).max(1e-6)).clamp(0.0, 1.0);
                    if premultiplied { mix(a, b, t) } else { premultiply(mix_straight(a, b, t)) }
                }
                (Some(&(_, only)), None) | (None, Some(&(_, only))) => premultiply(only),
                (None, None) => [0; 4],
            }
        })
        .collect()
}

fn mix(a: Color, b: Color, t: f32) -> [u8; 4] {
    let premultiplied = |color: Color| {
        let alpha = f32::from(color.alpha) / 255.0;
        [f32::from(color.red) * alpha, f32::from(color.green) * alpha, f32::from(color.blue) * alpha, f32::from(color.alpha)]
    };
    let (a, b) = (premultiplied(a), premultiplied(b));
    let channel = |index: usize| (a[index] + (b[index] - a[index]) * t + 0.5) as u8;
    let alpha = channel(3);
    [channel(0).min(alpha), channel(1).min(alpha), channel(2).min(alpha), alpha]
}

fn mix_straight(a: Color, b: Color, t: f32) -> Color {
    let channel = |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * t + 0.5) as u8;
    Color::rgba(channel(a.red, b.red), channel(a.green, b.green), channel(a.blue, b.blue), channel(a.alpha, b.alpha))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_that_is_kept_is_the_one_that_is_made() {
        let mut kept = Tables::default();
        let stops = |number: u8| [(0.0, Color::rgba(number, 0, 0, 255)), (1.0, Color::rgba(0, number, 9, 40))];
        for round in 0..3 {
            for number in 0..40 {
                let premultiplied = number % 2 == round % 2;
                let table = kept.get(&stops(number), premultiplied);
                assert_eq!(table.colors, colors(&stops(number), premultiplied));
                assert!(kept.0.len() <= Tables::KEPT_MOST);
            }
            let again = kept.get(&stops(39), round % 2 == 1);
            assert!(Arc::ptr_eq(&again.colors, &kept.get(&stops(39), round % 2 == 1).colors));
        }
        assert!(kept.get(&[(0.0, Color::WHITE)], true).is_opaque && !kept.get(&stops(1), true).is_opaque);
    }
}
