//! Phase 4, hire: people start to look and give up, jobs end, employers move staff towards what expected sales
//! need, and residents and people outside compete for the posts; what nobody takes stays open.

mod applications;
mod boards;
mod endings;
mod fit;
mod participation;
mod posts;
mod search;
mod settling;
mod tightness;

use crate::base::draws::Luck;
use crate::base::money::Pence;
use crate::base::parallel::count;
use crate::world::City;
use crate::world::employers::EmployerId;
use crate::world::market::{ANY_SECTOR, OpenPost};
use crate::world::workers::{Status, WorkerId};
use applications::fill;
pub use endings::{dismiss, staff_of};
use endings::{lay_off, separate};
pub use fit::fit;
use participation::participate;
use posts::plan_staff;
pub use posts::{posts_wanted, target_bill};
use tightness::update_tightness;

/// A post advertised this month.
#[derive(Clone, Copy, Debug)]
struct Post {
    of: OpenPost,
    /// Identity: employer's identity and number among its posts.
    key: u64,
}

/// One month of the labour market. Off: staff stay, and pay follows sales.
pub fn match_workers(city: &mut City, luck: &Luck) {
    if !city.settings.mechanisms.labour_market {
        return;
    }
    let at_start = residents_who(city, Status::Seeking);
    let joined = participate(city, luck);
    let left = separate(city, luck);
    let (posts, layoffs) = plan_staff(city, &left, luck);
    lay_off(city, &layoffs, luck);
    let round = fill(city, &posts, luck);
    update_tightness(city, (at_start, joined), &round);
}

fn residents_who(city: &City, status: Status) -> usize {
    count(&city.workers.status.rows()[..city.workers.residents], |s| *s == status)
}

fn join(city: &mut City, w: WorkerId, post: &OpenPost, pay: i32) {
    let e = EmployerId(post.employer);
    city.employers.headcount[e] += 1;
    city.employers.wage_bill[e] += Pence::from(pay);
    city.workers.employer[w] = post.employer;
    city.workers.post[w] = post.post;
    city.workers.pay[w] = pay;
    city.workers.status[w] = Status::Employed;
    if post.sector != ANY_SECTOR {
        city.workers.sector[w] = post.sector;
    }
}
