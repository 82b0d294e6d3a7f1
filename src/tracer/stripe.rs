//! Scratch space of the parallel passes: a fixed number of stripes of agents, each with tables of its own. All
//! sums are of whole numbers, so that neither the stripes nor the threads leave a trace in a result.

use super::dye::{Dye, class_of, is_local};
use super::ledger::{Channel, Month};
use super::suppliers::To;
use crate::base::col::Id;
use crate::base::money::Pence;
use crate::world::City;
use crate::world::orgs::{Org, OrgId};
use serde::{Deserialize, Serialize};

/// Agents are divided into so many stripes. More would take more memory than time they save.
pub const STRIPES: usize = 4;

/// What one stripe of agents sends on in a month.
#[derive(Clone, Serialize, Deserialize)]
pub struct Stripe {
    /// To organisations (outside accounts too), by round 2, 3 and later.
    pub orgs: Vec<[i64; 3]>,
    /// To households: profit by class, and rent, which all is class "later".
    pub owners: Vec<(u32, [i64; 2])>,
    pub rents: Vec<(u32, i64)>,
    pub month: Month,
    pub uses: Vec<Pence>,
    pub to: Vec<To>,
    pub moved: Vec<i64>,
}

impl Stripe {
    pub fn new(orgs: usize, wards: usize, tags: usize) -> Stripe {
        Stripe {
            orgs: vec![[0; 3]; orgs],
            owners: Vec::new(),
            rents: Vec::new(),
            month: Month::new(wards, tags),
            uses: Vec::new(),
            to: Vec::new(),
            moved: Vec::new(),
        }
    }
}

/// The agents of a stripe, of so many.
pub fn range(stripe: usize, n: usize) -> std::ops::Range<usize> {
    stripe * n / STRIPES..(stripe + 1) * n / STRIPES
}

impl Dye {
    /// Take in what the stripes sent; what reached outside accounts leaked by `channel`.
    pub(super) fn gather(&mut self, city: &City, stripes: &mut [Stripe], channel: Channel) {
        for i in 0..city.orgs.len() {
            let mut sent = [0; 3];
            for stripe in stripes.iter_mut() {
                let from = std::mem::take(&mut stripe.orgs[i]);
                for (sum, amount) in sent.iter_mut().zip(from) {
                    *sum += amount;
                }
            }
            if sent == [0; 3] {
                continue;
            }
            let org = OrgId::from_index(i);
            if let Org::Outside(_) = city.orgs.kind(org) {
                for (k, amount) in sent.into_iter().enumerate() {
                    self.month.leak(k + 1, channel, amount);
                }
                continue;
            }
            let local = is_local(city, org);
            for (k, amount) in sent.into_iter().enumerate() {
                self.org_next[i][class_of(k + 1)] += amount;
                self.month.circulating += amount;
                self.month.local[k + 1] += if local { amount } else { 0 };
            }
        }
        for stripe in stripes.iter_mut() {
            self.month.add(&stripe.month);
            stripe.month.clear();
            for (household, amounts) in stripe.owners.drain(..) {
                self.arrive_home(household, amounts);
            }
            for (household, amount) in stripe.rents.drain(..) {
                self.arrive_home(household, [0, amount]);
            }
        }
    }
}
