//! Progress on standard error: a bar with the time left on a terminal, a plain line now and then elsewhere,
//! nothing when quiet.

use std::io::{IsTerminal, Write, stderr};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use super::numbers::number;
use crate::study::Told;
use crate::study::timing::Timings;
use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};

const BETWEEN_LINES: Duration = Duration::from_secs(10);
const TEMPLATE: &str = "{msg} [{bar:32}] {human_pos} of {human_len} months, {eta_words} left";

/// Shared by reference between worker threads.
pub struct Progress {
    label: String,
    total: u64,
    done: AtomicU64,
    start: Instant,
    way: Way,
    pub(super) timings: Option<Timings>,
}

impl Told for Progress {
    fn month(&self) {
        self.tick();
    }
    fn timings(&self) -> Option<&Timings> {
        self.timings.as_ref()
    }
}

enum Way {
    Quiet,
    Bar(ProgressBar),
    /// When the last line was written, and the tenth it spoke of.
    Lines(Mutex<(Instant, u64)>),
}

impl Progress {
    /// `total_months` is over all scenarios and replicates.
    pub fn new(label: &str, total_months: u64, quiet: bool) -> Progress {
        let start = Instant::now();
        let way = match (quiet, stderr().is_terminal()) {
            (true, _) => Way::Quiet,
            (false, true) => Way::Bar(bar(label, total_months)),
            (false, false) => Way::Lines(Mutex::new((start, 0))),
        };
        let (total, done) = (total_months.max(1), AtomicU64::new(0));
        Progress { label: label.to_owned(), total, done, start, way, timings: None }
    }

    /// The same, with every month timed if that is asked for.
    pub fn timed(self, asked: bool) -> Progress {
        Progress { timings: asked.then(Timings::default), ..self }
    }

    /// One more month is done.
    pub fn tick(&self) {
        let done = self.done.fetch_add(1, Relaxed) + 1;
        match &self.way {
            Way::Quiet => {}
            Way::Bar(bar) => bar.inc(1),
            Way::Lines(last) => {
                // A worker that finds another one writing leaves it to write.
                let Ok(mut last) = last.try_lock() else {
                    return;
                };
                let tenth = done * 10 / self.total;
                if done < self.total && (tenth > last.1 || last.0.elapsed() >= BETWEEN_LINES) {
                    *last = (Instant::now(), tenth);
                    say(&line(&self.label, done, self.total, self.start.elapsed()));
                }
            }
        }
    }

    /// Say something in passing, above the bar.
    pub fn note(&self, text: &str) {
        match &self.way {
            Way::Quiet => {}
            Way::Bar(bar) => bar.suspend(|| say(text)),
            Way::Lines(_) => say(text),
        }
    }

    /// Clear the bar and say how long it took.
    pub fn finish(&self) {
        if let Way::Bar(bar) = &self.way {
            bar.finish_and_clear();
        }
        let months = number(self.done.load(Relaxed) as f64, 0);
        self.note(&format!("{}: {months} months in {}", self.label, HumanDuration(self.start.elapsed())));
    }
}

fn bar(label: &str, total: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr_with_hz(8));
    if let Ok(style) = ProgressStyle::with_template(TEMPLATE) {
        let words = |state: &indicatif::ProgressState, out: &mut dyn std::fmt::Write| {
            // Nowhere to report a failure to format; the bar is only shorter.
            let _ = write!(out, "{}", HumanDuration(state.eta()));
        };
        bar.set_style(style.with_key("eta_words", words).progress_chars("=> "));
    }
    bar.set_message(label.to_owned());
    bar
}

fn line(label: &str, done: u64, total: u64, elapsed: Duration) -> String {
    let left = elapsed.mul_f64((total - done) as f64 / done.max(1) as f64);
    let percent = done * 100 / total;
    let [done, total] = [done, total].map(|months| number(months as f64, 0));
    format!("{label}: {done} of {total} months ({percent}%), about {} left", HumanDuration(left))
}

/// A line on standard error; if that is closed, nobody is reading.
fn say(text: &str) {
    let _ = writeln!(stderr().lock(), "{text}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_how_far_and_how_long() {
        let shown = line("Leeds", 30, 120, Duration::from_secs(10));
        assert_eq!(shown, "Leeds: 30 of 120 months (25%), about 30 seconds left");
    }

    #[test]
    fn worker_threads_share_it() {
        let progress = Progress::new("Leeds", 400, true);
        let tick: &(dyn Fn() + Sync) = &|| progress.tick();
        std::thread::scope(|s| {
            for _ in 0..4 {
                s.spawn(|| (0..100).for_each(|_| tick()));
            }
        });
        assert_eq!(progress.done.load(Relaxed), 400);
        progress.finish();
    }
}
