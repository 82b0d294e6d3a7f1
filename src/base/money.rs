//! Money is whole pence, everywhere. Integer addition is associative, so a sum split over any number of
//! threads is exact and comes out the same.

/// An amount of money in pence (GBP / 100), of the model's price year.
pub type Pence = i64;

/// A share of one, as a fixed-point fraction with 32 bits after the point.
pub type Share = u64;

/// One whole, as a [`Share`].
pub const WHOLE: Share = 1 << 32;

/// A fraction in 0..=1 as a [`Share`], rounded to nearest.
pub fn share(fraction: f64) -> Share {
    (fraction.clamp(0.0, 1.0) * WHOLE as f64).round() as Share
}

/// `amount` × `share`, rounded down; `amount` must not be negative.
#[inline]
pub fn part(amount: Pence, share: Share) -> Pence {
    debug_assert!(amount >= 0);
    ((amount as u128 * share as u128) >> 32) as Pence
}

/// Pounds to pence, rounded to nearest.
pub fn pence(pounds: f64) -> Pence {
    (pounds * 100.0).round() as Pence
}

/// Pence to pounds.
pub fn pounds(pence: Pence) -> f64 {
    pence as f64 / 100.0
}

/// Round a real number of pence to whole pence, half away from zero.
#[inline]
pub fn round(pence: f64) -> Pence {
    pence.round() as Pence
}
