//! Traced money that cannot be accounted for stops the run, and what is local is what procurement measured.

use crate::common::{leeds, run};
use recirc::economy::books::purchases_are_all_there;
use recirc::place::vocabulary::LocalDefinition;
use recirc::tracer::Tracer;

const FOLLOWED: [&str; 1] = [r#"tracer.follow=[{name="council", anchors=["council"], separate=true}]"#];

/// One unit, the smallest part of a penny, is noted as put in that never was: by the tracer of all, or by one that is kept
/// apart.
#[test]
fn a_unit_of_dye_too_few_stops_the_run() {
    for apart in [false, true] {
        let mut city = leeds(0.01, 5, &FOLLOWED);
        let mut tracer = Tracer::new(&city);
        run(&mut city, 11, Some(&mut tracer)).unwrap();
        let ledger = if apart { &mut tracer.ledger.apart[0] } else { &mut tracer.ledger };
        ledger.months[0].injected += 1;
        let broken = run(&mut city, 1, Some(&mut tracer)).unwrap_err();
        assert_eq!(broken.identity, "traced money circulates, is held or has left");
        let name = if apart { "council" } else { "all" };
        assert!(broken.to_string().contains(&format!("for tracer {name} by £0.01")), "{broken}");
    }
}

/// A penny that one household spent is noted as bought by its neighbour: all sums are as they were, and the yearly look at the
/// purchases of each finds it.
#[test]
fn purchases_of_a_neighbour_stop_the_run() {
    let mut city = leeds(0.01, 5, &[]);
    run(&mut city, 12, None).unwrap();
    assert_eq!(purchases_are_all_there(&city), Ok(()));
    city.flows.purchases.rows_mut()[7][3] += 1;
    city.flows.purchases.rows_mut()[8][3] -= 1;
    let broken = purchases_are_all_there(&city).unwrap_err();
    assert_eq!(broken.identity, "purchases sum to what is spent on them");
    assert!(broken.to_string().contains("for household 7 by £0.01"), "{broken}");
}

/// If procurement takes every supplier for local, so does the tracer.
#[test]
fn procurement_and_tracer_share_one_measure_of_local() {
    let mut city = leeds(0.01, 5, &[]);
    let mut tracer = Tracer::new(&city);
    let not_local = |tracer: &Tracer| -> i64 {
        let month = tracer.ledger.months.last().unwrap();
        let of = tracer.ledger.groups.iter().filter(|group| group.by.starts_with("local"));
        of.map(|group| month.tags[tracer.ledger.offset(&group.by).unwrap() + 1].first).sum()
    };
    run(&mut city, 1, Some(&mut tracer)).unwrap();
    assert!(not_local(&tracer) > 0);
    for shares in city.contracts.local.rows.iter_mut() {
        *shares = [1.0; LocalDefinition::COUNT];
    }
    run(&mut city, 1, Some(&mut tracer)).unwrap();
    assert_eq!(not_local(&tracer), 0);
}
