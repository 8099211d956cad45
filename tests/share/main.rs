//! The share calls: every error row, the documents' examples, decryption.

mod decryption;
mod errors;
mod golden;
