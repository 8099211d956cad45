//! The software rasterizer: draw list into a buffer.
