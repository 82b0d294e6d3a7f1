//! This month's arrivals of first-round dye join what waits from the same source.

use super::tags::Entry;
use rayon::prelude::*;

/// Sort this month's arrivals and join them with what waits in reserve from the same source; that is in order already.
pub fn join(entries: &mut Vec<Entry>, arrivals: &mut Vec<Entry>) {
    entries.retain(|e| e.fresh != 0 || e.reserve != 0);
    arrivals.par_sort_unstable_by_key(|e| e.from);
    add_up_same(arrivals);
    merge(entries, arrivals);
    arrivals.clear();
    add_up_same(entries);
}

/// Put the second list into the first, both in order, from behind, where there is room.
fn merge(entries: &mut Vec<Entry>, arrivals: &[Entry]) {
    let Some(last) = arrivals.last() else { return };
    let (mut old, mut new) = (entries.len(), arrivals.len());
    entries.resize(old + new, *last);
    while new > 0 {
        let put = if old > 0 && entries[old - 1].from > arrivals[new - 1].from {
            old -= 1;
            entries[old]
        } else {
            new -= 1;
            arrivals[new]
        };
        entries[old + new] = put;
    }
}

/// One entry for each source. Sums of whole numbers, so that the order of what is alike does not matter.
fn add_up_same(entries: &mut Vec<Entry>) {
    entries.dedup_by(|later, first| {
        let same = later.from == first.from;
        if same {
            first.fresh += later.fresh;
            first.reserve += later.reserve;
        }
        same
    });
}

#[cfg(test)]
mod tests {
    use super::super::tags::Source;
    use super::*;
    use proptest::prelude::*;

    fn entry((org, category, fresh): (u32, u8, i64)) -> Entry {
        let from = Source { org, anchor: 0, category, tracers: 0 };
        Entry { from, fresh, reserve: fresh % 3 }
    }

    proptest! {
        /// As if all of them were sorted together.
        #[test]
        fn arrivals_join_what_waits(
            waiting in prop::collection::btree_map((0u32..9, 0u8..4), 0i64..9, 0..30),
            new in prop::collection::vec((0u32..9, 0u8..4, 0i64..9), 0..30),
        ) {
            let mut entries: Vec<_> = waiting.into_iter().map(|((o, c), fresh)| entry((o, c, fresh))).collect();
            let mut arrivals: Vec<_> = new.into_iter().map(entry).collect();
            let mut together: Vec<_> = entries.iter().filter(|e| e.fresh != 0 || e.reserve != 0).copied().collect();
            together.extend(&arrivals);
            together.sort_by_key(|e| e.from);
            add_up_same(&mut together);
            join(&mut entries, &mut arrivals);
            let bare = |all: &[Entry]| all.iter().map(|e| (e.from, e.fresh, e.reserve)).collect::<Vec<_>>();
            prop_assert_eq!(bare(&entries), bare(&together));
            prop_assert!(arrivals.is_empty());
        }
    }
}
