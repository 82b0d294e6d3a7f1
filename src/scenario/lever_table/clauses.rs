//! Levers on what contracts bind their holders to.

use crate::place::vocabulary::Flag;
use crate::scenario::levers::Lever;

pub(super) const LEVERS: &[Lever] = &[
    Lever {
        name: "living_wage_clause",
        meaning: "Binds holders to pay staff who work on the contract the Real Living Wage (GBP 13.45, announced in October 2025); bidders price it in.",
        units: &[
            ("level", "part of the way from the legal minimum", "0"),
            ("from_gbp", "GBP, whole life of the contract, including VAT", "any"),
        ],
        neutral: "level = 0",
        example: "level = 1",
        source: "Living Wage Foundation, October 2025: GBP 13.45, due by May 2026, against the legal GBP 12.21 of 2025/26 (12.71 from April 2026; the Real Living Wage before was 12.60). Of a rise of GBP 40.95m, GBP 24m reached the local economy (Smith Institute). A condition of contract that relates to it is lawful (Procurement Act 2023, section 20, recalled; Local Government Act 1988, section 17, as relaxed by the Social Value Act).",
        flag: Flag::Published,
    },
    Lever {
        name: "local_hiring_clause",
        meaning: "Binds holders to rank applicants from the city, and from its deprived wards, first for posts on the contract.",
        units: &[
            ("residents_times", "times as readily", "1"),
            ("deprived_times", "times as readily", "1"),
            ("cost_percent", "percent of price", "any"),
            ("from_gbp", "GBP, whole life of the contract, including VAT", "any"),
        ],
        neutral: "residents_times = 1\ndeprived_times = 1\ncost_percent = 0",
        example: "residents_times = 3\ndeprived_times = 3",
        source: "Leeds study (chapter 2). Three times and half a percent of price are chosen. Targets for recruitment are usual as social value; a reservation of posts above the threshold must not favour the firms of a place.",
        flag: Flag::Assumed,
    },
    Lever {
        name: "local_subcontracting_clause",
        meaning: "Binds holders to buy works and services for the contract from sellers in the city; kept in proportion to monitoring, and priced in.",
        units: &[
            ("share", "share of works and services bought in region and country", "0"),
            ("dearer_percent", "percent", "any"),
            ("from_gbp", "GBP, whole life of the contract, including VAT", "any"),
        ],
        neutral: "share = 0",
        example: "share = 0.3",
        source: "Leeds study (chapter 2); three tenths and two percent are chosen. Above the threshold where supplies come from may not be asked for (Procurement Act 2023, section 90), so that contracts there go without the clause.",
        flag: Flag::Assumed,
    },
    Lever {
        name: "local_materials_clause",
        meaning: "Binds holders to buy goods and materials for the contract from sellers in the city; kept in proportion to monitoring, and priced in.",
        units: &[
            ("share", "share of goods bought in region and country", "0"),
            ("dearer_percent", "percent", "any"),
            ("from_gbp", "GBP, whole life of the contract, including VAT", "any"),
        ],
        neutral: "share = 0",
        example: "share = 0.3",
        source: "Leeds study (chapter 2); three tenths and two percent are chosen. Above the threshold where goods come from may not be asked for (Procurement Act 2023, section 90), so that contracts there go without the clause. Ethical origin by itself has no place: it is a price, `dearer_percent`.",
        flag: Flag::Assumed,
    },
];
