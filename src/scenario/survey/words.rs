//! The words of a name, with what is said not to be local as one word.

const NOT: &str = "not non never excluding except excl";
/// What may stand between "not" and "local".
const BETWEEN: &str = "spend spends spent spending pay paid based located living live lives within from the a this our \
    staying stays kept";
const PER_POUND: &str = "per £1.00, per £1, per £, per pound, per gbp, in the £, in the pound, of each £1, of each £, of each pound, \
    of every £1, of every pound, in every £1, in every pound, for every £1, for every pound";
const HERE: &str = "local locally resident residents residence area inside here in islocal";
/// What says that something is not local.
const OUTSIDE: &str = "outside nonlocal nonresident nonresidents elsewhere outwith beyond";
const LEAK: &str = "leak leaks leaked leaking leakage leakages";

/// Words in small letters; `re-spend` and its like as one, and "not in the area" as "nonlocal".
pub(super) fn words(name: &str) -> Vec<String> {
    // A column of row numbers.
    if name.trim() == "#" {
        return vec!["number".into()];
    }
    let mut text = name.to_lowercase();
    // "Of each pound" is a share, and "per £100" a percentage.
    for hundred in ["per £100", "of each £100", "of every £100", "in every £100"] {
        text = text.replace(hundred, " percent ");
    }
    for pound in PER_POUND.split(',') {
        text = text.replace(pound.trim(), " perpound ");
    }
    for again in ["spent again", "spend again", "spends again", "spending again"] {
        text = text.replace(again, "respent");
    }
    for joined in ["re-spen", "re_spen", "re spen"] {
        text = text.replace(joined, "respen");
    }
    text = text.replace("n't", " not").replace('£', " gbp ").replace('%', " percent ");
    for (phrase, word) in [
        ("round 1", "r1"),
        ("round 2", "r2"),
        ("round 3", "r3"),
        ("out of ", "outside "),
        ("out-of-", "outside "),
        ("out_of_", "outside "),
    ] {
        text = text.replace(phrase, word);
    }
    let of = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned);
    negated(of.collect())
}

fn negated(words: Vec<String>) -> Vec<String> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let after = &words[at + 1..];
        let between = after.iter().take_while(|word| on(BETWEEN, word) || word.starts_with("respen")).count();
        if on(NOT, &words[at]) && after.get(between).is_some_and(|word| on(HERE, word)) {
            out.extend_from_slice(&after[..between]);
            out.push("nonlocal".into());
            at += between + 2;
        } else {
            out.push(words[at].clone());
            at += 1;
        }
    }
    out
}

pub(super) fn on(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|known| known == word)
}

/// Whether one of the words is on a list.
pub(super) fn any(words: &[String], list: &str) -> bool {
    words.iter().any(|word| on(list, word))
}

pub(super) fn first(words: &[String], list: &str) -> Option<usize> {
    words.iter().position(|word| on(list, word))
}

pub(super) fn respends(words: &[String]) -> bool {
    words.iter().any(|word| word.starts_with("respen") || word == "r3")
}

/// What stays outside, or goes there.
pub(super) fn outside(words: &[String]) -> bool {
    let area = any(words, "area") && any(words, "another different other");
    any(words, OUTSIDE) || area
}

/// Inside or outside, which its cells tell: "local / non-local".
pub(super) fn either(name: &str) -> bool {
    let text = ["yes/no", "y/n"].iter().fold(name.to_lowercase(), |text, of| text.replace(of, ""));
    let words = words(&text.replace('/', " or "));
    let between = |(a, b): (usize, usize)| words[a.min(b)..a.max(b)].iter().any(|word| word == "or");
    first(&words, HERE).zip(first(&words, OUTSIDE)).is_some_and(between)
}

/// What leaves: of what was received or of what is spent again, as may be.
pub(super) fn leaks(words: &[String]) -> bool {
    let goes = any(words, "leave leaves leaving") || (any(words, "left") && !any(words, "in"));
    any(words, LEAK) || (goes && any(words, "area local locally"))
}

/// What is spent again, and somewhere outside.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Away {
    /// Spent again outside: the rest is spent again here.
    Rest,
    /// Spent again here, by those outside.
    ByThoseOutside,
    Unclear,
}

/// By the order of the words: "re-spent elsewhere" is the rest of what is spent here, "outside re-spend" the rate of those outside.
pub(super) fn spent_away(words: &[String], staff: bool, suppliers: &str, local: &str) -> Option<Away> {
    let away = first(words, &format!("{OUTSIDE} external away"))?;
    let again = words.iter().position(|word| word.starts_with("respen") || word == "r3")?;
    let those = first(words, suppliers);
    let here = first(words, local).is_some_and(|at| at < again);
    Some(match those {
        _ if staff => Away::Unclear,
        Some(_) if here => Away::ByThoseOutside,
        Some(who) if who < again && again < away => Away::Unclear,
        Some(who) if again < away && away + 1 < who => Away::Unclear,
        Some(_) => Away::ByThoseOutside,
        None if again < away && !here => Away::Rest,
        None if words[away] == "nonlocal" => Away::Unclear,
        None => Away::ByThoseOutside,
    })
}
