//! Households over wards and tenures, and their members.

use super::sampling::{cumulative_rounding, systematic};
use super::unit;
use crate::base::col::{Col, Id};
use crate::base::draws::{Luck, Purpose};
use crate::place::city::City as Facts;
use crate::place::vocabulary::Tenure;
use crate::world::households::{HouseholdId, Households, Landlord};
use crate::world::orgs::NOBODY;
use crate::world::workers::{Status, Workers};

/// Share of households in which everybody is of pension age, by tenure (assumed; moved by one factor so that
/// the residents aged 66 and over are met), and of those, the share with two members.
const PENSIONER_BY_TENURE: [f64; Tenure::COUNT] = [0.62, 0.03, 0.25, 0.25, 0.06];
const PENSIONER_COUPLES: f64 = 0.45;
/// Age from which the state pension is paid (Pensions Act 2014; 66 until April 2026).
const PENSION_AGE: usize = 66;
/// How standing in the labour market leans with tenure (assumed; in standard deviations).
const STANDING_BY_TENURE: [f64; Tenure::COUNT] = [0.1, 0.5, -0.7, -0.6, -0.1];
/// How standing leans with the ward's deprivation: from the most to the least deprived ward (assumed).
const STANDING_BY_WARD: f64 = 0.9;

/// Households, residents of working age, and each resident's standing in the labour market.
pub struct People {
    pub households: Households,
    pub workers: Workers,
    /// Standard-normal-like standing of each resident worker: orders who holds which post.
    pub standing: Vec<f64>,
}

/// Draw the households and their members.
pub fn people(facts: &Facts, scale: f64, luck: &Luck) -> People {
    let mut households = Households::default();
    place_households(facts, scale, &mut households);
    let persons = household_sizes(facts, scale, &mut households, luck);
    children(facts, scale, &mut households, &persons, luck);
    let (workers, standing) = working_age(facts, &mut households, luck);
    People { households, workers, standing }
}

fn place_households(facts: &Facts, scale: f64, out: &mut Households) {
    let cells = facts.wards.iter().flat_map(|w| {
        let all: f64 = w.tenure.iter().sum();
        w.tenure.iter().map(move |t| t / all * w.households * scale)
    });
    for (cell, n) in cumulative_rounding(cells).into_iter().enumerate() {
        for _ in 0..n {
            out.ward.push((cell / Tenure::COUNT) as u8);
            out.tenure.push((cell % Tenure::COUNT) as u8);
        }
    }
    let n = out.ward.len();
    out.adults = Col::filled(0, n);
    out.children = Col::filled(0, n);
    out.pensioners = Col::filled(0, n);
    out.decile = Col::filled(0, n);
    out.budget = Col::filled(0, n);
    out.deposits = Col::filled(0, n);
    out.steady = Col::filled(Default::default(), n);
    out.commitments = Col::filled(Default::default(), n);
    out.landlord = Col::filled(Landlord::None, n);
    out.spending = Col::filled(Default::default(), n);
    out.fixed = Col::filled(Default::default(), n);
    out.credit_at_start = Col::filled(0, n);
    out.outlets = Col::filled(Default::default(), n);
    out.received_last = Col::filled(0, n);
    out.received = Col::filled(0, n);
}

/// Persons in each household; pensioner households are all of pension age. The distribution of sizes is tilted
/// by one factor until the city's residents are met.
fn household_sizes(facts: &Facts, scale: f64, out: &mut Households, luck: &Luck) -> Vec<u8> {
    let n = out.ward.len();
    let mut persons = vec![0u8; n];
    let mut pensioner_persons = 0usize;
    let factor = pensioner_factor(facts, scale, out);
    for (h, persons) in persons.iter_mut().enumerate() {
        let id = HouseholdId::from_index(h);
        let of_tenure = factor * PENSIONER_BY_TENURE[out.tenure[id] as usize];
        if unit(luck, 10, h as u64, 0) < of_tenure {
            let couple = unit(luck, 10, h as u64, 1) < PENSIONER_COUPLES;
            *persons = 1 + u8::from(couple);
            out.pensioners[id] = *persons;
            pensioner_persons += usize::from(*persons);
        }
    }
    let others: Vec<usize> = (0..n).filter(|&h| persons[h] == 0).collect();
    let wanted = (facts.people.residents * scale).round() - pensioner_persons as f64;
    let mean = wanted / others.len().max(1) as f64;
    let tilted = tilt(&facts.people.household_sizes, mean);
    let counts = cumulative_rounding(tilted.iter().map(|p| p * others.len() as f64));
    // Sizes in a keyed order of households, so that each ward gets its share of each size; larger households
    // are a little likelier in the larger wards' family housing (order by persons per household of the ward).
    let mut order: Vec<(f64, usize)> = others
        .iter()
        .map(|&h| {
            let ward = &facts.wards[out.ward[HouseholdId::from_index(h)] as usize];
            let crowd = ward.residents / ward.households;
            (luck.normal(Purpose::HouseholdMake, h as u64, 0) + 1.6 * (crowd - 2.35), h)
        })
        .collect();
    order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut at = 0;
    for (size, count) in counts.into_iter().enumerate() {
        for _ in 0..count {
            if let Some(&(_, h)) = order.get(at) {
                persons[h] = size as u8 + 1;
                at += 1;
            }
        }
    }
    for &(_, h) in &order[at.min(order.len())..] {
        persons[h] = 2;
    }
    persons
}

/// Residents of pension age over those that the shares by tenure would give.
fn pensioner_factor(facts: &Facts, scale: f64, out: &Households) -> f64 {
    let counted: f64 = facts.people.by_age.iter().sum();
    let of_age: f64 = facts.people.by_age.iter().skip(PENSION_AGE).sum();
    let wanted = of_age / counted * facts.people.residents * scale;
    let households: f64 = out.tenure.iter().map(|t| PENSIONER_BY_TENURE[*t as usize]).sum();
    wanted / (households * (1.0 + PENSIONER_COUPLES)).max(1.0)
}

/// Multiply a distribution over 1..=8 by `factor^size` so that its mean is `mean`.
fn tilt(distribution: &[f64; 8], mean: f64) -> [f64; 8] {
    let tilted = |factor: f64| {
        let mut p = *distribution;
        let mut power = 1.0;
        for q in &mut p {
            power *= factor;
            *q *= power;
        }
        let sum: f64 = p.iter().sum();
        p.map(|q| q / sum)
    };
    let (mut low, mut high) = (0.2, 5.0);
    for _ in 0..60 {
        let mid = 0.5 * (low + high);
        let m: f64 = tilted(mid).iter().enumerate().map(|(i, q)| (i + 1) as f64 * q).sum();
        if m < mean { low = mid } else { high = mid }
    }
    tilted(0.5 * (low + high))
}

/// Children under sixteen in the households of working age; every household keeps at least one adult.
fn children(facts: &Facts, scale: f64, out: &mut Households, persons: &[u8], luck: &Luck) {
    let ages: f64 = facts.people.by_age.iter().sum();
    let under_16: f64 = facts.people.by_age.iter().take(16).sum::<f64>() / ages;
    let wanted = (under_16 * facts.people.residents * scale).round() as usize;
    // One slot a possible child: the first beyond two adults are likelier than one beyond the first adult.
    let (mut slots, mut weights) = (Vec::new(), Vec::new());
    for (h, &size) in persons.iter().enumerate() {
        if out.pensioners[HouseholdId::from_index(h)] == 0 {
            for place in 1..size {
                slots.push(h);
                weights.push(if place == 1 { 0.15 } else { 0.75 });
            }
        }
    }
    let chosen = systematic(&weights, wanted, unit(luck, 11, 0, 0));
    for (slot, _) in slots.iter().zip(&chosen).filter(|(_, c)| **c) {
        out.children[HouseholdId::from_index(*slot)] += 1;
    }
    for (h, &size) in persons.iter().enumerate() {
        let id = HouseholdId::from_index(h);
        out.adults[id] = size - out.children[id];
    }
}

fn working_age(facts: &Facts, out: &mut Households, luck: &Luck) -> (Workers, Vec<f64>) {
    let (mut workers, mut standing) = (Workers::default(), Vec::new());
    let ranks: Vec<f64> = facts.wards.iter().map(|w| w.deprivation_rank).collect();
    let (low, high) =
        (ranks.iter().copied().fold(f64::MAX, f64::min), ranks.iter().copied().fold(0.0, f64::max));
    out.workers_from.push(0);
    for h in 0..out.ward.len() {
        let id = HouseholdId::from_index(h);
        if out.pensioners[id] == 0 {
            let ward = (ranks[out.ward[id] as usize] - low) / (high - low).max(1.0) - 0.5;
            let lean = STANDING_BY_TENURE[out.tenure[id] as usize] + STANDING_BY_WARD * ward;
            let shared = luck.normal(Purpose::HouseholdMake, h as u64, 1);
            for k in 0..out.adults[id] {
                let own = luck.normal(Purpose::WorkerMake, h as u64, u32::from(k));
                standing.push(lean + 0.55 * shared + 0.75 * own);
                workers.household.push(h as u32);
                workers.employer.push(NOBODY);
                workers.status.push(Status::Inactive);
                workers.sector.push(0);
                workers.pay.push(0);
                workers.post.push(crate::world::orgs::NOBODY);
                workers.skill_pay.push(0);
                workers.hours.push(0);
                workers.home.push(0);
                workers.months_out.push(0);
            }
        }
        out.workers_from.push(workers.pay.len() as u32);
    }
    workers.residents = workers.pay.len();
    (workers, standing)
}
