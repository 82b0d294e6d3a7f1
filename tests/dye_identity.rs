//! Traced money that cannot be accounted for stops the run at the end of the year.

use crate::common::{leeds, run};
use recirc::tracer::Tracer;

/// One unit, a thousandth of a penny, is noted as put in that never was.
#[test]
fn a_unit_of_dye_too_few_stops_the_run() {
    let mut city = leeds(0.01, 5, &[]);
    let mut tracer = Tracer::new(&city);
    run(&mut city, 11, Some(&mut tracer)).unwrap();
    tracer.ledger.months[0].injected += 1;
    let broken = run(&mut city, 1, Some(&mut tracer)).unwrap_err();
    assert_eq!(broken.identity, "traced money circulates, is held or has left");
    assert!(broken.to_string().contains("for the tracer by £0.01"), "{broken}");
}
