//! Suppliers: enterprises and local units. Every firm supplies somebody.
//!
//! A row is a place in the market (premises, customers, links). When a firm closes, an entrant of the same
//! sector may open in the same place; it has an identity of its own.

use crate::base::col::Col;
use crate::base::links::Links;
use crate::base::money::{Pence, Share};
use crate::id;
use crate::place::vocabulary::{Ownership, Sector, Zone};
use serde::{Deserialize, Serialize};

id!(
    /// A supplier's place in the market.
    SupplierId
);

/// How much less often larger firms close than small ones of the same age: up to 9, up to 49, more (assumed;
/// nine in ten of the firms that close have fewer than ten employees).
const HAZARD_BY_SIZE: [f64; 3] = [1.0, 0.35, 0.03];

/// The closing hazard of a firm with this staff over that of a small one of its age.
pub fn hazard_of_size(headcount: u32) -> f64 {
    match headcount {
        0..10 => HAZARD_BY_SIZE[0],
        10..50 => HAZARD_BY_SIZE[1],
        _ => HAZARD_BY_SIZE[2],
    }
}

/// Uses of a supplier's net sales, other than pay and links, as shares.
#[derive(Clone, Copy, Default, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recipe {
    /// Inputs and replacement of capital bought from firms of the region, the country and the world.
    pub outside_inputs: [Share; 3],
    /// Irrecoverable VAT and duties on inputs, to central government.
    pub product_taxes: Share,
    /// Business rates: to central government, and kept by the council.
    pub rates_national: Share,
    pub rates_council: Share,
    /// Gross pay, employer contributions and employer pension at the start.
    pub pay: Share,
    pub employer_ni: Share,
    pub employer_pension: Share,
    /// Rate of corporation tax on profit.
    pub profit_tax: Share,
    /// Income tax and contributions withheld from what city owners receive.
    pub owner_tax: Share,
    /// Profit after tax by receiver: city owners, region, country, world, finance.
    pub profit: [Share; 5],
    /// Profit that stays with the staff (worker co-operatives, VCSE), as a share of profit after tax.
    pub profit_to_staff: Share,
}

impl Recipe {
    /// All costs but what is bought over links, as a share of net sales.
    pub fn costs_but_links(&self) -> Share {
        self.outside_inputs.iter().sum::<Share>()
            + self.product_taxes
            + self.rates_national
            + self.rates_council
            + self.pay
            + self.employer_ni
            + self.employer_pension
    }
}

/// A standing link to a seller of inputs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link {
    pub seller: u32,
    /// The next supplier that the buyer knows.
    pub backup: u32,
    /// Purchases as a share of the buyer's net sales.
    pub share: Share,
}

/// One row a supplier.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Suppliers {
    pub identity: Col<SupplierId, u64>,
    pub active: Col<SupplierId, bool>,
    /// Who serves the place's customers: itself, or a neighbour in the same trade while it stands vacant.
    pub stand_in: Col<SupplierId, u32>,
    pub sector: Col<SupplierId, Sector>,
    pub zone: Col<SupplierId, Zone>,
    pub ward: Col<SupplierId, u8>,
    pub ownership: Col<SupplierId, Ownership>,
    /// Sells goods to households (section G on turnover, not on margin).
    pub shop: Col<SupplierId, bool>,
    /// Row of the owning household in the city, or `NOBODY`.
    pub owner: Col<SupplierId, u32>,
    /// Further owners in the city with their shares of what goes to owners there; most suppliers have none.
    pub partners: Links<(u32, Share)>,
    /// VAT in each pound that households spend here beyond what the purchase itself carries (towns).
    pub vat: Col<SupplierId, Share>,
    pub recipe: Col<SupplierId, Recipe>,
    pub links: Links<Link>,
    /// Net sales a month at the start.
    pub normal_sales: Col<SupplierId, Pence>,
    /// Exponential average of orders.
    pub expected: Col<SupplierId, Pence>,
    /// Expected sales to households, part of the above.
    pub expected_consumption: Col<SupplierId, Pence>,
    /// Net sales to households this month.
    pub consumption: Col<SupplierId, Pence>,
    /// Its part of the sector's outside demand at the start, pence a month.
    pub export_weight: Col<SupplierId, Pence>,
    /// Gross receipts and net sales of last month.
    pub received_last: Col<SupplierId, Pence>,
    pub sales_last: Col<SupplierId, Pence>,
    /// Gross receipts, net sales and orders turned away this month so far.
    pub received: Col<SupplierId, Pence>,
    pub sales: Col<SupplierId, Pence>,
    pub turned_away: Col<SupplierId, Pence>,
    /// VAT collected and not yet paid over.
    pub vat_due: Col<SupplierId, Pence>,
    /// Surplus set aside for the staff and not yet shared out.
    pub staff_due: Col<SupplierId, Pence>,
    pub debt: Col<SupplierId, Pence>,
    pub quality: Col<SupplierId, f32>,
    /// Local-sourcing norm above its own habit; 0 unless trading partners or buyers have moved it.
    pub norm: Col<SupplierId, f32>,
    pub age_months: Col<SupplierId, u16>,
    /// Contract income a month in force now.
    pub contract_income: Col<SupplierId, Pence>,
    /// Turnover a month of the enterprise that bids: a branch stands on its group's.
    pub turnover: Col<SupplierId, Pence>,
    /// Practice in bidding, 0 to 1.
    pub experience: Col<SupplierId, f32>,
    /// Received this month beyond what the work done for it stands for: margin above the usual.
    pub premium: Col<SupplierId, Pence>,
}

impl Suppliers {
    pub fn len(&self) -> usize {
        self.active.len()
    }
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// Number of a supplier's trade: its section, or one more than the last for shops.
    pub fn trade(&self, s: SupplierId) -> usize {
        if self.shop[s] { Sector::COUNT } else { self.sector[s].index() }
    }
}
