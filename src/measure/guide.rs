//! The Additionality Guide's form as it is told: of which replicates, over what time, and when it says nothing.

use super::additionality::{Additionality, Parts};
use super::compare::Difference;
use super::impulse::{Twin, over};
use super::record::Names;
use super::table::{Cell, Column, Table};

/// Below this share of what is spent, a change of the spend is noise and nothing to divide by (assumed).
const HARDLY: f64 = 0.001;

/// Identity of a part, how it is read, and what it is.
type PartRow = (&'static str, fn(&Parts) -> f64, &'static str);

/// The parts of each replicate, in pounds, in all or a year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Guide {
    pub parts: Vec<Parts>,
    /// What the change is of, in the same unit: all that the anchors buy without it, or the extra spend itself.
    pub spend: f64,
    pub yearly: bool,
    /// The runs are of different places, so that what differs is not the spend.
    pub other_place: bool,
}

impl Guide {
    /// A policy against its reference, a year.
    pub fn of_policy(twins: &[Twin]) -> Guide {
        let years = |twin: &Twin| (twin.months() as f64 / 12.0).max(1e-9);
        let parts = twins.iter().map(|t| Parts::of_policy(t, t.months()).scaled(1.0 / years(t))).collect();
        let spent = |t: &Twin| {
            let months = t.without.months.iter().take(t.months());
            months.map(|m| m.procurement as f64 / 100.0).sum::<f64>() / t.without.scale.max(1e-9) / years(t)
        };
        Guide {
            parts,
            spend: over(twins.iter().map(spent)).mean,
            yearly: true,
            other_place: twins.iter().any(|t| elsewhere(&t.with.names, &t.without.names)),
        }
    }

    /// An extra spend, in all.
    pub fn of_impulse(twins: &[Twin], months: usize) -> Guide {
        let parts: Vec<Parts> = twins.iter().map(|t| Parts::of_impulse(t, months)).collect();
        Guide { spend: Parts::mean(&parts).gross, parts, yearly: false, other_place: false }
    }

    /// Unit of its money.
    pub fn unit(&self) -> &'static str {
        if self.yearly { "GBP a year" } else { "GBP" }
    }

    /// Additional output over replicates.
    pub fn output(&self) -> Difference {
        over(self.parts.iter().map(Parts::output))
    }

    /// The terms of the mean parts, or why there are none.
    pub fn terms(&self) -> Result<Additionality, String> {
        let mean = Parts::mean(&self.parts);
        let share = mean.gross / self.spend.abs().max(1e-9);
        if self.other_place {
            return Err(
                "the two runs are of different places, so what differs is not the anchors' spend".into()
            );
        }
        let sold = mean.sold / self.spend.abs().max(1e-9);
        if sold < -HARDLY && mean.bought.is_some_and(|all| all > 0.5 * mean.sold) {
            return Err(format!(
                "what the anchors buy of the city's firms falls by {:.2}% of the spend: money was moved out, and the form is for \
                 a spend that is added",
                -100.0 * sold
            ));
        }
        if share.abs() < HARDLY {
            return Err(format!(
                "what is spent more, or moved, is {:.3}% of the spend: too little to divide by (limit {}%)",
                100.0 * share,
                100.0 * HARDLY
            ));
        }
        if mean.gross < 0.0 {
            return Err(format!(
                "the anchors buy less ({:.2}% of the spend), and the form is for a spend that is added",
                100.0 * share
            ));
        }
        let terms = mean.terms().ok_or("nothing of it stays in the city, so there is nothing to multiply")?;
        let shares =
            [("L", terms.leakage, 0.0), ("Dp", terms.displacement, -1.0), ("S", terms.substitution, -1.0)];
        match shares.iter().find(|(_, share, least)| !(least - 1e-9..=1.0 + 1e-9).contains(share)) {
            Some((term, value, least)) => Err(format!(
                "{term} would be {value:.2}, and the form needs a share between {least} and 1: what changed is more than \
                 the spend it is put down to"
            )),
            None => Ok(terms),
        }
    }
}

/// Whether places differ by name, or in what their anchors need from the start, as towns of one name may.
fn elsewhere(a: &Names, b: &Names) -> bool {
    a.city != b.city || a.needs != b.needs
}

/// `additionality.csv`: the terms of each scenario, and output by buyer.
pub fn table(all: &[(&str, Guide)]) -> Table {
    let mut table = Table::new(
        "additionality",
        vec![
            Column::new("scenario", "", "What is compared with the reference"),
            Column::new("term", "", "Term of AI = GI (1 - L)(1 - Dp)(1 - S) M, or part of the extra output"),
            Column::new(
                "value",
                "as in unit",
                "Its value, mean over replicates; empty where the form says nothing",
            ),
            Column::new("unit", "", "Its unit; GBP is of all months compared"),
            Column::new("meaning", "", "What it is, or why there is none"),
            Column::new(
                "low",
                "as in unit",
                "Lower end of the 95% interval (Student's t); empty with one replicate",
            ),
            Column::new("high", "as in unit", "Upper end of it"),
        ],
    );
    for (name, guide) in all {
        let mut push = |term: &str, value: Cell, unit: &str, meaning: &str, of: Option<(f64, f64)>| {
            let end = |x: Option<f64>| x.map_or(Cell::Empty, |x| Cell::Real(x, 2));
            table.push(vec![
                (*name).into(),
                term.into(),
                value,
                unit.into(),
                meaning.into(),
                end(of.map(|i| i.0)),
                end(of.map(|i| i.1)),
            ]);
        };
        match guide.terms() {
            Ok(terms) => {
                for (term, value, unit, meaning) in terms.rows() {
                    let money = unit == "GBP";
                    let interval = if term == "AI" { guide.output().interval } else { None };
                    let value = Cell::Real(value, if money { 2 } else { 6 });
                    push(term, value, if money { guide.unit() } else { unit }, meaning, interval);
                }
            }
            Err(reason) => push("AI", Cell::Empty, guide.unit(), &format!("None: {reason}"), None),
        }
        let parts: [PartRow; 5] = [
            ("output_direct", |p| p.sold, "Extra output: sold to who spends more"),
            ("output_outside", |p| p.outside, "Extra output: sold to buyers outside"),
            ("output_anchors", |p| p.anchors, "Extra output: the anchors' other purchases"),
            ("output_firms", |p| p.firms, "Extra output: sold to firms"),
            ("output_households", |p| p.households, "Extra output: sold to households"),
        ];
        for (term, get, meaning) in parts {
            let of = over(guide.parts.iter().map(get));
            push(term, Cell::Real(of.mean, 2), guide.unit(), meaning, of.interval);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guide(gross: f64, landed: f64, spend: f64) -> Guide {
        let one = |more: f64| Parts { gross, landed, sold: landed, households: more, ..Parts::default() };
        Guide { parts: vec![one(10.0), one(14.0)], spend, ..Guide::default() }
    }

    #[test]
    fn a_sound_change_has_terms_and_an_interval() {
        let sound = guide(100.0, 60.0, 1000.0);
        assert!((sound.terms().unwrap().product() - 72.0).abs() < 1e-9);
        // Outputs 70 and 74: half width 12.7062 x 2.
        let (low, high) = sound.output().interval.unwrap();
        assert!((low - 46.5876).abs() < 1e-3 && (high - 97.4124).abs() < 1e-3);
    }

    #[test]
    fn the_form_is_silent_where_it_would_mislead() {
        let reason = |guide: Guide| guide.terms().unwrap_err();
        assert!(reason(guide(0.9, 0.9, 1000.0)).contains("too little"));
        assert!(reason(guide(-100.0, -60.0, 1000.0)).contains("buy less"));
        assert!(reason(guide(100.0, -20.0, 1000.0)).contains("L would be 1.20"));
        assert!(
            reason(Guide { other_place: true, ..guide(100.0, 60.0, 1000.0) }).contains("different places")
        );
    }

    /// A town of the same name whose anchor buys more is not the same town under a policy.
    #[test]
    fn places_are_told_apart_by_what_is_needed_there() {
        let town = |pence| Names { city: "Town".into(), needs: vec![(1, 0, 0, pence)], ..Names::default() };
        assert!(!elsewhere(&town(400), &town(400)));
        assert!(elsewhere(&town(400), &town(500)));
        assert!(elsewhere(&town(400), &Names { city: "Other".into(), ..town(400) }));
    }
}
