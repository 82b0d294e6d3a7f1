//! The anchor institutions and the categories they buy.

use super::assumed::{self, Assumed};
use super::city::{AnchorFacts, Category};
use super::error::PlaceError;
use super::table::Table;
use super::teams;
use super::vocabulary::{AnchorKind, Flag, Sector, Subject};

/// How many of the largest anchors the published local share covers.
const SHARE_COVERS: usize = 6;
/// How far the prior local shares are shifted at first, in logits; farther where the share asks for it.
const FAR: f64 = 3.0;

/// The anchors of an embedded city; what kinds of anchors buy is the same in all.
pub fn anchors(city: &str) -> Result<Vec<AnchorFacts>, PlaceError> {
    let table = Table::embedded(&format!("{city}/anchors.csv"))?;
    let mix = Table::embedded("leeds/category_mix.csv")?;
    let teams = Table::embedded(&format!("{city}/procurement_teams.csv"))?;
    (0..table.len()).map(|row| anchor(&table, &mix, &teams, row)).collect()
}

fn anchor(table: &Table, mix: &Table, teams: &Table, row: usize) -> Result<AnchorFacts, PlaceError> {
    let kind_name = table.text(row, "kind")?;
    let kind = AnchorKind::ALL
        .iter()
        .find(|kind| kind.label() == kind_name)
        .ok_or_else(|| table.wrong(row, "kind", "write a kind of anchor such as council"))?;
    let mut sections = Vec::new();
    for part in table.text(row, "sections")?.split_whitespace() {
        let wrong = || table.wrong(row, "sections", "write section:share, for example O:0.6 Q:0.4");
        let (name, share) = part.split_once(':').ok_or_else(wrong)?;
        let sector = Sector::ALL.iter().find(|sector| sector.label() == name).ok_or_else(wrong)?;
        sections.push((*sector, share.parse::<f64>().map_err(|_| wrong())?));
    }
    let sources: Vec<f64> = table
        .text(row, "income_sources")?
        .split_whitespace()
        .filter_map(|share| share.parse().ok())
        .collect();
    let income_sources =
        sources.as_slice().try_into().map_err(|_| table.wrong(row, "income_sources", "write four shares"))?;
    Ok(AnchorFacts {
        id: table.text(row, "id")?.to_string(),
        name: table.text(row, "name")?.to_string(),
        kind: *kind,
        staff: table.number(row, "staff")?,
        procurement: table.number(row, "procurement_gbp_m")? * 1e6,
        mean_pay: table.number(row, "mean_pay")?,
        employer_pension: table.number(row, "employer_pension")?,
        sections,
        income_sources,
        irrecoverable_vat: table.number(row, "irrecoverable_vat")?,
        category_mix: (0..mix.len()).map(|row| mix.number(row, kind_name)).collect::<Result<_, _>>()?,
        petty_share: table.number(row, "petty_share")?,
        team: teams::team(teams, teams.find(table.text(row, "id")?)?)?,
        flag: flag(table, row)?,
    })
}

/// The flag of a row.
pub fn flag(table: &Table, row: usize) -> Result<Flag, PlaceError> {
    match table.text(row, "flag")? {
        "published" => Ok(Flag::Published),
        "derived" => Ok(Flag::Derived),
        "recalled" => Ok(Flag::Recalled),
        "assumed" => Ok(Flag::Assumed),
        _ => Err(table.wrong(row, "flag", "write published, derived, recalled or assumed")),
    }
}

/// The anchors whose spend the published local share describes: the largest that are not utilities, given each one's
/// kind and what it buys.
pub fn share_covers(anchors: impl Iterator<Item = (AnchorKind, f64)>) -> Vec<usize> {
    let others = anchors.enumerate().filter(|(_, (kind, _))| *kind != AnchorKind::Utility);
    let mut order: Vec<(usize, f64)> = others.map(|(a, (_, procurement))| (a, procurement)).collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    order.into_iter().take(SHARE_COVERS).map(|(a, _)| a).collect()
}

/// The same of a place's facts.
pub fn covered(anchors: &[AnchorFacts]) -> Vec<usize> {
    share_covers(anchors.iter().map(|a| (a.kind, a.procurement)))
}

/// Categories, their prior local shares moved by one logit shift so that the covered anchors spend the
/// published share in the city; the region's shares by one factor. Fitted: no evidence for the split.
pub fn categories(
    anchors: &[AnchorFacts],
    (in_city, in_region): (f64, f64),
    assumed: &Assumed,
) -> Result<Vec<Category>, PlaceError> {
    let table = Table::embedded("leeds/categories.csv")?;
    let mut categories = (0..table.len()).map(|row| category(&table, row)).collect::<Result<Vec<_>, _>>()?;
    assumed.contrast(&mut categories);
    let in_city = assumed::shifted(in_city, assumed.anchors_local_shift);
    let in_region = in_region.min(1.0 - in_city);
    let weights = weights(anchors, categories.len());
    let mean = |shares: &mut dyn Iterator<Item = f64>| shares.zip(&weights).map(|(s, w)| s * w).sum::<f64>();
    let shifted = |share: f64, shift: f64| 1.0 / (1.0 + (1.0 / share - 1.0) * libm::exp(-shift));
    let at = |shift: f64| mean(&mut categories.iter().map(|category| shifted(category.in_city, shift)));
    let mut far = FAR;
    while far < 24.0 && (at(-far) > in_city || at(far) < in_city) {
        far *= 2.0;
    }
    let (mut low, mut high) = (-far, far);
    for _ in 0..100 {
        let middle = 0.5 * (low + high);
        if at(middle) < in_city {
            low = middle;
        } else {
            high = middle;
        }
    }
    let shift = 0.5 * (low + high);
    let mut factor = in_region / mean(&mut categories.iter().map(|category| category.in_region));
    // No category can buy in the region more than it does not buy in the city: others make up for it.
    let capped = |factor: f64| {
        mean(
            &mut categories
                .iter()
                .map(|category| (category.in_region * factor).min(1.0 - shifted(category.in_city, shift))),
        )
    };
    if capped(factor) < in_region - 1e-9 {
        let (mut low, mut high) = (factor, factor * 1e6);
        for _ in 0..200 {
            let middle = 0.5 * (low + high);
            if capped(middle) < in_region {
                low = middle;
            } else {
                high = middle;
            }
        }
        factor = 0.5 * (low + high);
    }
    for category in categories.iter_mut() {
        category.in_city = shifted(category.in_city, shift);
        category.in_region = (category.in_region * factor).min(1.0 - category.in_city);
    }
    Ok(categories)
}

/// Share of each category in the covered anchors' spend.
fn weights(anchors: &[AnchorFacts], categories: usize) -> Vec<f64> {
    let covered = covered(anchors);
    let total: f64 = covered.iter().map(|&a| anchors[a].procurement).sum();
    (0..categories)
        .map(|c| {
            covered.iter().map(|&a| anchors[a].procurement * anchors[a].category_mix[c]).sum::<f64>() / total
        })
        .collect()
}

fn category(table: &Table, row: usize) -> Result<Category, PlaceError> {
    let name = table.text(row, "sector")?;
    let sector = Sector::ALL
        .iter()
        .find(|sector| sector.label() == name)
        .ok_or_else(|| table.wrong(row, "sector", "write a section from A to S"))?;
    let name = table.text(row, "subject")?;
    let subject = Subject::ALL
        .iter()
        .find(|subject| subject.label() == name)
        .ok_or_else(|| table.wrong(row, "subject", "write goods_services, works or light_touch"))?;
    Ok(Category {
        id: table.text(row, "id")?.to_string(),
        name: table.text(row, "name")?.to_string(),
        sector: *sector,
        in_city: table.number(row, "in_city_prior")?,
        in_region: table.number(row, "in_region_prior")?,
        value_median: table.number(row, "value_median")?,
        value_sigma: table.number(row, "value_sigma")?,
        months_median: table.number(row, "months_median")?,
        months_min: table.number(row, "months_min")? as u16,
        months_max: table.number(row, "months_max")? as u16,
        subject: *subject,
        specificity: table.share(row, "specificity")?,
        framework_share: table.share(row, "framework_share")?,
        quality_seen: table.share(row, "quality_seen")?,
        switching_cost: table.share(row, "switching_cost")?,
        lock_in: table.share(row, "lock_in")?,
        lots: table.number(row, "lots")? as u16,
    })
}
