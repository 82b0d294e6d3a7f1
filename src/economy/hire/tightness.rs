//! Tightness and the pay of new hires; search effort during burn-in.

use crate::world::City;
use crate::world::workers::Status;

/// Longest memory, in months, of the means from which search effort is settled in burn-in.
const MEMORY: f64 = 5.0;
/// How strongly search effort answers, during burn-in, to unemployment off the published rate.
const NUDGE: f64 = 0.5;

/// During burn-in: the effort at which hires of residents make up for the jobs they leave while unemployment
/// stands at the published rate, from running means over some months of those who leave a job, of the chance
/// that an application succeeds, and of vacancies; nudged while unemployment is off.
fn settle_effort(city: &mut City, seeking: f64, employed: f64, hired: f64) {
    let market = &mut city.market;
    let left = seeking + hired - f64::from(market.seekers);
    let success = hired / (market.search_effort * (seeking + hired)).max(1.0);
    let memory = f64::from(city.month).min(MEMORY);
    let settling = &mut market.settling;
    settling.leavers += (left - settling.leavers) / memory;
    settling.success += (success - settling.success) / memory;
    settling.vacancies += (f64::from(market.vacancies) - settling.vacancies) / memory;
    let at_target = market.target_unemployment * (seeking + employed);
    let steady = settling.leavers / (settling.success * (at_target + settling.leavers)).max(1e-9);
    let off = if city.month < city.burn_in { seeking / at_target.max(1.0) - 1.0 } else { 0.0 };
    market.search_effort = (steady * (1.0 + NUDGE * off)).clamp(0.02, 1.0);
    market.reference_tightness = settling.vacancies / at_target.max(1.0);
}

/// Tightness is averaged; wages of new hires answer to it. During burn-in search effort is set so that
/// unemployment stays at the published rate, and the reference tightness is what then holds.
pub(super) fn update_tightness(city: &mut City, vacancies: usize, hired: usize) {
    let residents = &city.workers.status.rows()[..city.workers.residents];
    let seeking = residents.iter().filter(|s| **s == Status::Seeking).count();
    let employed = residents.iter().filter(|s| **s == Status::Employed).count();
    let memory = city.settings.labour.tightness_memory_months.max(1.0);
    let now = vacancies as f64 / seeking.max(1) as f64;
    city.market.vacancies = vacancies as u32;
    city.market.tightness += (now - city.market.tightness) / memory;
    if city.burning_in() {
        settle_effort(city, seeking as f64, employed as f64, hired as f64);
    } else if city.settings.mechanisms.prices {
        let ratio = city.market.tightness / city.market.reference_tightness.max(1e-9);
        city.market.wage_index = libm::pow(ratio.clamp(0.2, 5.0), city.settings.labour.wage_response);
    }
    city.market.seekers = seeking as u32;
}
