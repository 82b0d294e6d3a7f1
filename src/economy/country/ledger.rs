//! The country's books: what cities paid into the trade between them, what came out of it, and what waits in between.

use super::base::Rest;
use super::demand::{Asked, total};
use super::outside::{ByZone, OutsideMonth};
use crate::base::money::Pence;
use crate::economy::books::BrokenIdentity;
use serde::{Deserialize, Serialize};

/// A month of the country (pence, people), all cities and both zones together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CountryMonth {
    pub month: u16,
    /// Paid for what was bought outside, VAT apart; the VAT.
    pub paid: Pence,
    pub vat: Pence,
    /// Sold by cities to buyers of the zones.
    pub sold: Pence,
    /// Ordered from cities for this month and not delivered: the buyers turn to other cities next month.
    pub unfilled: Pence,
    /// Waits for next month: orders placed with cities.
    pub waiting: Pence,
    /// Ordered from cities by the rest of the country less what it sold to them. Once cities are linked: what it was at the
    /// start, what it takes over of what moves (`country.beyond`), and what orders would be below nought.
    pub rest: Pence,
    /// The last of the three: as much is ordered that nobody asked for.
    pub cut_off: Pence,
    /// Commuters: pay by cities to people from the others and from the rest of the country, and pay of residents outside.
    pub in_pay: Pence,
    pub out_pay: Pence,
    pub in_commuters: i64,
    pub out_commuters: i64,
}

/// The clearing of the trade between cities: what waits from month to month.
#[derive(Clone, Debug, Default)]
pub struct Clearing {
    /// Orders placed for the coming month, as paid in.
    pub waiting: Pence,
}

impl Clearing {
    /// Close a month: what waited and what was paid in, less what was paid out, is what waits.
    pub fn close(
        &mut self,
        (month, date): (u16, String),
        months: &[OutsideMonth],
        asked: &[Asked],
        (orders, told): (&[ByZone], Option<Rest>),
    ) -> Result<CountryMonth, BrokenIdentity> {
        let sum = |of: &dyn Fn(&OutsideMonth) -> i64| months.iter().map(of).sum::<i64>();
        let vat = sum(&|m| m.vat.iter().sum());
        let paid = sum(&|m| m.paid.iter().sum()) - vat;
        let sold = sum(&|m| total(&m.sold));
        let waiting: Pence = orders.iter().map(total).sum();
        // Told part by part by those who place the orders; before cities are linked, an outside orders that does not answer.
        let rest =
            told.map_or_else(|| waiting - asked.iter().map(|of| total(&of.sales)).sum::<Pence>(), Rest::all);
        let after = self.waiting + paid + rest - sold;
        let broken = |identity, amount| BrokenIdentity {
            identity,
            month: date.clone(),
            account: "the country".into(),
            amount,
        };
        if after != waiting {
            return Err(broken(
                "what waited + paid in by cities and the rest − sold by cities = what waits",
                after - waiting,
            ));
        }
        let in_commuters = sum(&|m| m.in_commuters.iter().sum());
        let divided: i64 = asked.iter().flat_map(|of| of.commuters).sum();
        if divided != in_commuters {
            return Err(broken(
                "people from elsewhere at work in cities = those divided over cities as homes",
                divided - in_commuters,
            ));
        }
        let unfilled = self.waiting - sold;
        self.waiting = waiting;
        Ok(CountryMonth {
            month,
            paid,
            vat,
            sold,
            unfilled,
            waiting,
            rest,
            cut_off: told.map_or(0, |of| of.cut_off),
            in_pay: sum(&|m| m.in_pay.iter().sum()),
            out_pay: sum(&|m| m.out_pay.iter().sum()),
            in_commuters,
            out_commuters: sum(&|m| m.out_commuters.iter().sum()),
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::place::city::SECTORS;

    fn table(amount: Pence) -> ByZone {
        let mut of = [[0; SECTORS]; 2];
        of[0][0] = amount;
        of
    }

    /// 100 waited; cities pay 60 and sell 90, so 10 orders go on: 70 is asked. 65 is ordered: the rest took 5, of which 6 at
    /// the start, and 1 is ordered that nobody asked for.
    #[test]
    fn a_month_by_hand_and_a_penny_astray() {
        let month = OutsideMonth { paid: [66, 0], vat: [6, 0], sold: table(90), ..OutsideMonth::default() };
        let asked = |amount| vec![Asked { sales: table(amount), ..Asked::default() }];
        let close = |asked: &[Asked], told| {
            let mut of = Clearing { waiting: 100 };
            of.close((1, "2026-04".into()), std::slice::from_ref(&month), asked, (&[table(65)], told))
        };
        let rest = |at_start| Some(Rest { at_start, taken_over: 0, cut_off: 1 });
        for told in [None, rest(-6)] {
            let of = close(&asked(70), told).unwrap();
            assert_eq!((of.paid, of.vat, of.unfilled, of.rest, of.waiting), (60, 6, 10, -5, 65));
            assert_eq!(of.cut_off, i64::from(told.is_some()));
        }
        // A penny lost in dividing, and one ordered that is nobody's.
        let error = close(&asked(69), None).unwrap_err();
        assert!(error.identity.starts_with("what waited") && error.amount == 1, "{error}");
        assert_eq!(close(&asked(70), rest(-7)).unwrap_err().amount, -1);
    }
}
