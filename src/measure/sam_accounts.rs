//! The closure of a run's matrix that has inside whatever the tracer counts as local: sectors, tenths of households and anchors.

use super::leontief::{Singular, invert};
use super::sam::{CONSUMPTION, Payment, Sam};
use nalgebra::DMatrix;
use std::collections::BTreeMap;

/// VAT on what households buy, which is in their payments and is passed on by the seller.
const OUTPUT_VAT: &str = "VAT";

impl Sam {
    /// Local receipts over all rounds per pound that anchors spend, with sectors, tenths and anchors inside. Bidders
    /// outside pass on what they receive, and are no local receipt.
    pub(super) fn all_accounts(
        &self,
        spent: f64,
        bought: impl Fn(&Payment) -> bool,
    ) -> Result<Option<f64>, Singular> {
        if spent <= 0.0 {
            return Ok(None);
        }
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for p in &self.payments {
            for name in [p.receiver.as_str(), p.payer.as_str()] {
                if inside(name) || name == BIDDERS {
                    let next = places.len();
                    places.entry(name).or_insert(next);
                }
            }
        }
        let n = places.len();
        // What is left to each of what households spend there.
        let mut net_of_vat = vec![1.0; n];
        for (name, i) in &places {
            let takings = self.paid(|p| p.kind == CONSUMPTION && p.receiver == *name);
            let vat = self.paid(|p| p.kind == OUTPUT_VAT && p.payer == *name);
            if takings > 0.0 {
                net_of_vat[*i] -= (vat / takings).min(1.0);
            }
        }
        let (mut uses, mut first) = (vec![0.0; n], vec![0.0; n]);
        let mut a = DMatrix::<f64>::zeros(n, n);
        for p in self.payments.iter().filter(|p| p.receiver != "balances" && p.payer != "balances") {
            let to = places.get(p.receiver.as_str());
            if let Some(from) = places.get(p.payer.as_str()).filter(|_| p.kind != OUTPUT_VAT) {
                uses[*from] += p.pounds;
                if let Some(to) = to {
                    let kept = if p.kind == CONSUMPTION { net_of_vat[*to] } else { 1.0 };
                    a[(*to, *from)] += p.pounds * kept;
                }
            }
            if let (Some(to), true) = (to, bought(p)) {
                first[*to] += p.pounds / spent;
            }
        }
        for (j, total) in uses.iter().enumerate() {
            if *total > 0.0 {
                a.column_mut(j).iter_mut().for_each(|cell| *cell /= total);
            }
        }
        let inverse = invert(&a).ok_or(Singular { with_households: true })?;
        let local = places.iter().filter(|(name, _)| **name != BIDDERS);
        Ok(Some(local.map(|(_, i)| (0..n).map(|j| inverse[(*i, j)] * first[j]).sum::<f64>()).sum()))
    }
}

const BIDDERS: &str = "bidders outside";

fn outside(name: &str) -> bool {
    name.ends_with(" of the region") || name.ends_with(" of the country")
}

pub(super) fn inside_households(name: &str) -> bool {
    name.starts_with("households ") && !outside(name)
}

/// Accounts whose receipts are local.
fn inside(name: &str) -> bool {
    name.starts_with("sector ") || name.starts_with("anchor ") || inside_households(name)
}
