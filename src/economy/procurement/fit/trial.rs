//! Trial lettings of a sample of the stock: who wins what at which price.

use super::super::package::Tender;
use super::super::{Chance, route, score};
use crate::base::parallel::map_chunks;
use crate::economy::plan::Rules;
use crate::place::vocabulary::Buyers;
use crate::world::City;
use crate::world::pools::is_small;

/// Needs of each category that are let in a round.
const NEEDS: usize = 400;

/// What a round of trial lettings gave: by category, and what small enterprises won and others by kind of buyer.
#[derive(Clone)]
pub(super) struct Outcomes {
    pub by_category: Vec<Outcome>,
    pub small_and_others: [[f64; 2]; Buyers::COUNT],
}

#[derive(Clone, Default)]
pub(super) struct Outcome {
    /// Pence a month won by zone.
    pub value: [f64; 3],
    pub volume: f64,
    pub margin: f64,
}

impl Outcomes {
    fn none(categories: usize) -> Outcomes {
        Outcomes { by_category: vec![Outcome::default(); categories], small_and_others: Default::default() }
    }

    fn add(&mut self, part: &Outcomes) {
        for (sum, of) in self.by_category.iter_mut().zip(&part.by_category) {
            for z in 0..3 {
                sum.value[z] += of.value[z];
            }
            sum.volume += of.volume;
            sum.margin += of.margin;
        }
        for (sum, of) in self.small_and_others.iter_mut().zip(&part.small_and_others) {
            sum[0] += of[0];
            sum[1] += of[1];
        }
    }
}

/// Competitions that are tried: the largest of each category and every so many-th of the others, with the number
/// of needs that each stands for.
fn sample(city: &City, stock: &[Tender]) -> Vec<(usize, f64)> {
    let mut all = Vec::new();
    for c in 0..city.contracts.categories.len() {
        let mut of: Vec<usize> =
            (0..stock.len()).filter(|i| stock[*i].category as usize == c && !stock[*i].extends).collect();
        of.sort_by(|a, b| stock[*b].value_gbp.total_cmp(&stock[*a].value_gbp).then(a.cmp(b)));
        let (largest, others) = of.split_at(of.len().min(NEEDS / 2));
        let stride = (others.len() / (NEEDS / 2)).max(1);
        all.extend(largest.iter().map(|i| (*i, 1.0)));
        all.extend(others.iter().step_by(stride).map(|i| (*i, stride as f64)));
    }
    all
}

/// Let a sample of the stock, and note who wins what at which price.
pub(super) fn trial(city: &City, rules: &Rules, stock: &[Tender], chance: &Chance) -> Outcomes {
    let sample = sample(city, stock);
    let parts = map_chunks(sample.len(), 64, |range| {
        let mut sums = Outcomes::none(city.contracts.categories.len());
        for (i, weight) in &sample[range] {
            let tender = &stock[*i];
            let contest = score::hold(city, rules, tender, 0, chance);
            let Some(bid) = contest.winner.map(|w| contest.bids[w]) else { continue };
            let of = &mut sums.by_category[tender.category as usize];
            let value = weight * city.contracts.rows[tender.lots[0][0]].monthly as f64;
            of.value[city.suppliers.zone[bid.supplier].index().min(2)] += value;
            of.volume += value / bid.price;
            of.margin += value * bid.mark_up;
            let large = usize::from(!is_small(city, bid.supplier));
            sums.small_and_others[route::buyer(city, tender.anchor)][large] += value;
        }
        sums
    });
    let mut all = Outcomes::none(city.contracts.categories.len());
    parts.iter().for_each(|part| all.add(part));
    all
}
