//! Money is whole pence, everywhere. Integer addition is associative, so a sum split over any number of
//! threads is exact and comes out the same.

/// An amount of money in pence (GBP / 100), of the model's price year.
pub type Pence = i64;

/// A share of one, as a fixed-point fraction with 32 bits after the point.
pub type Share = u64;

/// One whole, as a [`Share`].
pub const WHOLE: Share = 1 << 32;

/// The most that a household uses its money for one thing in a month: amounts are kept in 32 bits of pence (£42.9m).
pub const MOST_A_MONTH: Pence = u32::MAX as Pence;

/// A fraction in 0..=1 as a [`Share`], rounded to nearest.
pub fn share(fraction: f64) -> Share {
    round(fraction.clamp(0.0, 1.0) * WHOLE as f64) as Share
}

/// `amount` × `share`, rounded down; `amount` must not be negative.
#[inline]
pub fn part(amount: Pence, share: Share) -> Pence {
    debug_assert!(amount >= 0);
    // Signed on both sides, so that it is one multiplication of 64 by 64 bits.
    ((i128::from(amount) * i128::from(share as i64)) >> 32) as Pence
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
    // As `f64::round`, which is a call into the C library where the processor is any x86-64. The difference is exact:
    // both numbers share their leading bits.
    let whole = pence as Pence;
    let over = pence - whole as f64;
    whole + Pence::from(over >= 0.5) - Pence::from(over <= -0.5)
}

/// `a` over `b` with 32 bits after the point, rounded down. A division of reals is many times as quick as one of 128 bits,
/// and where numbers have at most 53 bits it errs by rounding up only, which a product shows.
#[inline]
pub fn over(a: u64, b: u64) -> u128 {
    const EXACT: u64 = 1 << 53;
    if a < EXACT && b < EXACT {
        let near = (a as i64 as f64 * WHOLE as f64 / b as i64 as f64) as u64;
        if near < EXACT {
            return u128::from(near - u64::from(u128::from(near) * u128::from(b) > u128::from(a) << 32));
        }
    }
    (u128::from(a) << 32) / u128::from(b)
}

/// Divide an amount in proportion to weights into whole pence that sum to it: each part is the step of the
/// cumulated shares, rounded down. Nothing is given out when all weights are zero.
pub fn divide(amount: Pence, weights: &[i64]) -> Vec<Pence> {
    let all: i128 = weights.iter().map(|w| i128::from(*w)).sum();
    let (mut seen, mut given) = (0i128, 0 as Pence);
    weights
        .iter()
        .map(|w| {
            seen += i128::from(*w);
            let upto = if all > 0 { (i128::from(amount) * seen / all) as Pence } else { 0 };
            let piece = upto - given;
            given = upto;
            piece
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn a_division_of_reals_is_that_of_whole_numbers(a in any::<u64>(), b in any::<u64>(), bits in [0u32..64, 0..64]) {
            let (a, b) = (a >> bits[0], (b >> bits[1]).max(1));
            for a in [a, b, b - 1, b / 2, b / 3 * 2, b.saturating_mul(1 + a % 1024)] {
                prop_assert_eq!(over(a, b), (u128::from(a) << 32) / u128::from(b));
            }
        }
    }

    #[test]
    fn parts_sum_to_the_whole() {
        assert_eq!(divide(100, &[1, 1, 1]), [33, 33, 34]);
        assert_eq!(divide(7, &[0, 5, 0, 2]), [0, 5, 0, 2]);
        assert_eq!(divide(7, &[0, 0]), [0, 0]);
    }

    #[test]
    fn rounds_as_the_standard_library_does() {
        let near = |x: f64| [x, x.next_up(), x.next_down(), -x, -x.next_up(), -x.next_down()];
        let whole = [0.0, 0.5, 1.5, 2.5, 1e6 + 0.5, 4_503_599_627_370_495.5, 4_503_599_627_370_497.0, 1e17];
        for x in whole.into_iter().flat_map(near) {
            assert_eq!(round(x), x.round() as Pence, "{x}");
        }
    }
}
