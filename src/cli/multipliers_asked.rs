//! What `recirc multipliers` can be asked.

use crate::place::flq::Quotient;
use crate::scenario::io_table::Said;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// What `recirc multipliers` is asked.
#[derive(Args, Clone, Debug)]
pub struct MultipliersAsked {
    /// A symmetric input-output table (CSV): labelled rows sell, labelled columns buy
    #[arg(long, value_name = "FILE.csv", conflicts_with = "run")]
    pub table: Option<PathBuf>,
    /// The folder of a run: its sectors, its anchors' purchases, and the gap to the traced pounds
    #[arg(long, value_name = "DIR", conflicts_with = "lq")]
    pub run: Option<PathBuf>,
    /// Write a table to start from: the United Kingdom of 2010 in seventeen sectors
    #[arg(long, value_name = "FILE.csv", conflicts_with_all = ["run", "table"])]
    pub new: Option<PathBuf>,
    /// Year of the run [default: the last]
    #[arg(long, value_name = "N", requires = "run")]
    pub year: Option<u16>,
    /// Make it a region's by location quotients: a CSV file of sector, region, nation (jobs)
    #[arg(long, value_name = "EMPLOYMENT.csv")]
    pub lq: Option<PathBuf>,
    /// Flegg's delta, 0 to 1: how much a small region imports [default: 0.25]
    #[arg(long, value_name = "X", requires = "lq", value_parser = delta, allow_hyphen_values = true)]
    pub delta: Option<f64>,
    /// Location quotient [default: flq]
    #[arg(long, value_enum, ignore_case = true, value_name = "NAME", requires = "lq")]
    pub method: Option<Method>,
    /// Column of the region's jobs in the file of --lq, where its name does not tell
    #[arg(long, value_name = "LABEL", requires = "lq")]
    pub region_column: Option<String>,
    /// Column of the nation's jobs in it
    #[arg(long, value_name = "LABEL", requires = "lq")]
    pub nation_column: Option<String>,
    /// What the cells are, where the numbers do not show it
    #[arg(long, value_name = "flows|coefficients|sam")]
    pub kind: Option<String>,
    /// What the row of jobs of a table of coefficients holds
    #[arg(long, value_name = "total|per-unit")]
    pub jobs: Option<String>,
    /// An account of a social accounting matrix that is given from outside (repeatable) [default: government, saving and
    /// investment, the rest of the world]
    #[arg(long, value_name = "LABEL")]
    pub exogenous: Vec<String>,
    /// One that follows from what it receives (repeatable) [default: production, factors, households, enterprises]
    #[arg(long, value_name = "LABEL")]
    pub endogenous: Vec<String>,
    /// An account of it that produces, whatever its name (repeatable)
    #[arg(long, value_name = "LABEL")]
    pub production_account: Vec<String>,
    /// One that is a factor of production (repeatable)
    #[arg(long, value_name = "LABEL")]
    pub factor_account: Vec<String>,
    /// One of households (repeatable)
    #[arg(long, value_name = "LABEL")]
    pub household_account: Vec<String>,
    /// What stands before decimals, where a file leaves it open
    #[arg(long, value_name = "point|comma")]
    pub decimal: Option<String>,
    #[command(flatten)]
    pub labels: Labels,
}

/// Names of rows and columns that the usual labels do not cover.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Labels of the table")]
pub struct Labels {
    /// Row of compensation of employees
    #[arg(long, value_name = "LABEL")]
    pub income_row: Option<String>,
    /// Row of jobs
    #[arg(long, value_name = "LABEL")]
    pub employment_row: Option<String>,
    /// Row of gross value added
    #[arg(long, value_name = "LABEL")]
    pub value_added_row: Option<String>,
    /// Row of gross operating surplus
    #[arg(long, value_name = "LABEL")]
    pub surplus_row: Option<String>,
    /// Row of imports
    #[arg(long, value_name = "LABEL")]
    pub imports_row: Option<String>,
    /// Row of taxes on products
    #[arg(long, value_name = "LABEL")]
    pub taxes_row: Option<String>,
    /// Row of taxes on production
    #[arg(long, value_name = "LABEL")]
    pub production_taxes_row: Option<String>,
    /// Row of output
    #[arg(long, value_name = "LABEL")]
    pub output_row: Option<String>,
    /// Another row that belongs to the column's sum (repeatable)
    #[arg(long, value_name = "LABEL")]
    pub primary_row: Vec<String>,
    /// A row to leave out (repeatable)
    #[arg(long, value_name = "LABEL")]
    pub ignore_row: Vec<String>,
    /// Column of households' spending
    #[arg(long, value_name = "LABEL")]
    pub households_column: Option<String>,
    /// Column of output
    #[arg(long, value_name = "LABEL")]
    pub output_column: Option<String>,
    /// Another column of final demand (repeatable)
    #[arg(long, value_name = "LABEL")]
    pub final_column: Vec<String>,
    /// A column to leave out (repeatable)
    #[arg(long, value_name = "LABEL")]
    pub ignore_column: Vec<String>,
    /// All that households receive, in the table's unit: their purchases are then shares of it
    #[arg(long, value_name = "X", allow_hyphen_values = true)]
    pub household_income: Option<String>,
    /// How far sums may miss output, as a share of it [default: 0.002]
    #[arg(long, value_name = "X", allow_hyphen_values = true)]
    pub tolerance: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Method {
    Slq,
    Cilq,
    Flq,
    /// With regional specialisation; may exceed the nation's coefficient (Flegg and Webber 2000)
    Aflq,
    /// The same, held to the nation's coefficient
    AflqHeld,
}

fn delta(text: &str) -> Result<f64, String> {
    let value = text.parse::<f64>().ok().filter(|d| (0.0..=1.0).contains(d));
    value.ok_or_else(|| "write a number from 0 (no allowance for size) to 1".into())
}

impl MultipliersAsked {
    pub(super) fn said(&self) -> Vec<Said> {
        let of = &self.labels;
        let once = [
            ("kind", &self.kind),
            ("jobs", &self.jobs),
            ("decimal", &self.decimal),
            ("income_row", &of.income_row),
            ("employment_row", &of.employment_row),
            ("value_added_row", &of.value_added_row),
            ("surplus_row", &of.surplus_row),
            ("imports_row", &of.imports_row),
            ("taxes_row", &of.taxes_row),
            ("production_taxes_row", &of.production_taxes_row),
            ("output_row", &of.output_row),
            ("households_column", &of.households_column),
            ("output_column", &of.output_column),
            ("household_income", &of.household_income),
            ("tolerance", &of.tolerance),
        ];
        let many = [
            ("exogenous", &self.exogenous),
            ("endogenous", &self.endogenous),
            ("production_account", &self.production_account),
            ("factor_account", &self.factor_account),
            ("household_account", &self.household_account),
            ("primary_row", &of.primary_row),
            ("ignore_row", &of.ignore_row),
            ("final_column", &of.final_column),
            ("ignore_column", &of.ignore_column),
        ];
        let once = once.into_iter().filter_map(|(key, value)| Some(Said::option(key, value.as_ref()?)));
        let many =
            many.into_iter().flat_map(|(key, values)| values.iter().map(move |v| Said::option(key, v)));
        once.chain(many).collect()
    }

    /// The columns of region and nation.
    pub(super) fn job_columns(&self) -> [Option<Said>; 2] {
        [("region_column", &self.region_column), ("nation_column", &self.nation_column)]
            .map(|(key, value)| value.as_ref().map(|value| Said::option(key, value)))
    }

    pub(super) fn quotient(&self) -> (Quotient, f64) {
        let quotient = match self.method {
            Some(Method::Slq) => Quotient::Slq,
            Some(Method::Cilq) => Quotient::Cilq,
            Some(Method::Aflq) => Quotient::Aflq,
            Some(Method::AflqHeld) => Quotient::AflqHeld,
            Some(Method::Flq) | None => Quotient::Flq,
        };
        (quotient, self.delta.unwrap_or(0.25))
    }
}
