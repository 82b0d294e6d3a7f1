//! Shapley values (Shapley 1953): the effect of several levers together, split over them. Each gets its mean addition over
//! all orders in which they could be pulled.

/// Players beyond which all subsets are too many.
pub const MOST: usize = 6;

/// The share of each player. `value[s]` is the worth of the subset whose members are the set bits of `s`; the shares sum to
/// the worth of all less that of none.
pub fn shapley(players: usize, value: &[f64]) -> Vec<f64> {
    let weight = weights(players);
    (0..players)
        .map(|i| {
            let without = (0..1usize << players).filter(|s| s & 1 << i == 0);
            without.map(|s| weight[s.count_ones() as usize] * (value[s | 1 << i] - value[s])).sum()
        })
        .collect()
}

/// The weight of a subset of each size in the mean over orders: s! (n − 1 − s)! / n!.
fn weights(players: usize) -> Vec<f64> {
    let factorial = |n: usize| (1..=n).map(|k| k as f64).product::<f64>();
    let weight = |s: usize| factorial(s) * factorial(players - 1 - s) / factorial(players);
    (0..players).map(weight).collect()
}

/// The subsets to run for players: all of them up to [`MOST`], else each alone and all but each, with none and all.
pub fn subsets(players: usize) -> Vec<u64> {
    if players <= MOST {
        return (0..1 << players).collect();
    }
    let all = (1u64 << players) - 1;
    let each = (0..players).map(|i| 1u64 << i);
    let mut found: Vec<u64> =
        std::iter::once(0).chain(each.clone()).chain(each.map(|bit| all ^ bit)).collect();
    found.push(all);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The glove game: one left glove, two right ones; a pair is worth 1. Shares 2/3, 1/6, 1/6.
    #[test]
    fn glove_game() {
        let value: Vec<f64> = (0..8u32).map(|s| f64::from(u8::from(s & 1 == 1 && s & 6 != 0))).collect();
        let shares = shapley(3, &value);
        for (share, wanted) in shares.iter().zip([2.0 / 3.0, 1.0 / 6.0, 1.0 / 6.0]) {
            assert!((share - wanted).abs() < 1e-12, "{shares:?}");
        }
    }

    /// Efficiency: whatever the worths, the shares sum to the whole. One who adds nothing gets nothing.
    #[test]
    fn shares_sum_to_the_whole() {
        for players in 1..=MOST {
            let value: Vec<f64> =
                (0..1usize << players).map(|s| ((s * s + 3 * s) % 23) as f64 + 5.0).collect();
            let shares = shapley(players, &value);
            let whole = value[(1 << players) - 1] - value[0];
            assert!((shares.iter().sum::<f64>() - whole).abs() < 1e-9, "{players}: {shares:?}");
        }
        let idle: Vec<f64> = (0..4).map(|s| if s & 1 == 1 { 7.0 } else { 2.0 }).collect();
        assert_eq!(shapley(2, &idle), [5.0, 0.0]);
    }

    #[test]
    fn many_players_are_taken_both_ways() {
        assert_eq!(subsets(2), [0, 1, 2, 3]);
        let many = subsets(7);
        assert_eq!((many.len(), many[0], many[15]), (16, 0, 127));
        assert!(many.contains(&64) && many.contains(&(127 ^ 64)));
    }
}
