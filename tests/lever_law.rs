//! Levers that contradict each other are refused; what the law narrows is applied within it, and said.

use assert_cmd::Command;
use std::path::Path;

/// What `recirc check` says of Leeds with these entries, and its exit code.
fn check(entries: &str) -> (String, Option<i32>) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("with.toml");
    let baseline = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/leeds/baseline.toml");
    std::fs::write(&file, format!("extends = {:?}\nname = \"with\"\n{entries}", baseline.to_str().unwrap()))
        .unwrap();
    let mut command = Command::cargo_bin("recirc").unwrap();
    let output = command.args(["check", file.to_str().unwrap()]).output().unwrap();
    (String::from_utf8(output.stderr).unwrap(), output.status.code())
}

fn says(entries: &str, code: i32, words: &[&str]) {
    let (told, was) = check(entries);
    assert_eq!(was, Some(code), "{told}");
    for word in words {
        assert!(told.contains(word), "{word} is not in: {told}");
    }
}

#[test]
fn contradictions_are_refused() {
    let two = |a: &str, b: &str| {
        format!("[[policy.reservation]]\ngroup = \"local\"\n{a}[[policy.reservation]]\ngroup = \"sme\"\n{b}")
    };
    says(&two("", ""), 2, &["keep the same competitions for different groups", "local_sme"]);
    says(&two("anchors = [\"council\"]\n", "anchors = [\"teaching_hospitals\"]\n"), 0, &[]);
    says(&two("end = \"2027-01\"\n", "start = \"2027-01\"\n"), 0, &[]);
    let two = "[[policy.definition_of_local]]\ndefinition = \"site\"\n[[policy.definition_of_local]]\ndefinition = \"ownership\"\n";
    says(two, 2, &["say different things of the same bids"]);
    let two = |more: &str| {
        let one = "[[policy.local_preference]]\npoints = 10\nup_to_gbp = 200_000\nlocal = \"city\"\n";
        format!("{one}[[policy.local_preference]]\npoints = 5\n{more}")
    };
    says(&two("up_to_gbp = 30_000\nlocal = \"city\"\n"), 2, &["different bids of the same competitions"]);
    says(&two("up_to_gbp = 200_000\nlocal = \"region\"\n"), 2, &["different bids of the same competitions"]);
    says(&two("up_to_gbp = 200_000\nlocal = \"city\"\n"), 0, &[]);
    says(&two("up_to_gbp = 30_000\nlocal = \"city\"\nstart = \"2100-01\"\n"), 2, &["different bids"]);
    let groups = |second: &str| {
        format!(
            "[[policy.group_preference]]\ngroup = \"sme\"\npoints = 10\n\
             [[policy.group_preference]]\ngroup = \"{second}\"\npoints = 10\n"
        )
    };
    says(&groups("vcse"), 2, &["different groups in the same competitions"]);
    says(&groups("sme"), 0, &[]);
    let weights = |social: f64| {
        format!(
            "[[policy.quality_weight]]\nat_least = 0.7\n[[policy.social_value_weight]]\nat_least = {social}\n"
        )
    };
    says(&weights(0.4), 2, &["more than the whole score", "lower one of them"]);
    says(&weights(0.3), 0, &[]);
}

#[test]
fn lots_of_what_is_put_together_are_told() {
    let both = |lots: &str| {
        format!(
            "[[policy.lots]]\nnumber = 4\nfrom_gbp = 0\n{lots}[[policy.aggregation]]\nacross = \"network\"\n\
             anchors = [\"council\"]\n"
        )
    };
    says(&both(""), 0, &["reach the same needs", "are let whole"]);
    assert_eq!(check(&both("anchors = [\"teaching_hospitals\"]\n")), (String::new(), Some(0)));
}

#[test]
fn what_the_law_narrows_is_told_with_its_clause() {
    says(
        "[[policy.devolved_local_rules]]\nup_to_gbp = 1_000_000\n",
        0,
        &["no law of England", "sections 19, 23 and 90"],
    );
    says("[[policy.extraction_penalty]]\npoints = 5\n", 0, &["below the threshold", "section"]);
    says("[[policy.local_materials_clause]]\nshare = 0.2\n", 0, &["below the threshold", "90"]);
    let preference = |up_to: u32| {
        format!("[[policy.local_preference]]\npoints = 5\nup_to_gbp = {up_to}\nlocal = \"city\"\n")
    };
    says(&preference(9_000_000), 0, &["above the threshold none are given"]);
    let before = format!("[run]\nstart = \"2025-06\"\n{}", preference(200_000));
    says(&before, 0, &["starts in 2025-06", "section 17", "SI 2026/94"]);
    // Within the law nothing is told.
    assert_eq!(check(&preference(200_000)), (String::new(), Some(0)));
    // Nor of what changes nothing, but for that.
    let (told, code) = check("[[policy.extraction_penalty]]\npoints = 0\n");
    assert!(told.lines().count() == 1 && told.contains("neutral value") && code == Some(0), "{told}");
}

/// Before it was allowed a council's preference gives no points, whatever the scenario says.
#[test]
fn a_council_may_not_prefer_before_2026() {
    use recirc::place::procurement_law::ProcurementLaw;
    use recirc::place::vocabulary::AnchorKind;
    let law = ProcurementLaw::embedded().unwrap();
    let on = |text: &str| recirc::base::date::Date::parse(text).unwrap();
    assert!(!law.may_reserve(on("2026-01"), AnchorKind::Council));
    assert!(law.may_reserve(on("2026-02"), AnchorKind::Council));
}
