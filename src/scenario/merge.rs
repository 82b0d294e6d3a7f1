//! One layer over another: tables merge by key, lists replace, entries of levers append.

use super::tree::{Node, Value};

/// Lay a whole layer over the settings so far.
pub fn lay(base: &mut Node, mut layer: Node) {
    let Value::Table(top) = &mut layer.value else { return };
    let policy = top.remove("policy");
    lay_plain(base, layer);
    let Some(policy) = policy else { return };
    let Value::Table(levers) = policy.node.value else { return };
    for (lever, member) in levers {
        let Value::List(entries) = member.node.value else { continue };
        lay_entries(lever_entries(base, &lever), entries);
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

/// The entries of a lever in the settings so far. The defaults hold a list for each lever.
pub fn lever_entries<'a>(base: &'a mut Node, lever: &str) -> &'a mut Vec<Node> {
    let at = base.at.clone();
    let empty = |value| super::tree::Member { key: at.clone(), node: Node { value, at: at.clone() } };
    let mut node = base;
    for (key, start) in [("policy", Value::Table(Default::default())), (lever, Value::List(Vec::new()))] {
        if !matches!(node.value, Value::Table(_)) {
            node.value = Value::Table(Default::default());
        }
        let Value::Table(table) = &mut node.value else { unreachable!("made a table above") };
        node = &mut table.entry(key.to_owned()).or_insert_with(|| empty(start)).node;
    }
    if !matches!(node.value, Value::List(_)) {
        node.value = Value::List(Vec::new());
    }
    let Value::List(list) = &mut node.value else { unreachable!("made a list above") };
    list
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
