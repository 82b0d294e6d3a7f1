//! The boards on which the month's posts stand.

use super::Post;
use crate::base::draws::{Luck, Purpose};
use crate::base::linear::Words;
use crate::base::links::{Links, group_by_owner};
use crate::base::parallel::each;
use crate::world::City;
use crate::world::employers::OUTSIDE_EMPLOYERS;

/// A post as somebody sees it on a board.
#[derive(Clone, Copy)]
pub(super) struct Notice {
    /// The post's word of the month, in the draws of those who see it.
    pub(super) word: u64,
    /// The post's row.
    pub(super) post: u32,
    pub(super) pay: i32,
    pub(super) sector: u8,
}

/// Posts board by board, and their words by themselves.
pub(super) struct Boards {
    pub(super) notices: Links<Notice>,
    pub(super) words: Words,
}

/// All boards as residents see them, with all posts, and as people outside do, with those in the city.
pub(super) fn put_up(city: &City, posts: &[Post], luck: &Luck) -> [Boards; 2] {
    let market = &city.market;
    let placed = each(posts.len(), |p| {
        let bits = luck.block(Purpose::JobOffer, posts[p].key, 0);
        let board = market.boards_at([posts[p].of.pay], [bits[0]])[0];
        (board, u64::from(bits[2]) << 32 | u64::from(bits[3]))
    });
    let notice = |p: u32| {
        let (of, (_, word)) = (&posts[p as usize].of, placed[p as usize]);
        Notice { word, post: p, pay: of.pay, sector: of.sector }
    };
    let seen_up_to = |first_not_seen: usize| {
        let seen = |(post, (board, _)): (&Post, &(u32, u64))| {
            ((post.of.employer as usize) < first_not_seen).then_some(*board)
        };
        let at: Vec<Option<u32>> = posts.iter().zip(&placed).map(seen).collect();
        let notices = group_by_owner(market.all_boards(), &at).map(notice);
        Boards { words: Words::of(&notices, |notice| notice.word), notices }
    };
    let (all, in_city) = (city.employers.len(), city.employers.len() - OUTSIDE_EMPLOYERS);
    rayon::join(|| seen_up_to(all), || seen_up_to(in_city)).into()
}
