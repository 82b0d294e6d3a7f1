//! What people call the answers of a survey.

use super::Kind;
use super::asides::{Aside, aside, counts};
use super::spending::{STAFF, Spending, spending};
use super::totals::of_both;
use super::words::{Away, any, either, first, leaks, outside, respends, spent_away, words};

/// What an answer about a payee is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Field {
    Name,
    Kind,
    Paid,
    Local,
    /// What is not local of it.
    Elsewhere,
    /// Which of the two: "local or non-local".
    Place,
    Respend,
    /// "Spent locally": by the payee, or on the payee, which what stands beside it tells.
    SpentLocally,
    /// Spent again, but not in the area.
    RespentElsewhere,
    /// Spent again outside, or here by those outside: its name does not tell.
    Unclear,
    /// A number of the row, or a code.
    Number,
    /// For the survey's readers: a note, a date, an address.
    Aside,
}

/// What a bare number under a name means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Means {
    Share,
    Percent,
    Amount,
    /// A share up to one, pounds above.
    ShareOrAmount,
    /// The same of a total, which nothing stands beside that would tell: in doubt it is asked, and not guessed.
    Either,
    /// What is spent in a round, R2 or R3: pounds, unless they are too few to be.
    Round,
}

/// An answer about the organisation as a whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Whole {
    Organisation,
    Area,
    Contractor,
    Income,
    Staff,
    StaffLocal,
    StaffRespend,
    /// Paid to those of them who are outside the area.
    StaffOutside,
    Suppliers,
    SuppliersLocal,
    SuppliersRespend,
    SuppliersOutside,
    OutsideRespend,
    /// Others than somebody who is not named.
    Others(Kind),
    /// Paid to them or spent by them: its name does not tell.
    StaffUnclear,
    SuppliersUnclear,
    /// Spent in the area on whomever.
    Local,
    /// Not spent in the area.
    Elsewhere,
    Respend,
    /// Spent again, but not in the area.
    RespentElsewhere,
    /// Spent outside, or by those outside: its name does not tell.
    Unclear,
    Total,
    Aside,
}

const SUPPLIERS: &str = "supplier suppliers supplies purchases procurement purchasing goods vendor vendors subcontractor \
    subcontractors contractors services";
const LOCAL: &str = "local locally resident residents residence inside islocal";
/// Of suppliers; of staff, national insurance.
const FAR: &str = "national regional international overseas abroad";
const INCOME: &str = "income turnover revenue receipts received r1 budget grant funding initial";
const PAID: &str = "amount amounts paid spend spent spending payment payments cost costs total value expenditure \
    sum invoice invoiced gross net";
const PAY: &str = "pay wage wages salary salaries";
const NAMES: &str = "payee name names recipient receiver who group item role firm business company";
const NUMBER: &str = "no nr nos number id ref reference code";
const ASIDE: &str = "note notes comment comments postcode address date year period source town ward sector survey id \
    number description lm3 multiplier";

fn means(words: &[String]) -> Means {
    if any(words, "percent percentage pct") {
        Means::Percent
    } else if any(words, "perpound") {
        Means::Share
    } else if any(words, "gbp pounds amount value") {
        Means::Amount
    } else if any(words, "share rate proportion fraction part") {
        Means::Share
    } else if any(words, "spend spent spending pay paid wages wage r2 r3 cost costs") {
        Means::ShareOrAmount
    } else {
        Means::Share
    }
}

/// What a bare number of what is spent again means: a share, unless its name says pounds.
pub(super) fn rate_of(means: Means) -> Means {
    if means == Means::ShareOrAmount { Means::Share } else { means }
}

/// What a column of a ledger, or a key of an entry, holds.
pub(super) fn field(name: &str) -> Option<(Field, Means)> {
    let words = words(name);
    let means = means(&words);
    if let Some(of) = aside(&words) {
        let number = of == Aside::Reference;
        return Some((if number { Field::Number } else { Field::Aside }, means));
    }
    if respends(&words) {
        let means = rate_of(means);
        let field = match spent_away(&words, any(&words, STAFF), SUPPLIERS, LOCAL) {
            _ if leaks(&words) => Field::Unclear,
            None => Field::Respend,
            Some(Away::Rest) => Field::RespentElsewhere,
            Some(_) => Field::Unclear,
        };
        return Some((field, means));
    }
    let here = any(&words, LOCAL) || (any(&words, "area") && any(&words, "in"));
    let money = !words.is_empty() && words.iter().all(|word| ["gbp", "pounds"].contains(&word.as_str()));
    let far = any(&words, "other rest remaining remainder external away")
        || (any(&words, FAR) && !any(&words, "insurance"));
    if outside(&words) || leaks(&words) || (far && !here && any(&words, PAID)) {
        return Some((if either(name) { Field::Place } else { Field::Elsewhere }, means));
    }
    if let (true, Some(Spending::Again(_))) = (any(&words, "by"), spending(&words)) {
        return Some((Field::Respend, rate_of(means)));
    }
    if here {
        let place = first(&words, &format!("{LOCAL} area"));
        let spent =
            first(&words, "spend spends spent spending").zip(place).is_some_and(|(spent, at)| spent < at);
        return Some((if spent { Field::SpentLocally } else { Field::Local }, means));
    }
    let names = any(&words, NAMES) || any(&words, SUPPLIERS) || any(&words, STAFF);
    let field = match () {
        () if any(&words, "kind type category") => Field::Kind,
        () if money || any(&words, PAID) || any(&words, PAY) => Field::Paid,
        () if any(&words, NUMBER) && !any(&words, "name names") => Field::Number,
        () if names => Field::Name,
        () if any(&words, ASIDE) => Field::Aside,
        () => return None,
    };
    Some((field, means))
}

/// What an answer about the whole organisation is.
pub(super) fn whole(name: &str) -> Option<(Whole, Means)> {
    let words = words(name);
    let means = means(&words);
    let (staff, suppliers) = (any(&words, STAFF), any(&words, SUPPLIERS));
    let here = any(&words, "area") && any(&words, "in");
    let respend = respends(&words);
    let (income, others) = (any(&words, INCOME) && !staff, any(&words, "other others external"));
    let outside = outside(&words) || (suppliers && any(&words, FAR));
    let local = !outside && (any(&words, LOCAL) || here || any(&words, "r2"));
    let rate = rate_of(means);
    let share = means == Means::Share && any(&words, "share rate proportion fraction part perpound");
    let part = match means {
        Means::ShareOrAmount if any(&words, "r2 r3") => Means::Round,
        Means::Share | Means::ShareOrAmount if !share => Means::Either,
        means => means,
    };
    let spends = spending(&words);
    let found = match () {
        () if counts(&words) || matches!(aside(&words), Some(Aside::Note)) => (Whole::Aside, means),
        () if leaks(&words) && !income => (Whole::Unclear, means),
        () if respend && let Some(away) = spent_away(&words, staff && outside, SUPPLIERS, LOCAL) => {
            match away {
                Away::Rest => (Whole::RespentElsewhere, part),
                Away::ByThoseOutside => (Whole::OutsideRespend, rate),
                Away::Unclear => (Whole::Unclear, rate),
            }
        }
        () if let Some(of) = of_both(name, part) => of,
        () if respend && staff => (Whole::StaffRespend, rate),
        () if respend && outside => (Whole::OutsideRespend, rate),
        () if respend && suppliers => (Whole::SuppliersRespend, rate),
        () if respend => (Whole::Respend, part),
        () if outside && let Some(Spending::Again(kind)) = spends => {
            let spent = first(
                &words,
                "spend spends spent spending buy buys bought buying expenditure purchase purchases",
            );
            let here = first(&words, LOCAL).is_some_and(|at| Some(at) < spent);
            if here && kind == Kind::Supplier {
                (Whole::OutsideRespend, rate)
            } else {
                (Whole::Unclear, means)
            }
        }
        () if outside && staff => (Whole::StaffOutside, part),
        () if outside && suppliers && !income => (Whole::SuppliersOutside, part),
        () if others && staff => (Whole::Others(Kind::Staff), means),
        () if others && suppliers && !income => (Whole::Others(Kind::Supplier), means),
        () if let Some(of) = spends => match of {
            Spending::Paid(Kind::Staff) => (Whole::StaffLocal, part),
            Spending::Paid(Kind::Supplier) => (Whole::SuppliersLocal, part),
            Spending::Again(Kind::Staff) => (Whole::StaffRespend, rate),
            Spending::Again(Kind::Supplier) => (Whole::SuppliersRespend, rate),
            Spending::Unclear(Kind::Staff) => (Whole::StaffUnclear, means),
            Spending::Unclear(Kind::Supplier) => (Whole::SuppliersUnclear, means),
        },
        () if any(&words, "contractor") => (Whole::Contractor, means),
        () if staff && local => (Whole::StaffLocal, part),
        () if suppliers && local => (Whole::SuppliersLocal, part),
        () if staff => (Whole::Staff, means),
        () if any(&words, INCOME) => (Whole::Income, means),
        () if suppliers => (Whole::Suppliers, means),
        () if outside => (Whole::Elsewhere, part),
        () if any(&words, "area") && !here => (Whole::Area, means),
        () if any(&words, "organisation organization name title") => (Whole::Organisation, means),
        () if local => (Whole::Local, part),
        () if any(&words, "total totals all sum") => (Whole::Total, means),
        () if any(&words, ASIDE) => (Whole::Aside, means),
        () => return None,
    };
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_columns() {
        for (name, wanted) in [
            ("Payee", (Field::Name, Means::Share)),
            ("SUPPLIER NAME", (Field::Name, Means::Share)),
            ("Amount (£)", (Field::Paid, Means::Amount)),
            ("paid_gbp", (Field::Paid, Means::Amount)),
            ("Gross pay", (Field::Paid, Means::ShareOrAmount)),
            ("Total spend", (Field::Paid, Means::ShareOrAmount)),
            ("local?", (Field::Local, Means::Share)),
            ("In area", (Field::Local, Means::Share)),
            ("Local spend", (Field::Local, Means::ShareOrAmount)),
            ("% local", (Field::Local, Means::Percent)),
            ("resident_share", (Field::Local, Means::Share)),
            ("Local re-spend", (Field::Respend, Means::Share)),
            ("re-spend (%)", (Field::Respend, Means::Percent)),
            ("respend_gbp", (Field::Respend, Means::Amount)),
            ("Respent locally £", (Field::Respend, Means::Amount)),
        ] {
            assert_eq!(field(name), Some(wanted), "{name}");
        }
        assert_eq!(field("colour"), None);
    }

    #[test]
    fn names_of_totals() {
        for (name, wanted) in [
            ("Turnover", Whole::Income),
            ("Total income", Whole::Income),
            ("Staff wages", Whole::Staff),
            ("Local staff", Whole::StaffLocal),
            ("Staff local share", Whole::StaffLocal),
            ("staff_respend", Whole::StaffRespend),
            ("Suppliers", Whole::Suppliers),
            ("Local suppliers", Whole::SuppliersLocal),
            ("Supplier re-spend rate", Whole::SuppliersRespend),
            ("Local spend", Whole::Local),
            ("Re-spend", Whole::Respend),
            ("Non-local staff", Whole::StaffOutside),
            ("Staff outside the area", Whole::StaffOutside),
            ("Staff (non-local)", Whole::StaffOutside),
            ("Staff not in the area", Whole::StaffOutside),
            ("Staff costs (not including pensions)", Whole::Staff),
            ("Local staff (not agency)", Whole::StaffLocal),
            ("External staff", Whole::Others(Kind::Staff)),
            ("Income from services outside the area", Whole::Income),
            ("Income from other services", Whole::Income),
            ("Staff national insurance", Whole::Staff),
            ("National suppliers", Whole::SuppliersOutside),
            ("Suppliers elsewhere", Whole::SuppliersOutside),
            ("Re-spend of outside suppliers", Whole::OutsideRespend),
            ("Local spend by suppliers outside the area", Whole::OutsideRespend),
            ("Other staff", Whole::Others(Kind::Staff)),
            ("R2 staff", Whole::StaffLocal),
            ("R3 suppliers", Whole::SuppliersRespend),
        ] {
            assert_eq!(whole(name).map(|of| of.0), Some(wanted), "{name}");
        }
    }
}
