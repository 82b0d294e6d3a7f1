//! What a supplier used its funds for in a month, use by use.

use super::dye::is_local;
use super::ledger::Channel;
use crate::base::col::Id;
use crate::base::money::{Pence, part};
use crate::world::City;
use crate::world::orgs::{NOBODY, OrgId};
use crate::world::suppliers::SupplierId;

/// One use of a supplier's funds.
pub struct Use {
    pub amount: Pence,
    pub to: To,
}

/// Where it goes.
#[derive(Clone, Copy)]
pub enum To {
    Seller(u32),
    Council(OrgId),
    Staff,
    Owner(u32),
    /// What leaves, and whether it is value added here (pay, surplus, taxes on production) or bought.
    Leak(Channel, bool),
}

impl To {
    /// Whether it reaches somebody in the city.
    pub fn is_local(self, city: &City) -> bool {
        match self {
            To::Seller(seller) => is_local(city, OrgId(seller)),
            To::Council(_) | To::Staff | To::Owner(_) => true,
            To::Leak(..) => false,
        }
    }
}

/// What supplier `i` used its funds for this month.
pub fn list_uses(city: &City, i: usize, uses: &mut Vec<Use>) {
    uses.clear();
    let s = SupplierId::from_index(i);
    let of = &city.flows.supplier[s];
    let mut add = |amount: Pence, to: To| {
        if amount > 0 {
            uses.push(Use { amount, to });
        }
    };
    for l in city.suppliers.links.range(i) {
        let link = &city.suppliers.links.items()[l];
        add(city.flows.links[l], To::Seller(link.seller));
        if link.backup != NOBODY {
            add(city.flows.backups[l], To::Seller(link.backup));
        }
    }
    for amount in of.outside_inputs {
        add(amount, To::Leak(Channel::InputsOutside, false));
    }
    add(of.product_taxes, To::Leak(Channel::NationalTaxes, false));
    add(of.national_taxes - of.product_taxes, To::Leak(Channel::NationalTaxes, true));
    add(of.employer_pension, To::Leak(Channel::Pensions, true));
    match city.anchors.council {
        Some(council) => add(of.rates_council, To::Council(city.orgs.anchor(council as usize))),
        None => add(of.rates_council, To::Leak(Channel::NationalTaxes, true)),
    }
    add(of.pay_residents, To::Staff);
    add(of.pay - of.pay_residents, To::Leak(Channel::CommuterPay, true));
    add(of.finance, To::Leak(Channel::InterestRentOutside, true));
    let mut to_owners = of.owner;
    for (household, share) in city.suppliers.partners.row(i) {
        let amount = part(of.owner, *share);
        to_owners -= amount;
        add(amount, To::Owner(*household));
    }
    add(to_owners, To::Owner(city.suppliers.owner[s]));
    for amount in of.profit_outside {
        add(amount, To::Leak(Channel::ProfitsOutside, true));
    }
    add(of.passed_on, To::Leak(Channel::ContractOutside, false));
}
