//! A picture, and what is kept of it: all of its pixels, the part that is not transparent, or what is drawn of it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use crate::geometry::Rect;

/// A decoded picture: premultiplied RGBA8, row-major, top row first. Cheap to clone; two clones are the same picture.
#[derive(Clone)]
pub struct Picture {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) identity: usize,
    pub(super) content: Content,
}

impl Picture {
    /// A picture from premultiplied RGBA8 rows; `None` where the length is not `width × height × 4`.
    #[must_use]
    pub fn from_premultiplied(width: u32, height: u32, pixels: impl Into<Vec<u8>>) -> Option<Self> {
        let pixels = pixels.into();
        (Some(pixels.len()) == byte_length(width, height)).then(|| Self::of((width, height), Content::Whole(Arc::new(pixels))))
    }

    /// A picture whose pixels the host keeps: for a draw list that the host replays. To the rasterizer it is transparent.
    ///
    /// ```
    /// use friendboard::picture::Picture;
    /// let picture = Picture::of_host(132, 132);
    /// assert_eq!((picture.width(), picture.bytes()), (132, 132 * 132 * 4));
    /// ```
    #[must_use]
    pub fn of_host(width: u32, height: u32) -> Self {
        let bytes = byte_length(width, height).unwrap_or(usize::MAX);
        Self::of((width, height), Content::OfHost { bytes, transparent: Arc::default() })
    }

    /// True where the host keeps its pixels, so that only the host can draw it.
    #[must_use]
    pub fn is_of_host(&self) -> bool {
        matches!(self.content, Content::OfHost { .. })
    }

    /// A picture from straight RGBA8 rows, as `getImageData` gives them; `None` where the length is not
    /// `width × height × 4`.
    ///
    /// ```
    /// use friendboard::picture::Picture;
    /// let picture = Picture::from_straight(1, 1, vec![255, 100, 0, 128]).unwrap();
    /// assert_eq!(picture.pixels(), [128, 50, 0, 128]);
    /// assert!(Picture::from_straight(2, 1, vec![0; 4]).is_none());
    /// ```
    #[cfg(feature = "raster")]
    #[must_use]
    pub fn from_straight(width: u32, height: u32, mut pixels: Vec<u8>) -> Option<Self> {
        if Some(pixels.len()) != byte_length(width, height) {
            return None;
        }
        for [channels @ .., alpha] in pixels.as_chunks_mut::<4>().0 {
            let channels: &mut [u8; 3] = channels;
            if *alpha != 255 {
                *channels = channels.map(|channel| super::premultiply(channel, *alpha));
            }
        }
        Self::from_premultiplied(width, height, pixels)
    }

    /// A picture that is transparent but for a part, of which all that is within the picture is kept.
    #[cfg(any(feature = "decode-webp", feature = "decode-gif"))]
    pub(super) fn with_part(size: (u32, u32), at: (u32, u32), part: (u32, u32), pixels: Vec<u8>) -> Option<Self> {
        Part::new(size, at, part, pixels).map(|part| Self::of(size, Content::Part(Arc::new(part))))
    }

    pub(super) fn of((width, height): (u32, u32), content: Content) -> Self {
        // An address would not do: a new picture may get that of a dropped one, and be taken for it by a memo.
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        Self { width, height, identity: NEXT.fetch_add(1, Ordering::Relaxed), content }
    }

    /// Width in px.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Height in px.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.height
    }

    /// Premultiplied RGBA8, row-major, top row first.
    #[must_use]
    pub fn pixels(&self) -> &[u8] {
        self.content.pixels((self.width, self.height))
    }

    /// Bytes of memory that its pixels take: fewer than it has where most of it is transparent, or where only what is drawn
    /// of it is kept.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.content.bytes()
    }

    /// True where less is kept of it than its pixels: it can be drawn at the sizes of [`Picture::reduced`] and at no other.
    #[must_use]
    pub fn is_reduced(&self) -> bool {
        matches!(self.content, Content::Crops(_))
    }

    /// The same picture with these of its [scaled crops](Picture::scaled_crop) in place of its pixels; itself where that would
    /// save nothing.
    #[must_use]
    pub fn reduced(&self, crops: &[(Rect, u32, u32)]) -> Self {
        let mut kept: Vec<(Rect, Picture)> = Vec::new();
        let mut bytes = 0;
        for (source, width, height) in crops {
            bytes += byte_length(*width, *height).unwrap_or(usize::MAX);
            if bytes >= self.bytes() {
                return self.clone();
            }
            kept.push((*source, self.scaled_crop(*source, *width, *height)));
        }
        Self { content: Content::Crops(Arc::new(Crops::new(kept))), ..*self }
    }

    /// What tells this picture from every other of this process: equal for clones of one picture.
    #[must_use]
    pub fn identity(&self) -> usize {
        self.identity
    }

    /// True where every pixel is opaque.
    #[must_use]
    pub fn is_opaque(&self) -> bool {
        self.pixels().chunks_exact(4).all(|pixel| pixel[3] == 255)
    }
}

impl PartialEq for Picture {
    fn eq(&self, other: &Self) -> bool {
        self.identity == other.identity
    }
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({}×{})", self.width, self.height)
    }
}

/// Bytes of RGBA8 rows; `None` where this target can't address so many.
pub(super) fn byte_length(width: u32, height: u32) -> Option<usize> {
    (width as usize).checked_mul(height as usize)?.checked_mul(4)
}

/// What is kept of a picture.
#[derive(Clone)]
pub(super) enum Content {
    /// All of its pixels. As they came: a slice of its own would have them twice for a moment.
    Whole(Arc<Vec<u8>>),
    /// A part; the rest is transparent.
    #[cfg_attr(
        not(any(feature = "decode-webp", feature = "decode-gif")),
        allow(dead_code, reason = "only decoders of formats with frames keep a part")
    )]
    Part(Arc<Part>),
    /// Some parts of it at some sizes.
    Crops(Arc<Crops>),
    /// None: the host has them. What it holds for them, bytes, and what stands in for whoever asks.
    OfHost { bytes: usize, transparent: Arc<OnceLock<Vec<u8>>> },
}

/// A part of a picture, whole px.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Area {
    pub x: usize,
    pub y: usize,
    pub width: usize,
    pub height: usize,
}

/// A painted part.
pub(super) struct Part {
    area: Area,
    pixels: Vec<u8>,
    /// All of the picture, for who asks for that.
    whole: OnceLock<Vec<u8>>,
}

impl Part {
    /// The part of a picture of `size` that begins at `at`, cut to the picture; `None` where `pixels` are not its pixels.
    #[cfg(any(feature = "decode-webp", feature = "decode-gif"))]
    pub fn new(size: (u32, u32), at: (u32, u32), part: (u32, u32), mut pixels: Vec<u8>) -> Option<Self> {
        if Some(pixels.len()) != byte_length(part.0, part.1) || byte_length(size.0, size.1).is_none() {
            return None;
        }
        let (x, y) = (at.0.min(size.0), at.1.min(size.1));
        let (width, height) = (part.0.min(size.0 - x), part.1.min(size.1 - y));
        if (width, height) != part {
            let rows = pixels.chunks_exact((part.0 as usize * 4).max(1)).take(height as usize);
            pixels = rows.flat_map(|row| row.iter().take(width as usize * 4).copied()).collect();
        }
        let area = Area { x: x as usize, y: y as usize, width: width as usize, height: height as usize };
        Some(Self { area, pixels, whole: OnceLock::new() })
    }

    /// All of the picture, made anew.
    pub fn whole(&self, size: (u32, u32)) -> Vec<u8> {
        let stride = size.0 as usize * 4;
        let mut whole = vec![0; byte_length(size.0, size.1).unwrap_or(0)];
        let Area { x, y, width, .. } = self.area;
        let rows = whole.chunks_exact_mut(stride.max(1)).skip(y);
        for (row, painted) in rows.zip(self.pixels.chunks_exact((width * 4).max(1))) {
            if let Some(target) = row.get_mut(x * 4..(x + width) * 4) {
                target.copy_from_slice(painted);
            }
        }
        whole
    }
}

/// Parts of a picture at the sizes at which they are drawn.
pub(super) struct Crops {
    kept: Vec<(Rect, Picture)>,
    /// All of the picture as well as can be said, for who asks for that.
    whole: OnceLock<Picture>,
}

impl Crops {
    pub fn new(kept: Vec<(Rect, Picture)>) -> Self {
        Self { kept, whole: OnceLock::new() }
    }

    /// A part at a size; what was not kept is made of the largest that is.
    pub fn find(&self, source: Rect, width: u32, height: u32) -> Picture {
        let is_it = |(part, crop): &&(Rect, Picture)| *part == source && (crop.width, crop.height) == (width, height);
        if let Some((_, crop)) = self.kept.iter().find(is_it) {
            return crop.clone();
        }
        let area = |crop: &Picture| u64::from(crop.width) * u64::from(crop.height);
        let largest = self.kept.iter().max_by_key(|(_, crop)| area(crop));
        let scaled = largest.map(|(part, crop)| {
            let (across, down) = (crop.width as f32 / part.width, crop.height as f32 / part.height);
            let (x, y) = ((source.x - part.x) * across, (source.y - part.y) * down);
            crop.scaled_crop(Rect::new(x, y, source.width * across, source.height * down), width, height)
        });
        scaled.unwrap_or_else(|| Picture::of((0, 0), Content::Whole(Arc::default())))
    }
}

impl Content {
    /// Premultiplied RGBA8 of all of a picture of `size`.
    pub fn pixels(&self, size: (u32, u32)) -> &[u8] {
        match self {
            Self::Whole(pixels) => pixels,
            Self::Part(part) => part.whole.get_or_init(|| part.whole(size)),
            Self::Crops(crops) => {
                let all = Rect::new(0.0, 0.0, size.0 as f32, size.1 as f32);
                crops.whole.get_or_init(|| crops.find(all, size.0, size.1)).pixels()
            }
            Self::OfHost { bytes, transparent } => transparent.get_or_init(|| vec![0; *bytes]),
        }
    }

    /// The part of a picture of `size` beside which it is transparent, and the pixels of that part.
    pub fn painted(&self, size: (u32, u32)) -> (Area, &[u8]) {
        match self {
            Self::Part(part) => (part.area, &part.pixels),
            Self::Whole(_) | Self::Crops(_) | Self::OfHost { .. } => {
                (Area { x: 0, y: 0, width: size.0 as usize, height: size.1 as usize }, self.pixels(size))
            }
        }
    }

    /// Bytes of memory, without what is made of it for who asks for all of its pixels.
    pub fn bytes(&self) -> usize {
        match self {
            Self::Whole(pixels) => pixels.len(),
            Self::Part(part) => part.pixels.len(),
            Self::Crops(crops) => crops.kept.iter().map(|(_, crop)| crop.bytes()).sum(),
            Self::OfHost { bytes, .. } => *bytes,
        }
    }
}
