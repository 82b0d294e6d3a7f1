//! Who looks, at which board, and which post each applies for.

use super::boards::{Boards, Notice, put_up};
use super::{Post, fit};
use crate::base::draws::{Luck, Purpose};
use crate::base::linear::{Line, Look, least_bits};
use crate::base::linear_wide::{Near, near};
use crate::base::normal::normal_quantiles;
use crate::base::parallel::{map_chunks, rows_where};
use crate::base::philox_wide::{WIDE, lanes_of};
use crate::base::race::farthest;
use crate::world::City;
use crate::world::market::ANY_SECTOR;
use crate::world::workers::Status;
use std::ops::Range;
use std::sync::LazyLock;

/// Bits of a draw that tell how far above or below what the skill earns somebody looks.
const SPREAD_BITS: u32 = 12;

/// People who look in the same way: residents, or people outside.
struct Group {
    people: Range<usize>,
    who_look: Status,
    purpose: Purpose,
    /// Applications a month for each post of full weight that somebody sees.
    search: f64,
    boards: Boards,
}

/// What all draw their boards by: the month's word of the draw, and how far from the skill's pay each part of it lies.
struct Aim {
    word: u64,
    spread: Vec<f32>,
}

/// Applications: (worker, post), in the order of workers.
pub(super) fn apply(city: &City, posts: &[Post], luck: &Luck) -> Vec<(u32, u32)> {
    let [to_residents, to_others] = put_up(city, posts, luck);
    let (residents, all) = (city.workers.residents, city.workers.len());
    let groups = [
        Group {
            people: 0..residents,
            who_look: Status::Seeking,
            purpose: Purpose::JobSearch,
            search: city.market.search,
            boards: to_residents,
        },
        Group {
            people: residents..all,
            who_look: Status::Outside,
            purpose: Purpose::SearchOutside,
            search: search_from_outside(city),
            boards: to_others,
        },
    ];
    let aim = Aim::new(city, luck);
    let of_group = |group: &Group| {
        let made = map_chunks(group.people.len(), 8_192, |range| {
            let first = group.people.start;
            applications(city, group, &aim, luck, first + range.start..first + range.end)
        });
        made.concat()
    };
    groups.each_ref().map(of_group).concat()
}

impl Aim {
    fn new(city: &City, luck: &Luck) -> Aim {
        static NORMAL: LazyLock<Vec<f64>> = LazyLock::new(|| normal_quantiles(1 << SPREAD_BITS));
        let width = city.settings.labour.pay_match_width;
        Aim {
            word: luck.bits(Purpose::JobBoard, 0, 0),
            spread: NORMAL.iter().map(|z| libm::exp(0.5 * width * z) as f32).collect(),
        }
    }
}

/// What these people of a group apply for.
fn applications(city: &City, group: &Group, aim: &Aim, luck: &Luck, people: Range<usize>) -> Vec<(u32, u32)> {
    let status = city.workers.status.rows();
    let who = rows_where(people, |w| status[w] == group.who_look);
    let mut looks = city.shelf.with_room(who.len());
    for some in who.chunks(WIDE) {
        look(city, (group, aim), luck, some, &mut looks);
    }
    // No match is worth more than one of equal pay in the own sector.
    let most = group.search * city.settings.labour.own_sector_pull.max(1.0);
    let in_time = near(&group.boards.words, &looks, least_bits(farthest(1.0, most)));
    let mut out = Vec::with_capacity(in_time.len());
    for options in in_time.chunk_by(|a, b| a.0 == b.0) {
        let at = options[0].0 as usize;
        out.extend(choose(city, group, who[at], &looks[at], options).map(|post| (who[at], post)));
    }
    city.shelf.give(looks);
    out
}

/// Adds the boards at which up to eight look: among posts that pay about what the skill earns.
#[inline(always)]
fn look(city: &City, (group, aim): (&Group, &Aim), luck: &Luck, some: &[u32], looks: &mut Vec<Look>) {
    let blocks = luck.blocks(group.purpose, lanes_of(some, |w| *w), [0; WIDE]);
    let skill_pay = city.workers.skill_pay.rows();
    let mut lines = [Line::of([0; 4]); WIDE];
    let (mut pay, mut lot) = ([0; WIDE], [0; WIDE]);
    for (lane, w) in some.iter().enumerate() {
        lines[lane] = Line::of([blocks[0][lane], blocks[1][lane], blocks[2][lane], blocks[3][lane]]);
        let bits = lines[lane].bits(aim.word);
        let spread = aim.spread[(bits >> (64 - SPREAD_BITS)) as usize];
        pay[lane] = (skill_pay[*w as usize] as f32 * spread) as i32;
        lot[lane] = (bits >> (32 - SPREAD_BITS)) as u32;
    }
    let rows = city.market.boards_at(pay, lot);
    for lane in 0..some.len() {
        looks.push(Look { line: lines[lane], row: rows[lane] });
    }
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
/// the worth of the match; the first to arrive within the month is applied for. `options` are those that may.
#[inline]
fn choose(city: &City, group: &Group, w: u32, look: &Look, options: &[Near]) -> Option<u32> {
    let rules = &city.settings.labour;
    let match_by = (rules.pay_match_width, rules.own_sector_pull);
    let (skill_pay, sector) =
        (city.workers.skill_pay.rows()[w as usize], city.workers.sector.rows()[w as usize]);
    let seen = group.boards.notices.row(look.row as usize);
    let mut first: Option<(f64, u32)> = None;
    for (_, option) in options {
        let notice: &Notice = &seen[*option as usize];
        let by = first.map_or(1.0, |(arrival, _)| arrival);
        let own = notice.sector == ANY_SECTOR || notice.sector == sector;
        let most = group.search * if own { match_by.1.max(1.0) } else { 1.0 };
        let u = look.line.uniform(notice.word);
        if 1.0 - u > farthest(by, most) {
            continue;
        }
        let arrival = -libm::log(u) / (group.search * fit(notice.pay, skill_pay, own, match_by));
        if arrival < by {
            first = Some((arrival, notice.post));
        }
    }
    first.map(|(_, post)| post)
}
