//! Hosts: what drives the pipeline where it runs.

#[cfg(feature = "native")]
pub mod headless;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
