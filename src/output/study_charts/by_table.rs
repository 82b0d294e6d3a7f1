//! Charts that show a table of the study: where a pound goes, paths, gains by tenth, wards.

use super::Pictured;
use crate::measure::local::Channel;
use crate::output::charts::{
    Gain, GainsByDecile, Panel, Paths, PoundByRound, Ranged, RoundBar, Series, Tile, Tiles, pound_title,
};
use crate::output::figures::wards;
use crate::output::study::Against;

/// The channel of what stays.
const RECEIVED: &str = "received in the city";

impl Pictured<'_> {
    pub(super) fn pound(&self, scenario: &str) -> PoundByRound {
        let heads = [
            ("1", "Round 1: paid by the anchors"),
            ("2", "Round 2: spent by suppliers"),
            ("3", "Round 3"),
            ("later", "Later rounds"),
        ];
        let value = |round: &str, channel: &str| {
            let mut rows = self.rows("pound_by_round", scenario);
            let found = rows.find(|row| row.text("round") == round && row.text("channel") == channel);
            // Where nothing was spent there is no number.
            found.map(|row| row.number("value")).filter(|value| value.is_finite()).unwrap_or(0.0)
        };
        let rounds: Vec<RoundBar> = heads
            .iter()
            .map(|(round, label)| RoundBar {
                label: (*label).to_owned(),
                local: value(round, RECEIVED),
                leaks: Channel::ALL.iter().map(|c| (c.label().to_owned(), value(round, c.label()))).collect(),
            })
            .collect();
        let leaked: f64 = rounds.iter().flat_map(|round| &round.leaks).map(|leak| leak.1).sum();
        PoundByRound {
            title: pound_title(&rounds, self.city, scenario, usize::from(self.replicates)),
            spent: 1.0,
            held: if leaked > 0.0 { (1.0 - leaked).max(0.0) } else { 0.0 },
            rounds,
        }
    }

    pub(super) fn paths(&self, one: &Against) -> Paths {
        let mut panels: Vec<Panel> = Vec::new();
        for row in self.rows("paths", &one.scenario) {
            if panels.last().is_none_or(|panel| panel.title != row.text("measure")) {
                let unit = row.text("unit").replace("GBP million", "£m");
                let unit = unit.strip_prefix('%').map_or(unit.clone(), |of| format!("percentage points{of}"));
                panels.push(Panel {
                    title: row.text("measure").to_owned(),
                    unit,
                    months: Vec::new(),
                    series: vec![Series::new(one.scenario.clone(), Vec::new())],
                    zero_line: true,
                });
            }
            let Some(panel) = panels.last_mut() else { continue };
            panel.months.push(row.text("month").to_owned());
            let series = &mut panel.series[0];
            series.mean.push(row.number("difference"));
            if self.replicates > 1 {
                series.low.get_or_insert_default().push(row.number("difference_low"));
                series.high.get_or_insert_default().push(row.number("difference_high"));
            }
        }
        Paths {
            title: format!("What {} changes month by month: less {}", one.scenario, one.reference),
            note: Some(format!(
                "Means of the twelve months up to each month (fewer at the start). {}",
                self.luck("Bands")
            )),
            panels,
        }
    }

    /// Rows of `gains` on income: member, difference, its interval, and what it is a difference from.
    fn income<'a>(&'a self, one: &'a Against, by: &'a str) -> impl Iterator<Item = (&'a str, Ranged, f64)> {
        let rows = self.rows("gains", &one.scenario);
        let rows = rows.filter(move |r| r.text("broken_down_by") == by && r.text("measure") == "income");
        rows.map(|row| {
            let difference = row.number("difference");
            (row.text("member"), (difference, row.range("low", "high")), row.number("value") - difference)
        })
    }

    pub(super) fn gains(&self, one: &Against) -> Option<GainsByDecile> {
        let deciles: Vec<Gain> = self
            .income(one, "decile")
            .map(|(member, (pounds, range), before)| {
                let percent = |x: f64| if before > 0.0 { 100.0 * x / before } else { 0.0 };
                Gain {
                    label: match member {
                        "1" => "Poorest tenth".to_owned(),
                        "10" => "Richest tenth".to_owned(),
                        other => other.to_owned(),
                    },
                    pounds,
                    percent: percent(pounds),
                    pounds_range: range,
                    percent_range: range.map(|(low, high)| (percent(low), percent(high))),
                }
            })
            .collect();
        let title = format!(
            "Who gains: disposable income by tenth of households, {} less {}",
            one.scenario, one.reference
        );
        (!deciles.is_empty()).then(|| GainsByDecile {
            title,
            note: Some(self.luck("Lines through the bars' ends")),
            deciles,
        })
    }

    /// Wards that have a place on the scheme; none for a place that is not Leeds.
    pub(super) fn tiles(&self, one: &Against) -> Option<Tiles> {
        let places = wards();
        let clear = |range: Option<(f64, f64)>| range.is_some_and(|(low, high)| low > 0.0 || high < 0.0);
        let tiles: Vec<Tile> = self
            .income(one, "ward")
            .filter_map(|(member, (value, range), _)| {
                let place = places.iter().find(|place| place.ward == member)?;
                let sign = if value.round() > 0.0 {
                    "+"
                } else if value.round() < 0.0 {
                    "−"
                } else {
                    ""
                };
                Some(Tile {
                    label: member.to_owned(),
                    column: place.column,
                    line: place.line,
                    value,
                    text: format!("{sign}£{:.0}", value.abs()),
                    clear: clear(range),
                })
            })
            .collect();
        let counted =
            |way: fn(f64) -> bool| tiles.iter().filter(|tile| tile.clear && way(tile.value)).count();
        let (up, down) = (counted(|x| x > 0.0), counted(|x| x < 0.0));
        let title = match self.replicates {
            1 => format!(
                "Household income by ward in one draw of luck, {} less {}",
                one.scenario, one.reference
            ),
            _ => format!(
                "Household income is clearly higher in {up} of {} wards and clearly lower in {down}: {} less {}",
                tiles.len(),
                one.scenario,
                one.reference
            ),
        };
        let note = "Pounds a year a household; a scheme of the wards, not a map. With so many wards some look clear by luck alone.";
        (!tiles.is_empty()).then(|| Tiles { title, note: Some(note.to_owned()), tiles })
    }
}
