//! The estimators: Morris's elementary effects, and Sobol's first-order and total indices.

use crate::measure::bootstrap::Resamples;
use crate::measure::paired::variance;

/// An estimate with its 95% interval by bootstrap.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    pub value: f64,
    pub interval: Option<(f64, f64)>,
}

/// Of one setting: the mean of the sizes of its elementary effects (Campolongo, Cariboni and Saltelli 2007), their mean, and
/// their standard deviation, which tells of bends and of interplay. Effects are per range of the setting.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Screened {
    pub mu_star: Estimate,
    pub mu: Estimate,
    pub sigma: Estimate,
}

/// Of one setting: the share of the variance that it makes by itself, and with all its interplay.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shares {
    pub first: Estimate,
    pub total: Estimate,
}

/// Morris's measures of each column, from the points of [`super::design::morris`] and the model's values there.
pub fn screen(points: &[Vec<f64>], values: &[f64]) -> Vec<Screened> {
    let columns = points.first().map_or(0, Vec::len);
    let run = columns + 1;
    let trajectories = points.len() / run;
    let mut effects = vec![Vec::with_capacity(trajectories); columns];
    for (points, values) in points.chunks_exact(run).zip(values.chunks_exact(run)) {
        for (from, to) in
            points.windows(2).zip(values.windows(2)).map(|(p, v)| ((&p[0], v[0]), (&p[1], v[1])))
        {
            if let Some(c) = (0..columns).find(|c| from.0[*c] != to.0[*c]) {
                effects[c].push((to.1 - from.1) / (to.0[c] - from.0[c]));
            }
        }
    }
    let resamples = Resamples::new(trajectories);
    let of = |column: &Vec<f64>| {
        let estimate = |f: &dyn Fn(&[f64]) -> f64| Estimate {
            value: f(column),
            interval: resamples.interval(|rows| f(&pick(column, rows))),
        };
        Screened {
            mu_star: estimate(&|x| mean(&x.iter().map(|e| e.abs()).collect::<Vec<_>>())),
            mu: estimate(&mean),
            sigma: estimate(&|x| variance(x).unwrap_or(0.0).sqrt()),
        }
    };
    effects.iter().map(of).collect()
}

fn pick(values: &[f64], rows: &[u32]) -> Vec<f64> {
    rows.iter().map(|r| values[*r as usize]).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// Sobol's indices of each column, from the model's values at the points of [`super::design::saltelli`]: first order after
/// Saltelli and others (2010), total after Jansen (1999). All 0 when the model does not vary.
pub fn sobol(columns: usize, values: &[f64]) -> Vec<Shares> {
    let base = values.len() / (columns + 2);
    // Centred, which the estimators do not need but rounding does.
    let centre = mean(&values[..2 * base]);
    let block = |k: usize| values[k * base..(k + 1) * base].iter().map(|x| x - centre).collect::<Vec<f64>>();
    let (a, b) = (block(0), block(1));
    let resamples = Resamples::new(base);
    let rows: Vec<u32> = (0..base as u32).collect();
    let of = |column: usize| {
        let ab = block(2 + column);
        let by_itself = |r: usize| b[r] * (ab[r] - a[r]);
        let in_all = |r: usize| (a[r] - ab[r]) * (a[r] - ab[r]) / 2.0;
        let share = |rows: &[u32], part: &dyn Fn(usize) -> f64| {
            let n = rows.len() as f64;
            let sum = |f: &dyn Fn(usize) -> f64| rows.iter().map(|r| f(*r as usize)).sum::<f64>();
            let middle = sum(&|r| a[r] + b[r]) / (2.0 * n);
            let spread =
                sum(&|r| (a[r] - middle) * (a[r] - middle) + (b[r] - middle) * (b[r] - middle)) / (2.0 * n);
            if spread > 0.0 { sum(part) / n / spread } else { 0.0 }
        };
        let estimate = |part: &dyn Fn(usize) -> f64| Estimate {
            value: share(&rows, part),
            interval: resamples.interval(|rows| share(rows, part)),
        };
        Shares { first: estimate(&by_itself), total: estimate(&in_all) }
    };
    (0..columns).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::super::design::{morris, saltelli};
    use super::*;

    fn at(points: &[Vec<f64>], model: impl Fn(&[f64]) -> f64) -> Vec<f64> {
        points.iter().map(|p| model(p)).collect()
    }

    /// Ishigami and Homma (1990), a = 7, b = 0.1, on (-π, π).
    fn ishigami(u: &[f64]) -> f64 {
        let x: Vec<f64> = u.iter().map(|u| std::f64::consts::PI * (2.0 * u - 1.0)).collect();
        let (s, t) = (libm::sin(x[0]), libm::sin(x[1]));
        s + 7.0 * t * t + 0.1 * x[2] * x[2] * x[2] * x[2] * s
    }

    const A: [f64; 6] = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0];

    /// Sobol's g-function.
    fn g(u: &[f64]) -> f64 {
        u.iter().zip(A).map(|(u, a)| ((4.0 * u - 2.0).abs() + a) / (1.0 + a)).product()
    }

    fn near(estimate: Estimate, wanted: f64, within: f64) {
        assert!((estimate.value - wanted).abs() < within, "{estimate:?}, not {wanted}");
        let (low, high) = estimate.interval.unwrap();
        assert!(low - within < wanted && wanted < high + within, "{estimate:?} misses {wanted}");
    }

    /// Published: S = 0.3139, 0.4424, 0; T = 0.5576, 0.4424, 0.2437.
    #[test]
    fn sobol_indices_of_ishigami() {
        let shares = sobol(3, &at(&saltelli(2048, 3, 11), ishigami));
        for (share, (first, total)) in shares.iter().zip([(0.3139, 0.5576), (0.4424, 0.4424), (0.0, 0.2437)])
        {
            near(share.first, first, 0.02);
            near(share.total, total, 0.02);
        }
    }

    /// Exact: V_i = 1 / (3 (1 + a_i)²), V = Π(1 + V_i) − 1, S_i = V_i / V, T_i = V_i Π_{j≠i}(1 + V_j) / V.
    #[test]
    fn sobol_indices_of_the_g_function() {
        let part = |a: f64| 1.0 / (3.0 * (1.0 + a) * (1.0 + a));
        let all: f64 = A.iter().map(|a| 1.0 + part(*a)).product();
        let shares = sobol(6, &at(&saltelli(2048, 6, 5), g));
        for (share, a) in shares.iter().zip(A) {
            let v = part(a);
            near(share.first, v / (all - 1.0), 0.02);
            near(share.total, v * all / (1.0 + v) / (all - 1.0), 0.02);
        }
    }

    /// A plane's elementary effects are its slopes, with no spread; a product's depend on where they are taken.
    #[test]
    fn screening_by_hand() {
        let points = morris(8, 3, 4, 2);
        let plane = screen(&points, &at(&points, |u| 3.0 * u[0] - 2.0 * u[1] + 1.0));
        for (of, slope) in plane.iter().zip([3.0, -2.0, 0.0f64]) {
            assert!((of.mu.value - slope).abs() < 1e-9 && (of.mu_star.value - slope.abs()).abs() < 1e-9);
            assert!(of.sigma.value < 1e-9);
        }
        let product = screen(&points, &at(&points, |u| u[0] * u[1]));
        assert!(product[0].sigma.value > 0.1 && product[2].sigma.value == 0.0);
    }

    /// The importance of the g-function's settings falls as a_i rises; Ishigami's third acts only by interplay.
    #[test]
    fn screening_ranks_known_functions() {
        let points = morris(200, 6, 8, 3);
        let ranked: Vec<f64> = screen(&points, &at(&points, g)).iter().map(|s| s.mu_star.value).collect();
        assert!(ranked[..4].windows(2).all(|w| w[0] > w[1]) && ranked[3] > ranked[4], "{ranked:?}");
        let points = morris(200, 3, 8, 3);
        let third = screen(&points, &at(&points, ishigami))[2];
        assert!(third.mu_star.value > 1.0 && third.sigma.value > third.mu.value.abs(), "{third:?}");
    }
}
