//! One layer over another: tables merge by key, lists replace, entries of levers, shocks and tracers append.

use super::tree::{Member, Node, Table, Value};

/// Lay a whole layer over the settings so far.
pub fn lay(base: &mut Node, mut layer: Node) {
    let Value::Table(top) = &mut layer.value else { return lay_plain(base, layer) };
    let mut lists = Vec::new();
    if let Some(Value::Table(levers)) = top.remove("policy").map(|policy| policy.node.value) {
        lists.extend(levers.into_iter().map(|(lever, member)| (["policy".to_owned(), lever], member)));
    }
    if let Some(Value::Table(shocks)) = top.get_mut("shock").map(|shock| &mut shock.node.value) {
        let (entries, others): (Table, Table) =
            std::mem::take(shocks).into_iter().partition(|(_, member)| member.node.list().is_some());
        *shocks = others;
        lists.extend(entries.into_iter().map(|(kind, member)| (["shock".to_owned(), kind], member)));
    }
    if let Some(Value::Table(tracer)) = top.get_mut("tracer").map(|tracer| &mut tracer.node.value)
        && let Some(follow) = tracer.remove("follow")
    {
        lists.push((["tracer".to_owned(), "follow".to_owned()], follow));
    }
    lay_plain(base, layer);
    for ([table, list], member) in lists {
        if let (Some(inherited), Value::List(entries)) = (entries(base, &table, &list), member.node.value) {
            lay_entries(inherited, entries);
        }
    }
}

/// `[[tracer]]` is short for `[[tracer.follow]]`.
pub fn write_out_tracers(root: &mut Node) {
    let Value::Table(top) = &mut root.value else { return };
    let Some(member) = top.get_mut("tracer").filter(|tracer| tracer.node.list().is_some()) else { return };
    let at = member.node.at.clone();
    let list = std::mem::replace(&mut member.node, Node { value: Value::Table(Table::new()), at });
    if let Value::Table(table) = &mut member.node.value {
        table.insert("follow".into(), Member { key: member.key.clone(), node: list });
    }
}

/// Tables merge by key; anything else replaces what was there.
pub fn lay_plain(base: &mut Node, layer: Node) {
    match (&mut base.value, layer.value) {
        (Value::Table(under), Value::Table(over)) => {
            for (key, member) in over {
                match under.get_mut(&key) {
                    Some(old) => {
                        old.key = member.key;
                        lay_plain(&mut old.node, member.node);
                    }
                    None => {
                        under.insert(key, member);
                    }
                }
            }
        }
        (_, value) => *base = Node { value, at: layer.at },
    }
}

/// The entries of a lever, or the tracers, in the settings so far; the defaults hold a list for each.
pub fn entries<'a>(base: &'a mut Node, table: &str, list: &str) -> Option<&'a mut Vec<Node>> {
    let mut node = base;
    for key in [table, list] {
        let Value::Table(table) = &mut node.value else { return None };
        node = &mut table.get_mut(key)?.node;
    }
    if let Value::List(list) = &mut node.value { Some(list) } else { None }
}

/// An empty list drops what was inherited; an entry named as an inherited one changes it key by key; any
/// other is added.
fn lay_entries(inherited: &mut Vec<Node>, entries: Vec<Node>) {
    if entries.is_empty() {
        inherited.clear();
        return;
    }
    for entry in entries {
        let name = entry.name().map(str::to_owned);
        match inherited.iter_mut().find(|old| name.is_some() && old.name() == name.as_deref()) {
            Some(old) => lay_plain(old, entry),
            None => inherited.push(entry),
        }
    }
}
