//! Which cities gain and lose: by fifths of how they were drawn, and by regression on it.

use super::measures::{INCOME, OUTSIDE_SALES, SALES};
use super::{Countries, CountryRun, Replicate};
use crate::measure::compare::difference;
use crate::scenario::settings::Adopters;

pub const FIFTHS: usize = 5;

/// What cities differ in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trait {
    Localness,
    Deprivation,
    Mix,
    SoldOutside,
}

impl Trait {
    pub const ALL: [Trait; 4] = [Trait::Localness, Trait::Deprivation, Trait::Mix, Trait::SoldOutside];

    pub const fn id(self) -> &'static str {
        match self {
            Trait::Localness => "localness",
            Trait::Deprivation => "deprivation",
            Trait::Mix => "sector_mix",
            Trait::SoldOutside => "sold_outside",
        }
    }

    pub const fn title(self) -> &'static str {
        match self {
            Trait::Localness => "How local spending and jobs are (drawn)",
            Trait::Deprivation => "Deprivation (drawn)",
            Trait::Mix => "How far the mix of sectors is from Leeds's (drawn)",
            Trait::SoldOutside => "Share of sales made outside the city (a result)",
        }
    }

    fn of(self, replicate: &Replicate, city: usize) -> f64 {
        let of = &replicate.traits[city];
        match self {
            Trait::Localness => of.localness,
            Trait::Deprivation => of.deprivation,
            Trait::Mix => of.mix,
            Trait::SoldOutside => replicate.reference(true).map_or(0.0, |run| {
                let figures = &run.cities[city].0;
                figures[OUTSIDE_SALES] / figures[SALES].max(1e-9)
            }),
        }
    }
}

/// A mean over replicates with Student's 95% interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mean {
    pub value: f64,
    pub interval: Option<(f64, f64)>,
}

fn mean(values: &[f64]) -> Mean {
    let pairs: Vec<(f64, f64)> = values.iter().map(|x| (0.0, *x)).collect();
    let of = difference(&pairs);
    Mean { value: of.mean, interval: of.interval }
}

/// Change of a city's household income, percent.
fn percent((reference, policy): (&CountryRun, &CountryRun), city: usize) -> f64 {
    let (before, after) = (reference.cities[city].0[INCOME], policy.cities[city].0[INCOME]);
    100.0 * (after / before.max(1e-9) - 1.0)
}

/// What each city has of a set of adopters; of "displacement" what it has when all adopt less what it has alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Alone,
    Everyone,
    Displacement,
}

impl Outcome {
    pub const ALL: [Outcome; 3] = [Outcome::Alone, Outcome::Everyone, Outcome::Displacement];

    pub const fn id(self) -> &'static str {
        match self {
            Outcome::Alone => "each_alone",
            Outcome::Everyone => "all",
            Outcome::Displacement => "all_less_alone",
        }
    }

    fn of(self, replicate: &Replicate, city: usize) -> Option<f64> {
        let gain = |adopters| Some(percent(replicate.pair(adopters)?, city));
        match self {
            Outcome::Alone => gain(Adopters::EachAlone),
            Outcome::Everyone => gain(Adopters::All),
            Outcome::Displacement => Some(gain(Adopters::All)? - gain(Adopters::EachAlone)?),
        }
    }
}

/// Mean change of household income in each fifth of cities by a trait, the lowest first, percent; with the mean of the
/// trait. None when the runs were not made.
pub fn fifths(of: &Countries, by: Trait, outcome: Outcome) -> Option<Vec<(f64, Mean)>> {
    let mut sums = vec![(Vec::new(), Vec::new()); FIFTHS];
    for replicate in &of.replicates {
        let n = replicate.traits.len();
        let mut order: Vec<(f64, usize)> = (0..n).map(|city| (by.of(replicate, city), city)).collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        for (fifth, (traits, gains)) in sums.iter_mut().enumerate() {
            let members = &order[fifth * n / FIFTHS..(fifth + 1) * n / FIFTHS];
            if members.is_empty() {
                return None;
            }
            let over = members.len() as f64;
            traits.push(members.iter().map(|m| m.0).sum::<f64>() / over);
            let mut sum = 0.0;
            for (_, city) in members {
                sum += outcome.of(replicate, *city)?;
            }
            gains.push(sum / over);
        }
    }
    let row = |(traits, gains): (Vec<f64>, Vec<f64>)| (mean(&traits).value, mean(&gains));
    (!of.replicates.is_empty()).then(|| sums.into_iter().map(row).collect())
}

/// Least squares of a change of income on the drawn traits, each in its standard deviations over cities, in each
/// replicate; means of the coefficients over replicates, constant first. None when the runs were not made or a trait does
/// not vary.
pub fn regression(of: &Countries, outcome: Outcome) -> Option<Vec<Mean>> {
    let traits = [Trait::Localness, Trait::Deprivation, Trait::Mix];
    let mut found: Vec<Vec<f64>> = vec![Vec::new(); traits.len() + 1];
    for replicate in &of.replicates {
        let n = replicate.traits.len();
        let mut columns = vec![vec![1.0; n]];
        for by in traits {
            columns.push(standardised((0..n).map(|city| by.of(replicate, city)).collect())?);
        }
        let y = (0..n).map(|city| outcome.of(replicate, city)).collect::<Option<Vec<f64>>>()?;
        let b = least_squares(&columns, &y)?;
        found.iter_mut().zip(b).for_each(|(all, b)| all.push(b));
    }
    (!of.replicates.is_empty()).then(|| found.iter().map(|all| mean(all)).collect())
}

fn standardised(of: Vec<f64>) -> Option<Vec<f64>> {
    let n = of.len() as f64;
    let mean = of.iter().sum::<f64>() / n;
    let variance = of.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n;
    (variance > 1e-18).then(|| of.iter().map(|x| (x - mean) / variance.sqrt()).collect())
}

/// Solve the normal equations by elimination with the largest pivot.
fn least_squares(columns: &[Vec<f64>], y: &[f64]) -> Option<Vec<f64>> {
    let p = columns.len();
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    let mut rows: Vec<Vec<f64>> =
        columns.iter().map(|a| columns.iter().map(|b| dot(a, b)).chain([dot(a, y)]).collect()).collect();
    for at in 0..p {
        let pivot = (at..p).max_by(|i, j| rows[*i][at].abs().total_cmp(&rows[*j][at].abs()))?;
        rows.swap(at, pivot);
        if rows[at][at].abs() < 1e-9 {
            return None;
        }
        for i in (0..p).filter(|i| *i != at) {
            let times = rows[i][at] / rows[at][at];
            let pivot = rows[at].clone();
            rows[i].iter_mut().zip(pivot).for_each(|(x, y)| *x -= times * y);
        }
    }
    Some((0..p).map(|i| rows[i][p] / rows[i][i]).collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// y = 2 + 3 a − b, exactly.
    #[test]
    fn a_plane_is_found_again() {
        let a = vec![0.0, 1.0, 2.0, 5.0, -1.0];
        let b = vec![1.0, 0.5, -2.0, 3.0, 4.0];
        let y: Vec<f64> = a.iter().zip(&b).map(|(a, b)| 2.0 + 3.0 * a - b).collect();
        let found = least_squares(&[vec![1.0; 5], a.clone(), b], &y).unwrap();
        for (x, wanted) in found.iter().zip([2.0, 3.0, -1.0]) {
            assert!((x - wanted).abs() < 1e-9);
        }
        assert_eq!(least_squares(&[vec![1.0; 5], vec![2.0; 5]], &a), None);
    }

    #[test]
    fn standard_deviations_have_mean_nought_and_variance_one() {
        let of = standardised(vec![1.0, 3.0]).unwrap();
        assert_eq!(of, [-1.0, 1.0]);
        assert_eq!(standardised(vec![2.0; 4]), None);
    }
}
