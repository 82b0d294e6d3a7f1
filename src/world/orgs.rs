//! One account space for all organisations: suppliers, then anchors, then the outside accounts.

use crate::base::col::Id;
use crate::id;
use crate::place::vocabulary::Zone;
use serde::{Deserialize, Serialize};

id!(
    /// An organisation's account: supplier, anchor or outside account.
    OrgId
);

/// Stands for "no organisation" (or no household) in a packed column.
pub const NOBODY: u32 = u32::MAX;

/// The accounts that complete the books.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[repr(u8)]
pub enum Outside {
    RegionFirms,
    CountryFirms,
    World,
    RegionHouseholds,
    CountryHouseholds,
    Government,
    Finance,
}

impl Outside {
    pub const ALL: [Outside; 7] = [
        Outside::RegionFirms,
        Outside::CountryFirms,
        Outside::World,
        Outside::RegionHouseholds,
        Outside::CountryHouseholds,
        Outside::Government,
        Outside::Finance,
    ];
    /// The firms of a zone outside the city.
    pub fn firms(zone: Zone) -> Outside {
        match zone {
            Zone::City | Zone::Region => Outside::RegionFirms,
            Zone::Country => Outside::CountryFirms,
            Zone::World => Outside::World,
        }
    }
    /// The households of a zone outside the city.
    pub fn households(zone: Zone) -> Outside {
        match zone {
            Zone::City | Zone::Region => Outside::RegionHouseholds,
            Zone::Country => Outside::CountryHouseholds,
            Zone::World => Outside::World,
        }
    }
}

/// How many suppliers and anchors there are, and so where each account lies.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Orgs {
    pub suppliers: u32,
    pub anchors: u32,
}

/// What an account is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Org {
    Supplier(usize),
    Anchor(usize),
    Outside(Outside),
}

impl Orgs {
    pub fn len(&self) -> usize {
        self.suppliers as usize + self.anchors as usize + Outside::ALL.len()
    }
    pub fn is_empty(&self) -> bool {
        false
    }
    #[inline]
    pub fn supplier(&self, index: usize) -> OrgId {
        OrgId(index as u32)
    }
    #[inline]
    pub fn anchor(&self, index: usize) -> OrgId {
        OrgId(self.suppliers + index as u32)
    }
    #[inline]
    pub fn outside(&self, account: Outside) -> OrgId {
        OrgId(self.suppliers + self.anchors + account as u32)
    }
    #[inline]
    pub fn kind(&self, org: OrgId) -> Org {
        let (i, s, a) = (org.index(), self.suppliers as usize, self.anchors as usize);
        if i < s {
            Org::Supplier(i)
        } else if i < s + a {
            Org::Anchor(i - s)
        } else {
            Org::Outside(Outside::ALL[i - s - a])
        }
    }
}
