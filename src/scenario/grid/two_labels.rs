//! Labels that stand in two rows and two columns, as in tables of several regions, where sector "Farms" of region "North" is
//! one and that of "South" is another: both are put together, in one row and one column.

use super::cells::Cell;

/// Put such labels together, where every pair of them is there once above and once at the left and neither half alone tells
/// sectors apart. Whether they were.
pub(super) fn put_together(lines: &mut Vec<Vec<Cell>>, head: usize) -> bool {
    if lines.len() < head + 4 || lines[head..].iter().any(|line| line.len() < 3) {
        return false;
    }
    let above = pairs((2..lines[head + 1].len()).map(|c| [lines[head].get(c), lines[head + 1].get(c)]));
    let beside = pairs(lines[head + 2..].iter().map(|line| [line.first(), line.get(1)]));
    let common: Vec<&[String; 2]> = above.iter().flatten().filter(|pair| within(pair, &beside)).collect();
    let once = |all: &[Option<[String; 2]>]| {
        common.iter().all(|pair| all.iter().flatten().filter(|other| *other == *pair).count() == 1)
    };
    let again = |k: usize| common.iter().filter(|pair| pair[k] == common[0][k]).count() > 1;
    if common.len() < 4 || !again(0) || !again(1) || !once(&above) || !once(&beside) {
        return false;
    }
    let common: Vec<[String; 2]> = common.into_iter().cloned().collect();
    let sector = |of: &Option<[String; 2]>| of.clone().filter(|pair| common.contains(pair));
    let second = lines.remove(head + 1);
    let first = std::mem::take(&mut lines[head]);
    let cells = first.len().max(second.len());
    let blank = |c: usize| first.get(c).or(second.get(c)).cloned();
    lines[head] = std::iter::once(first[0].clone())
        .chain((2..cells).filter_map(|c| {
            let pair = above.get(c - 2).and_then(sector);
            Some(joined(pair, [first.get(c), second.get(c)]).unwrap_or(blank(c)?))
        }))
        .collect();
    for (line, pair) in lines[head + 1..].iter_mut().zip(&beside) {
        let label = joined(sector(pair), [line.first(), line.get(1)]).unwrap_or_else(|| line[0].clone());
        line.remove(0);
        line[0] = label;
    }
    true
}

fn within(pair: &[String; 2], all: &[Option<[String; 2]>]) -> bool {
    all.iter().flatten().any(|other| other == pair)
}

/// Both labels of each place. The first may be written once for all that follow.
fn pairs<'a>(cells: impl Iterator<Item = [Option<&'a Cell>; 2]>) -> Vec<Option<[String; 2]>> {
    let text = |cell: Option<&Cell>| cell.map(|cell| cell.text.clone()).filter(|text| !text.is_empty());
    let mut last = None;
    cells
        .map(|[first, second]| {
            last = text(first).or(last.take());
            Some([last.clone()?, text(second)?])
        })
        .collect()
}

/// One label of two: a sector's is both, another's what is written.
fn joined(sector: Option<[String; 2]>, cells: [Option<&Cell>; 2]) -> Option<Cell> {
    let written: Vec<&Cell> = cells.into_iter().flatten().filter(|cell| !cell.text.is_empty()).collect();
    let mut label = (*written.last()?).clone();
    label.text = match sector {
        Some(pair) => pair.join(" "),
        None if written.len() == 2 && written[0].text != written[1].text => {
            format!("{} {}", written[0].text, written[1].text)
        }
        None => label.text,
    };
    Some(label)
}
