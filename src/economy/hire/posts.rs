//! Posts that employers open and jobs they end, from the pay bill they aim at.

use super::Post;
use super::endings::Left;
use crate::base::col::Id;
use crate::base::draws::{Luck, Purpose, short};
use crate::base::money::{Pence, part};
use crate::base::parallel::{CHUNK, add_up, map_chunks};
use crate::place::vocabulary::Zone;
use crate::world::City;
use crate::world::employers::EmployerId;
use crate::world::market::{ANY_SECTOR, OpenPost};
use crate::world::orgs::NOBODY;
use crate::world::suppliers::SupplierId;
use rayon::prelude::*;
use std::ops::Range;

/// Hours of a day's work: the least for which somebody is taken on, a week (assumed).
const WORKDAY_HOURS: f64 = 7.5;

/// Employers that one thread takes at a time.
const EMPLOYERS: usize = 2_048;

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

/// New posts that one employer can open in a month: beyond that no shock is believable, and draws are numbered.
const MOST_POSTS: i32 = 50_000;

/// Posts of the month and (employer, jobs to end).
type Wants = (Vec<Post>, Vec<(u32, u32)>);

/// What all employers want of the month's market; `left` are posts that somebody left, by employer.
pub(super) fn plan_staff(city: &City, left: &[Left], luck: &Luck) -> Wants {
    let held = posts_held(city);
    let wants = map_chunks(city.employers.len(), EMPLOYERS, |range| wants_of(city, left, &held, range, luck));
    city.shelf.give(held);
    let (posts, layoffs): (Vec<_>, Vec<_>) = wants.into_iter().unzip();
    (posts.concat(), layoffs.concat())
}

/// What these employers want. A post that stayed open, or that somebody left, is advertised at its pay as long as the pay
/// bill aimed at has room for it; posts beyond that are the employer's idle ones in any order, then more of the same
/// kinds. A post that is advertised is held for the rest of the month.
fn wants_of(city: &City, left: &[Left], held: &[bool], employers: Range<usize>, luck: &Luck) -> Wants {
    let rules = &city.settings.labour;
    let least = (WORKDAY_HOURS * city.law.national_living_wage * 100.0 * 52.0 / 12.0) as i32;
    let (mut posts, mut layoffs) = (Vec::new(), Vec::new());
    let (open, first) = (&city.market.open_posts, employers.start as u32);
    let mut still_open = open[open.partition_point(|p| p.employer < first)..].iter().peekable();
    let mut left = left[left.partition_point(|l| l.employer < first)..].iter().peekable();
    // These employers' posts stand together.
    let of = &city.employers.posts;
    let own = of.range(employers.start).start..of.range(employers.end - 1).end;
    let mut taken: Vec<bool> = city.shelf.with_room(own.len());
    taken.extend_from_slice(&held[own.clone()]);
    // Whether a post is kept must not hang on what it pays, or dear posts would go and cheap ones stay.
    for i in employers {
        let e = EmployerId::from_index(i);
        let target = target_bill(city, e);
        let mut gap = target - city.employers.wage_bill[e];
        let level = city.employers.pay_level[e];
        let (identity, own_sector) = identity_and_sector(city, i);
        let mut number = 0u64;
        let mut open = |of: OpenPost| {
            posts.push(Post { of, key: key_of(&of, identity, number) });
            number += u64::from(of.post == NOBODY);
        };
        let new = |pay: i32, stands_for: i32, post: u32| OpenPost {
            employer: i as u32,
            pay,
            stands_for,
            post,
            sector: own_sector,
        };
        let known = std::iter::from_fn(|| still_open.next_if(|p| p.employer == i as u32).copied());
        let freed = std::iter::from_fn(|| left.next_if(|l| l.employer == i as u32)).map(|l| OpenPost {
            employer: l.employer,
            pay: l.pay,
            stands_for: l.pay,
            post: l.post,
            sector: l.sector,
        });
        for post in known.chain(freed) {
            let fits = gap - Pence::from(post.stands_for) >= -Pence::from(level / 2);
            // A firm that has closed advertises nothing.
            if target > 0 && fits {
                open(post);
                gap -= Pence::from(post.pay);
                if let Some(taken) = taken.get_mut((post.post as usize).wrapping_sub(own.start)) {
                    *taken = true;
                }
            }
        }
        // A firm too small for a whole post takes somebody on for part of one, if that is a day's work a week;
        // below that the owner does it.
        if city.employers.headcount[e] == 0 && gap >= Pence::from(least) && gap <= Pence::from(level / 2) {
            open(new(gap as i32, gap as i32, NOBODY));
        }
        let n = posts_wanted(gap, level, rules.hire_gap_closed_monthly, rules.layoff_gap_closed_monthly);
        let n = n.min(MOST_POSTS);
        if n > 0 {
            let mut idle: Vec<u32> = city.employers.posts.range(i).map(|p| p as u32).collect();
            idle.retain(|p| !taken[*p as usize - own.start]);
            for k in 0..n {
                let u = luck.uniform(Purpose::JobOffer, identity, 1 << 20 | k as u32);
                let (pay, post) = next_post(city, i, &mut idle, u).unwrap_or((level, NOBODY));
                open(new(pay.max(least), level, post));
            }
        }
        if n < 0 {
            layoffs.push((i as u32, n.unsigned_abs().min(city.employers.headcount[e])));
        }
    }
    city.shelf.give(taken);
    (posts, layoffs)
}

/// Which posts of the employers somebody holds; and one more, which stands for all that are not posts of an employer.
fn posts_held(city: &City) -> Vec<bool> {
    let none = city.employers.posts.items().len();
    // Each thread marks them in a table of its own: one for all would go to and fro between them.
    let mark = |held: &mut Vec<bool>, posts: &[u32]| {
        for post in posts {
            held[(*post as usize).min(none)] = true;
        }
    };
    add_up(
        city.workers.post.rows().par_chunks(CHUNK),
        || city.shelf.zeros(none + 1),
        mark,
        |all, more| city.shelf.join(all, more, |held, more| *held |= more),
    )
}

/// Pay and number of the next post to open: an idle one, or another like one that the employer has.
fn next_post(city: &City, i: usize, idle: &mut Vec<u32>, u: f64) -> Option<(i32, u32)> {
    if idle.is_empty() {
        let like = city.employers.posts.row(i);
        return like.get((u * like.len() as f64) as usize).map(|pay| (*pay, NOBODY));
    }
    let post = idle.remove((u * idle.len() as f64) as usize);
    Some((city.employers.posts.items()[post as usize], post))
}

/// Identity of a post: its own where it is one of the employer's posts, so that what happens to other posts changes
/// nothing for it; the employer's and a number for posts beyond them.
fn key_of(of: &OpenPost, employer: u64, number: u64) -> u64 {
    if of.post == NOBODY {
        1 << 51 | u64::from(short(employer)) << 16 | number & 0xffff
    } else {
        1 << 50 | u64::from(of.post)
    }
}

fn identity_and_sector(city: &City, i: usize) -> (u64, u8) {
    match city.suppliers.identity.rows().get(i) {
        Some(identity) => (*identity, city.suppliers.sector.rows()[i].index() as u8),
        None => ((1 << 43) | (i - city.suppliers.len()) as u64, ANY_SECTOR),
    }
}
