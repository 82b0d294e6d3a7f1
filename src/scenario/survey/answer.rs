//! One answer as it was written, whether in TOML or in CSV, and what it says.

use super::fields::Means;
use super::totals::plain;
use crate::scenario::grid::{Cell, Decimal, Unit, Written, read};
use crate::scenario::tree::{Node, Value};
use crate::scenario::{Diagnostic, Origin};

/// What an answer about a part tells of.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Side {
    /// Of what is in the area.
    #[default]
    Here,
    /// Of the rest.
    Elsewhere,
    /// Of either, by its own word.
    Named,
}

/// A dash, which stands for nought among amounts.
pub(super) fn is_dash(text: &str) -> bool {
    matches!(text.trim(), "-" | "–" | "—" | "−")
}

/// What people write where they got no answer.
pub(super) fn is_no_answer(text: &str) -> bool {
    const WORDS: [&str; 19] = [
        "n/a",
        "na",
        "n.a.",
        "n.a",
        "not applicable",
        "no response",
        "no reply",
        "no answer",
        "none given",
        "not asked",
        "not known",
        "unknown",
        "not surveyed",
        "did not respond",
        "not available",
        "no data",
        "tbc",
        "..",
        "?",
    ];
    is_dash(text) || WORDS.contains(&text.trim().to_lowercase().as_str())
}

#[derive(Clone, Debug)]
pub(super) struct Answer {
    /// Whose it is: `staff "Cooks", pay_gbp`.
    pub key: String,
    pub text: String,
    pub at: Origin,
    pub decimal: Decimal,
    pub side: Side,
}

impl Answer {
    pub fn cell(key: String, cell: &Cell, decimal: Decimal) -> Answer {
        Answer { key, text: cell.text.clone(), at: cell.at.clone(), decimal, side: Side::Here }
    }

    /// A value of TOML; a table or a list is none.
    pub fn node(key: String, node: &Node) -> Result<Answer, Diagnostic> {
        let text = match &node.value {
            Value::Text(text) | Value::Moment(text) => text.clone(),
            Value::Whole(n) => n.to_string(),
            Value::Real(x) => x.to_string(),
            Value::Switch(on) => on.to_string(),
            Value::Table(_) | Value::List(_) | Value::TooLarge => {
                let title = format!("{key} is {}", node.value.words());
                return Err(Diagnostic::at(&node.at, title)
                    .label("one value is needed")
                    .help("write a number, \"40%\" or \"£1,000\"; `recirc lm3 --new FILE` shows the form"));
            }
        };
        Ok(Answer { key, text, at: node.at.clone(), decimal: Decimal::Point, side: Side::Here })
    }

    pub fn of(self, side: Side) -> Answer {
        Answer { side, ..self }
    }

    pub fn wrong(&self, what: impl Into<String>, remedy: impl Into<String>) -> Diagnostic {
        let shown = if self.text.is_empty() { "(empty)" } else { &self.text };
        Diagnostic::at(&self.at, format!("{} = {shown}", self.key)).label(what).help(remedy)
    }

    /// An amount in pounds: finite and not negative.
    pub fn amount(&self) -> Result<f64, Diagnostic> {
        match read(&self.text, self.decimal) {
            Some(of) if of.unit == Unit::Percent => {
                Err(self.wrong("a percentage", "write an amount in pounds, such as 1000 or \"£1,000\""))
            }
            Some(of) if of.value < 0.0 => Err(self.wrong(
                "an amount is not negative",
                "take it off what was paid; a credit note is, where it has its payee's name and answers in shares",
            )),
            Some(of) if of.value <= 1e13 => Ok(of.value),
            Some(_) => Err(self.wrong("too large", "write an amount in pounds")),
            None => Err(self.wrong("no amount", "write an amount in pounds, such as 1000 or £1,000.50")),
        }
    }

    /// A share from nought to one, of an amount: `0.4`, `40%`, `£400` or, where the name says so, `400`. It is that of
    /// what is in the area, whichever part is told of.
    pub fn share(&self, means: Means, of: f64) -> Result<f64, Diagnostic> {
        let told = self.share_told(means, of)?;
        Ok(if self.side == Side::Elsewhere { 1.0 - told } else { told })
    }

    fn share_told(&self, means: Means, of: f64) -> Result<f64, Diagnostic> {
        let written = read(&self.text, self.decimal).or_else(|| self.pence(means)).ok_or_else(|| {
            self.wrong(
                "no share",
                "write a share from 0 to 1, such as 0.45 or 45%, or an amount in pounds; leave it empty where there is no answer",
            )
        })?;
        let bare = written.value;
        if bare < 0.0 {
            return Err(self.wrong("a share is not negative", "write a share from 0 to 1: 0.45 or 45%"));
        }
        let as_amount = |value: f64| {
            if value > of * (1.0 + 1e-9) {
                let remedy = format!("it is a part of the £{of:.2}: correct one of them");
                return Err(self.wrong("more than the whole", remedy));
            }
            Ok(if of > 0.0 { (value / of).min(1.0) } else { 0.0 })
        };
        if let Some(fault) = self.in_doubt(means, of) {
            return Err(fault);
        }
        let share = match (written.unit, means) {
            (Unit::Percent, _) => bare,
            (Unit::Money, _) | (Unit::Bare, Means::Amount | Means::Round) => return as_amount(bare),
            (Unit::Bare, Means::ShareOrAmount | Means::Either) if bare > 1.0 => return as_amount(bare),
            // A hundred and more is no percentage.
            (Unit::Bare, Means::Share) if bare > 100.0 && bare <= of => return as_amount(bare),
            (Unit::Bare, Means::Percent) => bare / 100.0,
            (Unit::Bare, _) => bare,
        };
        if share > 1.0 {
            let whole = if written.unit == Unit::Percent || means == Means::Percent { "100%" } else { "1" };
            let near = if written.unit == Unit::Bare && bare <= 100.0 {
                format!("write {} or {bare}% for a share, £{bare} for an amount", plain(bare / 100.0))
            } else {
                format!("write £{bare} if it is an amount, else a share from 0 to 1")
            };
            return Err(self.wrong(format!("a share is at most {whole}"), near));
        }
        Ok(share)
    }

    /// Pence in the pound: `76p`.
    fn pence(&self, means: Means) -> Option<Written> {
        let pence = read(self.text.strip_suffix('p')?, self.decimal).filter(|of| of.unit == Unit::Bare)?;
        let share = matches!(means, Means::Share | Means::Percent | Means::Either);
        share.then_some(Written { value: pence.value / 100.0, unit: Unit::Percent })
    }

    /// A bare number that reads as a share as well as an amount of this whole, where those are not the same. It is a share up to
    /// one where the amount would be less than a penny in the pound, and an amount above one where that is more than ten
    /// pence in the pound. What a round comes to is an amount, unless that would be less than a penny in the pound.
    pub fn in_doubt(&self, means: Means, of: f64) -> Option<Diagnostic> {
        let bare = read(&self.text, self.decimal).filter(|written| written.unit == Unit::Bare)?.value;
        if bare <= 0.0 || bare > of || !of.is_finite() {
            return None;
        }
        let part = bare / of;
        let (share, doubtful) = match means {
            Means::Either if bare <= 1.0 => (bare, part >= 0.01 && (part - bare).abs() > 1e-9),
            Means::Either => (bare / 100.0, bare <= 100.0 && part <= 0.1),
            Means::Round if bare <= 1.0 => (bare, part < 0.01),
            Means::Round => (bare / 100.0, bare <= 100.0 && part < 0.01),
            _ => return None,
        };
        let percent = (share * 1e8).round() / 1e6;
        let what = format!("£{bare} of £{of}, or {percent}% of it?");
        doubtful.then(|| self.wrong(what, format!("write £{bare} for the amount, {percent}% for the share")))
    }

    /// The part that is local: yes, no, a share, or an amount.
    pub fn local(&self, means: Means, of: f64) -> Result<f64, Diagnostic> {
        let elsewhere = self.side == Side::Elsewhere;
        match self.text.trim().to_lowercase().as_str() {
            "local" | "in" | "inside" => Ok(1.0),
            "outside" | "nonlocal" | "non-local" | "non local" | "not local" | "out" | "elsewhere" => Ok(0.0),
            _ if self.side == Side::Named => {
                Err(self.wrong("neither local nor outside", "write local or outside"))
            }
            "yes" | "y" | "true" | "✓" | "✔" => Ok(if elsewhere { 0.0 } else { 1.0 }),
            "no" | "n" | "false" | "✗" | "✘" => Ok(if elsewhere { 1.0 } else { 0.0 }),
            text if read(text, self.decimal).is_none() => Err(self.wrong(
                "neither yes nor no nor a share",
                "write yes or no, a share such as 0.4 or 40%, or an amount such as £400",
            )),
            _ => self.share(means, of),
        }
    }

    /// Where the organisation itself is: "local" or "outside".
    pub fn contractor(&self) -> Result<bool, Diagnostic> {
        match self.text.trim().to_lowercase().as_str() {
            "local" | "inside" => Ok(true),
            "outside" | "non-local" | "nonlocal" => Ok(false),
            _ => Err(self.wrong("no such place", "write \"local\" or \"outside\"")),
        }
    }
}
