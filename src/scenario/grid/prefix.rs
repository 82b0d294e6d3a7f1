//! Codes of rows that stand behind a mark of their own, which those of the columns lack: "TTL_01T02" under "01T02".

use super::{Label, Row, same};

/// Where no row has a column of its name, and those of one mark have without it: these are their names.
pub(super) fn without_prefix(columns: &[Label], rows: &mut [Row]) {
    let is_column = |name: &str| columns.iter().any(|column| same(column.key(), name));
    if rows.iter().any(|row| is_column(row.label.key())) {
        return;
    }
    let split = |row: &Row| {
        let (mark, code) = row.label.key().split_once('_')?;
        is_column(code).then(|| (mark.to_owned(), code.to_owned()))
    };
    let mut marks: Vec<String> = rows.iter().filter_map(split).map(|(mark, _)| mark).collect();
    marks.dedup();
    // Of goods from home and from abroad with marks of their own it is not for this rule to say which are the sectors.
    let [mark] = &marks[..] else { return };
    for row in rows.iter_mut() {
        if let Some((_, code)) = split(row).filter(|of| of.0 == *mark) {
            row.label.names.insert(0, code);
        }
    }
}
