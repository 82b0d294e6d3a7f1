//! Words of the program's own (names of levers and shocks) in state that is written down and read back.

use serde::{Deserialize, Deserializer};
use std::collections::BTreeSet;
use std::sync::Mutex;

/// A word that lives as long as the program.
pub type Word = &'static str;

/// The words read back so far. There are no more of them than the program has levers and shocks, so what is never
/// given back to the system stays small.
static KNOWN: Mutex<BTreeSet<Word>> = Mutex::new(BTreeSet::new());

/// Read a word back: the same word is the same text each time.
pub fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Word, D::Error> {
    let text = String::deserialize(from)?;
    // A thread that panicked while it held the lock has left the set whole.
    let mut known = KNOWN.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    if let Some(word) = known.get(text.as_str()) {
        return Ok(word);
    }
    let word: Word = Box::leak(text.into_boxed_str());
    known.insert(word);
    Ok(word)
}
