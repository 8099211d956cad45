//! The same requests give the same bytes natively, without SIMD and in the WASM module: the case `golden/requests`. This test
//! is what is run of it without SIMD; `tests/wasm/render.mjs` holds the module's pictures against the same references.

#[test]
fn the_bytes_are_the_same_everywhere() {
    friendboard::golden::case("golden/requests").assert();
}
