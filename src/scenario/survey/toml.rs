//! A survey in TOML.

use super::answer::{Answer, Side};
use super::doubts::{once, twice};
use super::fields::{Field, Whole, field, whole};
use super::gather::{Entry, Gathered};
use super::named::is_all_income;
use super::suggestions::{OF_AN_ENTRY, OF_THE_WHOLE, WRITE_RESPEND};
use super::{DEFAULTS, Kind, Survey};
use crate::scenario::grid::source;
use crate::scenario::tree::{self, Member, Node, Table, Value};
use crate::scenario::{Diagnostic, ScenarioError, nearest};

pub(super) fn parse(file: &str, text: &str) -> Result<Survey, ScenarioError> {
    let source = source(file, text);
    let root = tree::parse(&source).map_err(|fault| fault.help("`recirc lm3 --new FILE` shows the form"))?;
    let mut gathered = Gathered::default();
    for (key, member) in root.table().into_iter().flatten() {
        top(key, member, &mut gathered);
    }
    // In the order of the file, which is that of the results.
    gathered.entries.sort_by_key(|entry| entry.at.span.start);
    gathered.survey(file, text)
}

fn top(key: &str, member: &Member, gathered: &mut Gathered) {
    let node = &member.node;
    if key == "defaults" {
        return defaults(node, gathered);
    }
    let lists = matches!(node.value, Value::Table(_) | Value::List(_));
    let kind = match whole(key).map(|of| of.0) {
        Some(Whole::Staff | Whole::StaffLocal | Whole::StaffOutside | Whole::StaffUnclear) => {
            Some(Kind::Staff)
        }
        Some(
            Whole::Suppliers | Whole::SuppliersLocal | Whole::SuppliersOutside | Whole::SuppliersUnclear,
        ) => Some(Kind::Supplier),
        Some(Whole::Others(kind)) => Some(kind),
        _ => None,
    };
    if let (Some(kind), true) = (kind, lists) {
        return entries(key, kind, node, gathered);
    }
    let answer = Answer::node(key.to_owned(), node);
    let put = |to: &mut Option<Answer>, faults: &mut Vec<Diagnostic>| match answer {
        Ok(answer) => once(to, answer, faults),
        Err(fault) => faults.push(fault),
    };
    match whole(key).map(|of| of.0) {
        Some(Whole::Organisation) => put(&mut gathered.organisation, &mut gathered.faults),
        Some(Whole::Area) => put(&mut gathered.area, &mut gathered.faults),
        Some(Whole::Contractor) => put(&mut gathered.contractor, &mut gathered.faults),
        Some(Whole::Income) if is_all_income(key) => {
            let mut income = None;
            put(&mut income, &mut gathered.faults);
            gathered.incomes.extend(income.map(|answer| (key.to_owned(), answer)));
        }
        Some(Whole::StaffRespend) => put(&mut gathered.rates[0], &mut gathered.faults),
        Some(Whole::SuppliersRespend) => put(&mut gathered.rates[1], &mut gathered.faults),
        Some(Whole::OutsideRespend) => put(&mut gathered.rates[2], &mut gathered.faults),
        Some(Whole::Aside) => {}
        Some(
            Whole::Staff
            | Whole::Suppliers
            | Whole::StaffLocal
            | Whole::SuppliersLocal
            | Whole::StaffOutside
            | Whole::SuppliersOutside,
        ) => {
            let title = format!("`{key}` is {}", node.value.words());
            let fault = Diagnostic::at(&node.at, title).label("a list of entries is needed");
            let name = if kind == Some(Kind::Staff) {
                "[[staff]]\n  pay_gbp = ..., resident_share = ..."
            } else {
                "[[supplier]]\n  paid_gbp = ..., local = ..."
            };
            gathered.faults.push(fault.help(format!("write {name}; a CSV file may give totals")));
        }
        Some(
            Whole::Income
            | Whole::Local
            | Whole::Respend
            | Whole::Elsewhere
            | Whole::RespentElsewhere
            | Whole::Unclear
            | Whole::Total
            | Whole::Others(_)
            | Whole::StaffUnclear
            | Whole::SuppliersUnclear,
        )
        | None => {
            gathered.faults.push(unknown(key, member, &OF_THE_WHOLE));
        }
    }
}

fn unknown(key: &str, member: &Member, known: &[&str]) -> Diagnostic {
    let near = nearest(key, known.iter().copied());
    let help = near.map_or_else(
        || "remove it (`recirc lm3 --new FILE` shows all keys)".to_owned(),
        |near| format!("did you mean {near}?"),
    );
    Diagnostic::at(&member.key, format!("no such key `{key}`")).label("unknown").help(help)
}

fn defaults(node: &Node, gathered: &mut Gathered) {
    for (key, member) in node.table().into_iter().flatten() {
        let at = DEFAULTS.iter().position(|of| of.key == key);
        match at {
            Some(at) => match Answer::node(format!("defaults.{key}"), &member.node) {
                Ok(answer) => once(&mut gathered.rates[at], answer, &mut gathered.faults),
                Err(fault) => gathered.faults.push(fault),
            },
            None if key == "source" || key == "note" => {}
            None => gathered.faults.push(unknown(key, member, &DEFAULTS.each_ref().map(|of| of.key))),
        }
    }
}

fn entries(key: &str, kind: Kind, node: &Node, gathered: &mut Gathered) {
    let one = std::slice::from_ref(node);
    for (i, entry) in node.list().unwrap_or(one).iter().enumerate() {
        let Some(table) = entry.table() else {
            let title = format!("`{key}` holds {}", entry.value.words());
            let fault = Diagnostic::at(&entry.at, title).label("an entry is needed");
            gathered.faults.push(fault.help(format!("write [[{key}]] and its keys on lines of their own")));
            continue;
        };
        gathered.entries.push(of_entry(table, entry, kind, i, &mut gathered.faults));
    }
}

/// What "spent_locally" means in an entry: of staff, or beside what is local, it is spent by them; beside what is spent again, on
/// them.
fn spent_locally(table: &Table, kind: Kind) -> Field {
    let is = |what: &[Field]| table.iter().any(|(key, _)| field(key).is_some_and(|of| what.contains(&of.0)));
    match () {
        () if is(&[Field::Respend, Field::RespentElsewhere]) => Field::Local,
        () if kind == Kind::Staff || is(&[Field::Local, Field::Place, Field::Elsewhere]) => Field::Respend,
        () => Field::SpentLocally,
    }
}

fn of_entry(table: &Table, node: &Node, kind: Kind, i: usize, faults: &mut Vec<Diagnostic>) -> Entry {
    let word = if kind == Kind::Staff { "staff" } else { "supplier" };
    let named =
        table.iter().find(|(key, m)| matches!(field(key), Some((Field::Name, _))) && m.node.text().is_some());
    let name =
        named.and_then(|(_, m)| m.node.text()).map_or_else(|| format!("{word} {}", i + 1), str::to_owned);
    let mut entry = Entry {
        name,
        kind,
        at: node.at.clone(),
        paid: None,
        local: None,
        elsewhere: None,
        respend: None,
        unread: [false; 2],
    };
    for (key, member) in table {
        let Some((what, means)) = field(key) else {
            faults.push(unknown(key, member, &OF_AN_ENTRY));
            continue;
        };
        let what = if what == Field::SpentLocally { spent_locally(table, kind) } else { what };
        if matches!(what, Field::Name | Field::Kind | Field::Number | Field::Aside) {
            continue;
        }
        match (what, Answer::node(format!("{word} \"{}\", {key}", entry.name), &member.node)) {
            (Field::Paid, Ok(answer)) => once(&mut entry.paid, answer, faults),
            (what, Ok(answer)) => {
                let (slot, side) = match what {
                    Field::Local => (&mut entry.local, Side::Here),
                    Field::Place => (&mut entry.local, Side::Named),
                    Field::Elsewhere => (&mut entry.elsewhere, Side::Elsewhere),
                    Field::RespentElsewhere => (&mut entry.respend, Side::Elsewhere),
                    Field::SpentLocally => {
                        let remedy = "call it local for the part of what is paid that is local, local_respend for what is spent again";
                        faults.push(answer.wrong("spent on them, or by them?", remedy));
                        continue;
                    }
                    Field::Unclear => {
                        faults.push(answer.wrong("spent outside, or by those outside?", WRITE_RESPEND));
                        continue;
                    }
                    _ => (&mut entry.respend, Side::Here),
                };
                match slot {
                    Some((first, _)) => faults.push(twice(first, &answer, "leave one of the two out")),
                    None => *slot = Some((answer.of(side), means)),
                }
            }
            (what, Err(fault)) => {
                entry.unread[0] |= what == Field::Paid;
                entry.unread[1] |= matches!(what, Field::Local | Field::Elsewhere | Field::Place);
                faults.push(fault);
            }
        }
    }
    entry
}
