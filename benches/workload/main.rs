//! The workload that we are measured by: a board of 800×800 px and a card of 1200×630, one thread, warm.
//!
//! `cargo bench --bench workload` prints how long each takes, by stage and by command. `… -- write DIR` writes the workload
//! down for the peers (`benches/peers`), `… -- rest DIR` prints what no peer has beside its goals. `… -- count NAME` draws a fixed number of frames, for who counts instructions.

#![allow(clippy::unwrap_used, missing_docs, reason = "a bench fails where it panics, and nothing of it is used elsewhere")]

mod counted;
mod friends;
mod pictures;
mod report;
mod rest;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["count", name] => counted::run(name),
        ["write", folder] => report::write(std::path::Path::new(folder)),
        ["json"] => report::json(),
        ["rest", folder] => rest::print(std::path::Path::new(folder)),
        // As a test it shows that the workload is drawn.
        _ if std::env::args().any(|argument| argument == "--bench") => report::print(),
        _ => {
            for name in counted::NAMES {
                counted::run(name);
            }
        }
    }
}
