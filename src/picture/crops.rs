//! Pictures scaled to the size at which they are drawn, kept in bounded memory.

use std::collections::BTreeMap;

use super::Picture;
use crate::geometry::Rect;

/// A memo of [`Picture::scaled_crop`]; it forgets what was used the longest ago when it has no more room.
#[derive(Debug)]
pub struct ScaledCrops {
    by_key: BTreeMap<CropKey, (Picture, u64)>,
    bytes: usize,
    max_bytes: usize,
    clock: u64,
}

/// Picture, the bits of its part, and the size.
type CropKey = (usize, [u32; 4], u32, u32);

/// What an entry costs beside its pixels.
const ENTRY_BYTES: usize = 128;

impl Default for ScaledCrops {
    /// Room for 16 MiB: 1,100 avatars of 60 px.
    fn default() -> Self {
        Self::with_capacity(16 * 1024 * 1024)
    }
}

impl ScaledCrops {
    /// A memo with room for so many bytes.
    #[must_use]
    pub fn with_capacity(max_bytes: usize) -> Self {
        Self { by_key: BTreeMap::new(), bytes: 0, max_bytes, clock: 0 }
    }

    /// [`Picture::scaled_crop`], remembered.
    pub fn get(&mut self, picture: &Picture, source: Rect, width: u32, height: u32) -> Picture {
        self.clock += 1;
        let bits = [source.x, source.y, source.width, source.height].map(f32::to_bits);
        let key = (picture.identity(), bits, width, height);
        if let Some((crop, used)) = self.by_key.get_mut(&key) {
            *used = self.clock;
            return crop.clone();
        }
        let crop = picture.scaled_crop(source, width, height);
        self.bytes += crop.pixels().len() + ENTRY_BYTES;
        self.by_key.insert(key, (crop.clone(), self.clock));
        while self.bytes > self.max_bytes {
            let oldest = self.by_key.iter().min_by_key(|(_, (_, used))| *used).map(|(key, _)| *key);
            let Some((crop, _)) = oldest.and_then(|key| self.by_key.remove(&key)) else { break };
            self.bytes -= crop.pixels().len() + ENTRY_BYTES;
        }
        crop
    }

    /// Bytes of the kept crops.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(side: u32) -> Picture {
        Picture::from_premultiplied(side, side, vec![255; (side * side * 4) as usize]).unwrap()
    }

    #[test]
    fn remembers_crops() {
        let mut crops = ScaledCrops::default();
        let (a, b) = (picture(20), picture(20));
        let part = Rect::new(0.0, 0.0, 10.0, 10.0);
        let crop = crops.get(&a, part, 5, 5);
        assert_eq!(crops.get(&a, part, 5, 5), crop);
        assert_ne!(crops.get(&b, part, 5, 5), crop);
        assert_ne!(crops.get(&a, part, 5, 6), crop);
    }

    #[test]
    fn memory_stays_bounded() {
        let mut crops = ScaledCrops::with_capacity(50_000);
        let source = picture(20);
        for side in 1..200 {
            assert_eq!(crops.get(&source, Rect::new(0.0, 0.0, 20.0, 20.0), side % 90, 10).height(), 10);
            assert!(crops.bytes() <= 50_000);
        }
    }
}
