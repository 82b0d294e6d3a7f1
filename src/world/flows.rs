//! What moved this month, agent by agent: the tracer divides its dye over these uses.

use super::households::HouseholdId;
use super::suppliers::SupplierId;
use crate::base::col::Col;
pub use crate::base::money::MOST_A_MONTH;
use crate::base::money::Pence;
use crate::place::city::PURCHASES;
use serde::{Deserialize, Serialize};

/// A household's uses of the month: those other than purchases, and all purchases together (pence). They are read and
/// written in several passes a month, hence 32 bits each; none is more than [`MOST_A_MONTH`].
#[derive(Clone, Copy, Default, Debug, PartialEq, Serialize, Deserialize)]
#[repr(C)]
pub struct HouseholdUses {
    pub direct_tax: u32,
    pub pension: u32,
    pub council_tax: u32,
    /// Rent that reaches the landlord.
    pub rent: u32,
    pub mortgage_interest: u32,
    pub saving: u32,
    /// The tax on the landlord's rent.
    pub rent_tax: u32,
    /// What dearer energy costs beyond the price before.
    pub energy: u32,
    /// The part of council tax that is levied for an extra spend.
    pub levy: u32,
    /// All purchases together; what each comes to is in [`Flows::purchases`].
    pub all_purchases: u32,
}

/// An amount between nothing and [`MOST_A_MONTH`] in 32 bits.
#[inline]
pub fn small(amount: Pence) -> u32 {
    debug_assert!((0..=MOST_A_MONTH).contains(&amount));
    amount as u32
}

/// Uses of a household that are not purchases.
pub const FIXED_USES: usize = 8;

impl HouseholdUses {
    /// All uses; the levy is within council tax. A few amounts of 32 bits.
    #[inline]
    pub fn total(&self) -> Pence {
        let fixed = self.fixed().iter().fold(0u64, |sum, amount| sum.wrapping_add((*amount).into()));
        fixed.wrapping_add(self.all_purchases.into()) as Pence
    }

    /// All but purchases, in order; the levy is a part of council tax.
    #[inline]
    pub fn fixed(&self) -> [u32; FIXED_USES] {
        [
            self.direct_tax,
            self.pension,
            self.council_tax,
            self.rent,
            self.mortgage_interest,
            self.saving,
            self.rent_tax,
            self.energy,
        ]
    }

    /// Direct tax, pension contributions and council tax: what stands between receipts and disposable income.
    #[inline]
    pub fn deducted(&self) -> Pence {
        Pence::from(self.direct_tax) + Pence::from(self.pension) + Pence::from(self.council_tax)
    }
}

/// A supplier's uses of the month other than links and pay (pence).
#[derive(Clone, Copy, Default, Debug, PartialEq, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Default, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnchorUses {
    pub pay: Pence,
    pub pay_residents: Pence,
    pub employer_taxes: Pence,
    pub employer_pension: Pence,
    pub irrecoverable_vat: Pence,
    pub procurement: Pence,
    /// To its owners and operations outside.
    pub remitted: Pence,
    /// Interest that a policy makes it pay.
    pub interest: Pence,
}

/// A purchase by an anchor.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
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
    /// Part of the extra spend of an impulse.
    pub extra: bool,
    /// Rent given back to a tenant: no purchase, so that nothing is dyed; dye that the anchor carries goes with it.
    pub refund: bool,
}

/// What the needs of one anchor in one category came to in a month (pence, at the reference price).
#[derive(Clone, Copy, Default, Debug, PartialEq, Serialize, Deserialize)]
pub struct Service {
    /// Budgets of all needs, before any policy changes them.
    pub needed: f64,
    /// Paid on contracts and for own provision.
    pub paid: f64,
    /// The needs that were met, and what that part of the usual budget buys at the prices of the contracts: the price
    /// index is of these, so that what is paid more or less does not move it.
    pub met: f64,
    pub met_volume: f64,
    /// What that buys at the prices of the contracts.
    pub volume: f64,
    /// The part of it in which a supplier was there and had found its feet.
    pub delivered: f64,
    /// Quality, weighted by what was delivered.
    pub quality: f64,
}

impl Service {
    pub fn add(&mut self, other: &Service) {
        self.needed += other.needed;
        self.paid += other.paid;
        self.met += other.met;
        self.met_volume += other.met_volume;
        self.volume += other.volume;
        self.delivered += other.delivered;
        self.quality += other.quality;
    }
    /// Price paid over the reference price; 1 where nothing was bought.
    pub fn price(&self) -> f64 {
        if self.met_volume > 0.0 { self.met / self.met_volume } else { 1.0 }
    }
    /// Percent of what is needed that was not delivered.
    pub fn shortfall_percent(&self) -> f64 {
        if self.needed > 0.0 { 100.0 * (1.0 - self.delivered / self.needed) } else { 0.0 }
    }
    /// What it would take to deliver all that is needed, at the prices paid, beyond what was paid (pence).
    pub fn cost_to_restore(&self) -> f64 {
        (self.needed - self.delivered) * self.price()
    }
    /// Mean quality of what was delivered, 0 to 1.
    pub fn mean_quality(&self) -> f64 {
        if self.delivered > 0.0 { self.quality / self.delivered } else { 0.0 }
    }
}

/// The month's flows.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Flows {
    pub purchases: Col<HouseholdId, [u32; PURCHASES]>,
    pub household: Col<HouseholdId, HouseholdUses>,
    pub supplier: Col<SupplierId, SupplierUses>,
    /// Paid along each link, in the order of `Suppliers::links`; what its backup took, and what went outside.
    pub links: Vec<Pence>,
    pub backups: Vec<Pence>,
    pub anchor: Vec<AnchorUses>,
    pub payments: Vec<Payment>,
    /// An extra spend on suppliers that no anchor makes: receiver, pence.
    pub extra: Vec<(u32, Pence)>,
    /// An extra spend given to each household; empty when there is none.
    pub given: Vec<Pence>,
    /// By anchor, then category.
    pub service: Vec<Service>,
    /// Gross pay of each worker this month.
    pub pay: Vec<i32>,
}
