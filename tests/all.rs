//! One test binary, one module a subject.
#![allow(clippy::unwrap_used)]

mod accounting;
mod calibration;
mod cli_arguments;
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
mod layers;
mod local_shares;
mod oracle;
mod output_files;
mod output_print;
mod place_leeds;
mod place_town;
mod random_towns;
mod scenario_errors;
mod scenario_layers;
mod scenario_tables;
mod steady_state;
mod studies;
mod study_errors;
mod study_files;
mod study_resume;
mod teaching_town;
mod textbook;
