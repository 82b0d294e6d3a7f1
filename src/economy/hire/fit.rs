//! How well a person and a post match.

/// Worth of a match: 1 where pay is as the person's skill earns, half at a gap of `width` of the mean of both,
/// nothing from twice that; times `pull` within the person's own sector.
#[inline]
pub fn fit(post_pay: i32, own_pay: i32, same_sector: bool, (width, pull): (f64, f64)) -> f64 {
    let (post, own) = (f64::from(post_pay.max(1)), f64::from(own_pay.max(1)));
    let gap = (post - own) / (0.5 * (post + own)) / width;
    if gap.abs() >= 2.0 {
        return 0.0;
    }
    let near = 1.0 / (1.0 + gap * gap * gap * gap);
    if same_sector { near * pull } else { near }
}

#[cfg(test)]
mod tests {
    use super::fit;

    #[test]
    fn by_hand() {
        assert_eq!(fit(2000, 2000, false, (0.2, 3.0)), 1.0);
        assert_eq!(fit(2000, 2000, true, (0.2, 3.0)), 3.0);
        // 2,200 and 1,800 lie 400 apart, a fifth of their mean.
        assert!((fit(2200, 1800, false, (0.2, 3.0)) - 0.5).abs() < 1e-12);
        assert_eq!(fit(2200, 1800, false, (0.2, 3.0)), fit(1800, 2200, false, (0.2, 3.0)));
        assert_eq!(fit(2400, 1600, true, (0.2, 3.0)), 0.0);
    }
}
