//! Posts that employers open and jobs they end, from the pay bill they aim at.

use super::Post;
use super::endings::Left;
use crate::base::col::Id;
use crate::base::draws::{Luck, Purpose};
use crate::base::money::{Pence, part};
use crate::place::vocabulary::Zone;
use crate::world::City;
use crate::world::employers::EmployerId;
use crate::world::suppliers::SupplierId;

/// Spread of pay over the posts that an employer adds (standard deviation of the log; that of the published
/// percentiles of pay within sectors).
const PAY_SPREAD: f64 = 0.5;

/// Pay bill an employer aims at.
pub fn target_bill(city: &City, e: EmployerId) -> Pence {
    if e.index() < city.suppliers.len() {
        let s = SupplierId::from_index(e.index());
        if city.suppliers.active[s] && city.suppliers.zone[s] == Zone::City {
            part(city.suppliers.expected[s], city.suppliers.recipe[s].pay)
        } else {
            0
        }
    } else {
        let extra = city.anchors.extra_bill.rows().get(e.index() - city.suppliers.len());
        city.employers.target_bill[e] + extra.copied().unwrap_or(0)
    }
}

/// Posts beyond replacement to open, or jobs to end, from the gap between the pay bill aimed at and the one
/// there is. Gaps within half a post are left.
pub fn posts_wanted(gap: Pence, pay_level: i32, hire_speed: f64, layoff_speed: f64) -> i32 {
    let posts = gap as f64 / f64::from(pay_level.max(1));
    if posts > 0.5 {
        (posts * hire_speed).round().max(1.0) as i32
    } else if posts < -0.5 {
        (posts * layoff_speed).round().min(-1.0) as i32
    } else {
        0
    }
}

/// Posts of the month and (employer, jobs to end). A post that somebody left is advertised again at its pay
/// as long as the pay bill aimed at has room for it; posts beyond that have the spread of pay that jobs have.
pub(super) fn plan_staff(city: &City, left: &[Left], luck: &Luck) -> (Vec<Post>, Vec<(u32, u32)>) {
    let rules = &city.settings.labour;
    let (mut posts, mut layoffs) = (Vec::new(), Vec::new());
    let mut next = 0;
    for i in 0..city.employers.len() {
        let e = EmployerId::from_index(i);
        let mut gap = target_bill(city, e) - city.employers.wage_bill[e];
        let level = city.employers.pay_level[e];
        let (identity, sector) = identity_and_sector(city, i);
        let mut number = 0u64;
        let mut open = |pay: i32, away: bool| {
            let key = (identity << 12 ^ number) & 0x00ff_ffff_ffff_ffff;
            posts.push(Post { employer: i as u32, pay, sector, key, away });
            number += 1;
        };
        while let Some(post) = left.get(next).filter(|l| l.employer == i as u32) {
            if gap - Pence::from(post.pay) >= -Pence::from(level / 2) {
                open(post.pay, post.away);
                gap -= Pence::from(post.pay);
            }
            next += 1;
        }
        // A firm too small for a whole post takes somebody on for part of one.
        if city.employers.headcount[e] == 0 && gap > 0 && gap <= Pence::from(level / 2) {
            open(gap as i32, false);
        }
        let n = posts_wanted(gap, level, rules.hire_gap_closed_monthly, rules.layoff_gap_closed_monthly);
        for k in 0..n.max(0) {
            let u = luck.normal(Purpose::JobOffer, identity, 1 << 20 | k as u32);
            open(
                (f64::from(level) * libm::exp(PAY_SPREAD * u - 0.5 * PAY_SPREAD * PAY_SPREAD)) as i32,
                false,
            );
        }
        if n < 0 {
            layoffs.push((i as u32, n.unsigned_abs().min(city.employers.headcount[e])));
        }
    }
    (posts, layoffs)
}

fn identity_and_sector(city: &City, i: usize) -> (u64, u8) {
    match city.suppliers.identity.rows().get(i) {
        Some(identity) => (*identity, city.suppliers.sector.rows()[i].index() as u8),
        None => ((1 << 43) | (i - city.suppliers.len()) as u64, u8::MAX),
    }
}
