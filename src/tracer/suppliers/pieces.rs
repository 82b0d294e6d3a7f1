//! Dividing what moves of a supplier's dye over its uses: each piece rounded down, and what rounding leaves to the largest
//! use. Pieces go where they belong as they are worked out; the list of uses and `split::divide_lanes`, which say the
//! same, are what the tests hold this to.

use crate::base::money::{Pence, Share};
use crate::tracer::dye::{CLASSES, Lanes};
use crate::tracer::split::Total;
use crate::tracer::tables::add;
use crate::tracer::uses::{FIXED, Largest, Summed, Uses};
#[cfg(wide)]
use multiversion::multiversion;

/// What moves, and what it is divided over.
pub struct Moved {
    lanes: Lanes,
    over: Total,
    largest: Largest,
}

/// What falls on uses that are no purchases, lane by lane.
#[derive(Clone, Copy, Default)]
pub struct Sent {
    pub fixed: [[i64; FIXED]; CLASSES],
}

/// Amounts of at most 32 bits, so that a product with a share has 64; or any.
const SMALL: bool = true;
const ANY: bool = false;

/// A share of an amount, rounded down.
#[inline(always)]
fn part<const SIZE: bool>(amount: i64, share: u32) -> i64 {
    let (high, low) = ((amount as u64) >> 32, u64::from(amount as u32));
    let of_low = (low * u64::from(share)) >> 32;
    if SIZE == SMALL {
        of_low as i64
    } else {
        high.wrapping_mul(u64::from(share)).wrapping_add(of_low) as i64
    }
}

/// What falls on uses that are no purchases: how many there are is known, so that the compiler takes several at a time.
#[cfg_attr(wide, multiversion(targets("x86_64+avx2")))]
fn fixed_pieces<const SIZE: bool>(of: &Moved, uses: &[Pence; FIXED], sent: &mut Sent) -> Lanes {
    let (mut shares, mut all) = ([0; FIXED], [0; CLASSES]);
    for k in 0..FIXED {
        shares[k] = of.share(uses[k]);
    }
    for lane in 0..CLASSES {
        let pieces = &mut sent.fixed[lane];
        for k in 0..FIXED {
            pieces[k] = part::<SIZE>(of.lanes[lane], shares[k]);
        }
        all[lane] = pieces.iter().fold(0, |all: i64, piece| all.wrapping_add(*piece));
    }
    all
}

impl Moved {
    pub fn new(lanes: Lanes, uses: &Summed) -> Moved {
        Moved { lanes, over: Total::new(uses.total), largest: uses.largest }
    }

    /// The share of a use. The whole has 33 bits: if one use is the total, nothing falls on it here, and all of it is
    /// left.
    #[inline(always)]
    fn share(&self, use_: Pence) -> u32 {
        let share: Share = self.over.share_within(use_);
        share as u32
    }

    #[inline(always)]
    fn pieces<const SIZE: bool>(&self, share: u32) -> Lanes {
        let [a, b, c] = self.lanes;
        [part::<SIZE>(a, share), part::<SIZE>(b, share), part::<SIZE>(c, share)]
    }

    /// Divide over these uses.
    #[inline]
    pub fn send(
        &self,
        uses: &Uses,
        sent: &mut Sent,
        to_seller: impl FnMut(u32, Lanes),
        to_partner: impl FnMut(u32, Lanes),
    ) {
        let bits = self.lanes[0] | self.lanes[1] | self.lanes[2];
        if bits as u64 <= u64::from(u32::MAX) {
            self.send_all::<SMALL>(uses, sent, to_seller, to_partner);
        } else {
            self.send_all::<ANY>(uses, sent, to_seller, to_partner);
        }
    }

    #[inline(always)]
    fn send_all<const SIZE: bool>(
        &self,
        uses: &Uses,
        sent: &mut Sent,
        mut to_seller: impl FnMut(u32, Lanes),
        mut to_partner: impl FnMut(u32, Lanes),
    ) {
        let mut all: Lanes = [0; CLASSES];
        uses.each_purchase(|seller, amount| {
            let pieces = self.pieces::<SIZE>(self.share(amount));
            all = add(all, pieces);
            to_seller(seller, pieces);
        });
        uses.each_partner(|household, amount| {
            let pieces = self.pieces::<SIZE>(self.share(amount));
            all = add(all, pieces);
            to_partner(household, pieces);
        });
        all = add(all, fixed_pieces::<SIZE>(self, &uses.fixed, sent));
        let left = [0, 1, 2].map(|lane| self.lanes[lane].wrapping_sub(all[lane]));
        match self.largest {
            Largest::Seller(seller) => to_seller(seller, left),
            Largest::Partner(household) => to_partner(household, left),
            Largest::Fixed(place) => {
                for (fixed, left) in sent.fixed.iter_mut().zip(left) {
                    fixed[place] += left;
                }
            }
        }
    }
}
