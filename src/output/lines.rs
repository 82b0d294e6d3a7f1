//! Figures that a council officer is shown, on the printed page and in the report: which metric each is, and how.

/// One line: what it says, the metric behind it, factor and decimals to show it with.
pub type Line = (&'static str, &'static str, f64, usize);

pub const MULTIPLIERS: [Line; 4] = [
    ("Local multiplier after three rounds (LM3, income convention)", "lm3", 1.0, 2),
    ("Local multiplier over all rounds (LM∞, income convention)", "lm_infinity", 1.0, 2),
    ("Paid to suppliers in the city, pence", "round_1_local", 100.0, 1),
    ("Received by the city's households, pence", "household_income_per_pound", 100.0, 1),
];

pub const LEAKS: [Line; 11] = [
    ("Contract awarded outside", "leak_contract_outside", 100.0, 1),
    ("Inputs bought outside", "leak_inputs_outside", 100.0, 1),
    ("Pay to in-commuters", "leak_commuter_pay", 100.0, 1),
    ("National taxes", "leak_national_taxes", 100.0, 1),
    ("Profits to outside owners", "leak_profits_outside", 100.0, 1),
    ("Interest and rent paid outside", "leak_interest_rent_outside", 100.0, 1),
    ("Money saved outside", "leak_saving", 100.0, 1),
    ("Pension contributions", "leak_pensions", 100.0, 1),
    ("Consumption outside", "leak_consumption_outside", 100.0, 1),
    ("Waits in reserves", "held", 100.0, 1),
    ("Still on its way at the end", "circulating", 100.0, 1),
];

pub const CITY: [Line; 8] = [
    ("Anchor spending net of VAT, £m a year", "anchor_spend", 1.0, 0),
    ("Household income after tax, £m a year", "household_income", 1.0, 1),
    ("Jobs in the city", "jobs", 1.0, 0),
    ("Residents in work", "residents_in_work", 1.0, 0),
    ("Unemployment, %", "unemployment_rate", 1.0, 2),
    ("Sales outside the city, £m a year", "outside_sales", 1.0, 1),
    ("Net to the rest of the region, £m a year (minus: money flows into the city)", "net_to_region", 1.0, 1),
    (
        "Net to the rest of the country, £m a year (minus: money flows into the city)",
        "net_to_country",
        1.0,
        1,
    ),
];

pub const AWARDS: [Line; 4] = [
    ("Awarded to small firms, % of value", "awards_to_small_firms", 100.0, 1),
    ("Small firms' part of the bids, %", "bids_of_small_firms", 100.0, 1),
    ("Awarded to suppliers with a site in the city, % of value", "awards_local_by_site", 100.0, 1),
    ("Awarded to social enterprises, % of value", "awards_to_social_firms", 100.0, 1),
];

pub const COST: [Line; 3] = [
    ("Price of contracts, at the start = 100", "contract_price", 100.0, 2),
    ("Service not delivered, % of need", "service_shortfall", 1.0, 2),
    ("Cost of constant service, £m a year", "cost_of_constant_service", 1.0, 1),
];

/// Below this scale what a policy costs the anchors is not what it does at full size, even in its sign (assumed; buying local
/// first changes the cost of constant service in Leeds by +£1.9m a year at 0.02, 95% interval 0.3 to 3.4, by +£0.4m at 0.2,
/// −0.2 to 1.0, and by −£3.1m in one run at 1:1).
const FIT_FOR_COST: f64 = 0.2;

/// Whether a scale is too small to say what a policy costs. A town has all its agents.
pub fn too_small_for_cost(scale: f64, town: bool) -> bool {
    !town && scale < FIT_FOR_COST
}

/// Whether a metric is what a policy costs the anchors.
pub fn is_cost(metric: &str) -> bool {
    COST.iter().any(|(_, id, ..)| *id == metric)
}

pub const LEAKS_NOTE: &str = "All of it, the first round's leaks and the later ones': the lines sum to 100. VAT that anchors and \
                          households pay is among the national taxes.";

pub const COST_NOTE: &str = "Budgets are fixed in money: a higher price is service not delivered. A price of 100 is what is \
                         paid at the start without a plan. Service is also not delivered in gaps between contracts and \
                         while suppliers find their feet.";

pub const AWARDS_NOTE: &str = "What competitions award during the run, not the contracts that run from before it. Small: fewer than 250 people \
                           and no group behind them. Social enterprises: community interest companies, charities and \
                           co-operatives.";

/// Label and factor of a line, in thousands where amounts are too small for millions: a town's are.
pub fn sized((label, _, factor, _): &Line, small: bool) -> (String, f64) {
    match small && label.contains("£m") {
        true => (label.replace("£m", "£ thousand"), factor * 1000.0),
        false => ((*label).to_owned(), *factor),
    }
}

/// Household income, £m a year, below which money is told in thousands.
pub const SMALL: f64 = 10.0;

/// Whether a run has anything to tell of these lines: a town lets no contracts.
pub fn any(lines: &[Line], value: impl Fn(&str) -> f64) -> bool {
    lines.iter().any(|(_, id, ..)| value(id) != 0.0)
}
