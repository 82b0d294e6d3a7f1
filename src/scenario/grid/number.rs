//! Numbers as people write them in tables and surveys: `1,234.50`, `£1,000`, `40%`, `(12)`, `1 234,5`.

/// A number as written, and what was written with it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(in crate::scenario) struct Written {
    pub value: f64,
    pub unit: Unit,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::scenario) enum Unit {
    Bare,
    /// A `%` after it; the value is already divided by a hundred.
    Percent,
    /// A sign of currency or "GBP" beside it.
    Money,
}

/// Which sign stands before decimals.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(in crate::scenario) enum Decimal {
    #[default]
    Point,
    Comma,
}

/// Read a number; none where the text is not one. Minus signs of any kind and brackets make it negative; a dash alone, or
/// a few, stand for nought, as statistical offices write it.
pub(in crate::scenario) fn read(text: &str, decimal: Decimal) -> Option<Written> {
    let mut rest = text.trim();
    if !rest.is_empty() && rest.chars().all(|c| matches!(c, '-' | '–' | '—' | '−')) {
        return Some(Written { value: 0.0, unit: Unit::Bare });
    }
    let mut negative = false;
    for (ending, below) in
        [("CR", true), ("cr", true), ("Cr", true), ("DR", false), ("dr", false), ("Dr", false)]
    {
        if let Some(before) = rest.strip_suffix(ending).filter(|of| of.contains(|c: char| c.is_ascii_digit()))
        {
            (negative, rest) = (below, before.trim());
            break;
        }
    }
    if let Some(before) =
        rest.strip_suffix(['-', '−']).filter(|of| of.ends_with(|c: char| c.is_ascii_digit()))
    {
        (negative, rest) = (!negative, before);
    }
    if let Some(inner) = rest.strip_prefix('(').and_then(|r| r.strip_suffix(')')) {
        (negative, rest) = (!negative, inner.trim());
    }
    let minus = |rest: &mut &str| match rest.strip_prefix(['-', '−', '–']) {
        Some(after) => {
            *rest = after.trim();
            true
        }
        None => false,
    };
    negative ^= minus(&mut rest);
    let mut unit = Unit::Bare;
    if let Some(before) = rest.strip_suffix('%') {
        (unit, rest) = (Unit::Percent, before.trim());
    }
    for sign in ["£", "GBP", "gbp", "€", "$"] {
        let shorter = rest.strip_prefix(sign).or_else(|| rest.strip_suffix(sign));
        if let (Some(shorter), Unit::Bare) = (shorter, unit) {
            (unit, rest) = (Unit::Money, shorter.trim());
        }
    }
    negative ^= minus(&mut rest);
    let mut times = 1.0;
    if let (Some(before), Unit::Bare | Unit::Money) = (rest.strip_suffix(['k', 'K']), unit) {
        // Thousands are said of pounds alone.
        (unit, times, rest) = (Unit::Money, 1e3, before.trim());
    } else if let (Some(before), Unit::Money) = (rest.strip_suffix(['m', 'M']), unit) {
        (times, rest) = (1e6, before.trim());
    }
    // Pounds are written with points, whatever the rest of the file does: £40,000 is forty thousand.
    let british =
        unit == Unit::Money && rest.split(',').skip(1).all(|group| group.len() == 3) && !rest.contains('.');
    let decimal = if british { Decimal::Point } else { decimal };
    let value = digits(rest, decimal)?.parse::<f64>().ok().filter(|value| value.is_finite())? * times;
    let value = if unit == Unit::Percent { value / 100.0 } else { value };
    Some(Written { value: if negative { -value } else { value }, unit })
}

/// Without separators of thousands, with a point before decimals; none where the separators are misplaced.
fn digits(text: &str, decimal: Decimal) -> Option<String> {
    let (point, thousands) = match decimal {
        Decimal::Point => ('.', ','),
        Decimal::Comma => (',', '.'),
    };
    if !text.starts_with(|c: char| c.is_ascii_digit() || c == point || c == '+') {
        return None;
    }
    let (whole, rest) = text.find(point).map_or((text, ""), |at| text.split_at(at));
    let separator = |c: char| c == thousands || c == '\'' || c == ' ' || c == '\u{a0}' || c == '\u{202f}';
    if !whole.contains(separator) {
        return Some(format!("{whole}{}", rest.replacen(point, ".", 1)));
    }
    let mut groups = whole.split(separator);
    let first = groups.next().unwrap_or("");
    let number = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    // A first group of nought stands before decimals: 0,150 is no hundred and fifty.
    let first_sound = (1..=3).contains(&first.len()) && number(first) && !first.starts_with('0');
    let sound = first_sound && groups.all(|g| g.len() == 3 && number(g));
    sound.then(|| format!("{}{}", whole.replace(separator, ""), rest.replacen(point, ".", 1)))
}

/// Whether cells of a file without commas between them write decimals with a comma: one of them can be read in no
/// other way.
pub(in crate::scenario) fn decimal<'a>(mut cells: impl Iterator<Item = &'a str>) -> Decimal {
    let only_so = |text: &str| {
        let text = text.trim_matches(|c: char| !c.is_ascii_digit());
        let Some((whole, part)) = text.rsplit_once(',') else { return false };
        let number = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
        number(part)
            && number(&whole.replace(['.', ' '], ""))
            && (part.len() != 3 || whole.contains('.') || whole == "0")
    };
    if cells.any(only_so) { Decimal::Comma } else { Decimal::Point }
}

/// How many pounds a name says that one of its numbers is: "Amount (£000)", "in thousands", "£m"; but not a number that ends so,
/// "over £25,000".
pub(in crate::scenario) fn scale(name: &str) -> Option<f64> {
    let name = name.to_lowercase();
    let of_a_number = |before: &str| {
        before.trim_end_matches([',', '.', ' ', '\u{a0}']).ends_with(|c: char| c.is_ascii_digit())
    };
    let alone = |word: &str| {
        name.match_indices(word).any(|(at, _)| {
            let after = name[at + word.len()..].trim_start_matches('s');
            !of_a_number(&name[..at]) && !after.starts_with(|c: char| c.is_alphanumeric())
        })
    };
    let after_sign = |word: &str| ["£", "gbp", "gbp_"].iter().any(|sign| alone(&format!("{sign}{word}")));
    let is = |words: &[&str]| words.iter().any(|word| after_sign(word) || after_sign(&format!(" {word}")));
    match () {
        () if is(&["m", "mn", "mln"]) || alone("million") => Some(1e6),
        () if is(&["k", "'000"]) || alone("000") || alone("thousand") => Some(1e3),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_people_write_them() {
        for (text, value, unit) in [
            ("1000", 1000.0, Unit::Bare),
            ("1,000.50", 1000.5, Unit::Bare),
            ("£1,234,567", 1_234_567.0, Unit::Money),
            ("1 234 567", 1_234_567.0, Unit::Bare),
            ("40%", 0.4, Unit::Percent),
            ("12.5 %", 0.125, Unit::Percent),
            ("(12)", -12.0, Unit::Bare),
            ("−3.5", -3.5, Unit::Bare),
            ("-£40", -40.0, Unit::Money),
            ("£-40", -40.0, Unit::Money),
            ("£12k", 12_000.0, Unit::Money),
            ("£1.5m", 1_500_000.0, Unit::Money),
            ("1.2e-3", 0.0012, Unit::Bare),
            (".5", 0.5, Unit::Bare),
            ("–", 0.0, Unit::Bare),
            ("40k", 40_000.0, Unit::Money),
            ("100-", -100.0, Unit::Bare),
            ("£500 CR", -500.0, Unit::Money),
            ("500.00DR", 500.0, Unit::Bare),
        ] {
            assert_eq!(read(text, Decimal::Point), Some(Written { value, unit }), "{text}");
        }
        for text in ["", "lots", "1,00", "0,150", "12,34.5", "inf", "NaN", "n/a", "..", ":", "1.2.3", "12m"] {
            assert_eq!(read(text, Decimal::Point), None, "{text}");
        }
    }

    #[test]
    fn scales_of_names() {
        for (name, wanted) in [
            ("Amount (£000)", Some(1e3)),
            ("Spend £k", Some(1e3)),
            ("Income (£m)", Some(1e6)),
            ("spend_gbp_m", Some(1e6)),
            ("Turnover, £ million", Some(1e6)),
            ("Payments over £25,000", None),
            ("Amount (£) meals", None),
            ("Amount", None),
        ] {
            assert_eq!(scale(name), wanted, "{name}");
        }
    }

    #[test]
    fn with_decimal_commas() {
        assert_eq!(decimal(["1.234,5", "7"].into_iter()), Decimal::Comma);
        assert_eq!(decimal(["0,25"].into_iter()), Decimal::Comma);
        assert_eq!(decimal(["1,234", "7.5"].into_iter()), Decimal::Point);
        assert_eq!(read("1.234,5", Decimal::Comma).map(|w| w.value), Some(1234.5));
        assert_eq!(decimal(["0,125"].into_iter()), Decimal::Comma);
        assert_eq!(read("£40,000", Decimal::Comma).map(|w| w.value), Some(40_000.0));
        assert_eq!(read("0,25", Decimal::Comma).map(|w| w.value), Some(0.25));
    }
}
