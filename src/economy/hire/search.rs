//! What people who look see, and which post each applies for.

use super::{Post, fit};
use crate::base::draws::{Luck, Purpose, short};
use crate::base::links::{Links, group_by_owner};
use crate::base::parallel::{each, map_chunks};
use crate::base::philox_wide::{WIDE, lanes_of};
use crate::base::race::farthest;
use crate::world::City;
use crate::world::employers::OUTSIDE_EMPLOYERS;
use crate::world::market::ANY_SECTOR;
use crate::world::workers::Status;
use std::ops::Range;

/// A post as somebody sees it on a board.
#[derive(Clone, Copy)]
struct Notice {
    /// The post's identity in the draws of those who see it, and its row.
    key: u32,
    post: u32,
    pay: i32,
    sector: u8,
}

/// Posts board by board: all, for residents, and those in the city, for people outside; and how much both look.
struct Boards {
    to_residents: Links<Notice>,
    to_others: Links<Notice>,
    search: f64,
    from_outside: f64,
}

/// Somebody who looks.
struct Seeker {
    worker: u32,
    skill_pay: i32,
    sector: u8,
    search: f64,
    purpose: Purpose,
}

/// Applications: (worker, post), in the order of workers.
pub(super) fn apply(city: &City, posts: &[Post], luck: &Luck) -> Vec<(u32, u32)> {
    let boards = Boards::new(city, posts, luck);
    map_chunks(city.workers.len(), 8_192, |range| applications(city, &boards, luck, range)).concat()
}

impl Boards {
    /// The boards that somebody looks at.
    #[inline]
    fn of(&self, seeker: &Seeker) -> &Links<Notice> {
        if seeker.purpose == Purpose::JobSearch { &self.to_residents } else { &self.to_others }
    }

    fn new(city: &City, posts: &[Post], luck: &Luck) -> Boards {
        let (market, outside) = (&city.market, city.employers.len() - OUTSIDE_EMPLOYERS);
        let stands_at = each(posts.len(), |p| {
            market.board(posts[p].of.pay, luck.uniform(Purpose::JobOffer, posts[p].key, 0))
        });
        let notice = |p: u32| {
            let post = &posts[p as usize];
            Notice { key: short(post.key) | 1 << 31, post: p, pay: post.of.pay, sector: post.of.sector }
        };
        let seen = |here_only: bool| {
            let seen_at = |(post, board): (&Post, &u32)| {
                (!here_only || (post.of.employer as usize) < outside).then_some(*board)
            };
            let boards: Vec<Option<u32>> = posts.iter().zip(&stands_at).map(seen_at).collect();
            group_by_owner(market.all_boards(), &boards).map(notice)
        };
        Boards {
            to_residents: seen(false),
            to_others: seen(true),
            search: market.search,
            from_outside: search_from_outside(city),
        }
    }
}

/// What these people apply for.
fn applications(city: &City, boards: &Boards, luck: &Luck, people: Range<usize>) -> Vec<(u32, u32)> {
    let seekers: Vec<Seeker> = people.filter_map(|w| seeker(city, boards, w)).collect();
    let mut out = Vec::new();
    for alike in seekers.chunk_by(|a, b| a.purpose == b.purpose) {
        for some in alike.chunks(WIDE) {
            for (seeker, board) in some.iter().zip(look_at(city, some, luck)) {
                let seen = boards.of(seeker).row(board as usize);
                out.extend(choose(city, seeker, seen, luck).map(|post| (seeker.worker, post)));
            }
        }
    }
    out
}

/// This person, if looking.
#[inline]
fn seeker(city: &City, boards: &Boards, w: usize) -> Option<Seeker> {
    let of = &city.workers;
    let (search, purpose) = match of.status.rows()[w] {
        Status::Seeking => (boards.search, Purpose::JobSearch),
        Status::Outside => (boards.from_outside, Purpose::SearchOutside),
        Status::Inactive | Status::Employed => return None,
    };
    let (skill_pay, sector) = (of.skill_pay.rows()[w], of.sector.rows()[w]);
    Some(Seeker { worker: w as u32, skill_pay, sector, search, purpose })
}

/// The board at which each of up to eight looks: among posts that pay about what the skill earns.
#[inline]
fn look_at(city: &City, some: &[Seeker], luck: &Luck) -> [u32; WIDE] {
    let (purpose, workers) = (some[0].purpose, lanes_of(some, |of| of.worker));
    let z = luck.normals(purpose, workers, [0; WIDE]);
    let u = luck.uniforms(purpose, workers, [2; WIDE]);
    let mut boards = [0; WIDE];
    for (lane, of) in some.iter().enumerate() {
        let spread = libm::exp(0.5 * city.settings.labour.pay_match_width * z[lane]);
        boards[lane] = city.market.board((f64::from(of.skill_pay) * spread) as i32, u[lane]);
    }
    boards
}

/// Applications from outside for each post of full weight: more where posts in the city have long been easier
/// to find than in the reference state.
fn search_from_outside(city: &City) -> f64 {
    let market = &city.market;
    if city.burning_in() {
        return market.search_from_outside;
    }
    let ratio = market.tightness_seen_outside / market.reference_tightness.max(1e-9);
    market.search_from_outside * libm::pow(ratio.clamp(0.2, 5.0), city.settings.labour.outside_response)
}

/// The post somebody applies for this month, if any: a race over the posts seen, each at a rate in proportion to
/// the worth of the match; the first to arrive within the month is applied for.
#[inline(always)]
fn choose(city: &City, of: &Seeker, seen: &[Notice], luck: &Luck) -> Option<u32> {
    let rules = &city.settings.labour;
    let (width, pull) = (rules.pay_match_width, rules.own_sector_pull);
    let own = |notice: &Notice| notice.sector == ANY_SECTOR || notice.sector == of.sector;
    // No match is worth more than one of equal pay.
    let most = [of.search, of.search * pull.max(1.0)];
    let mut first: Option<(f64, u32)> = None;
    for some in seen.chunks(WIDE) {
        let draws = luck.uniforms(of.purpose, [of.worker; WIDE], lanes_of(some, |notice| notice.key));
        let by = first.map_or(1.0, |(arrival, _)| arrival);
        let farthest = most.map(|most| farthest(by, most));
        // A bit for each that may arrive: asked of all before any is looked at, since most may not.
        let mut may_arrive = 0u32;
        for (lane, (notice, u)) in some.iter().zip(draws).enumerate() {
            let farthest = if own(notice) { farthest[1] } else { farthest[0] };
            may_arrive |= u32::from(1.0 - u <= farthest) << lane;
        }
        while may_arrive != 0 {
            let lane = may_arrive.trailing_zeros() as usize;
            may_arrive &= may_arrive - 1;
            let (notice, u) = (&some[lane], draws[lane]);
            let rate = of.search * fit(notice.pay, of.skill_pay, own(notice), (width, pull));
            let arrival = -libm::log(u) / rate;
            let earlier =
                first.is_none_or(|(by, post)| arrival < by || (arrival == by && notice.post < post));
            if arrival < 1.0 && earlier {
                first = Some((arrival, notice.post));
            }
        }
    }
    first.map(|(_, post)| post)
}
