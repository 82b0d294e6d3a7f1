//! From answers to a survey, with all that is wrong in them.

use super::answer::Answer;
use super::compared;
use super::credit;
use super::doubts::{self, percents};
use super::fields::Means;
use super::units::tiny;
use super::{DEFAULTS, Kind, Payee, Rate, Survey};
use crate::scenario::{Diagnostic, Origin, ScenarioError};

/// The answers about one payee, as far as they were given.
pub(super) struct Entry {
    pub name: String,
    pub kind: Kind,
    /// Where the entry stands.
    pub at: Origin,
    pub paid: Option<Answer>,
    pub local: Option<(Answer, Means)>,
    /// What is not local of it.
    pub elsewhere: Option<(Answer, Means)>,
    pub respend: Option<(Answer, Means)>,
    /// Whether what it was paid, and how much is local, was given and could not be read, which has been told.
    pub unread: [bool; 2],
}

/// The survey's own default rates, in the order of [`DEFAULTS`].
pub(super) type OwnRates = [Option<Answer>; 3];

#[derive(Default)]
pub(super) struct Gathered {
    pub organisation: Option<Answer>,
    pub area: Option<Answer>,
    /// By name: several kinds of income are added up.
    pub incomes: Vec<(String, Answer)>,
    pub contractor: Option<Answer>,
    pub rates: OwnRates,
    pub entries: Vec<Entry>,
    /// A row of totals, to be compared with what is paid.
    pub total: Option<Answer>,
    /// Rows that are the sum of all others, to be compared with them.
    pub totals: Vec<Entry>,
    /// How the file was read.
    pub notes: Vec<String>,
    /// Whether the entries are the rows of one table.
    pub in_columns: bool,
    pub faults: Vec<Diagnostic>,
}

impl Entry {
    fn who(&self) -> String {
        let kind = if self.kind == Kind::Staff { "staff" } else { "supplier" };
        format!("{kind} \"{}\"", self.name)
    }

    fn missing(&self, what: &str, remedy: &str) -> Diagnostic {
        Diagnostic::at(&self.at, format!("{} does not say {what}", self.who()))
            .label("incomplete")
            .help(remedy)
    }

    /// What it was paid; where two parts tell that, each.
    pub fn amounts(&self) -> Vec<&Answer> {
        match &self.paid {
            Some(paid) => vec![paid],
            None => self.local.iter().chain(&self.elsewhere).map(|of| &of.0).collect(),
        }
    }

    /// What it was paid inside and outside, where nothing tells the whole.
    fn two_parts(&self) -> Option<Result<[f64; 2], Diagnostic>> {
        let amounts = |means: Means| matches!(means, Means::Amount | Means::ShareOrAmount);
        let parts = [self.local.as_ref()?, self.elsewhere.as_ref()?];
        if self.paid.is_some() || self.unread[0] || parts.iter().any(|part| !amounts(part.1)) {
            return None;
        }
        let blank = parts.iter().all(|part| part.0.text.is_empty());
        let of = |answer: &Answer| if answer.text.is_empty() && !blank { Ok(0.0) } else { answer.amount() };
        let both = of(&parts[0].0).and_then(|here| Ok([here, of(&parts[1].0)?]));
        Some(both.and_then(|both| {
            if (both[0] + both[1] - 1.0).abs() < 1e-9 {
                return Err(parts[0].0.wrong(
                    "shares of what amount?",
                    "write pounds in both columns, or add the amount paid",
                ));
            }
            Ok(both)
        }))
    }

    /// The local part, where both parts are told beside the whole.
    fn agreed(&self, paid: f64) -> Option<Result<f64, Diagnostic>> {
        let ((local, of_local), (other, of_other)) = (self.local.as_ref()?, self.elsewhere.as_ref()?);
        let both = local.local(*of_local, paid).and_then(|here| Ok((here, other.local(*of_other, paid)?)));
        Some(both.and_then(|(here, by_other)| {
            if (here - by_other).abs() <= 0.005 {
                return Ok(here);
            }
            Err(other.wrong(
                format!("not the rest of what is paid: \"{}\" = {}", local.key, local.text),
                "correct one of the two, or leave it out",
            ))
        }))
    }

    fn payee(&self, rates: &[Option<f64>; 3], faults: &mut Vec<Diagnostic>) -> Option<Payee> {
        let parts = self.two_parts().map(|of| of.map_err(|fault| faults.push(fault)).ok());
        let mut keep = |of: Result<f64, Diagnostic>| of.map_err(|fault| faults.push(fault)).ok();
        let paid = match &self.paid {
            Some(answer) => keep(answer.amount()),
            None if let Some(parts) = parts => parts.map(|of| of[0] + of[1]),
            None if self.unread[0] => None,
            None => keep(Err(
                self.missing("what it was paid", "give the amount: pay_gbp of staff, paid_gbp of a supplier")
            )),
        };
        let told = self.local.as_ref().or(self.elsewhere.as_ref());
        let local = match (told, paid) {
            _ if let Some(parts) = parts => {
                parts.map(|[here, other]| if here > 0.0 { here / (here + other) } else { 0.0 })
            }
            (Some(_), Some(paid)) if let Some(agreed) = self.agreed(paid) => keep(agreed),
            (Some((answer, means)), _) => keep(answer.local(*means, paid.unwrap_or(f64::INFINITY))),
            (None, _) if self.unread[1] => None,
            (None, _) => keep(Err(self.missing(
                "how much of it is local",
                "give resident_share of staff (0 to 1), local of a supplier (true, false, or a share)",
            ))),
        };
        let staff = self.kind == Kind::Staff;
        let default = if staff {
            0
        } else if local.is_some_and(|local| local > 0.0) {
            1
        } else {
            2
        };
        let (respend, rate) = match (&self.respend, rates[default]) {
            (Some((answer, means)), _) => {
                // An amount spent again is a part of what arrived here; of a supplier outside, of what it was paid.
                let arrived = paid.zip(local).map(|(p, l)| if l > 0.0 || staff { p * l } else { p });
                (keep(answer.share(*means, arrived.unwrap_or(f64::INFINITY)))?, Rate::Surveyed)
            }
            (None, Some(own)) => (own, Rate::OwnDefault),
            (None, None) => (DEFAULTS[default].share, Rate::Default),
        };
        Some(Payee { name: self.name.clone(), kind: self.kind, paid: paid?, local: local?, respend, rate })
    }
}

/// Suppliers of whom some are outside, where it was asked what those spend here: the two groups that they are.
fn in_two(payee: Payee, outside: Option<f64>) -> Vec<Payee> {
    let Some(rate) = outside else { return vec![payee] };
    if payee.kind == Kind::Staff || payee.local <= 0.0 || payee.local >= 1.0 {
        return vec![payee];
    }
    let here = payee.paid * payee.local;
    let name = format!("{} (outside)", payee.name);
    let away = Payee {
        name,
        paid: payee.paid - here,
        local: 0.0,
        respend: rate,
        rate: Rate::OwnDefault,
        ..payee.clone()
    };
    vec![Payee { paid: here, local: 1.0, ..payee }, away]
}

impl Gathered {
    pub fn survey(mut self, file: &str, text: &str) -> Result<Survey, ScenarioError> {
        let mut faults = std::mem::take(&mut self.faults);
        credit::taken_off(&mut self.entries);
        faults.append(&mut percents(&self));
        faults.append(&mut tiny(&self));
        let stated = doubts::income(&self.incomes, &mut faults);
        let mut keep = |of: Result<f64, Diagnostic>| of.map_err(|fault| faults.push(fault)).ok();
        let rates = self
            .rates
            .each_ref()
            .map(|answer| answer.as_ref().and_then(|a| keep(a.share(Means::Share, 1.0))));
        let income = stated.as_ref().and_then(|answer| keep(answer.amount()));
        let total = self.total.as_ref().and_then(|answer| keep(answer.amount()));
        let contractor =
            self.contractor.as_ref().and_then(|a| a.contractor().map_err(|fault| faults.push(fault)).ok());
        let payees: Vec<Payee> =
            self.entries.iter().filter_map(|entry| entry.payee(&rates, &mut faults)).collect();
        let asked_outside = rates[2].filter(|rate| *rate > 0.0);
        if faults.is_empty() {
            self.together(&payees, stated.as_ref().zip(income), total, &mut faults);
            compared::totals(&self.totals, &payees, &mut faults);
        }
        if !faults.is_empty() {
            faults.sort_by_key(Diagnostic::position);
            return Err(ScenarioError::Invalid(faults));
        }
        let paid = payees.iter().fold(0.0, |sum, p| sum + p.paid);
        Ok(Survey {
            file: file.into(),
            sha256: crate::place::sha256(text.as_bytes()),
            organisation: self.organisation.map_or_else(|| "the organisation".into(), |of| of.text),
            area: self.area.map_or_else(|| "the area".into(), |of| of.text),
            income: income.unwrap_or(paid),
            income_stated: income.is_some(),
            contractor_is_local: contractor,
            payees: payees.into_iter().flat_map(|payee| in_two(payee, asked_outside)).collect(),
            notes: self.notes,
        })
    }

    /// What must hold of the whole: something paid, no more than came in, and totals that are totals.
    fn together(
        &self,
        payees: &[Payee],
        income: Option<(&Answer, f64)>,
        total: Option<f64>,
        faults: &mut Vec<Diagnostic>,
    ) {
        let paid = payees.iter().fold(0.0, |sum, p| sum + p.paid);
        if paid <= 0.0 {
            let fault = Diagnostic::new("nothing is paid to anyone in this survey");
            faults.push(fault.help(
                "list staff and suppliers with what they were paid; `recirc lm3 --new FILE` shows the form",
            ));
        } else if let Some((answer, income)) = income
            && paid > income * (1.0 + 1e-9)
        {
            faults.push(answer.wrong(
                format!("£{paid:.2} is paid, more than this"),
                "correct one, or leave the income out (it is then what is paid)",
            ));
        }
        // A worksheet may add its rounds up.
        let rounds = income.map_or(paid, |(_, income)| income)
            + payees.iter().fold(0.0, |sum, p| sum + p.second_round() + p.third_round());
        if let (Some(answer), Some(total)) = (&self.total, total)
            && [paid, rounds].iter().all(|sum| (total - sum).abs() > 0.005 * sum.max(1.0))
            && income.is_none_or(|(_, income)| (total - income).abs() > 0.005 * income)
        {
            faults.push(answer.wrong(
                format!("the rows come to £{paid:.2}"),
                "correct the total or a row, or take the row of totals out",
            ));
        }
    }
}
