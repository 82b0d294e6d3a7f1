//! Dividing a household's two lanes of dye over its uses: the plain way, and a quick one that gives the same pieces where
//! all amounts fit in 32 bits. Then every product fits in 64 bits, where the plain way needs 128.

use super::dye::HomeLanes;
use super::split::{Total, part};
use crate::base::money::{Pence, Share};
use crate::place::city::PURCHASES;

/// Uses of a household: taxes, pension, council tax, rent, mortgage interest, saving, tax on rent, dearer energy; then
/// its purchases.
pub const FIXED: usize = 8;
pub const USES: usize = FIXED + PURCHASES;

/// What falls on each use, of both lanes.
pub type Pieces = [HomeLanes; USES];
/// Of each purchase.
pub type OfPurchases = [HomeLanes; PURCHASES];

/// Divide what moves over the uses, whose sum is `total`: each piece rounded down, and what rounding leaves to the
/// largest use, the first of equals.
pub fn divide(uses: &[Pence; USES], total: Pence, moved: HomeLanes) -> Pieces {
    let of = Total::new(total);
    let (mut pieces, mut left, mut largest) = ([[0; 2]; USES], moved, 0);
    for k in 0..USES {
        let share = of.share(uses[k]);
        pieces[k] = [part(moved[0], share), part(moved[1], share)];
        left = [left[0] - pieces[k][0], left[1] - pieces[k][1]];
        largest = if uses[k] > uses[largest] { k } else { largest };
    }
    pieces[largest] = [pieces[largest][0] + left[0], pieces[largest][1] + left[1]];
    pieces
}

/// As [`divide`]; none if one use is the total, since the whole as a share has 33 bits.
#[inline]
pub fn divide_small(uses: &[u32; USES], total: u64, moved: [u32; 2]) -> Option<Pieces> {
    // A use times this is at most 2⁶², because no use is more than the total.
    let of = Total::new(total as Pence).units();
    let (mut pieces, mut left) = ([[0; 2]; USES], [i64::from(moved[0]), i64::from(moved[1])]);
    let (mut largest, mut most) = (0, uses[0]);
    for k in 0..USES {
        let share = (u64::from(uses[k]).wrapping_mul(of) >> 30) as u32;
        (largest, most) = if uses[k] > most { (k, uses[k]) } else { (largest, most) };
        let (first, later) = (part_small(moved[0], share), part_small(moved[1], share));
        pieces[k] = [first, later];
        left = [left[0].wrapping_sub(first), left[1].wrapping_sub(later)];
    }
    pieces[largest] = [pieces[largest][0] + left[0], pieces[largest][1] + left[1]];
    if u64::from(most) < total { Some(pieces) } else { None }
}

/// The VAT in what falls on each purchase.
pub fn vat(pieces: &Pieces, rates: &[Share; PURCHASES]) -> OfPurchases {
    let mut vat = [[0; 2]; PURCHASES];
    for p in 0..PURCHASES {
        let [first, later] = pieces[FIXED + p];
        vat[p] = [part(first, rates[p]), part(later, rates[p])];
    }
    vat
}

/// As [`vat`], of pieces and rates that fit in 32 bits.
#[inline]
pub fn vat_small(pieces: &Pieces, rates: &[u32; PURCHASES]) -> OfPurchases {
    let mut vat = [[0; 2]; PURCHASES];
    for p in 0..PURCHASES {
        let [first, later] = pieces[FIXED + p];
        vat[p] = [part_small(first as u32, rates[p]), part_small(later as u32, rates[p])];
    }
    vat
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

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn small_amounts_are_divided_as_all_are(
            uses in prop::array::uniform20(amount()),
            moved in prop::array::uniform2(amount()),
            rates in prop::array::uniform12(any::<u32>()),
        ) {
            let total: u64 = uses.iter().map(|use_| u64::from(*use_)).sum();
            let plain = divide(&uses.map(Pence::from), total as Pence, moved.map(i64::from));
            let all = plain.iter().fold([0; 2], |all, piece| [all[0] + piece[0], all[1] + piece[1]]);
            prop_assert_eq!(all, moved.map(i64::from));
            match divide_small(&uses, total, moved) {
                Some(pieces) => prop_assert_eq!(pieces, plain),
                None => prop_assert!(uses.iter().any(|use_| u64::from(*use_) == total)),
            }
            prop_assert_eq!(vat_small(&plain, &rates), vat(&plain, &rates.map(Share::from)));
        }
    }

    #[test]
    fn what_rounding_leaves_goes_to_the_first_of_the_largest() {
        let mut uses = [0; USES];
        (uses[3], uses[5], uses[7]) = (7, 7, 7);
        let pieces = divide_small(&uses, 21, [100, 2]).unwrap();
        assert_eq!((pieces[3], pieces[5], pieces[7]), ([34, 2], [33, 0], [33, 0]));
    }

    #[test]
    fn amounts_are_small_if_none_is_negative_or_has_more_than_32_bits() {
        assert_eq!(small(&[0, i64::from(u32::MAX)]), Some([0, u32::MAX]));
        assert_eq!(small(&[1, 1 << 32]), None);
        assert_eq!(small(&[1, -1]), None);
    }
}
