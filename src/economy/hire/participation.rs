//! Who looks for work: some of those outside the labour force start, some seekers give up.

use crate::base::col::Id;
use crate::base::draws::{Luck, Purpose};
use crate::base::parallel::map_chunks;
use crate::world::City;
use crate::world::workers::{Status, WorkerId};

/// Chance that somebody outside the labour force who would work starts to look this month: more where posts are
/// easier to find than in the reference state.
pub fn starts(at_rest: f64, tightness: f64, response: f64) -> f64 {
    (at_rest * libm::pow(tightness.clamp(0.2, 5.0), response)).min(1.0)
}

/// Residents who start to look, less those who give up.
pub(super) fn participate(city: &mut City, luck: &Luck) -> i64 {
    let rules = &city.settings.labour;
    let tightness = if city.burning_in() { 1.0 } else { city.market.relative_tightness() };
    let start = starts(city.market.starts_looking, tightness, rules.participation_response);
    let give_up = rules.gives_up_monthly;
    let read: &City = city;
    let changes = map_chunks(read.workers.residents, 16_384, |range| {
        range
            .filter_map(|w| {
                let id = WorkerId::from_index(w);
                let (chance, to) = match read.workers.status[id] {
                    Status::Seeking => (give_up, Status::Inactive),
                    Status::Inactive if read.workers.skill_pay[id] > 0 => (start, Status::Seeking),
                    _ => return None,
                };
                luck.chance(chance, Purpose::Participation, w as u64, 0).then_some((id, to))
            })
            .collect::<Vec<_>>()
    });
    let mut joined = 0;
    for (id, to) in changes.concat() {
        city.workers.status[id] = to;
        joined += if to == Status::Seeking { 1 } else { -1 };
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::starts;

    #[test]
    fn more_start_in_a_tight_market() {
        assert_eq!(starts(0.04, 1.0, 0.25), 0.04);
        // A market 10 percent tighter at an elasticity of a quarter: 1.1^0.25 = 1.02411.
        assert!((starts(0.04, 1.1, 0.25) / 0.04 - 1.024_113_7).abs() < 1e-6);
        assert_eq!(starts(0.9, 5.0, 1.0), 1.0);
    }
}
