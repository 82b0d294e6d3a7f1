//! Ctrl-C: the first ends the work in good order, the second at once.

use super::{INTERRUPTED, print};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::{Duration, Instant};

/// Raised when the work is to end.
pub(super) static STOP: AtomicBool = AtomicBool::new(false);

/// Signals within this count as one: some programs (`timeout`) send theirs to a process and at once to its group. Nobody
/// presses two keys twice as fast.
const ONE: Duration = Duration::from_millis(50);

/// From now on the first Ctrl-C says this and has the work end; the second ends the program.
pub(super) fn catch_interruption(told: &'static str) {
    // A handler that is already there (a second run in one process) serves as well.
    let _ = ctrlc::set_handler(move || {
        static FIRST: OnceLock<Instant> = OnceLock::new();
        if !STOP.swap(true, Relaxed) {
            FIRST.get_or_init(Instant::now);
            print::error(told);
        } else if FIRST.get().is_some_and(|first| first.elapsed() > ONE) {
            std::process::exit(i32::from(INTERRUPTED));
        }
    });
}
