//! Parallel loops whose results do not depend on the number of threads: fixed chunks, or rows of which none meets another; results
//! in order.

use rayon::prelude::*;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// Rows in one chunk of a parallel loop. Fixed, so that chunk boundaries never depend on the machine; small enough for
/// threads to have done at about the same time.
pub const CHUNK: usize = 4_096;

/// Run `work` on each fixed chunk of `0..n`, in parallel; the results come back in the order of the chunks.
pub fn map_chunks<R: Send>(n: usize, chunk: usize, work: impl Fn(Range<usize>) -> R + Sync + Send) -> Vec<R> {
    pieces(n, chunk.max(1)).map(work).collect()
}

/// The fixed chunks of `0..n`, in order.
pub fn chunks(n: usize) -> impl IndexedParallelIterator<Item = Range<usize>> {
    pieces(n, CHUNK)
}

fn pieces(n: usize, chunk: usize) -> impl IndexedParallelIterator<Item = Range<usize>> {
    (0..n.div_ceil(chunk)).into_par_iter().map(move |i| i * chunk..((i + 1) * chunk).min(n))
}

/// Rows that are worth handing to another thread where each comes to one number.
const PIECE: usize = 512;

/// What each of `0..n` comes to, in order.
pub fn each<R: Send>(n: usize, of: impl Fn(usize) -> R + Sync + Send) -> Vec<R> {
    each_into(Vec::new(), n, of)
}

/// The same, in this column: its rows go, its memory stays. Rows go to threads as these please, since no row meets another.
pub fn each_into<R: Send>(mut column: Vec<R>, n: usize, of: impl Fn(usize) -> R + Sync + Send) -> Vec<R> {
    (0..n).into_par_iter().with_min_len(PIECE).map(of).collect_into_vec(&mut column);
    column
}

/// The same where each row comes to two numbers, in two columns.
pub fn each_pair_into<A: Send, B: Send>(
    (mut left, mut right): (Vec<A>, Vec<B>),
    n: usize,
    of: impl Fn(usize) -> (A, B) + Sync + Send,
) -> (Vec<A>, Vec<B>) {
    (0..n).into_par_iter().with_min_len(PIECE).map(of).unzip_into_vecs(&mut left, &mut right);
    (left, right)
}

/// The rows of a range for which this is true, in order.
#[inline(always)]
pub fn rows_where(range: Range<usize>, is: impl Fn(usize) -> bool) -> Vec<u32> {
    let mut found = Vec::new();
    each_where(range, is, |row| found.push(row as u32));
    found
}

/// Take each row of a range for which this is true, in order; without a branch for each. Rows are noted bit by bit: to write
/// each down where the next one found belongs makes all later reads wait for that place.
#[inline(always)]
pub fn each_where(range: Range<usize>, is: impl Fn(usize) -> bool, mut each: impl FnMut(usize)) {
    for first in range.clone().step_by(64) {
        let mut bits = 0u64;
        // The bit of each row is its place of 64, so that neither sum nor shift needs a check.
        for (k, row) in (first..range.end).take(64).enumerate() {
            bits |= u64::from(is(row)).wrapping_shl(k as u32);
        }
        while bits != 0 {
            each(first.wrapping_add(bits.trailing_zeros() as usize));
            bits &= bits - 1;
        }
    }
}

/// Set all rows to one value.
pub fn fill<T: Copy + Send + Sync>(rows: &mut [T], value: T) {
    rows.par_chunks_mut(CHUNK).for_each(|rows| rows.fill(value));
}

/// How many rows are such.
pub fn count<T: Sync>(rows: &[T], is: impl Fn(&T) -> bool + Sync + Send) -> usize {
    // Up to 255 of them fit a byte, so that rows of bytes are counted many at a time.
    let count_in = |rows: &[T]| {
        let mut all = 0;
        for some in rows.chunks(192) {
            let mut few = 0u8;
            for row in some {
                few = few.wrapping_add(is(row).into());
            }
            all += usize::from(few);
        }
        all
    };
    rows.par_chunks(CHUNK).map(count_in).sum()
}

/// Sum whole numbers; order-free, so split as the threads please.
pub fn sum(values: &[i64]) -> i64 {
    values.par_chunks(CHUNK).map(|c| c.iter().sum::<i64>()).sum()
}

/// Add up over `rows`, in parallel, with one sum for each thread at work rather than one for each piece of the rows: what
/// is summed may be a table of many accounts. Which rows meet in a table is the threads' affair, so the sums must be of
/// whole numbers, or lists whose order does not matter.
pub fn add_up<T: Send, S: Send>(
    rows: impl IndexedParallelIterator<Item = T>,
    none: impl Fn() -> S + Sync,
    add: impl Fn(&mut S, T) + Sync,
    join: impl Fn(S, S) -> S + Sync,
) -> S {
    // The sums that nobody adds to at the moment; as many as were ever out at once.
    let free: Mutex<Vec<S>> = Mutex::default();
    let lock = || free.lock().unwrap_or_else(PoisonError::into_inner);
    rows.with_max_len(1).for_each(|row| {
        let found = lock().pop();
        let mut sum = found.unwrap_or_else(&none);
        add(&mut sum, row);
        lock().push(sum);
    });
    let sums = free.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter();
    sums.reduce(join).unwrap_or_else(none)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_in_order() {
        for range in [0..0, 3..4, 0..63, 0..64, 7..2_000] {
            for every in [1, 2, 7, 300] {
                let found = rows_where(range.clone(), |row| row % every == 0);
                let plain: Vec<_> =
                    range.clone().filter(|row| row % every == 0).map(|row| row as u32).collect();
                assert_eq!(found, plain);
            }
        }
    }

    /// Each row is in one sum, whatever the number of threads; and without rows there is an empty sum.
    #[test]
    fn all_rows_are_added_up_once() {
        let values: Vec<u64> = (0..50_000).map(|k| k * k % 1_009).collect();
        let expected = (values.iter().sum::<u64>(), values.len());
        for threads in [1, 2, 5] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let sums = |values: &[u64]| {
                let add = |sum: &mut (u64, usize), rows: &[u64]| {
                    *sum = (sum.0 + rows.iter().sum::<u64>(), sum.1 + rows.len());
                };
                let join = |a: (u64, usize), b: (u64, usize)| (a.0 + b.0, a.1 + b.1);
                pool.install(|| add_up(values.par_chunks(333), || (0, 0), add, join))
            };
            assert_eq!(sums(&values), expected);
            assert_eq!(sums(&[]), (0, 0));
        }
    }
}
