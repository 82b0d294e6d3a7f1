//! Dividing households' two lanes of dye over their uses, by the dye on each penny that they use: the plain way, and a
//! quick one that gives the same where there are at most 1,023 units on a penny. Then a rate fits 32 bits, as each use
//! does, and every product 64.

use super::dye::HomeLanes;
use super::home_moves::{Moving, TOGETHER, total_of};
#[cfg(all(target_arch = "x86_64", not(feature = "generic")))]
use super::home_pieces_wide as wide;
use crate::place::city::PURCHASES;
use crate::world::flows::{FIXED_USES, HouseholdUses};
#[cfg(not(feature = "generic"))]
use multiversion::{multiversion, target::match_target};

/// Uses of a household: those that are no purchases (`HouseholdUses::fixed`), then its purchases.
pub const USES: usize = FIXED_USES + PURCHASES;

/// What falls on each use of each household, of both lanes.
pub type Pieces = [[HomeLanes; USES]; TOGETHER];

/// What households paid, row by row: at most [`TOGETHER`].
#[derive(Clone, Copy)]
pub struct Paid<'a> {
    pub uses: &'a [HouseholdUses],
    pub purchases: &'a [[u32; PURCHASES]],
}

/// Bits after the point in dye on a penny.
pub const POINT: u32 = 22;

/// Divide what moves of each household over its uses by the dye on each penny: each piece rounded down, and what rounding
/// leaves to the largest use, the first of equals.
pub fn divide_all(of: &Paid, moving: &Moving, pieces: &mut Pieces) {
    divide_small(of, moving, pieces);
    let mut plain = moving.plain;
    while plain != 0 {
        let k = plain.trailing_zeros() as usize;
        pieces[k] = plainly(&uses(of, k), moving.moved[k]);
        plain &= plain - 1;
    }
}

/// All uses of a household, in order.
#[inline(always)]
fn uses(of: &Paid, k: usize) -> [u32; USES] {
    let mut uses = [0; USES];
    uses[..FIXED_USES].copy_from_slice(&of.uses[k].fixed());
    uses[FIXED_USES..].copy_from_slice(&of.purchases[k]);
    uses
}

/// The plain way, of any amounts.
#[cold]
fn plainly(uses: &[u32; USES], moved: HomeLanes) -> [HomeLanes; USES] {
    let total = total_of(uses, &[0; 0]);
    let rates = moved.map(|moved| (i128::from(moved) << POINT) / i128::from(total.max(1)));
    let (mut pieces, mut left, mut largest) = ([[0; 2]; USES], moved, 0);
    for k in 0..USES {
        pieces[k] = rates.map(|rate| ((i128::from(uses[k]) * rate) >> POINT) as i64);
        left = [left[0] - pieces[k][0], left[1] - pieces[k][1]];
        largest = if uses[k] > uses[largest] { k } else { largest };
    }
    pieces[largest] = [pieces[largest][0] + left[0], pieces[largest][1] + left[1]];
    pieces
}

/// As [`plainly`], of rates that fit 32 bits.
#[cfg(not(feature = "generic"))]
#[multiversion(targets("x86_64+avx2"))]
fn divide_small(of: &Paid, moving: &Moving, pieces: &mut Pieces) {
    match_target! {
        "x86_64+avx2" => wide::divide_all(of, moving, pieces),
        _ => one_by_one(of, moving, pieces),
    }
}

/// As [`plainly`], of rates that fit 32 bits.
#[cfg(feature = "generic")]
fn divide_small(of: &Paid, moving: &Moving, pieces: &mut Pieces) {
    one_by_one(of, moving, pieces);
}

/// Use by use.
#[inline]
fn one_by_one(of: &Paid, moving: &Moving, pieces: &mut Pieces) {
    for (k, pieces) in pieces.iter_mut().take(of.uses.len()).enumerate() {
        let (uses, rates) = (uses(of, k), moving.rates[k]);
        let (mut left, mut largest, mut most) = (moving.moved[k], 0, uses[0]);
        for k in 0..USES {
            (largest, most) = if uses[k] > most { (k, uses[k]) } else { (largest, most) };
            for lane in 0..2 {
                let piece = (u64::from(uses[k]).wrapping_mul(rates[lane].into()) >> POINT) as i64;
                pieces[k][lane] = piece;
                left[lane] = left[lane].wrapping_sub(piece);
            }
        }
        for lane in 0..2 {
            pieces[largest][lane] = pieces[largest][lane].wrapping_add(left[lane]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::home_moves::{Money, take_all};
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

    fn uses_of(
        [direct_tax, pension, council_tax, rent, mortgage_interest, saving, rent_tax, energy]: [u32; 8],
    ) -> HouseholdUses {
        let uses = HouseholdUses { direct_tax, pension, council_tax, rent, ..HouseholdUses::default() };
        HouseholdUses { mortgage_interest, saving, rent_tax, energy, levy: 77, ..uses }
    }

    type Household = ([u32; FIXED_USES], [u32; PURCHASES], HomeLanes);

    /// What falls on the uses of the last of these, with all of them held to the plain way, each by itself.
    fn check(households: &[Household]) -> [HomeLanes; USES] {
        let uses: Vec<_> = households.iter().map(|of| uses_of(of.0)).collect();
        let purchases: Vec<_> = households.iter().map(|of| of.1).collect();
        let of = Paid { uses: &uses, purchases: &purchases };
        let (income, none) = (vec![0; households.len()], vec![[0; 2]; households.len()]);
        let money =
            Money { uses: &uses, purchases: &purchases, income: &income, funds: &income, deposits: &income };
        let (mut fresh, mut reserve) = (households.iter().map(|of| of.2).collect::<Vec<_>>(), none);
        let mut moving = Moving::none();
        take_all(money, &mut fresh, &mut reserve, &mut moving);
        let (mut pieces, mut slowly) = ([[[1; 2]; USES]; TOGETHER], [[[1; 2]; USES]; TOGETHER]);
        divide_all(&of, &moving, &mut pieces);
        one_by_one(&of, &moving, &mut slowly);
        let mut last = [[0; 2]; USES];
        for (k, (_, _, moved)) in households.iter().enumerate() {
            assert_eq!(moving.moved[k], *moved);
            last = plainly(&super::uses(&of, k), *moved);
            let all = last.iter().fold([0; 2], |all, piece| [all[0] + piece[0], all[1] + piece[1]]);
            assert_eq!(all, *moved);
            assert_eq!(pieces[k], last);
            if moving.plain >> k & 1 == 0 {
                assert_eq!(slowly[k], last);
            }
        }
        last
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5_000))]

        #[test]
        fn small_amounts_are_divided_as_all_are(
            households in prop::collection::vec(
                (prop::array::uniform8(amount()), prop::array::uniform12(amount()), prop::array::uniform2(dye())),
                1..TOGETHER,
            ),
        ) {
            // Who used nothing moves nothing.
            let of_use = |of: &Household| if total_of(&of.0, &of.1) > 0 { of.2 } else { [0; 2] };
            let households: Vec<Household> = households.iter().map(|of| (of.0, of.1, of_use(of))).collect();
            check(&households);
        }

        /// As much dye as there is on money that anchors have paid, and less: that is the usual case, and the quick one.
        #[test]
        fn as_much_dye_as_is_on_a_payment_is_divided_quickly(
            purchases in prop::array::uniform12(0u32..1_000_000),
            part in prop::array::uniform2(0i64..1024),
        ) {
            let total = total_of(&purchases, &[0; 0]);
            prop_assume!(total > 0);
            let moved = part.map(|part| part * total);
            let pieces = check(&[([0; FIXED_USES], purchases, moved)]);
            prop_assert_eq!(pieces[FIXED_USES..].iter().map(|piece| piece[0]).sum::<i64>(), moved[0]);
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
            assert_eq!(check(&[(fixed, purchases, [77, 1 << 33])])[k], [77, 1 << 33]);
        }
    }

    #[test]
    fn what_rounding_leaves_goes_to_the_first_of_the_largest() {
        let pieces = check(&[([0, 0, 0, 7, 0, 7, 0, 7], [0; PURCHASES], [100, 2])]);
        assert_eq!((pieces[3], pieces[5], pieces[7]), ([34, 2], [33, 0], [33, 0]));
    }
}
