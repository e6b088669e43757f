//! What is going on, on stderr, while an import takes long; nothing where stderr is no terminal.

use indicatif::{ProgressBar, ProgressStyle};
use std::time::Duration;

/// A line that says how far the import is, and is gone at its end.
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Nobody wants to see a line flash by: it appears with the second tick.
    const TICK: Duration = Duration::from_millis(250);

    pub fn new() -> Progress {
        // Hidden where stderr is no terminal: `indicatif` sees to that.
        let bar = ProgressBar::new_spinner().with_style(ProgressStyle::default_spinner());
        bar.enable_steady_tick(Progress::TICK);
        Progress { bar }
    }

    /// So many documents are read.
    pub fn read(&self, documents: usize) {
        if documents.is_multiple_of(64) {
            self.bar.set_message(format!("{documents} documents read"));
        }
    }

    /// The documents are read; now they are understood.
    pub fn understanding(&self, documents: usize) {
        self.bar.set_message(format!("understanding {documents} documents"));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
