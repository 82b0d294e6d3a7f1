//! What tests of chance are judged by.

/// Chi-square of counts, against shares of their sum.
pub fn chi_square(seen: &[u64], shares: &[f64]) -> f64 {
    let total: u64 = seen.iter().sum();
    let term = |(seen, share): (&u64, &f64)| {
        let expected = total as f64 * share;
        (*seen as f64 - expected) * (*seen as f64 - expected) / expected
    };
    seen.iter().zip(shares).map(term).sum()
}
