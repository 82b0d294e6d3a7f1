//! The levers of scoring and letting, each against the same city and luck without it.

use super::{city, let_next, month, seen, settings};
use recirc::economy::plan::Plan;
use recirc::economy::procurement::challenge;
use recirc::place::vocabulary::{LocalDefinition, Ownership, Route};
use recirc::world::awards::Award;

fn vcse(a: &Award) -> bool {
    a.ownership as usize == Ownership::Vcse.index()
}

/// Half of the score for quality: winners are better than under the anchors' own rules.
#[test]
fn quality_weight() {
    let tendered = |a: &Award| matches!(a.route, Route::Open | Route::BelowThreshold | Route::CallOff);
    let quality = |toml: &str| {
        let s = seen(toml, &[], 12);
        let of: Vec<_> = s.awards.iter().filter(|a| tendered(a) && a.bids > 1).map(|a| a.quality).collect();
        of.iter().sum::<f64>() / of.len() as f64
    };
    let (with, without) = (quality("[[policy.quality_weight]]\nat_least = 0.8\n"), quality(""));
    assert!(with > without + 0.01, "{without} {with}");
}

/// Points for what stays, under two definitions of local: by ownership more goes to firms owned in the city than by site.
#[test]
fn definition_of_local() {
    let preference = "[[policy.local_preference]]\npoints = 30\nup_to_gbp = 207_720\nlocal = \"city\"\n";
    let owned = |more: &str| {
        let s = seen(&format!("{preference}{more}"), &[], 12);
        let below = s.awards.iter().filter(|a| matches!(a.route, Route::Quotes | Route::BelowThreshold));
        let of: Vec<f64> = below.map(|a| f64::from(a.local[LocalDefinition::Ownership.index()])).collect();
        of.iter().sum::<f64>() / of.len() as f64
    };
    let by_site = owned("");
    let by_ownership = owned("[[policy.definition_of_local]]\ndefinition = \"ownership\"\n");
    assert!(by_ownership > by_site + 0.02, "{by_site} {by_ownership}");
}

/// A penalty for what leaves: winners below the threshold keep more here; above it the law leaves it no room.
#[test]
fn extraction_penalty() {
    let kept = |toml: &str, routes: &[Route]| {
        let s = seen(toml, &[], 12);
        let of: Vec<f64> = (s.awards.iter())
            .filter(|a| routes.contains(&a.route))
            .map(|a| f64::from(a.local[LocalDefinition::ProfitRetained.index()]))
            .collect();
        of.iter().sum::<f64>() / of.len() as f64
    };
    let toml = "[[policy.extraction_penalty]]\npoints = 30\n";
    let below = [Route::Quotes, Route::BelowThreshold];
    let (with, without) = (kept(toml, &below), kept("", &below));
    assert!(with > without + 0.02, "{without} {with}");
    let mut city = city(toml, &[]);
    let plan = Plan::new(&city.settings, &city);
    month(&mut city, &plan);
    let (_, rules) = let_next(&city, &plan);
    let of = rules.of(0, 0);
    assert!(of.may_prefer(of.threshold_gbp - 1.0) && !of.may_prefer(of.threshold_gbp));
}

/// A credit for social enterprises: they win more, above the threshold too, where it fills their marks for social value.
#[test]
fn vcse_credit() {
    let won = |toml: &str, above: bool| {
        let s = seen(toml, &[], 12);
        // With such an edge rivals stay away, so that one bid may be all.
        let of = |a: &&Award| (a.route == Route::Open) == above && a.bids > 0;
        let all = s.awards.iter().filter(of).count() as f64;
        s.awards.iter().filter(of).filter(|a| vcse(a)).count() as f64 / all
    };
    let toml = "[[policy.vcse_credit]]\npoints = 30\n";
    let [(below, above), (below_without, above_without)] =
        [toml, ""].map(|toml| (won(toml, false), won(toml, true)));
    println!("below {below_without} {below}, above {above_without} {above}");
    assert!(below > 1.2 * below_without && above >= above_without);
}

/// Points for deprived wards: winners' staff come from more deprived ones.
#[test]
fn deprivation_weight() {
    let index = |toml: &str| {
        let mut city = city(toml, &[]);
        let plan = Plan::new(&city.settings, &city);
        month(&mut city, &plan);
        let measure = recirc::economy::procurement::deprivation::of_suppliers(&city);
        let (mut sum, mut n) = (0.0, 0.0);
        for _ in 0..12 {
            month(&mut city, &plan);
            let below = |a: &&Award| matches!(a.route, Route::Quotes | Route::BelowThreshold);
            for a in city.contracts.awards.iter().filter(below) {
                sum += measure.get(a.supplier as usize).copied().map_or(0.0, f64::from);
                n += 1.0;
            }
        }
        sum / n
    };
    let (with, without) = (index("[[policy.deprivation_weight]]\npoints = 40\n"), index(""));
    assert!(with > without + 0.02, "{without} {with}");
}

/// Rules of a devolved region: preferences decide above the threshold, and only with them.
#[test]
fn devolved_local_rules() {
    let preference = "[[policy.local_preference]]\npoints = 20\nup_to_gbp = 5_193_000\nlocal = \"city\"\n";
    let preferred = |more: &str| {
        let s = seen(&format!("{preference}{more}"), &[], 6);
        s.awards.iter().filter(|a| a.route == Route::Open && a.preferred).count()
    };
    assert_eq!(preferred(""), 0);
    assert!(preferred("[[policy.devolved_local_rules]]\nup_to_gbp = 5_193_000\n") > 5);
}

/// Lots by area in frameworks: when they are let again more of their members are of the city and region.
#[test]
fn framework_lots() {
    let near = |toml: &str| {
        let mut city = city(toml, &[]);
        let plan = Plan::new(&city.settings, &city);
        month(&mut city, &plan);
        city.contracts.frameworks.iter_mut().for_each(|f| f.end_month = city.month);
        let (after, _) = let_next(&city, &plan);
        let members = after.contracts.frameworks.iter().flat_map(|f| &f.members);
        let zones: Vec<_> =
            members.map(|(s, _)| after.suppliers.zone[recirc::world::suppliers::SupplierId(*s)]).collect();
        use recirc::place::vocabulary::Zone::{City, Region};
        zones.iter().filter(|z| matches!(z, City | Region)).count() as f64 / zones.len() as f64
    };
    let (with, without) = (near("[[policy.framework_lots]]\nshare = 1\n"), near(""));
    assert!((with - 1.0).abs() < 1e-9 && without < 0.9, "{without} {with}");
}

/// Notices a year ahead: more suppliers could bid than without; three months ahead they are of no use.
#[test]
fn pipeline_notices() {
    let known = |toml: &str| seen(toml, &[], 6).mean(|a| f64::from(a.invited));
    let (none, short, year) = (
        known(""),
        known("[[policy.pipeline_notices]]\nnotice_months = 3\n"),
        known("[[policy.pipeline_notices]]\nnotice_months = 12\n"),
    );
    assert_eq!(none, short);
    assert!(year > none * 1.01, "{none} {year}");
}

/// Systems that spare a fifth of the hours: lettings of a month would take a fifth fewer, and fewer are extended.
#[test]
fn procurement_it() {
    let toml = "[[policy.procurement_it]]\nhours_saved_percent = 20\n";
    let mut city = city(toml, &[]);
    let plan = Plan::new(&city.settings, &city);
    let none = Plan::neutral(&city);
    month(&mut city, &none);
    let wanted = |plan: &Plan| let_next(&city, plan).0.contracts.teams.iter().map(|t| t.wanted).sum::<f64>();
    assert!((wanted(&plan) / wanted(&none) - 0.8).abs() < 1e-9);
    assert!(seen(toml, &[], 6).extended < seen("", &[], 6).extended);
}

/// Advice for half the risk: with a chance of one, half of the open awards are held up.
#[test]
fn legal_advice_pool() {
    let held = |toml: &str| {
        let mut city = city(toml, &["procurement.delivery.challenge_chance=1"]);
        city.anchors.teams.iter_mut().for_each(|t| t.officers_fte = 1e4);
        let plan = Plan::new(&city.settings, &city);
        month(&mut city, &plan);
        let (after, _) = let_next(&city, &plan);
        after.costs.iter().filter(|c| c.what == "challenges").count() as f64
    };
    let (with, without) = (held("[[policy.legal_advice_pool]]\nrisk_cut_percent = 50\n"), held(""));
    assert!((with / without - 0.5).abs() < 0.2, "{without} {with}");
    let of = settings("", &[]).procurement.delivery;
    assert!(challenge::chance_of_challenge(&of, true, 0.0) > 0.0);
}

/// All buyers trained: nothing above the anchors' own limits is bought by quotes off policy.
#[test]
fn buyer_training() {
    let quotes = |toml: &str| {
        let s = seen(toml, &[], 6);
        s.awards.iter().filter(|a| a.route == Route::Quotes && a.value_gbp > 60_000.0).count()
    };
    let (with, without) = (quotes("[[policy.buyer_training]]\nshare = 1\n"), quotes(""));
    // What is left is bought in haste, or below limits of the anchors' own.
    assert!(without > 20 && with * 5 < without * 4, "{without} {with}");
}
