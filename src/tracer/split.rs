//! Dividing dye: how much of it moves this month, and over which uses.

use crate::base::money::{Pence, Share, WHOLE};

/// `amount` × `share`, rounded down.
#[inline]
pub fn part(amount: i64, share: Share) -> i64 {
    // Signed on both sides, so that it is one multiplication of 64 by 64 bits.
    ((i128::from(amount) * i128::from(share as i64)) >> 32) as i64
}

/// `a / b` as a share of one, at most one.
#[inline]
pub fn ratio(a: Pence, b: Pence) -> Share {
    if b <= 0 || a >= b {
        WHOLE
    } else if b < 1 << 31 {
        // Fits in 64 bits: the common case. A division of reals again, of numbers that they hold exactly.
        let whole = a.max(0) << 32;
        let near = (whole as f64 / b as f64) as i64;
        (near - i64::from(near.wrapping_mul(b) > whole)) as u64
    } else {
        ((u128::from(a.max(0) as u64) << 32) / b as u128) as Share
    }
}

/// A total whose uses become shares: one division serves them all. A share comes out at most total/2³⁰ + 1 units
/// of 2⁻³² too small; what is left over goes to the largest use anyway.
#[derive(Clone, Copy)]
pub struct Total(u64);

impl Total {
    #[inline]
    pub fn new(total: Pence) -> Total {
        Total(reciprocal(total.max(1)))
    }
    /// The share of a use, for uses that are surely between nothing and the total: the product has at most 62 bits.
    #[inline]
    pub fn share_within(self, use_: Pence) -> Share {
        (use_ as u64).wrapping_mul(self.0) >> 30
    }
    /// The share of a use between nothing and the total.
    #[inline]
    pub fn share(self, use_: Pence) -> Share {
        ((i128::from(use_) * i128::from(self.0 as i64)) >> 30) as Share
    }
}

/// 2⁶² over a number, rounded down. Where the result has at most 50 bits, a division of reals, put right by at most one,
/// is quicker than the processor's of 64 bits.
#[inline]
fn reciprocal(n: i64) -> u64 {
    const ALL: i64 = 1 << 62;
    if !(1 << 12..1 << 50).contains(&n) {
        return (ALL / n) as u64;
    }
    let near = (ALL as f64 / n as f64) as i64;
    (near - i64::from(near.wrapping_mul(n) > ALL)) as u64
}

/// The shares of fresh dye and of dye in reserve that move, when an agent with these funds and this reserve of
/// money uses so much. What is not spent waits in the reserve; when more is spent than came in, the reserve's
/// dye comes back pro rata.
#[inline]
pub fn moving(uses: Pence, funds: Pence, reserve: Pence) -> (Share, Share) {
    if uses <= 0 {
        return (0, 0);
    }
    // One division serves both cases.
    let over = uses - funds;
    let (part, whole) = if over <= 0 { (uses, funds) } else { (over, reserve) };
    let share = ratio(part, whole);
    if over <= 0 { (share, 0) } else { (WHOLE, share) }
}

/// Take what moves out of an agent's hands; the rest of the fresh dye joins the reserve.
#[inline]
pub fn take<const N: usize>(
    fresh: &mut [i64; N],
    reserve: &mut [i64; N],
    (of_fresh, of_reserve): (Share, Share),
) -> [i64; N] {
    let mut moved = [0; N];
    for (lane, moved) in moved.iter_mut().enumerate() {
        let from_fresh = part(fresh[lane], of_fresh);
        let from_reserve = part(reserve[lane], of_reserve);
        reserve[lane] += fresh[lane] - from_fresh - from_reserve;
        fresh[lane] = 0;
        *moved = from_fresh + from_reserve;
    }
    moved
}

/// Divide an amount in proportion to these weights, whose sum is `total`; what rounding leaves goes to the
/// largest weight, the first of equals. `each` is told the position and the piece.
pub fn divide(amount: i64, weights: &[i64], total: i64, mut each: impl FnMut(usize, i64)) {
    let of = Total::new(total);
    let (mut left, mut largest) = (amount, 0);
    for (k, weight) in weights.iter().enumerate() {
        left -= part(amount, of.share(*weight));
        if *weight > weights[largest] {
            largest = k;
        }
    }
    for (k, weight) in weights.iter().enumerate() {
        let piece = part(amount, of.share(*weight)) + if k == largest { left } else { 0 };
        if piece != 0 {
            each(k, piece);
        }
    }
}

/// Divide several amounts at once in proportion to these weights, each as [`divide`] does.
#[cfg(test)]
pub fn divide_lanes<const N: usize>(
    amounts: [i64; N],
    weights: impl Iterator<Item = i64>,
    total: i64,
    pieces: &mut Vec<[i64; N]>,
) {
    let of = Total::new(total);
    let (mut left, mut largest, mut most) = (amounts, 0, i64::MIN);
    pieces.clear();
    for (k, weight) in weights.enumerate() {
        let share = of.share(weight);
        let mut piece = [0; N];
        for lane in 0..N {
            piece[lane] = part(amounts[lane], share);
            left[lane] -= piece[lane];
        }
        (largest, most) = if weight > most { (k, weight) } else { (largest, most) };
        pieces.push(piece);
    }
    if let Some(piece) = pieces.get_mut(largest) {
        for lane in 0..N {
            piece[lane] += left[lane];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn several_amounts_are_divided_as_each_alone(
            amounts in prop::array::uniform3(0i64..1 << 50),
            weights in prop::collection::vec(0i64..1 << 40, 1..30),
        ) {
            let (total, mut pieces) = (weights.iter().sum(), Vec::new());
            divide_lanes(amounts, weights.iter().copied(), total, &mut pieces);
            for (lane, amount) in amounts.into_iter().enumerate() {
                let alone = divided(amount, &weights);
                prop_assert_eq!(pieces.iter().map(|piece| piece[lane]).collect::<Vec<_>>(), alone);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn divisions_of_reals_are_those_of_whole_numbers(n in 1i64..1 << 62, bits in 0u32..62, a in any::<u32>()) {
            let n = (n >> bits).max(1);
            prop_assert_eq!(reciprocal(n), (1u64 << 62) / n as u64);
            for a in [i64::from(a), n - 1, n / 2, n / 3 * 2] {
                let plain = if a >= n { WHOLE as u128 } else { ((a as u128) << 32) / n as u128 };
                prop_assert_eq!(u128::from(ratio(a, n)), plain);
            }
        }
    }

    fn divided(amount: i64, weights: &[i64]) -> Vec<i64> {
        let mut out = vec![0; weights.len()];
        divide(amount, weights, weights.iter().sum(), |k, piece| out[k] = piece);
        out
    }

    #[test]
    fn divided_dye_is_all_there() {
        assert_eq!(divided(100, &[1, 1, 1]), [34, 33, 33]);
        assert_eq!(divided(7, &[0, 5, 2]).iter().sum::<i64>(), 7);
        let big = [123_456_789_012, 1, 999_999_999_999];
        assert_eq!(divided(9_876_543_210_123, &big).iter().sum::<i64>(), 9_876_543_210_123);
    }

    #[test]
    fn half_the_funds_used_moves_half_and_the_rest_waits() {
        let (mut fresh, mut reserve) = ([100, 0], [10, 0]);
        let moved = take(&mut fresh, &mut reserve, moving(50, 100, 1000));
        assert_eq!((moved[0], fresh[0], reserve[0]), (50, 0, 60));
        // Twice the funds used: all fresh dye and a tenth of the reserve's.
        let (mut fresh, mut reserve) = ([100], [60]);
        let moved = take(&mut fresh, &mut reserve, moving(200, 100, 1000));
        assert_eq!((moved[0], reserve[0]), (105, 55));
    }
}
