//! How numbers are told, and an interval with how many decimals.

/// Decimals that more than are asked for may be shown.
const MORE: usize = 2;

/// As many decimals as are asked for, or up to two more if an end that is not nought would look like it, or two ends that differ
/// like each other: a reader asks of an interval whether nought is in it, and how wide it is.
pub fn places(ends: (f64, f64), asked: usize) -> usize {
    let (low, high) = ends;
    let shown = |places: &usize| [low, high].into_iter().all(|end| end == 0.0 || shows(end, *places));
    let apart = |places: &usize| low == high || !look_alike(ends, *places);
    let all = || asked..=asked + MORE;
    all().find(|places| shown(places) && apart(places)).or_else(|| all().find(shown)).unwrap_or(asked)
}

/// Whether two ends are the same figure at so many decimals.
pub fn look_alike((low, high): (f64, f64), places: usize) -> bool {
    grouped(low, places, '-') == grouped(high, places, '-')
}

/// What is said in place of two ends that look alike: every replicate says the same, or an interval is narrower than is shown.
pub fn in_words(ends: (f64, f64)) -> &'static str {
    if look_alike(ends, WRITTEN) { "all alike" } else { "narrower than shown" }
}

/// Whether anything is left of a number at so many decimals.
pub fn shows(x: f64, places: usize) -> bool {
    size(x, places).bytes().any(|b| (b'1'..=b'9').contains(&b))
}

/// Decimals that tables are written with.
const WRITTEN: usize = 6;

/// A number's size at so many decimals, halves away from zero: from the decimals that tables have, so that the terminal, the
/// report and its script, which read them, round the same figure the same way.
pub fn size(x: f64, decimals: usize) -> String {
    let written = format!("{:.*}", decimals.max(WRITTEN), x.abs());
    let Some((whole, fraction)) = written.split_once('.').filter(|(_, fraction)| fraction.len() > decimals)
    else {
        return written;
    };
    let mut digits: Vec<u8> = whole.bytes().chain(fraction.bytes().take(decimals)).collect();
    if fraction.as_bytes()[decimals] >= b'5' {
        for digit in digits.iter_mut().rev() {
            *digit = if *digit == b'9' { b'0' } else { *digit + 1 };
            if *digit != b'0' {
                break;
            }
        }
        if digits.iter().all(|digit| *digit == b'0') {
            digits.insert(0, b'1');
        }
    }
    if decimals > 0 {
        digits.insert(digits.len() - decimals, b'.');
    }
    digits.into_iter().map(char::from).collect()
}

/// A number with thousands separated and this minus; zero has none. A dash where there is no number.
pub fn grouped(x: f64, decimals: usize, minus: char) -> String {
    if x.is_nan() {
        return "–".to_owned();
    }
    let text = size(x, decimals);
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

    #[test]
    fn ends_that_differ_are_told_apart() {
        assert_eq!(places((0.0163, 0.0241), 2), 3);
        assert_eq!(places((-0.1049, -0.1031), 1), 3);
        // Those that are one, and those closer than two more decimals show, are left as they were, and said in words.
        assert_eq!(places((0.04, 0.04), 2), 2);
        assert_eq!(places((0.100_01, 0.100_02), 1), 1);
        assert!(
            look_alike((0.100_01, 0.100_02), 3)
                && !look_alike((-0.1, 0.1), 1)
                && look_alike((-0.01, 0.01), 1)
        );
        let said = [(0.04, 0.04), (2.0, 2.0 + 1e-12), (0.100_01, 0.100_02)].map(in_words);
        assert_eq!(said, ["all alike", "all alike", "narrower than shown"]);
    }

    #[test]
    fn halves_go_away_from_zero_as_in_the_tables() {
        let told = [76.5, -77.5, 77.499_999_999_9, 77.4999, 0.5, 999.5].map(|x| grouped(x, 0, '-'));
        assert_eq!(told, ["77", "-78", "78", "77", "1", "1,000"]);
        assert_eq!([0.125, 9.995, 0.0, 2.0].map(|x| grouped(x, 2, '-')), ["0.13", "10.00", "0.00", "2.00"]);
        assert_eq!([size(1.234_567_89, 8), size(f64::INFINITY, 1)], ["1.23456789", "inf"]);
    }
}
