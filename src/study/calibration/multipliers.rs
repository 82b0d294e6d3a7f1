//! Output multipliers from the realised links of the synthesised city, added up by sector.
//!
//! Trade is counted at its margin and purchases of capital are left out, as in the tables. With `A` the local
//! input coefficients, type I is the output-weighted mean of `1'(I - A)^-1`; type II closes `A` with resident
//! households, who receive net pay and spend it in the city (Miller and Blair 2009, sections 2.5 and 6.2).

use super::{Figures, Seen};
use crate::base::col::Id;
use crate::base::money::WHOLE;
use crate::place::city::{City as Facts, SECTORS};
use crate::place::tax_rules::Paye;
use crate::place::vocabulary::{Sector, Zone};
use crate::world::City;
use crate::world::households::HouseholdId;
use crate::world::suppliers::SupplierId;
use crate::world::synthesis::{RESALE, consumption_by_org, vat_by_org};
use crate::world::workers::{Status, WorkerId};

/// Sectors, and households as the last row and column.
const ROWS: usize = SECTORS + 1;
const HOUSEHOLDS: usize = SECTORS;
type Matrix = [[f64; ROWS]; ROWS];

pub fn figures(facts: &Facts, city: &City, out: &mut Figures) {
    let mut local = Local::of(facts, city);
    let share = local.inputs[0] / local.inputs.iter().sum::<f64>();
    out.insert("local_input_share".into(), Seen { value: share, count: local.links });
    let with = local.coefficients;
    for row in local.coefficients.iter_mut() {
        row[HOUSEHOLDS] = 0.0;
    }
    let count = local.links;
    out.insert("multiplier_type1".into(), Seen { value: mean(&local.coefficients, &local.output), count });
    out.insert("multiplier_type2".into(), Seen { value: mean(&with, &local.output), count });
}

/// Output-weighted mean over sectors of the sectors' output per pound of final demand.
fn mean(coefficients: &Matrix, output: &[f64; SECTORS]) -> f64 {
    let mut column = [1.0; ROWS];
    column[HOUSEHOLDS] = 0.0;
    for _ in 0..200 {
        let before = column;
        for (j, m) in column.iter_mut().enumerate() {
            let own = if j == HOUSEHOLDS { 0.0 } else { 1.0 };
            *m = own + (0..ROWS).map(|i| coefficients[i][j] * before[i]).sum::<f64>();
        }
    }
    let weighted: f64 = column.iter().zip(output).map(|(m, x)| m * x).sum();
    weighted / output.iter().sum::<f64>()
}

struct Local {
    /// `coefficients[i][j]`: bought from i in the city per pound of j's output (per pound of net pay for the
    /// households' column).
    coefficients: Matrix,
    /// Output at basic prices, pence a month.
    output: [f64; SECTORS],
    /// Current domestic inputs bought in the city, and elsewhere in the country.
    inputs: [f64; 2],
    links: f64,
}

impl Local {
    fn of(facts: &Facts, city: &City) -> Local {
        let mut out =
            Local { coefficients: [[0.0; ROWS]; ROWS], output: [0.0; SECTORS], inputs: [0.0; 2], links: 0.0 };
        for i in 0..city.suppliers.len() {
            let s = SupplierId::from_index(i);
            if city.suppliers.zone[s] == Zone::City && city.suppliers.active[s] {
                out.buys(facts, city, s);
            }
        }
        let pay = net_pay_of_residents(facts, city);
        for (paid, output) in pay.iter().zip(out.output).enumerate().map(|(j, (p, x))| ((j, *p), x)) {
            out.coefficients[HOUSEHOLDS][paid.0] = paid.1;
            for row in out.coefficients.iter_mut() {
                row[paid.0] /= output.max(1.0);
            }
        }
        for (i, of_pound) in spent_in_city(facts, city).into_iter().enumerate() {
            out.coefficients[i][HOUSEHOLDS] = of_pound;
        }
        out
    }

    fn buys(&mut self, facts: &Facts, city: &City, s: SupplierId) {
        let t = &facts.technology;
        let (j, shop) = (city.suppliers.sector[s].index(), city.suppliers.shop[s]);
        let (margin, goods) = if shop { (t.retail_margin, 1.0 - t.retail_margin) } else { (1.0, 0.0) };
        let sales = city.suppliers.normal_sales[s] as f64;
        self.output[j] += sales * margin;
        let capital = t.surplus[j] * t.depreciation_share[j];
        let trade = Sector::G.index();
        let needs = |i: usize| t.domestic[i][j] + capital * t.capital_by_sector[i];
        let mut from_city = [0.0; SECTORS];
        for link in city.suppliers.links.row(s.index()) {
            from_city[city.suppliers.sector[SupplierId(link.seller)].index()] +=
                link.share as f64 / WHOLE as f64;
            self.links += 1.0;
        }
        from_city[trade] = (from_city[trade] - goods * RESALE[0]).max(0.0);
        for (i, bought) in from_city.iter().enumerate() {
            let current = sales * bought * t.domestic[i][j] / needs(i).max(1e-12);
            self.coefficients[i][j] += current;
            self.inputs[0] += current;
        }
        let recipe = &city.suppliers.recipe[s];
        let elsewhere = (recipe.outside_inputs[0] + recipe.outside_inputs[1]) as f64 / WHOLE as f64;
        let (all, current) =
            (0..SECTORS).fold((0.0, 0.0), |sum, i| (sum.0 + needs(i), sum.1 + t.domestic[i][j]));
        self.inputs[1] +=
            sales * (elsewhere - goods * (RESALE[1] + RESALE[2])).max(0.0) * current / all.max(1e-12);
    }
}

/// Pay of residents after tax, contributions and pension, by the sector that pays it in the city's firms.
fn net_pay_of_residents(facts: &Facts, city: &City) -> [f64; SECTORS] {
    let paye = Paye::new(&facts.tax);
    let mut pay = [0.0; SECTORS];
    for i in 0..city.workers.residents {
        let w = WorkerId::from_index(i);
        let employer = city.workers.employer[w] as usize;
        if city.workers.status[w] == Status::Employed && employer < city.suppliers.len() {
            let gross = i64::from(city.workers.pay[w]);
            let sector = city.suppliers.sector[SupplierId::from_index(employer)].index();
            pay[sector] += (gross - paye.deductions(gross).total()) as f64;
        }
    }
    pay
}

/// Of a pound of disposable income, what reaches each sector of the city net of VAT, goods at their margin.
fn spent_in_city(facts: &Facts, city: &City) -> [f64; SECTORS] {
    let (sold, vat) = (consumption_by_org(city), vat_by_org(city));
    let mut spent = [0.0; SECTORS];
    for i in 0..city.suppliers.len() {
        let s = SupplierId::from_index(i);
        let on = if city.suppliers.shop[s] { facts.technology.retail_margin } else { 1.0 };
        spent[city.suppliers.sector[s].index()] += (sold[i] - vat[i]) as f64 * on;
    }
    let h = &city.households;
    let disposable: f64 = (0..h.len())
        .map(|i| {
            let id = HouseholdId::from_index(i);
            let f = &h.fixed[id];
            h.received_last[id] as f64
                * (1.0 - (f.direct_tax + f.pension + f.council_tax) as f64 / WHOLE as f64)
        })
        .sum();
    spent.map(|x| x / disposable)
}
