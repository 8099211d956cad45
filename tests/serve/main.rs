//! `friendboard serve`, from outside: what it answers, what it refuses, and that nothing of what strangers send brings it down.
#![cfg(all(feature = "serve", unix))]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails where it panics")]

#[cfg(feature = "batch")]
mod batch;
#[path = "../support/server.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod canary;
mod deploy;
mod faults;
mod harness;
mod load;
mod network;
mod routes;
mod signed;
