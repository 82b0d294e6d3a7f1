//! Jobs of a region and of its nation, where the file holds the nation without the region.

use recirc::scenario::io_table::{self, Employment};

fn read(text: &str) -> Result<Employment, String> {
    let table =
        io_table::parse("table.csv", "sector,A,B,Output\nA,150,500,1000\nB,200,100,2000\n", &[]).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("jobs.csv");
    std::fs::write(&file, text).unwrap();
    io_table::employment(&file, &table, [None; 2]).map_err(|refusal| refusal.to_string())
}

/// 30 and 20 jobs of the nation's 100 and 400, of which the second column holds 70 and 380.
#[test]
fn a_nation_without_the_region() {
    for head in [
        "region,UK less region",
        "Leeds,UK less Leeds",
        "region,Nation excluding region",
        "region,Other UK",
        "region,UK minus region",
        "Leeds jobs,GB jobs outside Leeds",
    ] {
        let of = read(&format!("sector,{head}\nA,30,70\nB,20,380\n")).unwrap();
        assert_eq!((of.region, of.nation), (vec![30.0, 20.0], vec![100.0, 400.0]), "{head}");
    }
    let other_order = read("sector,UK less Leeds,Leeds\nA,70,30\nB,380,20\n").unwrap();
    assert_eq!(other_order.nation, [100.0, 400.0]);
}

/// What else a nation's column leaves out is not the region.
#[test]
fn a_nation_without_others_is_whole() {
    for head in
        ["region,GB excluding Northern Ireland", "region,UK excl. self-employed", "region,Another nation"]
    {
        let of = read(&format!("sector,{head}\nA,30,100\nB,20,400\n")).unwrap();
        assert_eq!(of.nation, [100.0, 400.0], "{head}");
        assert_eq!(
            of.notes.iter().any(|note| note.contains("whole nation")),
            !head.contains("Another"),
            "{head}"
        );
    }
}

#[test]
fn thousands_of_jobs() {
    let of = read("sector,region (1000 persons),nation\nA,0.03,100\nB,0.02,400\n").unwrap();
    assert_eq!((of.region, of.nation), (vec![30.0, 20.0], vec![100.0, 400.0]));
    let of = read("sector;region;nation\nA;950;1.100\nB;200;40.000\n").unwrap();
    assert_eq!((of.region, of.nation), (vec![950.0, 200.0], vec![1100.0, 40_000.0]));
}
