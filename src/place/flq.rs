//! Location quotients: how much of what a place needs it can supply itself, from employment alone.
//!
//! With R jobs in the place and N in the nation, by sector i:
//! `SLQ_i = (R_i/R)/(N_i/N)`; `CILQ_ij = SLQ_i/SLQ_j`, on the diagonal `SLQ_i`; `FLQ = CILQ * lambda` with
//! `lambda = log2(1 + R/N)^delta` (Flegg and Webber 1997). A quotient of one or more means that the place supplies
//! itself, and counts as one. `AFLQ = min(1, FLQ) * log2(1 + SLQ_j)` where `SLQ_j > 1` (Flegg and Webber 2000): a
//! specialised sector may buy more of an input at home than the nation's coefficient, which is what McCann and Dewhurst
//! (1998) asked for, so that the AFLQ is not held to one. [`Quotient::AflqHeld`] holds it there.

/// Which quotient stands for local supply.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Quotient {
    Slq,
    Cilq,
    #[default]
    Flq,
    Aflq,
    /// AFLQ, at most one: no coefficient above the nation's.
    AflqHeld,
}

impl Quotient {
    pub const fn label(self) -> &'static str {
        match self {
            Quotient::Slq => "SLQ",
            Quotient::Cilq => "CILQ",
            Quotient::Flq => "FLQ",
            Quotient::Aflq => "AFLQ",
            Quotient::AflqHeld => "AFLQ, at most 1",
        }
    }
}

/// `lambda = log2(1 + R/N)^delta`: the allowance for the size of the place (R jobs out of N).
pub fn lambda(place: f64, nation: f64, delta: f64) -> f64 {
    libm::pow(libm::log2(1.0 + place / nation), delta)
}

/// `SLQ_i`; a sector without jobs in the nation has none in the place, and a quotient of 0.
pub fn slq(place: &[f64], nation: &[f64]) -> Vec<f64> {
    let (r, n): (f64, f64) = (place.iter().sum(), nation.iter().sum());
    let of = |(own, all): (&f64, &f64)| if *all > 0.0 { (own / r) / (all / n) } else { 0.0 };
    place.iter().zip(nation).map(of).collect()
}

/// `t[i][j]`: share of sector j's domestic needs from sector i that the place can supply; at most 1 but for AFLQ.
pub fn shares(place: &[f64], nation: &[f64], (quotient, delta): (Quotient, f64)) -> Vec<Vec<f64>> {
    let lambda = lambda(place.iter().sum(), nation.iter().sum(), delta);
    let slq = slq(place, nation);
    let share = |i: usize, j: usize| {
        let cilq = if i == j || slq[j] == 0.0 { slq[i] } else { slq[i] / slq[j] };
        let specialised = if slq[j] > 1.0 { libm::log2(1.0 + slq[j]) } else { 1.0 };
        match quotient {
            Quotient::Slq => slq[i].min(1.0),
            Quotient::Cilq => cilq.min(1.0),
            Quotient::Flq => (cilq * lambda).min(1.0),
            Quotient::Aflq => (cilq * lambda).min(1.0) * specialised,
            Quotient::AflqHeld => (cilq * lambda * specialised).min(1.0),
        }
    };
    (0..slq.len()).map(|i| (0..slq.len()).map(|j| share(i, j)).collect()).collect()
}

/// The share of households' domestic spending on each sector that the place can supply. Households are no
/// sector with a quotient of their own: `SLQ_i`, with the allowance for size where the method has one.
pub fn household_shares(place: &[f64], nation: &[f64], (quotient, delta): (Quotient, f64)) -> Vec<f64> {
    let allowance = match quotient {
        Quotient::Slq | Quotient::Cilq => 1.0,
        Quotient::Flq | Quotient::Aflq | Quotient::AflqHeld => {
            lambda(place.iter().sum(), nation.iter().sum(), delta)
        }
    };
    slq(place, nation).into_iter().map(|slq| (slq * allowance).min(1.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Flegg's lambda of a city with 1.25% of the nation's jobs: 0.447, 0.366, 0.299 (computed by hand from
    /// log2(1.0125) = 0.017922).
    #[test]
    fn lambda_of_a_city_the_size_of_leeds() {
        for (delta, wanted) in [(0.20, 0.447), (0.25, 0.366), (0.30, 0.299)] {
            assert!((lambda(1.25, 100.0, delta) - wanted).abs() < 5e-4, "{delta}");
        }
        assert_eq!(lambda(1.25, 100.0, 0.0), 1.0);
    }

    /// Two sectors, a quarter of the nation's jobs: SLQ 0.5 and 1.5. By hand CILQ 1/3 and 3.
    #[test]
    fn quotients_by_hand() {
        let (place, nation) = ([5.0, 15.0], [40.0, 40.0]);
        assert_eq!(slq(&place, &nation), [0.5, 1.5]);
        let of = |q| shares(&place, &nation, (q, 0.5));
        assert_eq!(of(Quotient::Slq), [[0.5, 0.5], [1.0, 1.0]]);
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} is not {b}");
        close(of(Quotient::Cilq)[0][1], 1.0 / 3.0);
        close(of(Quotient::Cilq)[0][0], 0.5);
        let size = libm::log2(1.25_f64).sqrt();
        close(of(Quotient::Flq)[0][1], size / 3.0);
        close(of(Quotient::Flq)[0][0], size * 0.5);
        close(of(Quotient::Aflq)[0][1], size / 3.0 * libm::log2(2.5));
        close(of(Quotient::Aflq)[0][0], size * 0.5);
        // FLQ of 3 lambda counts as one; the specialised buyer's is log2(2.5), above the nation's, or held to it.
        close(of(Quotient::Aflq)[1][1], (1.5 * size).min(1.0) * libm::log2(2.5));
        let held = shares(&[30.0, 50.0], &[60.0, 40.0], (Quotient::AflqHeld, 0.1));
        let free = shares(&[30.0, 50.0], &[60.0, 40.0], (Quotient::Aflq, 0.1));
        assert!(free[1][1] > 1.0 && held[1][1] == 1.0);
        close(household_shares(&place, &nation, (Quotient::Flq, 0.5))[0], 0.5 * size);
    }
}
