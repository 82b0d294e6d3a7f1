//! How much of households' dye moves this month, and how much of that is on each penny that they use. Many households go
//! through each step together, apart from each other: no division waits for another, and the compiler takes several at once.

use super::dye::HomeLanes;
use super::home_pieces::POINT;
use super::split;
use crate::base::money::{Pence, Share, WHOLE};
use crate::place::city::PURCHASES;
use crate::world::flows::HouseholdUses;
#[cfg(not(feature = "generic"))]
use multiversion::multiversion;

/// Households that go together: one bit of a word for each.
pub const TOGETHER: usize = 64;

/// What households used, received and have now; row by row, at most [`TOGETHER`] of them.
#[derive(Clone, Copy)]
pub struct Money<'a> {
    pub uses: &'a [HouseholdUses],
    pub purchases: &'a [[u32; PURCHASES]],
    pub income: &'a [Pence],
    /// Receipts of this month, or of the last one where everything is linear.
    pub funds: &'a [Pence],
    pub deposits: &'a [Pence],
}

/// What moves of each household's dye, and that over each penny used, with [`POINT`] bits after the point.
pub struct Moving {
    pub moved: [HomeLanes; TOGETHER],
    pub rates: [[u32; 2]; TOGETHER],
    /// All that is in reserve afterwards.
    pub held: i64,
    /// Households whose dye on a penny does not fit, bit by bit.
    pub plain: u64,
}

impl Moving {
    pub fn none() -> Moving {
        Moving { moved: [[0; 2]; TOGETHER], rates: [[0; 2]; TOGETHER], held: 0, plain: 0 }
    }
}

/// Take what moves out of these households' hands, as `split::take` of `split::moving` does; the rest of the fresh dye joins
/// the reserve. No dye is below nought.
#[cfg_attr(not(feature = "generic"), multiversion(targets("x86_64+avx2")))]
pub fn take_all(of: Money, fresh: &mut [HomeLanes], reserve: &mut [HomeLanes], moving: &mut Moving) {
    let n = of.uses.len().min(TOGETHER);
    let mut totals = [0; TOGETHER];
    for (total, (uses, purchases)) in totals.iter_mut().zip(of.uses.iter().zip(of.purchases)) {
        *total = total_of(&uses.fixed(), purchases);
    }
    let (totals, mut of_each) = (&totals[..n], [Moves::default(); TOGETHER]);
    which_move(totals, of, &mut of_each[..n]);
    let moved = &mut moving.moved[..n];
    moving.held = 0;
    for (((moves, moved), fresh), reserve) in of_each.iter().zip(&mut *moved).zip(fresh).zip(reserve) {
        for lane in 0..2 {
            let (new, old) = (fresh[lane], reserve[lane]);
            let some = part(new & moves.of_fresh | old & !moves.of_fresh, moves.share);
            reserve[lane] = old.wrapping_add(new & moves.of_fresh).wrapping_sub(some);
            moved[lane] = (new & !moves.of_fresh).wrapping_add(some);
            moving.held = moving.held.wrapping_add(reserve[lane]);
            fresh[lane] = 0;
        }
    }
    moving.plain = rates(totals, moved, &mut moving.rates[..n]);
}

/// All uses of a household.
#[inline(always)]
pub fn total_of<const N: usize, const M: usize>(fixed: &[u32; N], purchases: &[u32; M]) -> Pence {
    let mut sum = 0u64;
    for amount in fixed {
        sum = sum.wrapping_add(u64::from(*amount));
    }
    for amount in purchases {
        sum = sum.wrapping_add(u64::from(*amount));
    }
    sum as Pence
}

/// What moves: a share of the fresh dye where less is used than came in (all bits), else all of it and a share of the reserve's
/// (no bit).
#[derive(Clone, Copy, Default)]
struct Moves {
    of_fresh: i64,
    share: Share,
}

/// As `split::moving`.
#[inline(always)]
fn which_move(totals: &[Pence], of: Money, of_each: &mut [Moves]) {
    let n = totals.len();
    let (mut some, mut whole, mut bits) = ([0; TOGETHER], [0; TOGETHER], 0);
    let (income, funds, deposits) = (&of.income[..n], &of.funds[..n], &of.deposits[..n]);
    for k in 0..n {
        let over = totals[k].wrapping_sub(funds[k]);
        let opening = deposits[k].wrapping_add(totals[k]).wrapping_sub(income[k]);
        let less = over <= 0 || totals[k] <= 0;
        some[k] = if less { totals[k] } else { over };
        whole[k] = if less { funds[k] } else { opening.max(over) };
        of_each[k].of_fresh = -i64::from(less);
        bits |= whole[k].max(0);
    }
    for k in 0..n {
        let share = if bits < 1 << 31 { ratio(some[k], whole[k]) } else { split::ratio(some[k], whole[k]) };
        of_each[k].share = if totals[k] <= 0 { 0 } else { share };
    }
}

/// As `split::ratio`, of a whole that fits 31 bits.
#[inline(always)]
fn ratio(some: Pence, whole: Pence) -> Share {
    let (a, b) = (some.max(0).min(whole) as u32, whole.max(1) as u32);
    let near = near(real(a.into()) * WHOLE as f64 / real(b.into())).min(u32::MAX.into());
    let share = near.wrapping_sub(u64::from(near.wrapping_mul(b.into()) > u64::from(a) << 32));
    if some >= whole { WHOLE } else { share }
}

/// As `split::part`, without 128 bits.
#[inline(always)]
fn part(amount: i64, share: Share) -> i64 {
    let (high, low) = (amount as u64 >> 32, u64::from(amount as u32));
    let less = u64::from(share as u32);
    let some = high.wrapping_mul(less).wrapping_add(low.wrapping_mul(less) >> 32);
    if share == WHOLE { amount } else { some as i64 }
}

/// Dye on a penny of each lane. Returns, bit by bit, for which households it does not fit 32 bits.
#[inline(always)]
fn rates(totals: &[Pence], moved: &[HomeLanes], rates: &mut [[u32; 2]]) -> u64 {
    let mut plain = 0;
    for (k, ((total, moved), rates)) in totals.iter().zip(moved).zip(rates).enumerate() {
        let (total, mut fits) = ((*total).max(1) as u64, true);
        for lane in 0..2 {
            // Where numbers do not fit this is some rate, and not used.
            let moved = moved[lane] as u64;
            let near = near(real(moved) * (1u64 << POINT) as f64 / real(total));
            let rate = near.wrapping_sub(u64::from(near.wrapping_mul(total) > moved << POINT));
            fits &= moved < 1 << 40 && rate <= u32::MAX.into();
            rates[lane] = rate as u32;
        }
        plain |= u64::from(!fits) << k;
    }
    plain
}

const BITS: u32 = 52;

/// A whole number below 2⁵² as a real: the last bits of a real that is that much more than 2⁵².
#[inline(always)]
fn real(n: u64) -> f64 {
    const SHIFTED: f64 = (1u64 << BITS) as f64;
    f64::from_bits(n | SHIFTED.to_bits()) - SHIFTED
}

/// A real between nought and 2⁵² to the nearest whole number: what is left of its last bits when 2⁵² is added. Of the quotient of
/// two such numbers that is at most one too much, which a product shows.
#[inline(always)]
fn near(real: f64) -> u64 {
    (real + (1u64 << BITS) as f64).to_bits() & ((1 << BITS) - 1)
}

#[cfg(test)]
mod tests {
    use super::super::split::{moving, take};
    use super::*;
    use proptest::prelude::*;

    /// Amounts of all sizes up to 40 bits, many of them nothing.
    fn money() -> impl Strategy<Value = Pence> {
        (0i64..1 << 40, 0u32..44).prop_map(|(amount, bits)| amount >> bits)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        /// What moves is what the plain rules say, and the dye on a penny is rounded down.
        #[test]
        fn what_moves_is_what_moves_of_each_alone(
            purchase in any::<u32>(), bits in 0u32..33,
            income in money(), funds in money(), deposits in money(),
            dye in prop::array::uniform4(money()),
            alike in any::<bool>(),
        ) {
            let purchases = [[purchase.checked_shr(bits).unwrap_or(0); PURCHASES]];
            let total = total_of(&[0; 0], &purchases[0]);
            let funds = if alike { total } else { funds };
            let (mut fresh, mut reserve) = ([[dye[0], dye[1]]], [[dye[2], dye[3]]]);
            let (mut plain_fresh, mut plain_reserve) = ([dye[0], dye[1]], [dye[2], dye[3]]);
            let opening = deposits + total - income;
            let plain = moving(total, funds, opening.max(total - funds));
            let plain = take(&mut plain_fresh, &mut plain_reserve, plain);
            let (uses, income, deposits) = ([HouseholdUses::default()], [income], [deposits]);
            let of = Money { uses: &uses, purchases: &purchases, income: &income, funds: &[funds], deposits: &deposits };
            let mut moving = Moving::none();
            take_all(of, &mut fresh, &mut reserve, &mut moving);
            prop_assert_eq!((moving.moved[0], fresh[0], reserve[0]), (plain, plain_fresh, plain_reserve));
            prop_assert_eq!(moving.held, plain_reserve[0] + plain_reserve[1]);
            let rates = plain.map(|moved| (i128::from(moved) << POINT) / i128::from(total.max(1)));
            let fit = rates.iter().all(|rate| *rate <= u32::MAX.into()) && plain.iter().all(|moved| *moved < 1 << 40);
            prop_assert_eq!(moving.plain, u64::from(!fit));
            if fit {
                prop_assert_eq!(moving.rates[0].map(i128::from), rates);
            }
        }
    }
}
