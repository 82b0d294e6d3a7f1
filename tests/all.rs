//! One test binary, one module a subject.
#![allow(clippy::unwrap_used)]

mod accounting;
mod calibration;
mod cli_arguments;
mod cli_measures;
mod cli_runs;
mod cli_warnings;
mod common;
mod determinism;
mod docs;
mod draws;
mod folders;
mod impulse;
mod impulse_agreement;
mod impulse_errors;
mod io_tables;
mod layers;
mod local_shares;
mod multiplier_page;
mod oracle;
mod output_files;
mod output_print;
mod place_leeds;
mod place_town;
mod procurement;
mod random_towns;
mod sam;
mod scenario_errors;
mod scenario_layers;
mod scenario_tables;
mod steady_state;
mod surveys;
mod teaching_town;
mod textbook;
mod tracers;
