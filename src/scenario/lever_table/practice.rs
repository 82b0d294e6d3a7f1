//! Levers on how the anchors work.

use crate::place::vocabulary::Flag;
use crate::scenario::levers::Lever;

pub(super) const LEVERS: &[Lever] = &[
    Lever {
        name: "procurement_staff",
        meaning: "Adds procurement officers, hired through the labour market; by default each anchor pays its own and buys less.",
        units: &[("extra_fte", "full-time officers at each anchor", "0"), ("financed_by", "payer", "any")],
        neutral: "extra_fte = 0",
        example: "extra_fte = 2",
        source: "Chosen.",
        flag: Flag::Assumed,
    },
    Lever {
        name: "monitoring_staff",
        meaning: "Adds staff who follow up what suppliers promised; by default each anchor pays its own and buys less.",
        units: &[("extra_fte", "full-time staff at each anchor", "0"), ("financed_by", "payer", "any")],
        neutral: "extra_fte = 0",
        example: "extra_fte = 2",
        source: "Chosen.",
        flag: Flag::Assumed,
    },
    Lever {
        name: "early_engagement",
        meaning: "Starts earlier: from nine months on questions can be made for the contract, from twelve the market is engaged.",
        units: &[("lead_months", "months", "0")],
        neutral: "lead_months = 0",
        example: "lead_months = 12",
        source: "Leeds study (section 4.3): twelve to eighteen months are asked for, six are usual.",
        flag: Flag::Assumed,
    },
    Lever {
        name: "bid_support",
        meaning: "Spares small and social enterprises part of the cost of bidding; somebody pays for the help.",
        units: &[
            ("saves_percent", "percent of the cost of a bid", "0"),
            ("cost_per_gbp_spared", "GBP per GBP of bidding spared", "any"),
            ("financed_by", "payer", "any"),
        ],
        neutral: "saves_percent = 0",
        example: "saves_percent = 50",
        source: "Chosen; that a pound of bidding spared takes a pound of help is chosen too: nothing is made cheaper, it is paid by somebody else.",
        flag: Flag::Assumed,
    },
    Lever {
        name: "procurement_it",
        meaning: "Brings in systems that spare officers hours in each letting.",
        units: &[
            ("hours_saved_percent", "percent of the hours of a letting", "0"),
            ("cost_gbp_yearly_an_officer", "GBP a year for each officer and tenth of the hours", "any"),
            ("financed_by", "payer", "any"),
        ],
        neutral: "hours_saved_percent = 0",
        example: "hours_saved_percent = 20",
        source: "Leeds study (section 4.1); a fifth of the hours and GBP 1,500 for each officer and tenth are assumed.",
        flag: Flag::Assumed,
    },
    Lever {
        name: "legal_advice_pool",
        meaning: "Gives the anchors lawyers to share, so that fewer awards are challenged.",
        units: &[
            ("risk_cut_percent", "percent of the chance of a challenge", "0"),
            ("cost_gbp_yearly_a_percent", "GBP a year for each percent", "any"),
            ("financed_by", "payer", "any"),
        ],
        neutral: "risk_cut_percent = 0",
        example: "risk_cut_percent = 50",
        source: "Leeds study (section 5.2): half is assumed, and so is GBP 150,000 a year for it.",
        flag: Flag::Assumed,
    },
    Lever {
        name: "prompt_payment",
        meaning: "Pays contracts sooner than 30 days after the invoice: bidders no longer price the credit that they give, holders need less cash, and somebody pays the interest.",
        units: &[("days", "days after the invoice", "30"), ("financed_by", "payer", "any")],
        neutral: "days = 30",
        example: "days = 5",
        source: "Procurement Act 2023, sections 68 and 73: 30 days, down the chain. Councils pay 93 to 97 percent to terms. Interest at `firms.interest_rate`; five days are chosen.",
        flag: Flag::Assumed,
    },
];
