//! A country of cities: each is a city like any other, and what its outside accounts pay and receive is what the other
//! cities do. A month is a month of every city, all at once; then what each bought outside is divided over those who
//! sell it, and is their orders of the next month (docs/country.md).

mod base;
mod demand;
mod geography;
mod ledger;
mod links;
mod mix;
mod outside;

use crate::base::draws::Draws;
use crate::economy::books::{Books, BrokenIdentity};
use crate::economy::plan::Plan;
use crate::economy::step;
use crate::scenario::settings::CountryRules;
use crate::world::City;
use base::{Base, Means, Rest, Start};
use demand::{Asked, Partners};
pub use geography::{Geography, ZONES, divide};
use ledger::Clearing;
pub use ledger::CountryMonth;
pub use links::Links;
pub use mix::Mix;
pub use outside::{ByZone, OutsideMonth};
use rayon::prelude::*;
use std::sync::Arc;

/// People of each city whom others ask for, by zone, month after month.
pub type Commuters = Vec<Vec<[i64; 2]>>;

/// Cities with what passes between them.
#[derive(Clone)]
pub struct Country {
    pub cities: Vec<City>,
    draws: Vec<Draws>,
    mixes: Arc<Vec<Mix>>,
    partners: Arc<Partners>,
    rules: Arc<CountryRules>,
    means: Means,
    /// None while the cities are not linked: each meets an outside that does not answer.
    base: Option<Arc<Base>>,
    /// What others asked of each city's people in the months since it was linked; and in the same months of the run that this
    /// one is compared with, if it is compared with one.
    noted: Commuters,
    usual: Option<Arc<Commuters>>,
    /// Orders from the zones that each city has this month.
    orders: Vec<ByZone>,
    clearing: Clearing,
}

impl Country {
    /// Cities as founded, each with its luck and the mix of what it buys outside; not linked yet.
    pub fn new(cities: Vec<(City, Draws, Mix)>, rules: &CountryRules, luck: &Draws) -> Country {
        let geography = Geography::new(cities.len(), usize::from(rules.regions));
        let (mut all, mut draws, mut mixes) = (Vec::new(), Vec::new(), Vec::new());
        // Cities that do not work at the moment need no columns to borrow.
        let shelf = Arc::default();
        for (mut city, own, mix) in cities {
            city.shelf = Arc::clone(&shelf);
            all.push(city);
            draws.push(own);
            mixes.push(mix);
        }
        let orders: Vec<ByZone> = all.iter().map(|city| Start::of(city).orders).collect();
        let workers = all.iter().map(out_commuters).collect();
        let partners = Partners::new(&geography, &all, (orders.clone(), workers), luck);
        let clearing = Clearing { waiting: orders.iter().map(demand::total).sum() };
        Country {
            means: Means::new(all.len()),
            cities: all,
            draws,
            mixes: Arc::new(mixes),
            partners: Arc::new(partners),
            rules: Arc::new(rules.clone()),
            base: None,
            noted: Vec::new(),
            usual: None,
            orders,
            clearing,
        }
    }

    /// From next month on, cities have the orders that the others give, beyond what was usual in the months noted so far; and
    /// the work outside that the others give beyond what they give, month by month, in the run that this one is compared with.
    /// (How many commute into a city creeps, by half a percent a year; tied by their levels, cities would pass the creep on to
    /// each other and make it several times as fast.)
    pub fn link(&mut self, usual: Option<Arc<Commuters>>) {
        let start = self.cities.iter().map(Start::of).collect();
        self.base = Some(Arc::new(self.means.base(start, self.rules.beyond)));
        self.usual = usual;
        self.noted.clear();
    }

    /// What of cities' purchases and of their commuters is other cities', once they are linked.
    pub fn links(&self) -> Option<&Links> {
        self.base.as_ref().map(|base| &base.links)
    }

    /// What others asked of each city's people, by month since it was linked.
    pub fn commuters_asked(&self) -> &Commuters {
        &self.noted
    }

    /// One month of every city; `keep` is told of each.
    pub fn step<S: Send>(
        &mut self,
        plans: &[Plan],
        kept: &mut [S],
        keep: impl Fn(&mut S, &City, &Books) + Sync,
    ) -> Result<CountryMonth, BrokenIdentity> {
        let mixes = &self.mixes;
        let of_city = |((i, city), kept): ((usize, &mut City), &mut S)| {
            let books = step::step(city, &plans[i], &self.draws[i], None)?;
            keep(kept, city, &books);
            OutsideMonth::of(city, &books, &mixes[i])
        };
        let cities = self.cities.par_iter_mut().enumerate().zip(kept.par_iter_mut());
        let months: Vec<Result<OutsideMonth, BrokenIdentity>> = cities.map(of_city).collect();
        let mut done = Vec::with_capacity(months.len());
        for (i, month) in months.into_iter().enumerate() {
            let name = |broken: BrokenIdentity| BrokenIdentity {
                account: format!("{}, {}", city_name(i), broken.account),
                ..broken
            };
            done.push(month.map_err(name)?);
        }
        self.clear(&done)
    }

    /// Divide what was bought, place the orders of the next month, close the country's books.
    fn clear(&mut self, months: &[OutsideMonth]) -> Result<CountryMonth, BrokenIdentity> {
        let unfilled: Vec<ByZone> =
            self.orders.iter().zip(months).map(|(of, month)| less(of, &month.sold)).collect();
        let asked: Vec<Asked> = self.partners.ask(&self.cities, months, &unfilled);
        let mut rest = None;
        if let Some(base) = &self.base {
            let usual = self.usual.as_ref().and_then(|usual| usual.get(self.noted.len()));
            for (i, city) in self.cities.iter_mut().enumerate() {
                if self.rules.purchases {
                    let (orders, beyond) = base.order(i, city, &asked[i]);
                    self.orders[i] = orders;
                    rest.get_or_insert_with(Rest::default).add(beyond);
                }
                if let (true, Some(usual)) = (self.rules.commuters, usual) {
                    base.employ(i, city, asked[i].commuters, usual[i]);
                }
            }
            self.noted.push(asked.iter().map(|of| of.commuters).collect());
        }
        let city = &self.cities[0];
        let noted = i64::from(city.burn_in) - i64::from(self.rules.base_months);
        if i64::from(city.month) > noted && city.month <= city.burn_in {
            self.means.add(&asked, months);
        }
        let when = (city.month, city.date(city.month).to_string());
        self.clearing.close(when, months, &asked, (&self.orders, rest))
    }
}

/// What a city of a country is called.
pub fn city_name(number: usize) -> String {
    format!("synthetic city {}", number + 1)
}

fn less(a: &ByZone, b: &ByZone) -> ByZone {
    std::array::from_fn(|zone| std::array::from_fn(|sector| a[zone][sector] - b[zone][sector]))
}

fn out_commuters(city: &City) -> [i64; 2] {
    let heads = city.employers.headcount.rows();
    [2, 1].map(|from_end| heads.get(heads.len().wrapping_sub(from_end)).copied().map_or(0, i64::from))
}
