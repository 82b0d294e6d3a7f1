//! The command line, as typed.

use super::lm3::Lm3Asked;
use super::multipliers_asked::MultipliersAsked;
use crate::scenario::{Diagnostic, Override};
use crate::study::burn_ins::Keep;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Follow a city's public pounds, person by person and firm by firm, until they leak.
///
/// With no command: a study of Leeds over ten years, as it is and under four ways to buy, at the largest scale that this machine
/// can do in about two minutes; it ends by naming a report.
#[derive(Debug, Parser)]
#[command(name = "recirc", version, after_help = EXIT_CODES)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub options: Options,
}

const EXIT_CODES: &str = "Exit codes: 0 done, 2 a mistake in what was asked or a failed check, \
                          130 interrupted, 1 a fault of machine or program.";

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run one scenario
    Run {
        /// A scenario file, or an embedded scenario such as leeds/baseline
        scenario: String,
    },
    /// Run scenarios under the same luck and tell what differs from the first
    Compare {
        /// The scenario to compare with
        reference: String,
        /// The scenarios to compare
        #[arg(required = true, value_name = "SCENARIO")]
        scenarios: Vec<String>,
    },
    /// Run a scenario without and with an extra spend, under the same luck: the net multiplier
    Impulse {
        /// A scenario file, or an embedded scenario such as leeds/baseline
        scenario: String,
        #[command(flatten)]
        extra: Extra,
    },
    /// Run a study: scenarios under the same luck, replicate by replicate; goes on where it was stopped
    Study {
        /// A study file, or an embedded study
        #[arg(default_value = "leeds/study")]
        study: String,
        /// Add replicates until the 95% interval of every difference in this metric is this narrow (high less low, in the
        /// metric's unit)
        #[arg(long, value_name = "METRIC=WIDTH")]
        until_width: Option<String>,
        /// Burn-ins on disk: until their runs are kept, for good (policies added later branch from them), or not at all
        /// (a full-size city takes some tens of megabytes)
        #[arg(long, value_name = "WHICH", value_enum, default_value_t)]
        burn_ins: Keep,
    },
    /// A country of synthetic cities, with suppliers and commuters between them: who gains and who loses when one adopts the
    /// scenario's levers, when a region does, when all do
    Country {
        /// A scenario file, or an embedded scenario
        #[arg(default_value = "country/everyone_local")]
        scenario: String,
        /// Cities in the country (country.cities)
        #[arg(long, value_name = "N", allow_hyphen_values = true)]
        cities: Option<String>,
        /// Regions they fall into (country.regions)
        #[arg(long, value_name = "N", allow_hyphen_values = true)]
        regions: Option<String>,
    },
    /// Make one HTML page of a folder of results, for readers who are no modellers
    Report {
        /// A folder that a study, a comparison or a run wrote; the page goes into it, or to --out FILE
        dir: PathBuf,
    },
    /// Make a run again from its manifest and say whether every table came out the same
    Reproduce {
        /// The manifest.json of a run, a comparison, an impulse or a study, or its folder
        manifest: PathBuf,
    },
    /// Read scenarios and say whether they are sound
    Check {
        /// Scenario files, or embedded scenarios such as leeds/baseline
        #[arg(required = true, value_name = "SCENARIO")]
        scenarios: Vec<String>,
        /// Also synthesise the city and print each calibration target with its relative error
        #[arg(long)]
        calibration: bool,
    },
    /// What a month costs on this machine: by phase, with and without tracer, on one thread and on several
    Bench {
        /// A scenario file, or an embedded scenario
        #[arg(default_value = "leeds/local_first")]
        scenario: String,
    },
    /// List the scenarios and studies that the program carries
    Scenarios,
    /// List the levers of policy, or tell all about one
    Levers {
        /// A lever or a shock by its name; all are listed without
        name: Option<String>,
    },
    /// Type I and Type II multipliers of an input-output table, or of a run
    Multipliers(Box<MultipliersAsked>),
    /// LM3 of an organisation's own figures
    Lm3(Lm3Asked),
    /// Print the JSON Schema of a scenario file
    Schema {
        /// That of a study file instead
        #[arg(long)]
        study: bool,
    },
    /// Write a commented starter scenario into a new folder
    New {
        /// A folder that does not exist yet
        dir: PathBuf,
    },
}

/// The extra spend. Each option stands for a setting of the scenario, whose own value holds when it is left out.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "The extra spend")]
pub struct Extra {
    /// Pounds of the real city, in all (impulse.amount_gbp)
    #[arg(long, value_name = "GBP", allow_hyphen_values = true)]
    pub amount: Option<String>,
    /// An anchor, a kind of anchor, `anchors`, a spending category, a section such as Q or health, or `households`
    /// (impulse.to)
    #[arg(long, value_name = "TARGET")]
    pub to: Option<String>,
    /// Months over which it is spread (impulse.months)
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub months: Option<String>,
    /// Its first month (impulse.start)
    #[arg(long, value_name = "YYYY-MM")]
    pub start: Option<String>,
    /// Who pays: grant, council_tax, budget or outside (impulse.financed_by)
    #[arg(long, value_name = "WHO")]
    pub financed_by: Option<String>,
    /// Share of idle resources elsewhere in the country, for the national effect (impulse.slack_outside)
    #[arg(long, value_name = "SHARE", allow_hyphen_values = true)]
    pub slack: Option<String>,
    /// Also say which mechanism makes how much of the difference from the textbook
    #[arg(long)]
    pub explain: bool,
}

impl Extra {
    /// The settings asked for.
    pub fn overrides(&self) -> Vec<Override> {
        [
            ("--amount", "impulse.amount_gbp", &self.amount),
            ("--to", "impulse.to", &self.to),
            ("--months", "impulse.months", &self.months),
            ("--start", "impulse.start", &self.start),
            ("--financed-by", "impulse.financed_by", &self.financed_by),
            ("--slack", "impulse.slack_outside", &self.slack),
        ]
        .into_iter()
        .filter_map(|(option, key, value)| Some(Override::option(option, key, value.as_ref()?)))
        .collect()
    }
}

/// The same on every command that runs, and with none. Those that stand for a setting of the scenario are
/// kept as typed and checked with it, so that their ranges are told in one place and in the same words.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Options of every run")]
pub struct Options {
    /// Folder for the results [default: a new one under outputs/]
    #[arg(long, value_name = "DIR", global = true)]
    pub out: Option<PathBuf>,
    /// Years after burn-in (run.years)
    #[arg(long, value_name = "N", global = true, allow_hyphen_values = true)]
    pub years: Option<String>,
    /// Size of the city: 1 is one agent per real person, 0.05 a quick look (run.scale)
    #[arg(long, value_name = "X", global = true, allow_hyphen_values = true)]
    pub scale: Option<String>,
    /// Which luck (run.seed)
    #[arg(long, value_name = "N", global = true, allow_hyphen_values = true)]
    pub seed: Option<String>,
    /// Repetitions with different luck; intervals need more than one (run.replicates)
    #[arg(long, value_name = "N", global = true, allow_hyphen_values = true)]
    pub replicates: Option<String>,
    /// Threads to use; results do not depend on it [default: one a core]
    #[arg(long, value_name = "N", global = true, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Change a setting, for example --set procurement.turnover_cap=0.3 (repeatable)
    #[arg(long, value_name = "KEY=VALUE", global = true)]
    pub set: Vec<String>,
    /// Replace an existing folder of results; a study starts anew
    #[arg(long, global = true)]
    pub overwrite: bool,
    /// Print the summary as JSON on standard output
    #[arg(long, global = true)]
    pub json: bool,
    /// Print what each phase of a month costs, on standard error; scenarios and replicates then run one after another
    #[arg(long, global = true)]
    pub timings: bool,
    /// Print no progress
    #[arg(long, global = true)]
    pub quiet: bool,
}

impl Options {
    /// Those that were given and could change what a command does.
    pub(super) fn given(&self) -> Vec<&'static str> {
        let all = [
            ("--out", self.out.is_some()),
            ("--years", self.years.is_some()),
            ("--scale", self.scale.is_some()),
            ("--seed", self.seed.is_some()),
            ("--replicates", self.replicates.is_some()),
            ("--set", !self.set.is_empty()),
            ("--overwrite", self.overwrite),
            ("--json", self.json),
            ("--timings", self.timings),
        ];
        all.into_iter().filter(|(_, given)| *given).map(|(option, _)| option).collect()
    }

    /// The settings asked for, in order: `--set` first, then the options that stand for one.
    pub fn overrides(&self) -> Result<Vec<Override>, Vec<Diagnostic>> {
        let (mut read, mut faults) = (Vec::new(), Vec::new());
        for text in &self.set {
            match Override::set(text) {
                Ok(set) => read.push(set),
                Err(fault) => faults.push(fault),
            }
        }
        for (option, key, value) in [
            ("--years", "run.years", &self.years),
            ("--scale", "run.scale", &self.scale),
            ("--seed", "run.seed", &self.seed),
            ("--replicates", "run.replicates", &self.replicates),
        ] {
            read.extend(value.as_ref().map(|value| Override::option(option, key, value)));
        }
        if faults.is_empty() { Ok(read) } else { Err(faults) }
    }
}
