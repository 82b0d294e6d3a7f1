//! Dividing households' dye with the instructions for four numbers at a time: what [`super::home_pieces`] works out use by
//! use.

use super::dye::HomeLanes;
use super::home_moves::Moving;
use super::home_pieces::{Paid, Pieces, USES};
use super::tables::add;
use std::arch::x86_64::*;

/// Four uses to a register.
type Uses = [__m128i; USES / 4];

/// Where the largest use stands, the first of equals.
#[inline]
#[target_feature(enable = "avx2")]
fn largest([a, b, c, d, e]: Uses) -> usize {
    let most = _mm_max_epu32(_mm_max_epu32(_mm_max_epu32(a, b), _mm_max_epu32(c, d)), e);
    let most = _mm_max_epu32(most, _mm_shuffle_epi32::<0b01_00_11_10>(most));
    let most = _mm_max_epu32(most, _mm_shuffle_epi32::<0b10_11_00_01>(most));
    let [a, b, c, d, e] = [a, b, c, d, e].map(|uses| _mm_cmpeq_epi32(uses, most));
    let sixteen = _mm_packs_epi16(_mm_packs_epi32(a, b), _mm_packs_epi32(c, d));
    let found = _mm_movemask_epi8(sixteen) | _mm_movemask_ps(_mm_castsi128_ps(e)) << 16;
    found.trailing_zeros() as usize
}

/// What falls on four uses, in their order: of both lanes of dye, of which so much is on a penny.
#[inline]
#[target_feature(enable = "avx2")]
fn pieces(uses: __m128i, [first, later]: [__m128i; 2]) -> [__m128i; 4] {
    const POINT: i32 = super::home_pieces::POINT as i32;
    let odd = _mm_srli_epi64::<32>(uses);
    let [a, b] = [first, later].map(|rate| _mm_srli_epi64::<POINT>(_mm_mul_epu32(uses, rate)));
    let [c, d] = [first, later].map(|rate| _mm_srli_epi64::<POINT>(_mm_mul_epu32(odd, rate)));
    [_mm_unpacklo_epi64(a, b), _mm_unpacklo_epi64(c, d), _mm_unpackhi_epi64(a, b), _mm_unpackhi_epi64(c, d)]
}

/// Divide what moves of each household over its uses.
#[target_feature(enable = "avx2")]
pub fn divide_all(of: &Paid, moving: &Moving, all: &mut Pieces) {
    let rows = of.uses.iter().zip(of.purchases).zip(moving.moved.iter().zip(&moving.rates));
    for (((uses, purchases), (moved, rates)), all) in rows.zip(all) {
        let [a, b]: [__m128i; 2] = bytemuck::cast(uses.fixed());
        let [c, d, e]: [__m128i; 3] = bytemuck::cast(*purchases);
        let uses = [a, b, c, d, e];
        let rates = rates.map(|rate| _mm_set1_epi64x(rate.into()));
        let mut sum = _mm_setzero_si128();
        for (uses, all) in uses.into_iter().zip(all.as_chunks_mut::<4>().0) {
            for (piece, to) in pieces(uses, rates).into_iter().zip(all) {
                sum = _mm_add_epi64(sum, piece);
                *to = bytemuck::cast(piece);
            }
        }
        // What rounding leaves goes to the largest use.
        let left: HomeLanes = bytemuck::cast(_mm_sub_epi64(bytemuck::cast(*moved), sum));
        let most = &mut all[largest(uses).min(USES - 1)];
        *most = add(*most, left);
    }
}
