//! Options that a command has no use for are refused, so that nobody takes them to have had an effect, and its help does not
//! list them.

use super::args::{Command, Options};

/// What commands take of the options of every run, where that is not all of them. Threads and quiet change no result and are
/// taken everywhere.
const TAKEN: [(&str, &[&str]); 11] = [
    ("country", &["--years", "--scale", "--seed", "--replicates", "--set", "--out", "--overwrite", "--json"]),
    ("check", &["--years", "--scale", "--seed", "--replicates", "--set", "--json"]),
    // It times a year of one city.
    ("bench", &["--scale", "--seed", "--set"]),
    ("report", &["--out", "--overwrite"]),
    ("reproduce", &["--out", "--overwrite"]),
    ("scenarios", &[]),
    ("levers", &[]),
    ("schema", &[]),
    ("new", &[]),
    ("multipliers", &["--out", "--overwrite", "--json"]),
    // Timings with `--simulate`.
    ("lm3", &["--out", "--overwrite", "--json", "--timings"]),
];

/// What a command takes as it was asked; nothing when it takes all.
fn taken(command: &Command) -> Option<(&'static str, &'static [&'static str])> {
    let name = match command {
        Command::Run { .. } | Command::Compare { .. } | Command::Impulse { .. } | Command::Study { .. } => {
            return None;
        }
        Command::Multipliers(asked) if asked.new.is_some() => return Some(("multipliers --new", &[])),
        Command::Lm3(asked) if asked.new.is_some() => return Some(("lm3 --new", &[])),
        Command::Lm3(asked) if !asked.simulate => {
            return Some(("lm3", &["--out", "--overwrite", "--json"]));
        }
        Command::Country { .. } => "country",
        Command::Check { .. } => "check",
        Command::Bench { .. } => "bench",
        Command::Report { .. } => "report",
        Command::Reproduce { .. } => "reproduce",
        Command::Scenarios => "scenarios",
        Command::Levers { .. } => "levers",
        Command::Schema { .. } => "schema",
        Command::New { .. } => "new",
        Command::Multipliers(_) => "multipliers",
        Command::Lm3(_) => "lm3",
    };
    TAKEN.into_iter().find(|(of, _)| *of == name)
}

/// The error when an option was given that the command does not take.
pub(super) fn refusal(command: &Command, options: &Options) -> Option<String> {
    let (name, taken) = taken(command)?;
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

/// The command line with each command's help rid of options that it refuses. They are still read, to be refused in words.
pub(super) fn hidden_in_help(mut line: clap::Command) -> clap::Command {
    for (name, taken) in TAKEN {
        let idle: Vec<clap::Arg> = line
            .get_arguments()
            .filter(|arg| arg.is_global_set())
            .filter(|arg| {
                let option = arg.get_long().map_or_else(String::new, |long| format!("--{long}"));
                !["--threads", "--quiet"].contains(&option.as_str()) && !taken.contains(&option.as_str())
            })
            .map(|arg| arg.clone().hide(true))
            .collect();
        line = line.mut_subcommand(name, |command| command.args(idle));
    }
    line
}
