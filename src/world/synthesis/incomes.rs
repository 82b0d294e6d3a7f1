//! What households receive and owe in the starting month, their tenth, and how they spend.

use super::firms::{self, Work};
use super::jobs::Jobs;
use super::people::People;
use super::sampling::systematic;
use super::unit;
use crate::base::col::{Col, Id};
use crate::base::draws::{Luck, Purpose};
use crate::base::money::{WHOLE, part, pence, share};
use crate::place::city::City as Facts;
use crate::place::tax_rules::{Paye, universal_credit};
use crate::place::vocabulary::{Tenure, Zone};
use crate::world::households::{FixedShares, HouseholdId, Households, Landlord, Spending};
use crate::world::orgs::{Orgs, Outside};
use crate::world::suppliers::SupplierId;
use crate::world::workers::{Status, Workers};

/// Largest share of disposable income that rent takes at the start, and support beside earnings counted towards
/// it, GBP a month an adult (assumed).
const RENT_CAP: f64 = 0.45;
const SUPPORT: f64 = 700.0;
/// Share of the months in which an owner's firm is open: a place stands vacant three months after the one
/// closing in ten years that firms have on average (derived from the death rate).
const OPEN: f64 = 0.975;
/// Maintenance loan or family transfer of an adult outside the labour force in a household without other
/// income, GBP a month (assumed; the maximum student maintenance loan away from home is 10,544 a year).
const MAINTENANCE: f64 = 850.0;
/// Of households in which all adults are outside the labour force, those who live on maintenance and are not
/// entitled to Universal Credit: full-time students above all (assumed).
const MAINTAINED: f64 = 0.25;
/// Of households of working age that own outright, those with capital above the limit for Universal Credit of
/// 16,000 (assumed; the home itself does not count).
const ABOVE_CAPITAL_LIMIT: f64 = 0.5;
/// Council tax of a household in the lowest tenth over one in the highest (ETB 2017/18, net of support).
const COUNCIL_TAX_LOW: f64 = 0.50;

/// A household's month at the start, before it shops (pence).
#[derive(Clone, Copy, Default)]
struct Month {
    pay: i64,
    deductions_tax: i64,
    pension: i64,
    dividends: i64,
    rents: i64,
    credit: i64,
}

/// Fill in owners, landlords, steady incomes, deciles and spending rules.
pub fn incomes(facts: &Facts, scale: f64, people: &mut People, work: &mut Work, jobs: &Jobs, luck: &Luck) {
    let orgs = Orgs { suppliers: work.suppliers.len() as u32, anchors: facts.anchors.len() as u32 };
    let n = people.households.len();
    // The month as it is, and as it is on average: everybody in the labour force is out of work now and then,
    // so that tenths and spending habits follow what a household earns in the long run.
    let mut now = earnings(facts, &people.households, &people.workers, false);
    let mut normal = earnings(facts, &people.households, &people.workers, true);
    owners(facts, people, work, luck);
    share_outs(facts, people, work, jobs, (&mut now, &mut normal));
    for (owner, amount) in city_dividends(facts, work, jobs) {
        now[owner as usize].dividends += amount;
        normal[owner as usize].dividends += (amount as f64 * OPEN) as i64;
    }
    commitments(facts, &mut people.households, &normal, luck);
    landlords(facts, &orgs, &mut people.households, luck);
    for h in 0..n {
        let id = HouseholdId::from_index(h);
        if let Landlord::Household(l) = people.households.landlord[id] {
            let rent = f64::from(people.households.commitments[id].rent);
            let rent = (rent * (1.0 - facts.tax.basic_rate)).round() as i64;
            now[l.index()].rents += rent;
            normal[l.index()].rents += rent;
        }
    }
    steady(facts, people, &normal, luck);
    credits(facts, scale, people, (&mut now, &mut normal), luck);
    reconcile(facts, scale, &mut people.households, &normal);
    rank(&mut people.households, &normal);
    spending(facts, &mut people.households, (&now, &normal));
}

fn earnings(facts: &Facts, households: &Households, workers: &Workers, normal: bool) -> Vec<Month> {
    let paye = Paye::new(&facts.tax);
    let in_work = 1.0 - facts.people.unemployment_rate;
    (0..households.len())
        .map(|h| {
            let mut month = Month::default();
            for w in households.workers_of(h) {
                let pay = i64::from(if normal { workers.skill_pay.rows()[w] } else { workers.pay.rows()[w] });
                let d = paye.deductions(pay);
                let part_of = |x: i64| if normal { (x as f64 * in_work) as i64 } else { x };
                month.pay += part_of(pay);
                month.deductions_tax += part_of(d.income_tax + d.employee_ni);
                month.pension += part_of(d.pension);
            }
            month
        })
        .collect()
}

/// Firms with owners in the city get one: a household that owns its home, of working age.
fn owners(facts: &Facts, people: &People, work: &mut Work, luck: &Luck) {
    let of_means: Vec<u32> = (0..people.households.len())
        .filter(|&h| {
            let id = HouseholdId::from_index(h);
            people.households.tenure[id] <= Tenure::Mortgage as u8 && people.households.pensioners[id] == 0
        })
        .map(|h| h as u32)
        .collect();
    for i in 0..work.suppliers.len() {
        let s = SupplierId::from_index(i);
        let form = work.suppliers.ownership[s];
        let local = facts.ownership.forms[form.index()].to_city_owners > 0.0;
        if local && work.suppliers.zone[s] == Zone::City && !of_means.is_empty() {
            let u = unit(luck, 30, work.suppliers.identity[s], 0);
            work.suppliers.owner[s] = of_means[(u * of_means.len() as f64) as usize];
        }
    }
}

/// What the staff of worker co-operatives and VCSE share out at the start, as part of their pay.
fn share_outs(facts: &Facts, people: &People, work: &Work, jobs: &Jobs, (now, normal): (&mut [Month], &mut [Month])) {
    let ratio: Vec<f64> = (0..work.suppliers.len())
        .map(|i| {
            let s = SupplierId::from_index(i);
            let r = &work.suppliers.recipe[s];
            let bill = jobs.employers.wage_bill.rows()[i];
            if r.profit_to_staff == 0 || bill == 0 {
                return 0.0;
            }
            let profit = normal_profit(facts, work, s);
            part(profit - part(profit, r.profit_tax), r.profit_to_staff) as f64 / bill as f64
        })
        .collect();
    for h in 0..people.households.len() {
        for w in people.households.workers_of(h) {
            let employer = people.workers.employer.rows()[w] as usize;
            if let Some(ratio) = ratio.get(employer).filter(|r| **r > 0.0) {
                let more = (f64::from(people.workers.pay.rows()[w]) * ratio) as i64;
                now[h].pay += more;
                normal[h].pay += more;
                // At the basic rate and the main rate of contributions.
                let taxed = (more as f64 * (facts.tax.basic_rate + facts.tax.employee_main_rate)) as i64;
                now[h].deductions_tax += taxed;
                normal[h].deductions_tax += taxed;
            }
        }
    }
}

/// Profit a month to each owning household at the start.
fn city_dividends(facts: &Facts, work: &Work, jobs: &Jobs) -> Vec<(u32, i64)> {
    let mut out = Vec::new();
    for i in 0..work.suppliers.len() {
        let s = SupplierId::from_index(i);
        let of = &work.suppliers;
        if of.owner[s] == crate::world::orgs::NOBODY || jobs.employers.headcount.rows()[i] == 0 {
            continue;
        }
        let profit = normal_profit(facts, work, s);
        let after_tax = profit - part(profit, of.recipe[s].profit_tax);
        let to_owner = part(after_tax, of.recipe[s].profit[0]);
        out.push((of.owner[s], to_owner - part(to_owner, of.recipe[s].owner_tax)));
    }
    out
}

/// Net sales less all costs at the start, pence a month; never below zero.
fn normal_profit(facts: &Facts, work: &Work, s: SupplierId) -> i64 {
    let of = &work.suppliers;
    let (sales, r) = (of.normal_sales[s], &of.recipe[s]);
    let norm = facts.ownership.forms[of.ownership[s].index()].local_sourcing;
    let (city, _) = firms::purchases(facts, of.sector[s], of.shop[s], norm);
    let costs = r.outside_inputs.iter().sum::<u64>()
        + share(city.iter().sum())
        + r.product_taxes
        + r.rates_national
        + r.rates_council
        + r.pay
        + r.employer_ni
        + r.employer_pension;
    part(sales, WHOLE.saturating_sub(costs))
}

fn commitments(facts: &Facts, out: &mut Households, months: &[Month], luck: &Luck) {
    let p = &facts.people;
    for h in 0..out.len() {
        let id = HouseholdId::from_index(h);
        let spread = libm::exp(0.25 * luck.normal(Purpose::HouseholdMake, h as u64, 2));
        let size = 0.8 + 0.1 * f64::from(out.adults[id] + out.children[id]);
        let rent = match Tenure::from_index(out.tenure[id] as usize) {
            Tenure::Private => p.private_rent_month * spread * size,
            Tenure::Council => p.council_rent_month * size,
            Tenure::Association => p.association_rent_month * size,
            _ => 0.0,
        };
        let net = (months[h].pay - months[h].deductions_tax - months[h].pension) as f64 / 100.0;
        let means = net + SUPPORT * f64::from(out.adults[id]);
        let c = &mut out.commitments[id];
        c.rent = pence(rent.min(RENT_CAP * means)) as i32;
        if out.tenure[id] == Tenure::Mortgage as u8 {
            let of_pay = 0.12 * (months[h].pay as f64 / 100.0);
            let interest = (0.5 * p.mortgage_interest_month + 0.5 * of_pay) * spread;
            c.mortgage_interest = pence(interest.min(0.25 * months[h].pay as f64 / 100.0)) as i32;
        }
    }
}

fn landlords(facts: &Facts, orgs: &Orgs, out: &mut Households, luck: &Luck) {
    let owners: Vec<u32> =
        (0..out.len()).filter(|&h| out.tenure.rows()[h] == Tenure::Outright as u8).map(|h| h as u32).collect();
    let council = facts.anchors.iter().position(|a| a.kind == crate::place::vocabulary::AnchorKind::Council);
    for h in 0..out.len() {
        let id = HouseholdId::from_index(h);
        let u = unit(luck, 31, h as u64, 0);
        let outside = |account| Landlord::Org(orgs.outside(account));
        out.landlord[id] = match Tenure::from_index(out.tenure[id] as usize) {
            Tenure::Private if u < facts.people.landlords_in_city && !owners.is_empty() => {
                let at = unit(luck, 31, h as u64, 1) * owners.len() as f64;
                Landlord::Household(HouseholdId(owners[at as usize]))
            }
            // The remaining landlords, and housing associations, whose seat is taken to be in the region or country.
            Tenure::Private if u < 0.8 => outside(Outside::RegionHouseholds),
            Tenure::Private => outside(Outside::CountryHouseholds),
            Tenure::Council => council.map_or(outside(Outside::Government), |a| Landlord::Org(orgs.anchor(a))),
            Tenure::Association => outside(Outside::RegionFirms),
            _ => Landlord::None,
        };
    }
}

/// Incomes that do not depend on this month's work, except Universal Credit.
fn steady(facts: &Facts, people: &mut People, months: &[Month], luck: &Luck) {
    let (p, law) = (&facts.people, &facts.tax);
    let paye = Paye::new(law);
    let out = &mut people.households;
    let provisional = tenths(out, |h| months[h].pay - months[h].deductions_tax + months[h].rents + months[h].dividends);
    for h in 0..out.len() {
        let id = HouseholdId::from_index(h);
        let children = f64::from(out.children[id]);
        let pensioners = f64::from(out.pensioners[id]);
        let mut government = pensioners * law.state_pension_week * 52.0 / 12.0 * 0.95;
        if children > 0.0 {
            let week = law.child_benefit_eldest_week + (children - 1.0) * law.child_benefit_other_week;
            government += week * 52.0 / 12.0;
        }
        let mut finance = p.investment_income[provisional[h] as usize] / 12.0;
        if pensioners > 0.0 {
            let means = match Tenure::from_index(out.tenure[id] as usize) {
                Tenure::Outright | Tenure::Mortgage => 1.25,
                _ => 0.4,
            };
            finance += means * p.private_pension / 12.0 * libm::exp(0.5 * luck.normal(Purpose::HouseholdMake, h as u64, 3) - 0.125);
        } else {
            government += p.other_benefits[provisional[h] as usize] / 12.0;
            let statuses = out.workers_of(h).map(|w| people.workers.status.rows()[w]);
            if statuses.clone().all(|s| s == Status::Inactive) {
                let adults = f64::from(out.adults[id]);
                finance += MAINTENANCE * adults * (0.8 + 0.4 * unit(luck, 32, h as u64, 0));
            }
        }
        let per_head = if pensioners > 0.0 {
            (pence(finance) as f64 + pence(pensioners * law.state_pension_week * 52.0 / 12.0 * 0.95) as f64) / pensioners
        } else {
            0.0
        };
        let s = &mut out.steady[id];
        s.from_government = pence(government) as i32;
        s.from_finance = pence(finance) as i32;
        s.tax = (pensioners * paye.income_tax(per_head)).round() as i32;
    }
    council_tax(facts, out, &provisional);
}

fn council_tax(facts: &Facts, out: &mut Households, provisional: &[u8]) {
    let weight = |d: u8| COUNCIL_TAX_LOW + (1.0 - COUNCIL_TAX_LOW) * f64::from(d) / 9.0;
    let mean = provisional.iter().map(|d| weight(*d)).sum::<f64>() / provisional.len().max(1) as f64;
    let each = facts.people.council_tax_net / facts.people.households / 12.0;
    for (h, d) in provisional.iter().enumerate() {
        out.commitments[HouseholdId::from_index(h)].council_tax = pence(each * weight(*d) / mean) as i32;
    }
}

/// Universal Credit: full awards by composition and rent; claimed by as many of those entitled as are
/// published to claim.
fn credits(
    facts: &Facts,
    scale: f64,
    people: &mut People,
    (months, normal): (&mut [Month], &mut [Month]),
    luck: &Luck,
) {
    let law = &facts.tax;
    let out = &mut people.households;
    let mut full = vec![(0i64, 0i64); out.len()];
    let mut entitled = vec![0.0; out.len()];
    for h in 0..out.len() {
        let id = HouseholdId::from_index(h);
        let has_capital = out.tenure[id] == Tenure::Outright as u8 && unit(luck, 33, h as u64, 3) < ABOVE_CAPITAL_LIMIT;
        if out.pensioners[id] > 0 || has_capital {
            continue;
        }
        let maintained = out.workers_of(h).all(|w| people.workers.status.rows()[w] == Status::Inactive)
            && unit(luck, 33, h as u64, 0) < MAINTAINED;
        if maintained {
            continue;
        }
        let standard = if out.adults[id] > 1 { law.uc_couple } else { law.uc_single };
        let rent = f64::from(out.commitments[id].rent) / 100.0;
        let award = standard + law.uc_child * f64::from(out.children[id].min(2)) + rent * 0.85;
        let children = out.children[id] > 0;
        let allowance = match (children, rent > 0.0) {
            (false, _) => 0.0,
            (true, true) => law.uc_work_allowance_housing,
            (true, false) => law.uc_work_allowance,
        };
        full[h] = (pence(award), pence(allowance));
        let net = months[h].pay - months[h].deductions_tax - months[h].pension;
        if universal_credit(full[h].0, full[h].1, net, law.uc_taper) > 0 {
            entitled[h] = 1.0;
        }
    }
    let wanted = (facts.people.universal_credit_households * scale).round() as usize;
    let share_claiming = wanted as f64 / entitled.iter().sum::<f64>().max(1.0);
    let claims = systematic(&entitled, wanted, unit(luck, 33, 1 << 40, 1));
    for h in 0..out.len() {
        let id = HouseholdId::from_index(h);
        // Those not entitled now would claim at the same rate if their earnings fell.
        let would = entitled[h] == 0.0 && unit(luck, 33, h as u64, 2) < share_claiming;
        if full[h].0 > 0 && (claims[h] || would) {
            out.steady[id].credit_full = full[h].0 as i32;
            out.steady[id].credit_allowance = full[h].1 as i32;
            let net = months[h].pay - months[h].deductions_tax - months[h].pension;
            months[h].credit = universal_credit(full[h].0, full[h].1, net, law.uc_taper);
            out.credit_at_start[id] = months[h].credit as i32;
            let usual = normal[h].pay - normal[h].deductions_tax - normal[h].pension;
            normal[h].credit = universal_credit(full[h].0, full[h].1, usual, law.uc_taper);
            // Claimants on maintenance give it up.
            if claims[h] && months[h].pay == 0 {
                out.steady[id].from_finance = out.steady[id].from_finance.min(10_000);
            }
        }
    }
}

fn disposable(out: &Households, month: &Month, h: usize) -> i64 {
    let id = HouseholdId::from_index(h);
    receipts(out, month, h) - direct_tax(out, month, h) - month.pension - i64::from(out.commitments[id].council_tax)
}

fn receipts(out: &Households, month: &Month, h: usize) -> i64 {
    let s = &out.steady[HouseholdId::from_index(h)];
    month.pay + month.credit + month.dividends + month.rents + i64::from(s.from_government) + i64::from(s.from_finance)
}

fn direct_tax(out: &Households, month: &Month, h: usize) -> i64 {
    month.deductions_tax + i64::from(out.steady[HouseholdId::from_index(h)].tax)
}

/// The named reconciling row: other income from outside, in proportion to income held, so that the city's
/// disposable cash income is the published one. Nothing is taken away where synthesis comes out above it.
fn reconcile(facts: &Facts, scale: f64, out: &mut Households, months: &[Month]) {
    let have: i64 = (0..out.len()).map(|h| disposable(out, &months[h], h).max(0)).sum();
    let wanted = facts.people.disposable_cash_income * scale * 100.0 / 12.0;
    let missing = ((wanted - have as f64) / have.max(1) as f64).max(0.0);
    for h in 0..out.len() {
        let more = (disposable(out, &months[h], h).max(0) as f64 * missing).round() as i32;
        out.steady[HouseholdId::from_index(h)].from_finance += more;
    }
}

/// Tenths of households by an amount, equivalised by the modified OECD scale.
fn tenths(out: &Households, amount: impl Fn(usize) -> i64) -> Vec<u8> {
    let mut order: Vec<(f64, u32)> = (0..out.len())
        .map(|h| {
            let id = HouseholdId::from_index(h);
            let adults = f64::from(out.adults[id].max(1));
            let scale = 0.67 + 0.33 * (adults - 1.0) + 0.2 * f64::from(out.children[id]);
            (amount(h) as f64 / scale, h as u32)
        })
        .collect();
    order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut tenth = vec![0u8; out.len()];
    for (place, (_, h)) in order.iter().enumerate() {
        tenth[*h as usize] = (place * 10 / out.len().max(1)) as u8;
    }
    tenth
}

fn rank(out: &mut Households, months: &[Month]) {
    let tenth = tenths(out, |h| disposable(out, &months[h], h));
    out.decile = Col::from_vec(tenth);
    for h in 0..out.len() {
        let id = HouseholdId::from_index(h);
        out.budget[id] = u16::from(out.decile[id]);
    }
}

/// Spending rules at which every household's deposits stand still in the starting month.
fn spending(facts: &Facts, out: &mut Households, (now, months): (&[Month], &[Month])) {
    let c = &facts.consumption;
    let yd: Vec<i64> = (0..out.len()).map(|h| disposable(out, &months[h], h)).collect();
    let total: f64 = yd.iter().map(|y| (*y).max(0) as f64).sum();
    let spent_at = |factor: f64| {
        (0..out.len())
            .map(|h| {
                let apc = (c.average_propensity[out.decile.rows()[h] as usize] * factor).min(1.0);
                apc * yd[h].max(0) as f64
            })
            .sum::<f64>()
    };
    let (mut low, mut high) = (0.5, 1.6);
    for _ in 0..40 {
        let mid = 0.5 * (low + high);
        if spent_at(mid) < facts.people.average_propensity * total { low = mid } else { high = mid }
    }
    out.budgets = c.budget_shares.iter().map(|row| row.map(share)).collect();
    for h in 0..out.len() {
        let id = HouseholdId::from_index(h);
        let y = yd[h].max(0) as f64;
        let commitments = &mut out.commitments[id];
        commitments.rent = f64::from(commitments.rent).min(RENT_CAP * y) as i32;
        commitments.mortgage_interest = f64::from(commitments.mortgage_interest).min(0.3 * y) as i32;
        let housing = f64::from(commitments.rent) + f64::from(commitments.mortgage_interest);
        let apc = (c.average_propensity[out.decile[id] as usize] * low).min(1.0);
        let free = y - housing;
        let consumption = (apc * y - housing).clamp(0.5 * free, free);
        out.received_last[id] = receipts(out, &now[h], h);
        let y_now = disposable(out, &now[h], h).max(0) as f64;
        let free_now = (y_now - housing).max(0.0);
        let consumption_now = (apc * y_now - housing).clamp(0.5 * free_now, free_now);
        out.fixed[id] = fixed_shares(out, &now[h], h, consumption_now);
        out.spending[id] = Spending {
            subsistence: consumption as i32,
            buffer: (free - consumption) as i64,
            marginal: share(c.marginal_propensity[out.decile[id] as usize]),
        };
    }
}

fn fixed_shares(out: &Households, month: &Month, h: usize, consumption: f64) -> FixedShares {
    let id = HouseholdId::from_index(h);
    let all = receipts(out, month, h).max(1) as f64;
    let c = &out.commitments[id];
    FixedShares {
        direct_tax: share((direct_tax(out, month, h)) as f64 / all),
        pension: share(month.pension as f64 / all),
        council_tax: share(f64::from(c.council_tax) / all),
        rent: share(f64::from(c.rent) / all),
        mortgage_interest: share(f64::from(c.mortgage_interest) / all),
        consumption: share(consumption / all),
    }
}

/// Turn starting consumption and saving into the spending rule: called once the household settings are known.
pub fn settle(households: &mut Households, rules: &crate::scenario::settings::HouseholdRules) {
    for h in 0..households.len() {
        let id = HouseholdId::from_index(h);
        let (consumption, saving) = (households.spending[id].subsistence as f64, households.spending[id].buffer as f64);
        let housing = {
            let c = &households.commitments[id];
            f64::from(c.rent) + f64::from(c.mortgage_interest)
        };
        let disposable = consumption + saving + housing;
        let buffer = rules.buffer_months * (consumption + housing);
        let above = saving / rules.saving_speed_monthly;
        let marginal = households.spending[id].marginal as f64 / WHOLE as f64;
        let s = &mut households.spending[id];
        s.buffer = buffer as i64;
        s.subsistence = (consumption - marginal * disposable - rules.deposits_spent_monthly * above) as i32;
        households.deposits[id] = (buffer + above).round() as i64;
    }
}
