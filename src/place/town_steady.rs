//! The town's steady month: receipts r of all agents with r = B r + f, by iteration.

use super::town::{Town, TownSupplier};
use super::vocabulary::AnchorKind;
use std::collections::BTreeMap;

/// Receipts beyond this (GBP a month) have no end.
const ENDLESS: f64 = 1e15;
/// Rounds of spending in which receipts must settle: enough where a pound and a half in a thousand leave each round.
pub const ROUNDS: usize = 20_000;

/// Receipts of each agent in the steady month, pounds.
pub struct Steady {
    pub households: Vec<f64>,
    /// Gross, and of that VAT.
    pub suppliers: Vec<f64>,
    pub vat: Vec<f64>,
    /// What anchors receive in the town.
    pub anchors: Vec<f64>,
}

/// Row of each agent by its id in the file.
pub struct Ids {
    pub suppliers: BTreeMap<String, u32>,
    pub households: BTreeMap<String, u32>,
}

impl Ids {
    pub fn new(of: &Town) -> Ids {
        let rows =
            |ids: Vec<&String>| ids.into_iter().enumerate().map(|(i, id)| (id.clone(), i as u32)).collect();
        Ids {
            suppliers: rows(of.supplier.iter().map(|s| &s.id).collect()),
            households: rows(of.household.iter().map(|h| &h.id).collect()),
        }
    }
}

/// The list and row of who receives most when receipts do not settle in [`ROUNDS`].
pub fn steady_month(of: &Town) -> Result<Steady, (&'static str, usize)> {
    let ids = Ids::new(of);
    let council = of.anchor.iter().position(|a| a.kind == AnchorKind::Council);
    let zeros = |n| vec![0.0; n];
    let mut now = Steady {
        households: zeros(of.household.len()),
        suppliers: zeros(of.supplier.len()),
        vat: zeros(of.supplier.len()),
        anchors: zeros(of.anchor.len()),
    };
    let mut largest = 0.0f64;
    for _ in 0..ROUNDS {
        let mut next = Steady {
            households: of.household.iter().map(|h| h.benefits_gbp_month).collect(),
            suppliers: of.supplier.iter().map(|s| s.exports_gbp_month).collect(),
            vat: zeros(of.supplier.len()),
            anchors: zeros(of.anchor.len()),
        };
        let mut council_gets = 0.0;
        for anchor in &of.anchor {
            add(&mut next.suppliers, &ids.suppliers, &anchor.buys, 1.0);
            add(&mut next.households, &ids.households, &anchor.pays, 1.0);
        }
        for (s, file) in of.supplier.iter().enumerate() {
            let net = now.suppliers[s] - now.vat[s];
            add(&mut next.suppliers, &ids.suppliers, &file.buys, net);
            add(&mut next.households, &ids.households, &file.pays, net);
            add(&mut next.households, &ids.households, &file.surplus, net * surplus_share(file));
            council_gets += net * file.council_rates;
        }
        for (h, file) in of.household.iter().enumerate() {
            for (to, part) in &file.spends {
                if let Some(s) = ids.suppliers.get(to) {
                    let spent = now.households[h] * part;
                    next.suppliers[*s as usize] += spent;
                    next.vat[*s as usize] += spent * of.supplier[*s as usize].vat;
                }
            }
            council_gets += now.households[h] * file.council_tax;
        }
        if let Some(c) = council {
            next.anchors[c] += council_gets;
        }
        let change = difference(&now, &next);
        largest = next.suppliers.iter().chain(&next.households).fold(largest, |a, b| a.max(*b));
        now = next;
        if change < 1e-9 * (1.0 + largest) {
            return Ok(now);
        }
        if largest > ENDLESS {
            break;
        }
    }
    Err(greatest(&now))
}

/// Who receives most.
fn greatest(of: &Steady) -> (&'static str, usize) {
    let lists = [("household", &of.households), ("supplier", &of.suppliers)];
    let all = lists.iter().flat_map(|(list, rows)| rows.iter().enumerate().map(|(i, x)| (*list, i, *x)));
    all.max_by(|a, b| a.2.total_cmp(&b.2)).map_or(("household", 0), |(list, row, _)| (list, row))
}

fn add(to: &mut [f64], ids: &BTreeMap<String, u32>, parts: &BTreeMap<String, f64>, amount: f64) {
    for (id, part) in parts {
        if let Some(i) = ids.get(id) {
            to[*i as usize] += amount * part;
        }
    }
}

fn difference(a: &Steady, b: &Steady) -> f64 {
    let gap = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(p, q)| (p - q).abs()).fold(0.0, f64::max);
    gap(&a.households, &b.households).max(gap(&a.suppliers, &b.suppliers)).max(gap(&a.vat, &b.vat))
}

fn surplus_share(file: &TownSupplier) -> f64 {
    let costs = file.pays.values().sum::<f64>()
        + file.buys.values().sum::<f64>()
        + file.national_taxes
        + file.council_rates;
    (1.0 - costs).max(0.0)
}
