//! What an account of a social accounting matrix is, by its name; one called capital by whom it pays.

use crate::scenario::grid::same;

/// What an account is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Activities, commodities, industries: whatever no other name is known for.
    Production,
    Factor,
    Households,
    Enterprises,
    Government,
    /// Saving and investment.
    Capital,
    Abroad,
}

impl Kind {
    pub const ALL: [Kind; 7] = [
        Kind::Production,
        Kind::Factor,
        Kind::Households,
        Kind::Enterprises,
        Kind::Government,
        Kind::Capital,
        Kind::Abroad,
    ];

    pub fn label(self) -> &'static str {
        match self {
            Kind::Production => "production",
            Kind::Factor => "factors",
            Kind::Households => "households",
            Kind::Enterprises => "enterprises",
            Kind::Government => "government",
            Kind::Capital => "saving and investment",
            Kind::Abroad => "rest of the world",
        }
    }

    /// Whether such an account is given from outside, where nothing else is said: what it spends does not follow from what it
    /// receives in the year (Pyatt and Round 1979; Miller and Blair 2009, chapter 11).
    pub fn from_outside(self) -> bool {
        matches!(self, Kind::Government | Kind::Capital | Kind::Abroad)
    }
}

const HOUSEHOLDS: &str = "household hh hhd hhds consumer consumers";
const FACTORS: &str = "labour labor factor factors wage wages salaries compensation surplus profit profits gos land mixed \
    valueadded rent lab flab fcap";
const ENTERPRISES: &str = "enterprise enterprises companies corporation corporations corporate ent";
const GOVERNMENT: &str = "government govt gov vat tar ytax dtax stax atax itax etax mtax";
const TAXES: &str = "tax taxes tariff tariffs duty duties subsidies vat";
/// What taxes are on.
const TAXED: &str = "on less and net indirect direct other product products commodity commodities production import imports \
    export exports income activities sales";
const CAPITAL: &str = "saving savings investment investments accumulation inventories stocks stock gfcf si";
const ABROAD: &str = "row abroad foreign world overseas external exports imports";
/// Words of services that a government sells or gives, which are produced.
const PRODUCED: &str =
    "service services administration activity activities commodity commodities industry product products";

fn on(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|known| known == word)
}

fn words(label: &str) -> Vec<String> {
    let spread: String = label.chars().map(|c| if c.is_alphabetic() { c } else { ' ' }).collect();
    spread.to_lowercase().split_whitespace().map(str::to_owned).collect()
}

/// What an account is by its name. `pays_production`: whether its column buys from what is produced.
pub(super) fn kind(label: &str, pays_production: &dyn Fn() -> bool) -> Kind {
    let words = words(label);
    let has = |list: &str| words.iter().any(|word| on(list, word));
    let taxes = has(TAXES) && words.iter().all(|word| on(TAXES, word) || on(TAXED, word));
    match () {
        () if taxes => Kind::Government,
        () if label.to_lowercase().contains("value added") => Kind::Factor,
        () if has("public") && has("sector") => Kind::Government,
        () if words.iter().any(|word| word.starts_with("household")) || has(HOUSEHOLDS) => Kind::Households,
        () if has(PRODUCED) && !has("labour labor factor factors") => Kind::Production,
        () if has(ABROAD) || label.to_lowercase().contains("rest of") => Kind::Abroad,
        () if has(GOVERNMENT) => Kind::Government,
        () if same(label, "s-i") || has(CAPITAL) || (has("capital") && has("account formation")) => {
            Kind::Capital
        }
        () if words.len() == 1 && has("capital cap") => {
            // An account of capital that buys goods invests; one that does not is a factor, which pays its owners.
            if pays_production() { Kind::Capital } else { Kind::Factor }
        }
        () if has(ENTERPRISES) => Kind::Enterprises,
        () if has(FACTORS) || has("capital") => Kind::Factor,
        () => Kind::Production,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_by_name() {
        for (label, wanted) in [
            ("Activities", Kind::Production),
            ("Agriculture", Kind::Production),
            ("Government services", Kind::Production),
            ("Labour", Kind::Factor),
            ("Skilled labor", Kind::Factor),
            ("Capital", Kind::Factor),
            ("Gross operating surplus", Kind::Factor),
            ("Rural households", Kind::Households),
            ("HH", Kind::Households),
            ("Companies", Kind::Enterprises),
            ("Indirect taxes", Kind::Government),
            ("Taxes less subsidies on products", Kind::Government),
            ("Tax advice", Kind::Production),
            ("Public sector", Kind::Government),
            ("Value added", Kind::Factor),
            ("Consumers", Kind::Households),
            ("Capital account", Kind::Capital),
            ("Savings-Investment", Kind::Capital),
            ("S-I", Kind::Capital),
            ("ROW", Kind::Abroad),
            ("agr-a", Kind::Production),
            ("cap", Kind::Factor),
            ("ytax", Kind::Government),
            ("Rest of the country", Kind::Abroad),
        ] {
            assert_eq!(kind(label, &|| false), wanted, "{label}");
        }
        assert_eq!(kind("Capital", &|| true), Kind::Capital);
    }
}
