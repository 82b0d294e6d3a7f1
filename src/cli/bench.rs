//! `recirc bench`: what a month costs on this machine.

use super::args::Options;
use super::progress::Progress;
use super::report::{self, Report, Section};
use super::run::{Failure, exit};
use super::timings;
use crate::output::error::OutputError;
use crate::output::manifest::PhaseTime;
use crate::scenario::{Override, ScenarioError, load_with};
use crate::study::Ready;
use crate::study::bench::{Settled, TIMED, found, settle, settling_months, year};
use std::path::Path;
use std::process::ExitCode;

/// Sizes that are measured when none is asked for.
const SIZES: [&str; 3] = ["0.01", "0.1", "1"];

/// Measure, size by size.
pub(super) fn bench(scenario: &str, options: &Options) -> ExitCode {
    exit(measure(scenario, options))
}

fn measure(scenario: &str, options: &Options) -> Result<ExitCode, Failure> {
    // Read once as it is, so that what is wrong with it is told before anything is measured.
    let asked = || options.overrides().map_err(ScenarioError::Invalid);
    let as_is = load_with(scenario, &asked()?)?;
    let sizes = if asked()?.iter().any(|of| of.key() == "run.scale") {
        vec![as_is.settings.run.scale.to_string()]
    } else {
        SIZES.map(str::to_owned).to_vec()
    };
    let most = options.threads.map_or_else(rayon::current_num_threads, usize::from);
    let mut sections = Vec::new();
    let mut rows = Vec::new();
    let mut cities = Vec::new();
    // All are founded first, so that none takes the place in memory of what an earlier one left.
    for size in sizes {
        let mut overrides = asked()?;
        overrides.push(Override::option("--scale", "run.scale", &size));
        let ready = Ready::new(load_with(scenario, &overrides)?)?;
        let before = resident_bytes();
        let founded = on(1, || found(&ready))??;
        let label = format!("{} at scale {size} settles", ready.place.name());
        let told = Progress::new(&label, settling_months(&ready).into(), options.quiet);
        let settled = on(most, || settle(&ready, founded, &told))??;
        told.finish();
        let memory = before.zip(resident_bytes()).map(|(before, after)| after.saturating_sub(before));
        cities.push((size, ready, settled, memory));
    }
    for (size, ready, settled, memory) in cities {
        let label = format!("{} at scale {size} is timed", ready.place.name());
        let years = if most > 1 { 3 } else { 2 };
        let told = Progress::new(&label, years * u64::from(TIMED), options.quiet);
        let one = on(1, || year(&settled, true, &told))??;
        let untraced = on(1, || year(&settled, false, &told))??;
        let several = if most > 1 { Some(on(most, || year(&settled, true, &told))??) } else { None };
        told.finish();
        rows.push(row(&size, &settled, memory, (&one, &untraced, several.as_ref())));
        let mut phases = timings::section(&one);
        phases.title = format!("{} at scale {size}, one thread, by phase", ready.place.name());
        sections.push(phases);
    }
    let columns = [
        "scale",
        "agents",
        "founded in s",
        "bytes an agent",
        "CPU ns an agent-month",
        "without tracer",
        "wall ms a month",
        "on several threads",
        "times as fast",
    ];
    sections.push(Section {
        title: if most > 1 {
            format!("Means over a year; one thread but for the last two columns, which are {most}")
        } else {
            "Means over a year, on one thread".to_owned()
        },
        columns: columns.map(str::to_owned).to_vec(),
        rows,
        ..Section::default()
    });
    let page =
        Report { heading: format!("What a month of {scenario} costs here"), sections, closing: Vec::new() };
    report::print(&page).map_err(|e| OutputError::from_io(Path::new("standard output"), e))?;
    Ok(ExitCode::SUCCESS)
}

fn on<R: Send>(threads: usize, work: impl FnOnce() -> R + Send) -> Result<R, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.map_err(|e| Failure::Asked(format!("the threads could not be started: {e}")))?;
    Ok(pool.install(work))
}

/// A year with the tracer, one without, and one on several threads if there are several.
type Years<'a> = (&'a Vec<PhaseTime>, &'a Vec<PhaseTime>, Option<&'a Vec<PhaseTime>>);

fn row(size: &str, of: &Settled, memory: Option<u64>, (one, untraced, several): Years) -> Vec<String> {
    let number = |year: &Vec<PhaseTime>, of: fn(&PhaseTime) -> f64| year.last().map_or(0.0, of);
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let wall = |year| number(year, |month| month.wall_ms_a_month);
    let cpu = |year| number(year, |month| month.cpu_ns_an_agent_month);
    vec![
        size.to_owned(),
        of.agents.to_string(),
        format!("{:.2}", of.synthesis.as_secs_f64()),
        memory.map_or("not known".into(), |bytes| (bytes / of.agents.max(1)).to_string()),
        format!("{:.1}", cpu(one)),
        format!("{:.1}", cpu(untraced)),
        format!("{:.2}", wall(one)),
        or_dash(several.map(|year| format!("{:.2}", wall(year)))),
        or_dash(several.map(|year| format!("{:.2}", wall(one) / wall(year).max(1e-9)))),
    ]
}

/// Memory of this program that is resident now, where Linux tells it.
fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? * 1024)
}
