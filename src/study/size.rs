//! How many runs a study needs, counted before they are laid out, and how many it may have.

use super::StudyError;
use super::impulse::switched_on;
use super::layout::Layout;
use crate::measure::shapley::subsets;
use crate::scenario::study_file::settings::SensitivityMethod;
use crate::scenario::study_file::{Planned, Study};
use crate::scenario::{Diagnostic, Scenario, ScenarioError};

/// Runs that one study may have: each is laid out in memory with its settings before the first begins.
pub const MOST_RUNS: u64 = 200_000;

/// Entries of levers that can be taken apart at all: a subset is a set of bits.
const MOST_LEVERS: usize = 63;

/// Entries of levers: the lever, the position among its entries, and what it is called.
pub(super) type Pulled = Vec<(&'static str, usize, String)>;

/// The entries of levers that a scenario has and its reference does not.
pub(super) fn pulled(scenario: &Scenario, reference: &Scenario) -> Pulled {
    let entries = |of: &Scenario| serde_json::to_value(&of.settings.policy).unwrap_or_default();
    let (own, others) = (entries(scenario), entries(reference));
    let reaches = scenario.settings.policy.reaches().into_iter();
    let new = reaches.filter(|(lever, i, _)| {
        let theirs = others[*lever].as_array();
        theirs.is_none_or(|theirs| !theirs.contains(&own[*lever][*i]))
    });
    new.map(|(lever, i, reach)| {
        let name = reach.name.clone().unwrap_or_else(|| (i + 1).to_string());
        (lever, i, format!("{lever}[{name}]"))
    })
    .collect()
}

/// Refuse a study with more runs, or more levers to take apart, than can be: counted as if no two runs were the same.
pub fn fits(study: &Study, replicates: u16, whole: bool) -> Result<(), ScenarioError> {
    let each = u64::from(replicates);
    let compared = study.scenarios.len() as u64 * each;
    let (apart, varied) = if whole { (taken_apart(study)? * each, varied(study)) } else { (0, 0) };
    let runs = compared.saturating_add(apart).saturating_add(varied);
    if runs <= MOST_RUNS {
        return Ok(());
    }
    let (path, part, help) = if varied >= apart.max(compared) {
        let help = "fewer `samples`, fewer uncertain settings, or `method = \"morris\"` to see first which of them matter";
        (["sensitivity", "samples"], varied, help)
    } else if apart >= compared {
        let help = "name fewer variants under `of`, or ask for fewer replicates";
        (["attribution", "of"], apart, help)
    } else {
        (["replicates", ""], compared, "ask for fewer replicates, or sweep over fewer values")
    };
    let title = format!("the study needs {runs} runs, and {MOST_RUNS} are the most");
    Err(refusal(study, &path, title, format!("{part} of them by this"), help.to_owned()))
}

/// The runs that a study makes, and whether it may turn out that some of them are the same run.
pub fn runs(study: &Study) -> Result<(u64, bool), StudyError> {
    let replicates = study.scenarios[0].scenario.settings.run.replicates;
    fits(study, replicates, true).map_err(StudyError::Scenario)?;
    let one = Layout::of_one_replicate(study)?;
    let varied = varied(study);
    Ok((one.cells.len() as u64 * u64::from(replicates) + varied, varied > 0))
}

/// Runs of a replicate that attribution adds.
fn taken_apart(study: &Study) -> Result<u64, ScenarioError> {
    let Some((scenarios, asked)) = &study.attribution else { return Ok(0) };
    let mut runs = 0;
    for &i in scenarios {
        let Planned { scenario, against: Some(against), .. } = &study.scenarios[i] else { continue };
        if asked.mechanisms {
            runs += 2 * switched_on(&scenario.settings.mechanisms).len() as u64;
        }
        if asked.levers {
            let levers = pulled(scenario, &study.scenarios[*against].scenario).len();
            if levers > MOST_LEVERS {
                let name = study.scenarios[i].name();
                let title = format!(
                    "`{name}` has {levers} entries of levers that its reference has not, and {MOST_LEVERS} are the most to take apart"
                );
                let help = "name other variants under `attribution.of`, or put entries that belong together into one";
                let path = ["attribution", "levers"];
                return Err(refusal(study, &path, title, "too many levers".to_owned(), help.to_owned()));
            }
            runs += if levers == 0 { 0 } else { subsets(levers).len() as u64 };
        }
    }
    Ok(runs)
}

/// Runs of the sensitivity analysis. A scenario that has none of the uncertain settings is the same at every point, and
/// settings that it has not make no runs of it.
fn varied(study: &Study) -> u64 {
    let Some(asked) = &study.sensitivity else { return 0 };
    let own = study.scenarios.iter().filter(|planned| planned.swept.is_empty());
    let of = |planned: &Planned| {
        let has = study.uncertain.iter().filter(|one| one.applies_to(&planned.scenario)).count() as u64;
        let points = match asked.method {
            SensitivityMethod::Morris => has + 1,
            SensitivityMethod::Sobol => has + 2,
        };
        if has == 0 { 0 } else { u64::from(asked.samples) * points }
    };
    own.map(of).sum()
}

fn refusal(study: &Study, path: &[&str], title: String, label: String, help: String) -> ScenarioError {
    ScenarioError::Invalid(vec![Diagnostic::at(&study.at(path), title).label(label).help(help)])
}
