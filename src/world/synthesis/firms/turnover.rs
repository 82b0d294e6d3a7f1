//! Net sales that each place's pay bill stands for.

use super::Work;
use super::technology::{recipe, technology_compensation};
use crate::base::col::Id;
use crate::base::money::{Pence, share};
use crate::place::city::{City as Facts, SECTORS};
use crate::place::vocabulary::Zone;
use crate::world::employers::EmployerId;
use crate::world::suppliers::SupplierId;
use crate::world::synthesis::jobs::Jobs;

/// Staff of the firm that a vacant place has room for.
const VACANT_SIZE: i64 = 2;

/// Net sales that each place of work's pay bill stands for, and what it does with them. A vacant place has
/// the sales of a firm of two at its sector's average.
pub fn turnover(facts: &Facts, work: &mut Work, jobs: &Jobs) {
    let mut of_sector = [(0i64, 0i64, 0u32); SECTORS];
    for i in 0..work.suppliers.len() {
        let j = work.suppliers.sector.rows()[i].index();
        let e = EmployerId::from_index(i);
        let sum = &mut of_sector[j];
        sum.0 += jobs.employers.wage_bill[e];
        sum.1 += jobs.employer_ni[i];
        sum.2 += jobs.employers.headcount[e];
    }
    for i in 0..work.suppliers.len() {
        let s = SupplierId::from_index(i);
        let (sector, form) = (work.suppliers.sector[s], work.suppliers.ownership[s]);
        let (mut bill, mut ni) = (jobs.employers.wage_bill[EmployerId::from_index(i)], jobs.employer_ni[i]);
        if !work.suppliers.active[s] {
            let (bills, nis, heads) = of_sector[sector.index()];
            (bill, ni) =
                (bills * VACANT_SIZE / i64::from(heads.max(1)), nis * VACANT_SIZE / i64::from(heads.max(1)));
        }
        let pension = facts.ownership.forms[form.index()].employer_pension;
        let cost = bill as f64 * (1.0 + pension) + ni as f64;
        if work.suppliers.zone[s] != Zone::City || bill == 0 {
            continue;
        }
        let mut recipe = recipe(facts, sector, form, work.suppliers.shop[s]);
        let sales = cost / technology_compensation(facts, sector, work.suppliers.shop[s]);
        recipe.pay = share(bill as f64 / sales);
        recipe.employer_ni = share(ni as f64 / sales);
        recipe.employer_pension = share(bill as f64 * pension / sales);
        work.suppliers.recipe[s] = recipe;
        let sales = sales.round() as Pence;
        work.suppliers.normal_sales[s] = sales;
        if work.suppliers.active[s] {
            work.suppliers.expected[s] = sales;
            work.suppliers.sales_last[s] = sales;
            work.suppliers.received_last[s] = sales;
        }
    }
}
