//! `globalCompositeOperation`.

use crate::style::keywords;

keywords! {
    /// How what is drawn (the source) comes together with what is there (Compositing and Blending 1).
    Composite {
        /// The source over what is there.
        SourceOver = "source-over",
        /// The source where there is something; what was there goes.
        SourceIn = "source-in",
        /// The source where there is nothing; what was there goes.
        SourceOut = "source-out",
        /// The source where there is something, over it.
        SourceAtop = "source-atop",
        /// What is there over the source.
        DestinationOver = "destination-over",
        /// What is there, where the source is.
        DestinationIn = "destination-in",
        /// What is there, where the source is not.
        DestinationOut = "destination-out",
        /// What is there where the source is, over the source.
        DestinationAtop = "destination-atop",
        /// Both added.
        Lighter = "lighter",
        /// The source alone.
        Copy = "copy",
        /// Each where the other is not.
        Xor = "xor",
        /// Channels multiplied: at least as dark as either.
        Multiply = "multiply",
        /// Complements multiplied: at least as light as either.
        Screen = "screen",
        /// Multiplied or screened, as what is there is dark or light.
        Overlay = "overlay",
        /// The darker of each channel.
        Darken = "darken",
        /// The lighter of each channel.
        Lighten = "lighten",
        /// What is there brightened by the source.
        ColorDodge = "color-dodge",
        /// What is there darkened by the source.
        ColorBurn = "color-burn",
        /// Multiplied or screened, as the source is dark or light.
        HardLight = "hard-light",
        /// Darkened or lightened, as the source is dark or light.
        SoftLight = "soft-light",
        /// The difference of each channel.
        Difference = "difference",
        /// As the difference, with less contrast.
        Exclusion = "exclusion",
        /// The hue of the source, saturation and luminosity of what is there.
        Hue = "hue",
        /// The saturation of the source, hue and luminosity of what is there.
        Saturation = "saturation",
        /// Hue and saturation of the source, the luminosity of what is there.
        Color = "color",
        /// The luminosity of the source, hue and saturation of what is there.
        Luminosity = "luminosity",
    }
}

impl Composite {
    /// True where what is there changes beyond the source too: all of the clip does.
    #[must_use]
    pub fn reaches_beyond_source(self) -> bool {
        matches!(self, Self::SourceIn | Self::SourceOut | Self::DestinationIn | Self::DestinationAtop | Self::Copy)
    }
}
