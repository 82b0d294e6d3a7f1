//! Sampling that meets its totals: cumulative rounding, systematic selection, quantile functions.

/// Round a sequence of expected counts so that every partial sum is within one half of the exact one.
pub fn cumulative_rounding(expected: impl IntoIterator<Item = f64>) -> Vec<usize> {
    let (mut sum, mut done) = (0.0, 0usize);
    expected
        .into_iter()
        .map(|e| {
            sum += e;
            let upto = (sum + 0.5).floor().max(0.0) as usize;
            let n = upto.saturating_sub(done);
            done = done.max(upto);
            n
        })
        .collect()
}

/// Choose exactly `n` members with probabilities in proportion to `weights` (capped at one) by systematic
/// sampling from the starting point `u` in 0..1.
pub fn systematic(weights: &[f64], n: usize, u: f64) -> Vec<bool> {
    let mut chosen = vec![false; weights.len()];
    let n = n.min(weights.iter().filter(|w| **w > 0.0).count());
    let mut left = n as f64;
    let mut certain = vec![false; weights.len()];
    let mut total: f64 = weights.iter().sum();
    // Members whose probability would exceed one are taken for certain.
    loop {
        let mut changed = false;
        for (i, &w) in weights.iter().enumerate() {
            if !certain[i] && w > 0.0 && w * left >= total && left >= 1.0 {
                certain[i] = true;
                chosen[i] = true;
                left -= 1.0;
                total -= w;
                changed = true;
            }
        }
        if !changed || total <= 0.0 {
            break;
        }
    }
    if left >= 0.5 && total > 0.0 {
        let step = total / left;
        let (mut next, mut sum, mut taken) = (u * step, 0.0, 0usize);
        let wanted = left.round() as usize;
        for (i, &w) in weights.iter().enumerate() {
            if certain[i] || w <= 0.0 {
                continue;
            }
            sum += w;
            if sum > next && taken < wanted {
                chosen[i] = true;
                taken += 1;
                next += step;
            }
        }
        // Rounding at the far end may leave one short.
        for i in (0..weights.len()).rev() {
            if taken >= wanted {
                break;
            }
            if !chosen[i] && weights[i] > 0.0 {
                chosen[i] = true;
                taken += 1;
            }
        }
    }
    chosen
}

/// A quantile function through (0.1, p10) .. (0.9, p90), log-linear between, with log-linear tails, scaled to
/// mean one and raised to `power` beforehand.
#[derive(Clone, Debug)]
pub struct Shape {
    knots: [f64; 11],
}

impl Shape {
    pub fn new(percentiles: &[f64; 9], power: f64) -> Shape {
        let mut knots = [0.0; 11];
        for (i, p) in percentiles.iter().enumerate() {
            knots[i + 1] = libm::log(*p) * power;
        }
        knots[0] = knots[1] - 1.1 * power;
        knots[10] = knots[9] + 0.9 * power;
        let mut shape = Shape { knots };
        let mean = (0..1000).map(|i| shape.at((f64::from(i) + 0.5) / 1000.0)).sum::<f64>() / 1000.0;
        for knot in &mut shape.knots {
            *knot -= libm::log(mean);
        }
        shape
    }
    /// The quantile at `u` in 0..1, relative to the mean.
    pub fn at(&self, u: f64) -> f64 {
        let x = (u * 10.0).clamp(0.0, 9.999_999);
        let i = x as usize;
        libm::exp(self.knots[i] + (x - i as f64) * (self.knots[i + 1] - self.knots[i]))
    }
}

/// The index drawn by `u` from unnormalised weights; `None` when all are zero.
pub fn pick(weights: &[f64], u: f64) -> Option<usize> {
    let total: f64 = weights.iter().sum();
    if total <= 0.0 {
        return None;
    }
    let mut at = u * total;
    for (i, w) in weights.iter().enumerate() {
        at -= w;
        if at < 0.0 {
            return Some(i);
        }
    }
    weights.iter().rposition(|w| *w > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_keeps_the_total() {
        assert_eq!(cumulative_rounding([0.4, 0.4, 0.4, 0.8]), [0, 1, 0, 1]);
        assert_eq!(cumulative_rounding(vec![0.1; 100]).iter().sum::<usize>(), 10);
    }

    #[test]
    fn systematic_takes_exactly_n_and_never_a_zero_weight() {
        let weights: Vec<f64> = (0..50).map(|i| f64::from(i % 5)).collect();
        for n in [0, 1, 7, 33, 40] {
            let chosen = systematic(&weights, n, 0.3);
            assert_eq!(chosen.iter().filter(|c| **c).count(), n);
            assert!(chosen.iter().zip(&weights).all(|(c, w)| !c || *w > 0.0));
        }
    }

    #[test]
    fn shape_has_mean_one_and_keeps_ratios() {
        let shape = Shape::new(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0], 1.0);
        assert!((shape.at(0.9) / shape.at(0.1) - 9.0).abs() < 1e-9);
    }
}
