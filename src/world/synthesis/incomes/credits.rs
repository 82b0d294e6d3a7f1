//! Who claims Universal Credit at the start.

use super::Month;
use crate::base::col::Id;
use crate::base::draws::Luck;
use crate::base::money::pence;
use crate::place::city::City as Facts;
use crate::place::tax_rules::universal_credit;
use crate::place::vocabulary::Tenure;
use crate::world::households::HouseholdId;
use crate::world::synthesis::people::People;
use crate::world::synthesis::sampling::systematic;
use crate::world::synthesis::unit;

/// Of households in which nobody works or would, those who live on maintenance and are not
/// entitled to Universal Credit: full-time students above all (assumed).
const MAINTAINED: f64 = 0.25;
/// Of households of working age that own outright, those with capital above the limit for Universal Credit of
/// 16,000 (assumed; the home itself does not count).
const ABOVE_CAPITAL_LIMIT: f64 = 0.5;

/// Universal Credit: full awards by composition and rent; claimed by as many of those entitled as are
/// published to claim.
pub(super) fn credits(
    facts: &Facts,
    scale: f64,
    people: &mut People,
    (months, normal): (&mut [Month], &mut [Month]),
    luck: &Luck,
) {
    let law = &facts.tax;
    let out = &mut people.households;
    let mut full = vec![(0i64, 0i64); out.len()];
    let mut entitled = vec![0.0; out.len()];
    for h in 0..out.len() {
        let id = HouseholdId::from_index(h);
        let has_capital =
            out.tenure[id] == Tenure::Outright as u8 && unit(luck, 33, h as u64, 3) < ABOVE_CAPITAL_LIMIT;
        if out.pensioners[id] > 0 || has_capital {
            continue;
        }
        let maintained = out.workers_of(h).all(|w| people.workers.skill_pay.rows()[w] == 0)
            && unit(luck, 33, h as u64, 0) < MAINTAINED;
        if maintained {
            continue;
        }
        let standard = if out.adults[id] > 1 { law.uc_couple } else { law.uc_single };
        let rent = f64::from(out.commitments[id].rent) / 100.0;
        let award = standard + law.uc_child * f64::from(out.children[id].min(2)) + rent * 0.85;
        let children = out.children[id] > 0;
        let allowance = match (children, rent > 0.0) {
            (false, _) => 0.0,
            (true, true) => law.uc_work_allowance_housing,
            (true, false) => law.uc_work_allowance,
        };
        full[h] = (pence(award), pence(allowance));
        let net = months[h].pay - months[h].deductions_tax - months[h].pension;
        if universal_credit(full[h].0, full[h].1, net, law.uc_taper) > 0 {
            entitled[h] = 1.0;
        }
    }
    let wanted = (facts.people.universal_credit_households * scale).round() as usize;
    let share_claiming = wanted as f64 / entitled.iter().sum::<f64>().max(1.0);
    let claims = systematic(&entitled, wanted, unit(luck, 33, 1 << 40, 1));
    for h in 0..out.len() {
        let id = HouseholdId::from_index(h);
        // Those not entitled now would claim at the same rate if their earnings fell.
        let would = entitled[h] == 0.0 && unit(luck, 33, h as u64, 2) < share_claiming;
        if full[h].0 > 0 && (claims[h] || would) {
            out.steady[id].credit_full = full[h].0 as i32;
            out.steady[id].credit_allowance = full[h].1 as i32;
            let net = months[h].pay - months[h].deductions_tax - months[h].pension;
            months[h].credit = universal_credit(full[h].0, full[h].1, net, law.uc_taper);
            out.credit_at_start[id] = months[h].credit as i32;
            let usual = normal[h].pay - normal[h].deductions_tax - normal[h].pension;
            normal[h].credit = universal_credit(full[h].0, full[h].1, usual, law.uc_taper);
            // Claimants on maintenance give it up.
            if claims[h] && months[h].pay == 0 {
                out.steady[id].from_finance = out.steady[id].from_finance.min(10_000);
            }
        }
    }
}
