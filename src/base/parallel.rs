//! Parallel loops whose results do not depend on the number of threads: fixed chunks, results in order.

use rayon::prelude::*;
use std::ops::Range;

/// Rows in one chunk of a parallel loop. Fixed, so that chunk boundaries never depend on the machine.
pub const CHUNK: usize = 16_384;

/// Run `work` on each fixed chunk of `0..n`, in parallel; the results come back in the order of the chunks.
pub fn map_chunks<R: Send>(n: usize, chunk: usize, work: impl Fn(Range<usize>) -> R + Sync + Send) -> Vec<R> {
    let chunks = n.div_ceil(chunk.max(1));
    (0..chunks).into_par_iter().map(|i| work(i * chunk..((i + 1) * chunk).min(n))).collect()
}

/// Sum whole numbers; order-free, so split as the threads please.
pub fn sum(values: &[i64]) -> i64 {
    values.par_chunks(CHUNK).map(|c| c.iter().sum::<i64>()).sum()
}
