//! Typed ids and typed columns: a `Col<SupplierId, T>` can only be indexed by a `SupplierId`.

use serde::{Deserialize, Serialize};
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// A row number of one kind of agent.
pub trait Id: Copy {
    fn from_index(index: usize) -> Self;
    fn index(self) -> usize;
}

/// Declare an id type over `u32`.
#[macro_export]
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize,
        )]
        pub struct $name(pub u32);
        impl $crate::base::col::Id for $name {
            #[inline]
            fn from_index(index: usize) -> Self {
                $name(index as u32)
            }
            #[inline]
            fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

/// One value for each row of a kind of agent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Col<I, T> {
    values: Vec<T>,
    id: PhantomData<I>,
}

impl<I, T> Default for Col<I, T> {
    fn default() -> Self {
        Col { values: Vec::new(), id: PhantomData }
    }
}

impl<I: Id, T> Col<I, T> {
    pub fn from_vec(values: Vec<T>) -> Self {
        Col { values, id: PhantomData }
    }
    pub fn filled(value: T, len: usize) -> Self
    where
        T: Clone,
    {
        Self::from_vec(vec![value; len])
    }
    pub fn push(&mut self, value: T) -> I {
        self.values.push(value);
        I::from_index(self.values.len() - 1)
    }
    pub fn len(&self) -> usize {
        self.values.len()
    }
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
    pub fn ids(&self) -> impl Iterator<Item = I> + use<I, T> {
        (0..self.values.len()).map(I::from_index)
    }
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.values.iter()
    }
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.values.iter_mut()
    }
    /// The bare values, for loops over chunks of rows.
    pub fn rows(&self) -> &[T] {
        &self.values
    }
    /// The bare values, to be used again.
    pub fn into_rows(self) -> Vec<T> {
        self.values
    }
    pub fn rows_mut(&mut self) -> &mut [T] {
        &mut self.values
    }
    pub fn fill(&mut self, value: T)
    where
        T: Clone,
    {
        self.values.fill(value);
    }
}

impl<I: Id, T> Index<I> for Col<I, T> {
    type Output = T;
    #[inline]
    fn index(&self, id: I) -> &T {
        &self.values[id.index()]
    }
}

impl<I: Id, T> IndexMut<I> for Col<I, T> {
    #[inline]
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.values[id.index()]
    }
}
