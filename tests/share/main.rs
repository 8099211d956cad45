//! The share calls: every error row, the documents' examples, decryption.
#![allow(clippy::unwrap_used, reason = "a test that can't go on should say where")]

mod cards;
mod contrast;
mod decryption;
mod errors;
mod golden;
mod images;
mod requests;
