//! The standard normal by its quantiles.

/// Where `n` equal parts of the standard normal have their middles (by probability), from the lowest: what a uniform draw
/// of one of them takes for a normal one. By Newton's method on the normal distribution function.
pub fn normal_quantiles(n: usize) -> Vec<f64> {
    let mut z = 0.0;
    let mut upper = Vec::with_capacity(n.div_ceil(2));
    for k in n / 2..n {
        z = quantile((k as f64 + 0.5) / n as f64, z);
        upper.push(z);
    }
    let lower = upper.iter().rev().take(n / 2).map(|z| -z);
    lower.chain(upper.iter().copied()).collect()
}

/// The quantile at `p` of at least one half, from one below it: there the function is concave, so that each step of Newton's
/// falls short.
fn quantile(p: f64, from: f64) -> f64 {
    let density = |z: f64| libm::exp(-0.5 * z * z) / libm::sqrt(std::f64::consts::TAU);
    let mut z = from;
    loop {
        let above = 0.5 * libm::erfc(z / std::f64::consts::SQRT_2);
        let step = (above - (1.0 - p)) / density(z);
        z += step;
        if step.abs() < 1e-12 {
            return z;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabulated_quantiles() {
        assert_eq!(quantile(0.5, 0.0), 0.0);
        // Published to ten places.
        assert!((quantile(0.975, 0.0) - 1.959_963_984_5).abs() < 1e-9);
        assert!((quantile(0.999, 1.9) - 3.090_232_306_2).abs() < 1e-9);
        assert!((normal_quantiles(2)[1] - 0.674_489_750_2).abs() < 1e-9);
        assert_eq!(normal_quantiles(1), [0.0]);
        assert_eq!(normal_quantiles(3)[1], 0.0);
    }

    #[test]
    fn as_a_whole_they_are_a_standard_normal() {
        let z = normal_quantiles(4096);
        assert!(z.windows(2).all(|two| two[0] < two[1]));
        let moment = |power: i32| z.iter().map(|z| z.powi(power)).sum::<f64>() / 4096.0;
        assert!(moment(1).abs() < 1e-15);
        assert!((moment(2) - 1.0).abs() < 0.001, "{}", moment(2));
        assert!((moment(4) - 3.0).abs() < 0.03, "{}", moment(4));
    }
}
