//! Exponential races without needless logarithms: the option with the smallest −ln(u)/weight wins. Bounds on the logarithm
//! tell most options that lose; what is left is compared as [`super::draws::Luck::arrival`] has it.

/// What the rounding of a logarithm, a division and a bound may come to.
const MARGIN: f64 = 1.0 + 1e-9;

/// The least draw with which an option may arrive by `limit`, when its weight is at most `most`, as its distance from one.
/// That −ln(u) is at least 1 − u tells most that come too late.
#[inline]
pub fn farthest(limit: f64, most: f64) -> f64 {
    limit * most * MARGIN
}

/// Which of the options arrives first: the place of the smallest −ln(u)/weight, and of the smallest `id` among those that
/// arrive at once. Options without weight do not take part. (1 − u) ≤ −ln(u) ≤ (1 − u)/u tells most losers: they arrive
/// after the latest time for the one that may be first, however long `waits`, 1/weight, are. `id` is asked of few.
#[inline]
pub fn first_to_arrive(u: &[f64], weight: &[f64], waits: &[f64], id: impl Fn(usize) -> u32) -> Option<usize> {
    // Both loops without a branch for each option, since which it is cannot be foreseen.
    let (mut earliest, mut favourite) = (f64::INFINITY, 0);
    for (i, (u, wait)) in u.iter().zip(waits).enumerate() {
        // Infinite or not a number for an option without weight.
        let time = (1.0 - u) * wait;
        let sooner = time < earliest;
        (earliest, favourite) = (if sooner { time } else { earliest }, if sooner { i } else { favourite });
    }
    if earliest == f64::INFINITY {
        return None;
    }
    let bound = earliest / u[favourite] * MARGIN;
    let may_win = |i: usize| (1.0 - u[i]) * waits[i] <= bound;
    let mut rivals = 0usize;
    for i in 0..u.len() {
        rivals = rivals.wrapping_add(may_win(i).into());
    }
    if rivals == 1 {
        // The favourite itself: its bound is later than its earliest.
        return Some(favourite);
    }
    let arrival = |i: usize| (-libm::log(u[i]) / weight[i], i);
    let all = (0..u.len()).filter(|i| may_win(*i)).map(arrival);
    all.min_by(|a, b| a.0.total_cmp(&b.0).then(id(a.1).cmp(&id(b.1)))).map(|(_, i)| i)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::draws::{Draws, Purpose};

    /// As a plain race has it, for near and far draws, equal options and options without weight.
    #[test]
    fn first_to_arrive_is_first_in_the_plain_race() {
        let luck = Draws::new(7, 1).in_month(1);
        let weights = [0.0, 1.0, 1.0, 4.0, 0.25];
        for race in 0..20_000u64 {
            let n = race as usize % 6;
            let draw = |k: usize| luck.uniform(Purpose::Test, race, k as u32);
            let mut u: Vec<f64> = (0..n).map(draw).collect();
            if race % 3 == 0 && n > 1 {
                u[1] = u[0].next_up();
            }
            if race % 5 == 0 && n > 2 {
                u[2] = u[0];
            }
            let weight: Vec<f64> = (0..n).map(|k| weights[(race as usize / 7 + k) % 5]).collect();
            let id: Vec<u32> = (0..n as u32).map(|k| (k * 5 + 3) % 7).collect();
            let plain = (0..n)
                .filter(|i| weight[*i] > 0.0)
                .map(|i| (-libm::log(u[i]) / weight[i], i))
                .min_by(|a, b| a.0.total_cmp(&b.0).then(id[a.1].cmp(&id[b.1])));
            let waits: Vec<f64> = weight.iter().map(|weight| 1.0 / weight).collect();
            let first = first_to_arrive(&u, &weight, &waits, |i| id[i]);
            assert_eq!(first, plain.map(|(_, i)| i), "{u:?} {weight:?}");
        }
    }
}
