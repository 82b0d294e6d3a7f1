//! How numbers are told, and an interval with how many decimals.

/// Decimals that more than are asked for may be shown.
const MORE: usize = 2;

/// As many decimals as are asked for, or up to two more if an end that is not nought would look like it: a reader asks of an
/// interval whether nought is in it.
pub fn places((low, high): (f64, f64), asked: usize) -> usize {
    let told = |places: &usize| [low, high].into_iter().all(|end| end == 0.0 || shows(end, *places));
    (asked..=asked + MORE).find(told).unwrap_or(asked)
}

/// Whether anything is left of a number at so many decimals.
pub fn shows(x: f64, places: usize) -> bool {
    format!("{x:.places$}").bytes().any(|b| (b'1'..=b'9').contains(&b))
}

/// A number with thousands separated and this minus; zero has none. A dash where there is no number.
pub fn grouped(x: f64, decimals: usize, minus: char) -> String {
    if x.is_nan() {
        return "–".to_owned();
    }
    let text = format!("{:.*}", decimals, x.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut grouped = String::new();
    if x < 0.0 && shows(x, decimals) {
        grouped.push(minus);
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if !fraction.is_empty() {
        grouped.push('.');
        grouped.push_str(fraction);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_is_nought_only_where_it_is() {
        assert_eq!(places((0.3, 240.0), 0), 1);
        assert_eq!(places((-0.03, 240.0), 0), 2);
        assert_eq!(places((0.0, 240.0), 0), 0);
        // What two more do not show either is left as it was.
        assert_eq!(places((1e-9, 240.0), 1), 1);
        assert_eq!(places((-7.0, 240.0), 0), 0);
    }
}
