//! Dividing a household's two lanes of dye over its uses, by the dye on each penny that it uses: the plain way, and a quick
//! one that gives the same where there are at most 1,023 units on a penny. Then a rate fits 32 bits, as each use does, and
//! every product 64.

use super::dye::HomeLanes;
use super::home_moves::{Moves, POINT};
#[cfg(wide)]
use super::{home_pieces_eight as eight, home_pieces_wide as wide};
use crate::base::money::Pence;
use crate::place::city::PURCHASES;
use crate::world::flows::{FIXED_USES, HouseholdUses};
#[cfg(wide)]
use multiversion::{multiversion, target::match_target};

/// Uses of a household: those that are no purchases (`HouseholdUses::fixed`), then its purchases.
pub const USES: usize = FIXED_USES + PURCHASES;

/// What falls on each use, of both lanes.
pub type Pieces = [HomeLanes; USES];

/// What a household pays: for uses that are no purchases, for purchases, and all together.
pub struct Paid<'a> {
    pub fixed: [u32; FIXED_USES],
    pub purchases: &'a [u32; PURCHASES],
    pub total: Pence,
}

impl Paid<'_> {
    #[inline]
    fn uses(&self) -> [u32; USES] {
        let mut uses = [0; USES];
        uses[..FIXED_USES].copy_from_slice(&self.fixed);
        uses[FIXED_USES..].copy_from_slice(self.purchases);
        uses
    }
}

/// Neighbours, and what moves of their dye.
pub struct Payers<'a> {
    pub uses: &'a [HouseholdUses],
    pub purchases: &'a [[u32; PURCHASES]],
    pub moves: &'a Moves,
    /// Where the first of them stands in the moves.
    pub from: usize,
}

impl Payers<'_> {
    #[inline(always)]
    fn paid(&self, k: usize) -> (Paid<'_>, HomeLanes) {
        let total = self.moves.total[self.from + k];
        let paid = Paid { fixed: self.uses[k].fixed(), purchases: &self.purchases[k], total };
        (paid, self.moves.moved(self.from + k))
    }

    /// What each pays, where the dye on a penny fits 32 bits, with that. Part of the loop of whoever calls it, so that it is
    /// compiled for the same processor.
    #[inline(always)]
    pub(super) fn each_quick(&self, mut each: impl FnMut(usize, &Paid, HomeLanes, [u32; 2])) {
        for k in 0..self.uses.len() {
            if let Some(rates) = self.moves.rates(self.from + k) {
                let (paid, moved) = self.paid(k);
                each(k, &paid, moved, rates);
            }
        }
    }
}

/// Divide what moves over the uses by the dye on each penny, household by household: each piece rounded down, and what
/// rounding leaves to the largest use, the first of equals. There are as many rows of pieces as households.
pub fn divide(of: &Payers, pieces: &mut [Pieces]) {
    divide_quick(of, pieces);
    for (k, pieces) in pieces.iter_mut().enumerate() {
        if of.moves.rates(of.from + k).is_none() {
            let (paid, moved) = of.paid(k);
            *pieces = plainly(&paid, moved);
        }
    }
}

/// The plain way, of any amounts.
#[cold]
fn plainly(of: &Paid, moved: HomeLanes) -> Pieces {
    let rates = moved.map(|moved| (i128::from(moved) << POINT) / i128::from(of.total.max(1)));
    let uses = of.uses();
    let (mut pieces, mut left, mut largest) = ([[0; 2]; USES], moved, 0);
    for k in 0..USES {
        pieces[k] = rates.map(|rate| ((i128::from(uses[k]) * rate) >> POINT) as i64);
        left = [left[0] - pieces[k][0], left[1] - pieces[k][1]];
        largest = if uses[k] > uses[largest] { k } else { largest };
    }
    pieces[largest] = [pieces[largest][0] + left[0], pieces[largest][1] + left[1]];
    pieces
}

/// As [`plainly`], of all whose rates fit 32 bits.
#[cfg(wide)]
#[multiversion(targets("x86_64+avx512f+avx2", "x86_64+avx2"))]
fn divide_quick(of: &Payers, pieces: &mut [Pieces]) {
    match_target! {
        "x86_64+avx512f+avx2" => eight::divide_each(of, pieces),
        "x86_64+avx2" => wide::divide_each(of, pieces),
        _ => one_by_one_each(of, pieces),
    }
}

/// As [`plainly`], of all whose rates fit 32 bits.
#[cfg(not(wide))]
fn divide_quick(of: &Payers, pieces: &mut [Pieces]) {
    one_by_one_each(of, pieces);
}

fn one_by_one_each(of: &Payers, pieces: &mut [Pieces]) {
    of.each_quick(|k, paid, moved, rates| one_by_one(paid, moved, rates, &mut pieces[k]));
}

/// Use by use.
#[inline]
fn one_by_one(of: &Paid, moved: HomeLanes, rates: [u32; 2], pieces: &mut Pieces) {
    let uses = of.uses();
    let (mut left, mut largest, mut most) = (moved, 0, uses[0]);
    for k in 0..USES {
        (largest, most) = if uses[k] > most { (k, uses[k]) } else { (largest, most) };
        for lane in 0..2 {
            let piece = (u64::from(uses[k]).wrapping_mul(rates[lane].into()) >> POINT) as i64;
            pieces[k][lane] = piece;
            left[lane] = left[lane].wrapping_sub(piece);
        }
    }
    pieces[largest] = [pieces[largest][0] + left[0], pieces[largest][1] + left[1]];
}

#[cfg(test)]
mod tests {
    use super::super::home_moves::{TOGETHER, quick_rates};
    use super::*;
    use proptest::prelude::*;

    /// Amounts of all sizes up to 32 bits, many of them nothing.
    fn amount() -> impl Strategy<Value = u32> {
        (any::<u32>(), 0u32..36).prop_map(|(amount, bits)| amount.checked_shr(bits).unwrap_or(0))
    }

    /// Dye of all sizes up to more than is divided quickly.
    fn dye() -> impl Strategy<Value = i64> {
        (0i64..1 << 44, 0u32..44).prop_map(|(dye, bits)| dye >> bits)
    }

    /// The way of processors with the widest registers, on those; use by use on any other.
    #[cfg(wide)]
    #[multiversion(targets("x86_64+avx512f+avx2"))]
    fn by_widest(of: &Paid, moved: HomeLanes, rates: [u32; 2], pieces: &mut Pieces) {
        match_target! {
            "x86_64+avx512f+avx2" => eight::divide(of, moved, rates, pieces),
            _ => one_by_one(of, moved, rates, pieces),
        }
    }

    /// The way of processors without the widest registers, on any.
    #[cfg(wide)]
    #[multiversion(targets("x86_64+avx2"))]
    fn by_avx2(of: &Paid, moved: HomeLanes, rates: [u32; 2], pieces: &mut Pieces) {
        match_target! {
            "x86_64+avx2" => wide::divide(of, moved, rates, pieces),
            _ => one_by_one(of, moved, rates, pieces),
        }
    }

    fn check(fixed: [u32; FIXED_USES], purchases: &[u32; PURCHASES], moved: HomeLanes) -> Pieces {
        let total = fixed.iter().chain(purchases).map(|of| Pence::from(*of)).sum();
        let of = Paid { fixed, purchases, total };
        let plain = plainly(&of, moved);
        let all = plain.iter().fold([0; 2], |all, piece| [all[0] + piece[0], all[1] + piece[1]]);
        assert_eq!(all, moved);
        let mut pieces = [[1; 2]; USES];
        if let Some(rates) = quick_rates(total, moved) {
            one_by_one(&of, moved, rates, &mut pieces);
            assert_eq!(pieces, plain);
            #[cfg(wide)]
            for by in [by_widest, by_avx2] {
                pieces = [[1; 2]; USES];
                by(&of, moved, rates, &mut pieces);
                assert_eq!(pieces, plain);
            }
        }
        plain
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn small_amounts_are_divided_as_all_are(
            fixed in prop::array::uniform8(amount()),
            purchases in prop::array::uniform12(amount()),
            moved in prop::array::uniform2(dye()),
        ) {
            check(fixed, &purchases, moved);
        }

        /// As much dye as there is on money that anchors have paid, and less: that is the usual case, and the quick one.
        #[test]
        fn as_much_dye_as_is_on_a_payment_is_divided_quickly(
            purchases in prop::array::uniform12(0u32..1_000_000),
            part in prop::array::uniform2(0i64..1024),
        ) {
            let total = purchases.iter().map(|of| Pence::from(*of)).sum::<Pence>();
            prop_assume!(total > 0);
            let moved = part.map(|part| part * total);
            prop_assert!(quick_rates(total, moved).is_some());
            check([0; FIXED_USES], &purchases, moved);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        /// Of several households each as it were alone: with little dye, with more than is divided quickly, and with none; where
        /// other pieces stood before, and from any of them on.
        #[test]
        fn several_households_are_divided_as_each_is(
            homes in prop::collection::vec((prop::array::uniform20(amount()), dye(), 0usize..4), 1..TOGETHER),
            from in 0..TOGETHER,
        ) {
            let from = from % homes.len();
            let mut moves = Moves::none();
            let (mut fixed, mut purchases, mut fresh) = (Vec::new(), Vec::new(), Vec::new());
            for (k, (uses, dye, times)) in homes.iter().enumerate() {
                let [direct_tax, pension, council_tax, rent, mortgage_interest, saving, rent_tax, energy, bought @ ..] = *uses;
                let of = HouseholdUses {
                    direct_tax, pension, council_tax, rent, mortgage_interest, saving, rent_tax, energy,
                    ..HouseholdUses::default()
                };
                moves.total[k] = uses.iter().map(|of| Pence::from(*of)).sum();
                moves.funds[k] = moves.total[k];
                fixed.push(of);
                purchases.push(bought);
                fresh.push([*dye * *times as i64, *dye]);
            }
            moves.take(&mut fresh, &mut vec![[0; 2]; homes.len()]);
            let of = Payers { uses: &fixed[from..], purchases: &purchases[from..], moves: &moves, from };
            let mut pieces = vec![[[7; 2]; USES]; homes.len() - from];
            divide(&of, &mut pieces);
            for (k, pieces) in pieces.iter().enumerate() {
                let (paid, moved) = of.paid(k);
                prop_assert_eq!(pieces, &plainly(&paid, moved));
            }
        }
    }

    /// All is spent on one thing.
    #[test]
    fn one_use_takes_all() {
        for (k, amount) in [(0, 1), (7, 1 << 31), (8, 3), (19, 1 << 20)] {
            let (mut fixed, mut purchases) = ([0; FIXED_USES], [0; PURCHASES]);
            if k < FIXED_USES {
                fixed[k] = amount
            } else {
                purchases[k - FIXED_USES] = amount
            }
            assert_eq!(check(fixed, &purchases, [77, 1 << 33])[k], [77, 1 << 33]);
        }
    }

    #[test]
    fn what_rounding_leaves_goes_to_the_first_of_the_largest() {
        let pieces = check([0, 0, 0, 7, 0, 7, 0, 7], &[0; PURCHASES], [100, 2]);
        assert_eq!((pieces[3], pieces[5], pieces[7]), ([34, 2], [33, 0], [33, 0]));
    }
}
