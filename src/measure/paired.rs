//! What can be said of a difference from pairs that share their luck.

use super::bootstrap::Resamples;
use super::compare::{ALIKE, Difference, alike, difference, t_975};

/// Replicates beyond which nobody asks.
const MOST: usize = 1_000_000;

/// A reference and a policy over replicates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paired {
    pub reference: f64,
    pub policy: f64,
    pub difference: Difference,
    /// Standard deviation of the differences; none with one replicate.
    pub spread: Option<f64>,
    /// The 95% interval by bootstrap.
    pub bootstrap: Option<(f64, f64)>,
    /// Share of replicates whose difference has the sign of the mean; none where none differs.
    pub same_sign: Option<f64>,
    /// Share of the variance that independent luck would bring which pairing saves; none when there is none.
    pub saved: Option<f64>,
}

impl Paired {
    pub fn new(pairs: &[(f64, f64)], resamples: &Resamples) -> Paired {
        let n = pairs.len().max(1) as f64;
        let gaps: Vec<f64> = pairs.iter().map(|(a, b)| b - a).collect();
        let difference = difference(pairs);
        let of = |values: Vec<f64>| variance(&values);
        let spread = of(gaps.clone()).map(f64::sqrt);
        let apart = of(pairs.iter().map(|p| p.0).collect()).zip(of(pairs.iter().map(|p| p.1).collect()));
        let apart = apart.map(|(a, b)| a + b).filter(|sum| *sum > 0.0);
        let same = gaps.iter().filter(|gap| sign(**gap) == sign(difference.mean)).count();
        Paired {
            reference: pairs.iter().map(|p| p.0).sum::<f64>() / n,
            policy: pairs.iter().map(|p| p.1).sum::<f64>() / n,
            difference,
            spread,
            bootstrap: resamples.of_mean(&gaps),
            same_sign: gaps.iter().any(|gap| *gap != 0.0).then_some(same as f64 / n),
            saved: apart.zip(spread).map(|(apart, spread)| 1.0 - spread * spread / apart),
        }
    }

    /// Replicates for an interval of this width; none with one replicate to judge by.
    pub fn for_width(&self, width: f64) -> Option<usize> {
        let spread = self.spread?;
        let least = if alike(spread, self.difference.mean) { ALIKE } else { 2 };
        replicates_for(spread, width).map(|n| n.max(least))
    }

    /// Replicates from which the interval would no longer hold zero, the mean and the spread staying what they are; none where
    /// there is nothing to tell, or no interval to judge by.
    pub fn to_tell(&self) -> Option<usize> {
        self.difference.interval.filter(|_| self.difference.mean != 0.0)?;
        self.for_width(2.0 * self.difference.mean.abs())
    }
}

fn sign(x: f64) -> i8 {
    i8::from(x > 0.0) - i8::from(x < 0.0)
}

/// The sample variance; none of fewer than two values.
pub fn variance(values: &[f64]) -> Option<f64> {
    let n = values.len();
    let mean = values.iter().sum::<f64>() / n.max(1) as f64;
    (n > 1).then(|| values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1) as f64)
}

/// The fewest replicates, two at least, whose 95% interval of the mean is no wider than `width`:
/// 2 t(n − 1) spread / √n.
pub fn replicates_for(spread: f64, width: f64) -> Option<usize> {
    let narrow = |n: usize| 2.0 * t_975(n - 1) * spread / (n as f64).sqrt() <= width;
    if !narrow(MOST) {
        return None;
    }
    let (mut low, mut high) = (1, MOST);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if narrow(middle) { high = middle } else { low = middle }
    }
    Some(high)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reference 1, 2, 3 and policy 2, 4, 3: differences 1, 2, 0 of mean 1 and variance 1; apart the variances are 1
    /// and 1, so pairing saves half.
    #[test]
    fn by_hand() {
        let pairs = [(1.0, 2.0), (2.0, 4.0), (3.0, 3.0)];
        let of = Paired::new(&pairs, &Resamples::new(3));
        assert_eq!((of.reference, of.policy, of.difference.mean), (2.0, 3.0, 1.0));
        assert!((of.spread.unwrap() - 1.0).abs() < 1e-12 && (of.saved.unwrap() - 0.5).abs() < 1e-12);
        assert!((of.same_sign.unwrap() - 2.0 / 3.0).abs() < 1e-12);
        let (low, high) = of.bootstrap.unwrap();
        assert!((0.0..=1.0).contains(&low) && (1.0..=2.0).contains(&high));
    }

    /// With spread 1 an interval of width 1 needs n with 2 t/√n <= 1: n = 18 gives 2 x 2.1098/4.2426 = 0.9946, and
    /// n = 17 gives 2 x 2.1199/4.1231 = 1.0283.
    #[test]
    fn replicates_by_hand() {
        assert_eq!(replicates_for(1.0, 1.0), Some(18));
        assert_eq!(replicates_for(0.0, 0.0), Some(2));
        assert_eq!(replicates_for(1.0, 0.0), None);
        let one = Paired::new(&[(1.0, 2.0)], &Resamples::new(1));
        assert_eq!((one.spread, one.bootstrap, one.saved, one.to_tell()), (None, None, None, None));
    }

    #[test]
    fn what_does_not_differ_has_no_sign_and_nothing_to_tell() {
        let of = |pairs: &[(f64, f64)]| {
            let of = Paired::new(pairs, &Resamples::new(pairs.len()));
            (of.same_sign, of.to_tell())
        };
        assert_eq!(of(&[(1.0, 1.0), (2.0, 2.0)]), (None, None));
        assert_eq!(of(&[(1.0, 3.0), (2.0, 4.0)]), (Some(1.0), None));
        assert_eq!(of(&[(1.0, 3.0), (2.0, 4.0), (3.0, 5.0)]), (Some(1.0), Some(3)));
    }

    /// The same luck added to both sides is saved whole; independent luck saves nothing on average.
    #[test]
    fn pairing_saves_what_is_shared() {
        let shared: Vec<(f64, f64)> =
            (0..50).map(|i| (f64::from(i * i % 17), f64::from(i * i % 17) + 1.0)).collect();
        let of = Paired::new(&shared, &Resamples::new(50));
        assert!((of.saved.unwrap() - 1.0).abs() < 1e-12 && of.same_sign == Some(1.0));
        let apart: Vec<(f64, f64)> = (0..50).map(|i| (f64::from(i % 5), f64::from(i / 5 % 5))).collect();
        assert!(Paired::new(&apart, &Resamples::new(50)).saved.unwrap().abs() < 0.05);
    }
}
