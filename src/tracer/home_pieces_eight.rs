//! Dividing a household's dye in registers that hold eight numbers of 64 bits: what [`super::home_pieces`] works out use by
//! use. Four uses of both lanes fit one of them, in the order in which they are written.

use super::dye::HomeLanes;
use super::home_moves::POINT;
use super::home_pieces::{Paid, Payers, Pieces};
use super::home_pieces_wide::largest;
use std::arch::x86_64::*;

/// Each of four uses twice, from where it stands among eight.
#[inline]
#[target_feature(enable = "avx512f,avx2")]
fn twice<const FROM: i32>(uses: __m512i) -> __m512i {
    let [a, b, c, d] = [FROM, FROM + 1, FROM + 2, FROM + 3];
    // Only every other place of 32 bits is multiplied.
    let places = _mm512_setr_epi32(a, a, a, a, b, b, b, b, c, c, c, c, d, d, d, d);
    _mm512_permutexvar_epi32(places, uses)
}

/// Household by household.
#[target_feature(enable = "avx512f,avx2")]
pub fn divide_each(of: &Payers, out: &mut [Pieces]) {
    of.each_quick(|k, paid, moved, rates| divide(paid, moved, rates, &mut out[k]));
}

#[inline]
#[target_feature(enable = "avx512f,avx2")]
pub fn divide(of: &Paid, moved: HomeLanes, [first, later]: [u32; 2], out: &mut Pieces) {
    let fixed: __m256i = bytemuck::cast(of.fixed);
    let [a, b, c]: [__m128i; 3] = bytemuck::cast(*of.purchases);
    let purchases = _mm256_inserti128_si256::<1>(_mm256_castsi128_si256(a), b);
    let last = _mm256_zextsi128_si256(c);
    let [of_fixed, of_purchases, of_last] = [fixed, purchases, last].map(|uses| _mm512_zextsi256_si512(uses));
    let (first, later) = (i64::from(first), i64::from(later));
    let rates = _mm512_setr_epi64(first, later, first, later, first, later, first, later);
    let fours = [
        twice::<0>(of_fixed),
        twice::<4>(of_fixed),
        twice::<0>(of_purchases),
        twice::<4>(of_purchases),
        twice::<0>(of_last),
    ];
    let mut sum = _mm512_setzero_si512();
    for (out, uses) in out.as_chunks_mut::<4>().0.iter_mut().zip(fours) {
        let pieces = _mm512_srli_epi64::<POINT>(_mm512_mul_epu32(uses, rates));
        sum = _mm512_add_epi64(sum, pieces);
        *out = bytemuck::cast(pieces);
    }
    // What rounding leaves goes to the largest use.
    let sum = _mm256_add_epi64(_mm512_castsi512_si256(sum), _mm512_extracti64x4_epi64::<1>(sum));
    let sum = _mm_add_epi64(_mm256_castsi256_si128(sum), _mm256_extracti128_si256::<1>(sum));
    let left: [i64; 2] = bytemuck::cast(_mm_sub_epi64(bytemuck::cast(moved), sum));
    let [first, later] = &mut out[largest([fixed, purchases, last])];
    (*first, *later) = (first.wrapping_add(left[0]), later.wrapping_add(left[1]));
}
