//! How many people work at each place.

use super::Unit;
use crate::world::synthesis::sampling::cumulative_rounding;

/// Scale sizes so that the section's jobs are met exactly, with at least one worker in each unit.
pub(super) fn fit_sizes(units: &[&Unit], jobs: f64) -> Vec<u32> {
    let total: f64 = units.iter().map(|u| u.size).sum();
    if total <= 0.0 {
        return Vec::new();
    }
    // Small units keep their size; what is missing or over falls on units of ten and more.
    let small: f64 = units.iter().filter(|u| u.size < 10.0).map(|u| u.size.round().max(1.0)).sum();
    let large: f64 = units.iter().filter(|u| u.size >= 10.0).map(|u| u.size).sum();
    let stretch = if large > 0.0 && jobs > small * 1.05 { (jobs - small) / large } else { 0.0 };
    let expected: Vec<f64> = if stretch > 0.15 {
        units.iter().map(|u| if u.size < 10.0 { u.size.round().max(1.0) } else { u.size * stretch }).collect()
    } else {
        units.iter().map(|u| u.size * jobs / total).collect()
    };
    let mut sizes: Vec<u32> = cumulative_rounding(expected).into_iter().map(|n| (n as u32).max(1)).collect();
    // Minimum of one may have added jobs: take them back from the largest.
    let mut excess = sizes.iter().map(|n| i64::from(*n)).sum::<i64>() - jobs as i64;
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(sizes[i]), i));
    while excess != 0 {
        let before = excess;
        for &i in &order {
            if excess > 0 && sizes[i] > 1 {
                let cut = (excess as u32).min(sizes[i] / 20 + 1).min(sizes[i] - 1);
                sizes[i] -= cut;
                excess -= i64::from(cut);
            } else if excess < 0 {
                sizes[i] += 1;
                excess += 1;
            }
            if excess == 0 {
                break;
            }
        }
        if excess == before {
            break;
        }
    }
    sizes
}
