//! Who takes which post: residents who look and people outside apply for posts they see, and each post takes
//! one of those who apply.

use super::search::apply;
use super::{Post, fit, join};
use crate::base::col::Id;
use crate::base::draws::{Luck, Purpose};
use crate::base::links::group_by_owner;
use crate::base::parallel::map_chunks;
use crate::economy::procurement::deprivation::deprived_wards;
use crate::world::City;
use crate::world::employers::OUTSIDE_EMPLOYERS;
use crate::world::market::{ANY_SECTOR, OpenPost};
use crate::world::orgs::NOBODY;
use crate::world::workers::WorkerId;

/// Posts that take one of their applicants in one piece of parallel work.
const POSTS_AT_ONCE: usize = 1024;

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
    let read: &City = city;
    let best = map_chunks(posts.len(), POSTS_AT_ONCE, |range| {
        let applicants = |p: usize| by_post.row(p).iter().map(|a| applications[*a as usize].0);
        let residents = |p| applicants(p).filter(|w| (*w as usize) < read.workers.residents).count();
        let hired = |p: usize| {
            let w = WorkerId(taken_on(read, &posts[p], applicants(p), &deprived, luck)?);
            Some((w, starting_pay(read, w)))
        };
        range.map(|p| (hired(p), residents(p))).collect::<Vec<_>>()
    });
    city.market.open_posts.clear();
    for (p, (post, (best, of_residents))) in posts.iter().zip(best.concat()).enumerate() {
        let here = (post.of.employer as usize) < in_city;
        round.residents_applied += of_residents;
        if here {
            round.posts_here += 1;
            round.filled_here += usize::from(best.is_some());
            round.residents_here += of_residents;
            round.outside_here += by_post.row(p).len() - of_residents;
        }
        let Some((w, pay)) = best else {
            city.market.open_posts.push(post.of);
            continue;
        };
        round.residents_hired += usize::from(w.index() < city.workers.residents);
        join(city, w, &post.of, pay);
    }
    round
}

/// Whom a post takes: the race among those who apply.
fn taken_on(
    city: &City,
    post: &Post,
    applicants: impl ExactSizeIterator<Item = u32>,
    deprived: &[bool],
    luck: &Luck,
) -> Option<u32> {
    // There is no race with one.
    if applicants.len() < 2 {
        return applicants.last();
    }
    let first = first_by_clauses(city, post, deprived, luck);
    applicants
        .map(|w| {
            let times = first.map_or(1.0, |of| of.times(city, WorkerId(w)));
            let worth = worth(city, WorkerId(w), &post.of) * times;
            (luck.arrival(worth, Purpose::PostTakes, post.key, w), w)
        })
        .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
        .map(|(_, w)| w)
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

fn worth(city: &City, w: WorkerId, post: &OpenPost) -> f64 {
    let rules = &city.settings.labour;
    let own = post.sector == ANY_SECTOR || post.sector == city.workers.sector[w];
    fit(post.pay, city.workers.skill_pay[w], own, (rules.pay_match_width, rules.own_sector_pull))
}

/// What somebody who is taken on is paid: the going rate of their skills, by law no less than the minimum.
fn starting_pay(city: &City, w: WorkerId) -> i32 {
    let going_rate = f64::from(city.workers.skill_pay[w]) * city.market.wage_index;
    (going_rate.round() as i32).max(legal_floor(city, w))
}

/// The legal minimum for the hours worked, pence a month.
fn legal_floor(city: &City, w: WorkerId) -> i32 {
    (f64::from(city.workers.hours[w]) * city.law.national_living_wage * 100.0 * 52.0 / 12.0).round() as i32
}
