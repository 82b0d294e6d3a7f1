//! Progress of a study on standard error: of the whole and of each run under way, with the time left of both. Bars on a
//! terminal, plain lines now and then elsewhere, nothing when quiet.

use crate::study::runner::Observer;
use crate::study::timing::Timings;
use indicatif::{HumanDuration, MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, Write, stderr};
use std::sync::Mutex;
use std::time::{Duration, Instant};

const BETWEEN_LINES: Duration = Duration::from_secs(10);
const WHOLE: &str = "{msg} [{bar:32}] {pos} of {len} months, {eta_words} left";
const ONE: &str = "  {msg} [{bar:24}] {pos} of {len} months, {eta_words} left";

/// A run under way.
#[derive(Clone, Debug)]
struct Run {
    what: String,
    start: Instant,
    done: u64,
    months: u64,
}

struct State {
    runs: usize,
    kept: usize,
    done: u64,
    months: u64,
    start: Instant,
    under_way: Vec<Option<Run>>,
    last_line: Instant,
    /// The tenth that the last line spoke of.
    tenth: u64,
}

enum Way {
    Quiet,
    Lines,
    Bars { all: MultiProgress, whole: ProgressBar, each: Vec<ProgressBar> },
}

pub(super) struct StudyProgress {
    label: String,
    state: Mutex<State>,
    way: Way,
    pub(super) timings: Option<Timings>,
}

impl StudyProgress {
    pub fn new(label: &str, workers: usize, quiet: bool, timed: bool) -> StudyProgress {
        let now = Instant::now();
        let state = State {
            runs: 0,
            kept: 0,
            done: 0,
            months: 0,
            start: now,
            under_way: vec![None; workers],
            last_line: now,
            tenth: 0,
        };
        let way = match (quiet, stderr().is_terminal()) {
            (true, _) => Way::Quiet,
            (false, false) => Way::Lines,
            (false, true) => {
                let all = MultiProgress::with_draw_target(ProgressDrawTarget::stderr_with_hz(8));
                let whole = all.add(ProgressBar::new(0).with_style(style(WHOLE)));
                let each = (0..workers).map(|_| all.add(ProgressBar::new(0).with_style(style(ONE))));
                Way::Bars { whole, each: each.collect(), all: all.clone() }
            }
        };
        StudyProgress {
            label: label.to_owned(),
            state: Mutex::new(state),
            way,
            timings: timed.then(Timings::default),
        }
    }

    /// Clear the bars and say how long it took.
    pub fn finish(&self) {
        if let Way::Bars { all, .. } = &self.way {
            // What cannot be cleared is only untidy.
            let _ = all.clear();
        }
        if let (Ok(state), false) = (self.state.lock(), matches!(self.way, Way::Quiet)) {
            let took = HumanDuration(state.start.elapsed());
            say(&format!("{}: {} of {} runs are there, after {took}", self.label, state.kept, state.runs));
        }
    }

    fn say(&self, text: &str) {
        match &self.way {
            Way::Bars { all, .. } => all.suspend(|| say(text)),
            _ => say(text),
        }
    }
}

impl Observer for StudyProgress {
    fn planned(&self, runs: usize, kept: usize, months: u64) {
        let Ok(mut state) = self.state.lock() else { return };
        (state.runs, state.kept) = (runs, kept);
        state.months = state.done + months;
        match &self.way {
            Way::Quiet => {}
            Way::Lines if kept > 0 && state.done == 0 => {
                say(&format!("{}: {kept} of {runs} runs are there already", self.label));
            }
            Way::Lines => {}
            Way::Bars { whole, .. } => {
                whole.set_length(state.months);
                whole.set_message(format!("{}: {kept} of {runs} runs", self.label));
            }
        }
    }

    fn timings(&self) -> Option<&Timings> {
        self.timings.as_ref()
    }

    fn warn(&self, text: &str) {
        self.say(text);
    }

    fn begins(&self, worker: usize, what: &str, months: u64) {
        let Ok(mut state) = self.state.lock() else { return };
        if let Some(run) = state.under_way.get_mut(worker) {
            *run = Some(Run { what: what.to_owned(), start: Instant::now(), done: 0, months });
        }
        if let Way::Bars { each, .. } = &self.way
            && let Some(bar) = each.get(worker)
        {
            bar.set_length(months);
            bar.set_message(what.to_owned());
            bar.reset();
        }
    }

    fn month(&self, worker: usize) {
        let Ok(mut state) = self.state.lock() else { return };
        state.done += 1;
        if let Some(Some(run)) = state.under_way.get_mut(worker) {
            run.done += 1;
        }
        match &self.way {
            Way::Quiet => {}
            Way::Bars { whole, each, .. } => {
                whole.inc(1);
                if let Some(bar) = each.get(worker) {
                    bar.inc(1);
                }
            }
            Way::Lines => {
                let tenth = state.done * 10 / state.months.max(1);
                let due = tenth > state.tenth || state.last_line.elapsed() >= BETWEEN_LINES;
                if due && state.done < state.months {
                    state.tenth = tenth;
                    state.last_line = Instant::now();
                    say(&line(&self.label, &state));
                }
            }
        }
    }

    fn kept(&self, worker: usize) {
        let Ok(mut state) = self.state.lock() else { return };
        state.kept += 1;
        if let Some(run) = state.under_way.get_mut(worker) {
            *run = None;
        }
        if let Way::Bars { whole, .. } = &self.way {
            whole.set_message(format!("{}: {} of {} runs", self.label, state.kept, state.runs));
        }
    }
}

fn style(template: &str) -> ProgressStyle {
    let words = |state: &indicatif::ProgressState, out: &mut dyn std::fmt::Write| {
        // Nowhere to report a failure to format; the bar is only shorter.
        let _ = write!(out, "{}", HumanDuration(state.eta()));
    };
    let made = ProgressStyle::with_template(template);
    let style = made.unwrap_or_else(|_| ProgressStyle::default_bar());
    style.with_key("eta_words", words).progress_chars("=> ")
}

fn left(elapsed: Duration, done: u64, months: u64) -> HumanDuration {
    HumanDuration(elapsed.mul_f64(months.saturating_sub(done) as f64 / done.max(1) as f64))
}

fn line(label: &str, state: &State) -> String {
    let percent = state.done * 100 / state.months.max(1);
    let mut line = format!(
        "{label}: {} of {} runs, {percent}% of the months, about {} left",
        state.kept,
        state.runs,
        left(state.start.elapsed(), state.done, state.months)
    );
    for run in state.under_way.iter().flatten().filter(|run| run.done > 0) {
        let left = left(run.start.elapsed(), run.done, run.months);
        line += &format!("\n  {}: {} of {} months, about {left} left", run.what, run.done, run.months);
    }
    line
}

/// A line on standard error; if that is closed, nobody is reading.
fn say(text: &str) {
    let _ = writeln!(stderr().lock(), "{text}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_of_the_whole_and_of_each_run() {
        let start = Instant::now() - Duration::from_secs(60);
        let run = Run {
            what: "local first, replicate 2".into(),
            start: Instant::now() - Duration::from_secs(10),
            done: 20,
            months: 120,
        };
        let state = State {
            runs: 16,
            kept: 5,
            done: 500,
            months: 2000,
            start,
            under_way: vec![Some(run), None],
            last_line: start,
            tenth: 0,
        };
        assert_eq!(
            line("Leeds", &state),
            "Leeds: 5 of 16 runs, 25% of the months, about 3 minutes left\n  \
             local first, replicate 2: 20 of 120 months, about 50 seconds left"
        );
    }
}
