//! Following the pound: dye put on the anchors' procurement moves with the month's flows until it leaks.
//!
//! A hop is a month: dye received in one month is divided over the uses of the next. Dye is whole units
//! (1,024 to the penny), shares are fixed-point and what rounding leaves goes to the largest use, so
//! spent = still circulating + held + leaked holds exactly at any thread count.

mod anchors;
mod arrivals;
mod dye;
mod home_moves;
mod home_pieces;
#[cfg(wide)]
mod home_pieces_eight;
#[cfg(wide)]
mod home_pieces_wide;
mod households;
pub mod ledger;
mod purse;
pub mod select;
mod split;
mod suppliers;
mod tables;
pub mod tags;
mod uses;
mod wages;

use crate::world::City;
use dye::Dye;
use ledger::Ledger;
use purse::Dyed;
use select::Selection;
use serde::{Deserialize, Serialize};
use tables::Tables;
use tags::Tags;
use wages::Rate;

/// Dye on one penny.
pub const DYE_PER_PENNY: i64 = 1024;

/// The dye of a city and the record of where it went: all procurement, with the parts of it that share its
/// later rounds, and each declared tracer whose dye is kept apart.
#[derive(Clone, Serialize, Deserialize)]
pub struct Tracer {
    all: Dye,
    shared: Vec<Selection>,
    apart: Vec<(Selection, Dye)>,
    /// Of the extra spend of an impulse, from its first month on.
    extra: Option<Dye>,
    tags: Tags,
    #[serde(skip)]
    tables: Tables,
    #[serde(skip)]
    rates: Vec<Rate>,
    pub ledger: Ledger,
}

impl Tracer {
    /// A tracer for all procurement of all anchors of a city, for its parts, and for what its settings declare.
    pub fn new(city: &City) -> Tracer {
        let select = |separate: bool| {
            let of = city.settings.tracer.follow.iter().filter(move |follow| follow.separate == separate);
            of.map(|follow| Selection::new(city, follow)).collect::<Vec<_>>()
        };
        let shared = select(false);
        let groups = tags::groups(city, &shared);
        let n = groups.iter().map(|group| group.members.len()).sum();
        let named = |s: &Selection| Ledger { name: s.name.clone(), first: s.first, ..Ledger::default() };
        let separate = select(true);
        let ledger = Ledger {
            name: "all".into(),
            groups,
            first: 1,
            apart: separate.iter().map(named).collect(),
            ..Ledger::default()
        };
        Tracer {
            all: Dye::new(city, n),
            shared,
            apart: separate.into_iter().map(|s| (s, Dye::new(city, 0))).collect(),
            extra: None,
            tags: Tags::new(city),
            tables: Tables::default(),
            rates: Vec::new(),
            ledger,
        }
    }

    /// Move the dye by the month's flows. Procurement has measured how local suppliers are before, as every month's does.
    pub fn follow(&mut self, city: &City) {
        if city.month % 12 == 1 {
            self.tags.count(city);
        }
        let Tracer { all, shared, apart, extra, tags, tables, rates, ledger } = self;
        tables.fit(city, all.month.tags.len());
        let mut scratch = (tables, rates);
        move_on(all, city, (tags, Dyed::All(shared)), &mut scratch, ledger);
        for ((selection, dye), ledger) in apart.iter_mut().zip(&mut ledger.apart) {
            if city.month >= selection.first {
                move_on(dye, city, (tags, Dyed::Some(selection)), &mut scratch, ledger);
            }
        }
        let flows = &city.flows;
        let given = !flows.given.is_empty();
        if extra.is_none() && (given || !flows.extra.is_empty() || flows.payments.iter().any(|p| p.extra)) {
            *extra = Some(Dye::new(city, 0));
            let name = if given { GIVEN } else { "extra spend" };
            let new = Ledger { name: name.into(), first: city.month, ..Ledger::default() };
            ledger.extra = Some(Box::new(new));
        }
        if let (Some(dye), Some(ledger)) = (extra, &mut ledger.extra) {
            move_on(dye, city, (tags, Dyed::Extra), &mut scratch, ledger);
            if ledger.name == GIVEN
                && let Some(month) = ledger.months.last_mut()
            {
                one_receipt_earlier(month);
            }
        }
    }

    /// Dye of all procurement still circulating, and dye that waits in reserves.
    pub fn in_hand(&self) -> (i64, i64) {
        self.all.in_hand()
    }

    /// The identity of the dye: of each tracer, by name, what was put in less what circulates, is held or has leaked. Zero.
    pub fn gaps(&self) -> Vec<(&str, i64)> {
        let gap = |dye: &Dye, ledger: &'_ Ledger| {
            let (circulating, held) = dye.in_hand();
            ledger.injected_so_far() - circulating - held - ledger.leaked_so_far()
        };
        let mut gaps = vec![(self.ledger.name.as_str(), gap(&self.all, &self.ledger))];
        for ((_, dye), ledger) in self.apart.iter().zip(&self.ledger.apart) {
            gaps.push((&ledger.name, gap(dye, ledger)));
        }
        for (dye, ledger) in self.extra.iter().zip(&self.ledger.extra) {
            gaps.push((&ledger.name, gap(dye, ledger)));
        }
        gaps
    }

    /// All that is missing or too much by the identity of the dye; zero.
    pub fn unaccounted(&self) -> i64 {
        self.gaps().iter().map(|(_, gap)| gap.abs()).sum()
    }
}

/// The ledger of an extra spend that households are given.
const GIVEN: &str = "extra spend, given to households";

/// Households' dye is kept as a second receipt at the earliest. Where it is their first, what comes of it is counted one
/// receipt too late, and nothing else is in that lane.
fn one_receipt_earlier(month: &mut ledger::Month) {
    month.local[1] = std::mem::take(&mut month.local[2]);
    month.leaks[1] = std::mem::take(&mut month.leaks[2]);
}

fn move_on(
    dye: &mut Dye,
    city: &City,
    (tags, dyed): (&Tags, Dyed),
    (tables, rates): &mut (&mut Tables, &mut Vec<Rate>),
    ledger: &mut Ledger,
) {
    dye.month.clear();
    dye.month.month = city.month;
    dye.suppliers_spend(city, tags, tables);
    if matches!(dyed, Dyed::Extra) {
        dye.give_to_households(city);
    }
    let mut purse = dye.open_purse(city);
    let at_home = || {
        dye.pay_staff(city, rates, tables);
        dye.households_spend(city, tables);
    };
    rayon::join(at_home, || purse.anchors_spend(city, tags, dyed));
    dye.close_purse(purse);
    dye.gather_from_homes(city, tables);
    dye.month.held += dye.rounding;
    dye.turn_the_page();
    ledger.months.push(dye.month.clone());
}
