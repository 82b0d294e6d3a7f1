//! Local multipliers from the tracer's ledger (MODEL section 6).
//!
//! With D the money dyed and L1, L2, ... the local receipts after one, two, ... hops:
//! income convention LM3 = (D + L1 + L2)/D and LM∞ = (D + L1 + L2 + ...)/D (New Economics Foundation 2002);
//! contract convention (L1 + L2)/D and its infinite form.

use crate::tracer::ledger::{Ledger, Month};

pub use crate::tracer::ledger::{Channel, ROUNDS};

/// Sums of the ledger over a stretch of months, in units of dye.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Traced {
    pub dyed: f64,
    pub local: [f64; ROUNDS],
    pub leaks: [[f64; Channel::COUNT]; ROUNDS],
    pub household_income: f64,
    /// Change of what is held and of what circulates.
    pub held: f64,
    pub circulating: f64,
    /// For each anchor: dyed, first and second local receipts.
    pub anchors: Vec<[f64; 3]>,
}

impl Traced {
    /// Sum the months from number `first` on. The tracer should have run for a while before, so that what
    /// still circulates at the end is made up for by what circulated at the beginning.
    pub fn over(ledger: &Ledger, first: u16) -> Traced {
        let months: Vec<&Month> = ledger.months.iter().filter(|m| m.month >= first).collect();
        let mut t = Traced::default();
        for month in &months {
            t.dyed += month.injected as f64;
            t.household_income += month.household_income as f64;
            for lane in 0..ROUNDS {
                t.local[lane] += month.local[lane] as f64;
                for channel in 0..Channel::COUNT {
                    t.leaks[lane][channel] += month.leaks[lane][channel] as f64;
                }
            }
            t.anchors.resize(month.anchors.len(), [0.0; 3]);
            for (sum, of) in t.anchors.iter_mut().zip(&month.anchors) {
                sum[0] += of.injected as f64;
                sum[1] += of.local[0] as f64;
                sum[2] += of.local[1] as f64;
            }
        }
        let before = ledger.months.iter().rev().find(|m| m.month < first);
        if let Some(last) = months.last() {
            t.held = (last.held - before.map_or(0, |b| b.held)) as f64;
            t.circulating = (last.circulating - before.map_or(0, |b| b.circulating)) as f64;
        }
        t
    }

    /// `x` per pound dyed; 0 when nothing was dyed.
    pub fn per_pound(&self, x: f64) -> f64 {
        if self.dyed > 0.0 { x / self.dyed } else { 0.0 }
    }

    /// LM3 in the income convention.
    pub fn lm3(&self) -> f64 {
        1.0 + self.lm3_contract()
    }

    /// LM3 in the contract convention: the first round counts only as far as the supplier is local.
    pub fn lm3_contract(&self) -> f64 {
        self.per_pound(self.local[0] + self.local[1])
    }

    /// The multiplier over all rounds, income convention.
    pub fn lm_infinity(&self) -> f64 {
        1.0 + self.lm_infinity_contract()
    }

    pub fn lm_infinity_contract(&self) -> f64 {
        self.per_pound(self.local.iter().sum())
    }

    /// All that leaked through a channel, per pound dyed.
    pub fn leak(&self, channel: Channel) -> f64 {
        self.per_pound(self.leaks.iter().map(|round| round[channel as usize]).sum())
    }

    /// LM3 of one anchor, exact.
    pub fn lm3_of(&self, anchor: usize) -> f64 {
        let [dyed, first, second] = self.anchors[anchor];
        if dyed > 0.0 { (dyed + first + second) / dyed } else { 0.0 }
    }

    /// LM∞ of one anchor: later receipts are attributed by the share put into the common pool, which is
    /// stated wherever it is shown.
    pub fn lm_infinity_of(&self, anchor: usize) -> f64 {
        let [dyed, first, second] = self.anchors[anchor];
        let pool: f64 = self.anchors.iter().map(|a| a[2]).sum();
        let later: f64 =
            self.local.iter().sum::<f64>() - self.anchors.iter().map(|a| a[1] + a[2]).sum::<f64>();
        let part = if pool > 0.0 { second / pool } else { 0.0 };
        if dyed > 0.0 { (dyed + first + second + later * part) / dyed } else { 0.0 }
    }
}
