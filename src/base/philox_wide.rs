//! Many blocks of Philox at once: the same bits as [`super::philox`], with the instructions for eight numbers at a time
//! where the processor has them, which is asked while the program runs; `philox_eight` where it has wider registers.

use super::draws::open_unit;
use super::philox::philox4x32_10;
#[cfg(wide)]
use super::philox::{MUL_0, MUL_1, WEYL_0, WEYL_1};
#[cfg(wide)]
use super::philox_eight as eight;
#[cfg(wide)]
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
#[cfg(not(wide))]
pub fn philox_wide(counters: &Lanes, key: [u32; 2]) -> Lanes {
    plain(counters, key)
}

/// The blocks of eight counters under one key.
#[cfg(wide)]
#[multiversion(targets("x86_64+avx512f+avx2", "x86_64+avx2"))]
pub fn philox_wide(counters: &Lanes, key: [u32; 2]) -> Lanes {
    match_target! {
        "x86_64+avx512f+avx2" => eight::blocks(counters, key),
        "x86_64+avx2" => avx2::blocks(counters, key),
        _ => plain(counters, key),
    }
}

/// Of the blocks of eight counters under one key, the first two words of each as a real in (0, 1).
#[cfg(not(wide))]
pub fn units_wide(counters: &Lanes, key: [u32; 2]) -> [f64; WIDE] {
    plain_units(counters, key)
}

/// Of the blocks of eight counters under one key, the first two words of each as a real in (0, 1).
#[cfg(wide)]
#[multiversion(targets("x86_64+avx512f+avx2", "x86_64+avx2"))]
pub fn units_wide(counters: &Lanes, key: [u32; 2]) -> [f64; WIDE] {
    match_target! {
        "x86_64+avx512f+avx2" => eight::units(counters, key),
        "x86_64+avx2" => avx2::units(counters, key),
        _ => plain_units(counters, key),
    }
}

fn plain_units(counters: &Lanes, key: [u32; 2]) -> [f64; WIDE] {
    let blocks = plain(counters, key);
    let mut units = [0.0; WIDE];
    for (lane, unit) in units.iter_mut().enumerate() {
        *unit = open_unit(u64::from(blocks[0][lane]) << 32 | u64::from(blocks[1][lane]));
    }
    units
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
#[cfg(wide)]
mod avx2 {
    use super::{Lanes, MUL_0, MUL_1, WEYL_0, WEYL_1, WIDE};
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
        bytemuck::cast(registers(counters, key))
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn registers(counters: &Lanes, key: [u32; 2]) -> [__m256i; 4] {
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
        [c0, c1, c2, c3]
    }

    /// What [`open_unit`](super::open_unit) makes of words of 64 bits: the upper 52 as a whole number, which are those of
    /// a real between 2⁵² and twice that. Both steps are exact.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn open_units(bits: __m256i) -> [[f64; 2]; 2] {
        const ALL: f64 = (1u64 << 52) as f64;
        let from_all =
            _mm256_or_si256(_mm256_srli_epi64::<12>(bits), _mm256_castpd_si256(_mm256_set1_pd(ALL)));
        let whole_and_half = _mm256_sub_pd(_mm256_castsi256_pd(from_all), _mm256_set1_pd(ALL - 0.5));
        bytemuck::cast(_mm256_mul_pd(whole_and_half, _mm256_set1_pd(1.0 / ALL)))
    }

    #[target_feature(enable = "avx2")]
    pub fn units(counters: &Lanes, key: [u32; 2]) -> [f64; WIDE] {
        let [high, low, ..] = registers(counters, key);
        // Lanes 0, 1, 4, 5 and 2, 3, 6, 7.
        let ends = open_units(_mm256_unpacklo_epi32(low, high));
        let middle = open_units(_mm256_unpackhi_epi32(low, high));
        let [[a, b], [e, f]] = ends;
        let [[c, d], [g, h]] = middle;
        [a, b, c, d, e, f, g, h]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The way of processors without the widest registers, on any.
    #[cfg(wide)]
    #[multiversion(targets("x86_64+avx2"))]
    fn of_avx2(counters: &Lanes, key: [u32; 2]) -> (Lanes, [f64; WIDE]) {
        match_target! {
            "x86_64+avx2" => (avx2::blocks(counters, key), avx2::units(counters, key)),
            _ => (plain(counters, key), plain_units(counters, key)),
        }
    }

    #[test]
    fn gives_the_bits_of_one_block_at_a_time() {
        let counters: Lanes = [1u32, 2, 3, 4].map(|word| {
            std::array::from_fn(|lane| word.wrapping_mul(0x9e37_79b9).wrapping_mul(lane as u32 + 7))
        });
        let key = [0xa409_3822, 0x299f_31d0];
        assert_eq!(philox_wide(&counters, key), plain(&counters, key));
    }

    #[test]
    fn gives_the_reals_of_one_block_at_a_time() {
        for first in (0..80_000).step_by(WIDE) {
            let counters = [lanes_from(first), [3; WIDE], [first; WIDE], [!first; WIDE]];
            let key = [first, 0x299f_31d0];
            assert_eq!(units_wide(&counters, key), plain_units(&counters, key));
            #[cfg(wide)]
            assert_eq!(of_avx2(&counters, key), (plain(&counters, key), plain_units(&counters, key)));
        }
    }
}
