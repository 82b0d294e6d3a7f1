//! How one city of a country differs from the place whose data it shares: its mix of sectors, and how deprived it is.
//! What makes it more or less local is in [`Assumed`](super::Assumed).

use super::city::{AnchorFacts, People, SECTORS, SectorFacts, Ward};
use super::technology::Jobs;
use super::vocabulary::Tenure;

/// By how much a figure's logarithm moves with the deprivation of a city, whose unit is the logarithm of the unemployment
/// rate (assumed: signs as in the Index of Multiple Deprivation's domains, sizes chosen; no city-level fit was made).
const CREDIT_HOUSEHOLDS: f64 = 0.7;
const INCOME: f64 = -0.4;
const PENSIONS_AND_WEALTH: f64 = -0.5;
const OUT_COMMUTERS: f64 = -0.5;
const RENTED: f64 = 0.5;
/// The most that a city's unemployment rate can be (a share; assumed, a bound on the draw).
const MOST_UNEMPLOYED: f64 = 0.2;

/// Departures of a city from its place's data. The neutral value leaves every figure as it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// Multiplies each section's jobs outside the anchors, before they are brought back to the same sum.
    pub jobs: [f64; SECTORS],
    /// Logarithm of the unemployment rate over the place's; what else goes with it is in this file.
    pub deprivation: f64,
}

impl Default for Difference {
    fn default() -> Difference {
        Difference { jobs: [1.0; SECTORS], deprivation: 0.0 }
    }
}

impl Difference {
    /// Jobs by section, in the city and in the region with it; the anchors' own and the sum of all are kept.
    pub(super) fn jobs(&self, jobs: &mut Jobs, anchors: &[AnchorFacts]) {
        if self.jobs == [1.0; SECTORS] {
            return;
        }
        let own = own(anchors);
        let others: [f64; SECTORS] = std::array::from_fn(|i| (jobs.city[i] - own[i]).max(0.0));
        let (before, tilted) = (others.iter().sum::<f64>(), others.iter().zip(self.jobs).map(|(n, x)| n * x));
        let back = before / tilted.sum::<f64>().max(1e-9);
        for (i, others) in others.into_iter().enumerate() {
            let more = others * (self.jobs[i] * back - 1.0);
            jobs.city[i] += more;
            jobs.region[i] += more;
        }
    }

    /// Value added and pay of each section follow its jobs, which are these; firms follow those outside the anchors.
    pub(super) fn sectors(
        &self,
        sectors: &mut [SectorFacts],
        jobs: &[f64; SECTORS],
        anchors: &[AnchorFacts],
    ) {
        if self.jobs == [1.0; SECTORS] {
            return;
        }
        let own = own(anchors);
        for of in sectors {
            let (now, own) = (jobs[of.sector.index()], own[of.sector.index()]);
            let ratio = now / of.jobs.max(1e-9);
            let others = of.jobs - own;
            // A section that is all the anchors' keeps what firms there are.
            let of_firms = if others > 0.0 { (now - own).max(0.0) / others } else { 1.0 };
            of.jobs = now;
            of.gva *= ratio;
            of.compensation *= ratio;
            of.enterprises.iter_mut().chain(&mut of.local_units).for_each(|n| *n *= of_firms);
        }
    }

    /// Who is out of work, who claims, what there is beside pay.
    pub(super) fn people(&self, people: &mut People) {
        if self.deprivation == 0.0 {
            return;
        }
        let times = |elasticity: f64| libm::exp(elasticity * self.deprivation);
        people.unemployment_rate = (people.unemployment_rate * times(1.0)).min(MOST_UNEMPLOYED);
        people.universal_credit_households *= times(CREDIT_HOUSEHOLDS);
        people.disposable_cash_income *= times(INCOME);
        people.private_pension *= times(PENSIONS_AND_WEALTH);
        people.investment_income.iter_mut().for_each(|x| *x *= times(PENSIONS_AND_WEALTH));
    }

    /// More homes are rented, in every ward, and its people stand accordingly in the labour market; as many live there.
    pub(super) fn wards(&self, wards: &mut [Ward]) {
        if self.deprivation == 0.0 {
            return;
        }
        for ward in wards {
            let all: f64 = ward.tenure.iter().sum();
            for tenure in Tenure::ALL {
                let rented = !matches!(tenure, Tenure::Outright | Tenure::Mortgage);
                let sign = if rented { RENTED } else { -RENTED };
                ward.tenure[tenure.index()] *= libm::exp(sign * self.deprivation);
            }
            let now: f64 = ward.tenure.iter().sum();
            ward.tenure.iter_mut().for_each(|n| *n *= all / now.max(1e-9));
        }
    }

    /// The share of residents in work who work elsewhere: fewer find work there.
    pub(super) fn out_commuters(&self, share: f64) -> f64 {
        if self.deprivation == 0.0 {
            share
        } else {
            (share * libm::exp(OUT_COMMUTERS * self.deprivation)).min(0.9)
        }
    }
}

/// The anchors' own jobs by section.
fn own(anchors: &[AnchorFacts]) -> [f64; SECTORS] {
    let mut own = [0.0; SECTORS];
    for anchor in anchors {
        for (sector, part) in &anchor.sections {
            own[sector.index()] += part * anchor.staff;
        }
    }
    own
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::place::leeds;
    use crate::place::vocabulary::Sector;
    use crate::place::{Assumed, city::City};

    fn city(of: Difference) -> City {
        leeds::load_like(&Assumed::default(), &of).unwrap()
    }

    #[test]
    fn the_neutral_difference_is_leeds() {
        let (plain, same) = (leeds::load(&Assumed::default()).unwrap(), city(Difference::default()));
        assert_eq!(format!("{plain:?}"), format!("{same:?}"));
    }

    /// Twice the factories: more jobs there and fewer elsewhere, all jobs and the anchors' as before, and pay a job alike.
    #[test]
    fn a_tilt_of_the_mix_keeps_jobs_and_anchors() {
        let plain = city(Difference::default());
        let mut of = Difference::default();
        of.jobs[Sector::C.index()] = 2.0;
        let tilted = city(of);
        let jobs = |of: &City| of.sectors.iter().map(|s| s.jobs).sum::<f64>();
        assert!((jobs(&plain) - jobs(&tilted)).abs() < 1e-6 * jobs(&plain));
        let c = Sector::C.index();
        assert!(tilted.sectors[c].jobs > 1.8 * plain.sectors[c].jobs);
        let g = Sector::G.index();
        assert!(tilted.sectors[g].jobs < plain.sectors[g].jobs);
        let a_job = |of: &City, i: usize| of.sectors[i].compensation / of.sectors[i].jobs;
        assert!((a_job(&plain, c) - a_job(&tilted, c)).abs() < 1e-9 * a_job(&plain, c));
        // Section O is nearly all the anchors' and public bodies'; its jobs outside them alone are tilted.
        let o = Sector::O.index();
        assert!(tilted.sectors[o].jobs >= own(&plain.anchors)[o].min(plain.sectors[o].jobs) - 1e-6);
    }

    /// Twice the jobs in education outside the universities are twice the firms there, as large as they were.
    #[test]
    fn firms_follow_the_jobs_outside_the_anchors() {
        let plain = city(Difference::default());
        let mut of = Difference::default();
        let p = Sector::P.index();
        of.jobs[p] = 2.0;
        let tilted = city(of);
        let own = own(&plain.anchors)[p];
        assert!(own > 0.0);
        let size = |of: &City| (of.sectors[p].jobs - own) / of.sectors[p].local_units.iter().sum::<f64>();
        assert!(tilted.sectors[p].jobs > 1.1 * plain.sectors[p].jobs);
        assert!((size(&tilted) / size(&plain) - 1.0).abs() < 1e-9);
    }

    /// A more deprived city has more out of work, more who claim, less income, more rented homes, as many homes.
    #[test]
    fn deprivation_by_sign() {
        let (plain, poor) =
            (city(Difference::default()), city(Difference { deprivation: 0.3, ..Difference::default() }));
        let p = |of: &City| (of.people.unemployment_rate, of.people.universal_credit_households);
        assert!((p(&poor).0 / p(&plain).0 - libm::exp(0.3)).abs() < 1e-9 && p(&poor).1 > p(&plain).1);
        assert!(poor.people.disposable_cash_income < plain.people.disposable_cash_income);
        let homes = |of: &City, t: Tenure| of.wards.iter().map(|w| w.tenure[t.index()]).sum::<f64>();
        assert!(homes(&poor, Tenure::Council) > homes(&plain, Tenure::Council));
        let all = |of: &City| Tenure::ALL.iter().map(|t| homes(of, *t)).sum::<f64>();
        assert!((all(&plain) - all(&poor)).abs() < 1e-6 * all(&plain));
        assert!(poor.commuting.out_commuter_share < plain.commuting.out_commuter_share);
    }
}
