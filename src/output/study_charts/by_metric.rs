//! Charts that show metrics of all scenarios together: figures side by side, and what is gained against what it costs.

use super::Pictured;
use crate::output::charts::{DotRow, Dots, Frontier, FrontierPoint, MOST};
use crate::output::study::Against;

impl Pictured<'_> {
    /// Figures in hundredths under the first reference and the policies.
    pub(super) fn side_by_side(
        &self,
        (title, of_what): (String, &str),
        unit: &str,
        figures: &[(&str, &str)],
    ) -> Dots {
        let luck = match self.replicates {
            1 => "One replicate: one draw of luck, no interval.".to_owned(),
            n => format!("A line is the 95% interval of the difference from the first, over {n} replicates."),
        };
        let shown = &self.against[..self.against.len().min(MOST - 1)];
        let times = |x: f64| 100.0 * x;
        let row = |(metric, label): &(&str, &str)| {
            let reference =
                shown.first().and_then(|one| self.of(one, metric)).map_or(f64::NAN, |of| of.reference);
            let policy = |one: &Against| {
                let of = self.of(one, metric)?;
                // The interval is that of the difference: of the level it would hold the luck that both share.
                let range =
                    of.difference.interval.map(|(low, high)| (of.reference + low, of.reference + high));
                Some((times(of.policy), range.map(|(low, high)| (times(low), times(high)))))
            };
            let policies = shown.iter().map(|one| policy(one).unwrap_or((f64::NAN, None)));
            let label = (*label).to_owned();
            DotRow { label, values: std::iter::once((times(reference), None)).chain(policies).collect() }
        };
        let names = shown.first().map(|one| one.reference.clone()).into_iter();
        Dots {
            title,
            note: Some(format!("{of_what} {luck}")),
            unit: unit.to_owned(),
            scenarios: names.chain(shown.iter().map(|one| one.scenario.clone())).collect(),
            rows: figures.iter().map(row).collect(),
        }
    }

    pub(super) fn frontier(&self) -> Option<Frontier> {
        let point = |one: &Against| {
            let ranged =
                |metric: &str| self.of(one, metric).map(|of| (of.difference.mean, of.difference.interval));
            let (along, up) = (ranged("cost_of_constant_service")?, ranged("household_income")?);
            Some(FrontierPoint { label: one.scenario.clone(), along, up })
        };
        let points: Vec<FrontierPoint> = self.against.iter().take(MOST - 1).filter_map(point).collect();
        (!points.is_empty()).then(|| Frontier {
            title: format!(
                "What each policy brings the households of {} against what it costs the anchors",
                self.city
            ),
            note: Some(format!("Differences from the reference. {}", self.luck("Lines"))),
            along: ("Cost of constant service, £m a year".into(), "£m".into()),
            up: ("Household income after tax, £m a year".into(), "£m".into()),
            points,
        })
    }
}
