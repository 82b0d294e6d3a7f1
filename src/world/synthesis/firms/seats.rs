//! Local units and the enterprises that have their seat in them, by section and size band.

use super::MONTHS_VACANT;
use crate::base::draws::Luck;
use crate::place::city::{AnchorFacts, City as Facts, SECTORS};
use crate::place::vocabulary::{Sector, SizeBand};
use crate::world::suppliers::hazard_of_size;
use crate::world::synthesis::unit;

/// Least staff of each size band.
const LEAST_STAFF: [u32; SizeBand::COUNT] = [0, 5, 10, 20, 50, 100, 250];

/// The size band of the enterprise that has its seat in the place of work drawn with this identity; none for a
/// branch of another. The published band of an enterprise counts the staff of all its sites, so that an
/// enterprise may be larger than the unit it has its seat in: the largest enterprises take the largest units,
/// and those left over seats in the next smaller band.
pub fn seat_here(facts: &Facts, identity: u64, luck: &Luck) -> Option<SizeBand> {
    let sector = Sector::from_index((identity >> 40 & 0xff) as usize % SECTORS);
    let wanted_band = (identity >> 32 & 0xff) as usize % SizeBand::COUNT;
    let (mut waiting, units) = (private_enterprises(facts, sector), private_units(facts, sector));
    let mut at = unit(luck, 1, identity, 1) * units[wanted_band];
    for band in (0..SizeBand::COUNT).rev() {
        let mut room = units[band];
        // Enterprises of this band and those larger that still look for a seat, the largest first.
        for of in (band..SizeBand::COUNT).rev() {
            let taken = waiting[of].min(room);
            waiting[of] -= taken;
            room -= taken;
            if band == wanted_band {
                at -= taken;
                if at < 0.0 {
                    return Some(SizeBand::from_index(of));
                }
            }
        }
        if band == wanted_band {
            return None;
        }
    }
    None
}

/// Local units of a section outside the network. The anchors' own sites are among the largest.
pub(super) fn private_units(facts: &Facts, sector: Sector) -> [f64; SizeBand::COUNT] {
    let mut units = facts.sectors[sector.index()].local_units;
    let last = SizeBand::COUNT - 1;
    units[last] = (units[last] - (anchor_jobs(facts, sector) / 1500.0).round()).max(0.0);
    units
}

/// Enterprises of a section outside the network: an anchor is one of the largest of its main section.
fn private_enterprises(facts: &Facts, sector: Sector) -> [f64; SizeBand::COUNT] {
    let mut enterprises = facts.sectors[sector.index()].enterprises;
    let anchors =
        facts.anchors.iter().filter(|a| a.sections.first().is_some_and(|(s, _)| *s == sector)).count();
    let last = SizeBand::COUNT - 1;
    enterprises[last] = (enterprises[last] - anchors as f64).max(0.0);
    enterprises
}

pub(super) fn anchor_jobs(facts: &Facts, sector: Sector) -> f64 {
    let of = |a: &AnchorFacts| {
        a.sections.iter().filter(|(s, _)| *s == sector).map(|(_, part)| part).sum::<f64>() * a.staff
    };
    facts.anchors.iter().map(of).sum()
}

/// Places that stand vacant, over those taken: the closings of a few months.
pub(super) fn vacancy_rate(facts: &Facts, band: usize) -> f64 {
    hazard_of_size(LEAST_STAFF[band]) / mean_hazard_of_size(facts) * facts.demography.death_rate / 12.0
        * MONTHS_VACANT
}

/// Mean over enterprises of the closing hazard by size.
pub fn mean_hazard_of_size(facts: &Facts) -> f64 {
    let (mut all, mut weighted) = (0.0, 0.0);
    for of in &facts.sectors {
        for (n, staff) in of.enterprises.iter().zip(LEAST_STAFF) {
            all += n;
            weighted += n * hazard_of_size(staff);
        }
    }
    weighted / f64::max(all, 1.0)
}

/// Share of the units outside the network that are public bodies.
pub(super) fn public_share(facts: &Facts, sector: Sector, anchor_jobs: f64) -> f64 {
    let of = &facts.sectors[sector.index()];
    of.public_share_of_jobs * of.jobs / (of.jobs - anchor_jobs).max(1.0)
}
