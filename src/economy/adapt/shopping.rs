//! Households look again at where they shop.

use crate::base::draws::{Draws, Luck, Purpose};
use crate::base::parallel::{CHUNK, map_chunks};
use crate::base::philox_wide::{WIDE, lanes_from, lanes_of};
use crate::base::race::first_to_arrive;
use crate::place::city::PURCHASES;
use crate::world::City;
use crate::world::orgs::Outside;
use crate::world::outlets::{self, ShortLists};
use std::ops::Range;

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
    let read: &City = city;
    let fixed = draws.in_month(0);
    let changes = map_chunks(read.households.len(), CHUNK, |range| {
        let looks = looks(luck, threshold, range);
        let outlets = chosen(read, (&fixed, luck), &looks);
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

/// Looks whose options are worked out together, so that their look-ups in the tables of outlets overlap.
const BATCH: usize = 64;

/// Where each goes from now on: the exponential race over the short list.
fn chosen(city: &City, (fixed, luck): (&Luck, &Luck), looks: &[Look]) -> Vec<u32> {
    let n = city.settings.households.short_list.max(1) as usize;
    let nowhere = city.orgs.outside(Outside::RegionFirms).0;
    let mut chosen = Vec::with_capacity(looks.len());
    let (mut lists, mut draw) = (ShortLists::default(), Vec::new());
    for batch in looks.chunks(BATCH) {
        lists.fill(city, fixed, n, batch.iter().map(|look| (look.household, look.purchase)));
        draws(luck, &lists, &mut draw);
        chosen.extend((0..batch.len()).map(|look| {
            let row = look * n..(look + 1) * n;
            let (pull, outlet) = (&lists.pull[row.clone()], &lists.outlet[row.clone()]);
            first_to_arrive(&draw[row], pull, outlet).map_or(nowhere, |k| outlet[k])
        }));
    }
    chosen
}

/// The draws of the race, option by option.
#[inline]
fn draws(luck: &Luck, lists: &ShortLists, draws: &mut Vec<f64>) {
    draws.clear();
    let all = lists.household.chunks(WIDE).zip(lists.number.chunks(WIDE).zip(lists.outlet.chunks(WIDE)));
    for (households, (numbers, outlets)) in all {
        let mut keys = [0; WIDE];
        for (key, (number, outlet)) in keys.iter_mut().zip(numbers.iter().zip(outlets)) {
            let (purchase, k) = outlets::which(*number);
            *key = (purchase as u32) << 28 ^ outlet ^ k << 24;
        }
        let draw = luck.uniforms(Purpose::OutletChoice, lanes_of(households, |h| *h), keys);
        draws.extend(&draw[..households.len()]);
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
