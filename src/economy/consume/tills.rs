//! Tills: what sellers take for each purchase, and from which tenth of the households.

use crate::base::money::{Pence, Share, part};
use crate::base::parallel::{add_up, each};
use crate::economy::books::Party;
use crate::economy::books::tenths::{self, ByTenth, place};
use crate::place::city::{DECILES, PURCHASES};
use crate::world::City;
use crate::world::outlets::{Code, served_by};
use rayon::prelude::*;

/// Who serves at each outlet, the outlet itself or who stands in while it is vacant.
pub(super) struct Counters {
    /// Where the sellers of each purchase begin, in the order of `Market::sellers`.
    starts: [u32; PURCHASES],
    /// Of each seller in that order: where the sums of its row begin, ten a row. A row is of a purchase and of one party of
    /// the social accounting matrix. Purchases are apart because a household makes several at one party, and each sum would
    /// wait for the one before.
    row: Vec<u16>,
    /// The party of each row.
    parties: Vec<u16>,
}

impl Counters {
    pub(super) fn new(city: &City) -> Counters {
        let (sellers, stand_in) = (&city.market.sellers, city.suppliers.stand_in.rows());
        let (orgs, of_each) = (sellers.orgs(), tenths::party_of_each(city));
        let party_at = each(orgs.len(), |k| of_each[served_by(stand_in, orgs[k])]);
        let (mut row, mut parties) = (Vec::with_capacity(orgs.len()), Vec::new());
        for p in 0..PURCHASES {
            let mut rows = vec![None; Party::count(city.anchors.len())];
            row.extend(party_at[sellers.of(p)].iter().map(|party| {
                *rows[usize::from(*party)].get_or_insert_with(|| {
                    parties.push(*party);
                    ((parties.len() - 1) * DECILES) as u16
                })
            }));
        }
        // A few dozen rows a purchase: sectors, firms of three zones outside, the water company.
        assert!(parties.len() * DECILES <= usize::from(u16::MAX), "{} rows of tills", parties.len());
        Counters { starts: sellers.starts(), row, parties }
    }

    /// Nothing sold yet.
    pub(super) fn nothing(&self, city: &City) -> Sold {
        Sold { takings: city.shelf.zeros(self.row.len()), by_tenth: vec![[0; DECILES]; self.parties.len()] }
    }

    /// What is sold, by party of who serves and tenth of who buys.
    pub(super) fn by_party(&self, city: &City, sold: &Sold) -> ByTenth {
        let mut all = tenths::by_tenth(city);
        for (party, row) in self.parties.iter().zip(&sold.by_tenth) {
            tenths::add_to(&mut all[usize::from(*party)], row);
        }
        all
    }
}

/// What was sold. Whole pence, so that the order of addition is free.
pub(super) struct Sold {
    /// By seller, in the order of `Market::sellers`: few enough numbers to be at hand.
    takings: Vec<Pence>,
    /// By row of [`Counters`].
    by_tenth: Vec<[Pence; DECILES]>,
}

impl Sold {
    /// Households make each purchase at its usual outlet: what they spend, where, and their tenths. Sums of fewer than 2^31
    /// amounts of 32 bits need no check. Not part of a larger loop, which would leave it too few registers.
    #[inline(never)]
    pub(super) fn take(
        &mut self,
        at: &Counters,
        spent: &[[u32; PURCHASES]],
        outlets: &[[Code; PURCHASES]],
        tenths: &[u8],
    ) {
        // Slices of their own, so that the loop need not ask again where the tables are.
        let (takings, by_tenth) = (self.takings.as_mut_slice(), self.by_tenth.as_flattened_mut());
        let (row, starts) = (&at.row[..takings.len()], at.starts);
        for ((spent, outlets), tenth) in spent.iter().zip(outlets).zip(tenths) {
            let tenth = place(*tenth);
            for p in 0..PURCHASES {
                let (amount, seller) =
                    (Pence::from(spent[p]), (starts[p] as usize).wrapping_add(outlets[p].into()));
                takings[seller] = takings[seller].wrapping_add(amount);
                let of_tenth = &mut by_tenth[usize::from(row[seller]).wrapping_add(tenth)];
                *of_tenth = of_tenth.wrapping_add(amount);
            }
        }
    }

    pub(super) fn add(&mut self, city: &City, more: Sold) {
        self.takings = city.shelf.join(std::mem::take(&mut self.takings), more.takings, |x, y| *x += y);
        tenths::add(&mut self.by_tenth, &more.by_tenth);
    }

    /// Takings by organisation, once nothing more is sold. VAT is worked out on what an outlet takes in the month for each purchase (docs/model.md,
    /// eq. 18).
    pub(super) fn tills(self, city: &City) -> Vec<Till> {
        let (sellers, stand_in) = (&city.market.sellers, city.suppliers.stand_in.rows());
        let of_purchase = |tills: &mut Vec<Till>, (p, vat): (usize, &Share)| {
            for at in sellers.of(p) {
                let amount = self.takings[at];
                tills[served_by(stand_in, sellers.orgs()[at])].add(&Till { amount, vat: part(amount, *vat) });
            }
        };
        let none = || city.shelf.zeros(city.orgs.len());
        let purchases = city.market.vat_share.par_iter().enumerate();
        let tills = add_up(purchases, none, of_purchase, |all, more| city.shelf.join(all, more, Till::add));
        city.shelf.give(self.takings);
        tills
    }
}

/// Sales to households at one organisation: takings, and the VAT in them.
#[derive(Clone, Copy, Default)]
pub(super) struct Till {
    pub(super) amount: Pence,
    pub(super) vat: Pence,
}

impl Till {
    fn add(&mut self, more: &Till) {
        self.amount += more.amount;
        self.vat += more.vat;
    }
}
