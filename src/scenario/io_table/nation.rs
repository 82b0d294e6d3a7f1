//! Which columns of a file of jobs are the region's and the nation's, and how they count.

use super::scale::scale;
use crate::scenario::grid::{Grid, Label};

const REGION: [&str; 6] = ["region", "regional", "local", "place", "city", "area"];
const NATION: [&str; 6] = ["nation", "national", "country", "uk", "gb", "kingdom"];
/// Words of columns that count something else than jobs.
const NO_JOBS: [&str; 10] =
    ["units", "enterprises", "firms", "businesses", "share", "percent", "lq", "quotient", "code", "gva"];
const JOBS: [&str; 8] = ["jobs", "job", "employment", "employees", "employed", "workers", "persons", "fte"];
/// What is left of a nation.
const REST: [&str; 8] = ["rest", "remainder", "remaining", "balance", "elsewhere", "ruk", "rouk", "residual"];
/// Words before what is left out.
const WITHOUT: [&str; 10] =
    ["less", "minus", "excluding", "excl", "exc", "ex", "without", "except", "outside", "not"];

fn words(text: &str) -> Vec<String> {
    let plain = text.to_lowercase();
    plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// How the columns of region and nation count.
pub(super) struct Scale {
    times: [f64; 2],
    /// Whether the second holds the nation without the region.
    rest: bool,
}

impl Scale {
    pub fn of(grid: &Grid, (region, nation): (usize, usize), notes: &mut Vec<String>) -> Scale {
        let label = |c: usize| &grid.columns[c];
        let mut times = [1.0; 2];
        for (c, times) in [region, nation].into_iter().zip(&mut times) {
            if let Some((of, name)) = scale(label(c)) {
                *times = of;
                notes.push(format!("\"{}\" is read as {name} of jobs.", label(c).text));
            }
        }
        let (text, left_out) = (&label(nation).text, left_out(&label(nation).text));
        // Of whom it leaves out it is the region, or others whose jobs count nowhere.
        let region = words(&label(region).text);
        let own = |word: &String| region.contains(word) || REGION.contains(&word.as_str());
        let rest = is_rest(text) || left_out.iter().any(own);
        if rest {
            notes.push(format!(
                "\"{text}\" is the nation without the region: the nation's jobs are both together.",
            ));
        } else if !left_out.is_empty() {
            notes.push(format!(
                "\"{text}\" is read as the whole nation, the region in it. If the region is left out of it, call the column \"rest of \
                 nation\".",
            ));
        }
        Scale { times, rest }
    }

    /// Jobs in the region and in the nation, of what the columns hold.
    pub fn jobs(&self, written: [f64; 2]) -> [f64; 2] {
        let own = written[0] * self.times[0];
        let other = written[1] * self.times[1];
        [own, if self.rest { own + other } else { other }]
    }
}

/// "Rest of UK", "other UK".
fn is_rest(text: &str) -> bool {
    let words = words(text);
    let other = words.iter().position(|word| word == "other").and_then(|k| words.get(k + 1));
    words.iter().any(|word| REST.contains(&word.as_str()))
        || other.is_some_and(|next| NATION.contains(&next.as_str()))
}

/// What follows on a word for "without": "UK less Leeds".
fn left_out(text: &str) -> Vec<String> {
    let words = words(text);
    let without = words.iter().position(|word| WITHOUT.contains(&word.as_str()));
    without.map_or(vec![], |k| words[k + 1..].to_vec())
}

/// Columns of region and nation by name, each as many as could be meant; two columns of any name are region and nation, in
/// this order.
pub(super) fn columns(grid: &Grid) -> [Vec<usize>; 2] {
    let said = |label: &Label| {
        let mut all = words(&label.text);
        // The region that is left out of a nation is not what the column counts.
        if all.iter().any(|word| NATION.contains(&word.as_str())) {
            all.truncate(all.len() - left_out(&label.text).len());
        }
        all
    };
    let has = |c: usize, of: &[&str]| said(&grid.columns[c]).iter().any(|word| of.contains(&word.as_str()));
    let shares = |c: usize| grid.columns[c].text.contains('%');
    let counts: Vec<usize> = (0..grid.columns.len()).filter(|c| !has(*c, &NO_JOBS) && !shares(*c)).collect();
    let named = |of: &[&str]| {
        let all: Vec<usize> = counts.iter().copied().filter(|c| has(*c, of)).collect();
        let jobs: Vec<usize> = all.iter().copied().filter(|c| has(*c, &JOBS)).collect();
        if jobs.is_empty() { all } else { jobs }
    };
    let (region, nation) = (named(&REGION), named(&NATION));
    if let [first, second] = counts[..] {
        // A column that is a rest stands for the nation, whatever it is called.
        let [rest, other] = [first, second].map(|c| is_rest(&grid.columns[c].text));
        return match (&region[..], &nation[..]) {
            ([], []) if rest && !other => [vec![second], vec![first]],
            ([], []) => [vec![first], vec![second]],
            ([r], []) => [vec![*r], vec![first + second - r]],
            ([], [n]) => [vec![first + second - n], vec![*n]],
            ([r], [n]) if r == n => [vec![], vec![]],
            _ => [region, nation],
        };
    }
    [region, nation]
}
