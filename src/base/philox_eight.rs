//! Eight blocks of Philox in registers that hold eight words of 64 bits: a word's upper half is nobody's, so that a product
//! needs no halves put together, as in [`super::philox_wide`].

use super::philox::{MUL_0, MUL_1, WEYL_0, WEYL_1};
use super::philox_wide::{Lanes, WIDE};
use std::arch::x86_64::*;

/// The bit of three that are added up without carrying.
const XOR: i32 = 0b1001_0110;

/// The four words of eight blocks, in the lower halves.
#[inline]
#[target_feature(enable = "avx512f,avx2")]
fn registers(counters: &Lanes, key: [u32; 2]) -> [__m512i; 4] {
    let all = |word: u32| _mm512_set1_epi64(word.into());
    let (mul_0, mul_1) = (all(MUL_0), all(MUL_1));
    let counters: [__m256i; 4] = bytemuck::cast(*counters);
    let [mut c0, mut c1, mut c2, mut c3] = counters.map(|words| _mm512_cvtepu32_epi64(words));
    let [mut k0, mut k1] = key;
    for _ in 0..10 {
        let (product_0, product_1) = (_mm512_mul_epu32(c0, mul_0), _mm512_mul_epu32(c2, mul_1));
        c0 = _mm512_ternarylogic_epi64::<XOR>(_mm512_srli_epi64::<32>(product_1), c1, all(k0));
        c2 = _mm512_ternarylogic_epi64::<XOR>(_mm512_srli_epi64::<32>(product_0), c3, all(k1));
        (c1, c3) = (product_1, product_0);
        k0 = k0.wrapping_add(WEYL_0);
        k1 = k1.wrapping_add(WEYL_1);
    }
    [c0, c1, c2, c3]
}

#[target_feature(enable = "avx512f,avx2")]
pub fn blocks(counters: &Lanes, key: [u32; 2]) -> Lanes {
    bytemuck::cast(registers(counters, key).map(|words| _mm512_cvtepi64_epi32(words)))
}

/// The first two words of each block as a real in (0, 1): what `open_unit` makes of 64 bits. The upper 52 as a whole number are
/// those of a real between 2⁵² and twice that; both steps are exact.
#[target_feature(enable = "avx512f,avx2")]
pub fn units(counters: &Lanes, key: [u32; 2]) -> [f64; WIDE] {
    const ALL: f64 = (1u64 << 52) as f64;
    let [high, low, ..] = registers(counters, key);
    let low = _mm512_and_si512(low, _mm512_set1_epi64(u32::MAX.into()));
    let bits = _mm512_or_si512(_mm512_slli_epi64::<32>(high), low);
    let from_all = _mm512_or_si512(_mm512_srli_epi64::<12>(bits), _mm512_castpd_si512(_mm512_set1_pd(ALL)));
    let whole_and_half = _mm512_sub_pd(_mm512_castsi512_pd(from_all), _mm512_set1_pd(ALL - 0.5));
    bytemuck::cast(_mm512_castpd_si512(_mm512_mul_pd(whole_and_half, _mm512_set1_pd(1.0 / ALL))))
}
