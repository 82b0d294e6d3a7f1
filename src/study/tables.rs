//! The short tables of a study: its scenarios, its runs, what was swept, drawn and not drawn.

use super::rounds::Done;
use crate::measure::table::{Cell, Column, Metric, Table};
use crate::scenario::keys;
use crate::scenario::study_file::{Law, Study};

/// `scenarios.csv`.
pub fn scenarios(study: &Study, done: &Done) -> Table {
    let mut table = Table::new(
        "scenarios",
        vec![
            Column::new("scenario", "", "Scenario"),
            Column::new("reference", "", "Scenario that it is compared with; empty for a reference"),
            Column::new("description", "", "What it asks"),
            Column::new("replicates", "", "Replicates run"),
            Column::new("sha256", "", "SHA-256 of its resolved settings, before uncertain ones are drawn"),
        ],
    );
    for (planned, cells) in study.scenarios.iter().zip(&done.layout.main) {
        table.push(vec![
            planned.name().into(),
            planned.against.map(|i| study.scenarios[i].name()).into(),
            planned.scenario.settings.description.as_str().into(),
            Cell::count(cells.len()),
            planned.scenario.hash.as_str().into(),
        ]);
    }
    table
}

/// `runs.csv`: every metric of every run.
pub fn runs(study: &Study, of: &[Vec<Vec<Metric>>]) -> Table {
    let mut table = Table::new(
        "runs",
        vec![
            Column::new("scenario", "", "Scenario of the run"),
            Column::new("replicate", "", "Which luck, from 1"),
            Column::new("metric", "", "What is measured"),
            Column::new("unit", "", "Its unit"),
            Column::new("value", "as in unit", "Its value in this run"),
        ],
    );
    for (planned, replicates) in study.scenarios.iter().zip(of) {
        for (r, metrics) in replicates.iter().enumerate() {
            for m in metrics {
                table.push(vec![
                    planned.name().into(),
                    Cell::count(r + 1),
                    m.id.into(),
                    m.unit.into(),
                    Cell::Real(m.value, 6),
                ]);
            }
        }
    }
    table
}

/// `sweep.csv`: the values that a sweep gave each of its scenarios.
pub fn swept(study: &Study) -> Table {
    let mut table = Table::new(
        "sweep",
        vec![
            Column::new("scenario", "", "Scenario that a sweep made"),
            Column::new("setting", "", "Key that it changes"),
            Column::new("value", "as in the setting", "Value given to it"),
        ],
    );
    for planned in &study.scenarios {
        for (key, value) in &planned.swept {
            table.push(vec![planned.name().into(), key.as_str().into(), value.as_str().into()]);
        }
    }
    table
}

/// `drawn.csv`: the uncertain settings of each replicate.
pub fn drawn(study: &Study, done: &Done) -> Table {
    let mut table = Table::new(
        "drawn",
        vec![
            Column::new("replicate", "", "Which luck, from 1"),
            Column::new("setting", "", "Uncertain setting"),
            Column::new(
                "value",
                "as in the setting",
                "Its value in this replicate, in every scenario that has it",
            ),
        ],
    );
    for (r, point) in done.layout.drawn.iter().enumerate() {
        for (uncertain, u) in study.uncertain.iter().zip(point) {
            table.push(vec![
                Cell::count(r + 1),
                uncertain.key.as_str().into(),
                Cell::Real(uncertain.value(*u), 9),
            ]);
        }
    }
    table
}

/// `uncertain.csv`: every setting that is not known for sure, whether the study draws it, and between what it may lie.
pub fn uncertain(study: &Study) -> Table {
    let mut table = Table::new(
        "uncertain",
        vec![
            Column::new("setting", "", "Setting that is assumed or uncertain"),
            Column::new("what", "", "What it says"),
            Column::new(
                "drawn",
                "",
                "yes: this study draws it, for replicates or points; no: it stands at its value",
            ),
            Column::new("value", "as in the setting", "Its value in the reference"),
            Column::new("low", "as in the setting", "From where it may lie"),
            Column::new("high", "as in the setting", "Up to where it may lie"),
            Column::new("distribution", "", "How likely values in between are"),
            Column::new("basis", "", "Where the range comes from"),
        ],
    );
    let reference = serde_json::to_value(&study.scenarios[0].scenario.settings).unwrap_or_default();
    let value = |key: &str| {
        let at = reference.pointer(&format!("/{}", key.replace('.', "/")));
        at.and_then(serde_json::Value::as_f64).map_or(Cell::Empty, |x| Cell::Real(x, 6))
    };
    // The first sentence of what the defaults say; a field of a lever stands in none.
    let what = |key: &str| keys::of(key).map_or("", |of| of.meaning.split(". ").next().unwrap_or_default());
    for one in &study.uncertain {
        let law = match one.law {
            Law::Uniform => "uniform",
            Law::LogUniform => "log_uniform",
            Law::Triangular { .. } => "triangular",
        };
        let basis = one.basis.as_deref().unwrap_or("the study's own");
        table.push(vec![
            one.key.as_str().into(),
            what(&one.key).into(),
            "yes".into(),
            value(&one.key),
            Cell::Real(one.low, 6),
            Cell::Real(one.high, 6),
            law.into(),
            basis.into(),
        ]);
    }
    let town = study.scenarios.iter().all(|one| one.scenario.settings.place.ends_with(".toml"));
    for (key, range) in keys::all().iter().filter_map(|(key, of)| Some((key, of.uncertain.as_ref()?))) {
        if study.uncertain.iter().any(|one| one.key == *key) || town && key.starts_with("city.") {
            continue;
        }
        table.push(vec![
            key.as_str().into(),
            what(key).into(),
            "no".into(),
            value(key),
            Cell::Real(range.low, 6),
            Cell::Real(range.high, 6),
            if range.log { "log_uniform" } else { "uniform" }.into(),
            range.basis.as_str().into(),
        ]);
    }
    table
}
