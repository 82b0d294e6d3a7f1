//! The Leontief inverse, open and closed with respect to households (Leontief 1936; Miller and Blair 2009,
//! sections 2.2, 2.5 and 6.2).
//!
//! With A the input coefficients, `L = (I - A)^-1`; `l[i][j]` is the output of sector i that one unit of final
//! demand for sector j calls forth. Type I counts sectors only. Type II adds households as one more row
//! (compensation of employees per unit of output) and column (their domestic purchases per unit of spending, or
//! of income); its sums run over the rows of production alone ("truncated"), so that both types count output.

pub use crate::base::rounds::invert;
use nalgebra::DMatrix;

/// Coefficients, and households where both their row and their column are known.
#[derive(Clone, Debug)]
pub struct System {
    /// `inputs[i][j]`: bought from i per unit of j's output.
    pub inputs: Vec<Vec<f64>>,
    pub households: Option<Households>,
}

/// Households as one more sector.
#[derive(Clone, Debug, Default)]
pub struct Households {
    /// What they earn per unit of each sector's output.
    pub row: Vec<f64>,
    /// What they buy of each sector per unit of their total.
    pub column: Vec<f64>,
    /// What households pay households (domestic service, say) per unit of their total.
    pub own: f64,
}

/// The inverses, rows and columns of production only.
#[derive(Clone, Debug)]
pub struct Inverse {
    pub type_1: DMatrix<f64>,
    pub type_2: Option<DMatrix<f64>>,
}

/// Nothing leaks: money put in goes round without end, and `I - A` has no inverse.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Singular {
    /// Whether it is the system closed with households that has none.
    pub with_households: bool,
}

impl System {
    pub fn inverse(&self) -> Result<Inverse, Singular> {
        let n = self.inputs.len();
        let inputs = DMatrix::from_fn(n, n, |i, j| self.inputs[i][j]);
        let type_1 = invert(&inputs).ok_or(Singular { with_households: false })?;
        let type_2 = self.households.as_ref().map(|Households { row, column, own }| {
            let mut closed = inputs.resize(n + 1, n + 1, 0.0);
            for k in 0..n {
                closed[(n, k)] = row[k];
                closed[(k, n)] = column[k];
            }
            closed[(n, n)] = *own;
            let whole = invert(&closed).ok_or(Singular { with_households: true })?;
            Ok(whole.view((0, 0), (n, n)).into_owned())
        });
        Ok(Inverse { type_1, type_2: type_2.transpose()? })
    }
}

/// Column sums: output called forth by one unit of final demand for each sector.
pub fn output_multipliers(inverse: &DMatrix<f64>) -> Vec<f64> {
    inverse.column_iter().map(|column| column.sum()).collect()
}

/// `eL`: income, jobs or value added called forth by one unit of final demand, `direct` being e, that per unit
/// of output.
pub fn effects(direct: &[f64], inverse: &DMatrix<f64>) -> Vec<f64> {
    inverse.column_iter().map(|column| column.iter().zip(direct).map(|(l, e)| l * e).sum()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-9, "{a} is not {b}");
    }

    /// Two sectors that buy from each other: A = [[0.15, 0.25], [0.20, 0.05]] (Miller and Blair 2009, section
    /// 2.3). By hand |I - A| = 0.85·0.95 - 0.25·0.20 = 0.7575.
    #[test]
    fn two_sectors_by_hand() {
        let system = System { inputs: vec![vec![0.15, 0.25], vec![0.20, 0.05]], households: None };
        let l = system.inverse().unwrap().type_1;
        for ((i, j), wanted) in [((0, 0), 0.95), ((0, 1), 0.25), ((1, 0), 0.20), ((1, 1), 0.85)] {
            close(l[(i, j)], wanted / 0.7575);
        }
        close(output_multipliers(&l)[0], 1.15 / 0.7575);
        close(effects(&[0.3, 0.25], &l)[0], (0.3 * 0.95 + 0.25 * 0.20) / 0.7575);
    }

    /// Miller and Blair (2009), section 2.5: the same two sectors with households, who pay each other too. The closed
    /// matrix is [[.15, .25, .05], [.20, .05, .40], [.30, .25, .05]]; by hand |I - A| = 0.587875.
    #[test]
    fn households_that_pay_households_by_hand() {
        let households = Households { row: vec![0.30, 0.25], column: vec![0.05, 0.40], own: 0.05 };
        let system =
            System { inputs: vec![vec![0.15, 0.25], vec![0.20, 0.05]], households: Some(households) };
        let l = system.inverse().unwrap().type_2.unwrap();
        // Cofactors: 0.95 x 0.95 - 0.40 x 0.25; 0.20 x 0.95 + 0.40 x 0.30.
        close(l[(0, 0)], 0.8025 / 0.587875);
        close(l[(1, 0)], 0.31 / 0.587875);
    }

    /// One sector that pays 0.5 in wages, all spent at it but a fifth: 1/(1 - 0.5·0.8) with households.
    #[test]
    fn households_add_their_rounds() {
        let one = |row: f64, column: f64| System {
            inputs: vec![vec![0.0]],
            households: Some(Households { row: vec![row], column: vec![column], own: 0.0 }),
        };
        let inverse = one(0.5, 0.8).inverse().unwrap();
        close(inverse.type_1[(0, 0)], 1.0);
        close(inverse.type_2.unwrap()[(0, 0)], 1.0 / 0.6);
        assert_eq!(one(1.0, 1.0).inverse().unwrap_err(), Singular { with_households: true });
        assert_eq!(one(1.2, 1.0).inverse().unwrap_err(), Singular { with_households: true });
    }
}
