//! One test binary, one module a subject.
#![allow(clippy::unwrap_used)]

mod calibration;
mod cli_arguments;
mod folders;
mod output_files;
mod output_print;
mod place_leeds;
mod place_town;
mod scenario_errors;
mod scenario_layers;
mod scenario_tables;
mod teaching_town;
