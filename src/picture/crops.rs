//! Pictures scaled to the size at which they are drawn, kept in bounded memory.

use super::Picture;
use crate::cache::Cache;
use crate::geometry::Rect;

/// A memo of [`Picture::scaled_crop`].
#[derive(Debug)]
pub struct ScaledCrops(Cache<CropKey, Picture>);

/// Picture, the bits of its part, and the size.
type CropKey = (usize, [u32; 4], u32, u32);

/// What an entry costs beside its pixels.
const ENTRY_BYTES: usize = 128;

impl Default for ScaledCrops {
    /// Room for [`ScaledCrops::KEPT_BYTES`].
    fn default() -> Self {
        Self::with_capacity(Self::KEPT_BYTES)
    }
}

impl ScaledCrops {
    /// Bytes for which there is room where nothing else is said: 16 MiB, 1,100 avatars of 60 px.
    pub const KEPT_BYTES: usize = 16 * 1024 * 1024;

    /// A memo with room for so many bytes.
    #[must_use]
    pub fn with_capacity(max_bytes: usize) -> Self {
        Self(Cache::with_capacity(max_bytes))
    }

    /// True where a crop of this size would be remembered; a larger one is made anew each time.
    #[must_use]
    pub fn keeps(&self, width: u32, height: u32) -> bool {
        super::content::byte_length(width, height).is_some_and(|bytes| bytes + ENTRY_BYTES <= self.0.capacity())
    }

    /// [`Picture::scaled_crop`], remembered.
    pub fn get(&mut self, picture: &Picture, source: Rect, width: u32, height: u32) -> Picture {
        let bits = [source.x, source.y, source.width, source.height].map(f32::to_bits);
        let key = (picture.identity(), bits, width, height);
        if let Some(crop) = self.0.get(&key) {
            return crop.clone();
        }
        let crop = picture.scaled_crop(source, width, height);
        let bytes = crop.bytes() + ENTRY_BYTES;
        if bytes <= self.0.capacity() {
            self.0.insert(key, crop.clone(), bytes);
        }
        crop
    }

    /// Bytes of the kept crops.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.0.weight()
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
