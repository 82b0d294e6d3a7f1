//! `recirc lm3 --new`: a commented survey to fill in.

/// The survey that a newcomer starts from.
pub const STARTER: &str = r#"# An LM3 survey, after the New Economics Foundation's method (The Money Trail, 2002).
#
#   recirc lm3 THIS_FILE               LM3, LM-infinity, and where the rounds go
#   recirc lm3 THIS_FILE --simulate    the same, run as a town through the simulator
#
# Three rounds are followed. R1: what the organisation received. R2: what it paid to people and firms in the area.
# R3: what those spent in the area in turn. LM3 = (R1 + R2 + R3) / R1. All amounts are pounds of one year.

organisation = "Community kitchen"

# What counts as local, in your words: a ward, a city, so many miles. Use it for every answer below.
area = "the city"

# R1. Leave it out and it is all that is paid below; what is received and not paid to anybody leaks.
income_gbp = 100000

# Only if the organisation is itself the supplier under a contract whose price is R1: "local" or "outside". The
# contract convention then counts R1 only if it is local. Without it, the organisation is the one who buys.
# contractor = "local"

# One entry for each group of staff. Owners' drawings belong here too.
[[staff]]
name = "Cooks and drivers"
# Gross pay in the year.
pay_gbp = 40000
# Share of that pay that goes to people who live in the area, 0 to 1.
resident_share = 0.90
# Share of their pay that they spend in the area, 0 to 1, from asking them. Leave it out and a default stands in.
local_respend = 0.45

# One entry for each supplier, or for all the small ones together.
[[supplier]]
name = "Greengrocer"
paid_gbp = 30000
# Is it in the area? Of a group of suppliers: the share that is, such as 0.7, "70%" or "£21,000".
local = true
# Share of its receipts that it spends in the area, 0 to 1, from asking it.
local_respend = 0.60

[[supplier]]
name = "Energy company"
paid_gbp = 12000
local = false
# A supplier elsewhere may buy here too; if you asked it, say so. Left out, it is 0.
# local_respend = 0.05

# Rates for those that were not asked, 0 to 1; they are flagged in the results. Left out, the program's own stand in:
# staff 0.59 (derived: Smith Institute on the Real Living Wage), local suppliers 0.76 (published: nef in
# Northumberland, 2005), suppliers outside 0 (assumed: nef does not ask them).
# [defaults]
# staff_respend = 0.50
# supplier_respend = 0.60
# outside_respend = 0.0
"#;
