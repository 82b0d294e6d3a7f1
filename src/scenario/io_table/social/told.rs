//! What a reader of the results should know of how accounts were read, and what is asked of the user.

use super::Matrix;
use super::evidence::Found;
use super::kinds::Kind;
use crate::scenario::Diagnostic;
use crate::scenario::grid::{Grid, Label};
use crate::scenario::io_table::Form;

/// An account of which its name does not tell what it is, and its payments not enough.
pub(super) fn which(label: &Label, why: &str, likely: Option<Kind>) -> Diagnostic {
    let name = &label.text;
    let likely = match likely {
        Some(Kind::Households) => " (by its payments, households or another institution)",
        _ => "",
    };
    Diagnostic::at(&label.at, format!("account \"{name}\" is called nothing that is known, and {why}"))
        .label("what is it?")
        .help(format!(
            "say so{likely}: --production-account \"{name}\", --factor-account, --household-account, or of another account \
             --exogenous \"{name}\" if it is given from outside (government, saving, the rest of the world), --endogenous if not"
        ))
}

impl Matrix {
    pub(super) fn told(&self, grid: &Grid, inside: &[usize]) -> Vec<String> {
        let mut notes = grid.notes.clone();
        let by_kind = |given: bool| {
            let of = |kind: Kind| {
                let is = |i: &usize| self.kinds[*i] == kind && inside.contains(i) != given;
                let names: Vec<&str> =
                    (0..self.at.len()).filter(is).map(|i| self.names[i].as_str()).collect();
                (!names.is_empty()).then(|| format!("{} ({})", kind.label(), names.join(", ")))
            };
            Kind::ALL.into_iter().filter_map(of).collect::<Vec<_>>().join(", ")
        };
        notes.push(format!(
            "Read as a social accounting matrix. Inside: {}. Given from outside: {}. Say otherwise with --endogenous and \
             --exogenous, of what an account is with --production-account, --factor-account and --household-account, or with \
             --kind flows if it is an input-output table.",
            by_kind(false),
            by_kind(true)
        ));
        for (name, found) in self.names.iter().zip(&self.found) {
            match found {
                Found::Shown(why) => notes.push(format!("\"{name}\" is read as production: {why}.")),
                Found::Taken(kind, why) => notes.push(format!(
                    "WARNING: \"{name}\" is called nothing that is known and counted among {}: {why}. If it is something else, say what it is.",
                    kind.label()
                )),
                Found::Odd(why) => notes.push(format!(
                    "WARNING: \"{name}\" is read as production, because its name says nothing else, but it {why}. If it is no such \
                     account, say what it is.",
                )),
                Found::Like(why) => notes.push(format!(
                    "WARNING: \"{name}\" is read by its name, but {why}. If it produces, say --production-account \"{name}\"."
                )),
                Found::Named | Found::Doubtful(..) => {}
            }
        }
        if self.form == Form::Coefficients {
            notes.push("Its cells are read as shares of what each account pays.".into());
        }
        if self.rounded {
            notes.push(super::rounding::TOLD.into());
        }
        notes
    }
}
