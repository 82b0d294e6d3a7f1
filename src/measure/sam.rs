//! Multipliers from the social accounting matrix of a run's year.
//!
//! Type I has the sectors inside: their purchases from each other over their net sales. Type II adds households:
//! gross pay to residents per pound of net sales, and what they buy from the sectors, without VAT, per pound that
//! households of the city receive in all; rows of production are summed. Turnover is counted as it was paid, so
//! goods that shops sell on are inputs, and capital bought is among the inputs.
//!
//! The third closure has inside whatever the tracer counts as local: sectors, tenths of households and anchors,
//! every use over all uses, all rows summed; VAT on what households buy leaks at the purchase, and the shop never has it. Its difference from the traced LM∞ is what adding up by sector hides:
//! those whom the anchors buy from are not the average of their sectors.

use super::leontief::{Households, Singular, System};
use super::multipliers::{Economy, Multipliers};
use super::record::Record;
use super::sam_accounts::inside_households;
use super::tables::sam::party;
use crate::base::money::pounds;
use crate::economy::books::Party;
use crate::place::vocabulary::Sector;

/// One payment of the year's matrix, in pounds.
#[derive(Clone, Debug, PartialEq)]
pub struct Payment {
    pub receiver: String,
    pub payer: String,
    pub kind: String,
    pub pounds: f64,
}

/// A sector's year.
#[derive(Clone, Debug, PartialEq)]
pub struct SectorYear {
    pub sector: String,
    pub jobs: f64,
    pub net_sales: f64,
}

/// A year of a run.
#[derive(Clone, Debug)]
pub struct Sam {
    pub payments: Vec<Payment>,
    pub sectors: Vec<SectorYear>,
}

/// What anchors buy, and what comes of a pound of it.
#[derive(Clone, Debug)]
pub struct Bundle {
    /// Paid by anchors for purchases, with the VAT they cannot recover.
    pub spent: f64,
    /// Share of it paid to each sector of the city.
    pub shares: Vec<f64>,
    /// Output, income, jobs and value added per pound spent, Type I and Type II.
    pub effects: [[f64; 2]; 4],
    /// Receipts in the city per pound spent over all rounds with the tracer's accounts inside (contract convention).
    pub all_accounts: Option<f64>,
}

/// Receipts that are no sales.
const NO_SALES: [&str; 3] = ["loans", "start-up capital", "funding of public bodies"];
const EXTRA: &str = "extra spending";
const PURCHASES: [&str; 4] = ["contract instalments", "petty purchases", "costs of policies", EXTRA];
/// VAT that buyers cannot recover, and duties on inputs.
const VAT: &str = "irrecoverable VAT";
pub(super) const CONSUMPTION: &str = "consumption";

impl Sam {
    /// The matrix of a year of a record, from 1.
    pub fn of_record(record: &Record, year: usize) -> Option<Sam> {
        let of = record.sam.get(year.checked_sub(1)?)?;
        let name = |of: Party| party(record, of);
        let payments = of.entries().map(|(kind, from, to, amount)| Payment {
            receiver: name(to),
            payer: name(from),
            kind: kind.label().to_owned(),
            pounds: pounds(amount),
        });
        let sectors = Sector::ALL.iter().map(|sector| (sector, sector.index()));
        let sectors = sectors.filter(|(_, i)| of.job_months[*i] != 0 || of.sales[*i] != 0);
        let sectors = sectors.map(|(sector, i)| SectorYear {
            sector: sector.label().to_owned(),
            jobs: of.job_months[i] as f64 / f64::from(of.months.max(1)),
            net_sales: pounds(of.sales[i]),
        });
        Some(Sam { payments: payments.collect(), sectors: sectors.collect() })
    }

    /// Type I and Type II output of the anchors' own purchases in the last whole year, per pound that lands with
    /// suppliers in the city.
    pub fn landed_multipliers(record: &Record) -> Option<(f64, f64)> {
        let year = record.sam.iter().rposition(|year| year.months == 12)? + 1;
        let sam = Sam::of_record(record, year)?;
        let bundle = sam.bundle(&sam.economy().multipliers().ok()?).ok()?;
        let landed: f64 = bundle.shares.iter().sum();
        let [one, two] = bundle.effects[0];
        (landed > 0.0 && one.is_finite() && two.is_finite()).then(|| (one / landed, two / landed))
    }

    /// Type I and Type II output of a run's extra spend, per pound spent: by the sectors of the city that sold it, at the
    /// averages of the last whole year of the run without it.
    pub fn extra_multipliers(without: &Record, with: &Record) -> Option<(f64, f64)> {
        let year = without.sam.iter().rposition(|year| year.months == 12)? + 1;
        let found = Sam::of_record(without, year)?.economy().multipliers().ok()?;
        let years: Vec<Sam> = (1..=with.sam.len()).filter_map(|year| Sam::of_record(with, year)).collect();
        let paid = |to: Option<&str>| -> f64 {
            let is =
                |p: &Payment| p.kind == EXTRA && to.is_none_or(|to| p.receiver == format!("sector {to}"));
            years.iter().map(|sam| sam.paid(is)).sum()
        };
        let spent = paid(None);
        let shares: Vec<f64> = found.sectors.iter().map(|sector| paid(Some(sector)) / spent).collect();
        let through = |of: &[f64]| shares.iter().zip(of).map(|(s, m)| s * m).sum::<f64>();
        let (one, two) = (through(&found.output.0), through(found.output.1.as_ref()?));
        (spent > 0.0 && shares.iter().any(|s| *s > 0.0)).then_some((one, two))
    }

    pub(super) fn paid(&self, of: impl Fn(&Payment) -> bool) -> f64 {
        self.payments.iter().filter(|p| of(p)).map(|p| p.pounds).sum()
    }

    /// The sectors' economy, households inside for Type II.
    pub fn economy(&self) -> Economy {
        let name = |s: &SectorYear| format!("sector {}", s.sector);
        let per = |s: &SectorYear, pounds: f64| if s.net_sales > 0.0 { pounds / s.net_sales } else { 0.0 };
        let inputs = self.sectors.iter().map(|i| {
            let column = |j| {
                per(
                    j,
                    self.paid(|p| {
                        p.kind == "inputs and capital" && p.receiver == name(i) && p.payer == name(j)
                    }),
                )
            };
            self.sectors.iter().map(column).collect()
        });
        let pay: Vec<f64> = self
            .sectors
            .iter()
            .map(|j| {
                per(
                    j,
                    self.paid(|p| p.kind == "wages" && p.payer == name(j) && inside_households(&p.receiver)),
                )
            })
            .collect();
        let jobs = self.sectors.iter().map(|j| per(j, j.jobs)).collect();
        let value_added = self
            .sectors
            .iter()
            .map(|j| {
                let costs =
                    self.paid(|p| p.payer == name(j) && (p.kind == "inputs and capital" || p.kind == VAT));
                per(j, j.net_sales - costs)
            })
            .collect();
        let received = self.paid(|p| inside_households(&p.receiver) && p.payer != "balances");
        let bought = self.sectors.iter().map(|i| {
            let takings = self.paid(|p| p.kind == CONSUMPTION && p.receiver == name(i));
            let gross = self.paid(|p| {
                p.receiver == name(i) && p.payer != "balances" && !NO_SALES.contains(&p.kind.as_str())
            });
            let vat = (gross - i.net_sales).clamp(0.0, takings);
            if received > 0.0 { (takings - vat) / received } else { 0.0 }
        });
        let column: Vec<f64> = bought.collect();
        Economy {
            sectors: self.sectors.iter().map(|s| s.sector.clone()).collect(),
            system: System {
                inputs: inputs.collect(),
                households: Some(Households { row: pay.clone(), column, own: 0.0 }),
            },
            direct: [Some(pay), Some(jobs), Some(value_added)],
        }
    }

    /// The anchors' own purchases through the sectors' multipliers.
    pub fn bundle(&self, found: &Multipliers) -> Result<Bundle, Singular> {
        let anchors = |p: &Payment| p.payer.starts_with("anchor ");
        let bought = |p: &Payment| anchors(p) && PURCHASES.contains(&p.kind.as_str());
        let spent = self.paid(|p| bought(p) || (anchors(p) && p.kind == VAT));
        let share = |sector: &SectorYear| {
            let name = format!("sector {}", sector.sector);
            if spent > 0.0 { self.paid(|p| bought(p) && p.receiver == name) / spent } else { 0.0 }
        };
        let shares: Vec<f64> = self.sectors.iter().map(share).collect();
        let through = |of: &[f64]| -> f64 { shares.iter().zip(of).map(|(s, m)| s * m).sum() };
        let both =
            |one: &[f64], two: Option<&Vec<f64>>| [through(one), two.map_or(f64::NAN, |two| through(two))];
        let mut effects =
            [both(&found.output.0, found.output.1.as_ref()), [f64::NAN; 2], [f64::NAN; 2], [f64::NAN; 2]];
        for (out, of) in effects[1..].iter_mut().zip(&found.effects) {
            if let Some(e) = of {
                *out = both(&e.type_1, e.type_2.as_ref());
            }
        }
        Ok(Bundle { spent, shares, effects, all_accounts: self.all_accounts(spent, bought)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pay(payer: &str, receiver: &str, kind: &str, pounds: f64) -> Payment {
        Payment { receiver: receiver.into(), payer: payer.into(), kind: kind.into(), pounds }
    }

    /// An anchor buys for 100 from sector G, which pays 40 to residents and sends 75 away; residents spend 20 of
    /// their 40 at G, 15 of it net of VAT. So G's net sales are 115. By hand: pay per pound of sales 40/115;
    /// household column 15/40; Type II 1/(1 - 40/115 · 15/40) = 1/(1 - 15/115) = 1.15. With all accounts inside:
    /// G uses 40 + 75 = 115 of what is left after VAT, households 40: 40/115 and 15/40 come back; receipts
    /// 1·(1 + 40/115)/(1 - 15/115) = 1.55.
    #[test]
    fn a_small_matrix_by_hand() {
        let sam = Sam {
            payments: vec![
                pay("anchor a", "sector G", "contract instalments", 100.0),
                pay("sector G", "households 5", "wages", 40.0),
                pay("sector G", "firms of the country", "inputs and capital", 75.0),
                pay("sector G", "central government", "VAT", 5.0),
                pay("households 5", "sector G", "consumption", 20.0),
                pay("households 5", "firms of the country", "consumption", 20.0),
            ],
            sectors: vec![SectorYear { sector: "G".into(), jobs: 2.3, net_sales: 115.0 }],
        };
        let found = sam.economy().multipliers().unwrap();
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{a} is not {b}");
        close(found.output.0[0], 1.0);
        close(found.output.1.as_ref().unwrap()[0], 1.15);
        close(found.effects[1].as_ref().unwrap().direct[0], 0.02);
        let bundle = sam.bundle(&found).unwrap();
        close(bundle.shares[0], 1.0);
        close(bundle.effects[0][1], 1.15);
        close(bundle.all_accounts.unwrap(), 1.55);
    }
}
