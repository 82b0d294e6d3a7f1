//! Figures that charts show side by side, and where wards stand on the scheme of the city: for the files' charts and the
//! report's alike.

use crate::measure::local::Channel;

/// Definitions of local: metric and name.
pub const LOCAL: [(&str, &str); 8] = [
    ("awards_local_by_site", "the supplier's site"),
    ("awards_local_by_headquarters", "the seat of its group"),
    ("awards_local_by_branch", "any branch or building"),
    ("awards_local_by_staff", "where its staff live"),
    ("awards_local_by_materials", "where it buys"),
    ("awards_local_by_ownership", "who owns it"),
    ("awards_local_by_profit", "where profit, interest and rent go"),
    ("awards_local_by_upstream", "what is re-spent up the chain"),
];

/// Ways out of the city: metric and channel.
pub const LEAKS: [(&str, Channel); Channel::COUNT] = [
    ("leak_contract_outside", Channel::ContractOutside),
    ("leak_inputs_outside", Channel::InputsOutside),
    ("leak_commuter_pay", Channel::CommuterPay),
    ("leak_national_taxes", Channel::NationalTaxes),
    ("leak_profits_outside", Channel::ProfitsOutside),
    ("leak_interest_rent_outside", Channel::InterestRentOutside),
    ("leak_saving", Channel::Saving),
    ("leak_pensions", Channel::Pensions),
    ("leak_consumption_outside", Channel::ConsumptionOutside),
];

/// Positions of the wards of Leeds on a map of tiles.
const TILES: &str = include_str!("../../assets/report/wards_leeds.csv");

/// A ward's place on the scheme: from the west, from the north.
pub struct WardPlace {
    pub ward: &'static str,
    pub short: &'static str,
    pub column: usize,
    pub line: usize,
}

/// The wards that have a place.
pub fn wards() -> Vec<WardPlace> {
    let of = |line: &'static str| {
        let [ward, short, column, line] = line.split(',').collect::<Vec<_>>().try_into().ok()?;
        Some(WardPlace { ward, short, column: column.parse().ok()?, line: line.parse().ok()? })
    };
    TILES.lines().filter(|line| !line.starts_with('#')).filter_map(of).collect()
}
