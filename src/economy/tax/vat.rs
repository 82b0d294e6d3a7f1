//! VAT that suppliers pay over.

use crate::base::money::Pence;
use crate::base::parallel::add_up;
use crate::economy::books::slips::{Side, Slips};
use crate::economy::books::{Books, Kind};
use crate::economy::firms::FIRMS;
use crate::world::City;
use crate::world::flows::SupplierUses;
use crate::world::orgs::Outside;
use rayon::prelude::*;

/// Cash, uses, VAT due, debts and parties of a chunk of suppliers.
type Firms<'a> = ((((&'a mut [Pence], &'a mut [SupplierUses]), &'a mut [Pence]), &'a mut [Pence]), &'a [u16]);

/// VAT collected last month is paid over; a firm that lacks the cash borrows it. (With all mechanisms off none
/// lacks it.)
pub(super) fn vat(city: &mut City, books: &mut Books) {
    let mut cash = std::mem::take(&mut city.cash);
    let mut uses = std::mem::take(&mut city.flows.supplier);
    let mut all_due = std::mem::take(&mut city.suppliers.vat_due);
    let mut debts = std::mem::take(&mut city.suppliers.debt);
    let (read, parties): (&City, &[u16]) = (city, books.parties());
    let rows = (cash.rows_mut()[..read.suppliers.len()].par_chunks_mut(FIRMS))
        .zip(uses.rows_mut().par_chunks_mut(FIRMS))
        .zip(all_due.rows_mut().par_chunks_mut(FIRMS))
        .zip(debts.rows_mut().par_chunks_mut(FIRMS))
        .zip(parties.par_chunks(FIRMS));
    let (government, finance) = (Side::Outside(Outside::Government), Side::Outside(Outside::Finance));
    let of_chunk = |slips: &mut Slips, ((((cash, uses), due), debts), parties): Firms| {
        let rows = cash.iter_mut().zip(uses).zip(due).zip(debts).zip(parties);
        for ((((cash, uses), due), debt), party) in rows.filter(|((((_, _), due), _), _)| **due > 0) {
            let paid = if read.linear() { (*due).min(*cash) } else { *due };
            *cash -= paid;
            *due -= paid;
            uses.vat = paid;
            slips.paid(Kind::Vat, *party, government, paid);
            let lent = (-*cash).max(0);
            *cash += lent;
            *debt += lent;
            uses.borrowed += lent;
            slips.received(Kind::Loans, *party, finance, lent);
        }
    };
    let slips = add_up(rows, || Slips::none(read), of_chunk, |slips, more| slips.join(read, more));
    city.cash = cash;
    city.flows.supplier = uses;
    city.suppliers.vat_due = all_due;
    city.suppliers.debt = debts;
    books.post_slips(city, slips);
}
