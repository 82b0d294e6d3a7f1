//! The social accounting matrix of each year, and what else its multipliers need.

use crate::base::col::Id;
use crate::base::money::Pence;
use crate::economy::books::{Books, Kind, Party};
use crate::place::city::SECTORS;
use crate::place::vocabulary::Zone;
use crate::world::City;
use crate::world::employers::EmployerId;
use crate::world::suppliers::SupplierId;
use serde::{Deserialize, Serialize};

/// A year of payments by kind, payer and receiver, and of each sector's jobs and net sales.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SamYear {
    parties: usize,
    cells: Vec<Pence>,
    /// Months that the year holds so far.
    pub months: u16,
    /// Jobs at the sector's suppliers in the city, summed over months.
    pub job_months: [i64; SECTORS],
    /// Sales of the sector's suppliers in the city, without VAT.
    pub sales: [Pence; SECTORS],
}

impl SamYear {
    pub(super) fn new(anchors: usize) -> SamYear {
        let parties = Party::count(anchors);
        SamYear {
            parties,
            cells: vec![0; Kind::COUNT * parties * parties],
            months: 0,
            job_months: [0; SECTORS],
            sales: [0; SECTORS],
        }
    }

    pub(super) fn keep(&mut self, city: &City, books: &Books) {
        self.months += 1;
        for (kind, from, to, amount) in books.matrix() {
            self.cells[(kind as usize * self.parties + from.index()) * self.parties + to.index()] += amount;
        }
        for i in 0..city.suppliers.len() {
            let s = SupplierId::from_index(i);
            if city.suppliers.zone[s] == Zone::City {
                let sector = city.suppliers.sector[s].index();
                self.job_months[sector] += i64::from(city.employers.headcount[EmployerId::from_index(i)]);
                self.sales[sector] += city.suppliers.sales_last[s];
            }
        }
    }

    /// Every payment that is not zero: kind, payer, receiver, pence.
    pub fn entries(&self) -> impl Iterator<Item = (Kind, Party, Party, Pence)> + '_ {
        self.cells.iter().enumerate().filter(|(_, amount)| **amount != 0).map(|(at, amount)| {
            let (row, to) = (at / self.parties, at % self.parties);
            let (kind, from) = (row / self.parties, row % self.parties);
            (Kind::ALL[kind], Party::from_index(from), Party::from_index(to), *amount)
        })
    }

    /// What each party received beyond what it paid: the change of its balances.
    pub fn changes(&self) -> Vec<Pence> {
        let mut changes = vec![0; self.parties];
        for (_, from, to, amount) in self.entries() {
            changes[from.index()] -= amount;
            changes[to.index()] += amount;
        }
        changes
    }
}
