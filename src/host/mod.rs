//! Hosts: what drives the pipeline where it runs. The WASM module is a package of its own beside them, `wasm/`.

#[cfg(feature = "cli")]
pub mod game_folder;
#[cfg(feature = "cli")]
pub mod headless;
#[cfg(all(feature = "native", feature = "script"))]
pub mod import;
#[cfg(feature = "network")]
pub mod loopback;
#[cfg(feature = "script")]
pub mod script;
