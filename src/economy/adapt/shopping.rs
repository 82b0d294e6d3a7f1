//! Households look again at where they shop.

use super::looks::{Chance, Look};
use crate::base::draws::{Draws, Luck, Purpose, open_unit_32};
use crate::base::parallel::CHUNK;
use crate::base::philox_wide::{WIDE, lanes_of};
use crate::base::race::first_to_arrive;
use crate::place::city::PURCHASES;
use crate::world::City;
use crate::world::outlets::{Code, Distance, REGION, ShortLists, Stands};
use rayon::prelude::*;
use std::sync::Arc;

/// Short lists are drawn when they are first looked at.
pub(super) fn draw_short_lists(city: &mut City, draws: &Draws) {
    if city.households.short_lists.is_empty() {
        city.households.short_lists = Arc::new(ShortLists::draw(city, &draws.in_month(0)));
    }
}

/// A small draw decides whether a household looks again at a purchase; only then is there a race among its
/// short list. A household whose outlet stands vacant is served by its stand-in meanwhile. The outlets are not in the city
/// at the moment.
pub(super) fn households_reconsider(city: &City, luck: &Luck, outlets: &mut [[Code; PURCHASES]]) {
    let chance = Chance::new(city.settings.households.reconsider_outlet_monthly);
    let choice = Choice::new(city);
    outlets.par_chunks_mut(CHUNK).enumerate().for_each(|(chunk, rows)| {
        let first = chunk * CHUNK;
        let looks = chance.looks(luck, first..first + rows.len());
        for (look, outlet) in looks.iter().zip(choice.chosen(luck, &looks)) {
            rows[look.household as usize - first][usize::from(look.purchase)] = outlet;
        }
    });
}

/// Looks whose options are read together, so that what is far away in memory is fetched meanwhile.
const BATCH: usize = 64;

/// Draws that one block of random bits serves.
const PER_BLOCK: usize = 4;

/// What all who choose see.
struct Choice<'a> {
    city: &'a City,
    stands: Stands<'a>,
    /// How much a household is drawn to a seller, by distance; and one over that.
    pulls: [f64; 3],
    waits: [f64; 3],
}

impl Choice<'_> {
    fn new(city: &City) -> Choice<'_> {
        let same_ward = city.settings.households.same_ward_pull;
        let pulls = Distance::ALL.map(|distance| distance.pull(same_ward));
        // No wait but that of a closed outlet is without end.
        let wait = |pull: f64| if pull > 0.0 { (1.0 / pull).min(f64::MAX) } else { f64::INFINITY };
        Choice { city, stands: Stands::of(city), pulls, waits: pulls.map(wait) }
    }

    /// Where each goes from now on: the exponential race over the short list.
    fn chosen(&self, luck: &Luck, looks: &[Look]) -> Vec<Code> {
        let lists = &self.city.households.short_lists;
        let n = lists.len();
        let mut chosen = Vec::with_capacity(looks.len());
        let (mut pulls, mut waits, mut draws) = (vec![0.0; n], vec![0.0; n], vec![0.0; WIDE * n]);
        for batch in looks.chunks(BATCH) {
            // To read one option has the processor fetch the list, and go on to the next meanwhile. Few instructions for each,
            // so that many lists are on their way at once.
            let first = |look: &Look| lists.first_of(look.household as usize, look.purchase.into());
            std::hint::black_box(batch.iter().fold(0, |seen, look| seen | first(look)));
            for some in batch.chunks(WIDE) {
                draw(luck, n, some, &mut draws);
                for (look, draws) in some.iter().zip(draws.chunks(n)) {
                    let list = lists.of(look.household as usize, look.purchase.into());
                    self.pulled(look, list, (&mut pulls, &mut waits));
                    let org = |k: usize| self.city.market.sellers.org(look.purchase.into(), list[k]);
                    chosen.push(first_to_arrive(draws, &pulls, &waits, org).map_or(REGION, |k| list[k]));
                }
            }
        }
        chosen
    }

    /// How a household is drawn to each option on its list.
    #[inline]
    fn pulled(&self, look: &Look, list: &[Code], (pulls, waits): (&mut [f64], &mut [f64])) {
        let ward = self.city.households.ward.rows()[look.household as usize];
        for ((option, pull), wait) in list.iter().zip(pulls).zip(waits) {
            let distance = self.stands.distance(look.purchase.into(), *option, ward);
            (*pull, *wait) = (self.pulls[distance], self.waits[distance]);
        }
    }
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
