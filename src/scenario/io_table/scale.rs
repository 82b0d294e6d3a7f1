//! How many jobs one of a row or a column stands for: "Employment (1000 persons)".

use super::ratio::is_ratio;
use crate::scenario::grid::{self, Label};

const SCALES: [(f64, &str, &str); 3] = [
    (1e3, "thousands", "thousand thousands ths thous thd thds tsd k 1000 x1000 000s 10^3 10³"),
    (1e6, "millions", "million millions mio mill mn mln 1000000 10^6"),
    (1e2, "hundreds", "hundred hundreds 100"),
];

/// Words before a number that is a size, and no unit: "firms of over 1000 employees".
const SIZES: &str = "over under than above below least most to of from and per";

/// What one of the label's numbers stands for, and its name; by what stands beside it too.
pub(super) fn scale(label: &Label) -> Option<(f64, &'static str)> {
    let texts = || std::iter::once(&label.text).chain(&label.names).chain(&label.beside);
    if texts().any(|text| is_ratio(text)) {
        return None;
    }
    let of = |text: &String| {
        let words = words(text);
        let says = |list: &str, k: usize| list.split(' ').any(|known| known == words[k]);
        let size =
            |k: usize| k > 0 && says(SIZES, k - 1) && words[k].starts_with(|c: char| c.is_ascii_digit());
        let number = |k: usize| k > 0 && words[k - 1].starts_with(|c: char| c.is_ascii_digit());
        let found = SCALES
            .iter()
            .find(|(_, _, list)| (0..words.len()).any(|k| says(list, k) && !size(k) && !number(k)));
        let thousands = || (grid::scale(text) == Some(1e3)).then_some(&SCALES[0]);
        found.or_else(thousands).map(|(times, name, _)| (*times, *name))
    };
    texts().find_map(of)
}

/// Words and numbers, "1 000" and "x1,000" being one.
fn words(text: &str) -> Vec<String> {
    let mut text = text.to_lowercase().replace('×', "x");
    for space in [",", ".", "'", " ", "\u{a0}", "\u{202f}"] {
        text = text.replace(&format!("1{space}000"), "1000");
    }
    text = text.replace("x 1000", "x1000");
    let split = text.split(|c: char| !c.is_alphanumeric() && c != '^');
    split.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::diagnostic::Origin;
    use crate::scenario::grid::source;

    fn times(text: &str) -> f64 {
        let at = Origin { source: source("t", text), span: 0..0 };
        let label = Label { text: text.into(), names: vec![text.into()], beside: vec![], at };
        scale(&label).map_or(1.0, |of| of.0)
    }

    #[test]
    fn by_words_and_signs() {
        for text in [
            "Employment (1000 persons)",
            "Employment (1,000 persons)",
            "Employed persons (1 000)",
            "Employment THS_PER",
            "Employment, ths. persons",
            "Employment (k)",
            "Employment (in 10^3 persons)",
            "Number of employed (thds)",
            "Employment, tsd.",
            "Employment x1000",
            "Employment (×1,000)",
            "Employees (thous.)",
            "EMP_DC (THS)",
            "Workforce jobs ('000s)",
            "FTE (000)",
            "Thousands employed",
            "FTE (1000)",
        ] {
            assert_eq!(times(text), 1e3, "{text}");
        }
        for (text, wanted) in [
            ("Jobs (millions)", 1e6),
            ("Employment (hundreds)", 1e2),
            ("Employment", 1.0),
            ("Jobs at firms of over 1000", 1.0),
            ("Jobs per thousand", 1.0),
            ("Employment 2000", 1.0),
            ("Jobs of 25,000 people", 1.0),
        ] {
            assert_eq!(times(text), wanted, "{text}");
        }
    }
}
