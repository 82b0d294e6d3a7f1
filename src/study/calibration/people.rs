//! Residents, their homes, work, pay and incomes.

use super::{Figures, Seen, Sum};
use crate::base::col::Id;
use crate::base::money::WHOLE;
use crate::place::city::City as Facts;
use crate::place::vocabulary::{Sector, Tenure};
use crate::world::City;
use crate::world::households::HouseholdId;
use crate::world::workers::{Status, WorkerId};

pub fn figures(facts: &Facts, city: &City, out: &mut Figures) {
    homes(facts, city, out);
    jobs(city, out);
    resident_workers(facts, city, out);
    incomes(city, out);
}

fn homes(facts: &Facts, city: &City, out: &mut Figures) {
    let h = &city.households;
    let (n, scale) = (h.len() as f64, city.scale);
    let persons: f64 = h.adults.iter().zip(h.children.iter()).map(|(a, c)| f64::from(a + c)).sum();
    out.insert("residents".into(), Seen { value: persons / scale, count: persons });
    out.insert("households".into(), Seen { value: n / scale, count: n });
    let ids = ["outright", "mortgage", "council", "association", "private"];
    for (k, id) in ids.iter().enumerate().take(Tenure::COUNT) {
        let of = h.tenure.iter().filter(|t| **t as usize == k).count() as f64;
        out.insert(format!("tenure_{id}"), Seen { value: of / n, count: of });
    }
    for (k, ward) in facts.wards.iter().enumerate() {
        let of = h.ward.iter().filter(|w| **w as usize == k).count() as f64;
        let id = format!("households_{}", ward.code.to_lowercase());
        out.insert(id, Seen { value: of / scale, count: of });
    }
    let claims = h.credit_at_start.iter().filter(|c| **c > 0).count() as f64;
    out.insert("universal_credit_households".into(), Seen { value: claims / scale, count: claims });
    // Not drawn: households carry their ward, and the ward its deprivation.
    let most = facts.wards.iter().map(|w| w.share_in_most_deprived_tenth).fold(0.0, f64::max);
    out.insert("ward_deprivation_max".into(), Seen::exact(most));
}

/// Posts in the city, who holds them and what they pay.
fn jobs(city: &City, out: &mut Figures) {
    let own = city.suppliers.len() + city.anchors.len();
    let w = &city.workers;
    let mut of_sector = [0.0; Sector::COUNT];
    let (mut posts, mut residents, mut from_region) = (0.0, 0.0, 0.0);
    let (mut pay, mut of_residents) = (Sum::default(), Sum::default());
    for i in 0..w.len() {
        let id = WorkerId::from_index(i);
        if w.status[id] != Status::Employed || w.employer[id] as usize >= own {
            continue;
        }
        posts += 1.0;
        of_sector[w.sector[id] as usize] += 1.0;
        pay.add(f64::from(w.pay[id]));
        if i < w.residents {
            residents += 1.0;
            of_residents.add(f64::from(w.pay[id]));
        } else if w.home[id] == 1 {
            from_region += 1.0;
        }
    }
    out.insert("jobs".into(), Seen { value: posts / city.scale, count: posts });
    for sector in Sector::ALL {
        let of = of_sector[sector.index()];
        let id = format!("jobs_{}", sector.label().to_lowercase());
        out.insert(id, Seen { value: of / city.scale, count: of });
    }
    out.insert("resident_share_of_jobs".into(), Seen { value: residents / posts, count: residents });
    let share = of_residents.total / pay.total;
    out.insert("resident_share_of_pay".into(), Seen { value: share, count: of_residents.count() });
    let away = posts - residents;
    out.insert("commuters_from_region".into(), Seen { value: from_region / away, count: from_region });
}

/// The rate is over residents aged 16 to 64, as published. The city knows no ages: those in work are all who hold
/// its residents' jobs.
fn resident_workers(facts: &Facts, city: &City, out: &mut Figures) {
    let w = &city.workers;
    let aged_16_to_64: f64 = facts.people.by_age.iter().skip(16).take(49).sum();
    let of_working_age = aged_16_to_64 * city.scale;
    let status = |wanted| w.status.rows()[..w.residents].iter().filter(|s| **s == wanted).count() as f64;
    let (employed, seeking) = (status(Status::Employed), status(Status::Seeking));
    out.insert("employment_rate".into(), Seen { value: employed / of_working_age, count: employed });
    let rate = seeking / (seeking + employed);
    out.insert("unemployment_rate".into(), Seen { value: rate, count: seeking });
    let mut pay: Vec<i32> = (0..w.residents).map(|i| w.pay.rows()[i]).filter(|p| *p > 0).collect();
    pay.sort_unstable();
    let at = |q: f64| f64::from(pay[((pay.len() as f64 * q) as usize).min(pay.len() - 1)]) * 0.12;
    if !pay.is_empty() {
        out.insert("median_pay".into(), Seen { value: at(0.5), count: employed });
        out.insert("p90_p10_pay".into(), Seen { value: at(0.9) / at(0.1), count: employed / 10.0 });
    }
}

/// The starting month's incomes and spending; fifths by equivalised disposable income.
fn incomes(city: &City, out: &mut Figures) {
    let h = &city.households;
    let (mut disposable, mut spent, mut kept) = (Sum::default(), Sum::default(), 0.0);
    let mut fifths = [[0.0f64; 3]; 5];
    for i in 0..h.len() {
        let id = HouseholdId::from_index(i);
        let (all, f) = (h.received_last[id] as f64, &h.fixed[id]);
        let of = |share: u64| all * share as f64 / WHOLE as f64;
        let income = all - of(f.direct_tax) - of(f.pension) - of(f.council_tax);
        let spending = of(f.consumption) + of(f.rent);
        disposable.add(income);
        spent.add(spending);
        kept += income - spending - of(f.mortgage_interest);
        let adults = f64::from(h.adults[id].max(1));
        let equivalent = 0.67 + 0.33 * (adults - 1.0) + 0.2 * f64::from(h.children[id]);
        let fifth = &mut fifths[usize::from(h.decile[id] / 2).min(4)];
        fifth[0] += 1.0;
        fifth[1] += income / equivalent;
        fifth[2] += spending;
    }
    out.insert("disposable_cash_income".into(), disposable.yearly(city.scale));
    out.insert("consumption_cash".into(), spent.yearly(city.scale));
    let saving = Seen { value: kept / disposable.total, count: disposable.count() };
    out.insert("saving_ratio".into(), saving);
    let ratio = |k: usize| (fifths[4][k] / fifths[4][0]) / (fifths[0][k] / fifths[0][0]);
    let count = fifths[0][0] / 2.0;
    out.insert("income_ratio_q5_q1".into(), Seen { value: ratio(1), count });
    out.insert("spend_ratio_q5_q1".into(), Seen { value: ratio(2), count });
}
