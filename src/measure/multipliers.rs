//! Type I and Type II multipliers and effects of output, income, employment and value added, by sector, and the
//! tables they are written to.

use super::leontief::{Households, Inverse, Singular, System, effects, output_multipliers};
use super::table::{Cell, Column, Table};
use crate::place::flq::{self, Quotient};
use crate::scenario::io_table::{Employment, IoTable};

/// What is counted beside output.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Measure {
    Income,
    Employment,
    ValueAdded,
}

impl Measure {
    pub const ALL: [Measure; 3] = [Measure::Income, Measure::Employment, Measure::ValueAdded];
}

/// A table ready for its multipliers.
#[derive(Clone, Debug)]
pub struct Economy {
    pub sectors: Vec<String>,
    pub system: System,
    /// Per unit of output; none where the table does not say. In the order of [`Measure::ALL`].
    pub direct: [Option<Vec<f64>>; 3],
}

/// One measure by sector: direct per unit of output (e), effects (eL) of both types.
#[derive(Clone, Debug)]
pub struct Effects {
    pub direct: Vec<f64>,
    pub type_1: Vec<f64>,
    pub type_2: Option<Vec<f64>>,
}

#[derive(Clone, Debug)]
pub struct Multipliers {
    pub sectors: Vec<String>,
    pub inverse: Inverse,
    /// Output multipliers, which are also output effects.
    pub output: (Vec<f64>, Option<Vec<f64>>),
    /// In the order of [`Measure::ALL`].
    pub effects: [Option<Effects>; 3],
}

impl Economy {
    /// A table that a user brings.
    pub fn of(table: &IoTable) -> Economy {
        let households = table.income.clone().zip(table.households.as_ref());
        let households =
            households.map(|(row, of)| Households { row, column: of.column.clone(), own: of.own });
        Economy {
            sectors: table.sectors.clone(),
            system: System { inputs: table.inputs.clone(), households },
            direct: [table.income.clone(), table.employment.clone(), table.value_added.clone()],
        }
    }

    /// The same for a region: of each input, and of what households buy, the share that the region can supply
    /// itself by its jobs. Pay, jobs and value added per unit of output stay the nation's.
    pub fn regional(&self, jobs: &Employment, method: (Quotient, f64)) -> Economy {
        let shares = flq::shares(&jobs.region, &jobs.nation, method);
        let to_households = flq::household_shares(&jobs.region, &jobs.nation, method);
        let local =
            |row: &[f64], shares: &[f64]| row.iter().zip(shares).map(|(a, t)| a * t).collect::<Vec<_>>();
        let mut out = self.clone();
        out.system.inputs = self.system.inputs.iter().zip(&shares).map(|(row, t)| local(row, t)).collect();
        if let Some(Households { column, .. }) = &mut out.system.households {
            *column = local(column, &to_households);
        }
        out
    }

    pub fn multipliers(&self) -> Result<Multipliers, Singular> {
        let inverse = self.system.inverse()?;
        // Income has households' row of the closed inverse, with what households pay each other.
        let round = 1.0 / (1.0 - self.system.households.as_ref().map_or(0.0, |of| of.own));
        let of = |k: usize| {
            let times = if Measure::ALL[k] == Measure::Income { round } else { 1.0 };
            self.direct[k].as_ref().map(|e| Effects {
                direct: e.clone(),
                type_1: effects(e, &inverse.type_1),
                type_2: inverse.type_2.as_ref().map(|l| effects(e, l).iter().map(|x| x * times).collect()),
            })
        };
        Ok(Multipliers {
            sectors: self.sectors.clone(),
            output: (output_multipliers(&inverse.type_1), inverse.type_2.as_ref().map(output_multipliers)),
            effects: [of(0), of(1), of(2)],
            inverse,
        })
    }
}

impl Effects {
    /// Effect over direct, `eL / e`; none where there is nothing direct.
    pub fn multiplier(&self, j: usize, effect: f64) -> Option<f64> {
        (self.direct[j] > 0.0).then(|| effect / self.direct[j])
    }
}

const PER: &str = "per unit of output";
const EFFECT: &str = "per unit of final demand";

/// `multipliers.csv`: a row a sector.
pub fn table(of: &Multipliers) -> Table {
    const DIRECT: [&str; 3] = [
        "Income of employees per unit of output: a table's compensation of employees; of a run, gross pay to residents",
        "Jobs per unit of output",
        "Value added per unit of output",
    ];
    const NAMES: [[&str; 5]; 3] = [
        [
            "income_direct",
            "income_effect_type_1",
            "income_effect_type_2",
            "income_multiplier_type_1",
            "income_multiplier_type_2",
        ],
        [
            "employment_direct",
            "employment_effect_type_1",
            "employment_effect_type_2",
            "employment_multiplier_type_1",
            "employment_multiplier_type_2",
        ],
        [
            "value_added_direct",
            "value_added_effect_type_1",
            "value_added_effect_type_2",
            "value_added_multiplier_type_1",
            "value_added_multiplier_type_2",
        ],
    ];
    let mut columns = vec![
        Column::new("sector", "", "Sector whose final demand rises by one unit"),
        Column::new(
            "output_multiplier_type_1",
            "ratio",
            "Column sum of the Leontief inverse, households outside",
        ),
        Column::new(
            "output_multiplier_type_2",
            "ratio",
            "The same with households inside; rows of production summed; empty where households are not known",
        ),
    ];
    for (direct, names) in DIRECT.into_iter().zip(NAMES) {
        columns.push(Column::new(names[0], PER, direct));
        columns.push(Column::new(
            names[1],
            EFFECT,
            "Effect, Type I: direct through the Leontief inverse (eL)",
        ));
        columns.push(Column::new(names[2], EFFECT, "Effect, Type II"));
        columns.push(Column::new(
            names[3],
            "ratio",
            "Effect over direct, Type I; empty where nothing is direct",
        ));
        columns.push(Column::new(names[4], "ratio", "Effect over direct, Type II"));
    }
    let mut t = Table::new("multipliers", columns);
    for (j, sector) in of.sectors.iter().enumerate() {
        let real = |x: Option<f64>| x.map_or(Cell::Empty, |x| Cell::Real(x, 6));
        let second = |v: &Option<Vec<f64>>| v.as_ref().map(|v| v[j]);
        let mut row = vec![sector.as_str().into(), real(Some(of.output.0[j])), real(second(&of.output.1))];
        for e in &of.effects {
            let Some(e) = e else {
                row.extend(std::iter::repeat_n(Cell::Empty, 5));
                continue;
            };
            let type_2 = second(&e.type_2);
            // Jobs per pound are so few that six decimals would tell two figures of them.
            let places = if e.direct.iter().all(|x| x.abs() < 0.01) { 12 } else { 6 };
            let effect = |x: Option<f64>| x.map_or(Cell::Empty, |x| Cell::Real(x, places));
            row.extend([effect(Some(e.direct[j])), effect(Some(e.type_1[j])), effect(type_2)]);
            row.push(real(e.multiplier(j, e.type_1[j])));
            row.push(real(type_2.and_then(|x| e.multiplier(j, x))));
        }
        t.push(row);
    }
    t
}

/// `leontief.csv`: the inverses, cell by cell.
pub fn inverse_table(of: &Multipliers) -> Table {
    let mut t = Table::new(
        "leontief",
        vec![
            Column::new("producer", "", "Sector that produces"),
            Column::new("demanded", "", "Sector whose final demand rises by one unit"),
            Column::new("type_1", EFFECT, "Output of the producer, households outside"),
            Column::new("type_2", EFFECT, "The same, households inside"),
        ],
    );
    for (i, row) in of.sectors.iter().enumerate() {
        for (j, column) in of.sectors.iter().enumerate() {
            let second = of.inverse.type_2.as_ref().map_or(Cell::Empty, |l| Cell::Real(l[(i, j)], 8));
            let first = Cell::Real(of.inverse.type_1[(i, j)], 8);
            t.push(vec![row.as_str().into(), column.as_str().into(), first, second]);
        }
    }
    t
}
