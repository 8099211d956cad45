//! Hosts: what drives the pipeline where it runs.

#[cfg(feature = "native")]
pub mod headless;
pub mod request;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
