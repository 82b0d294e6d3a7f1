//! The incubator: it finds where the members' money leaks most, and founds social enterprises there.

use super::charter::{Now, host};
use super::social::{helped, take_form, vacant_place};
use crate::base::col::Id;
use crate::base::draws::{Luck, Purpose, short};
use crate::base::money::pence;
use crate::economy::adapt::average;
use crate::economy::books::{Books, Kind};
use crate::economy::firms;
use crate::economy::plan::Rules;
use crate::place::vocabulary::Zone;
use crate::scenario::settings::Incubator;
use crate::world::City;
use crate::world::institutions::{Helped, SocialFirm};
use crate::world::orgs::{Org, OrgId};
use crate::world::suppliers::SupplierId;

/// Months over which leaks are averaged.
const MEMORY: f64 = 12.0;

/// The category where one enterprise more has most to win: the leak shared with those already founded for it. Of equals
/// the first; none where nothing leaks.
pub fn largest_gap(leaks: &[i64], founded: &[usize]) -> Option<usize> {
    let share = |c: usize| leaks[c] as f64 / (1.0 + founded.get(c).copied().unwrap_or(0) as f64);
    (0..leaks.len()).filter(|c| leaks[*c] > 0).max_by(|a, b| share(*a).total_cmp(&share(*b)).then(b.cmp(a)))
}

/// Whole starts due, and the fraction that waits.
pub fn due(pending: f64, a_year: f64) -> (usize, f64) {
    let sum = pending + a_year / 12.0;
    (sum.floor() as usize, sum.fract())
}

/// Members ask young enterprises to bid.
pub(super) fn serve(of: &Now<Incubator>, rules: &mut Rules) {
    for (_, _, need) in rules.each().filter(|(a, _, _)| of.members[*a]) {
        need.asks_incubated = true;
    }
}

/// Enterprises in shared space.
pub(super) fn with_space(city: &City) -> usize {
    let months = city.settings.institutions.mentored_months;
    let of = |firm: &&SocialFirm| {
        firm.helped == Helped::Incubated && firm.closed.is_none() && city.month - firm.since < months
    };
    city.institutions.social.iter().filter(of).count()
}

/// Enterprises that opened at the end of last month: they receive their seed money in this one.
pub(super) fn to_be_seeded(city: &City) -> Vec<SupplierId> {
    let of = |firm: &&SocialFirm| {
        firm.helped == Helped::Incubated && firm.closed.is_none() && firm.since + 1 == city.month
    };
    city.institutions.social.iter().filter(of).map(|firm| SupplierId(firm.supplier)).collect()
}

pub(super) fn work(city: &mut City, rules: &Rules, luck: &Luck, books: &mut Books) {
    let Some(of) = rules.institutions.incubator.clone() else { return };
    note_leaks(city, &of, rules);
    seed(city, pence(of.of.seed_gbp), books);
    open(city, &of, luck, books);

    let (n, rest) = due(city.institutions.pending[0], of.of.starts_a_year * of.strength * city.scale);
    city.institutions.pending[0] = rest;
    for _ in 0..n {
        let chosen = choose(city, rules);
        let month = city.month.saturating_add(city.settings.institutions.lead_months);
        city.institutions.waiting.extend(chosen.map(|c| (month, Some(c as u8))));
    }
}

/// What members paid outside the city, by category.
fn note_leaks(city: &mut City, of: &Now<Incubator>, rules: &Rules) {
    let n = city.contracts.categories.len();
    city.institutions.leaks.resize(n, 0.0);
    let mut month = vec![0; n];
    for p in city.flows.payments.iter().filter(|p| of.members[p.anchor as usize]) {
        let outside = match city.orgs.kind(OrgId(p.org)) {
            Org::Supplier(i) => city.suppliers.zone.rows()[i] != Zone::City,
            Org::Anchor(_) => false,
            Org::Outside(_) => true,
        };
        if outside && rules.of(p.anchor, p.category).asks_incubated {
            month[p.category as usize] += p.amount;
        }
    }
    for (mean, seen) in city.institutions.leaks.iter_mut().zip(month) {
        *mean = average(*mean as i64, seen, MEMORY) as f64;
    }
}

/// The category to found for, among those whose trade has places in the market.
fn choose(city: &City, rules: &Rules) -> Option<usize> {
    let n = city.contracts.categories.len();
    let mut founded = vec![0; n];
    let open =
        city.institutions.social.iter().filter(|firm| firm.closed.is_none()).filter_map(|f| f.category);
    let waiting = city.institutions.waiting.iter().filter_map(|(_, c)| *c);
    open.chain(waiting).for_each(|c| founded[usize::from(c)] += 1);
    let reach = rules.institutions.incubator.as_ref().map(|of| &of.of.reach.categories);
    let leaks: Vec<i64> = (0..n)
        .map(|c| {
            let id = &city.contracts.categories[c].id;
            let meant = reach.is_none_or(|names| names.is_empty() || names.contains(id));
            let here = !city.contracts.pools[c][0].is_empty();
            if meant && here { city.institutions.leaks[c] as i64 } else { 0 }
        })
        .collect();
    largest_gap(&leaks, &founded)
}

/// The host hands on the seed money.
fn seed(city: &mut City, seed: i64, books: &mut Books) {
    let from = city.orgs.anchor(host(city));
    for s in to_be_seeded(city) {
        let amount = seed.min(city.cash[from]).max(0);
        books.pay(city, Kind::SeedMoney, (from, city.orgs.supplier(s.index())), amount);
    }
}

/// Open what is due, each in a vacant place of its trade.
fn open(city: &mut City, of: &Now<Incubator>, luck: &Luck, books: &mut Books) {
    let ready: Vec<usize> = (0..city.institutions.waiting.len())
        .filter(|k| {
            city.institutions.waiting[*k].1.is_some() && city.institutions.waiting[*k].0 <= city.month
        })
        .collect();
    for k in ready.into_iter().rev() {
        let Some(c) = city.institutions.waiting.remove(k).1 else { continue };
        let sector = city.contracts.categories[c as usize].sector;
        let race = |s: SupplierId| luck.arrival(1.0, Purpose::Founding, u64::from(c), short(u64::from(s.0)));
        let place = vacant_place(city, |s| city.suppliers.sector[s] == sector, race);
        let Some(s) = place else {
            // No place in the trade stands vacant: next month.
            city.institutions.waiting.push((city.month + 1, Some(c)));
            continue;
        };
        firms::open(city, s.index(), luck, books);
        take_form(city, s, of.of.form.ownership(), (Helped::Incubated, Some(c)));
    }
}

/// Whether an enterprise is still mentored, and for which category.
pub fn mentored(city: &City, s: SupplierId) -> Option<u8> {
    let firm = helped(city, s)?;
    let young = city.month.saturating_sub(firm.since) < city.settings.institutions.mentored_months;
    firm.category.filter(|_| young && firm.helped == Helped::Incubated)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Leaks of 100, 300 and 280 a month: the second first; with one founded there its half (150) is less than 280.
    #[test]
    fn gaps_by_hand() {
        assert_eq!(largest_gap(&[100, 300, 280], &[0, 0, 0]), Some(1));
        assert_eq!(largest_gap(&[100, 300, 280], &[0, 1, 0]), Some(2));
        assert_eq!(largest_gap(&[100, 300, 280], &[0, 2, 2]), Some(0));
        assert_eq!(largest_gap(&[0, 0], &[]), None);
    }

    /// Five a year: 5/12 a month, so the first in the third month.
    #[test]
    fn starts_by_hand() {
        let mut pending = 0.0;
        let starts: Vec<usize> = (0..12)
            .map(|_| {
                let (n, rest) = due(pending, 5.0);
                pending = rest;
                n
            })
            .collect();
        assert_eq!(starts[..3], [0, 0, 1]);
        assert!((4..=5).contains(&starts.iter().sum::<usize>()));
    }
}
