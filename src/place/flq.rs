//! Flegg's location quotient: how much of what a place needs it can supply itself, from employment alone.

use super::city::SECTORS;

/// `lambda = log2(1 + R/N)^delta`: the allowance for the size of the place (R jobs out of N).
pub fn lambda(place: f64, nation: f64, delta: f64) -> f64 {
    libm::pow(libm::log2(1.0 + place / nation), delta)
}

/// `t[i][j]`: share of sector j's domestic needs from sector i that the place can supply.
///
/// With `SLQ_i = (R_i/R)/(N_i/N)` the cross-industry quotient is `SLQ_i/SLQ_j`, on the diagonal `SLQ_i`;
/// `t = min(1, CILQ * lambda)` (Flegg and Webber 1997).
pub fn shares(place: &[f64; SECTORS], nation: &[f64; SECTORS], delta: f64) -> [[f64; SECTORS]; SECTORS] {
    let (r, n): (f64, f64) = (place.iter().sum(), nation.iter().sum());
    let lambda = lambda(r, n, delta);
    let mut slq = [0.0; SECTORS];
    for i in 0..SECTORS {
        slq[i] = (place[i] / r) / (nation[i] / n);
    }
    let mut t = [[0.0; SECTORS]; SECTORS];
    for i in 0..SECTORS {
        for j in 0..SECTORS {
            let cilq = if i == j || slq[j] == 0.0 { slq[i] } else { slq[i] / slq[j] };
            t[i][j] = (cilq * lambda).min(1.0);
        }
    }
    t
}
