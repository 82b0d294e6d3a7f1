//! Tightness, and the pay of new hires, which answers to it.

use super::applications::Round;
use super::residents_who;
use super::settling::{Flows, settle};
use crate::world::City;
use crate::world::workers::Status;

/// Tightness is averaged; pay of new hires answers to it. During burn-in search is settled, and the reference
/// tightness is what then holds. `at_start` residents looked when the month began, `joined` started less gave up.
pub(super) fn update_tightness(city: &mut City, (at_start, joined): (usize, i64), round: &Round) {
    let (seeking, employed) = (residents_who(city, Status::Seeking), residents_who(city, Status::Employed));
    let rules = &city.settings.labour;
    let now = round.posts as f64 / seeking.max(1) as f64;
    city.market.vacancies = round.posts as u32;
    city.market.tightness += (now - city.market.tightness) / rules.tightness_memory_months.max(1.0);
    city.market.tightness_seen_outside +=
        (now - city.market.tightness_seen_outside) / rules.outside_memory_months.max(1.0);
    if city.burning_in() {
        let before = f64::from(city.market.seekers);
        let flows = Flows {
            left: seeking as f64 + round.residents_hired as f64 - before - joined as f64,
            dismissed: at_start as f64 - before,
            at_start: at_start as f64,
            labour_force: (seeking + employed) as f64,
            looked: (seeking + round.residents_hired) as f64,
        };
        settle(city, round, &flows);
    } else if city.settings.mechanisms.prices {
        city.market.wage_index =
            libm::pow(city.market.relative_tightness(), city.settings.labour.wage_response);
    }
    city.market.seekers = seeking as u32;
}
