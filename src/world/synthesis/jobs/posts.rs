//! Every post in the city, with its pay.

use super::Post;
use crate::base::col::Id;
use crate::base::draws::{Luck, Purpose};
use crate::base::parallel::map_chunks;
use crate::place::city::{City as Facts, SECTORS, SectorFacts};
use crate::place::tax_rules::Paye;
use crate::place::vocabulary::Sector;
use crate::world::suppliers::SupplierId;
use crate::world::synthesis::firms::Work;
use crate::world::synthesis::sampling::Shape;
use rayon::prelude::*;
use std::ops::Range;

/// Spread of pay within a sector relative to the spread over all jobs (assumed: sectors explain the rest).
const SPREAD_WITHIN: f64 = 0.74;

/// Every post in the city with its pay: a sector base, a premium of the firm, and a spread within.
pub(super) fn posts(facts: &Facts, scale: f64, work: &Work, luck: &Luck) -> Vec<Post> {
    let shape = Shape::new(&facts.people.pay_percentiles, SPREAD_WITHIN);
    let of_chunk = |employers| posts_of_suppliers(work, &shape, luck, employers);
    let mut posts = map_chunks(work.headcount.len(), 1_024, of_chunk).concat();
    scale_to_compensation(facts, scale, work, &mut posts);
    let first_anchor = work.suppliers.len() as u32;
    for (a, anchor) in facts.anchors.iter().enumerate() {
        let staff = (anchor.staff * scale).round() as u32;
        for k in 0..staff {
            let sector = anchor_sector(anchor, f64::from(k) / f64::from(staff.max(1)));
            let u = luck.uniform(Purpose::FirmMake, 1 << 50 | a as u64, k);
            posts.push(Post {
                employer: first_anchor + a as u32,
                sector,
                pay: shape.at(u) * anchor.mean_pay * 100.0 / 12.0,
            });
        }
    }
    posts
}

fn posts_of_suppliers(work: &Work, shape: &Shape, luck: &Luck, employers: Range<usize>) -> Vec<Post> {
    let mut posts = Vec::new();
    for i in employers {
        let (s, n) = (SupplierId::from_index(i), work.headcount[i]);
        let identity = work.suppliers.identity[s];
        let premium = libm::exp(
            0.03 * libm::log(f64::from(n.max(1))) + 0.1 * luck.normal(Purpose::FirmMake, identity, 1),
        );
        for k in 0..n {
            let pay = premium * shape.at(luck.uniform(Purpose::FirmMake, identity, 16 + k));
            posts.push(Post { employer: i as u32, sector: work.suppliers.sector[s], pay });
        }
    }
    posts
}

fn anchor_sector(anchor: &crate::place::city::AnchorFacts, at: f64) -> Sector {
    let mut sum = 0.0;
    for (sector, part) in &anchor.sections {
        sum += part;
        if at < sum {
            return *sector;
        }
    }
    anchor.sections.last().map_or(Sector::O, |(s, _)| *s)
}

/// Scale each sector's pay so that pay, employer contributions and pensions together are the sector's
/// compensation of employees, less what the anchors' staff in the sector are paid.
fn scale_to_compensation(facts: &Facts, scale: f64, work: &Work, posts: &mut [Post]) {
    let paye = Paye::new(&facts.tax);
    let pension: Vec<f64> = facts.ownership.forms.iter().map(|form| form.employer_pension).collect();
    let factor_of = |of: &SectorFacts| {
        let anchors: f64 = facts
            .anchors
            .iter()
            .flat_map(|a| a.sections.iter().map(move |(s, part)| (a, *s, *part)))
            .filter(|(_, s, _)| *s == of.sector)
            .map(|(a, _, part)| a.staff * part * a.mean_pay * (1.0 + a.employer_pension + 0.12))
            .sum();
        let per_job = of.compensation / of.jobs.max(1.0);
        // Pay, and the share of it that the employer's form adds for pensions.
        let paid: Vec<(f64, f64)> = (posts.iter().filter(|p| p.sector == of.sector))
            .map(|p| (p.pay, pension[work.suppliers.ownership.rows()[p.employer as usize].index()]))
            .collect();
        let jobs = paid.len() as f64;
        // Where the anchors' pay would leave too little, the section's own average stands.
        let target = ((of.compensation - anchors) * scale).max(0.6 * per_job * jobs) * 100.0 / 12.0;
        let mut factor = 1.0;
        for _ in 0..8 {
            let cost_of = |(pay, pension): &(f64, f64)| {
                let pay = pay * factor;
                pay * (1.0 + pension) + paye.employer_ni(pay as i64) as f64
            };
            let cost: f64 = paid.iter().map(cost_of).sum();
            if cost > 0.0 {
                factor *= target / cost;
            }
        }
        (of.sector, factor)
    };
    let mut factors = [1.0; SECTORS];
    for (sector, factor) in facts.sectors.par_iter().map(factor_of).collect::<Vec<_>>() {
        factors[sector.index()] = factor;
    }
    posts.iter_mut().for_each(|post| post.pay *= factors[post.sector.index()]);
}
