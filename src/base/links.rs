//! Rows of links from each owner, packed one after another (compressed sparse rows).

use serde::{Deserialize, Serialize};

/// `rows[i]` is the slice of items that owner `i` holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Links<T> {
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T> Default for Links<T> {
    fn default() -> Self {
        Links { starts: vec![0], items: Vec::new() }
    }
}

impl<T> Links<T> {
    /// No rows yet, in these columns: where rows start, and their items.
    pub fn in_columns((mut starts, mut items): (Vec<u32>, Vec<T>)) -> Links<T> {
        starts.clear();
        starts.push(0);
        items.clear();
        Links { starts, items }
    }
    /// The columns, to be used again.
    pub fn into_columns(self) -> (Vec<u32>, Vec<T>) {
        (self.starts, self.items)
    }
    pub fn owners(&self) -> usize {
        self.starts.len() - 1
    }
    /// Close the next owner's row with these items.
    pub fn push_row(&mut self, row: impl IntoIterator<Item = T>) {
        self.items.extend(row);
        self.starts.push(self.items.len() as u32);
    }
    pub fn range(&self, owner: usize) -> std::ops::Range<usize> {
        self.starts[owner] as usize..self.starts[owner + 1] as usize
    }
    pub fn row(&self, owner: usize) -> &[T] {
        &self.items[self.range(owner)]
    }
    pub fn items(&self) -> &[T] {
        &self.items
    }
    pub fn items_mut(&mut self) -> &mut [T] {
        &mut self.items
    }
    pub fn starts(&self) -> &[u32] {
        &self.starts
    }
    /// The same rows of what each item stands for.
    pub fn map<U>(self, of: impl FnMut(T) -> U) -> Links<U> {
        Links { starts: self.starts, items: self.items.into_iter().map(of).collect() }
    }
}

/// Group `keys[i]` (each below `owners`, or `None`) into rows of item numbers, in order of `i`: a counting sort.
pub fn group_by_owner(owners: usize, keys: &[Option<u32>]) -> Links<u32> {
    let mut starts = vec![0u32; owners + 1];
    for key in keys.iter().flatten() {
        starts[*key as usize + 1] += 1;
    }
    for i in 0..owners {
        starts[i + 1] += starts[i];
    }
    let mut next = starts.clone();
    let mut items = vec![0u32; starts[owners] as usize];
    for (i, key) in keys.iter().enumerate() {
        if let Some(key) = key {
            items[next[*key as usize] as usize] = i as u32;
            next[*key as usize] += 1;
        }
    }
    Links { starts, items }
}
