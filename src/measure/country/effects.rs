//! What a policy changes in the cities that adopt it, in the others and in all, and how much of what a city gains alone it
//! keeps when all do the same.

use super::measures::MEASURES;
use super::{Countries, CountryRun, Replicate};
use crate::measure::compare::{Difference, difference};
use crate::scenario::settings::Adopters;

/// Whose change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    Adopters,
    Others,
    All,
}

impl Whose {
    pub const ALL: [Whose; 3] = [Whose::Adopters, Whose::Others, Whose::All];

    pub const fn id(self) -> &'static str {
        match self {
            Whose::Adopters => "adopters",
            Whose::Others => "others",
            Whose::All => "all",
        }
    }

    fn holds(self, adopts: bool) -> bool {
        match self {
            Whose::Adopters => adopts,
            Whose::Others => !adopts,
            Whose::All => true,
        }
    }
}

/// Sum over cities, or their mean where a figure is no sum.
fn total(run: &CountryRun, adopts: &[bool], whose: Whose, k: usize) -> f64 {
    let of =
        run.cities.iter().zip(adopts).filter(|(_, adopts)| whose.holds(**adopts)).map(|(city, _)| city.0[k]);
    let (sum, n) = of.fold((0.0, 0usize), |(sum, n), x| (sum + x, n + 1));
    if MEASURES[k].summed || n == 0 { sum } else { sum / n as f64 }
}

/// A figure without policy and with it, in one replicate.
fn pair(of: &Replicate, adopters: Adopters, whose: Whose, k: usize) -> Option<(f64, f64)> {
    let (reference, policy) = of.pair(adopters)?;
    let at = |run: &CountryRun| total(run, &policy.adopts, whose, k);
    Some((at(reference), at(policy)))
}

fn pairs(of: &Countries, adopters: Adopters, whose: Whose, k: usize) -> Vec<(f64, f64)> {
    of.replicates.iter().filter_map(|replicate| pair(replicate, adopters, whose, k)).collect()
}

/// How many cities adopt, and how many do not.
pub fn numbers(of: &Countries, adopters: Adopters) -> (usize, usize) {
    let adopts =
        of.replicates.first().and_then(|r| r.pair(adopters)).map(|(_, policy)| policy.adopts.clone());
    let adopts = adopts.unwrap_or_default();
    let n = adopts.iter().filter(|a| **a).count();
    (n, adopts.len() - n)
}

/// A change over replicates: mean, and Student's 95% interval of the mean.
pub fn change(of: &Countries, adopters: Adopters, whose: Whose, k: usize) -> Difference {
    difference(&pairs(of, adopters, whose, k))
}

/// Without policy, mean over replicates.
pub fn level(of: &Countries, adopters: Adopters, whose: Whose, k: usize) -> f64 {
    let pairs = pairs(of, adopters, whose, k);
    pairs.iter().map(|p| p.0).sum::<f64>() / pairs.len().max(1) as f64
}

/// A quotient of sums over replicates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quotient {
    pub value: f64,
    /// The 95% interval; none with one replicate.
    pub interval: Option<(f64, f64)>,
}

/// Σ over / Σ under of pairs (over, under). The interval is Student's, of the residuals over − value × under, as is usual for
/// a ratio of sample means (Cochran 1977, section 6.4).
pub fn quotient(pairs: &[(f64, f64)]) -> Quotient {
    let (over, under) = pairs.iter().fold((0.0, 0.0), |(a, b), (x, y)| (a + x, b + y));
    let value = over / under;
    let residuals: Vec<(f64, f64)> = pairs.iter().map(|(x, y)| (0.0, x - value * y)).collect();
    let mean = under / pairs.len().max(1) as f64;
    let half = difference(&residuals).interval.map(|(_, high)| high / mean.abs());
    Quotient { value, interval: half.map(|half| (value - half, value + half)) }
}

/// A part of a gain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Part {
    Of(Quotient),
    /// What it would be a part of is no gain, or not told apart from nought.
    NoGain,
}

impl Part {
    pub fn quotient(self) -> Option<Quotient> {
        match self {
            Part::Of(quotient) => Some(quotient),
            Part::NoGain => None,
        }
    }
}

/// The quotient, where its lower half is a gain: its mean, and with several replicates the lower end of its interval, are
/// above nought. (Of a loss there is no part to keep, and near nought a quotient has no interval of this kind.) None
/// without runs.
fn told(pairs: &[(f64, f64)]) -> Option<Part> {
    if pairs.is_empty() {
        return None;
    }
    let gains: Vec<(f64, f64)> = pairs.iter().map(|(_, gain)| (0.0, *gain)).collect();
    let gain = difference(&gains);
    let least = gain.interval.map_or(gain.mean, |(low, _)| low);
    Some(if least > 0.0 { Part::Of(quotient(pairs)) } else { Part::NoGain })
}

/// What is kept, by all cities together, of what they would gain each alone, when all do it at once.
pub fn kept(of: &Countries, k: usize) -> Option<Part> {
    let both = |replicate: &Replicate| {
        let gain = |adopters| pair(replicate, adopters, Whose::All, k).map(|(a, b)| b - a);
        Some((gain(Adopters::All)?, gain(Adopters::EachAlone)?))
    };
    let pairs: Vec<(f64, f64)> = of.replicates.iter().filter_map(both).collect();
    told(&pairs)
}

/// Of what adopters gain, the part that the others lose.
pub fn displaced(of: &Countries, adopters: Adopters, k: usize) -> Option<Part> {
    let both = |replicate: &Replicate| {
        let gain = |whose| pair(replicate, adopters, whose, k).map(|(a, b)| b - a);
        Some((-gain(Whose::Others)?, gain(Whose::Adopters)?))
    };
    let pairs: Vec<(f64, f64)> = of.replicates.iter().filter_map(both).collect();
    let (_, others) = numbers(of, adopters);
    if others > 0 { told(&pairs) } else { None }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub mod tests {
    use super::*;
    use crate::measure::country::{CityFigures, Traits};

    fn run(adopters: Option<Adopters>, linked: bool, adopts: [bool; 2], income: [f64; 2]) -> CountryRun {
        let city = |x: f64| {
            let mut of = [0.0; MEASURES.len()];
            (of[0], of[10]) = (x, x / 100.0);
            CityFigures(of)
        };
        CountryRun {
            adopters,
            linked,
            adopts: adopts.to_vec(),
            cities: income.map(city).to_vec(),
            books: Vec::new(),
        }
    }

    /// Two cities of 100: alone each gains 10; one gains 9 and the other loses 6; both, 4 and 2.
    pub fn by_hand() -> Countries {
        let runs = vec![
            run(None, false, [false; 2], [100.0, 100.0]),
            run(Some(Adopters::EachAlone), false, [true; 2], [110.0, 110.0]),
            run(None, true, [false; 2], [101.0, 101.0]),
            run(Some(Adopters::One), true, [true, false], [110.0, 95.0]),
            run(Some(Adopters::All), true, [true; 2], [105.0, 103.0]),
        ];
        let traits = vec![Traits::default(); 2];
        let one = Replicate { number: 1, traits, runs, links: None };
        let replicates = vec![one.clone(), Replicate { number: 2, ..one }];
        Countries { scale: 1.0, months: 12, price_year: String::new(), replicates }
    }

    #[test]
    fn gains_losses_and_what_is_kept() {
        let of = by_hand();
        assert_eq!(change(&of, Adopters::One, Whose::Adopters, 0).mean, 9.0);
        assert_eq!(change(&of, Adopters::One, Whose::Others, 0).mean, -6.0);
        assert_eq!(change(&of, Adopters::One, Whose::All, 0).mean, 3.0);
        assert_eq!(change(&of, Adopters::EachAlone, Whose::All, 0).mean, 20.0);
        let value = |part: Option<Part>| part.unwrap().quotient().unwrap().value;
        assert!((value(kept(&of, 0)) - 0.3).abs() < 1e-12);
        assert!((value(displaced(&of, Adopters::One, 0)) - 6.0 / 9.0).abs() < 1e-12);
        assert_eq!(displaced(&of, Adopters::All, 0), None);
        assert_eq!(numbers(&of, Adopters::One), (1, 1));
        // A ratio is averaged over cities: 1.10 for 1.01.
        assert!((change(&of, Adopters::One, Whose::Adopters, 10).mean - 0.09).abs() < 1e-12);
    }

    /// (3 + 1) / (4 + 4). Residuals 1 and -1: standard error 1, Student's factor for one degree of freedom 12.7062, over a mean
    /// of 4.
    #[test]
    fn a_quotient_of_sums() {
        let of = quotient(&[(3.0, 4.0), (1.0, 4.0)]);
        let (low, high) = of.interval.unwrap();
        assert!(
            of.value == 0.5 && (high - 0.5 - 12.7062 / 4.0).abs() < 1e-9 && (low + high - 1.0).abs() < 1e-9
        );
        assert_eq!(quotient(&[(3.0, 4.0)]).interval, None);
        // No runs; nothing gained; a loss; a gain that is not told apart from nought.
        assert_eq!(told(&[]), None);
        for pairs in [&[(1.0, 0.0)][..], &[(-1.0, -2.0)], &[(1.0, 4.0), (1.0, 1.0)]] {
            assert_eq!(told(pairs), Some(Part::NoGain));
        }
    }
}
