//! What each phase of a month costs, on standard error.

use super::print;
use super::report::{Report, Section, render};
use crate::output::manifest::PhaseTime;
use crate::study::timing::Timings;

/// Print the table if times were asked for, and hand it on for the manifest.
pub(super) fn told(timings: &Option<Timings>) -> Vec<PhaseTime> {
    let Some(timings) = timings else { return Vec::new() };
    let table = timings.table();
    print::error(render(&Report { sections: vec![section(&table)], ..Report::default() }).trim());
    table
}

/// The table of times.
pub(super) fn section(table: &[PhaseTime]) -> Section {
    let row = |of: &PhaseTime| {
        vec![
            of.phase.clone(),
            format!("{:.3}", of.wall_ms_a_month),
            format!("{:.3}", of.cpu_ms_a_month),
            format!("{:.1}", of.share_percent),
            format!("{:.1}", of.cpu_ns_an_agent_month),
        ]
    };
    Section {
        title: "What a month takes, by phase (means over all months)".into(),
        columns: ["phase", "wall ms", "CPU ms", "share %", "CPU ns an agent"].map(str::to_owned).to_vec(),
        rows: table.iter().map(row).collect(),
        ..Section::default()
    }
}
