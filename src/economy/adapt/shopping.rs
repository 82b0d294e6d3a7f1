//! Households look again at where they shop.

use crate::base::draws::{Draws, Luck, Purpose, open_unit_32};
use crate::base::parallel::{CHUNK, map_chunks};
use crate::base::philox_wide::{WIDE, lanes_from, lanes_of};
use crate::base::race::first_to_arrive;
use crate::place::city::PURCHASES;
use crate::world::City;
use crate::world::outlets::{Code, REGION, ShortLists, pull};
use std::ops::Range;
use std::sync::Arc;

/// A purchase for which a household looks at its short list again.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Look {
    household: u32,
    purchase: u8,
}

/// A small draw decides whether a household looks again at a purchase; only then is there a race among its
/// short list. A household whose outlet stands vacant is served by its stand-in meanwhile.
pub(super) fn households_reconsider(city: &mut City, draws: &Draws, luck: &Luck) {
    let threshold = (city.settings.households.reconsider_outlet_monthly * 65_536.0).round() as u32;
    if city.households.short_lists.is_empty() {
        city.households.short_lists = Arc::new(ShortLists::draw(city, &draws.in_month(0)));
    }
    let read: &City = city;
    let changes = map_chunks(read.households.len(), CHUNK, |range| {
        let looks = looks(luck, threshold, range);
        let outlets = chosen(read, luck, &looks);
        (looks, outlets)
    });
    for (looks, outlets) in changes {
        for (look, outlet) in looks.into_iter().zip(outlets) {
            city.households.outlets.rows_mut()[look.household as usize][usize::from(look.purchase)] = outlet;
        }
    }
}

/// Who of these households looks again, and at what: sixteen bits for each purchase, of two blocks a household. Purchase by
/// purchase, so that one table of outlets at a time is at hand.
fn looks(luck: &Luck, threshold: u32, range: Range<usize>) -> Vec<Look> {
    let mut who = [const { Vec::new() }; PURCHASES];
    for first in range.clone().step_by(WIDE) {
        let households = lanes_from(first as u32);
        let block = |k: u32| luck.blocks(Purpose::Reconsider, households, [k; WIDE]);
        let bits = [block(0), block(1)];
        let mut purchases = [0u32; WIDE];
        for p in 0..PURCHASES {
            let word = &bits[p / 8][p % 8 / 2];
            for lane in 0..WIDE {
                let draw = word[lane] >> (16 * (p % 2)) & 0xffff;
                purchases[lane] |= u32::from(draw < threshold) << p;
            }
        }
        for (household, mut which) in households.into_iter().zip(purchases) {
            while which != 0 && (household as usize) < range.end {
                who[which.trailing_zeros() as usize].push(household);
                which &= which - 1;
            }
        }
    }
    let of = |(purchase, who): (usize, Vec<u32>)| {
        who.into_iter().map(move |household| Look { household, purchase: purchase as u8 })
    };
    who.into_iter().enumerate().flat_map(of).collect()
}

/// Looks whose options are read together, so that what is far away in memory is fetched meanwhile.
const BATCH: usize = 64;

/// Draws that one block of random bits serves.
const PER_BLOCK: usize = 4;

/// Where each goes from now on: the exponential race over the short list.
fn chosen(city: &City, luck: &Luck, looks: &[Look]) -> Vec<Code> {
    let (lists, sellers) = (&city.households.short_lists, &city.market.sellers);
    let n = lists.len();
    let mut chosen = Vec::with_capacity(looks.len());
    let (mut options, mut outlets, mut pulls) = (Vec::new(), Vec::new(), Vec::new());
    let mut draws = vec![0.0; BATCH * n];
    for batch in looks.chunks(BATCH) {
        options.clear();
        for look in batch {
            options.extend_from_slice(lists.of(look.household as usize, look.purchase.into()));
        }
        outlets.clear();
        pulls.clear();
        for (look, list) in batch.iter().zip(options.chunks(n)) {
            let outlet = |option: &Code| sellers.org(look.purchase.into(), *option);
            outlets.extend(list.iter().map(outlet));
        }
        for (look, list) in batch.iter().zip(outlets.chunks(n)) {
            pulls.extend(list.iter().map(|outlet| pull(city, look.household as usize, *outlet)));
        }
        for (some, draws) in batch.chunks(WIDE).zip(draws.chunks_mut(WIDE * n)) {
            draw(luck, n, some, draws);
        }
        let lists = options.chunks(n).zip(outlets.chunks(n)).zip(pulls.chunks(n).zip(draws.chunks(n)));
        chosen.extend(lists.map(|((options, outlets), (pulls, draws))| {
            first_to_arrive(draws, pulls, outlets).map_or(REGION, |k| options[k])
        }));
    }
    chosen
}

/// The draws of the races of up to eight: one for each option on a list, by its place there.
#[inline]
fn draw(luck: &Luck, n: usize, some: &[Look], draws: &mut [f64]) {
    let households = lanes_of(some, |look| look.household);
    for block in 0..n.div_ceil(PER_BLOCK) {
        let number = lanes_of(some, |look| u32::from(look.purchase) << 16 | block as u32);
        let words = luck.blocks(Purpose::OutletChoice, households, number);
        for (lane, draws) in draws.chunks_mut(n).enumerate().take(some.len()) {
            let of_block = draws.iter_mut().skip(block * PER_BLOCK).zip(&words);
            of_block.for_each(|(draw, word)| *draw = open_unit_32(word[lane]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two blocks a household, sixteen bits a purchase.
    #[test]
    fn looks_are_those_of_one_household_after_the_other() {
        let luck = Draws::new(11, 2).in_month(9);
        let threshold = 6_000;
        let mut plain = Vec::new();
        for h in 16..1003u32 {
            let bits = [0, 1].map(|k| luck.block(Purpose::Reconsider, h.into(), k));
            for p in 0..PURCHASES {
                if bits[p / 8][p % 8 / 2] >> (16 * (p % 2)) & 0xffff < threshold {
                    plain.push(Look { household: h, purchase: p as u8 });
                }
            }
        }
        assert!(plain.len() > 900);
        plain.sort_by_key(|look| (look.purchase, look.household));
        assert_eq!(looks(&luck, threshold, 16..1003), plain);
    }
}
