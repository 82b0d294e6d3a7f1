//! Which sectors of other cities sell what a city buys outside: the books know the zone that is paid, and this the sector.

use crate::place::city::{City as Facts, PURCHASES, SECTORS};
use crate::place::vocabulary::{Purchase, Sector};
use crate::world::synthesis::outside_by_seller;

/// Trades of buyers: sections, and the shops of section G last.
pub const TRADES: usize = SECTORS + 1;

/// Shares by selling sector; each row sums to one, or is nought where nothing is bought.
#[derive(Clone, Debug)]
pub struct Mix {
    /// By zone and the buyer's trade: inputs and replacement of capital.
    pub inputs: [[[f64; SECTORS]; TRADES]; 2],
    /// By kind of purchase: what households buy outside, as what they buy in the city. Of energy, water and repairs it is
    /// energy.
    pub purchases: [[f64; SECTORS]; PURCHASES],
}

impl Mix {
    pub fn of(facts: &Facts) -> Mix {
        let mut mix =
            Mix { inputs: [[[0.0; SECTORS]; TRADES]; 2], purchases: facts.consumption.seller_sector };
        for trade in 0..TRADES {
            let (sector, shop) =
                if trade == SECTORS { (Sector::G, true) } else { (Sector::from_index(trade), false) };
            for (zone, bought) in outside_by_seller(facts, sector, shop).into_iter().enumerate() {
                mix.inputs[zone][trade] = shares(bought);
            }
        }
        let energy = &mut mix.purchases[Purchase::EnergyWaterRepairs.index()];
        *energy = [0.0; SECTORS];
        energy[Sector::D.index()] = 1.0;
        mix.purchases.iter_mut().for_each(|row| *row = shares(*row));
        mix
    }
}

fn shares(of: [f64; SECTORS]) -> [f64; SECTORS] {
    let all: f64 = of.iter().sum();
    if all > 0.0 { of.map(|x| x / all) } else { of }
}

/// Divide an amount by shares, to the penny; what rounding leaves goes to the largest share, and so does all of it where
/// there are none.
pub fn split(amount: i64, shares: &[f64; SECTORS]) -> [i64; SECTORS] {
    let mut out = shares.map(|share| (amount as f64 * share).floor() as i64);
    let largest = (0..SECTORS).fold(0, |best, k| if shares[k] > shares[best] { k } else { best });
    out[largest] += amount - out.iter().sum::<i64>();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_split_loses_nothing() {
        let mut shares = [0.0; SECTORS];
        (shares[2], shares[5], shares[7]) = (0.3, 0.4, 0.3);
        let out = split(101, &shares);
        assert_eq!((out[2], out[5], out[7]), (30, 41, 30));
        assert_eq!(split(-7, &shares).iter().sum::<i64>(), -7);
        assert_eq!(split(9, &[0.0; SECTORS])[0], 9);
    }
}
