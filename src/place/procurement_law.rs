//! Public procurement law as data: thresholds, reservation, social value, frameworks, standstill.

use super::error::PlaceError;
use super::figures::Figures;
use super::vocabulary::{AnchorKind, Zone};
use crate::base::date::Date;

pub use super::vocabulary::{Authority, Subject};

const FILE: &str = "uk/procurement_law.toml";

/// A number by the first month in which it holds.
type Dated = Vec<(Date, f64)>;

/// The law that binds anchors of each kind, month by month.
#[derive(Clone, Debug, PartialEq)]
pub struct ProcurementLaw {
    classes: [Authority; AnchorKind::COUNT],
    /// By class and subject.
    thresholds: [[Dated; Subject::COUNT]; Authority::COUNT],
    reservation: [Dated; AnchorKind::COUNT],
    social_value: [Dated; AnchorKind::COUNT],
    social_value_at_any_value: [bool; AnchorKind::COUNT],
    reservation_zones: Vec<Zone>,
    framework_months: [u16; Authority::COUNT],
    dynamic_market: Dated,
    standstill_working_days: u16,
    challenge_days: u16,
    kpi_from_gbp: f64,
    turnover_multiple_max: f64,
}

/// The value in force in a month; before the first row, the first row; of no rows, `none`.
fn in_force(rows: &Dated, date: Date, none: f64) -> f64 {
    let last = rows.iter().rev().find(|(from, _)| *from <= date).or(rows.first());
    last.map_or(none, |(_, value)| *value)
}

impl ProcurementLaw {
    /// The law of England from the embedded data.
    pub fn embedded() -> Result<ProcurementLaw, PlaceError> {
        let law = Figures::embedded(FILE)?;
        let mut out = ProcurementLaw::none();
        for kind in AnchorKind::ALL {
            let (at, name) = (kind.index(), kind.label());
            out.classes[at] = class(&law, name)?;
            out.reservation[at] = law.dated("reservation", name)?;
            out.social_value[at] = law.dated("social_value", name)?;
            out.social_value_at_any_value[at] = law.one("social_value_at_any_value", name)? > 0.0;
        }
        for class in Authority::ALL {
            let of = &mut out.thresholds[class.index()];
            of[Subject::GoodsServices.index()] =
                law.dated("thresholds", &format!("{}_goods_services", class.label()))?;
            of[Subject::Works.index()] = law.dated("thresholds", "works")?;
            let utility = *class == Authority::Utility;
            let name = if utility { "utility_light_touch" } else { "light_touch" };
            of[Subject::LightTouch.index()] = law.dated("thresholds", name)?;
            let name = if utility { "months_max_utility" } else { "months_max" };
            out.framework_months[class.index()] = law.one("frameworks", name)? as u16;
        }
        out.reservation_zones = zones(&law)?;
        out.dynamic_market = law.dated("frameworks", "dynamic_market")?;
        out.standstill_working_days = law.one("award", "standstill")? as u16;
        out.challenge_days = law.one("award", "challenge")? as u16;
        out.kpi_from_gbp = law.one("award", "kpi_from")?;
        out.turnover_multiple_max = law.one("award", "turnover_multiple_max")?;
        Ok(out)
    }

    /// No law, as in a town: nothing is above a threshold, nothing is forbidden, nothing is demanded.
    pub fn none() -> ProcurementLaw {
        ProcurementLaw {
            classes: [Authority::SubCentral; AnchorKind::COUNT],
            thresholds: Default::default(),
            reservation: Default::default(),
            social_value: Default::default(),
            social_value_at_any_value: Default::default(),
            reservation_zones: vec![Zone::City, Zone::Region],
            framework_months: [u16::MAX; Authority::COUNT],
            dynamic_market: Vec::new(),
            standstill_working_days: 0,
            challenge_days: 0,
            kpi_from_gbp: f64::INFINITY,
            turnover_multiple_max: f64::INFINITY,
        }
    }

    /// The class that sets an anchor's thresholds. NHS trusts and national bodies are central.
    pub fn authority(&self, kind: AnchorKind) -> Authority {
        self.classes[kind.index()]
    }

    /// Threshold in force in a month, GBP including VAT over the contract's whole length.
    pub fn threshold_gbp(&self, date: Date, kind: AnchorKind, subject: Subject) -> f64 {
        let rows = &self.thresholds[self.authority(kind).index()][subject.index()];
        in_force(rows, date, f64::INFINITY)
    }

    /// May a competition below the threshold be reserved to suppliers of the local area
    /// ([`Self::reservation_zones`]) or of the United Kingdom?
    pub fn may_reserve(&self, date: Date, kind: AnchorKind) -> bool {
        in_force(&self.reservation[kind.index()], date, 1.0) > 0.0
    }

    /// Least weight of social value, by law or binding policy, in awards from [`Self::social_value_from_gbp`].
    pub fn social_value_minimum(&self, date: Date, kind: AnchorKind) -> f64 {
        in_force(&self.social_value[kind.index()], date, 0.0)
    }

    /// Value from which that weight binds: the threshold, or any.
    pub fn social_value_from_gbp(&self, date: Date, kind: AnchorKind, subject: Subject) -> f64 {
        match self.social_value_at_any_value[kind.index()] {
            true => 0.0,
            false => self.threshold_gbp(date, kind, subject),
        }
    }

    /// The zones that count as local area: the authority's own and those that border it.
    pub fn reservation_zones(&self) -> &[Zone] {
        &self.reservation_zones
    }

    /// Longest term of a framework, months.
    pub fn framework_months_max(&self, kind: AnchorKind) -> u16 {
        self.framework_months[self.authority(kind).index()]
    }

    /// Are there dynamic markets, which stay open to new members?
    pub fn dynamic_market(&self, date: Date) -> bool {
        in_force(&self.dynamic_market, date, 1.0) > 0.0
    }

    /// Working days between the award notice and the contract, above the threshold.
    pub fn standstill_working_days(&self) -> u16 {
        self.standstill_working_days
    }

    /// Days within which a supplier may sue.
    pub fn challenge_days(&self) -> u16 {
        self.challenge_days
    }

    /// Value from which performance indicators must be set and published, GBP including VAT.
    pub fn kpi_from_gbp(&self) -> f64 {
        self.kpi_from_gbp
    }

    /// Yearly turnover that a buyer may demand, at most, over the contract's value.
    pub fn turnover_multiple_max(&self) -> f64 {
        self.turnover_multiple_max
    }
}

fn class(law: &Figures, kind: &str) -> Result<Authority, PlaceError> {
    let words = law.words("authorities", kind)?;
    let found = Authority::ALL.iter().find(|class| words.len() == 1 && class.label() == words[0]);
    found.copied().ok_or_else(|| {
        let key = format!("authorities.{kind}");
        PlaceError::wrong(&law.file, None, key, words.join(" "), "write central, sub_central or utility")
    })
}

fn zones(law: &Figures) -> Result<Vec<Zone>, PlaceError> {
    let words = law.words("reservation", "local_area")?;
    let zone = |word: &String| Zone::ALL.iter().find(|zone| zone.label() == word).copied();
    words.iter().map(zone).collect::<Option<Vec<_>>>().ok_or_else(|| {
        let key = "reservation.local_area";
        PlaceError::wrong(&law.file, None, key, words.join(" "), "write zones such as city")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn thresholds_change_in_january_2026() {
        let law = ProcurementLaw::embedded().unwrap();
        let at = |month, kind, subject| law.threshold_gbp(date(month), kind, subject);
        for (kind, before, after) in [
            (AnchorKind::National, 139_688.0, 135_018.0),
            (AnchorKind::Nhs, 139_688.0, 135_018.0),
            (AnchorKind::Council, 214_904.0, 207_720.0),
            (AnchorKind::University, 214_904.0, 207_720.0),
            (AnchorKind::College, 214_904.0, 207_720.0),
            (AnchorKind::Authority, 214_904.0, 207_720.0),
            (AnchorKind::Culture, 214_904.0, 207_720.0),
            (AnchorKind::Utility, 429_809.0, 415_440.0),
        ] {
            assert_eq!(at("2024-01", kind, Subject::GoodsServices), before);
            assert_eq!(at("2025-12", kind, Subject::GoodsServices), before);
            assert_eq!(at("2026-01", kind, Subject::GoodsServices), after);
            assert_eq!(at("2040-06", kind, Subject::GoodsServices), after);
            assert_eq!(at("2025-12", kind, Subject::Works), 5_372_609.0);
            assert_eq!(at("2026-01", kind, Subject::Works), 5_193_000.0);
            let light = if kind == AnchorKind::Utility { 884_720.0 } else { 663_540.0 };
            assert_eq!(at("2025-12", kind, Subject::LightTouch), light);
            assert_eq!(at("2026-01", kind, Subject::LightTouch), light);
        }
        assert_eq!(at("1999-01", AnchorKind::Council, Subject::GoodsServices), 214_904.0);
    }

    #[test]
    fn councils_may_reserve_from_february_2026() {
        let law = ProcurementLaw::embedded().unwrap();
        for kind in [AnchorKind::Council, AnchorKind::Authority] {
            assert!(!law.may_reserve(date("2020-01"), kind));
            assert!(!law.may_reserve(date("2026-01"), kind));
            assert!(law.may_reserve(date("2026-02"), kind));
        }
        for kind in [AnchorKind::Nhs, AnchorKind::University, AnchorKind::Utility, AnchorKind::National] {
            assert!(law.may_reserve(date("2026-01"), kind));
        }
        assert_eq!(law.reservation_zones(), [Zone::City, Zone::Region]);
    }

    #[test]
    fn only_central_bodies_must_weigh_social_value() {
        let law = ProcurementLaw::embedded().unwrap();
        for kind in AnchorKind::ALL {
            let central = law.authority(*kind) == Authority::Central;
            let least = if central { 0.10 } else { 0.0 };
            for month in ["2025-09", "2025-10", "2030-01"] {
                assert_eq!(law.social_value_minimum(date(month), *kind), least, "{}", kind.label());
                let from = law.social_value_from_gbp(date(month), *kind, Subject::GoodsServices);
                let threshold = law.threshold_gbp(date(month), *kind, Subject::GoodsServices);
                assert_eq!(from, if *kind == AnchorKind::Nhs { 0.0 } else { threshold });
            }
        }
    }

    #[test]
    fn terms_and_periods() {
        let law = ProcurementLaw::embedded().unwrap();
        assert_eq!(law.framework_months_max(AnchorKind::Council), 48);
        assert_eq!(law.framework_months_max(AnchorKind::Utility), 96);
        assert_eq!((law.standstill_working_days(), law.challenge_days()), (8, 30));
        assert_eq!((law.kpi_from_gbp(), law.turnover_multiple_max()), (5e6, 2.0));
        assert!(!law.dynamic_market(date("2025-01")) && law.dynamic_market(date("2025-02")));
    }

    #[test]
    fn without_law_nothing_binds() {
        let law = ProcurementLaw::none();
        for kind in AnchorKind::ALL {
            assert_eq!(law.threshold_gbp(date("2026-01"), *kind, Subject::Works), f64::INFINITY);
            assert!(law.may_reserve(date("2026-01"), *kind));
            assert_eq!(law.social_value_minimum(date("2026-01"), *kind), 0.0);
        }
    }
}
