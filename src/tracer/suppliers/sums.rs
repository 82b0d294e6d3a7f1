//! What suppliers sent on other than over links, use by use, and how it is written into the month.

use super::pieces::Sent;
use crate::base::col::Id;
use crate::tracer::dye::{CLASSES, Lanes, next_round};
use crate::tracer::ledger::Channel;
use crate::tracer::tables::Table;
use crate::tracer::uses::{COUNCIL, LEAKS, OWNER, VALUE_ADDED};
use crate::world::City;

/// What the suppliers of a chunk sent on other than over links, added up.
#[derive(Default)]
pub struct Sums {
    /// From suppliers in the city, and from bidders outside.
    pub here: Sent,
    pub away: Sent,
    /// To partners, and the value added in that here.
    pub partners: Lanes,
    pub value_added: i64,
}

/// Write what a chunk of suppliers came to.
pub fn record(city: &City, sums: &Sums, table: &mut Table) {
    let Table { from_firms, month, .. } = table;
    let (here, away) = (&sums.here.fixed, &sums.away.fixed);
    let council = city.anchors.council.map(|council| city.orgs.anchor(council as usize));
    for class in 0..CLASSES {
        let round = next_round(class);
        for (place, channel) in LEAKS {
            month.leak(round, channel, here[class][place]);
        }
        // A bidder outside passes on what it was awarded: the contract went outside in the round it was paid.
        let paid_in = [0, 1, 3][class];
        let passed_on: i64 = LEAKS.iter().map(|(place, _)| away[class][*place]).sum();
        month.leak(paid_in, Channel::ContractOutside, passed_on);
        match council {
            Some(org) => from_firms[org.index()][class] += here[class][COUNCIL] + away[class][COUNCIL],
            None => {
                month.leak(round, Channel::NationalTaxes, here[class][COUNCIL]);
                month.leak(paid_in, Channel::ContractOutside, away[class][COUNCIL]);
            }
        }
        month.local[round] += here[class][OWNER] + away[class][OWNER] + sums.partners[class];
        month.value_added += here[class][VALUE_ADDED].iter().sum::<i64>();
    }
    month.value_added += sums.value_added;
}
