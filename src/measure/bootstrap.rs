//! The bootstrap (Efron 1979): rows are drawn anew with replacement, and the middle 95% of a statistic over the resamples
//! is its interval. Draws are keyed, so that the same rows give the same interval.

use crate::base::draws::{Draws, Purpose};

/// How many resamples: enough for the ends of a 95% interval to be stable to about a twentieth of its width.
pub const RESAMPLES: usize = 2000;

/// The rows that each resample takes.
#[derive(Clone, Debug)]
pub struct Resamples {
    rows: usize,
    taken: Vec<u32>,
}

impl Resamples {
    /// Resamples of this many rows, the same for every statistic of them.
    pub fn new(rows: usize) -> Resamples {
        let luck = Draws::new(0, 0).in_month(0);
        let mut taken = Vec::with_capacity(RESAMPLES * rows);
        for resample in 0..RESAMPLES as u64 {
            for block in 0..rows.div_ceil(4) {
                let bits = luck.block(Purpose::Bootstrap, resample, block as u32);
                let left = rows - 4 * block;
                let row = |b: &u32| ((u64::from(*b) * rows as u64) >> 32) as u32;
                taken.extend(bits.iter().take(left).map(row));
            }
        }
        Resamples { rows, taken }
    }

    /// The percentile interval of a statistic of rows; none of fewer than two rows.
    pub fn interval(&self, statistic: impl Fn(&[u32]) -> f64) -> Option<(f64, f64)> {
        if self.rows < 2 {
            return None;
        }
        let mut values: Vec<f64> = self.taken.chunks_exact(self.rows.max(1)).map(statistic).collect();
        values.sort_by(f64::total_cmp);
        let tail = RESAMPLES / 40;
        Some((values[tail], values[RESAMPLES - 1 - tail]))
    }

    /// The interval of a mean.
    pub fn of_mean(&self, values: &[f64]) -> Option<(f64, f64)> {
        self.interval(|rows| rows.iter().map(|r| values[*r as usize]).sum::<f64>() / rows.len() as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A large sample's bootstrap interval is the normal one: mean ± 1.96 sd / √n.
    #[test]
    fn agrees_with_the_normal_interval_of_a_large_sample() {
        let n = 400;
        let values: Vec<f64> = (0..n).map(|i| f64::from(i % 20)).collect();
        let sd = (values.iter().map(|x| (x - 9.5) * (x - 9.5)).sum::<f64>() / f64::from(n)).sqrt();
        let (low, high) = Resamples::new(n as usize).of_mean(&values).unwrap();
        let half = 1.96 * sd / f64::from(n).sqrt();
        assert!((low - (9.5 - half)).abs() < 0.1 * half && (high - (9.5 + half)).abs() < 0.1 * half);
    }

    #[test]
    fn every_row_may_be_taken_and_no_other() {
        let rows = Resamples::new(7);
        let mut seen = [0u32; 7];
        rows.taken.iter().for_each(|r| seen[*r as usize] += 1);
        assert_eq!(rows.taken.len(), 7 * RESAMPLES);
        // 2,000 expected of each, with a standard deviation of 41.
        assert!(seen.iter().all(|n| n.abs_diff(2000) < 200), "{seen:?}");
        assert!(Resamples::new(1).of_mean(&[1.0]).is_none());
    }
}
