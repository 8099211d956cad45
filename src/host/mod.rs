//! Hosts: what drives the pipeline where it runs.

#[cfg(feature = "native")]
pub mod headless;
