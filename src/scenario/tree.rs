//! A TOML document as a tree in which every key and value remembers where it was written.

use super::diagnostic::{Diagnostic, Origin, Source};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub type Table = BTreeMap<String, Member>;

#[derive(Clone, Debug)]
pub struct Member {
    /// Where the key stands.
    pub key: Origin,
    pub node: Node,
}

#[derive(Clone, Debug)]
pub struct Node {
    pub value: Value,
    pub at: Origin,
}

#[derive(Clone, Debug)]
pub enum Value {
    Table(Table),
    List(Vec<Node>),
    Text(String),
    Whole(i64),
    Real(f64),
    Switch(bool),
    Moment(String),
    /// A whole number that fits no 64 bits.
    TooLarge,
}

impl Value {
    /// What it is, as messages say it.
    pub fn words(&self) -> &'static str {
        match self {
            Value::Table(_) => "a table",
            Value::List(_) => "a list",
            Value::Text(_) => "text",
            Value::Whole(_) => "a whole number",
            Value::Real(_) => "a number with decimals",
            Value::Switch(_) => "true or false",
            Value::Moment(_) => "a TOML date",
            Value::TooLarge => "a number too large to hold",
        }
    }

    pub fn number(&self) -> Option<f64> {
        match self {
            Value::Whole(n) => Some(*n as f64),
            Value::Real(x) => Some(*x),
            _ => None,
        }
    }
}

impl Node {
    pub fn table(&self) -> Option<&Table> {
        if let Value::Table(table) = &self.value { Some(table) } else { None }
    }

    pub fn list(&self) -> Option<&[Node]> {
        if let Value::List(list) = &self.value { Some(list) } else { None }
    }

    pub fn text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }

    /// The node under a key, when this is a table that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.table()?.get(key).map(|member| &member.node)
    }

    /// The node at a path of keys.
    pub fn find(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }

    /// The `name` of an entry of a lever.
    pub fn name(&self) -> Option<&str> {
        self.get("name")?.text()
    }

    /// Without positions, to be read into typed settings.
    pub fn plain(&self) -> serde_json::Value {
        match &self.value {
            Value::Table(table) => table.iter().map(|(key, m)| (key.clone(), m.node.plain())).collect(),
            Value::List(list) => list.iter().map(Node::plain).collect(),
            Value::Text(text) | Value::Moment(text) => text.as_str().into(),
            Value::Whole(n) => (*n).into(),
            Value::Real(x) => (*x).into(),
            Value::Switch(on) => (*on).into(),
            Value::TooLarge => serde_json::Value::Null,
        }
    }
}

/// A whole document. Only the first fault of syntax is told: those after it are mostly its echo.
pub fn parse(source: &Arc<Source>) -> Result<Node, Diagnostic> {
    match DeTable::parse(&source.text) {
        Ok(table) => Ok(table_node(table.get_ref(), &Reader { source, offset: 0 }, table.span())),
        Err(fault) => Err(syntax(source, 0, &fault)),
    }
}

/// A single value that starts at byte `offset` of its source.
pub fn parse_value(source: &Arc<Source>, offset: usize) -> Result<Node, Diagnostic> {
    match DeValue::parse(&source.text[offset..]) {
        Ok(value) => Ok(node(&value, &Reader { source, offset })),
        Err(fault) => Err(syntax(source, offset, &fault)),
    }
}

fn syntax(source: &Arc<Source>, offset: usize, fault: &toml::de::Error) -> Diagnostic {
    let span = fault.span().unwrap_or(0..source.text.len() - offset);
    let at = Origin { source: source.clone(), span: span.start + offset..span.end + offset };
    let told = Diagnostic::at(&at, "this is not valid TOML").label(fault.message().replace('\n', "; "));
    // Spans of faults may begin within a letter.
    let start = source.text.floor_char_boundary(at.span.start);
    let from = source.text[..start].rfind('\n').map_or(0, |end| end + 1);
    let line = source.text[from..].lines().next().unwrap_or("");
    match remedy(line, (start - from).min(line.len())) {
        Some(remedy) => told.help(remedy),
        None => told,
    }
}

/// What to write in place of what people write by habit, on a line with a fault at byte `at`.
fn remedy(line: &str, at: usize) -> Option<String> {
    if line.contains(['“', '”', '„', '‘', '’']) {
        return Some("write straight quotes (\") around text".into());
    }
    if line.contains(['£', '€']) {
        return Some("write the number alone, without a sign of currency".into());
    }
    let within = |c: char| c.is_ascii_digit() || c == ',';
    let start = line[..at].trim_end_matches(within).len();
    let number: String = line[start..].chars().take_while(|c| within(*c)).collect();
    let mut groups = number.split(',');
    let first = groups.next().is_some_and(|group| (1..=3).contains(&group.len()));
    let rest: Vec<&str> = groups.collect();
    (first && !rest.is_empty() && rest.iter().all(|group| group.len() == 3))
        .then(|| format!("write {} or {}", number.replace(',', "_"), number.replace(',', "")))
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    offset: usize,
}

impl Reader<'_> {
    fn origin(&self, span: Range<usize>) -> Origin {
        Origin { source: self.source.clone(), span: span.start + self.offset..span.end + self.offset }
    }
}

fn node(value: &Spanned<DeValue<'_>>, reader: &Reader<'_>) -> Node {
    let at = reader.origin(value.span());
    let value = match value.get_ref() {
        DeValue::Table(table) => return table_node(table, reader, value.span()),
        DeValue::Array(list) => Value::List(list.iter().map(|item| node(item, reader)).collect()),
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(n) => match i64::from_str_radix(n.as_str(), n.radix()) {
            Ok(n) => Value::Whole(n),
            Err(_) => Value::TooLarge,
        },
        DeValue::Float(x) => x.as_str().parse().map_or(Value::TooLarge, Value::Real),
        DeValue::Boolean(on) => Value::Switch(*on),
        DeValue::Datetime(moment) => Value::Moment(moment.to_string()),
    };
    Node { value, at }
}

fn table_node(table: &DeTable<'_>, reader: &Reader<'_>, span: Range<usize>) -> Node {
    let members = table.iter().map(|(key, value)| {
        (key.get_ref().to_string(), Member { key: reader.origin(key.span()), node: node(value, reader) })
    });
    Node { value: Value::Table(members.collect()), at: reader.origin(span) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn habits_have_a_remedy() {
        let told = |text: &str| {
            let source = crate::scenario::grid::source("made up", text);
            parse(&source).expect_err("should be refused").to_string()
        };
        assert!(told("a = 1\nhours = 207,720\n").contains("write 207_720 or 207720"));
        assert!(told("gbp = £1000\n").contains("without a sign of currency"));
        assert!(told("name = “Leeds”\n").contains("straight quotes"));
        assert!(!told("name = \n").contains("help"));
        told("name = \"𛀀");
    }
}
