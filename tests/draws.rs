//! Chance: streams come back, normals and races follow their laws. Seeds are fixed, so nothing here is luck.

use crate::common::statistics::chi_square;
use rand::{Rng, RngExt};
use rand_distr::{Distribution, Exp1, StandardNormal};
use recirc::base::draws::{Draws, Luck, Purpose};
use recirc::base::race::farthest;

const MANY: u64 = 200_000;

fn luck() -> Luck {
    Draws::new(20_260_401, 3).in_month(7)
}

#[test]
fn a_stream_is_its_address() {
    let words = |seed, replicate, month, agent| -> Vec<u64> {
        let mut stream = Draws::new(seed, replicate).in_month(month).generator(Purpose::Test, agent);
        (0..9).map(|_| stream.next_u64()).collect()
    };
    let once = words(5, 1, 2, 77);
    assert_eq!(once, words(5, 1, 2, 77));
    for other in [words(6, 1, 2, 77), words(5, 2, 2, 77), words(5, 1, 3, 77), words(5, 1, 2, 78)] {
        assert!(once.iter().zip(&other).all(|(a, b)| a != b), "two addresses share words");
    }
    let mut bytes = [0u8; 20];
    Draws::new(5, 1).in_month(2).generator(Purpose::Test, 77).fill_bytes(&mut bytes);
    let expected: Vec<u8> = once.iter().flat_map(|word| word.to_le_bytes()).take(20).collect();
    assert_eq!(bytes.as_slice(), expected);
}

#[test]
fn distributions_of_rand_sit_on_top() {
    let draw = |agent| -> (u32, f64, f64) {
        let mut stream = luck().generator(Purpose::Test, agent);
        (stream.random_range(0..1000), StandardNormal.sample(&mut stream), Exp1.sample(&mut stream))
    };
    assert_eq!(draw(1), draw(1));
    let mean = (0..MANY).map(|agent| draw(agent).2).sum::<f64>() / MANY as f64;
    assert!((mean - 1.0).abs() < 0.01, "the mean of Exp(1) is {mean}");
}

#[test]
fn uniforms_lie_inside_the_unit_interval_and_fill_it() {
    let mut tenths = [0u64; 10];
    for agent in 0..MANY {
        let u = luck().uniform(Purpose::Test, agent, 0);
        assert!(u > 0.0 && u < 1.0);
        tenths[(u * 10.0) as usize] += 1;
    }
    let chi = chi_square(&tenths, &[0.1; 10]);
    // The 99.9th percentile of chi-square with nine degrees of freedom is 27.9.
    assert!(chi < 27.9, "chi-square {chi:.1}: {tenths:?}");
}

#[test]
fn normals_have_mean_nought_and_variance_one() {
    let values: Vec<f64> = (0..MANY).map(|agent| luck().normal(Purpose::Test, agent, 0)).collect();
    let n = MANY as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n;
    let within = values.iter().filter(|x| x.abs() < 1.0).count() as f64 / n;
    // Four standard errors of each.
    assert!(mean.abs() < 4.0 / n.sqrt(), "mean {mean}");
    assert!((variance - 1.0).abs() < 4.0 * (2.0 / n).sqrt(), "variance {variance}");
    assert!((within - 0.682_69).abs() < 0.005, "{within} within one standard deviation");
}

#[test]
fn neighbours_are_not_related() {
    let pair = |agent| (luck().normal(Purpose::Test, agent, 0), luck().normal(Purpose::Test, agent + 1, 0));
    let r = (0..MANY).map(|agent| pair(agent).0 * pair(agent).1).sum::<f64>() / MANY as f64;
    let across = |agent| luck().normal(Purpose::Test, agent, 0) * luck().normal(Purpose::Test, agent, 1);
    let k = (0..MANY).map(across).sum::<f64>() / MANY as f64;
    assert!(r.abs() < 0.01 && k.abs() < 0.01, "correlation of neighbours {r}, of numbers {k}");
}

#[test]
fn races_are_won_in_proportion_to_weight() {
    let weights = [0.5, 1.0, 2.0, 4.5];
    let winner = |agent, weights: &[f64]| {
        let arrival = |k: usize| luck().arrival(weights[k], Purpose::Test, agent, k as u32);
        (0..weights.len()).min_by(|a, b| arrival(*a).total_cmp(&arrival(*b))).unwrap()
    };
    let mut won = [0u64; 4];
    let mut changed_without_cause = 0;
    for agent in 0..MANY {
        let first = winner(agent, &weights);
        won[first] += 1;
        // Taking an option away changes the choice of those alone who had chosen it.
        let without_last = winner(agent, &weights[..3]);
        changed_without_cause += u64::from(first != 3 && without_last != first);
    }
    let total: f64 = weights.iter().sum();
    let chi = chi_square(&won, &weights.map(|w| w / total));
    // The 99.9th percentile of chi-square with three degrees of freedom is 16.3.
    assert!(chi < 16.3, "chi-square {chi:.1}: {won:?}");
    assert_eq!(changed_without_cause, 0);
}

/// Who arrives by a limit may arrive by it, whatever its weight is bounded by; and the bound tells many that do not.
#[test]
fn who_arrives_in_time_is_never_told_to_come_too_late() {
    let mut told = 0;
    for agent in 0..MANY {
        let weight = 2.0 * luck().uniform(Purpose::Test, agent, 1);
        let limit = luck().uniform(Purpose::Test, agent, 2);
        let arrival = luck().arrival(weight, Purpose::Test, agent, 0);
        let u = luck().uniform(Purpose::Test, agent, 0);
        for (limit, most) in [(1.0, 2.0), (limit, weight), (arrival, weight)] {
            let may = 1.0 - u <= farthest(limit, most);
            assert!(may || arrival > limit, "{arrival} by {limit}");
            told += u64::from(!may);
        }
    }
    assert!(told > MANY / 2, "{told}");
}

#[test]
fn draws_made_together_are_those_made_apart() {
    let ks = [0, 1, 7, 1 << 31, u32::MAX, 5, 6, 9];
    for agent in [0, 5, u32::MAX - 3] {
        let apart = ks.map(|k| luck().uniform(Purpose::Test, agent.into(), k));
        assert_eq!(luck().uniforms(Purpose::Test, [agent; 8], ks), apart);
    }
}
