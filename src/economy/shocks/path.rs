//! Paths of money and of the price of energy.

use crate::economy::plan::Rules;
use crate::place::vocabulary::Sector;
use crate::world::City;

/// Change against no cut after so many months: `(1 + g)^k − 1`, k being the yearly cuts made by then, the first at once.
pub fn cut_by(percent_a_year: f64, years: u16, months_since: u16) -> f64 {
    let cuts = (months_since / 12 + 1).min(years);
    libm::pow(1.0 + percent_a_year / 100.0, f64::from(cuts)) - 1.0
}

/// Dearer energy in the anchors' buying: a pound buys less of energy itself, and bids of other trades rise by the energy
/// in their costs.
pub fn price_of_energy(city: &City, rise: f64, rules: &mut Rules) {
    for (_, c, of) in rules.each() {
        let sector = city.contracts.categories[c].sector;
        if sector == Sector::D {
            of.energy_dearer = rise;
        } else {
            of.energy_in_cost = rise * city.background.energy_share(sector, false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One percent a year for three years: -1% in the first year, -1.99% in the second, -2.9701% from the third on.
    #[test]
    fn a_path_by_hand() {
        for (months, expected) in [(0, -0.01), (11, -0.01), (12, -0.0199), (24, -0.029_701), (99, -0.029_701)]
        {
            assert!((cut_by(-1.0, 3, months) - expected).abs() < 1e-12, "{months}");
        }
        assert_eq!(cut_by(0.0, 5, 40), 0.0);
    }
}
