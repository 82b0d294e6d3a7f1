//! The answer in sentences, built from numbers and their intervals. None says more than its interval does.

use super::view::{Gap, Of, Verdict, View};
use crate::output::lines::too_small_for_cost;
use crate::output::places::{grouped, look_alike, places, shows};

/// A figure that has a sentence: metric, what it is called, how it is written, and the words for more and less of it.
#[derive(Clone, Copy)]
pub struct Figure {
    pub metric: &'static str,
    noun: &'static str,
    factor: f64,
    before: &'static str,
    after: &'static str,
    decimals: usize,
    more: &'static str,
    less: &'static str,
}

const fn figure(
    metric: &'static str,
    noun: &'static str,
    (factor, before, after, decimals): (f64, &'static str, &'static str, usize),
    (more, less): (&'static str, &'static str),
) -> Figure {
    Figure { metric, noun, factor, before, after, decimals, more, less }
}

const MONEY: (f64, &str, &str, usize) = (1.0, "£", "m a year", 1);
const PENCE: (f64, &str, &str, usize) = (100.0, "", "p", 1);
const POINTS: (f64, &str, &str, usize) = (1.0, "", " percentage points", 2);
const HIGH: (&str, &str) = ("higher", "lower");

/// What the city gets of it.
pub const GAINS: [Figure; 5] = [
    figure("round_1_local", "the part of each pound that is paid to suppliers in the city", PENCE, HIGH),
    figure("lm3", "the local multiplier after three rounds (LM3)", (1.0, "", "", 3), HIGH),
    figure("household_income", "household income in the city after tax", MONEY, HIGH),
    figure("jobs", "the number of jobs in the city", (1.0, "", "", 0), HIGH),
    figure("residents_in_work", "the number of residents in work", (1.0, "", "", 0), HIGH),
];

/// What it costs the anchors.
pub const COSTS: [Figure; 4] = [
    figure(
        "contract_price",
        "the price of contracts (100 is what is paid at the start)",
        (100.0, "", "", 2),
        HIGH,
    ),
    figure("service_shortfall", "the part of the anchors' needs that is not met", POINTS, HIGH),
    figure(
        "cost_of_constant_service",
        "what it would take to meet all needs at the prices paid",
        MONEY,
        HIGH,
    ),
    figure("team_hours_short", "the time that procurement teams lack", (1.0, "", " hours a year", 0), HIGH),
];

/// What others get of it.
pub const ELSEWHERE: [Figure; 4] = [
    figure("net_to_region", "what the rest of the region receives from the city, net,", MONEY, HIGH),
    figure("net_to_country", "what the rest of the country receives from the city, net,", MONEY, HIGH),
    figure("net_to_world", "what the rest of the world receives from the city, net,", MONEY, HIGH),
    figure("treasury_net", "what central government receives from the city, net,", MONEY, HIGH),
];

impl Figure {
    fn amount(&self, x: f64) -> String {
        let sign = if x < 0.0 && self.shows(x) { "−" } else { "" };
        format!("{sign}{}{}{}", self.before, number(x.abs(), self.decimals), self.after)
    }

    /// Within a sentence that has said over which time.
    fn brief(&self, x: f64) -> String {
        self.amount(x).replace(" a year", "")
    }

    fn signed(&self, x: f64) -> String {
        let plus = if x > 0.0 && self.shows(x) { "+" } else { "" };
        format!("{plus}{}", self.brief(x))
    }

    /// Whether anything is left of it at its decimals: nought has no sign.
    fn shows(&self, x: f64) -> bool {
        shows(x, self.decimals)
    }

    /// In thousands of pounds in place of millions, where amounts are small.
    fn sized(&self, small: bool) -> Figure {
        match self.after {
            "m a year" if small => {
                Figure { factor: 1000.0 * self.factor, after: " thousand a year", ..*self }
            }
            _ => *self,
        }
    }

    /// The sentence on a difference.
    pub fn sentence(&self, gap: &Gap) -> String {
        let gap = gap.times(self.factor);
        let decimals = gap.interval.map_or(self.decimals, |ends| places(ends, self.decimals));
        Figure { decimals, ..*self }.told(&gap)
    }

    fn told(&self, gap: &Gap) -> String {
        let size = self.amount(gap.difference.abs());
        let noun = capital(self.noun);
        let way = if gap.difference < 0.0 { self.less } else { self.more };
        match (gap.verdict(), gap.interval) {
            (Verdict::Same, None) => format!("{noun} is the same."),
            (Verdict::More | Verdict::Less, None) if !self.shows(gap.difference) => {
                format!("{noun} is the same.")
            }
            (Verdict::Same, _) => format!("{noun} is the same in every replicate."),
            (Verdict::Unclear, None) => format!(
                "{noun} is {size} {way} in both replicates alike: two are too few for an interval, so no clear difference."
            ),
            (Verdict::Unclear, Some((low, high))) => format!(
                "No clear difference in {}: {}, and the 95% interval, {} to {}, holds zero.",
                self.noun.trim_end_matches(','),
                self.signed(gap.difference) + if self.after.ends_with(" a year") { " a year" } else { "" },
                self.signed(low),
                self.signed(high)
            ),
            (_, Some((low, high))) if low == high => {
                format!("{noun} is {size} {way} in every replicate alike.")
            }
            (_, Some(ends)) if look_alike(ends, self.decimals) => {
                format!("{noun} is {size} {way} (95% interval narrower than shown).")
            }
            (_, Some((low, high))) => {
                let (near, far) = if gap.difference < 0.0 { (-high, -low) } else { (low, high) };
                format!(
                    "{noun} is {size} {way} (95% interval {} to {} {way}).",
                    self.brief(near),
                    self.brief(far)
                )
            }
            (Verdict::More | Verdict::Less, None) => format!("{noun} is {size} {way}."),
            (_, None) if gap.difference == 0.0 => {
                format!("{noun} is the same (one replicate, so no interval).")
            }
            (_, None) if !self.shows(gap.difference) => {
                let least = self.amount(0.1_f64.powi(self.decimals as i32));
                format!("{noun} differs by less than {least} (one replicate, so no interval).")
            }
            (_, None) => {
                format!("{noun} is {size} {way} in this one draw of luck (one replicate, so no interval).")
            }
        }
    }
}

/// Sentences of a scenario on some figures, as far as the folder has them.
pub fn sentences(view: &View, of: &Of, figures: &[Figure]) -> Vec<String> {
    let told = |figure: &Figure| Some(figure.sized(view.small).sentence(of.gaps.get(figure.metric)?));
    figures.iter().filter_map(told).collect()
}

pub const HANGS_ON_SCALE: &str = "What a policy costs the anchors hangs on the scale of a simulation, even in its sign: \
                                  below a scale of 0.2 an interval does not say whether it costs more in the real city.";

/// Whether the scale is too small to say what a policy costs.
pub fn hangs_on_scale(view: &View) -> bool {
    too_small_for_cost(view.scale, view.town)
}

/// A scenario's answer in one line.
pub fn verdict(of: &Of, view: &View) -> Option<String> {
    let city = &view.city;
    let (income, cost) = (of.gaps.get("household_income")?, of.gaps.get("cost_of_constant_service")?);
    if income.verdict() == Verdict::OneDraw {
        return Some("One replicate, so no interval: this may be luck and not the policy.".to_owned());
    }
    let said = |gap: &Gap, more: &str, less: &str, unclear: &str| match gap.verdict() {
        Verdict::More => more.to_owned(),
        Verdict::Less => less.to_owned(),
        _ => unclear.to_owned(),
    };
    let share = of.gaps.get("round_1_local").map(|share| {
        let of_pound = format!("of each pound is paid to suppliers in {city}");
        let (more, less) = (format!("clearly more {of_pound}"), format!("clearly less {of_pound}"));
        said(share, &more, &less, &format!("no clear difference in how much {of_pound}"))
    });
    let income = said(
        income,
        "household income there is clearly higher",
        "household income there is clearly lower",
        "no clear difference in household income there",
    );
    let [more, less] = if hangs_on_scale(view) {
        let small = format!("at this scale ({}), on which even the sign hangs", view.scale);
        ["more", "less"].map(|way| format!("meeting the anchors' needs costs {way} {small}"))
    } else {
        ["more", "less"].map(|way| format!("meeting the anchors' needs clearly costs {way}"))
    };
    let cost = said(cost, &more, &less, "no clear difference in what meeting the anchors' needs costs");
    let parts: Vec<String> = share.into_iter().chain([income, cost]).collect();
    Some(capital(&format!("{}.", parts.join("; "))))
}

pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// A number with thousands separated and a true minus sign; zero has none.
pub fn number(x: f64, decimals: usize) -> String {
    grouped(x, decimals, '−')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gap(difference: f64, interval: Option<(f64, f64)>) -> Gap {
        Gap {
            reference: 10.0,
            policy: 10.0 + difference,
            difference,
            interval,
            replicates: 1,
            certain: false,
        }
    }

    #[test]
    fn sentences_say_no_more_than_their_intervals() {
        let income = &GAINS[2];
        assert_eq!(
            income.sentence(&gap(12.34, Some((5.0, 19.68)))),
            "Household income in the city after tax is £12.3m a year higher (95% interval £5.0m to £19.7m higher)."
        );
        assert_eq!(
            income.sentence(&gap(-2.0, Some((-3.0, -1.0)))),
            "Household income in the city after tax is £2.0m a year lower (95% interval £1.0m to £3.0m lower)."
        );
        let unclear = income.sentence(&gap(3.2, Some((-4.0, 10.4))));
        assert!(unclear.starts_with("No clear difference in household income"), "{unclear}");
        assert!(unclear.contains("−£4.0m to +£10.4m, holds zero"), "{unclear}");
        let small = income.sentence(&gap(-0.01, Some((-0.02, 0.04))));
        assert!(small.contains(": −£0.01m a year, and the 95% interval, −£0.02m to +£0.04m,"), "{small}");
        let nought = income.sentence(&gap(-1e-6, Some((-2e-6, 4e-6))));
        assert!(nought.contains(": £0.0m a year, and the 95% interval, £0.0m to £0.0m,"), "{nought}");
        let narrow = income.sentence(&gap(3.2, Some((3.163, 3.241))));
        assert!(narrow.contains("£3.20m a year higher (95% interval £3.16m to £3.24m higher)"), "{narrow}");
        let all_alike = income.sentence(&gap(3.2, Some((3.2, 3.2))));
        assert!(all_alike.ends_with("£3.2m a year higher in every replicate alike."), "{all_alike}");
        let narrower = income.sentence(&gap(3.2, Some((3.200_01, 3.200_02))));
        assert!(narrower.ends_with("(95% interval narrower than shown)."), "{narrower}");
        assert!(income.sentence(&gap(3.2, None)).contains("one replicate, so no interval"));
        let alike = income.sentence(&Gap { replicates: 2, ..gap(3.2, None) });
        assert!(alike.contains("£3.2m a year higher in both replicates alike: two are too few"), "{alike}");
        let of_town = Gap { certain: true, ..gap(3.2, None) };
        assert_eq!(
            income.sentence(&of_town),
            "Household income in the city after tax is £3.2m a year higher."
        );
        let small = income.sized(true).sentence(&Gap { certain: true, ..gap(0.0044, None) });
        assert_eq!(small, "Household income in the city after tax is £4.4 thousand a year higher.");
        let same = COSTS[0].sentence(&Gap { certain: true, ..gap(1e-7, None) });
        assert!(same.ends_with(" is the same."), "{same}");
        let least = COSTS[0].sentence(&gap(-4e-5, None));
        assert!(least.contains("differs by less than 0.01 (one replicate"), "{least}");
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(number(-1_234_567.891, 1), "−1,234,567.9");
        assert_eq!(number(-0.004, 2), "0.00");
    }
}
