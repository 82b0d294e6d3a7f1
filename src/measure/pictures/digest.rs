//! The little of a run that pictures over replicates need, taken from its tables.

use crate::measure::table::{Cell, Table};

/// From a month's row, by column, and the size of the city.
type OfMonth = fn(&dyn Fn(&str) -> f64, f64) -> f64;

/// A way to see the months of a run: its title, its unit, and its value from a month's row, at full size.
pub(super) struct Way {
    pub title: &'static str,
    pub unit: &'static str,
    of: OfMonth,
}

pub(super) const WAYS: [Way; 4] = [
    Way {
        title: "Anchor spending in the city",
        unit: "% of spending, both net of VAT",
        of: |row, _| 100.0 * row("anchor_spend_in_city") / row("anchor_spend").max(0.01),
    },
    Way {
        title: "Household income after tax",
        unit: "GBP million a year",
        of: |row, scale| row("household_income") * 12.0 / 1e6 / scale,
    },
    Way { title: "Jobs in the city", unit: "jobs", of: |row, scale| row("jobs") / scale },
    Way {
        title: "Service delivered",
        unit: "% of need",
        of: |row, _| 100.0 * row("service_delivered") / row("service_needed").max(0.01),
    },
];

/// A ward or a tenth of households over the run.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub by: &'static str,
    pub member: String,
    /// Disposable income, pounds a year a household; not a number where there is no household.
    pub income: f64,
    /// Residents in work, at full size.
    pub in_work: f64,
}

/// What is kept of a run for its pictures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Digest {
    /// Round, channel, pounds per pound spent.
    pub pound: Vec<(String, String, f64)>,
    pub months: Vec<String>,
    /// Of each way to see a run, a value a month: the mean of up to twelve months to it.
    pub paths: Vec<Vec<f64>>,
    pub groups: Vec<Group>,
}

impl Digest {
    /// From the tables that are kept of a run. `scale` is the size of its city.
    pub fn of(tables: &[Table], scale: f64) -> Digest {
        let mut of = Digest::default();
        for table in tables {
            match table.name {
                "pound" => of.pound = table.rows.iter().map(|row| entry(table, row)).collect(),
                "monthly" => of.see(table, scale),
                "wards" => of.groups.extend(groups(table, "ward", scale)),
                "deciles" => of.groups.extend(groups(table, "decile", scale)),
                _ => {}
            }
        }
        of
    }

    fn see(&mut self, monthly: &Table, scale: f64) {
        self.months = monthly.rows.iter().map(|row| text(monthly, row, "month")).collect();
        let path = |way: &Way| -> Vec<f64> {
            let value = |row: &Vec<Cell>| (way.of)(&|column| number(monthly, row, column), scale);
            smooth(&monthly.rows.iter().map(value).collect::<Vec<_>>())
        };
        self.paths = WAYS.iter().map(path).collect();
    }
}

fn entry(table: &Table, row: &[Cell]) -> (String, String, f64) {
    (text(table, row, "round"), text(table, row, "channel"), number(table, row, "value"))
}

/// The mean of up to twelve months up to each month: a year's rhythm of awards would drown the lines.
fn smooth(values: &[f64]) -> Vec<f64> {
    let mean = |i: usize| {
        let from = (i + 1).saturating_sub(12);
        values[from..=i].iter().sum::<f64>() / (i + 1 - from) as f64
    };
    (0..values.len()).map(mean).collect()
}

/// The members of a table of households, in the order of its first year, over all years.
fn groups(table: &Table, by: &'static str, scale: f64) -> Vec<Group> {
    let mut sums: Vec<(String, [f64; 3], f64)> = Vec::new();
    for row in &table.rows {
        let member = text(table, row, by);
        let at = sums.iter().position(|(known, ..)| *known == member).unwrap_or_else(|| {
            sums.push((member, [0.0; 3], 0.0));
            sums.len() - 1
        });
        let (_, sum, years) = &mut sums[at];
        // A year in which the run was stopped counts by its months.
        let part = table.position("months").map_or(1.0, |_| number(table, row, "months") / 12.0);
        for (sum, (column, times)) in
            sum.iter_mut().zip([("households", part), ("income", 1.0), ("in_work", part)])
        {
            *sum += number(table, row, column) * times;
        }
        *years += part;
    }
    let group = |(member, [households, income, in_work], years): (String, [f64; 3], f64)| Group {
        by,
        member,
        income: if households > 0.0 { income / households } else { f64::NAN },
        in_work: in_work / years / scale,
    };
    sums.into_iter().map(group).collect()
}

fn cell<'a>(table: &Table, row: &'a [Cell], column: &str) -> Option<&'a Cell> {
    row.get(table.position(column)?)
}

fn text(table: &Table, row: &[Cell], column: &str) -> String {
    cell(table, row, column).map_or_else(String::new, Cell::to_string)
}

/// Money in pounds.
fn number(table: &Table, row: &[Cell], column: &str) -> f64 {
    match cell(table, row, column) {
        Some(Cell::Int(n)) => *n as f64,
        Some(Cell::Pence(pence)) => *pence as f64 / 100.0,
        Some(Cell::Real(x, _)) => *x,
        _ => f64::NAN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::table::Column;

    fn columns(names: &[&'static str]) -> Vec<Column> {
        names.iter().map(|name| Column::new(name, "", "")).collect()
    }

    #[test]
    fn a_year_of_fewer_months_counts_by_them() {
        let names = ["year", "ward", "households", "income", "in_work", "months"];
        let mut wards = Table::new("wards", columns(&names));
        for (year, income, in_work, months) in [(1, 4_000_000, 3.0, 12), (2, 2_000_000, 6.0, 6)] {
            wards.push(vec![
                Cell::Int(year),
                "Armley".into(),
                Cell::Int(2),
                Cell::Pence(income),
                Cell::Real(in_work, 2),
                Cell::Int(months),
            ]);
        }
        let Group { income, in_work, .. } = &Digest::of(&[wards], 1.0).groups[0];
        assert_eq!((*income, *in_work), (20_000.0, 4.0));
    }

    #[test]
    fn a_ward_is_seen_over_all_its_years_at_full_size() {
        let mut wards = Table::new("wards", columns(&["year", "ward", "households", "income", "in_work"]));
        for (year, income) in [(1, 2_000_000), (2, 4_000_000)] {
            wards.push(vec![
                Cell::Int(year),
                "Armley".into(),
                Cell::Int(2),
                Cell::Pence(income),
                Cell::Real(3.0, 2),
            ]);
        }
        let of = Digest::of(&[wards], 0.1);
        let Group { income, in_work, .. } = &of.groups[0];
        assert_eq!(*income, 15_000.0);
        assert!((in_work - 30.0).abs() < 1e-9);
    }

    #[test]
    fn a_month_is_the_mean_of_up_to_twelve() {
        let values: Vec<f64> = (1..=14).map(f64::from).collect();
        let smoothed = smooth(&values);
        assert_eq!(smoothed[0], 1.0);
        assert_eq!(smoothed[1], 1.5);
        assert_eq!(smoothed[13], 8.5);
    }
}
