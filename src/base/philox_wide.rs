//! Many blocks of Philox at once: the same bits as [`super::philox`], with the instructions for eight numbers at a time
//! where the processor has them, which is asked while the program runs.

use super::philox::philox4x32_10;
#[cfg(all(target_arch = "x86_64", not(feature = "generic")))]
use super::philox::{MUL_0, MUL_1, WEYL_0, WEYL_1};
#[cfg(not(feature = "generic"))]
use multiversion::{multiversion, target::match_target};

/// Blocks worked out together.
pub const WIDE: usize = 8;

/// Four words of so many blocks, lane by lane.
pub type Lanes = [[u32; WIDE]; 4];

/// Consecutive numbers.
#[inline(always)]
pub fn lanes_from(first: u32) -> [u32; WIDE] {
    let mut lanes = [0; WIDE];
    for (lane, number) in lanes.iter_mut().zip(first..) {
        *lane = number;
    }
    lanes
}

/// One word for each lane: of `items`, and nought where those end.
#[inline(always)]
pub fn lanes_of<T>(items: &[T], word: impl Fn(&T) -> u32) -> [u32; WIDE] {
    let mut lanes = [0; WIDE];
    for (lane, item) in lanes.iter_mut().zip(items) {
        *lane = word(item);
    }
    lanes
}

/// The blocks of eight counters under one key.
#[cfg(feature = "generic")]
pub fn philox_wide(counters: &Lanes, key: [u32; 2]) -> Lanes {
    plain(counters, key)
}

/// The blocks of eight counters under one key.
#[cfg(not(feature = "generic"))]
#[multiversion(targets("x86_64+avx2"))]
pub fn philox_wide(counters: &Lanes, key: [u32; 2]) -> Lanes {
    match_target! {
        "x86_64+avx2" => avx2::blocks(counters, key),
        _ => plain(counters, key),
    }
}

/// Lane by lane.
fn plain(counters: &Lanes, key: [u32; 2]) -> Lanes {
    let mut blocks = [[0; WIDE]; 4];
    for lane in 0..WIDE {
        let block = philox4x32_10(counters.map(|word| word[lane]), key);
        for (words, word) in blocks.iter_mut().zip(block) {
            words[lane] = word;
        }
    }
    blocks
}

/// All lanes at a time.
#[cfg(all(target_arch = "x86_64", not(feature = "generic")))]
mod avx2 {
    use super::{Lanes, MUL_0, MUL_1, WEYL_0, WEYL_1};
    use std::arch::x86_64::*;

    /// Lower and upper halves of the products of eight words and one.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn product(words: __m256i, by: __m256i) -> (__m256i, __m256i) {
        const ODD: i32 = 0b1010_1010;
        let even = _mm256_mul_epu32(words, by);
        let odd = _mm256_mul_epu32(_mm256_srli_epi64::<32>(words), by);
        let low = _mm256_blend_epi32::<ODD>(even, _mm256_slli_epi64::<32>(odd));
        let high = _mm256_blend_epi32::<ODD>(_mm256_srli_epi64::<32>(even), odd);
        (low, high)
    }

    #[target_feature(enable = "avx2")]
    pub fn blocks(counters: &Lanes, key: [u32; 2]) -> Lanes {
        let all = |word: u32| _mm256_set1_epi32(word as i32);
        let (mul_0, mul_1) = (all(MUL_0), all(MUL_1));
        let [mut c0, mut c1, mut c2, mut c3]: [__m256i; 4] = bytemuck::cast(*counters);
        let [mut k0, mut k1] = key;
        for _ in 0..10 {
            let ((low_0, high_0), (low_1, high_1)) = (product(c0, mul_0), product(c2, mul_1));
            c0 = _mm256_xor_si256(_mm256_xor_si256(high_1, c1), all(k0));
            c2 = _mm256_xor_si256(_mm256_xor_si256(high_0, c3), all(k1));
            (c1, c3) = (low_1, low_0);
            k0 = k0.wrapping_add(WEYL_0);
            k1 = k1.wrapping_add(WEYL_1);
        }
        bytemuck::cast([c0, c1, c2, c3])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_the_bits_of_one_block_at_a_time() {
        let counters: Lanes = [1u32, 2, 3, 4].map(|word| {
            std::array::from_fn(|lane| word.wrapping_mul(0x9e37_79b9).wrapping_mul(lane as u32 + 7))
        });
        let key = [0xa409_3822, 0x299f_31d0];
        assert_eq!(philox_wide(&counters, key), plain(&counters, key));
    }
}
