//! Phase 4, hire: jobs end, employers move staff towards what expected sales need, seekers apply for posts
//! they see, and posts left open go to in-commuters.

mod endings;
mod posts;
mod search;
mod tightness;

use crate::base::draws::Luck;
use crate::base::money::Pence;
use crate::world::City;
use crate::world::employers::EmployerId;
use crate::world::workers::{Status, WorkerId};
pub use endings::dismiss;
use endings::{lay_off, separate};
use posts::plan_staff;
pub use posts::{posts_wanted, target_bill};
use search::{commuters_fill, seekers_apply};
use tightness::update_tightness;

/// A post to be filled this month.
#[derive(Clone, Copy, Debug)]
struct Post {
    employer: u32,
    /// Pay offered, pence a month at the start's wage level.
    pay: i32,
    sector: u8,
    /// Identity: employer's identity, month and number among its posts.
    key: u64,
    /// Advertised beyond the city only.
    away: bool,
}

/// One month of the labour market. Off: staff stay, and pay follows sales.
pub fn match_workers(city: &mut City, luck: &Luck) {
    if !city.settings.mechanisms.labour_market {
        return;
    }
    let left = separate(city, luck);
    let (posts, layoffs) = plan_staff(city, &left, luck);
    lay_off(city, &layoffs, luck);
    let taken = seekers_apply(city, &posts, luck);
    commuters_fill(city, &posts, &taken);
    update_tightness(city, posts.len(), taken.iter().filter(|t| **t).count());
}

fn join(city: &mut City, w: WorkerId, post: &Post, pay: i32) {
    let e = EmployerId(post.employer);
    city.employers.headcount[e] += 1;
    city.employers.wage_bill[e] += Pence::from(pay);
    city.workers.employer[w] = post.employer;
    city.workers.pay[w] = pay;
    city.workers.status[w] = Status::Employed;
    if post.sector != u8::MAX {
        city.workers.sector[w] = post.sector;
    }
}
