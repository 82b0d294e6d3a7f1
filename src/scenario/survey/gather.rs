//! From answers to a survey, with all that is wrong in them.

use super::answer::Answer;
use super::doubts::{self, percents};
use super::fields::Means;
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

    fn payee(&self, rates: &[Option<f64>; 3], faults: &mut Vec<Diagnostic>) -> Option<Payee> {
        let mut keep = |of: Result<f64, Diagnostic>| of.map_err(|fault| faults.push(fault)).ok();
        let paid = match &self.paid {
            Some(answer) => keep(answer.amount()),
            None if self.unread[0] => None,
            None => keep(Err(
                self.missing("what it was paid", "give the amount: pay_gbp of staff, paid_gbp of a supplier")
            )),
        };
        let local = match (&self.local, paid) {
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

impl Gathered {
    pub fn survey(mut self, file: &str, text: &str) -> Result<Survey, ScenarioError> {
        let mut faults = std::mem::take(&mut self.faults);
        faults.append(&mut percents(&self));
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
        if faults.is_empty() {
            self.together(&payees, stated.as_ref().zip(income), total, &mut faults);
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
            payees,
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
        if let (Some(answer), Some(total)) = (&self.total, total)
            && (total - paid).abs() > 0.005 * paid.max(1.0)
            && income.is_none_or(|(_, income)| (total - income).abs() > 0.005 * income)
        {
            faults.push(answer.wrong(
                format!("the rows come to £{paid:.2}"),
                "correct the total or a row, or take the row of totals out",
            ));
        }
    }
}
