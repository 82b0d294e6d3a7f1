//! Labels that must not run into each other.

/// Move `wanted` heights apart until neighbours are at least `gaps` apart (`gaps[i]`: the height label i
/// takes up), within `low..=high`, as little as may be. Returns the heights in the order given.
pub fn spread(wanted: &[f64], gaps: &[f64], low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]).then(a.cmp(&b)));
    let mut placed = vec![0.0; wanted.len()];
    // Push down from the top, then up from the bottom.
    let mut edge = low;
    for &i in &order {
        placed[i] = wanted[i].max(edge + gaps[i] / 2.0);
        edge = placed[i] + gaps[i] / 2.0;
    }
    edge = high;
    for &i in order.iter().rev() {
        placed[i] = placed[i].min(edge - gaps[i] / 2.0);
        edge = placed[i] - gaps[i] / 2.0;
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_kept_apart() {
        assert_eq!(spread(&[50.0, 52.0, 10.0], &[20.0; 3], 0.0, 100.0), [50.0, 70.0, 10.0]);
        assert_eq!(spread(&[98.0, 99.0], &[20.0; 2], 0.0, 100.0), [70.0, 90.0]);
    }
}
