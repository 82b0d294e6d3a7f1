//! What households buy, where, from whom, and how much of their income they spend.

use super::city::{Consumption, DECILES, PURCHASES, SECTORS};
use super::error::PlaceError;
use super::figures::Figures;
use super::people::DECILE_COLUMNS;
use super::table::Table;
use super::vocabulary::{Purchase, Sector};

/// The name of a purchase in data files.
fn key(purchase: Purchase) -> &'static str {
    match purchase {
        Purchase::Food => "food",
        Purchase::AlcoholTobacco => "alcohol_tobacco",
        Purchase::Clothing => "clothing",
        Purchase::EnergyWaterRepairs => "energy_water_repairs",
        Purchase::HouseholdGoods => "household_goods",
        Purchase::Health => "health",
        Purchase::Transport => "transport",
        Purchase::Communication => "communication",
        Purchase::Recreation => "recreation",
        Purchase::Education => "education",
        Purchase::RestaurantsHotels => "restaurants_hotels",
        Purchase::Other => "other",
    }
}

/// `average_propensity`: share of all disposable cash income that is spent.
pub fn load(average_propensity: f64) -> Result<Consumption, PlaceError> {
    let spending = Table::embedded("uk/household_spending_2024_25.csv")?;
    let purchases = Table::embedded("leeds/purchases.csv")?;
    let bridge = Table::embedded("uk/coicop_to_section_2022.csv")?;
    let saving = Table::embedded("uk/saving_by_decile.csv")?;
    let facts = Figures::embedded("uk/technology.toml")?;
    let mut out = Consumption {
        budget_shares: [[0.0; PURCHASES]; DECILES],
        marginal_propensity: [0.0; DECILES],
        average_propensity: [0.0; DECILES],
        place_of_sale: [[0.0; 4]; PURCHASES],
        seller_sector: [[0.0; SECTORS]; PURCHASES],
        seller_kind: [[0.0; 4]; PURCHASES],
        vat_share: [0.0; PURCHASES],
        water_share: facts.one("household_energy", "water_share")?,
    };
    for &purchase in Purchase::ALL {
        let p = purchase.index();
        let weekly: [f64; DECILES] = spending.numbers(spending.find(key(purchase))?, DECILE_COLUMNS)?;
        for (budget, spent) in out.budget_shares.iter_mut().zip(weekly) {
            budget[p] = spent;
        }
        let row = purchases.find(key(purchase))?;
        out.place_of_sale[p] = purchases.numbers(row, ["city", "region", "country", "world"])?;
        out.seller_kind[p] = purchases.numbers(row, ["independent", "local_group", "chain", "public"])?;
        out.vat_share[p] = purchases.number(row, "vat")?;
        out.seller_sector[p] = seller_sector(&bridge, purchase)?;
    }
    for row in out.budget_shares.iter_mut() {
        let total: f64 = row.iter().sum();
        row.iter_mut().for_each(|share| *share /= total);
    }
    let (mut raw, mut marginal) = ([0.0; DECILES], [0.0; DECILES]);
    for d in 0..DECILES {
        let row = saving.find(DECILE_COLUMNS[d])?;
        [raw[d], marginal[d]] = saving.numbers(row, ["raw_ratio", "marginal"])?;
    }
    let income = Table::embedded("uk/household_income_2017_18.csv")?;
    let income = income.numbers(income.find("disposable_income")?, DECILE_COLUMNS)?;
    out.marginal_propensity = marginal;
    out.average_propensity = capped(&raw, &income, average_propensity);
    Ok(out)
}

/// Sections that sell a purchase in the city. Goods of farms, mines and factories are sold by shops (G). Of
/// energy, water and repairs only repairs and their materials are left: the water bill is paid apart and
/// energy is sold by national suppliers.
fn seller_sector(bridge: &Table, purchase: Purchase) -> Result<[f64; SECTORS], PlaceError> {
    let column = format!("{:02}", purchase.index() + 1);
    let housing = purchase == Purchase::EnergyWaterRepairs;
    let mut out = [0.0; SECTORS];
    for row in 0..bridge.len() {
        let Some(sector) =
            Sector::ALL.iter().find(|s| bridge.text(row, "section").is_ok_and(|t| t == s.label()))
        else {
            return Err(bridge.wrong(row, "section", "write a section from A to S"));
        };
        let seller = match sector {
            Sector::A | Sector::B | Sector::C => Sector::G,
            Sector::D | Sector::E | Sector::L | Sector::O if housing => continue,
            other => *other,
        };
        out[seller.index()] += bridge.number(row, &column)?;
    }
    let total: f64 = out.iter().sum();
    out.iter_mut().for_each(|share| *share /= total);
    Ok(out)
}

/// Scale raw ratios by one factor, cap each at one, and meet the aggregate: bisection on the factor.
fn capped(raw: &[f64; DECILES], income: &[f64; DECILES], aggregate: f64) -> [f64; DECILES] {
    let at = |factor: f64| raw.map(|ratio| (ratio * factor).min(1.0));
    let total: f64 = income.iter().sum();
    let mean = |factor: f64| {
        at(factor).iter().zip(income).map(|(ratio, income)| ratio * income).sum::<f64>() / total
    };
    let (mut low, mut high) = (0.0, 4.0);
    for _ in 0..100 {
        let middle = 0.5 * (low + high);
        if mean(middle) < aggregate { low = middle } else { high = middle }
    }
    at(0.5 * (low + high))
}
