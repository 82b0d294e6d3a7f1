//! The month.

use super::books::{Books, BrokenIdentity};
use super::plan::Plan;
use super::{adapt, consume, firms, hire, institutions, order, pay, procurement, shocks, tax};
use crate::base::draws::Draws;
use crate::tracer::Tracer;
use crate::world::City;

/// One month. The order of the lines is the model's timing assumption (docs/model.md, section 3).
pub fn step(
    city: &mut City,
    plan: &Plan,
    draws: &Draws,
    tracer: Option<&mut Tracer>,
) -> Result<Books, BrokenIdentity> {
    city.month += 1;
    let luck = draws.in_month(city.month);
    let rules = plan.in_force(city);
    let mut books = Books::open(city);
    procurement::let_contracts(city, &rules, draws, &luck);
    order::fill(city, &rules, &mut books);
    hire::match_workers(city, &luck);
    pay::wages_rent_and_surplus(city, draws, &mut books);
    tax::collect_and_support(city, &rules, &mut books);
    consume::spend(city, &rules, &mut books);
    if let Some(tracer) = tracer {
        tracer.follow(city);
    }
    shocks::strike(city, &rules, &mut books);
    institutions::work(city, &rules, &luck, &mut books);
    firms::enter_and_exit(city, &luck, &mut books);
    adapt::expectations_habits_and_norms(city, &rules, draws, &luck);
    books.close(city)
}
