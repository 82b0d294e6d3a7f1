//! Who pays and receives, and what for.

use crate::world::City;
use crate::world::orgs::{Org, OrgId, Outside};

macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($member:ident = $label:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, serde::Serialize, serde::Deserialize)]
        #[repr(u8)]
        pub enum $name { $($member),+ }
        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$member),+];
            pub const COUNT: usize = Self::ALL.len();
            pub const fn label(self) -> &'static str { match self { $($name::$member => $label),+ } }
        }
    };
}

named! {
    /// Who pays and who receives, as the yearly transaction-flow matrix shows them.
    Group {
        Households = "households", Suppliers = "suppliers", OutsideSuppliers = "bidders outside",
        Council = "council", OtherAnchors = "other anchors", RegionFirms = "firms of the region",
        CountryFirms = "firms of the country", World = "rest of the world",
        RegionHouseholds = "households of the region", CountryHouseholds = "households of the country",
        Government = "central government", Finance = "financial system",
    }
}

named! {
    /// What a payment is for.
    Kind {
        Contract = "contract instalments", Petty = "petty purchases", IrrecoverableVat = "irrecoverable VAT",
        AnchorIncome = "anchors' income from outside", Exports = "sales outside the city",
        Inputs = "inputs and capital", Wages = "wages", EmployerNi = "employer National Insurance",
        EmployerPension = "employer pension contributions", Rent = "rent", MortgageInterest = "mortgage interest",
        Interest = "interest and charges", Dividends = "profit to owners", Loans = "loans", Repayment = "loan repayment",
        DirectTax = "income tax and National Insurance", PensionContribution = "pension contributions",
        CouncilTax = "council tax", BusinessRates = "business rates", Vat = "VAT", ProfitTax = "corporation tax",
        Benefits = "benefits and state pensions", PrivateIncome = "private pensions and income from wealth",
        Consumption = "consumption", Saving = "saving", PublicFunding = "funding of public bodies", PassedOn = "passed on outside", Opening = "start-up capital", Closing = "closing of firms",
        ExtraSpending = "extra spending", ExtraFunding = "funding of extra spending",
        UnpaidBills = "unpaid bills of failed firms", SeedMoney = "seed money and lending capital",
        PolicyCosts = "costs of policies", RentGivenBack = "rent given back",
        LocalInvestment = "local investment of pension funds",
    }
}

/// The group of an organisation's account.
pub fn group_of(city: &City, org: OrgId) -> Group {
    match city.orgs.kind(org) {
        Org::Supplier(i) => match city.suppliers.zone.rows()[i] {
            crate::place::vocabulary::Zone::City => Group::Suppliers,
            _ => Group::OutsideSuppliers,
        },
        Org::Anchor(i) if city.anchors.council == Some(i as u32) => Group::Council,
        Org::Anchor(_) => Group::OtherAnchors,
        Org::Outside(account) => group_of_outside(account),
    }
}

/// The group of an outside account.
pub fn group_of_outside(account: Outside) -> Group {
    match account {
        Outside::RegionFirms => Group::RegionFirms,
        Outside::CountryFirms => Group::CountryFirms,
        Outside::World => Group::World,
        Outside::RegionHouseholds => Group::RegionHouseholds,
        Outside::CountryHouseholds => Group::CountryHouseholds,
        Outside::Government => Group::Government,
        Outside::Finance => Group::Finance,
    }
}
