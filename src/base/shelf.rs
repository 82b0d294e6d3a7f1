//! Columns that are lent out for a while and kept: a large column that is made anew each month lies in memory that the system
//! has to find and clear first, page by page.

use super::parallel::CHUNK;
use rayon::prelude::*;
use std::any::Any;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The columns that nobody has at the moment: of each kind at most as many as were ever out at once. They grow and never shrink.
#[derive(Default)]
pub struct Shelf(Mutex<Vec<Box<dyn Any + Send>>>);

impl Shelf {
    /// A column without rows, and with room for `n`.
    pub fn with_room<T: Send + 'static>(&self, n: usize) -> Vec<T> {
        let mut column = self.take(n);
        column.clear();
        column
    }

    /// A column of `n` zeros, or of what a kind has by default.
    pub fn zeros<T: Clone + Default + Send + 'static>(&self, n: usize) -> Vec<T> {
        let mut column = self.with_room(n);
        column.resize(n, T::default());
        column
    }

    /// A copy of a column.
    pub fn copy<T: Copy + Default + Send + Sync + 'static>(&self, of: &[T]) -> Vec<T> {
        let mut column = self.take(of.len());
        column.resize(of.len(), T::default());
        let rows = column.par_chunks_mut(CHUNK).zip(of.par_chunks(CHUNK));
        rows.for_each(|(to, from)| to.copy_from_slice(from));
        column
    }

    /// Put a column back.
    pub fn give<T: Send + 'static>(&self, column: Vec<T>) {
        if column.capacity() > 0 {
            self.all().push(Box::new(column));
        }
    }

    /// Add the rows of one column to those of another, and put it back.
    pub fn join<T: Send + 'static>(&self, mut all: Vec<T>, more: Vec<T>, add: impl Fn(&mut T, &T)) -> Vec<T> {
        all.iter_mut().zip(&more).for_each(|(all, more)| add(all, more));
        self.give(more);
        all
    }

    fn all(&self) -> MutexGuard<'_, Vec<Box<dyn Any + Send>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The smallest that has room for so many, with what others left in it. Where none has, a new one takes the place of the
    /// largest, with room to spare: what grows would leave behind one of each size it had.
    fn take<T: Send + 'static>(&self, n: usize) -> Vec<T> {
        let of_kind = |(at, column): (usize, &Box<dyn Any + Send>)| {
            column.downcast_ref::<Vec<T>>().map(|column| (column.capacity(), at))
        };
        let mut all = self.all();
        let fits = all.iter().enumerate().filter_map(of_kind).filter(|(room, _)| *room >= n).min();
        let found = fits.or_else(|| all.iter().enumerate().filter_map(of_kind).max());
        let found = found.map(|(_, at)| all.swap_remove(at));
        // Memory is found and given back while others may look.
        drop(all);
        match found.map(|column| column.downcast::<Vec<T>>()) {
            Some(Ok(column)) if column.capacity() >= n => *column,
            Some(_) => Vec::with_capacity(n + n / 8),
            None => Vec::with_capacity(n),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::money::Pence;

    #[test]
    fn columns_are_used_again_and_begin_with_nothing() {
        let shelf = Shelf::default();
        let (mut large, small) = (shelf.zeros::<Pence>(50), shelf.zeros::<Pence>(5));
        large.fill(7);
        let (at, of_small) = (large.as_ptr(), small.as_ptr());
        shelf.give(large);
        shelf.give(small);
        let again = shelf.zeros::<Pence>(3);
        assert_eq!(again.as_ptr(), of_small);
        let again = shelf.copy(&[1; 40]);
        assert_eq!((again.as_ptr(), again.as_slice()), (at, [1; 40].as_slice()));
        shelf.give(again);
        let again = shelf.zeros(45);
        assert_eq!((again.as_ptr(), again.as_slice()), (at, [0; 45].as_slice()));
        assert!(shelf.zeros::<Pence>(0).is_empty());
    }

    /// Columns of another kind stay where they are, and one that grows leaves nothing behind.
    #[test]
    fn kinds_are_apart_and_growth_leaves_nothing() {
        let shelf = Shelf::default();
        shelf.give(shelf.zeros::<Pence>(80));
        let marks = shelf.zeros::<bool>(40);
        assert_eq!(marks, [false; 40]);
        shelf.give(marks);
        for n in 41..400 {
            let mut marks = shelf.with_room(n);
            assert!(marks.is_empty() && marks.capacity() >= n);
            marks.resize(n, true);
            shelf.give(marks);
            assert_eq!(shelf.zeros::<bool>(n), vec![false; n]);
            shelf.give(vec![true; n]);
        }
        let left = shelf.0.lock().unwrap();
        assert!(left.len() <= 4, "{} columns", left.len());
    }
}
