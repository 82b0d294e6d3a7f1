//! The record of one run: what is kept of each month once it is over.

mod account;
mod sam;
mod snapshot;
pub mod society;

use crate::base::date::Date;
use crate::base::money::Pence;
pub use crate::economy::books::homes::HouseholdSums;
use crate::economy::books::{Books, Group, Kind};
use crate::place::vocabulary::AnchorKind;
use crate::tracer::ledger::Ledger;
use crate::world::City;
use crate::world::awards::Award;
use crate::world::institutions::{Requests, SocialFirm};
use crate::world::shocks::Shocks;
pub use account::{Account, Extra, SalesBy, ZoneMonth};
pub use sam::SamYear;
use serde::{Deserialize, Serialize};
use snapshot::snapshot;
pub use snapshot::{AnchorMonth, Snapshot};
use std::collections::BTreeMap;

/// Names that tables need.
#[derive(Clone, Default, Debug, PartialEq, Serialize, Deserialize)]
pub struct Names {
    pub city: String,
    pub price_year: String,
    pub wards: Vec<String>,
    /// Mean rank of deprivation by ward; empty where it is not known.
    pub deprivation: Vec<f64>,
    pub anchors: Vec<(String, String, String)>,
    pub categories: Vec<String>,
    /// Every need at the start: its identity, anchor, category, and pence a month.
    pub needs: Vec<(u64, u16, u8, Pence)>,
}

impl Names {
    /// A town is its own and only ward; it is the linear textbook, without luck.
    pub fn is_town(&self) -> bool {
        matches!(self.wards.as_slice(), [only] if *only == self.city)
    }
}

/// Everything kept of a run after burn-in.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Record {
    pub names: Names,
    pub scale: f64,
    /// First month of the run proper, by number, and its date.
    pub first_month: u16,
    pub epoch: Option<Date>,
    pub months: Vec<Snapshot>,
    /// Yearly sums by ward and by decile.
    pub wards: Vec<Vec<HouseholdSums>>,
    pub deciles: Vec<Vec<HouseholdSums>>,
    /// Yearly transaction flows.
    pub flows: BTreeMap<(u16, Group, Group, Kind), Pence>,
    /// Social accounting matrix of each year.
    pub sam: Vec<SamYear>,
    pub awards: Vec<Award>,
    /// What struck, and the band within which the city counts as recovered.
    pub shocks: Shocks,
    pub recovered_within_percent: f64,
    /// Community requests, and enterprises that institutions helped, as they stand.
    pub requests: Requests,
    pub social: Vec<SocialFirm>,
    /// Full marks of social value as a share of a contract's value.
    pub social_value_cap: f64,
    /// Paid by anchors to each organisation in the year so far; concentration of the years that are over.
    pub paid: Vec<Pence>,
    pub concentration: Vec<f64>,
    pub ledger: Ledger,
    /// False when the run was interrupted.
    pub complete: bool,
}

impl Record {
    /// An empty record for a city that is about to run.
    pub fn new(city: &City) -> Record {
        let anchors = (0..city.anchors.len())
            .map(|i| {
                let kind = city.anchors.kind.rows()[i].map_or("", AnchorKind::label).to_owned();
                (city.anchors.id[i].clone(), city.anchors.name[i].clone(), kind)
            })
            .collect();
        Record {
            names: Names {
                city: city.name.clone(),
                price_year: city.price_year.clone(),
                wards: city.wards.clone(),
                deprivation: city.background.deprivation_rank.clone(),
                anchors,
                categories: city.contracts.categories.iter().map(|c| c.id.clone()).collect(),
                needs: (city.contracts.rows.iter())
                    .map(|row| (row.need, row.anchor, row.category, row.monthly))
                    .collect(),
            },
            scale: city.scale,
            first_month: city.burn_in + 1,
            epoch: Some(city.epoch),
            social_value_cap: city.settings.procurement.social_value.cap_share,
            recovered_within_percent: city.settings.shock.recovered_within_percent,
            ..Record::default()
        }
    }

    /// Calendar month of a month number.
    pub fn date(&self, month: u16) -> String {
        self.epoch.map_or_else(String::new, |e| e.plus(i32::from(month)).to_string())
    }

    /// Year of the run that a month belongs to, from 1.
    pub fn year(&self, month: u16) -> u16 {
        (month - self.first_month) / 12 + 1
    }

    /// What contracts in force have delivered so far of what their awards promised: a mean over their months.
    fn note_deliveries(&mut self, city: &City) {
        let Some(first) = self.awards.first().map(|a| a.number) else { return };
        for row in city.contracts.rows.iter().filter(|r| r.award >= first && r.award != u32::MAX) {
            if let Some(award) = self.awards.get_mut((row.award - first) as usize) {
                let months = f32::from((city.month + 1).saturating_sub(award.month).max(1));
                award.delivered = row.delivered / months;
            }
        }
    }

    /// Add up what each organisation was paid by anchors, year by year.
    fn concentrate(&mut self, city: &City) {
        if (city.month - self.first_month).is_multiple_of(12) {
            self.paid.clear();
            self.concentration.push(0.0);
        }
        self.paid.resize(city.orgs.len(), 0);
        for p in city.flows.payments.iter().filter(|p| !p.refund) {
            self.paid[p.org as usize] += p.amount;
        }
        // A year that is not over counts as far as it has gone.
        if let Some(year) = self.concentration.last_mut() {
            *year = society::concentration(&self.paid);
        }
    }

    /// Keep what is needed of a month that has just closed.
    pub fn keep(&mut self, city: &City, books: &Books) {
        if city.month < self.first_month {
            return;
        }
        let year = self.year(city.month);
        let (wards, deciles) = books.by_ward_and_tenth();
        let at = usize::from(year) - 1;
        if self.wards.len() <= at {
            self.wards.push(vec![HouseholdSums::default(); wards.len()]);
            self.deciles.push(vec![HouseholdSums::default(); deciles.len()]);
        }
        let mut all = HouseholdSums::default();
        for (sum, of) in self.wards[at].iter_mut().zip(&wards) {
            sum.add(of);
        }
        for (sum, of) in self.deciles[at].iter_mut().zip(&deciles) {
            sum.add(of);
            all.add(of);
        }
        let (month, ()) = rayon::join(|| snapshot(city, books, all), || self.keep_lists(city, books, year));
        self.months.push(month);
    }

    /// Keep flows, the matrix, awards, institutions and who is paid, which the month adds to what there is of its year.
    fn keep_lists(&mut self, city: &City, books: &Books, year: u16) {
        let at = usize::from(year) - 1;
        for (from, to, kind, amount) in books.entries() {
            *self.flows.entry((year, from, to, kind)).or_default() += amount;
        }
        if self.sam.len() <= at {
            self.sam.push(SamYear::new(city.anchors.len()));
        }
        self.sam[at].keep(city, books);
        self.awards.extend_from_slice(&city.contracts.awards);
        self.note_deliveries(city);
        if self.shocks.struck.len() != city.shocks.struck.len() {
            self.shocks = city.shocks.clone();
        }
        self.requests = city.institutions.requests.clone();
        self.social = city.institutions.social.clone();
        self.concentrate(city);
    }
}
