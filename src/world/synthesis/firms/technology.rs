//! What a firm does with a pound of net sales: its purchases, taxes, profit and norms.

use super::Work;
use crate::base::col::Id;
use crate::base::money::share;
use crate::place::city::{City as Facts, SECTORS, Technology};
use crate::place::vocabulary::{Ownership, Sector};
use crate::world::suppliers::{Recipe, SupplierId};

/// Where goods for resale come from: city, region, country, world (assumed; IOAT 2019 import content of goods).
pub const RESALE: [f64; 4] = [0.05, 0.05, 0.55, 0.35];

/// Largest share of the surplus of a firm that sells in a market which replaces worn-out capital. That all of the
/// surplus of O, P and Q does is a convention of the national accounts for public bodies; a care home or a private
/// school has a profit (the largest share among the other sections, UK Blue Book, recalled).
const MARKET_DEPRECIATION: f64 = 0.6;

/// Compensation of employees per pound of net sales; a shop's is on turnover.
pub fn technology_compensation(facts: &Facts, sector: Sector, shop: bool) -> f64 {
    let on = if shop { facts.technology.retail_margin } else { 1.0 };
    facts.technology.compensation[sector.index()] * on
}

/// The facts with the forms' local-sourcing norms divided by their mean over the city's purchases: the shares by
/// location quotient are those of the average buyer, so that the average norm is 1.
pub fn with_average_norm_of_one(facts: &Facts, work: &Work) -> Facts {
    let t = &facts.technology;
    let (mut bought, mut weighted) = (0.0, 0.0);
    for i in 0..work.suppliers.len() {
        let s = SupplierId::from_index(i);
        let j = work.suppliers.sector[s].index();
        let of = &facts.sectors[j];
        let output =
            f64::from(work.headcount[i]) * of.compensation / of.jobs.max(1.0) / t.compensation[j].max(1e-9);
        let in_city = output * (0..SECTORS).map(|i| t.domestic[i][j] * t.in_city[i][j]).sum::<f64>();
        bought += in_city;
        weighted += in_city * facts.ownership.forms[work.suppliers.ownership[s].index()].local_sourcing;
    }
    let mut out = facts.clone();
    for form in &mut out.ownership.forms {
        form.local_sourcing *= if weighted > 0.0 { bought / weighted } else { 1.0 };
    }
    out
}

/// City and outside purchases per pound of net sales, by seller's sector: (city by sector, [region, country,
/// world]). Replacement of worn-out capital is counted with inputs.
pub fn purchases(facts: &Facts, buyer: Sector, form: Ownership, shop: bool) -> ([f64; SECTORS], [f64; 3]) {
    let t = &facts.technology;
    let j = buyer.index();
    let on = if shop { t.retail_margin } else { 1.0 };
    let norm = facts.ownership.forms[form.index()].local_sourcing;
    let most = if form == Ownership::Public { 1.0 } else { MARKET_DEPRECIATION };
    let capital = t.surplus[j] * t.depreciation_share[j].min(most);
    let mut city = [0.0; SECTORS];
    let mut outside = [0.0; 3];
    for (i, bought) in city.iter_mut().enumerate() {
        let [city, region, country] = by_zone(t, (i, j), on, capital, norm);
        *bought = city;
        outside[0] += region;
        outside[1] += country;
    }
    let imported_capital = capital * (1.0 - t.capital_by_sector.iter().sum::<f64>()).max(0.0);
    outside[2] += on * (t.imports[j] + imported_capital);
    if shop {
        let goods = 1.0 - t.retail_margin;
        city[Sector::G.index()] += goods * RESALE[0];
        for k in 0..3 {
            outside[k] += goods * RESALE[k + 1];
        }
    }
    (city, outside)
}

/// What trade `j` buys of section `i` in the city, the region and the country, per pound of its net sales.
fn by_zone(t: &Technology, (i, j): (usize, usize), on: f64, capital: f64, norm: f64) -> [f64; 3] {
    let need = on * (t.domestic[i][j] + capital * t.capital_by_sector[i]);
    let in_city = (t.in_city[i][j] * norm).min(1.0);
    let in_region = t.in_region[i][j].min(1.0 - in_city);
    [need * in_city, need * in_region, need * (1.0 - in_city - in_region)]
}

/// What an average firm of a trade buys from firms of the region and of the country, by the seller's section, per pound of
/// net sales: what is bought outside, told further.
pub fn outside_by_seller(facts: &Facts, buyer: Sector, shop: bool) -> [[f64; SECTORS]; 2] {
    let t = &facts.technology;
    let j = buyer.index();
    let on = if shop { t.retail_margin } else { 1.0 };
    let capital = t.surplus[j] * t.depreciation_share[j].min(MARKET_DEPRECIATION);
    let mut bought = [[0.0; SECTORS]; 2];
    let [region, country] = &mut bought;
    for (i, (region, country)) in region.iter_mut().zip(country).enumerate() {
        [_, *region, *country] = by_zone(t, (i, j), on, capital, 1.0);
    }
    if shop {
        for (zone, of) in bought.iter_mut().enumerate() {
            of[Sector::G.index()] += (1.0 - t.retail_margin) * RESALE[zone + 1];
        }
    }
    bought
}

pub(super) fn recipe(facts: &Facts, sector: Sector, form: Ownership, shop: bool) -> Recipe {
    let t = &facts.technology;
    let j = sector.index();
    let on = if shop { t.retail_margin } else { 1.0 };
    let of = &facts.ownership.forms[form.index()];
    let (_, outside) = purchases(facts, sector, form, shop);
    let rates = on * t.production_taxes[j];
    let keeps_staff = matches!(form, Ownership::Cooperative | Ownership::Vcse);
    let taxed = !matches!(form, Ownership::Family | Ownership::Vcse | Ownership::Public);
    Recipe {
        outside_inputs: outside.map(share),
        product_taxes: share(on * t.product_taxes[j]),
        rates_national: share(rates * (1.0 - facts.tax.rates_retained)),
        rates_council: share(rates * facts.tax.rates_retained),
        profit_tax: share(if taxed { facts.tax.corporation_tax } else { 0.0 }),
        profit: [
            if keeps_staff { 0.0 } else { of.to_city_owners },
            of.to_region_owners,
            of.to_country_owners,
            of.to_world_owners,
            of.to_finance,
        ]
        .map(share),
        owner_tax: share(if form == Ownership::Family {
            facts.tax.basic_rate + facts.tax.self_employed_rate
        } else {
            facts.tax.dividend_rate
        }),
        profit_to_staff: share(if keeps_staff { of.to_city_owners } else { 0.0 }),
        ..Recipe::default()
    }
}
