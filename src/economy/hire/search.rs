//! What people who look see, and which post each applies for.

use super::{Post, fit};
use crate::base::draws::{Luck, Purpose, short};
use crate::base::links::{Links, group_by_owner};
use crate::base::parallel::map_chunks;
use crate::base::philox_wide::{WIDE, lanes_of};
use crate::base::race::may_arrive;
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
    fn new(city: &City, posts: &[Post], luck: &Luck) -> Boards {
        let (market, outside) = (&city.market, city.employers.len() - OUTSIDE_EMPLOYERS);
        let stands_at: Vec<u32> =
            posts.iter().map(|p| market.board(p.of.pay, luck.uniform(Purpose::JobOffer, p.key, 0))).collect();
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
    let of = &city.workers;
    let mut out = Vec::new();
    for w in people {
        let (board, search, purpose) = match of.status.rows()[w] {
            Status::Seeking => (&boards.to_residents, boards.search, Purpose::JobSearch),
            Status::Outside => (&boards.to_others, boards.from_outside, Purpose::SearchOutside),
            _ => continue,
        };
        let (skill_pay, sector) = (of.skill_pay.rows()[w], of.sector.rows()[w]);
        let seeker = Seeker { worker: w as u32, skill_pay, sector, search, purpose };
        let seen = board.row(looks_at(city, &seeker, luck));
        out.extend(choose(city, &seeker, seen, luck).map(|post| (w as u32, post)));
    }
    out
}

/// The board at which somebody looks: among posts that pay about what the skill earns.
fn looks_at(city: &City, of: &Seeker, luck: &Luck) -> usize {
    let z = luck.normal(of.purpose, of.worker.into(), 0);
    let pay = f64::from(of.skill_pay) * libm::exp(0.5 * city.settings.labour.pay_match_width * z);
    city.market.board(pay as i32, luck.uniform(of.purpose, of.worker.into(), 2)) as usize
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
        for (notice, u) in some.iter().zip(draws) {
            if !may_arrive(u, by, most[usize::from(own(notice))]) {
                continue;
            }
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
