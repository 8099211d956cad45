//! Hosts: what drives the pipeline where it runs.

#[cfg(feature = "native")]
pub mod headless;
#[cfg(all(target_arch = "wasm32", feature = "raster", feature = "shaping"))]
pub mod wasm;
