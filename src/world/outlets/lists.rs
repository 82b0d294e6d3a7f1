//! Every household's short list of outlets for each purchase: the same few options for ever, so that a draw among them
//! changes only those who choose an option that a policy brings in or takes away. They are drawn once and kept, since to
//! draw them anew takes longer than to read them.

use super::sellers::{Code, WATER};
use crate::base::draws::{Luck, Purpose, open_unit_32};
use crate::base::parallel::CHUNK;
use crate::base::philox_wide::{WIDE, lanes_from};
use crate::place::city::PURCHASES;
use crate::place::vocabulary::{Purchase, Zone};
use crate::world::City;
use rayon::prelude::*;

/// Options that one block of random bits serves: a word for where each lies and one for which of the outlets there.
const PER_BLOCK: usize = 2;

/// Short lists of all households, by purchase; each option is a place among the sellers of the purchase.
#[derive(Clone, Debug, Default)]
pub struct ShortLists {
    /// Options on each list.
    n: usize,
    options: Vec<Vec<Code>>,
}

impl ShortLists {
    /// Those of a city whose market is set up. `luck` is that of month 0 of the run.
    pub fn draw(city: &City, luck: &Luck) -> ShortLists {
        let n = city.settings.households.short_list.max(1) as usize;
        let of = |purchase: usize| {
            let mut options = vec![0; city.households.len() * n];
            options.par_chunks_mut(CHUNK * n).enumerate().for_each(|(chunk, options)| {
                draw(city, luck, (purchase, n), chunk * CHUNK, options);
            });
            options
        };
        ShortLists { n, options: (0..PURCHASES).map(of).collect() }
    }

    pub fn is_empty(&self) -> bool {
        self.options.is_empty()
    }

    /// Options on each list.
    pub fn len(&self) -> usize {
        self.n
    }

    /// A household's list for a purchase.
    #[inline]
    pub fn of(&self, household: usize, purchase: usize) -> &[Code] {
        &self.options[purchase][household * self.n..(household + 1) * self.n]
    }

    /// The first on the list: to read it has the processor fetch all of it.
    #[inline]
    pub fn first_of(&self, household: usize, purchase: usize) -> Code {
        self.options[purchase][household * self.n]
    }
}

/// The lists of `n` options of the households from `first` on for a purchase.
fn draw(city: &City, luck: &Luck, (purchase, n): (usize, usize), first: usize, options: &mut [Code]) {
    for (group, options) in options.chunks_mut(WIDE * n).enumerate() {
        let households = lanes_from((first + group * WIDE) as u32);
        for pair in 0..n.div_ceil(PER_BLOCK) {
            let number = (purchase as u32) << 16 | pair as u32;
            let words = luck.blocks(Purpose::OutletMake, households, [number; WIDE]);
            for (lane, list) in options.chunks_mut(n).enumerate() {
                for (k, option) in list.iter_mut().skip(pair * PER_BLOCK).take(PER_BLOCK).enumerate() {
                    let [place, member] = [words[2 * k][lane], words[2 * k + 1][lane]].map(open_unit_32);
                    *option = drawn(city, purchase, (place, member));
                }
            }
        }
    }
}

/// The option that the draws of its place and of its outlet in the city come to.
#[inline]
fn drawn(city: &City, purchase: usize, (place, member): (f64, f64)) -> Code {
    let market = &city.market;
    let mut at = place;
    if purchase == Purchase::EnergyWaterRepairs.index() && city.anchors.water.is_some() {
        if place < market.water_share {
            return WATER;
        }
        at = (place - market.water_share) / (1.0 - market.water_share);
    }
    for (zone, part) in Zone::ALL.iter().copied().zip(market.place_of_sale[purchase]) {
        at -= part;
        if at < 0.0 {
            return market.sellers.code(purchase, zone, || market.outlet_pools[purchase].place(member));
        }
    }
    market.sellers.code(purchase, Zone::Country, || None)
}
