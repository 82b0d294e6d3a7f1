//! Scratch space of the parallel passes: tables that are lent to whoever works on a chunk of agents, and kept from month
//! to month. There are as many as were ever out at once, so one thread fills one table, which stays in its cache. All
//! sums are of whole numbers, so that neither chunks nor tables leave a trace in a result.

use super::dye::{Dye, HomeLanes, Lanes, class_of};
use super::ledger::{Channel, Month, ROUNDS};
use crate::base::parallel::add_up;
use crate::place::vocabulary::Zone;
use crate::world::City;
use rayon::prelude::*;
use std::sync::{Mutex, PoisonError};

/// Households, and organisations, in a chunk.
pub const HOMES: usize = 4_096;
pub const ORGS: usize = 512;

/// Households in a district: what is sent to households lies district by district, so that all of them take it in at once.
const DISTRICT: usize = 32_768;

/// What chunks of agents send on in a month, added up.
pub struct Table {
    /// Suppliers' dye to organisations (outside accounts too), by round 2, 3 and later.
    pub from_firms: Vec<[i64; 3]>,
    /// Households' dye to organisations, by round 3 and later.
    pub from_homes: Vec<[i64; 2]>,
    /// What of it is for purchases, by seller in the order of `Market::sellers`, with VAT.
    pub purchases: Vec<[i64; 2]>,
    /// To households, profit and rent: by district, then as it was sent.
    homes: Vec<Vec<(u32, HomeLanes)>>,
    pub month: Month,
    /// Suppliers' dye to sellers that is not in the table yet.
    pub to_sellers: Vec<(u32, Lanes)>,
    /// Of the supplier at hand: what moves of each source's dye.
    pub moved: Vec<i64>,
}

/// What of a table was sent to organisations.
type Sent<const N: usize> = fn(&mut Table) -> &mut Vec<[i64; N]>;

/// What households are sent: profit, which is their income, or rent from another household, which is a receipt but no new
/// income of households.
#[derive(Clone, Copy)]
pub enum AtHome {
    Income,
    Rent,
}

/// How many organisations, sellers, districts, wards and parts of the spending a table is for.
type Size = [usize; 5];

impl Table {
    fn new([orgs, sellers, districts, wards, parts]: Size) -> Table {
        Table {
            from_firms: vec![[0; 3]; orgs],
            from_homes: vec![[0; 2]; orgs],
            purchases: vec![[0; 2]; sellers],
            homes: vec![Vec::new(); districts],
            month: Month::new(wards, parts),
            to_sellers: Vec::new(),
            moved: Vec::new(),
        }
    }

    /// Send a household dye.
    #[inline]
    pub fn send_home(&mut self, household: u32, dye: HomeLanes) {
        self.homes[household as usize / DISTRICT].push((household, dye));
    }
}

/// The tables that nobody has at the moment.
#[derive(Default)]
pub struct Tables {
    free: Mutex<Vec<Table>>,
    size: Size,
}

/// Nothing stays in them between months, so a copy starts without any.
impl Clone for Tables {
    fn clone(&self) -> Tables {
        Tables { free: Mutex::default(), size: self.size }
    }
}

impl Tables {
    /// Make ready for a month of this city.
    pub fn fit(&mut self, city: &City, parts: usize) {
        let districts = city.households.len().div_ceil(DISTRICT);
        let size = [city.orgs.len(), city.market.sellers.orgs().len(), districts, city.wards.len(), parts];
        if self.size != size {
            self.size = size;
            self.all().clear();
        }
    }

    /// Work with a table that nobody else has meanwhile.
    pub fn lend<R>(&self, work: impl FnOnce(&mut Table) -> R) -> R {
        let free = || self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let found = free().pop();
        let mut table = found.unwrap_or_else(|| Table::new(self.size));
        let result = work(&mut table);
        free().push(table);
        result
    }

    /// All of them, when nobody works.
    pub fn all(&mut self) -> &mut Vec<Table> {
        self.free.get_mut().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Dye {
    /// Take in what was sent to organisations; what reached outside accounts leaked by `channel`. The lanes of `sent` are
    /// the last rounds. Then what was sent to households.
    pub(super) fn gather<const N: usize>(
        &mut self,
        city: &City,
        tables: &mut Tables,
        (sent, channel): (Sent<N>, Channel),
        at_home: AtHome,
    ) {
        assert_eq!(self.org_next.len(), self.orgs.len(), "nobody else has what organisations will hold");
        let zones = city.suppliers.zone.rows();
        for table in tables.all() {
            let (inside, outside) = sent(table).split_at_mut(self.org_next.len());
            let rows = inside.par_chunks_mut(ORGS).zip(self.org_next.par_chunks_mut(ORGS)).enumerate();
            let sums = rows.map(|(chunk, (sent, next))| {
                let zones = zones.get(chunk * ORGS..).unwrap_or_default();
                take_in(zones, sent, next)
            });
            let [all, local] = sums.reduce(|| [[0; N]; 2], |a, b| [add(a[0], b[0]), add(a[1], b[1])]);
            self.month.circulating += all.iter().sum::<i64>();
            for (lane, amount) in local.into_iter().enumerate() {
                self.month.local[ROUNDS - N + lane] += amount;
            }
            for account in outside {
                for (lane, amount) in std::mem::replace(account, [0; N]).into_iter().enumerate() {
                    self.month.leak(ROUNDS - N + lane, channel, amount);
                }
            }
            self.month.add(&table.month);
            table.month.clear();
        }
        let arrived = take_in_at_home(&mut self.home_next, city, tables, at_home);
        self.month.add(&arrived);
        tables.all().iter_mut().flat_map(|table| &mut table.homes).for_each(Vec::clear);
    }
}

/// Take in what was sent to households, district by district, so that what is asked of them is at hand. Income is told by tenth
/// and ward.
fn take_in_at_home(next: &mut [HomeLanes], city: &City, tables: &mut Tables, is: AtHome) -> Month {
    let (deciles, wards) = (city.households.decile.rows(), city.households.ward.rows());
    let sent: &[Table] = tables.all();
    let districts = next.par_chunks_mut(DISTRICT).enumerate();
    let none = || Month::new(city.wards.len(), 0);
    let take_in = |month: &mut Month, (district, homes): (usize, &mut [HomeLanes])| {
        for (household, dye) in sent.iter().flat_map(|table| &table.homes[district]) {
            let h = *household as usize;
            let home = &mut homes[h - district * DISTRICT];
            *home = add(*home, *dye);
            let all = dye[0] + dye[1];
            month.circulating += all;
            if matches!(is, AtHome::Income) {
                month.income(deciles[h], wards[h], all);
            }
        }
    };
    add_up(districts, none, take_in, |mut all, more| {
        all.add(&more);
        all
    })
}

/// Move what was sent to a chunk of organisations into what they hold next month. Returns all of it by lane, and what
/// reached the city: suppliers with their site there and anchors, which come after all suppliers.
fn take_in<const N: usize>(zones: &[Zone], sent: &mut [[i64; N]], next: &mut [Lanes]) -> [[i64; N]; 2] {
    let (mut all, mut local) = ([0; N], [0; N]);
    for (k, (sent, next)) in sent.iter_mut().zip(next).enumerate() {
        let sent = std::mem::replace(sent, [0; N]);
        for lane in 0..N {
            next[class_of(ROUNDS - N + lane)] += sent[lane];
        }
        all = add(all, sent);
        if zones.get(k).is_none_or(|zone| *zone == Zone::City) {
            local = add(local, sent);
        }
    }
    [all, local]
}

/// Sums of dye, lane by lane. None is more than all that circulates, which is added up with a check.
#[inline]
pub fn add<const N: usize>(mut a: [i64; N], b: [i64; N]) -> [i64; N] {
    for lane in 0..N {
        a[lane] = a[lane].wrapping_add(b[lane]);
    }
    a
}
