//! Many short lists at once, so that draws are made eight at a time and look-ups in the tables of outlets overlap.

use super::{MEMBER, OptionOf, drawn, number, pull};
use crate::base::draws::{Luck, Purpose};
use crate::base::philox_wide::{WIDE, lanes_of};
use crate::world::City;

/// Short lists of the same length, one after the other, option by option.
#[derive(Default)]
pub struct ShortLists {
    pub household: Vec<u32>,
    /// Stands for the purchase and the place on the list ([`super::which`]).
    pub number: Vec<u32>,
    pub outlet: Vec<u32>,
    /// How much the household is drawn to it.
    pub pull: Vec<f64>,
}

impl ShortLists {
    /// The lists of `n` options of so many households and purchases, in their order; what was held before is forgotten.
    /// `luck` is that of month 0 of the run.
    #[inline]
    pub fn fill(&mut self, city: &City, luck: &Luck, n: usize, whose: impl Iterator<Item = (u32, u8)>) {
        self.household.clear();
        self.number.clear();
        for (household, purchase) in whose {
            self.household.extend(std::iter::repeat_n(household, n));
            self.number.extend((0..n as u32).map(|k| number(usize::from(purchase), k)));
        }
        self.outlet.clear();
        for first in (0..self.number.len()).step_by(WIDE) {
            self.find(city, luck, first);
        }
        let options = self.household.iter().zip(&self.outlet);
        self.pull.clear();
        self.pull.extend(options.map(|(household, outlet)| pull(city, *household as usize, *outlet)));
    }

    /// Eight options from this one on.
    #[inline]
    fn find(&mut self, city: &City, luck: &Luck, first: usize) {
        let households = lanes_of(&self.household[first..], |household| *household);
        let numbers = lanes_of(&self.number[first..], |number| *number);
        let members = lanes_of(&numbers, |number| number + MEMBER);
        let place = luck.uniforms(Purpose::OutletMake, households, numbers);
        let member = luck.uniforms(Purpose::OutletMake, households, members);
        for lane in 0..WIDE.min(self.number.len() - first) {
            let option = OptionOf { household: households[lane] as usize, number: numbers[lane] };
            self.outlet.push(drawn(city, luck, option, (place[lane], member[lane])).0);
        }
    }
}
