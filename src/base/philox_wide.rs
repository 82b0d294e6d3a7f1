//! Many blocks of Philox at once: the same bits as [`super::philox`]. Lane by lane in plain code, inlined where it is
//! called, so that a loop compiled for AVX2 takes the lanes together.

use super::philox::{MUL_0, MUL_1, WEYL_0, WEYL_1};

/// Blocks worked out together.
pub const WIDE: usize = 8;

/// Four words of so many blocks, lane by lane.
pub type Lanes = [[u32; WIDE]; 4];

/// The blocks of eight counters under one key.
#[inline(always)]
pub fn philox_wide(counters: &Lanes, key: [u32; 2]) -> Lanes {
    let [mut c0, mut c1, mut c2, mut c3] = *counters;
    let [mut k0, mut k1] = key;
    for _ in 0..10 {
        for lane in 0..WIDE {
            let p0 = u64::from(MUL_0) * u64::from(c0[lane]);
            let p1 = u64::from(MUL_1) * u64::from(c2[lane]);
            c0[lane] = (p1 >> 32) as u32 ^ c1[lane] ^ k0;
            c2[lane] = (p0 >> 32) as u32 ^ c3[lane] ^ k1;
            c1[lane] = p1 as u32;
            c3[lane] = p0 as u32;
        }
        k0 = k0.wrapping_add(WEYL_0);
        k1 = k1.wrapping_add(WEYL_1);
    }
    [c0, c1, c2, c3]
}

#[cfg(test)]
mod tests {
    use super::super::philox::philox4x32_10;
    use super::*;

    #[test]
    fn gives_the_bits_of_one_block_at_a_time() {
        let counters: Lanes = [1u32, 2, 3, 4].map(|word| {
            std::array::from_fn(|lane| word.wrapping_mul(0x9e37_79b9).wrapping_mul(lane as u32 + 7))
        });
        let key = [0xa409_3822, 0x299f_31d0];
        let blocks = philox_wide(&counters, key);
        for lane in 0..WIDE {
            let one = philox4x32_10(counters.map(|word| word[lane]), key);
            assert_eq!(blocks.map(|word| word[lane]), one);
        }
    }
}
