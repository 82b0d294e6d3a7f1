//! The parts of the spending whose dye is told apart: by anchor, by category, by what the supplier is, and by
//! declared tracer. First-round dye at an organisation is kept by where it came from, so that each part's first
//! two local receipts, and with them its LM3, are exact.

use super::ledger::{Hop, Month, Tally};
use super::select::Selection;
use super::split::{Total, part};
use crate::base::col::Id;
use crate::base::money::{Share, share};
use crate::place::vocabulary::{LocalDefinition, Ownership, SizeBand, Zone};
use crate::world::City;
use crate::world::employers::EmployerId;
use crate::world::orgs::{Org, OrgId, Outside};
use crate::world::suppliers::SupplierId;
use serde::{Deserialize, Serialize};

/// A way to divide the spending, and its parts.
#[derive(Clone, Default, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    pub by: String,
    pub members: Vec<String>,
}

/// Where a pound of first-round dye came from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Source {
    pub org: u32,
    pub anchor: u16,
    pub category: u8,
    /// The declared tracers that follow it, one bit each.
    pub tracers: u32,
}

/// First-round dye at one organisation from one source.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Entry {
    pub from: Source,
    pub fresh: i64,
    pub reserve: i64,
}

/// What a receiver is, as of the year's count.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub struct Profile {
    ownership: u8,
    zone: u8,
    size: u8,
    local: [Share; LocalDefinition::COUNT],
}

/// Every supplier's size, taken once a year, and where each group's tallies begin. How local each is, is what procurement
/// goes by, measured once a year too.
#[derive(Clone, Serialize, Deserialize)]
pub struct Tags {
    size: Vec<u8>,
    starts: [usize; 6],
}

const ANCHOR: &str = "anchor";
const OUTSIDE: &str = "outside";

/// The groups of a city's tracer, in the order of the tallies.
pub fn groups(city: &City, shared: &[Selection]) -> Vec<Group> {
    let labels = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let more = |all: Vec<&str>| labels(&[all.as_slice(), &[ANCHOR, OUTSIDE]].concat());
    let mut groups = vec![
        Group { by: "anchor".into(), members: city.anchors.id.clone() },
        Group {
            by: "category".into(),
            members: city.contracts.categories.iter().map(|c| c.id.clone()).collect(),
        },
        Group { by: "ownership".into(), members: more(Ownership::ALL.iter().map(|o| o.label()).collect()) },
        Group {
            by: "zone".into(),
            members: labels(&Zone::ALL.iter().map(|z| z.label()).collect::<Vec<_>>()),
        },
        Group { by: "size".into(), members: more(SizeBand::ALL.iter().map(|b| b.label()).collect()) },
    ];
    groups.extend(LocalDefinition::ALL.iter().map(|definition| Group {
        by: format!("local by {}", definition.label()),
        members: labels(&["local", "not local"]),
    }));
    groups.push(Group { by: "tracer".into(), members: shared.iter().map(|s| s.name.clone()).collect() });
    groups
}

impl Tags {
    pub fn new(city: &City) -> Tags {
        let mut tags = Tags { size: Vec::new(), starts: [0; 6] };
        let lens = [
            city.anchors.len(),
            city.contracts.categories.len(),
            Ownership::COUNT + 2,
            Zone::COUNT,
            SizeBand::COUNT + 2,
            2 * LocalDefinition::COUNT,
        ];
        let mut at = 0;
        for (start, len) in tags.starts.iter_mut().zip(lens) {
            at += len;
            *start = at;
        }
        tags.count(city);
        tags
    }

    /// The yearly count: how large each supplier is.
    pub fn count(&mut self, city: &City) {
        self.size.clear();
        self.size.extend(city.suppliers.active.ids().map(|s| {
            let heads = city.employers.headcount[EmployerId::from_index(s.index())];
            match city.suppliers.zone[s] {
                Zone::City => band(heads) as u8,
                Zone::Region | Zone::Country | Zone::World => (SizeBand::COUNT + 1) as u8,
            }
        }));
    }

    pub fn profile(&self, city: &City, org: OrgId) -> Profile {
        let (forms, sizes) = (Ownership::COUNT as u8, SizeBand::COUNT as u8);
        match city.orgs.kind(org) {
            Org::Supplier(i) => Profile {
                ownership: city.suppliers.ownership.rows()[i] as u8,
                zone: city.suppliers.zone.rows()[i] as u8,
                size: self.size[i],
                local: city.contracts.local.rows[SupplierId::from_index(i)].map(|s| share(f64::from(s))),
            },
            // An anchor that sells counts as local by every definition.
            Org::Anchor(_) => Profile {
                ownership: forms,
                zone: Zone::City as u8,
                size: sizes,
                local: [crate::base::money::WHOLE; LocalDefinition::COUNT],
            },
            Org::Outside(account) => {
                let zone = match account {
                    Outside::RegionFirms | Outside::RegionHouseholds => Zone::Region,
                    Outside::World => Zone::World,
                    Outside::CountryFirms
                    | Outside::CountryHouseholds
                    | Outside::Government
                    | Outside::Finance => Zone::Country,
                };
                let none = [0; LocalDefinition::COUNT];
                Profile { ownership: forms + 1, zone: zone as u8, size: sizes + 1, local: none }
            }
        }
    }

    /// Credit the parts that follow from the source: anchor, category, declared tracers.
    pub fn of_source<const N: usize>(
        &self,
        month: &mut Month,
        from: &Source,
        amounts: [i64; N],
        add: impl Fn(&mut Tally, [i64; N]),
    ) {
        add(&mut month.tags[usize::from(from.anchor)], amounts);
        add(&mut month.tags[self.starts[0] + usize::from(from.category)], amounts);
        let mut tracers = from.tracers;
        while tracers != 0 {
            add(&mut month.tags[self.starts[5] + tracers.trailing_zeros() as usize], amounts);
            tracers &= tracers - 1;
        }
    }

    /// Credit the parts that follow from the receiver. By a definition that is a share, the pound is divided
    /// into its local part and the rest.
    pub fn of_receiver<const N: usize>(
        &self,
        month: &mut Month,
        of: &Profile,
        amounts: [i64; N],
        add: impl Fn(&mut Tally, [i64; N]),
    ) {
        for (start, member) in self.starts[1..4].iter().zip([of.ownership, of.zone, of.size]) {
            add(&mut month.tags[start + usize::from(member)], amounts);
        }
        let definitions = &mut month.tags[self.starts[4]..][..2 * LocalDefinition::COUNT];
        for (tallies, share) in definitions.chunks_exact_mut(2).zip(of.local) {
            let (local, rest) = split(amounts, share);
            add(&mut tallies[0], local);
            add(&mut tallies[1], rest);
        }
    }

    /// Credit what first-round dye came to at a receiver when it was spent: to what the receiver is, and to the
    /// sources in proportion to what moved of each (`moved`, whose sum is `sum`), what rounding leaves to the largest.
    pub fn second_hop(
        &self,
        month: &mut Month,
        receiver: &Profile,
        hop: Hop,
        (entries, moved, sum): (&[Entry], &[i64], i64),
    ) {
        let figures = hop.figures();
        self.of_receiver(month, receiver, figures, Tally::add_second);
        let of = Total::new(sum);
        let (mut left, mut largest) = (figures, 0);
        for (k, (entry, weight)) in entries.iter().zip(moved).enumerate() {
            let (piece, rest) = split(figures, of.share(*weight));
            (0..piece.len()).for_each(|figure| left[figure] += rest[figure] - figures[figure]);
            largest = if *weight > moved[largest] { k } else { largest };
            self.of_source(month, &entry.from, piece, Tally::add_second);
        }
        if let Some(entry) = entries.get(largest) {
            self.of_source(month, &entry.from, left, Tally::add_second);
        }
    }
}

/// The parts of amounts that fall on a share, rounded down, and the rest of them.
#[inline(always)]
fn split<const N: usize>(amounts: [i64; N], share: Share) -> ([i64; N], [i64; N]) {
    let (mut parts, mut rest) = ([0; N], [0; N]);
    for k in 0..N {
        parts[k] = part(amounts[k], share);
        rest[k] = amounts[k] - parts[k];
    }
    (parts, rest)
}

fn band(heads: u32) -> SizeBand {
    match heads {
        0..=4 => SizeBand::To4,
        5..=9 => SizeBand::To9,
        10..=19 => SizeBand::To19,
        20..=49 => SizeBand::To49,
        50..=99 => SizeBand::To99,
        100..=249 => SizeBand::To249,
        _ => SizeBand::From250,
    }
}
