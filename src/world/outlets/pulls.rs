//! How much households are drawn to sellers: to outlets of their own ward more than to others, to closed ones not.

use super::Code;
use crate::base::parallel::each;
use crate::world::City;

/// Where a seller is to be found: in a ward; outside, and so equally far from all; or nowhere, while it is closed.
type Stand = u16;
const OUTSIDE: Stand = Stand::MAX - 1;
const CLOSED: Stand = Stand::MAX;

/// What the pull of a seller on a household hangs on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Distance {
    Closed,
    Elsewhere,
    OwnWard,
}

impl Distance {
    pub const ALL: [Distance; 3] = [Distance::Closed, Distance::Elsewhere, Distance::OwnWard];

    /// How much a household is drawn to a seller so far away, one at another ward's being 1.
    pub fn pull(self, same_ward: f64) -> f64 {
        match self {
            Distance::Closed => 0.0,
            Distance::Elsewhere => 1.0,
            Distance::OwnWard => same_ward,
        }
    }
}

/// Where all sellers are this month, in the order of `Market::sellers`.
pub struct Stands<'a> {
    city: &'a City,
    stands: Vec<Stand>,
}

impl Stands<'_> {
    pub fn of(city: &City) -> Stands<'_> {
        let (orgs, of) = (city.market.sellers.orgs(), &city.suppliers);
        let stand = |k: usize| match of.active.rows().get(orgs[k] as usize) {
            None => OUTSIDE,
            Some(false) => CLOSED,
            Some(true) => of.ward.rows()[orgs[k] as usize].into(),
        };
        Stands { city, stands: each(orgs.len(), stand) }
    }

    /// How far this seller of a purchase is from a household of this ward: its place in [`Distance::ALL`].
    #[inline]
    pub fn distance(&self, purchase: usize, seller: Code, ward: u8) -> usize {
        let stand = self.stands[self.city.market.sellers.of(purchase).start + usize::from(seller)];
        usize::from(stand != CLOSED) + usize::from(stand == Stand::from(ward))
    }
}
