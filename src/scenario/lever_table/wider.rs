//! Levers on own provision, budgets, land, pension funds.

use crate::place::vocabulary::Flag;
use crate::scenario::levers::Lever;

pub(super) const LEVERS: &[Lever] = &[
    Lever {
        name: "insourcing",
        meaning: "Takes needs out of the market as their contracts end: own staff, a wholly owned company, another anchor.",
        units: &[("share", "share of the needs in reach", "0"), ("by", "provider", "any")],
        neutral: "share = 0\nby = \"own_staff\"",
        example: "share = 0.25\nby = \"own_staff\"\ncategories = [\"estates\"]",
        source: "A majority of councils were doing so in 2017 (APSE); no causal estimate of its cost was found (`procurement.delivery.own_cost`). Transfers under exemption: Procurement Act 2023, schedule 2.",
        flag: Flag::Assumed,
    },
    Lever {
        name: "procurement_budget",
        meaning: "Raises or cuts what anchors may spend on procurement; central government pays or keeps the difference.",
        units: &[("change_percent", "percent of the budget without it", "0")],
        neutral: "change_percent = 0",
        example: "change_percent = -5",
        source: "Chosen: a cut of the size of one year's savings round.",
        flag: Flag::Assumed,
    },
    Lever {
        name: "rent_discount",
        meaning: "Lets idle land and space to social enterprises and co-operatives below the market's rent: they are paid the difference, and bid lower for it.",
        units: &[("discount_percent", "percent of rent", "0"), ("financed_by", "payer", "any")],
        neutral: "discount_percent = 0",
        example: "discount_percent = 50",
        source: "Leeds study (section 4.5): idle assets; half is chosen. What they would have paid their landlords they still pay, and the anchors in reach, in proportion to what they buy, make up the difference.",
        flag: Flag::Assumed,
    },
    Lever {
        name: "pension_fund_local",
        meaning: "Invests part of the pension contributions of employers in the local government scheme in works by builders of the city.",
        units: &[("share", "share of employers' contributions", "0")],
        neutral: "share = 0",
        example: "share = 0.046",
        source: "Hymans Robertson: local investment is 4.6 percent of the Local Government Pension Scheme. The fund holds what is built; what it earns, and what it does not invest elsewhere, is left out.",
        flag: Flag::Published,
    },
];
