//! Traced money over the run: by part of the spending, by tracer, by who received it, and where it ended.

use crate::measure::local::{Traced, parts};
use crate::measure::record::Record;
use crate::measure::table::{Cell, Column, Table};
use crate::tracer::ledger::{Channel, Ledger};

/// A ledger's sums over the run, or from its first month on when that is later.
fn sums(record: &Record, ledger: &Ledger) -> Traced {
    Traced::over(ledger, record.first_month.max(ledger.first))
}

/// The tracers whose dye is wholly their own: all procurement first.
fn own_dye(record: &Record) -> impl Iterator<Item = &Ledger> {
    let all = Some(&record.ledger).filter(|ledger| !ledger.months.is_empty());
    all.into_iter().chain(&record.ledger.apart)
}

/// A year's mean in pounds of units of dye summed over the run.
fn yearly(record: &Record, dye: f64) -> Cell {
    let months = record.months.len().max(1) as f64;
    Cell::Pence((dye / crate::tracer::DYE_PER_PENNY as f64 / months * 12.0).round() as i64)
}

/// The local multipliers of one part of the spending.
pub(super) fn lm3_columns() -> [Column; 3] {
    [
        Column::new("lm3", "ratio", "Local multiplier of three rounds, income convention, exact"),
        Column::new("lm3_contract", "ratio", "The same, contract convention"),
        Column::new(
            "lm_infinity",
            "ratio",
            "Over all rounds; rounds after the second are attributed by the share put in",
        ),
    ]
}

pub(super) fn lm3(record: &Record) -> Table {
    let mut t = Table::new(
        "lm3",
        [
            Column::new("broken_down_by", "", "How the spending is divided"),
            Column::new("member", "", "The part: an anchor, a category, an ownership form, local or not ..."),
            Column::new("spent", "GBP a year", "Newly traced, with irrecoverable VAT"),
            Column::new("local_1", "GBP a year", "Received in the city after one hop"),
            Column::new("local_2", "GBP a year", "Received in the city after two"),
        ]
        .into_iter()
        .chain(lm3_columns())
        .chain([
            Column::new(
                "household_income",
                PER,
                "Pay and profit of the city's households, all rounds: exact for what the first receivers pay, then attributed",
            ),
            Column::new("value_added", PER, "Value added in the city, all rounds, attributed likewise"),
            Column::new("jobs", JOBS, "Jobs for a year in the city, all rounds, attributed likewise"),
        ])
        .collect(),
    );
    let traced = Traced::over(&record.ledger, record.first_month);
    for part in parts(&record.ledger) {
        let Some(of) = traced.parts.get(part.at).copied() else { continue };
        if of.dyed <= 0.0 && part.by != "tracer" {
            continue;
        }
        let lm = |x: f64| if of.dyed > 0.0 { Cell::ratio(x) } else { Cell::Empty };
        t.push(vec![
            part.by.into(),
            part.member.into(),
            yearly(record, of.dyed),
            yearly(record, of.first),
            yearly(record, of.second),
            lm(traced.lm3_of(part.at)),
            lm(traced.lm3_of(part.at) - 1.0),
            lm(traced.lm_infinity_of(part.at)),
            lm(traced.income_of(part.at)),
            lm(traced.value_added_of(part.at)),
            lm(traced.jobs_per_million_of(part.at)),
        ]);
    }
    t
}

type Figure = (&'static str, &'static str, &'static str, fn(&Traced) -> f64);

/// What is told of a tracer with dye of its own.
const FIGURES: [Figure; 19] = [
    ("lm3", "ratio", "Three rounds, income convention", |t| t.lm3()),
    ("lm3_contract", "ratio", "Three rounds, contract convention", |t| t.lm3_contract()),
    ("lm_infinity", "ratio", "All rounds, income convention", |t| t.lm_infinity()),
    ("lm_infinity_contract", "ratio", "All rounds, contract convention", |t| t.lm_infinity_contract()),
    ("household_income", PER, "Pay and profit of households in the city", |t| t.income_per_pound()),
    ("value_added", PER, "Value added in the city", |t| t.value_added_per_pound()),
    ("jobs", JOBS, "Jobs for a year in the city", |t| t.jobs_per_million(0)),
    ("resident_jobs", JOBS, "Those of residents", |t| t.jobs_per_million(1)),
    ("contract_outside", PER, "Leaked", |t| t.leak(Channel::ContractOutside)),
    ("inputs_outside", PER, "Leaked", |t| t.leak(Channel::InputsOutside)),
    ("commuter_pay", PER, "Leaked", |t| t.leak(Channel::CommuterPay)),
    ("national_taxes", PER, "Leaked", |t| t.leak(Channel::NationalTaxes)),
    ("profits_outside", PER, "Leaked", |t| t.leak(Channel::ProfitsOutside)),
    ("interest_rent_outside", PER, "Leaked", |t| t.leak(Channel::InterestRentOutside)),
    ("saving", PER, "Leaked: money saved outside", |t| t.leak(Channel::Saving)),
    ("pensions", PER, "Leaked: pension contributions", |t| t.leak(Channel::Pensions)),
    ("consumption_outside", PER, "Leaked", |t| t.leak(Channel::ConsumptionOutside)),
    ("held", PER, "Waits in reserves, beyond what waited at the start", |t| t.per_pound(t.held)),
    ("circulating", PER, "Circulates, beyond what did at the start", |t| t.per_pound(t.circulating)),
];
const PER: &str = "GBP per pound spent";
const JOBS: &str = "jobs per GBP million spent";

/// One row for each tracer and figure, so that a figure more is no new column.
pub(super) fn tracers(record: &Record) -> Table {
    let mut t = Table::new(
        "tracers",
        vec![
            Column::new("tracer", "", "All procurement, or as declared"),
            Column::new("dye", "", "own: exact. shared: LM3 exact, LM over all rounds attributed"),
            Column::new("figure", "", "Name of the figure"),
            Column::new("unit", "", "Its unit"),
            Column::new("value", "", "Over the run, or from the tracer's first month on"),
            Column::new("meaning", "", "What it is"),
        ],
    );
    let mut row = |name: &str, dye: &str, (figure, unit, meaning): (&str, &str, &str), value: f64| {
        let text = [name, dye, figure, unit].map(Cell::from);
        t.push(text.into_iter().chain([Cell::Real(value, 6), meaning.into()]).collect());
    };
    let spent = |dye: f64| dye / crate::tracer::DYE_PER_PENNY as f64 / 100.0;
    const SPENT: (&str, &str, &str) = ("spent", "GBP", "Newly traced, with irrecoverable VAT");
    for ledger in own_dye(record) {
        let traced = sums(record, ledger);
        row(&ledger.name, "own", SPENT, spent(traced.dyed));
        for (figure, unit, meaning, value) in FIGURES.iter().filter(|_| traced.dyed > 0.0) {
            row(&ledger.name, "own", (figure, unit, meaning), value(&traced));
        }
    }
    let all = Traced::over(&record.ledger, record.first_month);
    for part in parts(&record.ledger).filter(|part| part.by == "tracer") {
        let dyed = all.parts.get(part.at).map_or(0.0, |of| of.dyed);
        row(part.member, "shared", SPENT, spent(dyed));
        if dyed > 0.0 {
            let [lm3, contract, infinity] = [0, 1, 2].map(|k| {
                let (figure, unit, meaning, _) = FIGURES[k];
                (figure, unit, meaning)
            });
            row(part.member, "shared", lm3, all.lm3_of(part.at));
            row(part.member, "shared", contract, all.lm3_of(part.at) - 1.0);
            row(part.member, "shared", infinity, all.lm_infinity_of(part.at));
        }
    }
    t
}

pub(super) fn traced_income(record: &Record) -> Table {
    let mut t = Table::new(
        "traced_income",
        vec![
            Column::new("tracer", "", "All procurement, or a declared tracer with dye of its own"),
            Column::new("broken_down_by", "", "decile or ward"),
            Column::new("member", "", "Tenth of households by income (1 the poorest), or ward"),
            Column::new("income", PER, "Pay before tax and profit after it, all rounds"),
        ],
    );
    for ledger in own_dye(record) {
        let traced = sums(record, ledger);
        // What still circulates reaches tenths and wards as what came so far did.
        let so_far = traced.household_income;
        let whole = if so_far > 0.0 { 1.0 + traced.ahead.household_income / so_far } else { 1.0 };
        let mut row = |by: &str, member: String, income: f64| {
            let income = Cell::Real(traced.per_pound(income) * whole, 6);
            t.push(vec![ledger.name.as_str().into(), by.into(), member.into(), income]);
        };
        for (decile, income) in traced.deciles.iter().enumerate() {
            row("decile", (decile + 1).to_string(), *income);
        }
        for (ward, income) in record.names.wards.iter().zip(&traced.wards) {
            row("ward", ward.clone(), *income);
        }
    }
    t
}

/// Months after its first payment at which a declared tracer's money is looked for.
const AFTER: [u16; 3] = [12, 36, 120];

/// Where the money of each tracer with a dye and a start of its own is after a while, per pound put in by then.
pub(super) fn pound_fate(record: &Record) -> Table {
    let mut t = Table::new(
        "pound_fate",
        vec![
            Column::new("tracer", "", "A declared tracer with dye of its own"),
            Column::new(
                "months",
                "months",
                "Since the first month in which it dyed; the last row is the run's end",
            ),
            Column::new("whereabouts", "", "Circulating, held, or the channel by which it left the city"),
            Column::new("share", "share", "Of all that was dyed by then"),
        ],
    );
    for ledger in &record.ledger.apart {
        let Some(first) = ledger.months.iter().find(|m| m.injected > 0) else { continue };
        let Some(last) = ledger.months.last() else { continue };
        let so_far = last.month - first.month + 1;
        let ends = AFTER.into_iter().filter(|after| *after < so_far).chain([so_far]);
        for after in ends {
            let until = first.month + after - 1;
            let months = || ledger.months.iter().filter(|m| m.month <= until);
            let dyed: i64 = months().map(|m| m.injected).sum();
            let mut row = |place: &str, dye: i64| {
                let share = Cell::Real(dye as f64 / dyed as f64, 6);
                t.push(vec![ledger.name.as_str().into(), Cell::Int(i64::from(after)), place.into(), share]);
            };
            if let Some(then) = months().next_back() {
                row("circulating", then.circulating);
                row("held", then.held);
            }
            for channel in Channel::ALL {
                let leaked =
                    months().map(|m| m.leaks.iter().map(|round| round[channel as usize]).sum::<i64>());
                row(channel.label(), leaked.sum());
            }
        }
    }
    t
}
