//! What is wrong with a country, told with key, value and remedy.

use recirc::scenario::{self, Override};

fn refusal(options: &[(&str, &str, &str)]) -> String {
    let overrides: Vec<Override> =
        options.iter().map(|(option, key, value)| Override::option(option, key, value)).collect();
    let told = scenario::load_with("country/everyone_local", &overrides)
        .and_then(|scenario| scenario::country::check(&scenario))
        .err();
    told.expect("should be refused").to_string()
}

/// Each names the key, its value and what to do.
#[test]
fn mistakes_are_told_with_their_remedy() {
    insta::assert_snapshot!(
        "country_errors",
        [
            refusal(&[("--cities", "country.cities", "1")]),
            refusal(&[("--cities", "country.cities", "6"), ("--regions", "country.regions", "9")]),
            refusal(&[("--set", "country.base_months", "100")]),
            refusal(&[("--set", "country.adopters", "[\"some\"]")]),
            refusal(&[("--set", "country.adopters", "[]")]),
            refusal(&[("--set", "country.adopters", "[\"all\", \"all\"]")]),
            refusal(&[("--set", "place", "preston")]),
            refusal(&[("--set", "country.localness_spread", "-1")]),
            refusal(&[("--set", "country.beyond", "loose")]),
            refusal(&[("--set", "impulse.amount_gbp", "1000000"), ("--set", "impulse.to", "anchors")]),
            refusal(&[("--set", "mechanisms.labour_market", "false")]),
        ]
        .join("\n\n")
    );
}
