//! Axis steps, and numbers as a reader expects them: £1.2bn, 12%, 1,200, with a proper minus sign.

use crate::output::places::{places, size};

/// Round steps that cover `low..=high` in about `wanted` intervals.
pub fn ticks(low: f64, high: f64, wanted: usize) -> Vec<f64> {
    if !(low.is_finite() && high.is_finite()) || high <= low {
        return vec![0.0];
    }
    let step = step((high - low) / wanted as f64);
    let (first, last) = ((low / step + 1e-9).floor() as i64, (high / step - 1e-9).ceil() as i64);
    (first..=last).map(|n| n as f64 * step).collect()
}

/// The nearest of 1, 2, 5 times a power of ten that is not much below `rough`.
fn step(rough: f64) -> f64 {
    let power = libm::pow(10.0, libm::floor(libm::log10(rough)));
    let lead = rough / power;
    let round = [1.0, 2.0, 5.0].into_iter().find(|&r| lead <= r * 1.1).unwrap_or(10.0);
    round * power
}

/// How to write the numbers of one axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Numbers {
    before: &'static str,
    after: &'static str,
    divide: f64,
    decimals: usize,
}

impl Numbers {
    /// For values of `unit`, such as "£ a household", "£m a month", "%" or "jobs", at these marks.
    pub fn of(unit: &str, marks: &[f64]) -> Numbers {
        let most = marks.iter().fold(0.0, |most: f64, v| most.max(v.abs()));
        let apart = marks.windows(2).map(|w| (w[1] - w[0]).abs()).fold(f64::INFINITY, f64::min);
        let (before, after, divide) = scale(unit, most);
        let apart = apart / divide;
        let even = |d: &usize| {
            let shifted = apart * libm::pow(10.0, *d as f64);
            (shifted - shifted.round()).abs() < 1e-6 * shifted
        };
        let decimals = if apart.is_finite() { (0..6).find(even).unwrap_or(2) } else { 0 };
        let pence = before == "£" && after.is_empty() && decimals == 1;
        let decimals = if pence { 2 } else { decimals };
        Numbers { before, after, divide, decimals }
    }

    /// The same for a value read off a chart: three figures of `typical`, but whole pounds beyond ten.
    pub fn of_value(unit: &str, typical: f64) -> Numbers {
        let (before, after, divide) = scale(unit, typical.abs());
        let size = typical.abs() / divide;
        let whole = if before == "£" && after.is_empty() { 10.0 } else { 100.0 };
        let decimals = match size {
            _ if size >= whole => 0,
            10.0.. => 1,
            0.1.. => 2,
            _ => 3,
        };
        let decimals = if before == "£" { decimals.min(2) } else { decimals };
        Numbers { before, after, divide, decimals }
    }

    /// The same for an interval with these ends.
    pub fn of_ends(&self, low: f64, high: f64) -> Numbers {
        let decimals = places((low / self.divide, high / self.divide), self.decimals);
        let pounds = self.before == "£" && self.after.is_empty() && decimals > self.decimals;
        Numbers { decimals: if pounds { 2 } else { decimals }, ..self.clone() }
    }

    /// Nothing at all has no decimals: £0, 0%.
    pub fn text(&self, value: f64) -> String {
        let decimals = if value == 0.0 { 0 } else { self.decimals };
        let size = thousands(&size(value / self.divide, decimals));
        let zero = size.bytes().all(|b| matches!(b, b'0' | b'.' | b','));
        let sign = if value < 0.0 && !zero { "−" } else { "" };
        let after = if value == 0.0 && self.before == "£" { "" } else { self.after };
        format!("{sign}{}{size}{after}", self.before)
    }

    /// With a plus sign for gains.
    pub fn signed(&self, value: f64) -> String {
        let text = self.text(value);
        let plus = value > 0.0 && text.bytes().any(|b| (b'1'..=b'9').contains(&b));
        if plus { format!("+{text}") } else { text }
    }
}

fn scale(unit: &str, most: f64) -> (&'static str, &'static str, f64) {
    let Some(rest) = unit.strip_prefix('£') else {
        return if unit.starts_with('%') { ("", "%", 1.0) } else { ("", "", 1.0) };
    };
    let word = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    match word {
        _ if rest.starts_with(" thousand") => ("£", "k", 1.0),
        "bn" => ("£", "bn", 1.0),
        "m" => ("£", "m", 1.0),
        "k" => ("£", "k", 1.0),
        _ if most >= 1e9 => ("£", "bn", 1e9),
        _ if most >= 1e6 => ("£", "m", 1e6),
        _ if most >= 2e4 => ("£", "k", 1e3),
        _ => ("£", "", 1.0),
    }
}

fn thousands(digits: &str) -> String {
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut out = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_cover() {
        assert_eq!(ticks(0.0, 97.0, 5), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        assert_eq!(ticks(-3.0, 11.0, 5), [-5.0, 0.0, 5.0, 10.0, 15.0]);
        assert_eq!(ticks(1.0, 1.0, 5), [0.0]);
    }

    #[test]
    fn ends_of_intervals_show_where_they_are_not_nought() {
        let of = |unit, typical, (low, high)| Numbers::of_value(unit, typical).of_ends(low, high).signed(low);
        assert_eq!(of("£m", 120.0, (0.3, 240.0)), "+£0.3m");
        assert_eq!(of("£m", 120.0, (-1e-9, 240.0)), "£0m");
        assert_eq!(of("£ a year", 43.0, (0.3, 86.0)), "+£0.30");
        assert_eq!(of("£ a year", 4.3, (0.003, 8.6)), "£0.00");
        assert_eq!(of("%", 0.2, (-0.0004, 0.4)), "−0.0004%");
    }

    #[test]
    fn money_is_scaled_to_a_word() {
        let on_axis = |unit, v: f64| Numbers::of(unit, &[0.0, v / 2.0, v]).text(v);
        assert_eq!(on_axis("£ a month", 3e9), "£3.0bn");
        assert_eq!(on_axis("£ a month", -4e6), "−£4m");
        assert_eq!(on_axis("£m a month", 1200.0), "£1,200m");
        assert_eq!(on_axis("£ thousand a year", 120.0), "£120k");
        assert_eq!(on_axis("% of income", 0.5), "0.50%");
        assert_eq!(on_axis("jobs", 502_000.0), "502,000");
        assert_eq!(Numbers::of_value("£", 2.06e9).text(2.06e9), "£2.06bn");
        assert_eq!(Numbers::of_value("£ a year", 43.0).signed(43.2), "+£43");
        assert_eq!(Numbers::of_value("%", 0.2).signed(-0.001), "0.00%");
    }
}
