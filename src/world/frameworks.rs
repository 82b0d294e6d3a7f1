//! Frameworks: a category's list of suppliers who alone may bid at call-off.

use serde::{Deserialize, Serialize};

/// A framework in force.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Framework {
    /// Rows of the members, with their identities.
    pub members: Vec<(u32, u64)>,
    /// First month after its term.
    pub end_month: u16,
    /// How many times it has been let.
    pub letting: u16,
}

impl Framework {
    pub fn has(&self, supplier: u32, identity: u64) -> bool {
        self.members.contains(&(supplier, identity))
    }
}
