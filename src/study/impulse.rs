//! The twin runs of an impulse, and which mechanism makes how much of its difference from the textbook.

use super::{Ready, StudyError, Watch, run};
use crate::measure::impulse::explained::{Explained, Multipliers, Step};
use crate::measure::impulse::figures::Impulse;
use crate::measure::impulse::places::Where;
use crate::measure::impulse::{Asked, MEASURES};
use crate::measure::record::Record;
use crate::scenario::settings::Mechanisms;

/// A scenario without its extra spend and with it.
pub type Pair = [Ready; 2];

/// Run the two under the same luck: the records without, and those with.
pub fn twin(pair: &Pair, watch: &Watch) -> Result<[Vec<Record>; 2], StudyError> {
    let mut records = run(pair, watch)?;
    let with = records.pop().unwrap_or_default();
    Ok([records.pop().unwrap_or_default(), with])
}

/// A mechanism's switch.
type Switch = fn(&mut Mechanisms) -> &mut bool;

/// What comes with any mechanism, and is none: uses follow expected and not last month's sales, and this month's
/// receipts; reserves wait; budgets are fixed in money.
pub const BASE: &str = "expectations and reserves";

/// The mechanisms in the order in which they are switched on, on top of [`BASE`].
pub const ORDER: [(&str, Switch); 7] = [
    ("norms", |m| &mut m.norms),
    ("capacity", |m| &mut m.capacity),
    ("labour_market", |m| &mut m.labour_market),
    ("prices", |m| &mut m.prices),
    ("progressivity", |m| &mut m.progressivity),
    ("entry_exit", |m| &mut m.entry_exit),
    ("adaptation", |m| &mut m.adaptation),
];

/// The mechanisms that are on in a scenario, in [`ORDER`].
pub fn switched_on(mechanisms: &Mechanisms) -> Vec<usize> {
    (0..ORDER.len()).filter(|i| *ORDER[*i].1(&mut mechanisms.clone())).collect()
}

/// Months that an explanation simulates besides the twin run itself.
pub fn months_to_explain(pair: &Pair) -> u64 {
    let on = switched_on(&pair[0].scenario.settings.mechanisms).len() as u64;
    // All off, the base, each alone, each on top; the first on top is alone, the last is the twin run itself.
    let sets = if on < 2 { 2 } else { 2 * on };
    sets * super::months(pair)
}

/// Switch on, one at a time, what is on in the scenario: alone, and on top of those before. `full` is what the twin run
/// with all of them gave.
pub fn explain(pair: &Pair, asked: &Asked, full: &Impulse, watch: &Watch) -> Result<Explained, StudyError> {
    let on = switched_on(&pair[0].scenario.settings.mechanisms);
    let under = |which: Option<&[usize]>| -> Result<Multipliers, StudyError> {
        let pair = [with_only(&pair[0], which), with_only(&pair[1], which)];
        let [without, with] = twin(&pair, watch)?;
        Ok(multipliers(&Impulse::new(asked.clone(), &without, &with)))
    };
    let off = under(None)?;
    let base = under(Some(&[]))?;
    let mut steps = vec![Step { name: BASE, alone: base.clone(), together: base }];
    for (k, which) in on.iter().enumerate() {
        let last = k + 1 == on.len();
        let alone = if last && k == 0 { multipliers(full) } else { under(Some(&[*which]))? };
        let together = match (k, last) {
            (0, _) => alone.clone(),
            (_, true) => multipliers(full),
            _ => under(Some(&on[..=k]))?,
        };
        steps.push(Step { name: ORDER[*which].0, alone, together });
    }
    Ok(Explained { off, steps })
}

/// With these mechanisms and what comes with any; none for the textbook.
fn with_only(ready: &Ready, which: Option<&[usize]>) -> Ready {
    let mut scenario = ready.scenario.clone();
    let mechanisms = &mut scenario.settings.mechanisms;
    for (i, (_, of)) in ORDER.iter().enumerate() {
        *of(mechanisms) = which.is_some_and(|which| which.contains(&i));
    }
    mechanisms.expectations = which.is_some();
    Ready { scenario, place: ready.place.clone() }
}

/// The city's multipliers at the end of the run, by replicate.
fn multipliers(of: &Impulse) -> Multipliers {
    of.twins
        .iter()
        .map(|twin| {
            let one = Impulse { asked: of.asked.clone(), twins: vec![*twin] };
            (0..MEASURES.len()).map(|k| one.multiplier(k, Where::City, of.months()).mean).collect()
        })
        .collect()
}
