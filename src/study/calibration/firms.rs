//! Places of work: how many, how large, whose, how long they last, what they pay and sell.

use super::{Figures, Seen, Sum};
use crate::base::col::Id;
use crate::base::money::{WHOLE, part};
use crate::place::city::City as Facts;
use crate::place::vocabulary::{Ownership, SizeBand, Zone};
use crate::study::Simulation;
use crate::world::City;
use crate::world::anchors::AnchorId;
use crate::world::employers::EmployerId;
use crate::world::suppliers::{SupplierId, hazard_of_size};
use crate::world::synthesis;

pub fn figures(facts: &Facts, simulation: &Simulation, out: &mut Figures) {
    let city = &simulation.city;
    counts(facts, simulation, out);
    ownership(city, out);
    demography(facts, simulation, out);
    accounts(facts, city, out);
}

fn open_places(city: &City) -> impl Iterator<Item = SupplierId> {
    city.suppliers.zone.ids().filter(|s| city.suppliers.zone[*s] == Zone::City && city.suppliers.active[*s])
}

fn staff(city: &City, s: SupplierId) -> u32 {
    city.employers.headcount[EmployerId::from_index(s.index())]
}

/// A place of work is a local unit; those with a seat are enterprises, in the band of all the staff of the
/// enterprise (as published), which may have further sites. An anchor is one enterprise of the largest band.
fn counts(facts: &Facts, simulation: &Simulation, out: &mut Figures) {
    let (city, luck) = (&simulation.city, simulation.draws.in_month(0));
    let units = open_places(city).count() as f64;
    let anchors = city.anchors.len() as f64;
    out.insert("local_units".into(), Seen { value: units / city.scale + anchors, count: units });
    let mut bands = [0.0, 0.0, 0.0, anchors * city.scale];
    for s in open_places(city) {
        match synthesis::seat_here(facts, city.suppliers.identity[s], &luck) {
            Some(SizeBand::To4 | SizeBand::To9) => bands[0] += 1.0,
            Some(SizeBand::To19 | SizeBand::To49) => bands[1] += 1.0,
            Some(SizeBand::To99 | SizeBand::To249) => bands[2] += 1.0,
            Some(SizeBand::From250) => bands[3] += 1.0,
            None => {}
        }
    }
    let all: f64 = bands.iter().sum();
    out.insert("enterprises".into(), Seen { value: all / city.scale, count: all });
    for (id, of) in ["0_9", "10_49", "50_249", "250"].iter().zip(bands) {
        out.insert(format!("size_share_{id}"), Seen { value: of / all, count: of });
    }
}

fn ownership(city: &City, out: &mut Figures) {
    let (mut private, mut outside) = (Sum::default(), 0.0);
    for s in open_places(city) {
        let jobs = f64::from(staff(city, s));
        match city.suppliers.ownership[s] {
            Ownership::Public => continue,
            Ownership::NationalBranch | Ownership::MultinationalBranch | Ownership::Financialised => {
                outside += jobs
            }
            _ => {}
        }
        private.add(jobs);
    }
    let seen = Seen { value: outside / private.total, count: private.count() };
    out.insert("outside_ownership_of_jobs".into(), seen);
}

/// Births are the openings of enterprises a year that the vacant places at the start imply, over the enterprises
/// there are: places with a seat, as the published rate counts. Survival is of those who open:
/// they open where a firm has closed, so sizes closing more often weigh more.
fn demography(facts: &Facts, simulation: &Simulation, out: &mut Figures) {
    let (city, luck) = (&simulation.city, simulation.draws.in_month(0));
    let seat = |s: &SupplierId| synthesis::seat_here(facts, city.suppliers.identity[*s], &luck).is_some();
    let places = city.suppliers.zone.ids().filter(|s| city.suppliers.zone[*s] == Zone::City);
    let vacant = places.filter(|s| !city.suppliers.active[*s]).filter(seat).count() as f64;
    let open = open_places(city).filter(seat).count() as f64;
    let births = vacant * 12.0 / city.settings.firms.months_empty.max(1.0) / open;
    out.insert("birth_rate".into(), Seen { value: births, count: vacant });
    let mut alive = [0.0; 5];
    let mut all = 0.0;
    for s in open_places(city) {
        let of_size = hazard_of_size(staff(city, s));
        let mut survives = 1.0;
        for (year, sum) in alive.iter_mut().enumerate() {
            survives *= libm::pow(1.0 - city.market.closing_hazard[year] * of_size, 12.0);
            *sum += of_size * survives;
        }
        all += of_size;
    }
    for (year, sum) in alive.iter().enumerate() {
        out.insert(format!("survival_{}", year + 1), Seen { value: sum / all, count: open });
    }
}

/// Compensation of employees; value added as sales less current inputs (what replaces worn-out capital is no
/// current input), the anchors' as what they pay for labour and pass on to
/// their owners (the worn-out capital of non-market services is not in it); exports by payer.
fn accounts(facts: &Facts, city: &City, out: &mut Figures) {
    let whole = WHOLE as f64;
    let (mut compensation, mut value_added) = (Sum::default(), Sum::default());
    for i in 0..city.suppliers.len() + city.anchors.len() {
        let e = EmployerId::from_index(i);
        let bill = city.employers.wage_bill[e] as f64;
        let paid =
            bill * (1.0 + city.employers.pension[e] as f64 / whole) + city.employers.normal_ni[e] as f64;
        compensation.add(paid);
        if let Some(a) = i.checked_sub(city.suppliers.len()).map(AnchorId::from_index) {
            let surplus = part(city.anchors.received_last[a], city.anchors.remitted[a]);
            value_added.add(paid + surplus as f64);
        }
    }
    let t = &facts.technology;
    for s in open_places(city) {
        let (r, j) = (&city.suppliers.recipe[s], city.suppliers.sector[s].index());
        let bought = r.outside_inputs.iter().sum::<u64>()
            + r.product_taxes
            + city.suppliers.links.row(s.index()).iter().map(|l| l.share).sum::<u64>();
        let on = if city.suppliers.shop[s] { t.retail_margin } else { 1.0 };
        let capital = on * t.surplus[j] * t.depreciation_share[j];
        let sales = city.suppliers.normal_sales[s] as f64;
        value_added.add(sales * (1.0 - bought as f64 / whole + capital));
    }
    out.insert("compensation".into(), compensation.yearly(city.scale));
    out.insert("gva_cash".into(), value_added.yearly(city.scale));
    let mut world = Sum::default();
    for s in open_places(city) {
        let payers = city.market.export_payers[city.suppliers.sector[s].index()];
        world.add(city.suppliers.export_weight[s] as f64 * payers[2]);
    }
    out.insert("exports_world".into(), world.yearly(city.scale));
}
