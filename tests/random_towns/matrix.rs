//! What each agent of a town receives of each pound that another receives, and its inverse.

use recirc::place::town::Town;
use recirc::place::vocabulary::{AnchorKind, Zone};
use std::collections::BTreeMap;

/// The agents' matrix: `b[i][j]` is what agent i of the town receives of each pound that agent j receives.
pub struct Matrix {
    pub b: Vec<Vec<f64>>,
    /// Agents whose receipts count as the town's.
    pub local: Vec<bool>,
    pub rows: BTreeMap<String, usize>,
}

impl Matrix {
    pub fn of(town: &Town) -> Matrix {
        let ids = town.supplier.iter().map(|s| &s.id).chain(town.household.iter().map(|h| &h.id));
        let rows: BTreeMap<String, usize> =
            ids.chain(town.anchor.iter().map(|a| &a.id)).enumerate().map(|(i, id)| (id.clone(), i)).collect();
        let council =
            town.anchor.iter().find(|a| a.kind == AnchorKind::Council).map(|a| rows[&a.id]).unwrap();
        let n = rows.len();
        let mut m = Matrix { b: vec![vec![0.0; n]; n], local: vec![true; n], rows };
        for of in &town.supplier {
            let j = m.rows[&of.id];
            m.local[j] = of.zone == Zone::City;
            let cost: f64 = of.pays.values().chain(of.buys.values()).sum();
            let surplus = 1.0 - cost - of.national_taxes - of.council_rates;
            m.add(j, &of.pays, 1.0);
            m.add(j, &of.buys, 1.0);
            m.add(j, &of.surplus, surplus);
            m.b[council][j] += of.council_rates;
        }
        for of in &town.household {
            let j = m.rows[&of.id];
            m.add(j, &of.spends, 1.0);
            m.b[council][j] += of.council_tax;
            // VAT leaks at the purchase.
            for seller in &town.supplier {
                m.b[m.rows[&seller.id]][j] *= 1.0 - seller.vat;
            }
        }
        for of in &town.anchor {
            let uses: f64 = of.buys.values().chain(of.pays.values()).sum();
            m.add(m.rows[&of.id], &of.buys, 1.0 / uses);
            m.add(m.rows[&of.id], &of.pays, 1.0 / uses);
        }
        m
    }

    fn add(&mut self, payer: usize, to: &BTreeMap<String, f64>, times: f64) {
        for (id, share) in to {
            if let Some(receiver) = self.rows.get(id) {
                self.b[*receiver][payer] += times * share;
            }
        }
    }

    /// Receipts of all agents when `landing` comes from outside: (I − B)⁻¹ f, by elimination of Gauss.
    pub fn receipts(&self, landing: &[f64]) -> Vec<f64> {
        let n = landing.len();
        let mut a: Vec<Vec<f64>> = (0..n)
            .map(|i| {
                let mut row: Vec<f64> = (0..n).map(|j| f64::from(i == j) - self.b[i][j]).collect();
                row.push(landing[i]);
                row
            })
            .collect();
        for k in 0..n {
            let pivot = (k..n).max_by(|x, y| a[*x][k].abs().total_cmp(&a[*y][k].abs())).unwrap();
            a.swap(k, pivot);
            let of = a[k].clone();
            for row in a.iter_mut().skip(k + 1) {
                let times = row[k] / of[k];
                row.iter_mut().zip(&of).for_each(|(x, y)| *x -= times * y);
            }
        }
        let mut x = vec![0.0; n];
        for k in (0..n).rev() {
            let known: f64 = (k + 1..n).map(|j| a[k][j] * x[j]).sum();
            x[k] = (a[k][n] - known) / a[k][k];
        }
        x
    }

    /// Receipts in the town per pound that lands in this mix.
    pub fn multiplier(&self, landing: &[f64]) -> f64 {
        let receipts = self.receipts(landing);
        let in_town: f64 =
            receipts.iter().zip(&self.local).filter(|(_, local)| **local).map(|(x, _)| x).sum();
        in_town / landing.iter().sum::<f64>()
    }
}
