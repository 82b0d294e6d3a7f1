//! The average firm of the country, for what happens outside the city.

use super::assumed::Assumed;
use super::error::PlaceError;
use super::leeds;
use super::technology;

/// Averages over all sections of the national table, weighted by output.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Averages {
    /// Home output per pound of demand, firms only (Type I; ONS input-output table 2019).
    pub output: f64,
    /// Value added and compensation of employees in it, per pound of demand.
    pub value_added: f64,
    pub compensation: f64,
    /// Jobs per pound of value added: the value added a job of each section in the embedded city, at the nation's jobs.
    pub jobs_per_value_added: f64,
}

/// Type I averages of the national table.
pub fn averages() -> Result<Averages, PlaceError> {
    let (national, jobs, city) =
        (technology::national()?, technology::jobs()?, leeds::load(&Assumed::default())?);
    let t = &city.technology;
    let n = national.output.len();
    // x = w (I - A)^-1 for the row w of what is counted, by repeated substitution.
    let per_pound = |own: &dyn Fn(usize) -> f64| -> f64 {
        let mut row: Vec<f64> = (0..n).map(own).collect();
        for _ in 0..200 {
            row = (0..n).map(|j| own(j) + (0..n).map(|i| row[i] * t.domestic[i][j]).sum::<f64>()).collect();
        }
        let all: f64 = national.output.iter().sum();
        row.iter().zip(&national.output).map(|(x, w)| x * w).sum::<f64>() / all
    };
    let heads: f64 = jobs.nation.iter().sum();
    let value: f64 =
        city.sectors.iter().zip(&jobs.nation).map(|(s, jobs)| jobs * s.gva / s.jobs.max(1.0)).sum();
    Ok(Averages {
        output: per_pound(&|_| 1.0),
        value_added: per_pound(&|j| t.compensation[j] + t.surplus[j] + t.production_taxes[j]),
        compensation: per_pound(&|j| t.compensation[j]),
        jobs_per_value_added: heads / value,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The ONS prints a mean UK output multiplier (Type I) between 1.6 and 1.9; a pound of demand at basic prices is
    /// value added, imports and product taxes, so value added is below it.
    #[test]
    fn averages_are_sane() {
        let a = averages().unwrap();
        assert!((1.4..2.0).contains(&a.output), "{a:?}");
        assert!((0.6..1.0).contains(&a.value_added) && a.compensation < a.value_added, "{a:?}");
        assert!((1e-5..3e-5).contains(&a.jobs_per_value_added), "{a:?}");
    }
}
