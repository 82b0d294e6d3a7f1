//! Many blocks of Philox at once: the same bits as [`super::philox`], with the instructions for eight numbers at a time
//! where the processor has them. The one place with code that the compiler cannot vouch for: it may run only on a
//! processor that was asked.
#![allow(unsafe_code)]

use super::philox::{MUL_0, MUL_1, WEYL_0, WEYL_1};

/// Blocks worked out together.
pub const WIDE: usize = 8;

/// Four words of so many blocks, lane by lane.
pub type Lanes = [[u32; WIDE]; 4];

/// The blocks of eight counters under one key.
#[inline]
pub fn philox_wide(counters: &Lanes, key: [u32; 2]) -> Lanes {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has AVX2.
        return unsafe { with_avx2(counters, key) };
    }
    plain(counters, key)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn with_avx2(counters: &Lanes, key: [u32; 2]) -> Lanes {
    plain(counters, key)
}

#[inline(always)]
fn plain(counters: &Lanes, key: [u32; 2]) -> Lanes {
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
    fn every_way_gives_the_bits_of_one_block_at_a_time() {
        let counters: Lanes = [1u32, 2, 3, 4].map(|word| {
            std::array::from_fn(|lane| word.wrapping_mul(0x9e37_79b9).wrapping_mul(lane as u32 + 7))
        });
        let key = [0xa409_3822, 0x299f_31d0];
        for blocks in [philox_wide(&counters, key), plain(&counters, key)] {
            for lane in 0..WIDE {
                let one = philox4x32_10(counters.map(|word| word[lane]), key);
                assert_eq!(blocks.map(|word| word[lane]), one);
            }
        }
    }
}
