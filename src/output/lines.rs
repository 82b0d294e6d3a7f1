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
    ("Anchor spending, £m a year", "anchor_spend", 1.0, 0),
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

pub const COST: [Line; 3] = [
    ("Price of contracts, at the start = 100", "contract_price", 100.0, 2),
    ("Service not delivered, % of need", "service_shortfall", 1.0, 2),
    ("Cost of constant service, £m a year", "cost_of_constant_service", 1.0, 1),
];

pub const LEAKS_NOTE: &str = "All of it, the first round's leaks and the later ones': the lines sum to 100. VAT that anchors and \
                          households pay is among the national taxes.";

pub const COST_NOTE: &str = "Budgets are fixed in money: a higher price is service not delivered. A price of 100 is what is \
                         paid at the start without a plan. Service is also not delivered in gaps between contracts and \
                         while suppliers find their feet.";
