//! What `recirc lm3` shows: the rounds, the ratios, who received what, and what was assumed.

use super::report::Section;
use crate::measure::lm3::Lm3;
use crate::measure::local::Traced;
use crate::measure::table::{Cell, Column, Table};
use crate::scenario::survey::{DEFAULTS, DefaultRate, Kind, Payee, Rate, Survey};

pub(super) fn rounds(survey: &Survey, found: &Lm3) -> Section {
    let row = |label: String, pounds: f64| vec![label, money(pounds), format!("{:.4}", pounds / found.r1)];
    let r1 = if survey.income_stated { "R1: received" } else { "R1: paid in all (income is not stated)" };
    let mut rows = vec![
        row(r1.to_owned(), found.r1),
        row("R2: paid to people and firms in the area".into(), found.r2),
        row("R3: spent in the area by those".into(), found.r3),
    ];
    if found.r3_from_outside > 0.0 {
        rows.push(row("of which by suppliers outside the area".into(), found.r3_from_outside));
    }
    if let Some(more) = found.later_rounds() {
        rows.push(row("Later rounds (not surveyed; see below)".into(), more));
    }
    Section {
        title: "Where the money goes".into(),
        note: None,
        columns: vec![String::new(), "pounds".into(), "per pound of R1".into()],
        rows,
    }
}

pub(super) fn ratios(found: &Lm3, simulated: Option<&Traced>) -> Section {
    let number = |x: Option<f64>| x.map_or("no end".to_owned(), |x| format!("{x:.4}"));
    let mut columns = vec![String::new(), "survey".to_owned()];
    let mut rows = vec![
        vec!["LM3, income convention: (R1 + R2 + R3)/R1".to_owned(), number(Some(found.income()))],
        vec!["LM3, contract convention".to_owned(), number(Some(found.contract()))],
        vec!["LM∞, income convention".to_owned(), number(found.infinite_income())],
        vec!["LM∞, contract convention".to_owned(), number(found.infinite_contract())],
    ];
    if let Some(t) = simulated {
        columns.push("simulated".into());
        let first = if found.first_round_counts { 1.0 } else { 0.0 };
        let values = [t.lm3(), t.lm3_contract() + first, t.lm_infinity(), t.lm_infinity_contract() + first];
        rows.iter_mut().zip(values).for_each(|(row, x)| row.push(number(Some(x))));
    }
    let caught = found.caught().map_or("–".to_owned(), |x| format!("{:.1}%", 100.0 * x));
    rows.push(vec!["Part of LM∞ that three rounds catch".to_owned(), caught]);
    Section { title: "Local multiplier".into(), note: None, columns, rows }
}

pub(super) fn receivers(survey: &Survey) -> Section {
    let rows = survey.payees.iter().map(|p| {
        vec![
            p.name.clone(),
            money(p.paid),
            format!("{:.0}%", 100.0 * p.local),
            format!("{:.0}%", 100.0 * p.respend),
            rate(p.rate).to_owned(),
            money(p.second_round()),
            money(p.third_round()),
        ]
    });
    let columns = ["receiver", "paid", "local", "spent again", "rate", "R2", "R3"];
    Section {
        title: "Receivers".into(),
        note: None,
        columns: columns.map(String::from).to_vec(),
        rows: rows.collect(),
    }
}

const fn rate(of: Rate) -> &'static str {
    match of {
        Rate::Surveyed => "survey",
        Rate::OwnDefault => "survey's default",
        Rate::Default => "default",
    }
}

/// What was assumed, and which defaults stand in for answers.
pub(super) fn notes(survey: &Survey, found: &Lm3) -> Vec<String> {
    let mut out = survey.notes.clone();
    out.push(match survey.contractor_is_local {
        None => "Contract convention: the organisation is the buyer, and its pound counts once it reaches somebody in \
                 the area: (R2 + R3)/R1."
            .to_owned(),
        Some(true) => "Contract convention: the organisation is the contractor and local, so that R1 counts.".to_owned(),
        Some(false) => {
            "Contract convention: the organisation is the contractor and outside, so that R1 does not count: \
             (R2 + R3)/R1."
                .to_owned()
        }
    });
    out.push(format!(
        "LM∞ assumes that rounds after the third go on at {:.1}%, the rate at which receivers in the area spend again \
         there. Nobody was asked about those rounds.",
        100.0 * found.later
    ));
    if found.later_rounds().is_none() {
        out.push(
            "Receivers in the area spend everything there: nothing leaks, and LM∞ has no end.".to_owned(),
        );
    }
    if found.r3_from_outside > 0.0 {
        out.push(format!(
            "R3 includes what suppliers outside the area were found to spend in it; without that, LM3 is {:.4}.",
            found.income() - found.r3_from_outside / found.r1
        ));
    }
    let stands_in: f64 =
        survey.payees.iter().filter(|p| p.rate != Rate::Surveyed).map(|p| p.third_round()).sum();
    if survey.payees.iter().any(|p| p.rate != Rate::Surveyed) && found.r3 > 0.0 {
        out.push(format!(
            "{:.0}% of R3 rests on default rates, not on answers.",
            100.0 * stands_in / found.r3
        ));
    }
    for (of, _) in used(survey) {
        out.push(format!("Default {} = {}, {} ({}: {}).", of.key, of.share, of.unit, of.flag, of.source));
    }
    out.push("LM3 is gross: it counts neither what would have happened anyway nor what is displaced.".into());
    out
}

/// The program's default rates that stand in for answers, and for how many payees.
fn used(survey: &Survey) -> Vec<(&'static DefaultRate, usize)> {
    let which = |p: &Payee| match (p.kind, p.local > 0.0) {
        (Kind::Staff, _) => 0,
        (Kind::Supplier, true) => 1,
        (Kind::Supplier, false) => 2,
    };
    let count = |i: usize| survey.payees.iter().filter(|p| p.rate == Rate::Default && which(p) == i).count();
    DEFAULTS.iter().enumerate().map(|(i, of)| (of, count(i))).filter(|(_, n)| *n > 0).collect()
}

/// `defaults.csv`: the rates that nobody was asked for.
pub(super) fn default_table(survey: &Survey) -> Table {
    let mut t = Table::new(
        "defaults",
        vec![
            Column::new("rate", "", "A rate of the program that stands in for answers"),
            Column::new("value", "as in unit", "Its value"),
            Column::new("unit", "", "Its unit"),
            Column::new("payees", "count", "Payees that it stands in for"),
            Column::new("flag", "", "published, derived or assumed"),
            Column::new("source", "", "Where it is from"),
        ],
    );
    for (of, payees) in used(survey) {
        t.push(vec![
            of.key.into(),
            Cell::Real(of.share, 4),
            of.unit.into(),
            Cell::count(payees),
            of.flag.into(),
            of.source.into(),
        ]);
    }
    t
}

pub(super) fn ratio_table(found: &Lm3) -> Table {
    let mut t = Table::new(
        "lm3",
        vec![
            Column::new("figure", "", "What is measured"),
            Column::new("value", "as in unit", "Its value; empty where the sum of rounds has no end"),
            Column::new("unit", "", "Its unit"),
        ],
    );
    let mut push = |figure: &str, value: Option<f64>, unit: &str| {
        t.push(vec![figure.into(), value.map_or(Cell::Empty, |x| Cell::Real(x, 6)), unit.into()]);
    };
    push("r1", Some(found.r1), "GBP");
    push("r2", Some(found.r2), "GBP");
    push("r3", Some(found.r3), "GBP");
    push("r3_from_suppliers_outside", Some(found.r3_from_outside), "GBP");
    push("lm3_income", Some(found.income()), "ratio");
    push("lm3_contract", Some(found.contract()), "ratio");
    push("later_rounds_rate", Some(found.later), "share");
    push("lm_infinity_income", found.infinite_income(), "ratio");
    push("lm_infinity_contract", found.infinite_contract(), "ratio");
    push("share_caught_by_three_rounds", found.caught(), "share");
    t
}

pub(super) fn payee_table(survey: &Survey) -> Table {
    let mut t = Table::new(
        "payees",
        vec![
            Column::new("payee", "", "Who is paid"),
            Column::new("kind", "", "Staff or supplier"),
            Column::new("paid", "GBP", "What it is paid"),
            Column::new("local", "share", "Part of it that lands in the area"),
            Column::new(
                "respend",
                "share",
                "Part that is spent in the area again (of staff: of residents' pay)",
            ),
            Column::new("rate", "", "Whether the rate is the survey's or a default"),
            Column::new("r2", "GBP", "Received in the area"),
            Column::new("r3", "GBP", "Spent in the area again"),
        ],
    );
    for p in &survey.payees {
        let kind = if p.kind == Kind::Staff { "staff" } else { "supplier" };
        t.push(vec![
            p.name.as_str().into(),
            kind.into(),
            Cell::Real(p.paid, 2),
            Cell::ratio(p.local),
            Cell::ratio(p.respend),
            rate(p.rate).into(),
            Cell::Real(p.second_round(), 2),
            Cell::Real(p.third_round(), 2),
        ]);
    }
    t
}

/// Pounds with thousands separated; pence where they matter.
fn money(value: f64) -> String {
    super::numbers::number(value, if value < 1000.0 && value.fract() != 0.0 { 2 } else { 0 })
}
