//! Draws that are linear in the words of options follow the laws of independent ones. Seeds are fixed, so nothing here is luck.

use crate::common::statistics::chi_square;
use recirc::base::draws::{Draws, Luck, Purpose};
use recirc::base::linear::Line;

const OPTIONS: usize = 12;

fn luck(month: u16) -> Luck {
    Draws::new(20_260_401, 3).in_month(month)
}

fn words(luck: Luck) -> [u64; OPTIONS] {
    std::array::from_fn(|option| luck.bits(Purpose::Test, option as u64, 1))
}

fn line(luck: Luck, agent: u64) -> Line {
    Line::of(luck.block(Purpose::Test, agent, 0))
}

/// Option and time of the first to arrive, at these rates.
fn first(line: Line, words: &[u64], rates: &[f64]) -> (usize, f64) {
    let arrivals = words.iter().zip(rates).map(|(word, rate)| -libm::log(line.uniform(*word)) / rate);
    arrivals.enumerate().min_by(|a, b| a.1.total_cmp(&b.1)).unwrap()
}

/// Rates from 0.01 to 0.3, as of posts that few or many apply for.
fn rates() -> [f64; OPTIONS] {
    std::array::from_fn(|option| [0.01, 0.03, 0.1, 0.3][option % 4])
}

/// Among 12 options at rates of W in sum, p is first within the month with probability w/W · (1 − exp(−W)); and one that is
/// taken away changes the choice of those alone who had chosen it.
#[test]
fn a_race_within_a_month_has_the_law_of_independent_arrivals() {
    let rates = rates();
    let all: f64 = rates.iter().sum();
    let mut shares: Vec<f64> = rates.iter().map(|rate| rate / all * (1.0 - libm::exp(-all))).collect();
    shares.push(libm::exp(-all));
    let mut seen = [0; OPTIONS + 1];
    let mut tenths = [0; 10];
    for month in 0..100 {
        let words = words(luck(month));
        for agent in 0..5_000 {
            let line = line(luck(month), agent);
            let (option, time) = first(line, &words, &rates);
            seen[if time < 1.0 { option } else { OPTIONS }] += 1;
            tenths[((1.0 - libm::exp(-all * time)) * 10.0) as usize] += 1;
            let (other, _) = first(line, &words[..OPTIONS - 1], &rates);
            assert!(option == OPTIONS - 1 || other == option);
        }
    }
    // The 99.9th percentiles of chi-square with 12 and 9 degrees of freedom.
    let (of_options, of_times) = (chi_square(&seen, &shares), chi_square(&tenths, &[0.1; 10]));
    assert!(of_options < 32.9, "{of_options}: {seen:?}");
    assert!(of_times < 27.9, "{of_times}: {tenths:?}");
}

/// What two agents choose of the same six options is independent: 36 pairs, month by month.
#[test]
fn two_agents_who_see_the_same_options_choose_independently() {
    let rates = &rates()[..6];
    let all: f64 = rates.iter().sum();
    let shares: Vec<f64> = (0..36).map(|pair| rates[pair / 6] * rates[pair % 6] / (all * all)).collect();
    let mut seen = [0; 36];
    for month in 0..60_000 {
        let words = words(luck(month));
        let option = |agent| first(line(luck(month), agent), &words[..6], rates).0;
        seen[option(7) * 6 + option(8)] += 1;
    }
    // The 99.9th percentile of chi-square with 35 degrees of freedom.
    let chi = chi_square(&seen, &shares);
    assert!(chi < 66.6, "{chi}: {seen:?}");
}

/// How many of 200 agents choose an option within the month varies from month to month as a binomial number does.
#[test]
fn as_many_choose_an_option_as_by_chance() {
    const AGENTS: u64 = 200;
    const MONTHS: u16 = 4_000;
    let rates = rates();
    let all: f64 = rates.iter().sum();
    let mut squares = [0.0; OPTIONS];
    let expected = rates.map(|rate| rate / all * (1.0 - libm::exp(-all)));
    for month in 0..MONTHS {
        let words = words(luck(month));
        let mut chosen = [0u32; OPTIONS];
        for agent in 0..AGENTS {
            let (option, time) = first(line(luck(month), agent), &words, &rates);
            chosen[option] += u32::from(time < 1.0);
        }
        for ((sum, chosen), share) in squares.iter_mut().zip(chosen).zip(expected) {
            let off = f64::from(chosen) - AGENTS as f64 * share;
            *sum += off * off / (AGENTS as f64 * share * (1.0 - share));
        }
    }
    // Means of 4,000 squares with a variance of about two (and more where few choose): four standard errors are 0.1.
    for sum in squares {
        let ratio = sum / f64::from(MONTHS);
        assert!((ratio - 1.0).abs() < 0.1, "{squares:?}");
    }
}

/// All sixteen ways in which two agents' draws about two options lie in halves of the unit interval, or in its last tenth.
#[test]
fn four_draws_of_two_agents_about_two_options_are_independent() {
    for limit in [0.5, 0.9] {
        let mut seen = [0; 16];
        for month in 0..60_000 {
            let words = words(luck(month));
            let lines = [line(luck(month), 1), line(luck(month), 2)];
            let above =
                |agent: usize, option: usize| usize::from(lines[agent].uniform(words[option]) > limit);
            seen[above(0, 0) | above(0, 1) << 1 | above(1, 0) << 2 | above(1, 1) << 3] += 1;
        }
        let shares: Vec<f64> = (0..16u32)
            .map(|way| {
                (1.0f64 - limit).powi(way.count_ones() as i32) * limit.powi(4 - way.count_ones() as i32)
            })
            .collect();
        // The 99.9th percentile of chi-square with 15 degrees of freedom.
        let chi = chi_square(&seen, &shares);
        assert!(chi < 37.7, "{chi}: {seen:?}");
    }
}
