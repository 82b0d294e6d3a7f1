//! Made-up data for charts of several policies.

use super::*;

const POLICIES: [&str; 7] = [
    "local first",
    "social value 30%",
    "lots",
    "living wage",
    "impact hub",
    "everything",
    "ownership and not postcode",
];

/// Figures from nothing to all, so that marks stand at both ends.
pub fn side_by_side() -> Dots {
    let value = |r: usize, i: usize| 100.0 * r as f64 / 8.0 * (1.0 - 0.02 * i as f64);
    let row = |r: usize| DotRow {
        label: if r == 0 { "where profit, interest and rent go".to_owned() } else { format!("figure {r}") },
        values: (0..8)
            .map(|i| (value(r, i), (i > 0).then(|| (value(r, i) - 3.0, value(r, i) + 2.0))))
            .collect(),
    };
    Dots {
        title: "How local the awards are under eight definitions of local, under each scenario".to_owned(),
        note: Some("Lines are 95% intervals over 20 replicates.".to_owned()),
        unit: "%".to_owned(),
        scenarios: std::iter::once("baseline").chain(POLICIES).map(str::to_owned).collect(),
        rows: (0..9).map(row).collect(),
    }
}

/// Most of the points on one spot.
pub fn cost_and_gain() -> Frontier {
    let point = |(i, label): (usize, &&str)| {
        let far = if i == 6 { 120.0 } else { i as f64 * 0.01 };
        let ranged = |x: f64| (x, Some((x - 4.0, x + 5.0)));
        FrontierPoint { label: (*label).to_owned(), along: ranged(far), up: ranged(-far / 3.0) }
    };
    Frontier {
        title: "What each policy brings the households of Leeds against what it costs the anchors".to_owned(),
        note: None,
        along: ("Cost of constant service, £m a year".into(), "£m".into()),
        up: ("Household income after tax, £m a year".into(), "£m".into()),
        points: POLICIES.iter().enumerate().map(point).collect(),
    }
}

pub fn all_wards() -> Tiles {
    let tile = |(i, place): (usize, crate::output::figures::WardPlace)| Tile {
        label: place.ward.to_owned(),
        column: place.column,
        line: place.line,
        value: i as f64 - 9.0,
        text: format!("−£{}", 1234 + i),
        clear: i % 3 > 0,
    };
    Tiles {
        title: "Household income is clearly higher in 12 of 33 wards and clearly lower in 9".to_owned(),
        note: Some("Pounds a year a household; a scheme of the wards, not a map.".to_owned()),
        tiles: crate::output::figures::wards().into_iter().enumerate().map(tile).collect(),
    }
}
