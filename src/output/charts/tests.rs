//! Made-up data, and what must hold of any chart: nothing is clipped, no two texts overlap, the same bytes
//! each time. `RECIRC_LOOK=FOLDER cargo test charts` writes the pictures for a person to look at.

use super::made_up::{all_wards, cost_and_gain, side_by_side};
use super::page::{Mark, Page};
use super::*;

fn pound() -> PoundByRound {
    let channels = [
        "inputs bought outside",
        "pay to in-commuters",
        "national taxes",
        "profits to outside owners",
        "interest and rent paid outside",
        "money saved",
        "pension contributions",
        "consumption outside",
        "contract awarded outside",
    ];
    let bar = |label: &str, local: f64, leaks: [f64; 9]| RoundBar {
        label: label.to_owned(),
        local: local * 2.06e7,
        leaks: channels.iter().zip(leaks).map(|(c, p)| (c.to_string(), p * 2.06e7)).collect(),
    };
    PoundByRound {
        title: "Of each pound that Leeds anchors spend, 41p is received in the city at once and 63p in all \
                before the last of it has leaked"
            .to_owned(),
        spent: 2.06e9,
        rounds: vec![
            bar("Round 1: anchors’ suppliers", 41.2, [0.0, 0.0, 4.1, 0.0, 0.0, 0.0, 0.0, 0.0, 54.7]),
            bar("Round 2: their staff and suppliers", 15.1, [9.2, 3.1, 6.4, 2.9, 1.2, 1.1, 1.5, 0.7, 0.0]),
            bar("Round 3", 5.3, [3.2, 0.9, 2.6, 0.8, 0.4, 0.8, 0.4, 0.7, 0.0]),
            bar("Later rounds", 1.9, [1.6, 0.4, 1.1, 0.4, 0.2, 0.3, 0.2, 0.2, 0.0]),
        ],
        held: 1.2 * 2.06e7,
    }
}

fn months(count: usize) -> Vec<String> {
    (0..count).map(|m| format!("{}-{:02}", 2026 + (m + 3) / 12, (m + 3) % 12 + 1)).collect()
}

fn wave(m: usize, size: f64) -> f64 {
    size * (m as f64 * 0.7).sin()
}

fn series(label: &str, width: f64, value: impl Fn(usize) -> f64) -> Series {
    let mean: Vec<f64> = (0..120).map(&value).collect();
    let band = |by: f64| (width > 0.0).then(|| mean.iter().map(|v| v + by).collect());
    Series { label: label.to_owned(), low: band(-width), high: band(width), mean }
}

fn four_paths() -> Paths {
    let pair = |level: f64, gain: f64, noise: f64| Pair {
        reference: series("Reference", noise, |m| level + wave(m, noise)),
        policy: series("Local-first buying", noise, |m| level + wave(m, noise) + gain * m as f64 / 120.0),
        difference: series("Difference", noise / 60.0, |m| gain * m as f64 / 120.0),
    };
    Paths {
        title: "Local-first buying raises the anchors’ local share from 41% to 52% and adds 310 jobs by 2036"
            .to_owned(),
        note: Some("Bands hold 95% of 20 replicates.".to_owned()),
        panels: vec![
            Panel::of_pair(
                "Share of anchor spending received in the city",
                "% of spending",
                months(120),
                pair(41.0, 11.0, 1.0),
            ),
            Panel::of_pair(
                "Household income in the city",
                "£m a month",
                months(120),
                pair(1390.0, 1.8, 12.0),
            ),
            Panel::of_pair("Jobs in the city", "jobs", months(120), pair(503_000.0, 310.0, 2900.0)),
            Panel::of_pair(
                "Cost of what the anchors buy",
                "£ a month",
                months(120),
                pair(1.72e8, -9.0e5, 5.0e6),
            ),
        ],
    }
}

fn many_lines() -> Paths {
    let names =
        ["Reference", "Local-first buying", "Living wage clause", "Smaller lots", "Co-operative incubator"];
    let lines = names
        .iter()
        .enumerate()
        .map(|(i, n)| series(n, 0.0, move |m| 1.41 + wave(m, 0.01) + 0.0002 * (i * m) as f64));
    Paths {
        title: "Five policies and their local multiplier".to_owned(),
        note: None,
        panels: vec![Panel {
            title: "Local multiplier (LM3)".to_owned(),
            unit: "pounds in the city for each pound spent".to_owned(),
            months: months(120),
            series: lines.collect(),
            zero_line: false,
        }],
    }
}

fn short_and_flat() -> Paths {
    let flat = |zero_line| Panel {
        title: "A town where nothing happens".to_owned(),
        unit: "£ a month".to_owned(),
        months: months(3),
        series: vec![Series::new("Policy", vec![0.0, f64::NAN, 0.0])],
        zero_line,
    };
    let empty = Panel { months: vec![], series: vec![], ..flat(false) };
    Paths { title: "Nothing".to_owned(), note: None, panels: vec![flat(true), flat(false), empty] }
}

fn deciles(whiskers: bool, sign: f64) -> GainsByDecile {
    let gain = |i: usize| {
        let pounds = sign * (14.0 + 4.5 * i as f64) - if sign < 1.0 { 12.0 } else { 0.0 };
        let percent = pounds / (120.0 + 60.0 * i as f64);
        Gain {
            label: match i {
                0 => "1 (lowest incomes)".to_owned(),
                9 => "10 (highest)".to_owned(),
                _ => (i + 1).to_string(),
            },
            pounds,
            percent,
            pounds_range: whiskers.then_some((pounds - 9.0, pounds + 9.0)),
            percent_range: whiskers.then_some((percent - 0.03, percent + 0.03)),
        }
    };
    GainsByDecile {
        title: "Every income decile gains, the poorest tenth £14 a household a year and the richest £54"
            .to_owned(),
        note: whiskers.then(|| "Lines are 95% intervals over 20 replicates.".to_owned()),
        deciles: (0..10).map(gain).collect(),
    }
}

fn policies(rows: usize, unit: &str, size: f64, width: f64) -> Forest {
    let row = |i: usize| ForestRow {
        label: if i == 1 {
            "Local-first buying, sourcing_response 0.30000000000000004, points 12.5, up_to_gbp 207720"
                .to_owned()
        } else {
            format!("Policy {i}")
        },
        value: size * (i as f64 - 1.2),
        range: (width > 0.0).then_some((size * (i as f64 - 1.2 - width), size * (i as f64 - 1.2 + width))),
    };
    let panel = |title: &str| ForestPanel {
        title: title.to_owned(),
        unit: unit.to_owned(),
        rows: (0..rows).map(row).collect(),
        hangs_on_scale: false,
    };
    Forest {
        title: "3 of 8 differences from baseline are clear of zero".to_owned(),
        note: Some("Points are means over 8 replicates, lines 95% intervals.".to_owned()),
        panels: vec![panel("Disposable income of the city's households"), panel("Another")],
    }
}

fn pages() -> Vec<(&'static str, Page)> {
    let mut one = pound();
    one.rounds.truncate(1);
    one.spent = 0.0;
    let no_gain = GainsByDecile {
        deciles: deciles(true, 0.0)
            .deciles
            .into_iter()
            .map(|g| Gain { pounds: 0.0, percent: 0.0, pounds_range: None, percent_range: None, ..g })
            .collect(),
        ..deciles(false, 1.0)
    };
    let mut nobody = deciles(true, 1.0);
    for d in [0, 3, 9] {
        let of = &mut nobody.deciles[d];
        (of.pounds, of.percent, of.pounds_range, of.percent_range) = (f64::NAN, f64::NAN, None, None);
        of.label = format!("{}", d + 1);
    }
    [
        ("pound", pound::layout(&pound())),
        ("pound_nothing_spent", pound::layout(&one)),
        ("paths", paths::layout(&four_paths())),
        ("paths_many", paths::layout(&many_lines())),
        ("paths_flat", paths::layout(&short_and_flat())),
        ("gains", gains::layout(&deciles(false, 1.0))),
        ("gains_whiskers", gains::layout(&deciles(true, 1.0))),
        ("gains_mixed", gains::layout(&deciles(true, -0.6))),
        ("gains_mixed_signs", gains::layout(&deciles(true, 0.4))),
        ("gains_none", gains::layout(&no_gain)),
        ("forest", forest::layout(&policies(5, "£m", 123.4, 1.3))),
        ("forest_small", forest::layout(&policies(3, "ratio", 0.00004, 0.4))),
        ("forest_large", forest::layout(&policies(24, "people", 98_765.4, 12.0))),
        ("forest_one_luck", forest::layout(&policies(1, "GBP per pound", -0.5, 0.0))),
        ("forest_nothing", forest::layout(&policies(2, "jobs", 0.0, 1.0))),
        ("measures", measures::layout(&five(2.41, Some((1.1, 1.9))))),
        ("measures_of_a_loss", measures::layout(&five(0.3, Some((-0.9, 0.2))))),
        ("measures_missing", measures::layout(&Measures { rows: vec![], ..five(0.0, None) })),
        ("gains_nobody", gains::layout(&nobody)),
        ("dots", dots::layout(&side_by_side())),
        ("frontier", frontier::layout(&cost_and_gain())),
        ("wards", tiles::layout(&all_wards())),
    ]
    .map(|(name, page)| (name, page.unwrap()))
    .into()
}

fn five(lm3: f64, range: Option<(f64, f64)>) -> Measures {
    let row = |label: &str, value, range| {
        Measured {
        label: label.to_owned(),
        value,
        range,
        counts: "Per extra pound, by dye of its own: the pound and what the city receives of it in two rounds, gross. Cut \
                 off after three rounds, before tax, and blind to what it displaces and to neighbours' loss."
            .to_owned(),
    }
    };
    let impulse = range.map(|(low, high)| (low + high) / 2.0);
    Measures {
        title: "One extra pound spent on health firms in Leeds, measured five ways".to_owned(),
        note: Some("Mean of 8 replicates; lines are 95% intervals.".to_owned()),
        rows: vec![
            row("LM3 (income convention)", Some(lm3), None),
            row("Type II", None, None),
            row("Net impulse", impulse, range),
        ],
    }
}

#[test]
fn no_text_is_clipped_or_overlaps() {
    for (name, page) in pages() {
        let texts: Vec<(&str, [f64; 4])> = page
            .marks
            .iter()
            .filter_map(|mark| match mark {
                Mark::Text { at, text, style } => Some((text.as_str(), page.extent(*at, text, *style))),
                _ => None,
            })
            .collect();
        for (i, (text, [left, top, right, bottom])) in texts.iter().enumerate() {
            assert!(*left >= 4.0 && *top >= 4.0, "{name}: \"{text}\" is clipped");
            assert!(
                *right <= page.width - 4.0 && *bottom <= page.height - 4.0,
                "{name}: \"{text}\" is clipped"
            );
            for (other, [l, t, r, b]) in &texts[i + 1..] {
                let apart = right + 1.0 <= *l || *r + 1.0 <= *left || bottom + 1.0 <= *t || *b + 1.0 <= *top;
                assert!(apart, "{name}: \"{text}\" runs into \"{other}\"");
            }
        }
    }
}

#[test]
fn charts_are_the_same_bytes_each_time() {
    let (once, again) =
        (gains_by_decile(&deciles(true, 1.0)).unwrap(), gains_by_decile(&deciles(true, 1.0)).unwrap());
    assert_eq!(once, again);
    assert!(once.svg.starts_with("<svg ") && once.svg.trim_end().ends_with("</svg>"));
    assert!(once.png.starts_with(b"\x89PNG"));
}

#[test]
fn small_differences_are_drawn_as_differences() {
    let panels = four_paths().panels;
    assert!(panels[1].zero_line && panels[1].title.ends_with(": Local-first buying minus reference"));
    // Bands of levels overlap by luck that both share, so over replicates it is the difference even of what stands well apart.
    assert!(panels[0].zero_line && panels[0].unit == "percentage points of spending");
    let level = |gain: f64| series("Share", 0.0, |m| 41.0 + gain * m as f64 / 120.0);
    let apart = Pair { reference: level(0.0), policy: level(9.0), difference: level(9.0) };
    assert!(!Panel::of_pair("", "% of spending", months(120), apart).zero_line);
    let share = series("Share", 0.0, |m| 41.0 + wave(m, 5.0));
    let pair = Pair { reference: share.clone(), policy: share, difference: series("", 0.0, |_| 0.01) };
    assert_eq!(Panel::of_pair("", "% of spending", months(120), pair).unit, "percentage points of spending");
}

#[test]
fn look() {
    let Ok(folder) = std::env::var("RECIRC_LOOK") else { return };
    for (name, page) in pages() {
        let chart = render::chart(&page).unwrap();
        std::fs::write(format!("{folder}/{name}.svg"), chart.svg).unwrap();
        std::fs::write(format!("{folder}/{name}.png"), chart.png).unwrap();
    }
}
