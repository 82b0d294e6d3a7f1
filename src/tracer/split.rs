//! Dividing dye: how much of it moves this month, and over which uses.

use super::{Held, Lanes};
use crate::base::money::{Pence, Share, WHOLE};
use crate::tracer::ledger::ROUNDS;

/// `amount` × `share`, rounded down.
#[inline]
pub fn part(amount: i64, share: Share) -> i64 {
    ((amount as u128 * u128::from(share)) >> 32) as i64
}

/// `a / b` as a share of one, at most one.
#[inline]
pub fn ratio(a: Pence, b: Pence) -> Share {
    if b <= 0 || a >= b {
        WHOLE
    } else if b < 1 << 31 {
        // Fits in 64 bits: the common case.
        ((a.max(0) as u64) << 32) / b as u64
    } else {
        ((u128::from(a.max(0) as u64) << 32) / b as u128) as Share
    }
}

/// The shares of fresh dye and of dye in reserve that move, when an agent with these funds and this reserve of
/// money uses so much. What is not spent waits in the reserve; when more is spent than came in, the reserve's
/// dye comes back pro rata.
#[inline]
pub fn moving(uses: Pence, funds: Pence, reserve: Pence) -> (Share, Share) {
    if uses <= 0 {
        (0, 0)
    } else if uses <= funds {
        (ratio(uses, funds), 0)
    } else {
        (WHOLE, ratio(uses - funds, reserve))
    }
}

/// Take what moves out of an agent's hands; the rest of the fresh dye joins the reserve.
#[inline]
pub fn take(held: &mut Held, (fresh, reserve): (Share, Share)) -> Lanes {
    let mut moved = [0; ROUNDS];
    for (lane, moved) in moved.iter_mut().enumerate() {
        let from_fresh = part(held.fresh[lane], fresh);
        let from_reserve = part(held.reserve[lane], reserve);
        held.reserve[lane] += held.fresh[lane] - from_fresh - from_reserve;
        held.fresh[lane] = 0;
        *moved = from_fresh + from_reserve;
    }
    moved
}

/// Divide an amount over uses in proportion; what rounding leaves goes to the largest use.
pub fn divide(amount: i64, uses: &[Pence], total: Pence, out: &mut Vec<i64>) {
    out.clear();
    let (mut left, mut largest) = (amount, 0);
    for (k, use_) in uses.iter().enumerate() {
        let piece = part(amount, ratio(*use_, total));
        out.push(piece);
        left -= piece;
        if *use_ > uses[largest] {
            largest = k;
        }
    }
    if let Some(of) = out.get_mut(largest) {
        *of += left;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn divided_dye_is_all_there() {
        let mut out = Vec::new();
        divide(100, &[1, 1, 1], 3, &mut out);
        assert_eq!(out, [34, 33, 33]);
        divide(7, &[0, 5, 2], 7, &mut out);
        assert_eq!(out.iter().sum::<i64>(), 7);
    }

    #[test]
    fn half_the_funds_used_moves_half_and_the_rest_waits() {
        let mut held = Held { fresh: [100, 0, 0, 0], reserve: [10, 0, 0, 0] };
        let moved = take(&mut held, moving(50, 100, 1000));
        assert_eq!((moved[0], held.reserve[0]), (50, 60));
        // Twice the funds used: all fresh dye and a tenth of the reserve's.
        let mut held = Held { fresh: [100, 0, 0, 0], reserve: [60, 0, 0, 0] };
        let moved = take(&mut held, moving(200, 100, 1000));
        assert_eq!((moved[0], held.reserve[0]), (105, 55));
    }
}
