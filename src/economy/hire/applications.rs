//! Who takes which post: residents who look and people outside apply for posts they see, and each post takes
//! one of those who apply.

use super::{Post, fit, join};
use crate::base::col::Id;
use crate::base::draws::{Luck, Purpose, short};
use crate::base::links::group_by_owner;
use crate::base::parallel::map_chunks;
use crate::base::philox_wide::WIDE;
use crate::base::race::arrival_before_one;
use crate::economy::procurement::deprivation::deprived_wards;
use crate::world::City;
use crate::world::employers::OUTSIDE_EMPLOYERS;
use crate::world::market::{ANY_SECTOR, OpenPost};
use crate::world::orgs::NOBODY;
use crate::world::workers::{Status, WorkerId};

/// What came of a month's applications.
#[derive(Default)]
pub(super) struct Round {
    pub(super) posts: usize,
    /// Applications by residents, and how many of them were hired.
    pub(super) residents_applied: usize,
    pub(super) residents_hired: usize,
    /// Posts in the city, those filled, and the applications for them by residents and by people outside.
    pub(super) posts_here: usize,
    pub(super) filled_here: usize,
    pub(super) residents_here: usize,
    pub(super) outside_here: usize,
}

/// Propose, group, resolve: each seeker applies for at most one of the posts it sees; each post takes one
/// applicant. Posts that nobody takes stay open.
pub(super) fn fill(city: &mut City, posts: &[Post], luck: &Luck) -> Round {
    let applications = apply(city, posts, luck);
    let to: Vec<Option<u32>> = applications.iter().map(|(_, p)| Some(*p)).collect();
    let by_post = group_by_owner(posts.len(), &to);
    let in_city = city.employers.len() - OUTSIDE_EMPLOYERS;
    let mut round = Round { posts: posts.len(), ..Round::default() };
    let deprived = deprived_wards(&city.background.deprivation_rank);
    city.market.open_posts.clear();
    for (p, post) in posts.iter().enumerate() {
        let first = first_by_clauses(city, post, &deprived, luck);
        let applicants = || by_post.row(p).iter().map(|a| applications[*a as usize].0);
        let best = applicants()
            .map(|w| {
                let worth =
                    worth(city, WorkerId(w), &post.of) * first.map_or(1.0, |of| of.times(city, WorkerId(w)));
                (luck.arrival(worth, Purpose::PostTakes, post.key, w), w)
            })
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let of_residents = applicants().filter(|w| (*w as usize) < city.workers.residents).count();
        let here = (post.of.employer as usize) < in_city;
        round.residents_applied += of_residents;
        if here {
            round.posts_here += 1;
            round.filled_here += usize::from(best.is_some());
            round.residents_here += of_residents;
            round.outside_here += by_post.row(p).len() - of_residents;
        }
        let Some((_, w)) = best else {
            city.market.open_posts.push(post.of);
            continue;
        };
        let id = WorkerId(w);
        let going_rate = f64::from(city.workers.skill_pay[id]) * city.market.wage_index;
        let pay = (going_rate.round() as i32).max(legal_floor(city, id));
        round.residents_hired += usize::from((w as usize) < city.workers.residents);
        join(city, id, &post.of, pay);
    }
    round
}

/// Whom a post takes more readily, by the clauses of the employer's contracts.
#[derive(Clone, Copy)]
struct First<'a> {
    residents_times: f64,
    deprived_times: f64,
    deprived: &'a [bool],
}

impl First<'_> {
    fn times(&self, city: &City, w: WorkerId) -> f64 {
        let household = city.workers.household[w];
        if household == NOBODY {
            return 1.0;
        }
        let ward = usize::from(city.households.ward.rows()[household as usize]);
        let from_deprived = self.deprived.get(ward).copied().unwrap_or(false);
        self.residents_times * if from_deprived { self.deprived_times } else { 1.0 }
    }
}

/// Clauses bear on as many of an employer's posts as it has work under them; which, is the luck of the post.
fn first_by_clauses<'a>(city: &City, post: &Post, deprived: &'a [bool], luck: &Luck) -> Option<First<'a>> {
    let of = city.contracts.bound.get(post.of.employer as usize).filter(|of| of.hiring > 0.0)?;
    let under = luck.chance(of.hiring, Purpose::ClausePost, post.key, 0);
    let (residents_times, deprived_times) = (of.residents_times, of.deprived_times);
    under.then_some(First { residents_times, deprived_times, deprived })
}

/// Applications: (worker, post), in the order of workers.
fn apply(city: &City, posts: &[Post], luck: &Luck) -> Vec<(u32, u32)> {
    let (market, outside) = (&city.market, city.employers.len() - OUTSIDE_EMPLOYERS);
    let board = |here_only: bool| {
        let stands_at = |p: &Post| {
            let seen = !here_only || (p.of.employer as usize) < outside;
            seen.then(|| market.board(p.of.pay, luck.uniform(Purpose::JobOffer, p.key, 0)))
        };
        group_by_owner(market.all_boards(), &posts.iter().map(stands_at).collect::<Vec<_>>())
    };
    let (to_residents, to_others) = (board(false), board(true));
    let keys: Vec<u32> = posts.iter().map(|p| short(p.key) | 1 << 31).collect();
    let (search, from_outside) = (city.market.search, search_from_outside(city));
    map_chunks(city.workers.len(), 8_192, |range| {
        range
            .filter_map(|w| {
                let (board, search, purpose) = match city.workers.status.rows()[w] {
                    Status::Seeking => (&to_residents, search, Purpose::JobSearch),
                    Status::Outside => (&to_others, from_outside, Purpose::SearchOutside),
                    _ => return None,
                };
                let seen = board.row(looks_at(city, w, purpose, luck));
                choose(city, (posts, &keys), seen, (w, search, purpose, luck)).map(|p| (w as u32, p))
            })
            .collect::<Vec<_>>()
    })
    .concat()
}

/// The board at which somebody looks: among posts that pay about what the skill earns.
fn looks_at(city: &City, w: usize, purpose: Purpose, luck: &Luck) -> usize {
    let skill = f64::from(city.workers.skill_pay.rows()[w]);
    let z = luck.normal(purpose, w as u64, 0);
    let pay = skill * libm::exp(0.5 * city.settings.labour.pay_match_width * z);
    city.market.board(pay as i32, luck.uniform(purpose, w as u64, 2)) as usize
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
fn choose(
    city: &City,
    (posts, keys): (&[Post], &[u32]),
    seen: &[u32],
    (w, search, purpose, luck): (usize, f64, Purpose, &Luck),
) -> Option<u32> {
    // No match is worth more than one of equal pay in the person's own sector.
    let most = search * city.settings.labour.own_sector_pull.max(1.0);
    seen.chunks(WIDE)
        .flat_map(|some| {
            let key = |i: usize| some.get(i).map_or(0, |p| keys[*p as usize]);
            let draws = luck.uniforms(purpose, [w as u32; WIDE], std::array::from_fn(key));
            some.iter().zip(draws)
        })
        .filter_map(|(p, u)| {
            let rate = || search * worth(city, WorkerId::from_index(w), &posts[*p as usize].of);
            arrival_before_one(u, most, rate).map(|arrival| (arrival, *p))
        })
        .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
        .map(|(_, p)| p)
}

fn worth(city: &City, w: WorkerId, post: &OpenPost) -> f64 {
    let rules = &city.settings.labour;
    let own = post.sector == ANY_SECTOR || post.sector == city.workers.sector[w];
    fit(post.pay, city.workers.skill_pay[w], own, (rules.pay_match_width, rules.own_sector_pull))
}

/// The legal minimum for the hours worked, pence a month.
fn legal_floor(city: &City, w: WorkerId) -> i32 {
    (f64::from(city.workers.hours[w]) * city.law.national_living_wage * 100.0 * 52.0 / 12.0).round() as i32
}
