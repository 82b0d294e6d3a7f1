//! Who looks for work: some of those outside the labour force start, some seekers give up.

use crate::base::draws::{Luck, Purpose};
use crate::base::parallel::{CHUNK, map_chunks, rows_where};
use crate::base::philox_wide::{WIDE, lanes_of};
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
    let (status, skill_pay) = (read.workers.status.rows(), read.workers.skill_pay.rows());
    let may_change =
        |w: usize| (status[w] == Status::Seeking) | ((status[w] == Status::Inactive) & (skill_pay[w] > 0));
    let changes = map_chunks(read.workers.residents, CHUNK, |range| {
        let mut changes = Vec::new();
        for some in rows_where(range, may_change).chunks(WIDE) {
            let draws = luck.uniforms(Purpose::Participation, lanes_of(some, |w| *w), [0; WIDE]);
            for (w, draw) in some.iter().zip(draws) {
                let (chance, to) = match status[*w as usize] {
                    Status::Seeking => (give_up, Status::Inactive),
                    _ => (start, Status::Seeking),
                };
                if draw < chance {
                    changes.push((WorkerId(*w), to));
                }
            }
        }
        changes
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
