//! How deprived the wards are in which a supplier's staff live: what a buyer looks at that weighs health inequality.

use crate::base::col::Id;
use crate::world::City;
use crate::world::orgs::NOBODY;
use crate::world::workers::WorkerId;

/// The most deprived wards, as a share of all, whose residents count as from deprived wards (assumed).
const DEPRIVED: f64 = 0.2;

/// 1 for the most deprived of the wards, 0 for the least, evenly between by order of mean rank.
pub fn of_wards(rank: &[f64]) -> Vec<f64> {
    let n = rank.len();
    let better = |r: f64| rank.iter().filter(|other| **other < r).count() as f64;
    rank.iter().map(|r| if n > 1 { 1.0 - better(*r) / (n - 1) as f64 } else { 0.0 }).collect()
}

/// Whether each ward is among the most deprived fifth.
pub fn deprived_wards(rank: &[f64]) -> Vec<bool> {
    let n = rank.len() as f64;
    let better = |r: f64| rank.iter().filter(|other| **other < r).count() as f64;
    rank.iter().map(|r| better(*r) < (DEPRIVED * n).round()).collect()
}

/// Mean over each supplier's staff, by pay; in-commuters and staff outside count as 0.
pub fn of_suppliers(city: &City) -> Vec<f32> {
    let wards = of_wards(&city.background.deprivation_rank);
    let mut sums = vec![(0.0f64, 0.0f64); city.suppliers.len()];
    for w in 0..city.workers.len() {
        let id = WorkerId::from_index(w);
        let Some(of) = sums.get_mut(city.workers.employer[id] as usize) else { continue };
        let pay = f64::from(city.workers.pay[id]);
        let household = city.workers.household[id];
        if household != NOBODY {
            let ward = city.households.ward.rows()[household as usize];
            of.0 += pay * wards.get(usize::from(ward)).copied().unwrap_or(0.0);
        }
        of.1 += pay;
    }
    sums.into_iter().map(|(sum, pay)| if pay > 0.0 { (sum / pay) as f32 } else { 0.0 }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of five wards, rank 1 is the most deprived.
    #[test]
    fn wards_by_hand() {
        let rank = [30.0, 10.0, 50.0, 20.0, 40.0];
        assert_eq!(of_wards(&rank), [0.5, 1.0, 0.0, 0.75, 0.25]);
        assert_eq!(deprived_wards(&rank), [false, true, false, false, false]);
    }
}
