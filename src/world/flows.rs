//! What moved this month, agent by agent: the tracer divides its dye over these uses.

use super::households::HouseholdId;
use super::suppliers::SupplierId;
use crate::base::col::Col;
use crate::base::money::Pence;
use crate::place::city::PURCHASES;

/// A household's uses of the month other than purchases (pence).
#[derive(Clone, Copy, Default, Debug, PartialEq)]
pub struct HouseholdUses {
    pub direct_tax: i64,
    pub pension: i64,
    pub council_tax: i64,
    /// Rent that reaches the landlord, and the tax on it.
    pub rent: i64,
    pub rent_tax: i64,
    pub mortgage_interest: i64,
    pub saving: i64,
}

impl HouseholdUses {
    /// All uses but purchases.
    pub fn total(&self) -> i64 {
        self.direct_tax
            + self.pension
            + self.council_tax
            + self.rent
            + self.rent_tax
            + self.mortgage_interest
            + self.saving
    }
}

/// A supplier's uses of the month other than links and pay (pence).
#[derive(Clone, Copy, Default, Debug, PartialEq)]
pub struct SupplierUses {
    /// Inputs bought in region, country, world.
    pub outside_inputs: [Pence; 3],
    /// VAT of last month's sales, paid over.
    pub vat: Pence,
    /// Money borrowed, put in at the opening, and taken out at the closing.
    pub borrowed: Pence,
    pub opened_with: Pence,
    pub wound_up: Pence,
    /// Irrecoverable product taxes, national business rates, employer contributions, corporation tax.
    pub national_taxes: Pence,
    /// The irrecoverable product taxes among them.
    pub product_taxes: Pence,
    pub employer_pension: Pence,
    pub rates_council: Pence,
    /// Gross pay of all staff, and the part of it that is shared-out surplus.
    pub pay: Pence,
    pub shared_out: Pence,
    /// Pay to residents; the rest goes to in-commuters.
    pub pay_residents: Pence,
    /// Interest, charges and repayment to the financial system.
    pub finance: Pence,
    /// Profit to the owner in the city, then to owners in region, country, world.
    pub owner: Pence,
    pub profit_outside: [Pence; 3],
    /// What a supplier outside the city passes on outside.
    pub passed_on: Pence,
}

impl SupplierUses {
    /// All uses but links and VAT.
    pub fn total(&self) -> Pence {
        self.outside_inputs.iter().sum::<Pence>()
            + self.national_taxes
            + self.employer_pension
            + self.rates_council
            + self.pay
            + self.finance
            + self.owner
            + self.profit_outside.iter().sum::<Pence>()
            + self.passed_on
    }
}

/// An anchor's uses of the month (pence); contracts and petty purchases are listed apart.
#[derive(Clone, Copy, Default, Debug, PartialEq)]
pub struct AnchorUses {
    pub pay: Pence,
    pub pay_residents: Pence,
    pub employer_taxes: Pence,
    pub employer_pension: Pence,
    pub irrecoverable_vat: Pence,
    pub procurement: Pence,
    /// To its owners and operations outside.
    pub remitted: Pence,
}

/// A purchase by an anchor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Payment {
    pub anchor: u16,
    pub category: u8,
    pub org: u32,
    pub amount: Pence,
    /// VAT on it that the anchor cannot recover.
    pub vat: Pence,
    /// An instalment of a contract; else a petty purchase.
    pub contract: bool,
    /// Identity of the need that the contract meets.
    pub need: Option<u64>,
}

/// The month's flows.
#[derive(Clone, Default)]
pub struct Flows {
    pub purchases: Col<HouseholdId, [u32; PURCHASES]>,
    pub household: Col<HouseholdId, HouseholdUses>,
    pub supplier: Col<SupplierId, SupplierUses>,
    /// Paid along each link, in the order of `Suppliers::links`; what its backup took, and what went outside.
    pub links: Vec<Pence>,
    pub backups: Vec<Pence>,
    pub anchor: Vec<AnchorUses>,
    pub payments: Vec<Payment>,
    /// Gross pay of each worker this month.
    pub pay: Vec<i32>,
}
