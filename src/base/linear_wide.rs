//! Which options of a row an agent's draws bring near, for many agents at once, with the instructions for four words at a
//! time where the processor has them.

use super::linear::{Look, Words};
#[cfg(wide)]
use multiversion::{multiversion, target::match_target};

/// An agent (its place among those who look) and an option (its place in the row) about which it draws at least the bits
/// that were asked for.
pub type Near = (u32, u32);

/// All such, agent by agent and in the order of each row.
#[cfg(not(wide))]
pub fn near(words: &Words, looks: &[Look], least: u64) -> Vec<Near> {
    plain(words, looks, least)
}

/// All such, agent by agent and in the order of each row.
#[cfg(wide)]
#[multiversion(targets("x86_64+avx2"))]
pub fn near(words: &Words, looks: &[Look], least: u64) -> Vec<Near> {
    match_target! {
        "x86_64+avx2" => avx2::near(words, looks, least),
        _ => plain(words, looks, least),
    }
}

/// Draw by draw.
fn plain(words: &Words, looks: &[Look], least: u64) -> Vec<Near> {
    let mut found = Vec::new();
    for (who, look) in looks.iter().enumerate() {
        let (blocks, options) = words.row(look.row);
        for (option, word) in blocks.iter().flatten().take(options).enumerate() {
            if look.line.bits(*word) >= least {
                found.push((who as u32, option as u32));
            }
        }
    }
    found
}

/// Block by block; a row in pieces whose answers fit 64 bits.
#[cfg(wide)]
mod avx2 {
    use super::{Look, Near, Words};
    use crate::base::linear::{BLOCK, Line};
    use std::arch::x86_64::*;

    const PIECE: usize = 64;

    #[target_feature(enable = "avx2")]
    pub fn near(words: &Words, looks: &[Look], least: u64) -> Vec<Near> {
        let mut found = Vec::new();
        for (who, look) in looks.iter().enumerate() {
            let (blocks, options) = words.row(look.row);
            for (piece, blocks) in blocks.chunks(PIECE / BLOCK).enumerate() {
                let left = options - piece * PIECE;
                let in_row = if left < PIECE { (1 << left) - 1 } else { u64::MAX };
                let mut answers = near_in(blocks, look.line, least) & in_row;
                while answers != 0 {
                    let option = piece as u32 * PIECE as u32 + answers.trailing_zeros();
                    found.push((who as u32, option));
                    answers &= answers - 1;
                }
            }
        }
        found
    }

    /// A bit for each option. Words are compared as numbers with a sign, so 2⁶³ is added to both sides.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn near_in(blocks: &[[u64; BLOCK]], line: Line, least: u64) -> u64 {
        const SIGN: u64 = 1 << 63;
        let all = |word: u64| _mm256_set1_epi64x(word as i64);
        let (times, times_high) = (all(line.times), all(line.times >> 32));
        let (plus, least) = (all(line.plus ^ SIGN), all(least ^ SIGN));
        let mut answers = 0;
        for (block, words) in blocks.iter().enumerate() {
            let words: __m256i = bytemuck::cast(*words);
            let high = _mm256_srli_epi64::<32>(words);
            let across = _mm256_add_epi64(_mm256_mul_epu32(times, high), _mm256_mul_epu32(times_high, words));
            let product = _mm256_add_epi64(_mm256_mul_epu32(times, words), _mm256_slli_epi64::<32>(across));
            let far = _mm256_cmpgt_epi64(least, _mm256_add_epi64(product, plus));
            let far = _mm256_movemask_pd(_mm256_castsi256_pd(far)) as u64;
            answers |= (far ^ 0b1111) << (block * BLOCK);
        }
        answers
    }
}

#[cfg(test)]
mod tests {
    use super::super::linear::Line;
    use super::*;
    use crate::base::draws::{Draws, Purpose};
    use crate::base::links::Links;

    /// Rows of none to 140 options, and bounds near and far.
    #[test]
    fn many_at_once_are_those_found_draw_by_draw() {
        let luck = Draws::new(0x0123_4567_89ab_cdef, 3).in_month(17);
        let mut options = Links::default();
        for row in 0..141u64 {
            options.push_row((0..row).map(|k| luck.bits(Purpose::Test, row, k as u32)));
        }
        let words = Words::of(&options, |word| *word);
        let line = |who: u64| Line::of(luck.block(Purpose::Test, 1 << 20 | who, 0));
        let looks: Vec<Look> = (0..1000).map(|who| Look { line: line(who), row: who as u32 % 141 }).collect();
        for least in [0, 1, u64::MAX / 3, 1 << 63, u64::MAX - (1 << 58), u64::MAX] {
            let found = near(&words, &looks, least);
            assert_eq!(found, plain(&words, &looks, least));
            let share = found.len() as f64 / looks.iter().map(|of| words.row(of.row).1).sum::<usize>() as f64;
            let expected = 1.0 - least as f64 / u64::MAX as f64;
            assert!((share - expected).abs() < 0.01, "{share} for {expected}");
        }
    }
}
