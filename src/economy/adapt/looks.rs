//! Which households look again at where they shop this month, and for which purchases.

use crate::base::draws::{Luck, Purpose};
use crate::base::philox_wide::{WIDE, lanes_from, lanes_of};
use crate::place::city::PURCHASES;
use std::ops::Range;

/// A purchase for which a household looks at its short list again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Look {
    pub(super) household: u32,
    pub(super) purchase: u8,
}

/// The chance of a look as limits of a draw of 32 bits: below the first a household looks at the first purchase at hand;
/// below the second, at the second and not at the first; and so on. Most draws lie above all, and one has told it for
/// twelve purchases.
pub(super) struct Chance {
    below: [u64; PURCHASES],
}

/// Households that share a block of random bits, a word each.
const PER_BLOCK: usize = 4;

impl Chance {
    /// Of looking at any one purchase.
    pub(super) fn new(of_each: f64) -> Chance {
        let none = libm::log1p(-of_each.clamp(0.0, 1.0));
        let mut below = [0; PURCHASES];
        for (k, below) in below.iter_mut().enumerate() {
            let some = -libm::expm1((k + 1) as f64 * none);
            *below = libm::round(some * (1u64 << 32) as f64) as u64;
        }
        Chance { below }
    }

    /// The first purchase from this one on that a draw has a household look at.
    #[inline]
    fn first(&self, from: usize, draw: u32) -> Option<usize> {
        // How many limits the draw has passed, without a branch for each.
        let mut passed = 0usize;
        for below in &self.below {
            passed = passed.wrapping_add((u64::from(draw) >= *below).into());
        }
        (passed < PURCHASES - from).then(|| from + passed)
    }

    /// All looks of these households; the first is a multiple of four.
    pub(super) fn looks(&self, luck: &Luck, range: Range<usize>) -> Vec<Look> {
        let mut looks = Vec::new();
        let some = self.who_look(luck, range);
        for some in some.chunks(WIDE) {
            let words = luck.blocks(Purpose::Reconsider, lanes_of(some, |look| look.household), [1; WIDE]);
            for (lane, look) in some.iter().enumerate() {
                looks.push(*look);
                self.others(luck, *look, words.map(|word| word[lane]), &mut looks);
            }
        }
        looks
    }

    /// The first purchase of each that looks at any.
    fn who_look(&self, luck: &Luck, range: Range<usize>) -> Vec<Look> {
        let mut found = Vec::new();
        let any = self.below[PURCHASES - 1];
        for start in range.clone().step_by(WIDE * PER_BLOCK) {
            let words = luck.blocks(Purpose::Reconsider, lanes_from((start / PER_BLOCK) as u32), [0; WIDE]);
            // Households lie lane by lane. They are noted bit by bit, since who looks cannot be foreseen.
            let mut draws = [0; WIDE * PER_BLOCK];
            for (lane, draws) in draws.chunks_exact_mut(PER_BLOCK).enumerate() {
                draws.iter_mut().zip(&words).for_each(|(draw, word)| *draw = word[lane]);
            }
            const _: () = assert!(WIDE * PER_BLOCK <= u32::BITS as usize);
            let mut looking = 0u32;
            for (k, draw) in draws.iter().enumerate() {
                looking |= u32::from(u64::from(*draw) < any) << k;
            }
            while looking != 0 {
                let k = looking.trailing_zeros() as usize;
                looking &= looking - 1;
                let household = start + k;
                if let Some(purchase) = self.first(0, draws[k]).filter(|_| household < range.end) {
                    found.push(Look { household: household as u32, purchase: purchase as u8 });
                }
            }
        }
        found
    }

    /// The purchases after the first: each draw leads to the next, and the last to none. Few households need more than one.
    #[inline]
    fn others(&self, luck: &Luck, look: Look, mut words: [u32; 4], looks: &mut Vec<Look>) {
        let (mut at, mut number) = (usize::from(look.purchase), 1);
        loop {
            for draw in words {
                let Some(next) = self.first(at + 1, draw) else { return };
                looks.push(Look { purchase: next as u8, ..look });
                at = next;
            }
            number += 1;
            words = luck.block(Purpose::Reconsider, look.household.into(), number);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::draws::Draws;

    /// Each purchase with the same chance and each independent of every other: means, and pairs of purchases.
    #[test]
    fn each_purchase_is_looked_at_by_itself() {
        let n = 200_000;
        for chance in [0.02, 0.3] {
            let looks = Chance::new(chance).looks(&Draws::new(11, 2).in_month(9), 0..n);
            assert!(looks.is_sorted_by_key(|look| (look.household, look.purchase)));
            let mut which = vec![0u32; n];
            looks.iter().for_each(|look| which[look.household as usize] |= 1 << look.purchase);
            let share = |mask: u32| which.iter().filter(|w| **w & mask == mask).count() as f64 / n as f64;
            for p in 0..PURCHASES {
                for q in 0..=p {
                    let expected = if p == q { chance } else { chance * chance };
                    let error = (expected * (1.0 - expected) / n as f64).sqrt();
                    let off = (share(1 << p | 1 << q) - expected) / error;
                    assert!(off.abs() < 4.5, "{p} and {q}: {off} standard errors");
                }
            }
        }
    }

    #[test]
    fn nobody_looks_without_a_chance_and_all_look_with_certainty() {
        let luck = Draws::new(1, 0).in_month(1);
        assert!(Chance::new(0.0).looks(&luck, 0..1000).is_empty());
        let all = Chance::new(1.0).looks(&luck, 4..1000);
        assert_eq!(all.len(), 996 * PURCHASES);
        assert_eq!((all[0], all[11].purchase), (Look { household: 4, purchase: 0 }, 11));
    }

    /// A draw at a limit is above it; of what is left, the first below it is taken.
    #[test]
    fn limits_tell_the_first_purchase() {
        let chance = Chance { below: std::array::from_fn(|k| 10 * (k as u64 + 1)) };
        for (from, draw, first) in [
            (0, 9, Some(0)),
            (0, 10, Some(1)),
            (0, 119, Some(11)),
            (0, 120, None),
            (10, 19, Some(11)),
            (10, 20, None),
            (12, 0, None),
        ] {
            assert_eq!(chance.first(from, draw), first, "from {from}, {draw}");
        }
    }

    /// What a piece of the households looks at does not hang on where the piece begins or ends.
    #[test]
    fn pieces_come_to_the_whole() {
        let (luck, chance) = (Draws::new(5, 1).in_month(3), Chance::new(0.05));
        let whole = chance.looks(&luck, 0..5001);
        let pieces = [0..64, 64..1024, 1024..5001].map(|piece| chance.looks(&luck, piece)).concat();
        assert_eq!(pieces, whole);
    }
}
