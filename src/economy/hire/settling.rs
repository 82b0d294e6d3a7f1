//! How much people look, settled in burn-in and then left alone: residents so that unemployment is at the
//! published rate, people outside so that posts stay open as long as they should.

use super::applications::Round;
use crate::world::City;

/// Memory, in months, of the means from which search is settled: in the first half of burn-in, while the city
/// still moves, and at most in the second.
const MEMORY: [u16; 2] = [4, 10];
/// How strongly search answers, during burn-in, to unemployment off the published rate: at once, and for good
/// in each month.
const NUDGE: [f64; 2] = [1.0, 0.1];

/// Search rate at which hires of residents make up for the jobs they leave, with so many seekers after hiring: a share
/// `leavers / (seekers + leavers)` of those who look must be hired, of whom a share `success` of those who
/// apply is; and who looks applies with probability `1 - exp(-search x seen)`.
pub fn steady_search(leavers: f64, seekers: f64, success: f64, seen: f64) -> f64 {
    let hired = leavers / (seekers + leavers).max(1.0);
    let applies = (hired / success.max(1e-9)).min(0.99);
    -libm::log(1.0 - applies) / seen.max(1e-9)
}

/// Applications for a post at which a share `1 / months` of the posts is filled in a month, when `applications`
/// fill a share `filled`.
pub fn applications_for(months: f64, applications: f64, filled: f64) -> f64 {
    let wanted = (1.0 / months).min(0.98);
    applications * libm::log(1.0 - wanted) / libm::log(1.0 - filled.clamp(0.02, 0.98))
}

/// Residents in a month of burn-in.
pub(super) struct Flows {
    /// Left a job since the last hiring; of them, when their firm closed at the end of last month.
    pub(super) left: f64,
    pub(super) dismissed: f64,
    /// Looking when the month began, as unemployment is counted; and when applications were made.
    pub(super) at_start: f64,
    pub(super) looked: f64,
    pub(super) labour_force: f64,
}

/// One month of burn-in.
pub(super) fn settle(city: &mut City, round: &Round, flows: &Flows) {
    let half = city.burn_in / 2;
    let memory = if city.month <= half {
        city.month.min(MEMORY[0])
    } else {
        (MEMORY[0] + city.month - half).min(MEMORY[1])
    };
    let memory = f64::from(memory);
    let last = city.month == city.burn_in;
    let months = city.settings.labour.vacancy_months;
    let market = &mut city.market;
    let (applied, hired) = (round.residents_applied as f64, round.residents_hired as f64);
    let applies = (applied / flows.looked.max(1.0)).clamp(1e-6, 0.99);
    let posts = round.posts_here.max(1) as f64;
    let so_far = &mut market.settling;
    for (mean, now) in [
        (&mut so_far.leavers, flows.left),
        (&mut so_far.dismissed, flows.dismissed),
        (&mut so_far.success, hired / applied.max(1.0)),
        (&mut so_far.seen, -libm::log(1.0 - applies) / market.search),
        (&mut so_far.residents, round.residents_here as f64 / posts),
        (&mut so_far.outside, round.outside_here as f64 / posts / market.search_from_outside),
        (&mut so_far.filled, round.filled_here as f64 / posts),
        (&mut so_far.applications, (round.residents_here + round.outside_here) as f64 / posts),
        (&mut so_far.vacancies, round.posts as f64),
    ] {
        *mean += (now - *mean) / memory;
    }
    let at_target = market.target_unemployment * flows.labour_force;
    let off = flows.at_start / at_target.max(1.0) - 1.0;
    so_far.correction = (so_far.correction + NUDGE[1] * off).clamp(-0.5, 1.0);
    let steady = steady_search(so_far.leavers, at_target - so_far.dismissed, so_far.success, so_far.seen);
    let at_once = if last { 0.0 } else { NUDGE[0] * off };
    market.search = (steady * (1.0 + so_far.correction + at_once).max(0.2)).clamp(1e-4, 10.0);
    let wanted = applications_for(months, so_far.applications, so_far.filled);
    let from_outside = (wanted - so_far.residents).max(0.05 * wanted);
    market.search_from_outside = (from_outside / so_far.outside.max(1e-9)).clamp(1e-5, 10.0);
    market.reference_tightness = so_far.vacancies / (at_target - so_far.dismissed).max(1.0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        // 100 leave, 400 look besides: a fifth of 500 must be hired. Half of the applications succeed: two fifths
        // must apply, 1 - exp(-4 s) = 0.4.
        assert!((steady_search(100.0, 400.0, 0.5, 4.0) - 0.127_706_4).abs() < 1e-6);
        // One application a post fills 1 - 1/e; half are filled at ln 2.
        let filled = 1.0 - libm::exp(-1.0);
        assert!((applications_for(2.0, 1.0, filled) - libm::log(2.0)).abs() < 1e-12);
    }
}
