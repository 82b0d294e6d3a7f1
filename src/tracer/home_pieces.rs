//! Dividing a household's two lanes of dye over its uses: the plain way, and a quick one that gives the same where what
//! moves fits in 32 bits, as each use does. Then every product fits in 64 bits, where the plain way needs 128.

use super::dye::HomeLanes;
#[cfg(all(target_arch = "x86_64", not(feature = "generic")))]
use super::home_pieces_wide as wide;
use super::split::{Total, part};
use crate::base::money::Pence;
use crate::place::city::PURCHASES;
use crate::world::flows::FIXED_USES;
#[cfg(not(feature = "generic"))]
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

/// Divide what moves over the uses: each piece rounded down, and what rounding leaves to the largest use, the first of
/// equals.
pub fn divide(of: &Paid, moved: HomeLanes) -> Pieces {
    let (uses, total) = (of.uses(), Total::new(of.total));
    let (mut pieces, mut left, mut largest) = ([[0; 2]; USES], moved, 0);
    for k in 0..USES {
        let share = total.share(uses[k].into());
        pieces[k] = [part(moved[0], share), part(moved[1], share)];
        left = [left[0] - pieces[k][0], left[1] - pieces[k][1]];
        largest = if uses[k] > uses[largest] { k } else { largest };
    }
    pieces[largest] = [pieces[largest][0] + left[0], pieces[largest][1] + left[1]];
    pieces
}

/// As [`divide`], of what fits 32 bits.
#[cfg(not(feature = "generic"))]
#[multiversion(targets("x86_64+avx2"))]
pub fn divide_small(of: &Paid, moved: [u32; 2], pieces: &mut Pieces) {
    match_target! {
        "x86_64+avx2" => wide::divide(of, moved, pieces),
        _ => one_by_one(of, moved, pieces),
    }
}

/// As [`divide`], of what fits 32 bits.
#[cfg(feature = "generic")]
pub fn divide_small(of: &Paid, moved: [u32; 2], pieces: &mut Pieces) {
    one_by_one(of, moved, pieces);
}

/// Use by use.
#[inline]
fn one_by_one(of: &Paid, moved: [u32; 2], pieces: &mut Pieces) {
    let uses = of.uses();
    // A use times this is at most 2⁶², because no use is more than the total.
    let per_unit = Total::new(of.total).units();
    let mut left = moved.map(i64::from);
    let (mut largest, mut most) = (0, uses[0]);
    for k in 0..USES {
        // The whole has 33 bits. If one use is the total, nothing falls on it here, and all of it is left.
        let share = (u64::from(uses[k]).wrapping_mul(per_unit) >> 30) as u32;
        (largest, most) = if uses[k] > most { (k, uses[k]) } else { (largest, most) };
        let (first, later) = (part_small(moved[0], share), part_small(moved[1], share));
        pieces[k] = [first, later];
        left = [left[0].wrapping_sub(first), left[1].wrapping_sub(later)];
    }
    pieces[largest] = [pieces[largest][0] + left[0], pieces[largest][1] + left[1]];
}

/// As [`part`], of an amount and a share that fit in 32 bits.
#[inline]
fn part_small(amount: u32, share: u32) -> i64 {
    (u64::from(amount).wrapping_mul(u64::from(share)) >> 32) as i64
}

/// These amounts in 32 bits each, if they fit.
#[inline]
pub fn small<const N: usize>(amounts: &[i64; N]) -> Option<[u32; N]> {
    let (mut bits, mut small) = (0, [0; N]);
    for k in 0..N {
        bits |= amounts[k];
        small[k] = amounts[k] as u32;
    }
    if bits as u64 <= u64::from(u32::MAX) { Some(small) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Amounts of all sizes up to 32 bits, many of them nothing.
    fn amount() -> impl Strategy<Value = u32> {
        (any::<u32>(), 0u32..36).prop_map(|(amount, bits)| amount.checked_shr(bits).unwrap_or(0))
    }

    fn made(make: impl FnOnce(&mut Pieces)) -> Pieces {
        let mut pieces = [[1; 2]; USES];
        make(&mut pieces);
        pieces
    }

    fn check(fixed: [u32; FIXED_USES], purchases: &[u32; PURCHASES], moved: [u32; 2]) -> Pieces {
        let total = fixed.iter().chain(purchases).map(|of| Pence::from(*of)).sum();
        let of = Paid { fixed, purchases, total };
        let plain = divide(&of, moved.map(i64::from));
        let all = plain.iter().fold([0; 2], |all, piece| [all[0] + piece[0], all[1] + piece[1]]);
        assert_eq!(all, moved.map(i64::from));
        assert_eq!(made(|pieces| one_by_one(&of, moved, pieces)), plain);
        assert_eq!(made(|pieces| divide_small(&of, moved, pieces)), plain);
        plain
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn small_amounts_are_divided_as_all_are(
            fixed in prop::array::uniform8(amount()),
            purchases in prop::array::uniform12(amount()),
            moved in prop::array::uniform2(amount()),
        ) {
            check(fixed, &purchases, moved);
        }
    }

    /// All is spent on one thing, which then is a share of 33 bits.
    #[test]
    fn one_use_takes_all() {
        for (k, amount) in [(0, 1), (7, 1 << 31), (8, 3), (19, 1 << 20)] {
            let (mut fixed, mut purchases) = ([0; FIXED_USES], [0; PURCHASES]);
            if k < FIXED_USES {
                fixed[k] = amount
            } else {
                purchases[k - FIXED_USES] = amount
            }
            assert_eq!(check(fixed, &purchases, [77, u32::MAX])[k], [77, u32::MAX.into()]);
        }
    }

    #[test]
    fn what_rounding_leaves_goes_to_the_first_of_the_largest() {
        let pieces = check([0, 0, 0, 7, 0, 7, 0, 7], &[0; PURCHASES], [100, 2]);
        assert_eq!((pieces[3], pieces[5], pieces[7]), ([34, 2], [33, 0], [33, 0]));
    }

    #[test]
    fn amounts_are_small_if_none_is_negative_or_has_more_than_32_bits() {
        assert_eq!(small(&[0, i64::from(u32::MAX)]), Some([0, u32::MAX]));
        assert_eq!(small(&[1, 1 << 32]), None);
        assert_eq!(small(&[1, -1]), None);
    }
}
