//! A survey in totals: `item, value` down the page, or the same across it, one organisation a file.

use super::Kind;
use super::answer::is_no_answer;
use super::answer::{Answer, Side};
use super::asides::counts;
use super::doubts::{self, once, twice};
use super::fields::{Means, Whole, whole};
use super::gather::{Entry, Gathered};
use super::named::is_all_income;
use super::outside::{of_everyone, paid_of, with_outside};
use super::pairs::pairs;
use super::rounds::{adds_rounds, of_procurement, of_rounds};
use super::suggestions::{OF_THE_WHOLE, WRITE_RESPEND, lacking};
use super::totals::scaled;
use super::units::{of_counts, of_scales};
use super::words::{respends, words};
use crate::scenario::grid::{Ledger, scale};
use crate::scenario::{Diagnostic, nearest};

/// Whether the ledger is a survey in totals; its answers are then taken.
pub(super) fn gather(ledger: &Ledger, gathered: &mut Gathered) -> bool {
    let Some(pairs) = pairs(ledger, gathered) else { return false };
    if let Some(heading) = ledger.columns.get(1).filter(|_| ledger.columns.len() == 2)
        && scale(&heading.text).is_some()
        && whole(&ledger.columns[0].text).is_none()
    {
        let fault = Diagnostic::at(&heading.at, format!("column \"{}\"", heading.text));
        gathered.faults.push(
            fault.label("thousands, shares among them?").help(
                "write pounds, or say so in the names of the rows that hold amounts: \"Income (£000)\"",
            ),
        );
    }
    let mut found: Vec<(Whole, Means, Answer)> = Vec::new();
    let (mut scales, mut unscaled) = (Vec::new(), Vec::new());
    for (key, value) in pairs.iter().filter(|(key, _)| !key.text.is_empty()) {
        let mut value = value.clone();
        if is_no_answer(&value.text) && respends(&words(&key.text)) {
            gathered
                .notes
                .push(format!("\"{}\" = {} is no answer: a default stands in.", key.text, value.text));
            value.text.clear();
        }
        let answer = scaled(&key.text, Answer::cell(key.text.clone(), &value, ledger.decimal));
        let times = scale(&key.text);
        if times.is_none() {
            unscaled.push(answer.clone());
        }
        scales.extend(times);
        // The rest of what is spent again in the area tells that too.
        let (what, answer) = match whole(&key.text) {
            Some((Whole::RespentElsewhere, means)) => {
                (Some((Whole::Respend, means)), answer.of(Side::Elsewhere))
            }
            _ if adds_rounds(&key.text) => (Some((Whole::Total, Means::Amount)), answer),
            what => (what, answer),
        };
        match what {
            Some((Whole::Organisation, _)) => once(&mut gathered.organisation, answer, &mut gathered.faults),
            Some((Whole::Area, _)) => once(&mut gathered.area, answer, &mut gathered.faults),
            Some((Whole::Contractor, _)) => once(&mut gathered.contractor, answer, &mut gathered.faults),
            Some((Whole::Aside, _)) if counts(&words(&key.text)) => {
                gathered.notes.push(format!("\"{}\" is passed over, as no pounds.", key.text));
            }
            Some((Whole::Aside, _)) => {}
            Some(_) if value.text.is_empty() => {}
            Some((Whole::Income, _)) if !is_all_income(&key.text) => {
                let remedy = "call income so (\"Grant income\"); what is paid is told of staff and suppliers, and write \"note\" before \
                              another row to have it passed over";
                gathered.faults.push(answer.wrong("income, or paid?", remedy));
            }
            Some((Whole::Income, _)) => gathered.incomes.push((key.text.clone(), answer)),
            Some((what @ (Whole::StaffUnclear | Whole::SuppliersUnclear), _)) => {
                let whom = if what == Whole::StaffUnclear { "staff" } else { "suppliers" };
                let remedy = format!(
                    "write \"spent on local {whom}\" for what they are paid, \"spent locally by {whom}\" for what they spend again"
                );
                gathered.faults.push(answer.wrong("paid to them, or spent by them?", remedy));
            }
            Some((Whole::Unclear, _)) => {
                let remedy = format!(
                    "write staff, local staff, suppliers, local suppliers for what is paid; {WRITE_RESPEND}"
                );
                gathered.faults.push(answer.wrong("spent outside by whom?", remedy));
            }
            Some((Whole::Others(_), _)) => {
                let remedy = "write staff, local staff and non-local staff, or the same of suppliers";
                gathered.faults.push(answer.wrong("others than whom?", remedy));
            }
            Some((what, means)) => match found.iter().find(|of| of.0 == what) {
                Some((_, _, first)) => {
                    let remedy = "leave one of the two out, or add them up; or write a row for each payee: payee, \
                                  amount, local, respend";
                    gathered.faults.push(twice(first, &answer, remedy));
                }
                None => found.push((what, means, answer)),
            },
            None => {
                let near = nearest(&key.text.to_lowercase(), OF_THE_WHOLE);
                let help = near.map_or(String::new(), |near| format!("did you mean {near}? "));
                let fault =
                    Diagnostic::at(&key.at, format!("\"{}\" is not known", key.text)).label("what is it?");
                gathered.faults.push(
                    fault.help(format!(
                        "{help}write income, staff, staff local, staff respend, suppliers, ..."
                    )),
                );
            }
        }
    }
    // What is wrong with the incomes is told with all else.
    let income = doubts::income(&gathered.incomes, &mut Vec::new());
    gathered.faults.extend(of_counts(&found, income.as_ref()));
    if let Some(whole) = income.as_ref().and_then(|income| income.amount().ok()) {
        let plain =
            |answer: &Answer| unscaled.iter().any(|of| of.key == answer.key && of.text == answer.text);
        let here = found.iter().filter(|(_, _, answer)| plain(answer));
        gathered.faults.extend(of_scales(here, &scales, whole));
    }
    of_rounds(&mut found, income.is_some(), &mut gathered.notes, &mut gathered.faults);
    of_procurement(&mut found, &mut gathered.notes);
    let elsewhere = of_everyone(&mut found, &mut gathered.faults);
    parts_and_whole(&found, &mut gathered.faults);
    with_outside(&mut found, &mut gathered.faults);
    let mut take = |what: Whole| {
        let at = found.iter().position(|of| of.0 == what)?;
        let (_, means, answer) = found.remove(at);
        Some((answer, means))
    };
    if let Some((total, _)) = take(Whole::Total) {
        once(&mut gathered.total, total, &mut gathered.faults);
    }
    // Without income, all that is paid.
    let income = income.or(gathered.total.clone());
    let groups = [
        (Kind::Staff, "Staff", Whole::Staff, Whole::StaffLocal, Whole::StaffRespend),
        (Kind::Supplier, "Suppliers", Whole::Suppliers, Whole::SuppliersLocal, Whole::SuppliersRespend),
        (Kind::Supplier, "People and firms in the area", Whole::Income, Whole::Local, Whole::Respend),
    ];
    if let Some((rate, _)) = take(Whole::OutsideRespend) {
        once(&mut gathered.rates[2], rate, &mut gathered.faults);
    }
    for (kind, name, paid, local, respend) in groups {
        let (paid, local, respend) = (take(paid), take(local), take(respend));
        let Some((any, _)) = paid.as_ref().or(local.as_ref()).or(respend.as_ref()) else { continue };
        let at = any.at.clone();
        // Without a total, what is local is an amount, and all of what is told of.
        let (paid, local) = match (paid, local) {
            (None, Some((answer, means))) if answer.side == Side::Here && paid_of(&answer, means) => {
                let whole = income.as_ref().and_then(|income| income.amount().ok());
                gathered.faults.extend(whole.and_then(|whole| answer.in_doubt(means, whole)));
                let all = gathered.total.clone().filter(|_| gathered.incomes.is_empty());
                if let (true, Some(all)) = (name.starts_with("People"), all) {
                    (Some(all), Some((answer, means)))
                } else {
                    let yes = Answer { text: "yes".into(), ..answer.clone() };
                    (Some(answer), Some((yes, Means::Share)))
                }
            }
            (paid, local) => {
                let whole = income.clone().filter(|_| paid.is_none() && name.starts_with("People"));
                (paid.map(|of| of.0).or(whole), local)
            }
        };
        if let Some(fault) = lacking(name, paid.as_ref(), local.as_ref(), respend.as_ref()) {
            gathered.faults.push(fault);
            continue;
        }
        gathered.entries.push(Entry {
            name: name.into(),
            kind,
            at,
            paid,
            local,
            elsewhere: None,
            respend,
            unread: [false; 2],
        });
    }
    gathered.entries.extend(elsewhere);
    true
}

/// All local spending beside that on staff or on suppliers would be counted twice.
fn parts_and_whole(found: &[(Whole, Means, Answer)], faults: &mut Vec<Diagnostic>) {
    let is = |what: &[Whole]| found.iter().find(|of| what.contains(&of.0)).map(|of| &of.2);
    let parts = [
        Whole::Staff,
        Whole::StaffLocal,
        Whole::StaffOutside,
        Whole::Suppliers,
        Whole::SuppliersLocal,
        Whole::SuppliersOutside,
    ];
    if let (Some(all), Some(part)) = (is(&[Whole::Local]), is(&parts)) {
        faults.push(all.wrong(
            format!("it would be counted beside \"{}\"", part.key),
            "leave it out, or leave out what is said of staff and of suppliers",
        ));
    }
}
