//! How far a batch is, on a terminal.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::summary::Summary;

/// A line on standard error that is written over; nothing where that is no terminal.
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Of an input of so many bytes, where that is known.
    #[must_use]
    pub fn new(total: Option<u64>) -> Self {
        if !std::io::stderr().is_terminal() {
            return Self { bar: ProgressBar::hidden() };
        }
        let bar = total.map_or_else(ProgressBar::no_length, ProgressBar::new);
        bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(5));
        let template = match total {
            Some(_) => "{bar:24} {percent}%  {msg}  {eta} left",
            None => "{spinner}  {msg}  {elapsed}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self { bar }
    }

    /// So many bytes of the input are done.
    pub fn done(&self, bytes: u64, summary: &Summary) {
        self.bar.inc(bytes);
        let Summary { drawn, there, failed, .. } = summary;
        self.bar.set_message(format!("{} done, {failed} failed, {:.0}/s", drawn + there, summary.rate()));
    }

    /// Takes the line away.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}
