//! The rows of the table of levers that found institutions.

use super::levers::Lever;
use crate::place::vocabulary::Flag;

pub const STRATEGIC_PLAN: Lever = Lever {
    name: "strategic_plan",
    meaning: "A plan that binds the anchors: objectives, one definition of local, lead staff, champions, consequences. It is adopted slowly, and as far as the binding rule and each member's commitment carry it.",
    units: &[
        ("ambition", "0 to 1", "0"),
        ("rule", "whose commitment binds", "any"),
        ("social_value_weight", "share of the score", "any"),
        ("local_points", "points in the hundred", "any"),
        ("invite_local", "suppliers", "any"),
        ("definition", "definition", "any"),
        ("remit", "0 to 1", "any"),
        ("consequences", "0 to 1", "any"),
        ("champions", "true or false", "any"),
        ("lead_fte", "full-time staff at each member", "0"),
        ("financed_by", "payer", "any"),
    ],
    neutral: "ambition = 0",
    example: "ambition = 1\nrule = \"mean\"\nsocial_value_weight = 0.2\nlocal_points = 10\ninvite_local = 3\ndefinition = \"ownership\"\nremit = 1\nconsequences = 0.5\nchampions = true\nlead_fte = 1",
    source: "Leeds study (sections 4.4 and 5.3): network plans sink to the least committed, executives' promises lose force on the way to officers, falling short has no consequences. The values are chosen.",
    flag: Flag::Assumed,
};

pub const IMPACT_HUB: Lever = Lever {
    name: "impact_hub",
    meaning: "A social impact hub: outreach staff register what community groups need, suppliers' offers are matched by kind, ward and size, buyers see what stands behind a claim, staff follow up.",
    units: &[
        ("outreach_fte", "full-time staff", "0"),
        ("follow_up_fte", "full-time staff", "0"),
        ("showcase_months", "months", "0"),
        ("unprompted_a_year", "offers a year", "0"),
        ("running_gbp_a_year", "GBP a year", "0"),
        ("financed_by", "payer", "any"),
    ],
    neutral: "outreach_fte = 0\nfollow_up_fte = 0\nshowcase_months = 0",
    example: "outreach_fte = 2\nfollow_up_fte = 1\nshowcase_months = 12\nunprompted_a_year = 20\nrunning_gbp_a_year = 30_000",
    source: "Leeds study (section 5.1). Match My Project: 262 projects of nine authorities by November 2023, about ten a year each, with two full-time staff assumed; the pipeline a year ahead.",
    flag: Flag::Derived,
};

pub const INCUBATOR: Lever = Lever {
    name: "incubator",
    meaning: "An incubator founds social enterprises where the anchors' money leaks most: seed money, shared space, mentors, a way into first bids.",
    units: &[
        ("starts_a_year", "enterprises a year", "0"),
        ("form", "form", "any"),
        ("seed_gbp", "GBP each", "any"),
        ("space_gbp_a_year", "GBP a year each", "any"),
        ("mentors_fte", "full-time staff", "0"),
        ("financed_by", "payer", "any"),
    ],
    neutral: "starts_a_year = 0\nseed_gbp = 0",
    example: "starts_a_year = 5\nform = \"vcse\"\nseed_gbp = 25_000\nspace_gbp_a_year = 6_000\nmentors_fte = 1",
    source: "Leeds study (section 5.2): a development agency on the model of Preston (target ten co-operatives in two years). Seed money of the size of a community loan (Responsible Finance 2022: GBP 25,000).",
    flag: Flag::Assumed,
};

pub const COOPERATIVE_AGENCY: Lever = Lever {
    name: "cooperative_agency",
    meaning: "A co-operative development agency: founds worker co-operatives and helps staff to take over family firms.",
    units: &[
        ("starts_a_year", "co-operatives a year", "0"),
        ("conversions_a_year", "firms a year", "0"),
        ("advisers_fte", "full-time staff", "0"),
        ("financed_by", "payer", "any"),
    ],
    neutral: "starts_a_year = 0\nconversions_a_year = 0",
    example: "starts_a_year = 3\nconversions_a_year = 2\nadvisers_fte = 2",
    source: "Preston: target ten co-operatives in two years; The Hive: GBP 1m of support over three years. Staff are chosen.",
    flag: Flag::Assumed,
};

pub const CDFI: Lever = Lever {
    name: "cdfi",
    meaning: "A community development finance institution lends to new firms and to small ones near the end of their credit; loans are repaid with interest or lost.",
    units: &[
        ("capital_gbp", "GBP", "0"),
        ("loans_a_year", "loans a year", "any"),
        ("loan_gbp", "GBP each", "any"),
        ("staff_fte", "full-time staff", "0"),
        ("financed_by", "payer", "any"),
    ],
    neutral: "capital_gbp = 0\nloans_a_year = 0\nloan_gbp = 25_000",
    example: "capital_gbp = 2_000_000\nloans_a_year = 40\nloan_gbp = 25_000\nstaff_fte = 2",
    source: "Responsible Finance 2022: GBP 81m to 3,230 firms, GBP 25,000 each. Capital and staff are chosen.",
    flag: Flag::Published,
};
