//! Dividing a household's dye with the instructions for eight numbers at a time: what [`super::home_pieces`] works out use
//! by use.

use super::dye::HomeLanes;
use super::home_pieces::{Paid, Payers, Pieces};
use std::arch::x86_64::*;

/// Dye on a penny of either lane, in each lane of 64 bits.
struct Rates {
    first: __m256i,
    later: __m256i,
}

impl Rates {
    /// What falls on four uses, the lower 32 bits of each lane: of both lanes of dye.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn pieces(&self, uses: __m256i) -> [__m256i; 2] {
        const POINT: i32 = super::home_moves::POINT as i32;
        [
            _mm256_srli_epi64::<POINT>(_mm256_mul_epu32(uses, self.first)),
            _mm256_srli_epi64::<POINT>(_mm256_mul_epu32(uses, self.later)),
        ]
    }
}

/// Where the largest of 24 uses stands, the first of equals.
#[inline]
#[target_feature(enable = "avx2")]
pub(super) fn largest(uses: [__m256i; 3]) -> usize {
    let most = _mm256_max_epu32(_mm256_max_epu32(uses[0], uses[1]), uses[2]);
    let most = _mm_max_epu32(_mm256_castsi256_si128(most), _mm256_extracti128_si256::<1>(most));
    let most = _mm_max_epu32(most, _mm_shuffle_epi32::<0b01_00_11_10>(most));
    let most = _mm256_broadcastd_epi32(_mm_max_epu32(most, _mm_shuffle_epi32::<0b10_11_00_01>(most)));
    let mut found = 0;
    for (k, uses) in uses.into_iter().enumerate() {
        let same = _mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpeq_epi32(uses, most)));
        found |= same << (8 * k);
    }
    found.trailing_zeros() as usize
}

/// Both lanes of dye of eight uses: of the first and the fifth, the second and the sixth, and so on. In this order nothing
/// has to cross the middle of a register.
type Eight = [__m256i; 4];

#[inline]
#[target_feature(enable = "avx2")]
fn both(even: [__m256i; 2], odd: [__m256i; 2]) -> Eight {
    [
        _mm256_unpacklo_epi64(even[0], even[1]),
        _mm256_unpacklo_epi64(odd[0], odd[1]),
        _mm256_unpackhi_epi64(even[0], even[1]),
        _mm256_unpackhi_epi64(odd[0], odd[1]),
    ]
}

/// In the order of the uses.
#[inline]
#[target_feature(enable = "avx2")]
fn in_order(pieces: Eight) -> [HomeLanes; 8] {
    let mut ordered = [[0; 2]; 8];
    for (k, pieces) in pieces.into_iter().enumerate() {
        [ordered[k], ordered[k + 4]] = bytemuck::cast(pieces);
    }
    ordered
}

/// Four numbers of 32 bits, and four noughts.
#[inline]
#[target_feature(enable = "avx2")]
fn four(numbers: __m128i) -> __m256i {
    _mm256_zextsi128_si256(numbers)
}

/// Eight numbers of 32 bits.
#[inline]
#[target_feature(enable = "avx2")]
fn eight(low: __m128i, high: __m128i) -> __m256i {
    _mm256_inserti128_si256::<1>(_mm256_castsi128_si256(low), high)
}

/// Household by household.
#[target_feature(enable = "avx2")]
pub fn divide_each(of: &Payers, out: &mut [Pieces]) {
    of.each_quick(|k, paid, moved, rates| divide(paid, moved, rates, &mut out[k]));
}

#[inline]
#[target_feature(enable = "avx2")]
pub fn divide(of: &Paid, moved: HomeLanes, [first, later]: [u32; 2], out: &mut Pieces) {
    let [a, b, c]: [__m128i; 3] = bytemuck::cast(*of.purchases);
    let uses = [bytemuck::cast(of.fixed), eight(a, b), four(c)];
    let rates = Rates { first: _mm256_set1_epi64x(first.into()), later: _mm256_set1_epi64x(later.into()) };
    let mut pieces = [[_mm256_setzero_si256(); 4]; 3];
    let mut sum = _mm256_setzero_si256();
    for (uses, pieces) in uses.into_iter().zip(&mut pieces) {
        *pieces = both(rates.pieces(uses), rates.pieces(_mm256_srli_epi64::<32>(uses)));
        for pieces in pieces {
            sum = _mm256_add_epi64(sum, *pieces);
        }
    }
    let [fixed, purchases, last] = pieces;
    out[..8].copy_from_slice(&in_order(fixed));
    out[8..16].copy_from_slice(&in_order(purchases));
    out[16..].copy_from_slice(&in_order(last)[..4]);
    // What rounding leaves goes to the largest use.
    let sum = _mm_add_epi64(_mm256_castsi256_si128(sum), _mm256_extracti128_si256::<1>(sum));
    let left: [i64; 2] = bytemuck::cast(_mm_sub_epi64(bytemuck::cast(moved), sum));
    let [first, later] = &mut out[largest(uses)];
    (*first, *later) = (first.wrapping_add(left[0]), later.wrapping_add(left[1]));
}
