//! Local multipliers from the tracer's ledger (MODEL section 6).
//!
//! With D the money dyed and L1, L2, ... the local receipts after one, two, ... hops:
//! income convention LM3 = (D + L1 + L2)/D and LM∞ = (D + L1 + L2 + ...)/D (New Economics Foundation 2002);
//! contract convention (L1 + L2)/D and its infinite form.

use crate::tracer::DYE_PER_PENNY;
use crate::tracer::ledger::{JOB_MONTH, Ledger, Month};

pub use crate::tracer::ledger::{Channel, ROUNDS};

/// Sums of the ledger over a stretch of months, in units of dye.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Traced {
    pub dyed: f64,
    pub local: [f64; ROUNDS],
    pub leaks: [[f64; Channel::COUNT]; ROUNDS],
    pub household_income: f64,
    pub deciles: [f64; 10],
    pub wards: Vec<f64>,
    pub value_added: f64,
    /// Jobs for a month that dyed pay paid: all, and residents'.
    pub job_months: [f64; 2],
    /// Change of what is held and of what circulates.
    pub held: f64,
    pub circulating: f64,
    /// What the change of what circulates will still come to.
    pub ahead: Ahead,
    /// For each part of the spending, in the order of the ledger's groups.
    pub parts: Vec<PartSums>,
    /// The number of anchors, whose parts come first.
    anchors: usize,
}

/// What was put on a part of the spending and what is exactly its own of what came of it, in units of dye.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PartSums {
    pub dyed: f64,
    /// First and second local receipts.
    pub first: f64,
    pub second: f64,
    /// Of the second receipts: income of households in the city; with it, value added by the first receivers and
    /// jobs for a month.
    pub income: f64,
    pub value_added: f64,
    pub job_months: f64,
}

/// What dye that circulates at the end, beyond what did at the start, will come to if it goes on as it did in the last year. Dye that
/// waits in reserves is not in it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ahead {
    /// Local receipts.
    pub local: f64,
    pub household_income: f64,
    pub value_added: f64,
    pub job_months: [f64; 2],
}

impl Ahead {
    /// With p the part of what circulates that still does a month later, and m what a unit of it comes to in that month, `more`
    /// comes to more·m·(1 + p + p² + …) = more·m/(1 − p).
    fn of(months: &[Month], more: f64) -> Ahead {
        const YEAR: usize = 12;
        let last = &months[months.len().saturating_sub(YEAR + 1)..];
        let (mut before, mut after, mut came) = (0.0, 0.0, Ahead::default());
        for (start, month) in last.iter().zip(last.iter().skip(1)) {
            before += start.circulating as f64;
            // What was put in this month, less what leaked at once, circulates too.
            after += (month.circulating - month.injected + month.leaks[0].iter().sum::<i64>()) as f64;
            came.local += month.local[1..].iter().sum::<i64>() as f64;
            came.household_income += month.household_income as f64;
            came.value_added += month.value_added as f64;
            for (sum, jobs) in came.job_months.iter_mut().zip(month.job_months) {
                *sum += jobs as f64 / JOB_MONTH;
            }
        }
        // Where nothing leaks the sum has no end.
        let leaves = before - after;
        if before <= 0.0 || leaves <= 1e-9 * before {
            return Ahead::default();
        }
        let times = |x: f64| x * more / leaves;
        Ahead {
            local: times(came.local),
            household_income: times(came.household_income),
            value_added: times(came.value_added),
            job_months: came.job_months.map(times),
        }
    }
}

/// One part of the spending, by one way to divide it.
pub struct Part<'a> {
    pub by: &'a str,
    pub member: &'a str,
    /// Position among [`Traced::parts`].
    pub at: usize,
}

/// Every part of the spending that is told apart.
pub fn parts(ledger: &Ledger) -> impl Iterator<Item = Part<'_>> {
    let members = ledger.groups.iter().flat_map(|g| g.members.iter().map(move |m| (&g.by, m)));
    members.enumerate().map(|(at, (by, member))| Part { by, member, at })
}

impl Traced {
    /// Sum the months from number `first` on. What circulated at the beginning makes up for what still does at the end; the
    /// difference counts with what it will come to ([`Ahead`]).
    pub fn over(ledger: &Ledger, first: u16) -> Traced {
        let months: Vec<&Month> = ledger.months.iter().filter(|m| m.month >= first).collect();
        let anchors = ledger.groups.first().map_or(0, |group| group.members.len());
        let mut t = Traced { anchors, ..Traced::default() };
        for month in &months {
            t.dyed += month.injected as f64;
            t.household_income += month.household_income as f64;
            t.value_added += month.value_added as f64;
            for (sum, amount) in t.deciles.iter_mut().zip(month.deciles) {
                *sum += amount as f64;
            }
            t.wards.resize(month.wards.len(), 0.0);
            for (sum, amount) in t.wards.iter_mut().zip(&month.wards) {
                *sum += *amount as f64;
            }
            for (sum, jobs) in t.job_months.iter_mut().zip(month.job_months) {
                *sum += jobs as f64 / JOB_MONTH;
            }
            for lane in 0..ROUNDS {
                t.local[lane] += month.local[lane] as f64;
                for channel in 0..Channel::COUNT {
                    t.leaks[lane][channel] += month.leaks[lane][channel] as f64;
                }
            }
            t.parts.resize(month.tags.len(), PartSums::default());
            for (sum, of) in t.parts.iter_mut().zip(&month.tags) {
                sum.dyed += of.injected as f64;
                sum.first += of.first as f64;
                sum.second += of.second.local as f64;
                sum.income += of.second.income as f64;
                sum.value_added += of.second.value_added as f64;
                sum.job_months += of.second.job_months as f64 / JOB_MONTH;
            }
        }
        let before = ledger.months.iter().rev().find(|m| m.month < first);
        if let Some(last) = months.last() {
            t.held = (last.held - before.map_or(0, |b| b.held)) as f64;
            t.circulating = (last.circulating - before.map_or(0, |b| b.circulating)) as f64;
            t.ahead = Ahead::of(&ledger.months, t.circulating);
        }
        t
    }

    /// `x` per pound dyed; no number when nothing was dyed.
    pub fn per_pound(&self, x: f64) -> f64 {
        if self.dyed > 0.0 { x / self.dyed } else { f64::NAN }
    }

    /// LM3 in the income convention.
    pub fn lm3(&self) -> f64 {
        1.0 + self.lm3_contract()
    }

    /// LM3 in the contract convention: the first round counts only as far as the supplier is local.
    pub fn lm3_contract(&self) -> f64 {
        self.per_pound(self.local[0] + self.local[1])
    }

    /// The multiplier over all rounds, income convention, with what still circulates.
    pub fn lm_infinity(&self) -> f64 {
        1.0 + self.lm_infinity_contract()
    }

    pub fn lm_infinity_contract(&self) -> f64 {
        self.per_pound(self.local.iter().sum::<f64>() + self.ahead.local)
    }

    /// Income of the city's households per pound dyed, all rounds, with what still circulates.
    pub fn income_per_pound(&self) -> f64 {
        self.per_pound(self.household_income + self.ahead.household_income)
    }

    /// Value added in the city per pound dyed, likewise.
    pub fn value_added_per_pound(&self) -> f64 {
        self.per_pound(self.value_added + self.ahead.value_added)
    }

    /// All that leaked through a channel, per pound dyed.
    pub fn leak(&self, channel: Channel) -> f64 {
        self.per_pound(self.leaks.iter().map(|round| round[channel as usize]).sum())
    }

    /// Jobs for a year per million pounds dyed, with what still circulates: all (0) or residents' (1).
    pub fn jobs_per_million(&self, whose: usize) -> f64 {
        let job_months = self.job_months[whose] + self.ahead.job_months[whose];
        self.per_pound(job_months / 12.0) * DYE_PER_PENNY as f64 * 1e8
    }

    /// LM3 of one part of the spending (anchors come first), income convention, exact.
    pub fn lm3_of(&self, part: usize) -> f64 {
        let of = self.parts[part];
        if of.dyed > 0.0 { (of.dyed + of.first + of.second) / of.dyed } else { 0.0 }
    }

    /// LM∞ of one part: later receipts are attributed by the share put into the common pool, which is stated
    /// wherever it is shown.
    pub fn lm_infinity_of(&self, part: usize) -> f64 {
        let of = self.parts[part];
        let later = self.local[2..].iter().sum::<f64>() + self.ahead.local;
        of.per_pound(of.dyed + of.first + of.second + later * self.share_of_pool(part))
    }

    /// Income of the city's households per pound put on one part, all rounds: what the first receivers paid is
    /// exactly the part's own, the rest is attributed as in [`Traced::lm_infinity_of`].
    pub fn income_of(&self, part: usize) -> f64 {
        self.all_rounds(part, self.household_income + self.ahead.household_income, |of| of.income)
    }

    /// Value added in the city per pound put on one part, all rounds, attributed likewise.
    pub fn value_added_of(&self, part: usize) -> f64 {
        self.all_rounds(part, self.value_added + self.ahead.value_added, |of| of.value_added)
    }

    /// Jobs for a year per million pounds put on one part, all rounds, attributed likewise.
    pub fn jobs_per_million_of(&self, part: usize) -> f64 {
        let all = self.job_months[0] + self.ahead.job_months[0];
        self.all_rounds(part, all, |of| of.job_months) * DYE_PER_PENNY as f64 * 1e8 / 12.0
    }

    /// Per unit of dye put on a part: its own of the first receivers, and its share of what later ones did.
    fn all_rounds(&self, part: usize, all: f64, own: fn(&PartSums) -> f64) -> f64 {
        let of = self.parts[part];
        // Anchors divide all of the spending between them.
        let told_apart: f64 = self.parts[..self.anchors].iter().map(own).sum();
        of.per_pound(own(&of) + (all - told_apart) * self.share_of_pool(part))
    }

    /// A part's share of the second receipts, which go into the common pool.
    fn share_of_pool(&self, part: usize) -> f64 {
        let pool = self.local[1];
        if pool > 0.0 { self.parts[part].second / pool } else { 0.0 }
    }

    /// What was put on one anchor's payments and what came of it; none without the tracer.
    pub fn anchor(&self, anchor: usize) -> Option<PartSums> {
        if anchor < self.anchors { self.parts.get(anchor).copied() } else { None }
    }
}

impl PartSums {
    fn per_pound(&self, x: f64) -> f64 {
        if self.dyed > 0.0 { x / self.dyed } else { 0.0 }
    }
}
