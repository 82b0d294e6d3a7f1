//! One layer over another: tables merge by key, lists replace, entries of levers append.

use super::tree::{Node, Value};

/// Lay a whole layer over the settings so far.
pub fn lay(base: &mut Node, mut layer: Node) {
    let policy = if let Value::Table(top) = &mut layer.value { top.remove("policy") } else { None };
    lay_plain(base, layer);
    let Some(policy) = policy else { return };
    let Value::Table(levers) = policy.node.value else { return };
    for (lever, member) in levers {
        if let (Some(inherited), Value::List(entries)) = (lever_entries(base, &lever), member.node.value) {
            lay_entries(inherited, entries);
        }
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

/// The entries of a lever in the settings so far; the defaults hold a list for each lever.
pub fn lever_entries<'a>(base: &'a mut Node, lever: &str) -> Option<&'a mut Vec<Node>> {
    let mut node = base;
    for key in ["policy", lever] {
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
