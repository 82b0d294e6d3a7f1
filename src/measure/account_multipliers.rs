//! Multipliers of a social accounting matrix (Pyatt and Round 1979; Miller and Blair 2009, chapter 11): with A what each account
//! inside pays to each of what it receives, `M = (I - A)^-1`; `m[i][j]` is what account i receives of one unit given to j.

use super::leontief::{Singular, invert};
use super::table::{Cell, Column, Table};
use crate::scenario::io_table::{AccountKind, Accounts};
use nalgebra::DMatrix;

/// The inverse, and Type I among what is produced.
#[derive(Clone, Debug)]
pub struct AccountMultipliers {
    pub names: Vec<String>,
    pub kinds: Vec<AccountKind>,
    pub inverse: DMatrix<f64>,
    /// Of accounts of production: output per unit of final demand, all other accounts outside.
    pub type_1: Vec<Option<f64>>,
}

impl AccountMultipliers {
    pub fn of(accounts: &Accounts) -> Result<AccountMultipliers, Singular> {
        let n = accounts.names.len();
        let shares = DMatrix::from_fn(n, n, |i, j| accounts.shares[i][j]);
        let inverse = invert(&shares).ok_or(Singular { with_households: true })?;
        let produced: Vec<usize> = (0..n).filter(|i| accounts.kinds[*i] == AccountKind::Production).collect();
        let inputs = shares.select_rows(&produced).select_columns(&produced);
        let open = invert(&inputs).ok_or(Singular { with_households: false })?;
        let mut type_1 = vec![None; n];
        produced.iter().enumerate().for_each(|(k, j)| type_1[*j] = Some(open.column(k).sum()));
        Ok(AccountMultipliers {
            names: accounts.names.clone(),
            kinds: accounts.kinds.clone(),
            inverse,
            type_1,
        })
    }

    /// What accounts of a kind, or all of them, receive of one unit given to account j.
    pub fn received(&self, j: usize, kind: Option<AccountKind>) -> f64 {
        let counts = |i: &usize| kind.is_none_or(|kind| self.kinds[*i] == kind);
        (0..self.names.len()).filter(counts).fold(0.0, |sum, i| sum + self.inverse[(i, j)])
    }
}

const PER: &str = "per unit given to the account";

/// `account_multipliers.csv`: a row an account.
pub fn table(of: &AccountMultipliers) -> Table {
    let mut t = Table::new(
        "account_multipliers",
        vec![
            Column::new("account", "", "Account that receives one unit from outside"),
            Column::new("account_kind", "", "What the account is taken for"),
            Column::new("all_accounts", PER, "Received by all accounts inside"),
            Column::new("production", PER, "Of it by accounts of production: output, other accounts inside"),
            Column::new("factors", PER, "Of it by factors: value added"),
            Column::new("households", PER, "Of it by households: income"),
            Column::new("enterprises", PER, "Of it by enterprises"),
            Column::new(
                "output_multiplier_type_1",
                "ratio",
                "Output with only accounts of production inside",
            ),
        ],
    );
    use AccountKind as K;
    for (j, name) in of.names.iter().enumerate() {
        let mut row = vec![name.as_str().into(), of.kinds[j].label().into()];
        let kinds = [None, Some(K::Production), Some(K::Factor), Some(K::Households), Some(K::Enterprises)];
        row.extend(kinds.map(|kind| Cell::Real(of.received(j, kind), 6)));
        row.push(of.type_1[j].map_or(Cell::Empty, |x| Cell::Real(x, 6)));
        t.push(row);
    }
    t
}

/// `account_inverse.csv`: the inverse, cell by cell.
pub fn inverse_table(of: &AccountMultipliers) -> Table {
    let mut t = Table::new(
        "account_inverse",
        vec![
            Column::new("receiver", "", "Account that receives"),
            Column::new("given_to", "", "Account that is given one unit from outside"),
            Column::new("received", PER, "Received in all rounds"),
        ],
    );
    for (i, row) in of.names.iter().enumerate() {
        for (j, column) in of.names.iter().enumerate() {
            t.push(vec![row.as_str().into(), column.as_str().into(), Cell::Real(of.inverse[(i, j)], 8)]);
        }
    }
    t
}
