//! Columns of amounts that are lent out for a while and kept: a large column that is made anew each month lies in memory that
//! the system has to find and clear first, page by page.

use super::money::Pence;
use super::parallel::CHUNK;
use rayon::prelude::*;
use std::sync::{Mutex, PoisonError};

/// The columns that nobody has at the moment: of each size that was asked for as many as were out at once, or fewer.
#[derive(Default)]
pub struct Shelf(Mutex<Vec<Vec<Pence>>>);

/// What lies on it is of no meaning, so a copy starts without any.
impl Clone for Shelf {
    fn clone(&self) -> Shelf {
        Shelf::default()
    }
}

impl Shelf {
    /// A column of `n` zeros.
    pub fn zeros(&self, n: usize) -> Vec<Pence> {
        let mut column = self.take(n);
        column.clear();
        column.resize(n, 0);
        column
    }

    /// A copy of a column.
    pub fn copy(&self, of: &[Pence]) -> Vec<Pence> {
        let mut column = self.take(of.len());
        column.resize(of.len(), 0);
        let rows = column.par_chunks_mut(CHUNK).zip(of.par_chunks(CHUNK));
        rows.for_each(|(to, from)| to.copy_from_slice(from));
        column
    }

    /// Put a column back.
    pub fn give(&self, column: Vec<Pence>) {
        if column.capacity() > 0 {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).push(column);
        }
    }

    /// The smallest that has room for so many, or a new one. What is in it is left over from others.
    fn take(&self, n: usize) -> Vec<Pence> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fits = all.iter().enumerate().filter(|(_, column)| column.capacity() >= n);
        let smallest = fits.min_by_key(|(_, column)| column.capacity()).map(|(at, _)| at);
        smallest.map(|at| all.swap_remove(at)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_used_again_and_begin_with_nothing() {
        let shelf = Shelf::default();
        let (mut large, small) = (shelf.zeros(50), shelf.zeros(5));
        large.fill(7);
        let (at, of_small) = (large.as_ptr(), small.as_ptr());
        shelf.give(large);
        shelf.give(small);
        let again = shelf.zeros(3);
        assert_eq!(again.as_ptr(), of_small);
        let again = shelf.copy(&[1; 40]);
        assert_eq!((again.as_ptr(), again.as_slice()), (at, [1; 40].as_slice()));
        shelf.give(again);
        assert_eq!(shelf.clone().0.lock().unwrap().len(), 0);
        let again = shelf.zeros(45);
        assert_eq!((again.as_ptr(), again.as_slice()), (at, [0; 45].as_slice()));
        assert!(shelf.zeros(0).is_empty());
    }
}
