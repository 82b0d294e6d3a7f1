//! What a supplier used its funds for in a month, use by use.

use super::ledger::Channel;
use crate::base::money::{Pence, Share, part};
use crate::world::City;
use crate::world::flows::SupplierUses;
use crate::world::orgs::NOBODY;
use crate::world::suppliers::Link;
#[cfg(wide)]
use multiversion::multiversion;

/// Uses that are neither purchases over links nor profit to partners, in the order in which uses are listed: links come
/// before them, partners before the owner.
pub const OUTSIDE_INPUTS: usize = 0;
pub const PRODUCT_TAXES: usize = 3;
pub const NATIONAL_TAXES: usize = 4;
pub const PENSION: usize = 5;
pub const COUNCIL: usize = 6;
pub const STAFF: usize = 7;
pub const COMMUTERS: usize = 8;
pub const FINANCE: usize = 9;
pub const OWNER: usize = 10;
pub const PROFIT_OUTSIDE: usize = 11;
pub const PASSED_ON: usize = 14;
/// One more, which is nothing, makes them sixteen.
pub const FIXED: usize = 16;

/// Value added, among them: pay with contributions, surplus, and taxes on production.
pub const VALUE_ADDED: std::ops::Range<usize> = NATIONAL_TAXES..PASSED_ON;

/// Uses that leave the city, and how. So do rates where there is no council.
pub const LEAKS: [(usize, Channel); 12] = [
    (OUTSIDE_INPUTS, Channel::InputsOutside),
    (OUTSIDE_INPUTS + 1, Channel::InputsOutside),
    (OUTSIDE_INPUTS + 2, Channel::InputsOutside),
    (PRODUCT_TAXES, Channel::NationalTaxes),
    (NATIONAL_TAXES, Channel::NationalTaxes),
    (PENSION, Channel::Pensions),
    (COMMUTERS, Channel::CommuterPay),
    (FINANCE, Channel::InterestRentOutside),
    (PROFIT_OUTSIDE, Channel::ProfitsOutside),
    (PROFIT_OUTSIDE + 1, Channel::ProfitsOutside),
    (PROFIT_OUTSIDE + 2, Channel::ProfitsOutside),
    (PASSED_ON, Channel::ContractOutside),
];

/// The uses of a supplier. What is below nothing is no use.
pub struct Uses<'a> {
    links: &'a [Link],
    /// Paid over each link, and to who stood in for its seller.
    paid: &'a [Pence],
    backups: &'a [Pence],
    pub fixed: [Pence; FIXED],
    /// Owners beside the first, with their shares of what goes to owners in the city.
    partners: &'a [(u32, Share)],
    to_owners: Pence,
}

/// All uses together, and the largest, the first of equals.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Summed {
    pub total: Pence,
    pub largest: Largest,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Largest {
    Seller(u32),
    Fixed(usize),
    Partner(u32),
}

impl<'a> Uses<'a> {
    /// What supplier `i` used its funds for this month.
    pub fn of(city: &'a City, i: usize) -> Uses<'a> {
        let of = &city.flows.supplier.rows()[i];
        let links = city.suppliers.links.range(i);
        let mut uses = Uses {
            links: &city.suppliers.links.items()[links.clone()],
            paid: &city.flows.links[links.clone()],
            backups: &city.flows.backups[links],
            fixed: fixed(of),
            partners: city.suppliers.partners.row(i),
            to_owners: of.owner,
        };
        uses.leave_to_the_first_owner();
        uses
    }

    /// What partners do not get.
    fn leave_to_the_first_owner(&mut self) {
        let mut left = self.to_owners;
        self.each_partner(|_, amount| left -= amount);
        self.fixed[OWNER] = left.max(0);
    }

    /// Every purchase over a link: the seller and the amount.
    #[inline(always)]
    pub fn each_purchase(&self, mut each: impl FnMut(u32, Pence)) {
        for ((link, paid), backup) in self.links.iter().zip(self.paid).zip(self.backups) {
            each(link.seller, (*paid).max(0));
            if *backup > 0 && link.backup != NOBODY {
                each(link.backup, *backup);
            }
        }
    }

    /// Every partner and what it gets.
    #[inline(always)]
    pub fn each_partner(&self, mut each: impl FnMut(u32, Pence)) {
        for (household, share) in self.partners {
            each(*household, part(self.to_owners, *share).max(0));
        }
    }

    #[inline]
    pub fn sum(&self) -> Summed {
        let (mut total, mut most, mut seller) = (0 as Pence, 0, NOBODY);
        self.each_purchase(|to, amount| {
            total = total.wrapping_add(amount);
            (most, seller) = if amount > most { (amount, to) } else { (most, seller) };
        });
        let mut largest = Largest::Seller(seller);
        if self.partners.is_empty() {
            let (all, top) = all_and_largest(&self.fixed);
            if top > most {
                let place = self.fixed.iter().position(|amount| *amount == top).unwrap_or_default();
                largest = Largest::Fixed(place);
            }
            return Summed { total: total.wrapping_add(all), largest };
        }
        for (place, amount) in self.fixed.into_iter().enumerate() {
            total = total.wrapping_add(amount);
            if place == OWNER {
                self.each_partner(|to, amount| {
                    total = total.wrapping_add(amount);
                    (most, largest) =
                        if amount > most { (amount, Largest::Partner(to)) } else { (most, largest) };
                });
            }
            (most, largest) = if amount > most { (amount, Largest::Fixed(place)) } else { (most, largest) };
        }
        Summed { total, largest }
    }
}

/// The sum of these amounts, and the largest.
#[cfg_attr(wide, multiversion(targets("x86_64+avx2")))]
fn all_and_largest(amounts: &[Pence; FIXED]) -> (Pence, Pence) {
    let (mut all, mut largest) = (0 as Pence, 0);
    for amount in amounts {
        all = all.wrapping_add(*amount);
        largest = largest.max(*amount);
    }
    (all, largest)
}

fn fixed(of: &SupplierUses) -> [Pence; FIXED] {
    let [region, country, world] = of.outside_inputs;
    let [to_region, to_country, to_world] = of.profit_outside;
    let fixed = [
        region,
        country,
        world,
        of.product_taxes,
        of.national_taxes - of.product_taxes,
        of.employer_pension,
        of.rates_council,
        of.pay_residents,
        of.pay - of.pay_residents,
        of.finance,
        of.owner,
        to_region,
        to_country,
        to_world,
        of.passed_on,
        0,
    ];
    fixed.map(|amount| amount.max(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tracer::dye::Lanes;
    use crate::tracer::split::divide_lanes;
    use crate::tracer::suppliers::pieces::{Moved, Sent};
    use proptest::prelude::*;

    /// A use as it is listed: where it goes, and how much.
    type Listed = (Largest, Pence);

    /// All uses, one after another.
    fn listed(uses: &Uses) -> Vec<Listed> {
        let mut all = Vec::new();
        uses.each_purchase(|to, amount| all.push((Largest::Seller(to), amount)));
        for (place, amount) in uses.fixed.into_iter().enumerate() {
            if place == OWNER {
                uses.each_partner(|to, amount| all.push((Largest::Partner(to), amount)));
            }
            all.push((Largest::Fixed(place), amount));
        }
        all.retain(|(_, amount)| *amount > 0);
        all
    }

    const SELLERS: usize = 5;
    const PARTNERS: usize = 3;

    /// What falls on each seller, each use that is no purchase, and each partner.
    type Fallen = ([Lanes; SELLERS], [Lanes; FIXED], [Lanes; PARTNERS]);

    fn plainly(uses: &Uses, moved: Lanes) -> Fallen {
        let (all, mut pieces) = (listed(uses), Vec::new());
        divide_lanes(moved, all.iter().map(|of| of.1), all.iter().map(|of| of.1).sum(), &mut pieces);
        let mut fallen = ([[0; 3]; SELLERS], [[0; 3]; FIXED], [[0; 3]; PARTNERS]);
        for ((to, _), piece) in all.into_iter().zip(pieces) {
            let sum = match to {
                Largest::Seller(to) => &mut fallen.0[to as usize],
                Largest::Fixed(place) => &mut fallen.1[place],
                Largest::Partner(to) => &mut fallen.2[to as usize],
            };
            (0..3).for_each(|lane| sum[lane] += piece[lane]);
        }
        fallen
    }

    fn quickly(uses: &Uses, moved: Lanes) -> Fallen {
        let (mut sellers, mut partners) = ([[0; 3]; SELLERS], [[0; 3]; PARTNERS]);
        let put = |all: &mut [Lanes], to: u32, piece: Lanes| {
            (0..3).for_each(|lane| all[to as usize][lane] += piece[lane]);
        };
        let mut sent = Sent::default();
        Moved::new(moved, &uses.sum()).send(
            uses,
            &mut sent,
            |to, piece| put(&mut sellers, to, piece),
            |to, piece| put(&mut partners, to, piece),
        );
        let fixed = std::array::from_fn(|place| [0, 1, 2].map(|lane| sent.fixed[lane][place]));
        (sellers, fixed, partners)
    }

    fn amount() -> impl Strategy<Value = i64> {
        (0i64..1 << 42, 0u32..50).prop_map(|(amount, bits)| amount >> bits)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn dye_is_sent_as_if_all_uses_were_listed(
            bought in prop::collection::vec((0u32..5, 0u32..6, amount(), amount()), 0..12),
            some in prop::array::uniform16(amount()),
            shares in prop::collection::vec(0u64..1 << 31, 0..3),
            moved in prop::array::uniform3((0i64..1 << 50, 0u32..60).prop_map(|(dye, bits)| dye >> bits)),
        ) {
            let to = |l: u32| if l == 5 { NOBODY } else { l };
            let link = |l: &(u32, u32, i64, i64)| Link { seller: l.0, backup: to(l.1), share: 0 };
            let partners: Vec<_> = (0..).zip(shares.into_iter().map(|share| share / 2)).collect();
            let mut uses = Uses {
                links: &bought.iter().map(link).collect::<Vec<_>>(),
                paid: &bought.iter().map(|l| l.2).collect::<Vec<_>>(),
                backups: &bought.iter().map(|l| if l.3 % 3 == 0 { l.3 } else { 0 }).collect::<Vec<_>>(),
                fixed: some,
                partners: &partners,
                to_owners: some[OWNER],
            };
            uses.leave_to_the_first_owner();
            prop_assume!(uses.sum().total > 0);
            prop_assert_eq!(quickly(&uses, moved), plainly(&uses, moved));
        }
    }

    /// Two purchases of one size: what rounding leaves goes to the first.
    #[test]
    fn the_first_of_the_largest_gets_what_is_left() {
        let links =
            [Link { seller: 1, backup: NOBODY, share: 0 }, Link { seller: 0, backup: NOBODY, share: 0 }];
        let mut fixed = [0; FIXED];
        fixed[STAFF] = 7;
        let uses =
            Uses { links: &links, paid: &[7, 7], backups: &[0, 0], fixed, partners: &[], to_owners: 0 };
        let (sellers, fixed, _) = quickly(&uses, [100, 2, 0]);
        assert_eq!((sellers[1], sellers[0], fixed[STAFF]), ([34, 2, 0], [33, 0, 0], [33, 0, 0]));
    }
}
