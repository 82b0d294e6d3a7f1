//! What an account of a social accounting matrix is called. Whether it is that, its payments tell (see `evidence`).

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
    /// Whatever else the user puts inside or outside.
    Other,
}

impl Kind {
    pub const ALL: [Kind; 8] = [
        Kind::Production,
        Kind::Factor,
        Kind::Households,
        Kind::Enterprises,
        Kind::Government,
        Kind::Capital,
        Kind::Abroad,
        Kind::Other,
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
            Kind::Other => "others",
        }
    }

    /// Whether such an account is given from outside, where nothing else is said: what it spends does not follow from what it
    /// receives in the year (Pyatt and Round 1979; Miller and Blair 2009, chapter 11).
    pub fn from_outside(self) -> bool {
        matches!(self, Kind::Government | Kind::Capital | Kind::Abroad)
    }
}

const HOUSEHOLDS: &str = "household hh hhd hhds consumer consumers";
const FACTORS: &str = "labour labor factor factors wage wages salaries compensation surplus profit profits gos land \
    mixed valueadded rent lab flab fcap";
const ENTERPRISES: &str = "enterprise enterprises companies corporation corporations corporate ent";
const GOVERNMENT: &str = "government govt gov vat tar ytax dtax stax atax itax etax mtax";
const TAXES: &str = "tax taxes tariff tariffs duty duties subsidies vat";
/// What taxes are on.
const TAXED: &str = "on less and net indirect direct other product products commodity commodities production import imports \
    export exports income activities sales";
const CAPITAL: &str = "saving savings investment investments accumulation inventories stocks stock gfcf si";
const ABROAD: &str = "row abroad foreign world overseas external exports imports";
/// Words of what is produced, and of who produces: "government services", "capital goods".
const PRODUCED: &str = "service services administration activity activities commodity commodities industry industries product \
    products goods trade transport transportation freight farming appliances bank banks banking manufacturing equipment machinery";
/// Words that change nothing of what an account is.
const NEUTRAL: &str = "account accounts acc acct a c the of and in to by for all total formation gross net fixed change changes \
    income incomes rest current central local regional national federal state general sector institutions other private \
    domestic s i";

fn on(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|known| known == word)
}

fn words(label: &str) -> Vec<String> {
    let spread: String = label.chars().map(|c| if c.is_alphabetic() { c } else { ' ' }).collect();
    spread.to_lowercase().split_whitespace().map(str::to_owned).collect()
}

/// What a name says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Called {
    pub kind: Kind,
    /// Only one word among others says so: "land" in "land transport".
    pub in_a_word: bool,
    /// A word says that it is produced.
    pub produced: bool,
    /// Called capital and no more: the factor, or what is saved and invested.
    pub capital: bool,
}

pub(super) fn called(label: &str) -> Called {
    let words = words(label);
    let has = |list: &str| words.iter().any(|word| on(list, word));
    let taxes = has(TAXES) && words.iter().all(|word| on(TAXES, word) || on(TAXED, word));
    let rest_of = label.to_lowercase().contains("rest of");
    let household = |word: &String| word.starts_with("household") || on(HOUSEHOLDS, word);
    let mut capital = false;
    let kind = match () {
        () if taxes => Kind::Government,
        () if label.to_lowercase().contains("value added") => Kind::Factor,
        () if has("public") && has("sector") => Kind::Government,
        () if words.iter().any(household) => Kind::Households,
        () if has(PRODUCED) && !has("labour labor factor factors") && has(GOVERNMENT) => Kind::Production,
        () if has(ABROAD) || rest_of => Kind::Abroad,
        () if has(GOVERNMENT) => Kind::Government,
        () if same(label, "s-i") || has(CAPITAL) || (has("capital") && has("account formation")) => {
            Kind::Capital
        }
        () if has(ENTERPRISES) => Kind::Enterprises,
        () if has(FACTORS) => Kind::Factor,
        () if has("capital cap") => {
            capital = true;
            Kind::Factor
        }
        () => Kind::Production,
    };
    let own = |word: &String| {
        let lists =
            [FACTORS, ENTERPRISES, GOVERNMENT, TAXES, TAXED, CAPITAL, ABROAD, NEUTRAL, "capital cap public"];
        household(word) || lists.iter().any(|list| on(list, word))
    };
    let in_a_word = !rest_of && kind != Kind::Production && !words.iter().all(own);
    Called { kind, in_a_word, produced: has(PRODUCED), capital }
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
            assert_eq!(called(label).kind, wanted, "{label}");
        }
        for label in ["Land transport", "Consumer goods", "Savings banks", "Rural households"] {
            assert!(called(label).in_a_word, "{label}");
        }
        for label in
            ["Labour", "Rest of the country", "Savings-Investment", "Capital account", "Mixed income"]
        {
            assert!(!called(label).in_a_word, "{label}");
        }
    }
}
