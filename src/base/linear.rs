//! Draws of many agents about the same options at a product and a sum each: what agent i draws about option p is
//! aᵢ·xₚ + cᵢ modulo 2⁶⁴, of random words that the agent (aᵢ, odd, and cᵢ) and the option (xₚ) have of the month
//! (multiply-add-shift: Carter and Wegman 1979, Dietzfelbinger 1996).
//!
//! - The draws of one agent are independent of each other and uniform, exactly: with aᵢ odd, x ↦ aᵢx + cᵢ is one to one on
//!   words of 64 bits, and the xₚ are independent. So a race among options has the law that bits of their own would give it.
//! - The draws about one option are independent of each other and uniform, exactly: each agent adds a word of its own.
//!   So are any two draws at all.
//! - Given the xₚ, agents are independent. What two of them share is how the xₚ lie to each other: draws of one agent about two
//!   options differ by aᵢ(xₚ − x_q), which is uniform but for its last bits (those in which xₚ and x_q agree, and one more), and about
//!   more options they are tied where k(xₚ − x_q) + l(x_r − x_q) = 0 for small whole numbers k and l, which has a chance of
//!   2⁻⁶⁴ for each such pair.
//!
//! An option that comes or goes changes no draw about another.

use super::draws::open_unit;
use super::links::Links;

/// Words that are worked out together.
pub(super) const BLOCK: usize = 4;

/// What an agent makes of the words of its options.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    pub(super) times: u64,
    pub(super) plus: u64,
}

/// An agent who looks at a row of options.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    pub line: Line,
    pub row: u32,
}

/// Words of options, row by row. Each row fills whole blocks.
#[derive(Clone, Debug, Default)]
pub struct Words {
    blocks: Vec<[u64; BLOCK]>,
    rows: Vec<Row>,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    first: u32,
    options: u32,
}

impl Line {
    /// Of 128 random bits.
    #[inline(always)]
    pub fn of(block: [u32; 4]) -> Line {
        let word = |high: u32, low: u32| u64::from(high) << 32 | u64::from(low);
        Line { times: word(block[0], block[1]) | 1, plus: word(block[2], block[3]) }
    }
    /// 64 random bits about the option that has this word.
    #[inline(always)]
    pub fn bits(self, word: u64) -> u64 {
        self.times.wrapping_mul(word).wrapping_add(self.plus)
    }
    /// A uniform real in the open interval (0, 1), with 52 random bits.
    #[inline(always)]
    pub fn uniform(self, word: u64) -> f64 {
        open_unit(self.bits(word))
    }
}

impl Words {
    /// Of these options.
    pub fn of<T>(options: &Links<T>, word: impl Fn(&T) -> u64) -> Words {
        let mut words = Words::default();
        for row in (0..options.owners()).map(|owner| options.row(owner)) {
            words.rows.push(Row { first: words.blocks.len() as u32, options: row.len() as u32 });
            words.blocks.extend(row.chunks(BLOCK).map(|some| {
                let mut block = [0; BLOCK];
                for (lane, option) in block.iter_mut().zip(some) {
                    *lane = word(option);
                }
                block
            }));
        }
        words
    }
    /// The blocks of a row, and its options.
    #[inline(always)]
    pub(super) fn row(&self, row: u32) -> (&[[u64; BLOCK]], usize) {
        let Row { first, options } = self.rows[row as usize];
        let (first, options) = (first as usize, options as usize);
        (&self.blocks[first..first + options.div_ceil(BLOCK)], options)
    }
}

/// The least bits with which a [uniform](Line::uniform) may lie as near to one as this: all below make one that lies
/// farther off.
#[inline]
pub fn least_bits(distance: f64) -> u64 {
    const ALL: f64 = (1u128 << 64) as f64;
    // Twelve bits are cut off, and half of the thirteenth is added.
    u64::MAX.saturating_sub((distance * ALL) as u64).saturating_sub(1 << 12)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::draws::{Draws, Purpose};

    #[test]
    fn by_hand() {
        let line = Line::of([1, 2, 3, 4]);
        // (2³² + 3)·5 + 3·2³² + 4: the last bit of 2 is set.
        assert_eq!(line.bits(5), 8 * (1 << 32) + 19);
        assert_eq!(line.bits(u64::MAX), (2 << 32) + 1);
        assert_eq!(Line::of([0; 4]).uniform(1 << 63), 0.5 + 0.5f64.powi(53));
    }

    #[test]
    fn bits_below_the_least_are_farther_from_one() {
        let luck = Draws::new(5, 1).in_month(1);
        let mut told = 0;
        for k in 0..20_000 {
            let distance = luck.uniform(Purpose::Test, k, 0) * [1.5, 0.01, 1e-9][k as usize % 3];
            let least = least_bits(distance);
            for bits in
                [luck.bits(Purpose::Test, k, 1), least.saturating_sub(1), least.saturating_add(1 << 14)]
            {
                let near = 1.0 - open_unit(bits) <= distance;
                assert!(bits >= least || !near, "{bits} {least}");
                told += u32::from(bits < least);
                assert!(bits < least.saturating_add(1 << 14) || near, "{bits} {least}");
            }
        }
        assert!(told > 20_000, "{told}");
    }
}
