//! Dividing a household's two lanes of dye over its uses: the plain way, and a quick one that gives the same where all
//! amounts fit in 32 bits. Then every product fits in 64 bits, where the plain way needs 128.

use super::dye::HomeLanes;
#[cfg(all(target_arch = "x86_64", not(feature = "generic")))]
use super::home_pieces_wide as wide;
use super::split::{Total, part};
use crate::base::money::{Pence, Share};
use crate::place::city::PURCHASES;
#[cfg(not(feature = "generic"))]
use multiversion::{multiversion, target::match_target};

/// Uses of a household: taxes, pension, council tax, rent, mortgage interest, saving, tax on rent, dearer energy; then
/// its purchases.
pub const FIXED: usize = 8;
pub const USES: usize = FIXED + PURCHASES;

/// What falls on each use, of both lanes.
pub type Pieces = [HomeLanes; USES];
/// Of each purchase.
pub type OfPurchases = [HomeLanes; PURCHASES];

/// Where what moves goes: to uses that are no purchases, to sellers, and, in VAT and duties on all purchases, to central
/// government.
#[derive(Clone, Copy, Default, PartialEq, Debug)]
pub struct Sent {
    pub fixed: [HomeLanes; FIXED],
    pub to_sellers: OfPurchases,
    pub vat: HomeLanes,
}

impl Sent {
    /// These pieces, less the VAT in those of purchases.
    pub fn put(&mut self, pieces: &Pieces, vat: &OfPurchases) {
        self.fixed.copy_from_slice(&pieces[..FIXED]);
        self.vat = [0; 2];
        for (p, to) in self.to_sellers.iter_mut().enumerate() {
            for lane in 0..2 {
                to[lane] = pieces[FIXED + p][lane] - vat[p][lane];
                self.vat[lane] += vat[p][lane];
            }
        }
    }
}

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

/// The VAT in what falls on each purchase.
pub fn vat(pieces: &Pieces, rates: &[Share; PURCHASES]) -> OfPurchases {
    let mut vat = [[0; 2]; PURCHASES];
    for p in 0..PURCHASES {
        let [first, later] = pieces[FIXED + p];
        vat[p] = [part(first, rates[p]), part(later, rates[p])];
    }
    vat
}

/// What a household pays and what of its dye moves, all of at most 32 bits.
pub struct Small<'a> {
    pub fixed: [u32; FIXED],
    pub purchases: &'a [u32; PURCHASES],
    /// All it pays.
    pub total: Pence,
    pub moved: [u32; 2],
    /// Who is paid for each purchase, and the VAT and duties in it if that is one of so many suppliers.
    pub to: &'a [u32; PURCHASES],
    pub rates: &'a [u32; PURCHASES],
    pub suppliers: u32,
}

/// As [`divide`] and [`vat`] of the same amounts.
#[cfg(not(feature = "generic"))]
#[multiversion(targets("x86_64+avx2"))]
pub fn send_small(of: &Small, sent: &mut Sent) {
    match_target! {
        "x86_64+avx2" => wide::send(of, sent),
        _ => one_by_one(of, sent),
    }
}

/// As [`divide`] and [`vat`] of the same amounts.
#[cfg(feature = "generic")]
pub fn send_small(of: &Small, sent: &mut Sent) {
    one_by_one(of, sent);
}

/// Use by use.
fn one_by_one(of: &Small, sent: &mut Sent) {
    let pieces = divide_small(of);
    sent.put(&pieces, &vat_small(&pieces, of));
}

#[inline]
fn divide_small(of: &Small) -> Pieces {
    let mut uses = [0; USES];
    uses[..FIXED].copy_from_slice(&of.fixed);
    uses[FIXED..].copy_from_slice(of.purchases);
    // A use times this is at most 2⁶², because no use is more than the total.
    let per_unit = Total::new(of.total).units();
    let (mut pieces, mut left) = ([[0; 2]; USES], of.moved.map(i64::from));
    let (mut largest, mut most) = (0, uses[0]);
    for k in 0..USES {
        // The whole has 33 bits. If one use is the total, nothing falls on it here, and all of it is left.
        let share = (u64::from(uses[k]).wrapping_mul(per_unit) >> 30) as u32;
        (largest, most) = if uses[k] > most { (k, uses[k]) } else { (largest, most) };
        let (first, later) = (part_small(of.moved[0], share), part_small(of.moved[1], share));
        pieces[k] = [first, later];
        left = [left[0].wrapping_sub(first), left[1].wrapping_sub(later)];
    }
    pieces[largest] = [pieces[largest][0] + left[0], pieces[largest][1] + left[1]];
    pieces
}

#[inline]
fn vat_small(pieces: &Pieces, of: &Small) -> OfPurchases {
    let mut vat = [[0; 2]; PURCHASES];
    for p in 0..PURCHASES {
        let rate = if of.to[p] < of.suppliers { of.rates[p] } else { 0 };
        let [first, later] = pieces[FIXED + p];
        vat[p] = [part_small(first as u32, rate), part_small(later as u32, rate)];
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

    fn plainly(of: &Small) -> Sent {
        let uses =
            std::array::from_fn(|k| if k < FIXED { of.fixed[k] } else { of.purchases[k - FIXED] }.into());
        let pieces = divide(&uses, of.total, of.moved.map(i64::from));
        let rates = std::array::from_fn(|p| if of.to[p] < of.suppliers { of.rates[p] } else { 0 }.into());
        made(|sent| sent.put(&pieces, &vat(&pieces, &rates)))
    }

    fn made(make: impl FnOnce(&mut Sent)) -> Sent {
        let mut sent = Sent { vat: [1; 2], ..Sent::default() };
        make(&mut sent);
        sent
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn small_amounts_are_divided_as_all_are(
            fixed in prop::array::uniform8(amount()),
            purchases in prop::array::uniform12(amount()),
            moved in prop::array::uniform2(amount()),
            rates in prop::array::uniform12(amount()),
            to in prop::array::uniform12(amount()),
            suppliers in 1..u32::MAX,
        ) {
            let total = fixed.iter().chain(&purchases).map(|of| Pence::from(*of)).sum();
            let (to, rates) = (&to, &rates);
            let of = Small { fixed, purchases: &purchases, total, moved, to, rates, suppliers };
            let plain = plainly(&of);
            let all = plain.fixed.iter().chain(&plain.to_sellers).fold(plain.vat, |all, piece| {
                [all[0] + piece[0], all[1] + piece[1]]
            });
            prop_assert_eq!(all, moved.map(i64::from));
            prop_assert_eq!(made(|sent| one_by_one(&of, sent)), plain);
            prop_assert_eq!(made(|sent| send_small(&of, sent)), plain);
        }
    }

    /// All is spent on one thing, which then is a share of 33 bits.
    #[test]
    fn one_use_takes_all() {
        for (k, amount) in [(0, 1), (7, 1 << 31), (8, 3), (19, 1 << 20)] {
            let (mut fixed, mut purchases) = ([0; FIXED], [0; PURCHASES]);
            if k < FIXED {
                fixed[k] = amount
            } else {
                purchases[k - FIXED] = amount
            }
            let of = Small {
                fixed,
                purchases: &purchases,
                total: amount.into(),
                moved: [77, u32::MAX],
                to: &[3; PURCHASES],
                rates: &[1 << 29; PURCHASES],
                suppliers: 4,
            };
            assert_eq!(made(|sent| send_small(&of, sent)), plainly(&of));
            assert_eq!(made(|sent| one_by_one(&of, sent)), plainly(&of));
        }
    }

    #[test]
    fn what_rounding_leaves_goes_to_the_first_of_the_largest() {
        let fixed = [0, 0, 0, 7, 0, 7, 0, 7];
        let none = &[0; PURCHASES];
        let of =
            Small { fixed, purchases: none, total: 21, moved: [100, 2], to: none, rates: none, suppliers: 1 };
        let sent = made(|sent| send_small(&of, sent));
        assert_eq!((sent.fixed[3], sent.fixed[5], sent.fixed[7]), ([34, 2], [33, 0], [33, 0]));
    }

    #[test]
    fn amounts_are_small_if_none_is_negative_or_has_more_than_32_bits() {
        assert_eq!(small(&[0, i64::from(u32::MAX)]), Some([0, u32::MAX]));
        assert_eq!(small(&[1, 1 << 32]), None);
        assert_eq!(small(&[1, -1]), None);
    }
}
