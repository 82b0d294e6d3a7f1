//! A bug becomes a sentence, the place in the program, and exit code 1.

use super::{FAULT, print};
use std::any::Any;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::process::ExitCode;

/// Do the work; a panic in it ends the program with a sentence.
pub(super) fn guard(work: impl FnOnce() -> ExitCode) -> ExitCode {
    panic::set_hook(Box::new(|info| print::error(&of_hook(info))));
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or(ExitCode::from(FAULT))
}

fn of_hook(info: &PanicHookInfo<'_>) -> String {
    let place = info.location().map(|at| format!("{}:{}", at.file(), at.line()));
    sentence(message(info.payload()), place.as_deref().unwrap_or("an unknown place"))
}

fn message(payload: &dyn Any) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}

fn sentence(message: &str, place: &str) -> String {
    format!(
        "error: recirc has a fault of its own and stops: {message} (at {place}). Your input is not to blame; \
         please report this line with the command that led to it."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bug_ends_the_program_with_its_exit_code() {
        let before = panic::take_hook();
        let code = guard(|| panic!("made for this test"));
        panic::set_hook(before);
        assert_eq!(format!("{code:?}"), format!("{:?}", ExitCode::from(FAULT)));
    }

    #[test]
    fn a_bug_is_told_in_one_sentence_with_its_place() {
        assert_eq!(message(&"boom"), "boom");
        assert_eq!(message(&String::from("boom 2")), "boom 2");
        assert_eq!(message(&7_u8), "no message");
        let told = sentence("boom", "src/x.rs:3");
        assert!(told.contains("boom (at src/x.rs:3)") && !told.contains('\n'), "{told}");
    }
}
