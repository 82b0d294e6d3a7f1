//! What is printed at the end of a country.

use super::country::SYNTHETIC;
use super::numbers::{change, ends, number, signed};
use super::officer::ONE_DRAW;
use super::report::{Report, Section};
use crate::measure::compare::Difference;
use crate::measure::country::Countries;
use crate::measure::country::effects::{self, Part, Whose};
use crate::measure::country::groups::{self, Outcome, Trait};
use crate::measure::country::measures::{
    ASKED, BOUGHT_HERE, COST, IN_WORK, INCOME, MEASURES, OUTSIDE_SALES, PRICE, SALES, SHORTFALL, VALUE_ADDED,
};
use crate::output::country::COUNTRY_PAGE;
use crate::output::lines::too_small_for_cost;
use crate::output::places::places;
use crate::output::report::HANGS_ON_SCALE;
use crate::scenario::settings::Adopters;
use std::path::Path;

/// Figures shown for each set of adopters, by measure, with decimals.
const SHOWN: [(usize, usize); 9] = [
    (VALUE_ADDED, 2),
    (INCOME, 2),
    (COST, 2),
    (IN_WORK, 1),
    (SALES, 2),
    (OUTSIDE_SALES, 2),
    (BOUGHT_HERE, 2),
    (PRICE, 4),
    (SHORTFALL, 2),
];

/// The page of a country.
pub(super) fn page(of: &Countries, path: &Path) -> Report {
    let mut sections = Vec::new();
    if of.adopters().is_empty() {
        sections.push(levels(of));
    } else {
        sections.push(answer(of));
    }
    sections.extend(of.adopters().into_iter().map(|adopters| changes(of, adopters)));
    sections.extend(who(of));
    let mut closing = vec![SYNTHETIC.to_owned()];
    if of.replicates.len() < 2 {
        closing.push(ONE_DRAW.to_owned());
    }
    if too_small_for_cost(of.scale, false) && !of.adopters().is_empty() {
        closing.push(HANGS_ON_SCALE.to_owned());
    }
    closing.push(format!("Tables, charts and manifest: {}", path.display()));
    closing.push(format!("Page with pictures, to open in a browser: {}", path.join(COUNTRY_PAGE).display()));
    let n = of.replicates.len();
    Report {
        heading: format!(
            "{} synthetic cities at scale {}, the last year of {} months after burn-in, {n} replicate{}, prices of {}",
            of.cities(),
            of.scale,
            of.months,
            if n == 1 { "" } else { "s" },
            of.price_year
        ),
        sections,
        closing,
    }
}

/// A country in which nobody pulls a lever: what it is.
fn levels(of: &Countries) -> Section {
    let row = |k: usize| {
        let runs = of.replicates.iter().flat_map(|replicate| &replicate.runs);
        let sums: Vec<f64> = runs.map(|run| run.cities.iter().map(|city| city.0[k]).sum()).collect();
        let mean = sums.iter().sum::<f64>() / sums.len().max(1) as f64;
        vec![format!("{}, {}", MEASURES[k].title, MEASURES[k].unit), number(mean, 0)]
    };
    Section {
        title: "All cities together, without policy".into(),
        rows: (0..MEASURES.len()).filter(|k| MEASURES[*k].summed).map(row).collect(),
        ..Section::default()
    }
}

fn percent(part: Part) -> String {
    let Part::Of(of) = part else { return "no gain told apart from nought".into() };
    let ends_of = of.interval.map(|(low, high)| (100.0 * low, 100.0 * high));
    let decimals = ends_of.map_or(0, |interval| places(interval, 0));
    let ends = ends_of.map_or_else(String::new, |interval| format!(" ({})", ends(interval, 0)));
    format!("{} %{ends}", number(100.0 * of.value, decimals))
}

fn answer(of: &Countries) -> Section {
    let mut rows = Vec::new();
    for k in ASKED {
        let mut row = vec![MEASURES[k].title.to_owned()];
        row.push(effects::kept(of, k).map_or_else(String::new, percent));
        row.push(effects::displaced(of, Adopters::Half, k).map_or_else(String::new, percent));
        rows.push(row);
    }
    Section {
        title: "What is left of a city's gain when all do the same, and what others lose".into(),
        note: Some(
            "Kept: of what cities gain each alone, what they keep together when all adopt at once. Lost by others: when every \
             second city adopts, the loss of the others over the gain of the adopters (minus: others gain too). 95% intervals over replicates. What the \
             anchors lack to meet all their needs is below; it is not taken off here."
                .into(),
        ),
        columns: vec![String::new(), "kept".into(), "lost by others".into()],
        rows,
    }
}

fn changes(of: &Countries, adopters: Adopters) -> Section {
    let (adopt, others) = effects::numbers(of, adopters);
    let mut groups = vec![(Whose::Adopters, adopt, format!("each of {adopt} that adopt"))];
    if others > 0 {
        groups.push((Whose::Others, others, format!("each of {others} others")));
        groups.push((Whose::All, 1, "whole country".into()));
    }
    let rows = SHOWN.map(|(k, decimals)| {
        let mut row =
            vec![format!("{}, {}", MEASURES[k].title, MEASURES[k].unit.replace("GBP million", "£m"))];
        row.extend(groups.iter().map(|(whose, n, _)| {
            let all = effects::change(of, adopters, *whose, k);
            let over = if MEASURES[k].summed { *n as f64 } else { 1.0 };
            let interval = all.interval.map(|(low, high)| (low / over, high / over));
            change(&Difference { mean: all.mean / over, interval, ..all }, decimals)
        }));
        row
    });
    let mut columns = vec![String::new()];
    columns.extend(groups.into_iter().map(|(_, _, name)| name));
    let linked = if adopters.linked() { "" } else { " (cities do not feel each other)" };
    Section {
        title: format!("Changes when the levers are pulled by {}{linked}", adopters.label()),
        note: None,
        columns,
        rows: rows.to_vec(),
    }
}

fn who(of: &Countries) -> Option<Section> {
    let mut rows = Vec::new();
    for by in Trait::ALL {
        let found = groups::fifths(of, by, Outcome::Everyone)?;
        let mut row = vec![by.title().to_owned()];
        row.extend(found.iter().map(|(_, mean)| signed(mean.value, 3)));
        rows.push(row);
    }
    let mut columns = vec![String::new()];
    columns.extend(["least", "2nd fifth", "3rd", "4th", "most"].map(str::to_owned));
    Some(Section {
        title: "Household income when every city adopts, %, by fifths of cities".into(),
        note: Some("Mean change in each fifth; country_fifths.csv has the intervals.".into()),
        columns,
        rows,
    })
}
