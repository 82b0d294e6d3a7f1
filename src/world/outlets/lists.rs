//! Many short lists at once, so that draws are made eight at a time and look-ups in the tables of outlets overlap.

use super::{MEMBER, OptionOf, drawn, number, pull};
use crate::base::draws::{Luck, Purpose};
use crate::base::philox_wide::WIDE;
use crate::world::City;

/// Short lists of the same length, one after the other, option by option.
#[derive(Default)]
pub struct ShortLists {
    pub household: Vec<u32>,
    /// Purchase and place on the list.
    pub which: Vec<(u8, u32)>,
    pub outlet: Vec<u32>,
    /// How much the household is drawn to it.
    pub pull: Vec<f64>,
}

impl ShortLists {
    /// The lists of `n` options of so many households and purchases, in their order; what was held before is forgotten.
    /// `luck` is that of month 0 of the run.
    #[inline(always)]
    pub fn fill(&mut self, city: &City, luck: &Luck, n: usize, whose: impl Iterator<Item = (u32, u8)>) {
        self.household.clear();
        self.which.clear();
        for (household, purchase) in whose {
            self.household.extend(std::iter::repeat_n(household, n));
            self.which.extend((0..n as u32).map(|k| (purchase, k)));
        }
        self.outlet.clear();
        for first in (0..self.which.len()).step_by(WIDE) {
            self.find(city, luck, first);
        }
        let options = self.household.iter().zip(&self.outlet);
        self.pull.clear();
        self.pull.extend(options.map(|(household, outlet)| pull(city, *household as usize, *outlet)));
    }

    /// Eight options from this one on.
    #[inline(always)]
    fn find(&mut self, city: &City, luck: &Luck, first: usize) {
        let households = std::array::from_fn(|lane| self.household.get(first + lane).copied().unwrap_or(0));
        let numbers: [u32; WIDE] = std::array::from_fn(|lane| {
            self.which.get(first + lane).map_or(0, |(purchase, k)| number(usize::from(*purchase), *k))
        });
        let place = luck.uniforms(Purpose::OutletMake, households, numbers);
        let member = luck.uniforms(Purpose::OutletMake, households, numbers.map(|number| number + MEMBER));
        for (lane, (purchase, k)) in self.which[first..].iter().take(WIDE).enumerate() {
            let (household, purchase) = (households[lane] as usize, usize::from(*purchase));
            let option = OptionOf { household, purchase, k: *k };
            self.outlet.push(drawn(city, luck, option, (place[lane], member[lane])).0);
        }
    }
}
