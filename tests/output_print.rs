//! The page that is printed.

use recirc::cli::report::{Report, Section, render};

fn texts(items: &[&str]) -> Vec<String> {
    items.iter().map(|t| t.to_string()).collect()
}

fn report() -> Report {
    Report {
        heading: "Leeds, April 2026 to March 2036: local-first buying against the reference".to_owned(),
        sections: vec![
            Section {
                title: "Of each pound the anchors spend".to_owned(),
                note: Some("Averages over the ten years.".to_owned()),
                columns: texts(&["", "Reference", "Local-first", "Difference"]),
                rows: vec![
                    texts(&["received in the city by round 3 (LM3)", "£1.42", "£1.55", "+£0.13"]),
                    texts(&[
                        "leaked as national taxes, which is income tax, National Insurance, VAT, corporation tax and \
                         the part of business rates that goes to the Treasury",
                        "14.2p",
                        "15.0p",
                        "+0.8p",
                    ]),
                ],
            },
            Section { title: "Nothing to show".to_owned(), ..Section::default() },
        ],
        closing: texts(&["Results are in outputs/leeds."]),
    }
}

#[test]
fn columns_are_aligned_and_lines_fit() {
    let page = render(&report());
    let expected = "\
Leeds, April 2026 to March 2036: local-first buying against the reference
=========================================================================

Of each pound the anchors spend
  Averages over the ten years.
                                                                  Reference  Local-first  Difference
  --------------------------------------------------------------------------------------------------
  received in the city by round 3 (LM3)                               £1.42        £1.55      +£0.13
  leaked as national taxes, which is income tax, National             14.2p        15.0p       +0.8p
  Insurance, VAT, corporation tax and the part of business rates
  that goes to the Treasury

Nothing to show

Results are in outputs/leeds.
";
    assert_eq!(page, expected, "\n{page}");
}

#[test]
fn no_line_is_longer_than_the_page() {
    let mut report = report();
    report.sections[0].columns = (0..12).map(|i| format!("a rather long column heading {i}")).collect();
    report.sections[0].rows.push(vec!["unbroken".repeat(30); 12]);
    report.closing.push("word ".repeat(80));
    for line in render(&report).lines() {
        assert!(line.chars().count() <= 100, "{line}");
    }
}
