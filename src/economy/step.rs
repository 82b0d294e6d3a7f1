//! The month.

use super::books::{Books, BrokenIdentity, dye_is_all_there, purchases_are_all_there};
use super::phase::{Phase, PhaseWatch, Unwatched};
use super::plan::Plan;
use super::{adapt, consume, firms, hire, institutions, order, pay, procurement, shocks, tax};
use crate::base::draws::Draws;
use crate::tracer::Tracer;
use crate::world::City;

/// One month that nobody watches.
pub fn step(
    city: &mut City,
    plan: &Plan,
    draws: &Draws,
    tracer: Option<&mut Tracer>,
) -> Result<Books, BrokenIdentity> {
    watched(city, plan, draws, tracer, &mut Unwatched)
}

/// One month. The order of the lines is the model's timing assumption (docs/model.md, section 3).
pub fn watched(
    city: &mut City,
    plan: &Plan,
    draws: &Draws,
    mut tracer: Option<&mut Tracer>,
    watch: &mut impl PhaseWatch,
) -> Result<Books, BrokenIdentity> {
    city.month += 1;
    let luck = draws.in_month(city.month);
    let rules = plan.in_force(city);
    let mut books = watch.phase(Phase::OpenBooks, || Books::open(city));
    watch.phase(Phase::Procure, || procurement::let_contracts(city, &rules, draws, &luck));
    watch.phase(Phase::Order, || order::fill(city, &rules, &mut books));
    watch.phase(Phase::Hire, || hire::match_workers(city, &luck));
    watch.phase(Phase::Pay, || pay::wages_rent_and_surplus(city, draws, &mut books));
    watch.phase(Phase::Tax, || tax::collect_and_support(city, &rules, &mut books));
    watch.phase(Phase::Consume, || consume::spend(city, &rules, &mut books));
    if let Some(tracer) = tracer.as_deref_mut() {
        watch.phase(Phase::Trace, || tracer.follow(city));
    }
    watch.phase(Phase::Shocks, || shocks::strike(city, &rules, &mut books));
    watch.phase(Phase::Institutions, || institutions::work(city, &rules, &luck, &mut books));
    watch.phase(Phase::Firms, || firms::enter_and_exit(city, &luck, &mut books));
    watch.phase(Phase::Adapt, || adapt::expectations_habits_and_norms(city, &rules, draws, &luck));
    watch.phase(Phase::CloseBooks, || {
        let closed = books.close(city)?;
        // These take going through all agents again, hence not every month.
        if city.month.is_multiple_of(12) {
            purchases_are_all_there(city)?;
            tracer.map_or(Ok(()), |tracer| dye_is_all_there(city, tracer))?;
        }
        Ok(closed)
    })
}
