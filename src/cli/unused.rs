//! Options that a command has no use for are refused, so that nobody takes them to have had an effect.

use super::args::{Command, Options};

/// Settings of a scenario, by the options that stand for them.
const SETTINGS: [&str; 5] = ["--years", "--scale", "--seed", "--replicates", "--set"];

/// What a command is called and which of the common options it takes; all of them when none are listed. Threads and
/// quiet change no result and are taken everywhere.
fn taken(command: &Command) -> (&'static str, Option<Vec<&'static str>>) {
    let settings_and = |more: &[&'static str]| Some([&SETTINGS[..], more].concat());
    match command {
        Command::Run { .. } => ("run", None),
        Command::Compare { .. } => ("compare", None),
        Command::Impulse { .. } => ("impulse", None),
        Command::Study { .. } => ("study", None),
        Command::Country { .. } => ("country", settings_and(&["--out", "--overwrite", "--json"])),
        Command::Check { .. } => ("check", settings_and(&["--json"])),
        // It times a year of one city.
        Command::Bench { .. } => ("bench", Some(vec!["--scale", "--seed", "--set"])),
        Command::Report { .. } => ("report", Some(vec!["--out", "--overwrite"])),
        Command::Reproduce { .. } => ("reproduce", Some(vec!["--out", "--overwrite"])),
        Command::Levers { .. } => ("levers", Some(vec![])),
        Command::Schema { .. } => ("schema", Some(vec![])),
        Command::New { .. } => ("new", Some(vec![])),
        Command::Multipliers(asked) if asked.new.is_some() => ("multipliers --new", Some(vec![])),
        Command::Multipliers(_) => ("multipliers", Some(vec!["--out", "--overwrite", "--json"])),
        Command::Lm3(asked) if asked.new.is_some() => ("lm3 --new", Some(vec![])),
        Command::Lm3(asked) if asked.simulate => {
            ("lm3", Some(vec!["--out", "--overwrite", "--json", "--timings"]))
        }
        Command::Lm3(_) => ("lm3", Some(vec!["--out", "--overwrite", "--json"])),
    }
}

/// The error when an option was given that the command does not take.
pub(super) fn refusal(command: &Command, options: &Options) -> Option<String> {
    let (name, taken) = taken(command);
    let taken = taken?;
    let idle: Vec<String> =
        options.given().into_iter().filter(|o| !taken.contains(o)).map(|o| format!("`{o}`")).collect();
    if idle.is_empty() {
        return None;
    }
    let (does, it) = if idle.len() == 1 { ("has", "it") } else { ("have", "them") };
    let takes = match taken.len() {
        0 => "none".to_owned(),
        _ => taken.join(", "),
    };
    Some(format!(
        "error: {} {does} no effect on `recirc {name}`\n  remedy: leave {it} out; of the options of every run it takes {takes}",
        idle.join(", ")
    ))
}
