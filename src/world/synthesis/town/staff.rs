//! The town's workers: one for each household that an employer pays.

use crate::base::col::Id;
use crate::base::money::{Pence, pence};
use crate::place::town::Town;
use crate::place::town_steady::{Ids, Steady};
use crate::world::City;
use crate::world::employers::{EmployerId, Employers, OUTSIDE_EMPLOYERS};
use crate::world::orgs::NOBODY;
use crate::world::workers::Status;
use std::collections::BTreeMap;

/// One worker for each household that an employer pays, in the order of households; then commuters.
pub(super) fn staff(of: &Town, ids: &Ids, steady: &Steady, city: &mut City) {
    let mut posts: Vec<(u32, u32, Pence, u8)> = Vec::new();
    let mut hire = |employer: usize, pays: &BTreeMap<String, f64>, amount: f64| {
        for (id, part) in pays {
            let pay = pence(part * amount);
            match ids.households.get(id) {
                Some(h) => posts.push((*h, employer as u32, pay, 0)),
                None => posts.push((NOBODY, employer as u32, pay, if id == "region" { 1 } else { 2 })),
            }
        }
    };
    for (i, file) in of.supplier.iter().enumerate() {
        hire(i, &file.pays, steady.suppliers[i] - steady.vat[i]);
    }
    for (a, file) in of.anchor.iter().enumerate() {
        hire(of.supplier.len() + a, &file.pays, 1.0);
    }
    posts.sort_by_key(|p| (p.0, p.1, p.3));
    let w = &mut city.workers;
    let n = of.supplier.len() + of.anchor.len() + OUTSIDE_EMPLOYERS;
    city.employers = Employers::without_posts(n);
    city.households.workers_from = vec![0];
    for h in 0..of.household.len() as u32 {
        let upto = posts.partition_point(|post| post.0 <= h);
        city.households.workers_from.push(upto as u32);
    }
    for (household, employer, pay, home) in &posts {
        w.household.push(*household);
        w.employer.push(*employer);
        w.post.push(NOBODY);
        w.status.push(Status::Employed);
        w.sector.push(of.supplier.get(*employer as usize).map_or(0, |s| s.sector.index() as u8));
        w.pay.push(*pay as i32);
        w.skill_pay.push(*pay as i32);
        w.hours.push(37);
        w.home.push(*home);
        w.months_out.push(0);
        let e = EmployerId(*employer);
        city.employers.headcount[e] += 1;
        city.employers.wage_bill[e] += pay;
    }
    let mut pays = vec![Vec::new(); n];
    for (_, employer, pay, _) in &posts {
        pays[*employer as usize].push(*pay as i32);
    }
    for (i, pays) in pays.into_iter().enumerate() {
        let e = EmployerId::from_index(i);
        city.employers.target_bill[e] = city.employers.wage_bill[e];
        let heads = i64::from(city.employers.headcount[e].max(1));
        city.employers.pay_level[e] = (city.employers.wage_bill[e] / heads) as i32;
        city.employers.posts.push_row(pays);
    }
    w.residents = posts.iter().filter(|p| p.0 != NOBODY).count();
}
