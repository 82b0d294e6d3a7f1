//! Labels of ratios, which are no sums.

/// Words that follow "per" where a row tells totals.
const NO_RATIO: &[&str] = &["year", "annum", "month", "quarter", "sector", "industry"];

/// Whether a label is one of a ratio, which is no sum to be divided by output: jobs per £m of output, say.
pub(super) fn is_ratio(label: &str) -> bool {
    let label = label.to_lowercase();
    let words: Vec<&str> = label.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    // "THS_PER", thousands of persons.
    let persons = label.ends_with("_per");
    let per = |(k, word): (usize, &&str)| {
        *word == "per" && words.get(k + 1).map_or(!persons, |next| !NO_RATIO.contains(next))
    };
    let ratio = [
        "share",
        "shares",
        "percent",
        "percentage",
        "ratio",
        "rate",
        "density",
        "coefficient",
        "coefficients",
    ];
    label.contains('%') || words.iter().any(|word| ratio.contains(word)) || words.iter().enumerate().any(per)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_by_their_words() {
        for label in [
            "Jobs per £m output",
            "GVA per head",
            "Imports share (%)",
            "Compensation per employee (£000)",
            "Employment coefficient",
        ] {
            assert!(is_ratio(label), "{label}");
        }
        for label in [
            "Employment per sector",
            "GVA",
            "Wages per annum",
            "Personal income",
            "Rates",
            "Employment THS_PER",
        ] {
            assert!(!is_ratio(label), "{label}");
        }
    }
}
