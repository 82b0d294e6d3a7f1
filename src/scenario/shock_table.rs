//! The table of shocks: what each does, its units, an example to paste, a source.

use super::levers::{Field, fields_of};
use super::shape::{Shape, of_settings};
use crate::place::vocabulary::Flag;
use std::fmt::Write;

/// A kind of shock.
#[derive(Debug)]
pub struct Shock {
    /// The key in `[[shock.NAME]]`.
    pub name: &'static str,
    pub meaning: &'static str,
    /// Unit and neutral value of each field, in the order to show them.
    pub units: &'static [(&'static str, &'static str, &'static str)],
    /// The fields of an entry to paste, in TOML.
    pub example: &'static str,
    pub source: &'static str,
    pub flag: Flag,
}

/// The keys that every shock has.
pub const COMMON: [&str; 2] = ["name", "start"];

pub const SHOCKS: &[Shock] = &[
    Shock {
        name: "prime_collapse",
        meaning: "A large contractor of the anchors fails: its contracts fall back and are let again at a premium, its staff look for work, its suppliers lose what they were owed and their orders.",
        units: &[
            ("rank", "place in the list", "any"),
            ("among", "whom", "any"),
            ("unpaid_months", "months of its purchases", "any"),
            ("shut_months", "months", "left out"),
        ],
        example: "start = \"2028-04\"\nrank = 1\nunpaid_months = 2",
        source: "Leeds study (chapter 2): Carillion, which paid suppliers after 120 days at the end (recalled); two months are chosen.",
        flag: Flag::Assumed,
    },
    Shock {
        name: "employer_closure",
        meaning: "A large employer closes or moves away: its staff look for work, its outside customers are lost to the city.",
        units: &[
            ("section", "letter of the section", "left out"),
            ("rank", "place in the list", "any"),
            ("shut_months", "months", "left out"),
        ],
        example: "start = \"2028-04\"\nsection = \"C\"\nrank = 1",
        source: "Chosen.",
        flag: Flag::Assumed,
    },
    Shock {
        name: "energy_prices",
        meaning: "Energy becomes dearer: firms by their inputs of it, households by their bills, anchors get less for theirs; what is paid more leaves the country's firms to the world.",
        units: &[("end", "month", "left out"), ("rise_percent", "percent of the price before", "0")],
        example: "start = \"2028-04\"\nend = \"2030-04\"\nrise_percent = 50",
        source: "Chosen: about the rise of household energy prices in 2022 (recalled).",
        flag: Flag::Assumed,
    },
    Shock {
        name: "austerity",
        meaning: "Money of the anchors is cut year after year and stays there; central government keeps what is saved.",
        units: &[
            ("years", "yearly cuts", "any"),
            ("budget_percent_a_year", "percent of the procurement budget", "0"),
            ("pay_percent_a_year", "percent of the anchors' own pay bills", "0"),
            ("teams_percent_a_year", "percent of procurement teams' hours", "0"),
            ("anchors", "anchors", "all"),
        ],
        example: "start = \"2027-04\"\nyears = 5\nbudget_percent_a_year = -1\nteams_percent_a_year = -2",
        source: "Leeds study (section 4.1): budgets and teams shrink; one percent of budgets and two of teams a year are chosen.",
        flag: Flag::Assumed,
    },
];

/// A kind of shock by name.
pub fn find(name: &str) -> Option<&'static Shock> {
    SHOCKS.iter().find(|shock| shock.name == name)
}

impl Shock {
    /// Its own fields.
    pub fn fields(&self) -> Vec<Field> {
        let entry = match of_settings().get("shock").and_then(|shape| shape.get(self.name)) {
            Some(Shape::List(entry)) => Some(&**entry),
            _ => None,
        };
        fields_of(entry, self.units)
    }

    /// An entry to paste into a scenario.
    pub fn entry(&self) -> String {
        format!("[[shock.{}]]\n{}\n", self.name, self.example)
    }

    /// All about it, as Markdown that reads well on a terminal.
    pub fn page(&self) -> String {
        let mut page = format!("## {}\n\n{}\n\n", self.name, self.meaning);
        self.fields().iter().for_each(|field| page += &field.line());
        let flag = format!("{:?}", self.flag).to_lowercase();
        let _ = write!(page, "\nSource: {} Flag: {flag}.\n\n", self.source);
        let _ = writeln!(page, "```toml\n{}```", self.entry());
        page
    }
}

/// docs/shocks.md.
pub fn book_page() -> String {
    let mut page = String::from(
        "<!-- Written by the program; change src/scenario/shock_table.rs and run the tests with RECIRC_BLESS=1. -->\n\n\
         # Shocks\n\nWhat may strike a city. A scenario dates a shock with an entry `[[shock.NAME]]`; several may stand \
         side by side. `recirc levers NAME` prints what stands here of one. How long a city takes to recover is told by \
         the metrics `resilience_jobs` and `resilience_spending`, and by `resilience.csv` of a comparison for each \
         replicate, which also says how far and how long it stays behind the reference. The rules are in [the model](model.md#79-shocks).\n\n\
         Every entry also says `start`, the month in which it strikes (\"YYYY-MM\"), and may have a `name`.\n",
    );
    for shock in SHOCKS {
        page += "\n";
        page += &shock.page();
    }
    page
}
