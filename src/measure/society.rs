//! Figures of who gains: requests met, wards, social enterprises that were helped.

use super::record::{HouseholdSums, Record};
use crate::world::institutions::{RequestId, Status};

/// Requests that were in this state at some time: (arisen, registered, matched, met).
pub fn requests(record: &Record) -> [usize; 4] {
    let of = &record.requests;
    let all = || (0..of.len() as u32).map(RequestId);
    [
        of.len(),
        all().filter(|r| of.registered[*r] > 0).count(),
        all().filter(|r| of.matched[*r] > 0).count(),
        all().filter(|r| of.is(*r, Status::Met)).count(),
    ]
}

/// Whether each ward is in the most deprived third, or in the least deprived one.
pub fn thirds(rank: &[f64]) -> Vec<Option<bool>> {
    let n = rank.len();
    let place = |own: f64| rank.iter().filter(|of| **of < own).count();
    let third = |own: &f64| match place(*own) {
        p if 3 * p < n => Some(true),
        p if 3 * p >= 2 * n => Some(false),
        _ => None,
    };
    rank.iter().map(third).collect()
}

/// Share of the requests met that lie in the most deprived third of wards.
pub fn met_in_deprived_wards(record: &Record) -> f64 {
    let thirds = thirds(&record.names.deprivation);
    let of = &record.requests;
    let met: Vec<RequestId> = of.that_are(Status::Met);
    let deprived = |r: &&RequestId| thirds.get(usize::from(of.ward[**r])) == Some(&Some(true));
    if met.is_empty() { 0.0 } else { met.iter().filter(deprived).count() as f64 / met.len() as f64 }
}

/// A figure per household in the least deprived third of wards over that in the most deprived third, over the run.
pub fn gap(record: &Record, of: impl Fn(&HouseholdSums) -> i64) -> f64 {
    let thirds = thirds(&record.names.deprivation);
    let mut sums = [(0i64, 0i64); 2];
    for year in &record.wards {
        for (ward, third) in year.iter().zip(&thirds) {
            if let Some(most) = third {
                let to = &mut sums[usize::from(*most)];
                *to = (to.0 + of(ward), to.1 + ward.households);
            }
        }
    }
    let mean = |(sum, households): (i64, i64)| sum as f64 / households.max(1) as f64;
    if sums[1].0 > 0 { mean(sums[0]) / mean(sums[1]) } else { 0.0 }
}

/// Enterprises that institutions helped, and of them those still open.
pub fn helped(record: &Record) -> [usize; 2] {
    [record.social.len(), record.social.iter().filter(|firm| firm.closed.is_none()).count()]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ranks 30, 10, 20, 60, 50, 40: wards 1 and 2 are the most deprived third, 3 and 4 the least.
    #[test]
    fn thirds_by_hand() {
        let of = thirds(&[30.0, 10.0, 20.0, 60.0, 50.0, 40.0]);
        assert_eq!(of, [None, Some(true), Some(true), Some(false), Some(false), None]);
    }
}
