//! What an extra spend may be put to, and the checks of `[impulse]` against the place.

use super::diagnostic::{Diagnostic, Origin, nearest};
use super::rules::Sources;
use super::settings::{FinancedBy, Settings};
use crate::place::Place;
use crate::place::vocabulary::{AnchorKind, Sector, Zone};

/// Who or what an extra spend is put to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The purchases of these anchors (by row), in their own mix.
    Anchors(Vec<usize>),
    /// The purchases of all anchors in a category (by row).
    Category(usize),
    /// The firms of a section in the city.
    Section(Sector),
    /// Every household of the city, the same sum each.
    Households,
}

/// An anchor's id and kind.
type Anchor = (String, Option<AnchorKind>);

/// What there is to spend on in a place.
pub struct Known {
    pub anchors: Vec<Anchor>,
    pub categories: Vec<String>,
}

/// Plain names of sections, for those who do not know the letters (SIC 2007); the first is the one shown.
const SECTIONS: [(Sector, &[&str]); Sector::COUNT] = [
    (Sector::A, &["agriculture", "farming"]),
    (Sector::B, &["mining", "quarrying"]),
    (Sector::C, &["manufacturing", "industry"]),
    (Sector::D, &["electricity", "energy"]),
    (Sector::E, &["water", "waste"]),
    (Sector::F, &["construction", "building"]),
    (Sector::G, &["retail", "trade", "shops"]),
    (Sector::H, &["logistics", "transport"]),
    (Sector::I, &["hospitality", "food", "hotels", "restaurants"]),
    (Sector::J, &["information", "ict", "digital"]),
    (Sector::K, &["finance", "banking", "insurance"]),
    (Sector::L, &["property", "real_estate"]),
    (Sector::M, &["professional", "science"]),
    (Sector::N, &["administrative", "support_services"]),
    (Sector::O, &["public_administration", "government"]),
    (Sector::P, &["education", "schools"]),
    (Sector::Q, &["health", "social_care"]),
    (Sector::R, &["arts", "recreation"]),
    (Sector::S, &["other_services", "charities"]),
];

/// What people also call a kind of anchor.
const KINDS: [(AnchorKind, &[&str]); 6] = [
    (AnchorKind::Council, &["councils", "local_authority"]),
    (AnchorKind::Nhs, &["hospitals", "hospital", "nhs_trusts", "nhs_trust", "trusts"]),
    (AnchorKind::University, &["universities"]),
    (AnchorKind::College, &["colleges"]),
    (AnchorKind::Utility, &["utilities"]),
    (AnchorKind::Authority, &["authorities"]),
];

/// Whether a kind is called that.
fn is_called(kind: AnchorKind, is: impl Fn(&str) -> bool) -> bool {
    let also = KINDS.iter().filter(|(of, _)| *of == kind).flat_map(|(_, names)| names.iter());
    is(kind.label()) || also.copied().any(is)
}

/// The plain name of a section.
pub fn name_of(sector: Sector) -> &'static str {
    SECTIONS[sector.index()].1[0]
}

impl Known {
    pub fn of(place: &Place) -> Known {
        let anchors = match place {
            Place::City(city) => city.anchors.iter().map(|a| (a.id.clone(), Some(a.kind))).collect(),
            Place::Town(town) => town.anchor.iter().map(|a| (a.id.clone(), Some(a.kind))).collect(),
        };
        Known { anchors, categories: place.category_ids() }
    }

    /// Every reading of a word: how to write it so that it means nothing else, and the target. Two readings that
    /// come to the same are one.
    fn readings(&self, word: &str) -> Vec<(String, Target)> {
        let (prefix, word) = match word.split_once(':') {
            Some((prefix, rest)) => (Some(prefix), rest),
            None => (None, word),
        };
        let is = |name: &str| plain(name) == plain(word);
        let asked = |kind: &str| prefix.is_none_or(|p| p == kind);
        let mut found: Vec<(String, Target)> = Vec::new();
        let mut add = |written: String, target: Target| {
            if !found.iter().any(|(_, known)| *known == target) {
                found.push((written, target));
            }
        };
        let rows = |wanted: &dyn Fn(&Anchor) -> bool| -> Vec<usize> {
            (0..self.anchors.len()).filter(|i| wanted(&self.anchors[*i])).collect()
        };
        if asked("anchor") {
            let found = rows(&|a| is(&a.0));
            if !found.is_empty() {
                add(format!("anchor:{word}"), Target::Anchors(found));
            }
        }
        if prefix.is_none() && is("anchors") && !self.anchors.is_empty() {
            add("anchors".into(), Target::Anchors(rows(&|_| true)));
        }
        if asked("kind") {
            let found = rows(&|a| a.1.is_some_and(|kind| is_called(kind, is)));
            if let Some(kind) = found.first().and_then(|row| self.anchors[*row].1) {
                add(format!("kind:{}", kind.label()), Target::Anchors(found));
            }
        }
        if asked("category") {
            for (i, id) in self.categories.iter().enumerate().filter(|(_, id)| is(id)) {
                add(format!("category:{id}"), Target::Category(i));
            }
        }
        if asked("section") {
            for (sector, names) in SECTIONS {
                if word.eq_ignore_ascii_case(sector.label()) || names.iter().any(|name| is(name)) {
                    add(format!("section:{}", sector.label()), Target::Section(sector));
                }
            }
        }
        if prefix.is_none() && is("households") {
            add("households".into(), Target::Households);
        }
        found
    }

    /// What a word means; none when it means nothing or several things.
    pub fn target(&self, word: &str) -> Option<Target> {
        let mut readings = self.readings(word);
        if readings.len() == 1 { readings.pop().map(|(_, target)| target) } else { None }
    }

    /// What a word means, in words for a heading: "health firms (section Q)".
    pub fn in_words(&self, word: &str) -> String {
        match self.target(word) {
            Some(Target::Section(sector)) => {
                let name = name_of(sector).replace('_', " ");
                format!("{name} firms (section {})", sector.label())
            }
            Some(Target::Category(row)) => self
                .categories
                .get(row)
                .map_or(word.to_owned(), |id| format!("the category {}", id.replace('_', " "))),
            _ => word.to_owned(),
        }
    }

    /// The words that are taken, in groups.
    fn listed(&self) -> Vec<(&'static str, Vec<String>)> {
        let mut kinds: Vec<String> = Vec::new();
        for kind in self.anchors.iter().filter_map(|a| a.1) {
            let kind = kind.label().to_owned();
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        let sections = SECTIONS.iter().map(|(s, names)| format!("{} or {}", s.label(), names[0])).collect();
        vec![
            ("anchors", self.anchors.iter().map(|a| a.0.clone()).chain(["anchors".into()]).collect()),
            ("kinds of anchor", kinds),
            ("spending categories", self.categories.clone()),
            ("sections", sections),
            ("households", vec!["households".into()]),
        ]
    }

    fn unknown(&self, word: &str, at: &Origin) -> Diagnostic {
        // An empty default is nothing that the user wrote.
        let mut fault = if word.is_empty() {
            Diagnostic::new("nobody is named to spend on")
                .help("name one: `--to health`, or `to` in `[impulse]`")
        } else {
            Diagnostic::at(at, format!("nothing here is called \"{word}\""))
                .label("what the extra spend is put to")
        };
        let listed = self.listed();
        let words: Vec<&str> = listed
            .iter()
            .filter(|(what, _)| *what != "sections")
            .flat_map(|(_, words)| words.iter().map(String::as_str))
            .chain(SECTIONS.iter().flat_map(|(_, names)| names.iter().copied()))
            .chain(KINDS.iter().flat_map(|(_, names)| names.iter().copied()))
            .collect();
        if let Some(near) = nearest(word, words) {
            fault = fault.help(format!("did you mean `{near}`?"));
        }
        for (what, words) in listed.iter().filter(|(_, words)| !words.is_empty()) {
            fault = fault.help(format!("{what}: {}", words.join(", ")));
        }
        fault
    }
}

/// Spaces, dashes and capitals do not matter.
fn plain(word: &str) -> String {
    word.trim().to_lowercase().replace([' ', '-'], "_")
}

/// Check an extra spend against the place.
pub fn validate(settings: &Settings, sources: &Sources, place: &Place) -> Vec<Diagnostic> {
    let of = &settings.impulse;
    if of.amount_gbp <= 0.0 {
        return Vec::new();
    }
    let Some(at) = sources.at(&["impulse", "to"]) else { return Vec::new() };
    let known = Known::of(place);
    let readings = known.readings(&of.to);
    let target = match readings.as_slice() {
        [] => return vec![known.unknown(&of.to, at)],
        [(_, target)] => target,
        several => {
            let ways: Vec<&str> = several.iter().map(|(written, _)| written.as_str()).collect();
            let fault =
                Diagnostic::at(at, format!("\"{}\" means several things in {}", of.to, settings.place));
            return vec![fault.label("which one?").help(format!("write one of: {}", ways.join(", ")))];
        }
    };
    financed(of.financed_by, target, &known, sources, &settings.place)
        .into_iter()
        .chain(nobody(target, place, at, &settings.place))
        .collect()
}

/// Ways to pay that this target or this place does not know.
fn financed(
    by: FinancedBy,
    target: &Target,
    known: &Known,
    sources: &Sources,
    place: &str,
) -> Option<Diagnostic> {
    let at = sources.at(&["impulse", "financed_by"])?;
    match by {
        FinancedBy::CouncilTax if !known.anchors.iter().any(|a| a.1 == Some(AnchorKind::Council)) => Some(
            Diagnostic::at(at, format!("{place} has no council to levy council tax"))
                .label("needs a council")
                .help("finance it by `grant`, `budget` or `outside`"),
        ),
        FinancedBy::Budget if known.anchors.is_empty() => Some(
            Diagnostic::at(at, format!("{place} has no anchors whose budgets could be cut")).label("needs anchors"),
        ),
        FinancedBy::Budget if matches!(target, Target::Anchors(_)) => Some(
            Diagnostic::at(at, "an anchor cannot buy more of all that it buys out of the same budget")
                .label("would cut what it adds")
                .help("put it to a category, a section or households, or finance it by `grant`, `council_tax` or `outside`"),
        ),
        _ => None,
    }
}

/// A section without a firm, or anchors that buy nothing, in a town.
fn nobody(target: &Target, place: &Place, at: &Origin, name: &str) -> Option<Diagnostic> {
    let Place::Town(town) = place else { return None };
    let is_in_town = |s: &&crate::place::town::TownSupplier| s.zone == Zone::City;
    match target {
        Target::Section(sector) if !town.supplier.iter().filter(is_in_town).any(|s| s.sector == *sector) => {
            let there: Vec<String> = Sector::ALL
                .iter()
                .filter(|k| town.supplier.iter().filter(is_in_town).any(|s| s.sector == **k))
                .map(|k| format!("{} or {}", k.label(), name_of(*k)))
                .collect();
            Some(
                Diagnostic::at(at, format!("{name} has no supplier of section {}", sector.label()))
                    .label("nobody to buy from")
                    .help(format!("sections with a supplier in the town: {}", there.join(", "))),
            )
        }
        Target::Anchors(rows) if rows.iter().all(|a| town.anchor[*a].buys.is_empty()) => Some(
            Diagnostic::at(at, "it buys nothing, so there is no mix of purchases to follow")
                .label("buys nothing"),
        ),
        _ => None,
    }
}
