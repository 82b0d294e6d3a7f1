//! Sales to households at the start, and the outside demand that closes every firm's sales.

use crate::base::col::Id;
use crate::base::money::{Pence, part};
use crate::place::city::SECTORS;
use crate::place::vocabulary::Zone;
use crate::world::City;
use crate::world::households::HouseholdId;
use crate::world::suppliers::SupplierId;

/// Sales to households a month at the start, by organisation, VAT included.
pub fn consumption_by_org(city: &City) -> Vec<Pence> {
    let mut sold = vec![0; city.orgs.len()];
    for h in 0..city.households.len() {
        let id = HouseholdId::from_index(h);
        let all = part(city.households.received_last[id], city.households.fixed[id].consumption);
        let budget = &city.households.budgets[city.households.budget[id] as usize];
        for (p, of) in budget.iter().enumerate() {
            sold[city.outlet(id, p) as usize] += part(all, *of);
        }
    }
    sold
}

/// VAT in what each organisation sells to households at the start.
pub fn vat_by_org(city: &City) -> Vec<Pence> {
    let mut vat = vec![0; city.orgs.len()];
    for h in 0..city.households.len() {
        let id = HouseholdId::from_index(h);
        let all = part(city.households.received_last[id], city.households.fixed[id].consumption);
        let budget = &city.households.budgets[city.households.budget[id] as usize];
        for (p, of) in budget.iter().enumerate() {
            vat[city.outlet(id, p) as usize] += part(part(all, *of), city.market.vat_share[p]);
        }
    }
    vat
}

/// Outside demand is what is left of each supplier's sales: all other final demand. A supplier that sells more
/// in the city than its staff can account for starts at what it sells, with its pay share lower in proportion.
pub fn close_with_exports(city: &mut City) {
    let consumption = consumption_by_org(city);
    let vat = vat_by_org(city);
    let mut in_city: Vec<Pence> = (0..city.suppliers.len()).map(|i| consumption[i] - vat[i]).collect();
    for i in 0..city.suppliers.len() {
        let sales = city.suppliers.normal_sales.rows()[i];
        for link in city.suppliers.links.row(i) {
            in_city[link.seller as usize] += part(sales, link.share);
        }
        in_city[i] += city.suppliers.contract_income.rows()[i];
    }
    for petty in &city.anchors.petty {
        if let Some(to) = in_city.get_mut(petty.org as usize) {
            *to += petty.monthly;
        }
    }
    city.market.exports = [0; SECTORS];
    for i in 0..city.suppliers.len() {
        let s = SupplierId::from_index(i);
        if city.suppliers.zone[s] != Zone::City {
            city.suppliers.normal_sales[s] = in_city[i];
            city.suppliers.expected[s] = in_city[i];
            city.suppliers.sales_last[s] = in_city[i];
            city.suppliers.received_last[s] = in_city[i];
            continue;
        }
        if !city.suppliers.active[s] {
            // A vacant place has the outside demand of the average firm once somebody opens there.
            city.suppliers.export_weight[s] = city.suppliers.normal_sales[s] / 2;
            continue;
        }
        let exports = (city.suppliers.normal_sales[s] - in_city[i]).max(0);
        let sales = in_city[i] + exports;
        city.suppliers.export_weight[s] = exports;
        city.market.exports[city.suppliers.sector[s].index()] += exports;
        city.suppliers.expected[s] = sales;
        city.suppliers.expected_consumption[s] = consumption[i] - vat[i];
        city.suppliers.sales_last[s] = sales;
        city.suppliers.received_last[s] = sales + vat[i];
        city.suppliers.vat_due[s] = vat[i];
        if sales > city.suppliers.normal_sales[s] {
            let (normal, r) =
                (city.suppliers.normal_sales[s] as f64 / sales as f64, &mut city.suppliers.recipe[s]);
            r.pay = (r.pay as f64 * normal) as u64;
            r.employer_ni = (r.employer_ni as f64 * normal) as u64;
            r.employer_pension = (r.employer_pension as f64 * normal) as u64;
            city.suppliers.normal_sales[s] = sales;
        }
    }
}
