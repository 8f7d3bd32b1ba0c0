//! How far a longer piece of work has come: a bar on a terminal, plain lines elsewhere.

use std::{io::IsTerminal as _, time::Duration};

use indicatif::{ProgressBar, ProgressStyle};

/// A piece of work, with a known number of steps or without.
pub(crate) struct Progress {
    what: String,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// Begins to tell of `what`; `steps` is 0 when nobody knows how many there are.
    pub(crate) fn begin(what: &str, steps: usize) -> Self {
        let what = what.to_owned();
        if !std::io::stderr().is_terminal() {
            eprintln!("{what} …");
            return Self { what, bar: None };
        }
        let bar = ProgressBar::new(u64::try_from(steps).unwrap_or(u64::MAX)).with_message(what.clone());
        let look = if steps == 0 { "{msg}  {spinner}  {elapsed}" } else { "{msg}  {bar:32}  {pos}/{len}  {elapsed}" };
        if let Ok(style) = ProgressStyle::with_template(look) {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        Self { what, bar: Some(bar) }
    }

    /// Some steps are done.
    pub(crate) fn step(&self, steps: usize) {
        if let Some(bar) = &self.bar {
            bar.inc(u64::try_from(steps).unwrap_or(u64::MAX));
        }
    }

    /// All is done; `outcome` stays on the screen.
    pub(crate) fn end(self, outcome: &str) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        eprintln!("{}: {outcome}", self.what);
    }
}
