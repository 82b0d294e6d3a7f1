//! What moves of the dye of many households at once, and how much that is on each penny that they use: what
//! [`split::moving`] and [`split::take`] say of one, in steps without branches, which
//! the compiler takes several households at a time.

use super::dye::HomeLanes;
use super::split;
use crate::base::money::{Pence, WHOLE};
#[cfg(wide)]
use multiversion::multiversion;

/// Bits after the point in dye on a penny.
pub(super) const POINT: u32 = 22;

/// Households that are gone through together.
pub const TOGETHER: usize = 64;
/// Their lanes of dye.
const LANES: usize = 2 * TOGETHER;

/// What households use, have come in and had before, and what moves of their dye.
#[cfg_attr(test, derive(Clone, PartialEq, Debug))]
pub struct Moves {
    /// All that each uses, what it has come in, and what it then draws on.
    pub total: [Pence; TOGETHER],
    pub funds: [Pence; TOGETHER],
    pub reserve: [Pence; TOGETHER],
    /// What moves, household by household, both lanes.
    moved: [i64; LANES],
    /// Dye on a penny; nothing that fits 32 bits where it does not.
    rates: [i64; LANES],
}

/// More than any rate that fits 32 bits.
const NO_RATE: i64 = 1 << 32;

impl Moves {
    pub fn none() -> Moves {
        Moves {
            total: [0; TOGETHER],
            funds: [0; TOGETHER],
            reserve: [0; TOGETHER],
            moved: [0; LANES],
            rates: [0; LANES],
        }
    }

    /// Take what moves out of the hands of as many households as there are rows.
    pub fn take(&mut self, fresh: &mut [HomeLanes], reserve: &mut [HomeLanes]) {
        if fresh.len() < TOGETHER || !self.all_fit() {
            return self.plainly(fresh, reserve);
        }
        let (fresh, reserve) = (fresh.as_flattened_mut(), reserve.as_flattened_mut());
        take_all(self, fresh, reserve);
    }

    /// Household by household, whatever the amounts.
    #[cold]
    fn plainly(&mut self, fresh: &mut [HomeLanes], reserve: &mut [HomeLanes]) {
        for (k, (fresh, reserve)) in fresh.iter_mut().zip(reserve).enumerate() {
            let shares = split::moving(self.total[k], self.funds[k], self.reserve[k]);
            let moved = split::take(fresh, reserve, shares);
            self.moved[2 * k..2 * k + 2].copy_from_slice(&moved);
            let rates = quick_rates(self.total[k], moved);
            let rates = rates.map_or([NO_RATE; 2], |rates| rates.map(i64::from));
            self.rates[2 * k..2 * k + 2].copy_from_slice(&rates);
        }
    }

    /// Whether all amounts of money fit 31 bits (£21.5m), as they do of all but very rich households. Reserves may be less than
    /// nothing.
    #[inline]
    fn all_fit(&self) -> bool {
        let (mut bits, mut most) = (0, 0);
        for k in 0..TOGETHER {
            bits |= self.total[k] | self.funds[k];
            most = most.max(self.reserve[k]);
        }
        (bits | most) as u64 <= i32::MAX as u64
    }

    /// What moves of a household's dye.
    #[inline]
    pub fn moved(&self, k: usize) -> HomeLanes {
        [self.moved[2 * k], self.moved[2 * k + 1]]
    }

    /// Dye on a penny, if it fits 32 bits.
    #[inline]
    pub fn rates(&self, k: usize) -> Option<[u32; 2]> {
        let [a, b] = [self.rates[2 * k], self.rates[2 * k + 1]];
        ((a | b) >> 32 == 0).then_some([a as u32, b as u32])
    }
}

/// Dye on a penny of each lane, if it fits 32 bits.
#[inline]
pub(super) fn quick_rates(total: Pence, moved: HomeLanes) -> Option<[u32; 2]> {
    let mut rates = [0; 2];
    for (rate, moved) in rates.iter_mut().zip(moved) {
        if !(0..1 << 40).contains(&moved) || total <= 0 {
            return None;
        }
        // A division of reals, of numbers that they hold exactly, put right by at most one.
        let all = moved << POINT;
        let near = (all as f64 / total as f64) as i64;
        *rate = u32::try_from(near - i64::from(near.wrapping_mul(total) > all)).ok()?;
    }
    Some(rates)
}

/// 2⁵²: a real from here to its double holds a whole number in its lower 52 bits.
const WHOLES: f64 = 4_503_599_627_370_496.0;

/// A whole number between nothing and 2⁵² as a real.
#[inline(always)]
fn real(whole: i64) -> f64 {
    f64::from_bits(whole as u64 | WHOLES.to_bits()) - WHOLES
}

/// A real between nothing and 2⁵¹, rounded to a whole number.
#[inline(always)]
fn nearest(x: f64) -> i64 {
    (x + WHOLES).to_bits() as i64 & ((1 << 52) - 1)
}

/// `a` × 2^`BITS` / `b`, rounded down, where it has at most 32 bits: a division of reals, of numbers that they hold exactly,
/// put right by at most one. Something of more than 32 bits where it has more, or where `b` is nothing.
#[inline(always)]
fn over<const BITS: u32>(a: i64, b: i64) -> i64 {
    const MOST: f64 = (1u64 << 34) as f64;
    let quotient = real(a) * (1u64 << BITS) as f64 / real(b);
    let near = nearest(if quotient < MOST { quotient } else { MOST });
    near.wrapping_sub(i64::from(near.wrapping_mul(b) > a << BITS))
}

/// `amount` × `share`, rounded down, of a share of at most one.
#[inline(always)]
fn part(amount: i64, share: i64) -> i64 {
    let (high, low) = (amount >> 32, amount & i64::from(u32::MAX));
    high.wrapping_mul(share).wrapping_add((low.wrapping_mul(share) as u64 >> 32) as i64)
}

#[cfg_attr(wide, multiversion(targets("x86_64+avx512f+avx2", "x86_64+avx2")))]
fn take_all(of: &mut Moves, fresh: &mut [i64], reserve: &mut [i64]) {
    take_each(of, fresh, reserve);
}

/// Sums of dye need no check: none is more than all that circulates.
#[inline(always)]
fn take_each(of: &mut Moves, fresh: &mut [i64], reserve: &mut [i64]) {
    const ALL: i64 = WHOLE as i64;
    let (mut of_fresh, mut of_reserve, mut total) =
        ([[0; 2]; TOGETHER], [[0; 2]; TOGETHER], [[0; 2]; TOGETHER]);
    let shares = of_fresh.iter_mut().zip(&mut of_reserve).zip(&mut total);
    let money = of.total.iter().zip(&of.funds).zip(&of.reserve);
    for (((of_fresh, of_reserve), total), ((uses, funds), reserve)) in shares.zip(money) {
        let more = uses.wrapping_sub(*funds);
        let (a, b) = if more <= 0 { (*uses, *funds) } else { (more, *reserve) };
        let share = if a >= b { ALL } else { over::<32>(a, b) };
        let (fresh, reserve) = if more <= 0 { (share, 0) } else { (ALL, share) };
        let (fresh, reserve) = if *uses <= 0 { (0, 0) } else { (fresh, reserve) };
        (*of_fresh, *of_reserve, *total) = ([fresh; 2], [reserve; 2], [*uses; 2]);
    }
    let (of_fresh, of_reserve) = (of_fresh.as_flattened(), of_reserve.as_flattened());
    let lanes = fresh.iter_mut().zip(reserve).zip(of.moved.iter_mut().zip(&mut of.rates));
    let shares = of_fresh.iter().zip(of_reserve).zip(total.as_flattened());
    for (((fresh, reserve), (moved, rate)), ((of_fresh, of_reserve), total)) in lanes.zip(shares) {
        let (from_fresh, from_reserve) = (part(*fresh, *of_fresh), part(*reserve, *of_reserve));
        *reserve = reserve.wrapping_add(*fresh).wrapping_sub(from_fresh).wrapping_sub(from_reserve);
        *fresh = 0;
        *moved = from_fresh.wrapping_add(from_reserve);
        let near = over::<POINT>(*moved, *total);
        *rate = if (*moved as u64) < 1 << 40 && near < NO_RATE { near } else { NO_RATE };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Money: total, funds and reserve of a household; and its dye, fresh and in reserve.
    type One = ([i64; 3], HomeLanes, HomeLanes);

    fn one() -> impl Strategy<Value = One> {
        let pence = (0i64..1 << 31, 0u32..32).prop_map(|(pence, bits)| pence >> bits);
        let dye = (0i64..1 << 43, 0u32..43).prop_map(|(dye, bits)| dye >> bits);
        (
            prop::array::uniform3(pence),
            prop::array::uniform2(dye.clone()),
            prop::array::uniform2(dye),
            any::<bool>(),
        )
            .prop_map(|([total, funds, reserve], fresh, waits, below)| {
                ([total, funds, if below { -reserve } else { reserve }], fresh, waits)
            })
    }

    fn check(all: &[One]) {
        let mut moves = Moves::none();
        for (k, (money, ..)) in all.iter().enumerate() {
            [moves.total[k], moves.funds[k], moves.reserve[k]] = *money;
        }
        let (mut fresh, mut reserve): (Vec<_>, Vec<_>) = all.iter().map(|one| (one.1, one.2)).unzip();
        let (mut others, mut their_fresh, mut their_reserve) =
            (moves.clone(), fresh.clone(), reserve.clone());
        moves.take(&mut fresh, &mut reserve);
        // The same as it is compiled for any processor.
        if all.len() == TOGETHER && others.all_fit() {
            let (fresh, reserve) = (their_fresh.as_flattened_mut(), their_reserve.as_flattened_mut());
            take_each(&mut others, fresh, reserve);
            assert_eq!(others, moves);
        }
        for (k, (money, mut of_fresh, mut of_reserve)) in all.iter().copied().enumerate() {
            let shares = split::moving(money[0], money[1], money[2]);
            let moved = split::take(&mut of_fresh, &mut of_reserve, shares);
            assert_eq!((moves.moved(k), fresh[k], reserve[k]), (moved, of_fresh, of_reserve));
            assert_eq!(moves.rates(k), quick_rates(money[0], moved), "of {moved:?} over {money:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn many_households_move_what_each_does(all in prop::collection::vec(one(), TOGETHER)) {
            check(&all);
        }

        /// Fewer than go together, and one with money of about 31 bits or more, or less than nothing.
        #[test]
        fn so_do_few_and_rich_ones(
            mut all in prop::collection::vec(one(), TOGETHER),
            few in 1..TOGETHER,
            rich in 0..TOGETHER,
            of in 0..3usize,
            money in prop::sample::select(vec![i64::from(i32::MAX), 1 << 31, 1 << 33, 3 << 40, -5]),
        ) {
            check(&all[..few]);
            all[rich].0[of] = if of == 0 { money.abs() } else { money };
            check(&all);
        }

        /// Dye about as much as a rate of 32 bits has room for, and more than is divided quickly.
        #[test]
        fn so_do_those_with_much_dye(
            mut all in prop::collection::vec(one(), TOGETHER),
            which in 0..TOGETHER,
            total in 1i64..1 << 30,
            (more, dye) in (-2i64..=2, prop::sample::select(vec![1i64 << 40, 1 << 52, 1 << 55])),
        ) {
            all[which] = ([total, total, 0], [1024 * total + more.max(-total), dye + more], [0, 0]);
            check(&all);
        }
    }
}
