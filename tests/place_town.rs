//! Town files: a good one loads; each mistake is one sentence with file, line, key, value and remedy.

use recirc::place::{self, Place, PlaceError};

const GOOD: &str = r#"
name = "Three shops"

[[anchor]]
id = "council"
name = "Council"
kind = "council"
buys = { bakery = 1000.0 }

[[supplier]]
id = "bakery"
name = "Bakery"
sector = "C"
ownership = "family"
pays = { smith = 0.5 }
buys = { region = 0.3 }
surplus = { smith = 1.0 }

[[household]]
id = "smith"
direct_tax = 0.1
spends = { bakery = 0.4, region = 0.3 }
"#;

fn load(text: &str) -> Result<Place, PlaceError> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("town.toml"), text).unwrap();
    place::load("town.toml", folder.path())
}

fn refused(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "{from}");
    load(&GOOD.replacen(from, to, 1)).unwrap_err().to_string()
}

#[test]
fn a_town_loads() {
    let place = load(GOOD).unwrap();
    assert_eq!(place.name(), "Three shops");
    assert_eq!(place.anchor_ids(), ["council"]);
    assert!(place.category_ids().is_empty());
    let hashes = place.data_hashes();
    assert_eq!((hashes[0].0.as_str(), hashes[0].1.len()), ("town.toml", 64));
}

#[test]
fn mistakes_are_sentences() {
    let cases = [
        (
            "bakery = 1000.0",
            "bakery = \"lots\"",
            "town.toml:8: buys.bakery = lots: found the text \"lots\", where a number is needed: correct this entry",
        ),
        ("buys = { bakery = 1000.0 }", "buys = 3", "where a table such as { bakery = 1000.0 } is needed"),
        (
            "\"family\"",
            "\"famly\"",
            "town.toml:14: ownership = famly: no such form of ownership; it is one of family, independent, ",
        ),
        (
            "kind = \"council\"",
            "kind = \"town\"",
            "kind = town: no such kind of anchor; it is one of council, nhs, ",
        ),
        ("surplus = { smith = 1.0 }", "", "surplus = nobody: 20% of its receipts are left"),
        (
            "bakery = 1000.0",
            "bakry = 1000.0",
            "town.toml:8: anchor \"council\", buys.bakry = bakry: no such receiver; known: bakery",
        ),
        (
            "bakery = 1000.0",
            "bakery = -1.0",
            "town.toml:8: anchor \"council\", buys.bakery = -1: write a finite figure that is not negative",
        ),
        (
            "region = 0.3 }\nsurplus",
            "region = 0.6 }\nsurplus",
            "town.toml:15: supplier \"bakery\", pays + buys + national_taxes + council_rates = 1.1: these shares of receipts must not exceed 1 together: lower them",
        ),
        (
            "surplus = { smith = 1.0 }",
            "surplus = { smith = 0.9 }",
            "town.toml:17: supplier \"bakery\", surplus = 0.9: the receivers' shares must sum to 1",
        ),
        (
            "bakery = 0.4,",
            "bakery = 0.7,",
            "town.toml:21: household \"smith\", direct_tax + pension + council_tax + spends = 1.1: these shares of receipts must not exceed 1 together: lower them",
        ),
        (
            "id = \"smith\"",
            "id = \"bakery\"",
            "town.toml:20: household \"bakery\", id = bakery: this id is used twice: choose another",
        ),
        (
            "id = \"smith\"",
            "id = \"world\"",
            "town.toml:20: household \"world\", id = world: choose a word other than region, country, world, finance",
        ),
        (
            "direct_tax = 0.1",
            "direct_tx = 0.1",
            "town.toml:21: household \"smith\", direct_tx = 0.1: no such key; did you mean direct_tax?",
        ),
        (
            "surplus = { smith = 1.0 }",
            "surplus = { smith = 1.0 }\n[[supplier]]\nid = \"mill\"\nname = \"Mill\"\nsector = \"C\"\nownership = \"family\"\ndirect_tx = 0.2",
            "town.toml:23: supplier \"mill\", direct_tx = 0.2: no such key; did you mean direct_tax?",
        ),
        (
            "id = \"bakery\"\nname = \"Bakery\"",
            "id = \"bakery\"\nname = \"Bakery\"\ncolour = \"red\"",
            "town.toml:13: supplier \"bakery\", colour = red: no such key; remove it",
        ),
        (
            "direct_tax = 0.1",
            "direct_tax = nan",
            "town.toml:21: household \"smith\", direct_tax = NaN: write a finite figure that is not negative",
        ),
        (
            "sector = \"C\"",
            "sector = \"Z\"",
            "town.toml:13: sector = Z: no such section; it is one of A, B, C, ",
        ),
        ("\"family\"", "3", "ownership = 3: no such form of ownership; it is one of family, "),
        ("name = \"Three shops\"", "nam", "town.toml:2: "),
    ];
    for (from, to, message) in cases {
        let said = refused(from, to);
        assert!(said.contains(message), "\n said: {said}\nwant: {message}");
    }
}

#[test]
fn at_most_twelve_outlets() {
    let shops: String = (0..13)
        .map(|k| format!("\n[[supplier]]\nid = \"s{k}\"\nname = \"S\"\nsector = \"G\"\nownership = \"family\"\nsurplus = {{ smith = 1.0 }}\n"))
        .collect();
    let spends: Vec<String> = (0..13).map(|k| format!("s{k} = 0.01")).collect();
    let text = GOOD
        .replace("spends = { bakery = 0.4, region = 0.3 }", &format!("spends = {{ {} }}", spends.join(", ")));
    let said = load(&(text + &shops)).unwrap_err().to_string();
    assert!(said.contains("spends = 13: a household has at most 12 outlets"), "{said}");
}

#[test]
fn unknown_places() {
    let here = std::path::Path::new(".");
    let said = place::load("brigadoon", here).unwrap_err().to_string();
    assert!(said.contains("unknown place \"brigadoon\""), "{said}");
    let said = place::load("nowhere.toml", here).unwrap_err().to_string();
    assert!(said.contains("nowhere.toml: cannot be read") && said.contains("give the path"), "{said}");
}

/// What the simulation would not pay is refused, not dropped.
#[test]
fn a_supplier_outside_has_no_owner_in_town_and_pays_no_rates() {
    let told = refused("ownership = \"family\"", "ownership = \"family\"\nzone = \"country\"");
    assert!(told.contains("smith") && told.contains("no owners in it"), "{told}");
    let outside = GOOD.replace("surplus = { smith = 1.0 }", "surplus = { country = 1.0 }");
    let outside = outside.replace("ownership = \"family\"", "ownership = \"family\"\nzone = \"country\"");
    assert!(load(&outside).is_ok());
    let rates = outside.replace("pays = {", "council_rates = 0.05\npays = {");
    let told = load(&rates).unwrap_err().to_string();
    assert!(told.contains("council_rates") && told.contains("leave them out"), "{told}");
}
