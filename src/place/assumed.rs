//! What a place's data assume and nobody has counted, moved by a study: the neutral values leave every figure as it is.

use super::category::Category;
use super::city::{Commuting, Consumption, OwnershipFacts};
use super::vocabulary::Ownership;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Departures from a city's data. A *shift* is added to the logarithm of the odds of a share, so that shares stay between
/// 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Assumed {
    /// Added to Flegg's delta.
    #[schemars(range(min = -0.25, max = 0.75))]
    pub flq_delta_added: f64,
    /// Of the share of the anchors' spending that goes to suppliers in the city.
    #[schemars(range(min = -5, max = 5))]
    pub anchors_local_shift: f64,
    /// By how much categories differ in that share, as a multiple: 0 makes them alike.
    #[schemars(range(min = 0, max = 3))]
    pub category_contrast: f64,
    /// Of the share of firms that belong to groups from elsewhere.
    #[schemars(range(min = -5, max = 5))]
    pub outside_ownership_shift: f64,
    /// Of the share of the city's jobs that residents hold.
    #[schemars(range(min = -5, max = 5))]
    pub residents_jobs_shift: f64,
    /// Of the share of each kind of household purchase that is made in the city.
    #[schemars(range(min = -5, max = 5))]
    pub shopping_local_shift: f64,
    /// Of the share of private landlords who live in the city.
    #[schemars(range(min = -5, max = 5))]
    pub landlords_local_shift: f64,
}

impl Default for Assumed {
    /// The data as they are.
    fn default() -> Assumed {
        Assumed {
            flq_delta_added: 0.0,
            anchors_local_shift: 0.0,
            category_contrast: 1.0,
            outside_ownership_shift: 0.0,
            residents_jobs_shift: 0.0,
            shopping_local_shift: 0.0,
            landlords_local_shift: 0.0,
        }
    }
}

/// A share with the logarithm of its odds moved; exactly itself where it is not moved, and none or all stays so.
pub(super) fn shifted(share: f64, shift: f64) -> f64 {
    if shift == 0.0 || share <= 0.0 || share >= 1.0 {
        return share;
    }
    1.0 / (1.0 + (1.0 / share - 1.0) * libm::exp(-shift))
}

/// Move the sum of the parts `of` to what its shift makes of it; the others make up for it, all in proportion.
fn shift_part<const N: usize>(shares: &mut [f64; N], of: impl Fn(usize) -> bool, shift: f64) {
    let all: f64 = shares.iter().sum();
    let part = (0..N).filter(|i| of(*i)).map(|i| shares[i]).sum::<f64>() / all;
    let moved = shifted(part, shift);
    if moved == part || !part.is_finite() {
        return;
    }
    let (up, down) = (moved / part, (1.0 - moved) / (1.0 - part));
    for (i, share) in shares.iter_mut().enumerate() {
        *share *= if of(i) { up } else { down };
    }
}

impl Assumed {
    /// Prior local shares of categories, more or less alike. Their mean is fitted afterwards.
    pub(super) fn contrast(&self, categories: &mut [Category]) {
        if self.category_contrast == 1.0 {
            return;
        }
        for category in categories.iter_mut().filter(|c| c.in_city > 0.0 && c.in_city < 1.0) {
            let odds = category.in_city / (1.0 - category.in_city);
            let odds = libm::pow(odds, self.category_contrast);
            category.in_city = odds / (1.0 + odds);
        }
    }

    pub(super) fn ownership(&self, facts: &mut OwnershipFacts) {
        let outside = |form: usize| {
            matches!(
                Ownership::ALL[form],
                Ownership::NationalBranch | Ownership::MultinationalBranch | Ownership::Financialised
            )
        };
        for row in facts.enterprise_share.iter_mut().chain(&mut facts.branch_share) {
            shift_part(row, outside, self.outside_ownership_shift);
        }
    }

    pub(super) fn consumption(&self, facts: &mut Consumption) {
        for row in &mut facts.place_of_sale {
            shift_part(row, |zone| zone == 0, self.shopping_local_shift);
        }
    }

    /// As many residents are in work as before: those who lose a post in the city hold one outside.
    pub(super) fn commuting(&self, facts: &mut Commuting) {
        let before = facts.resident_share_of_jobs;
        let now = shifted(before, self.residents_jobs_shift);
        if now != before {
            facts.resident_share_of_jobs = now;
            facts.out_commuter_share = (1.0 - (1.0 - facts.out_commuter_share) * now / before).max(0.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_moves_by_its_odds() {
        assert_eq!(shifted(0.3, 0.0).to_bits(), 0.3f64.to_bits());
        // Odds of 1 to 1, doubled.
        assert!((shifted(0.5, std::f64::consts::LN_2) - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!((shifted(0.0, 2.0), shifted(1.0, -2.0)), (0.0, 1.0));
    }

    #[test]
    fn the_other_parts_make_up_for_it() {
        let mut shares = [0.5, 0.3, 0.2];
        shift_part(&mut shares, |i| i == 0, std::f64::consts::LN_2);
        for (share, wanted) in shares.iter().zip([2.0 / 3.0, 0.2, 0.4 / 3.0]) {
            assert!((share - wanted).abs() < 1e-12);
        }
    }

    #[test]
    fn residents_in_work_stay_as_many() {
        let mut facts = Commuting {
            resident_share_of_jobs: 0.66,
            out_commuter_share: 0.184,
            in_from_region: 0.6,
            out_to_region: 0.6,
        };
        let in_work = |of: &Commuting| of.resident_share_of_jobs / (1.0 - of.out_commuter_share);
        let before = in_work(&facts);
        Assumed { residents_jobs_shift: -0.2, ..Assumed::default() }.commuting(&mut facts);
        assert!(facts.resident_share_of_jobs < 0.62 && (in_work(&facts) - before).abs() < 1e-12);
    }
}
