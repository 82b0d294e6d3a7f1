//! Towns to compare on: one with some of everything, and random ones.

use std::fmt::Write;

/// VAT, partners in shops, exports, links between shops in a circle and to a firm elsewhere, in-commuters from
/// region and country, national taxes, a co-operative, an owner abroad, a lender, a shop without staff, and two
/// anchors, of which the council is the second.
pub const RICH: &str = r#"
name = "Two anchors"
[[anchor]]
id = "hospital"
name = "Hospital"
kind = "nhs"
buys = { laundry = 12345.67, wholesaler = 8000, caterer = 4321.09, bidder = 3333.33 }
pays = { nurse = 2511.37, porter = 1999.99, region = 4000.5, country = 812.25 }
[[anchor]]
id = "town_hall"
name = "Town hall"
kind = "council"
buys = { caterer = 2500, laundry = 999.99, works = 7777.77 }
pays = { clerk = 2222.22, nurse = 150 }

[[supplier]]
id = "laundry"
name = "Laundry"
sector = "S"
ownership = "cooperative"
vat = 0.1666666
pays = { porter = 0.173, washer = 0.219, region = 0.07 }
buys = { works = 0.083, wholesaler = 0.041, region = 0.06, country = 0.11, world = 0.013 }
national_taxes = 0.021
council_rates = 0.033
surplus = { washer = 0.61, porter = 0.39 }
exports_gbp_month = 3210.98
[[supplier]]
id = "wholesaler"
name = "Wholesaler"
sector = "G"
ownership = "multinational_branch"
vat = 0.12
pays = { clerk = 0.011, driver = 0.067, region = 0.022, country = 0.019 }
buys = { bidder = 0.03, country = 0.31, region = 0.05, world = 0.27 }
national_taxes = 0.017
council_rates = 0.009
surplus = { world = 0.47, country = 0.2, region = 0.13, driver = 0.2 }
exports_gbp_month = 15000
[[supplier]]
id = "caterer"
name = "Caterer"
sector = "I"
ownership = "family"
vat = 0.1666667
pays = { cook = 0.3333, country = 0.02 }
buys = { wholesaler = 0.27, laundry = 0.031, works = 0.012 }
national_taxes = 0.04
council_rates = 0.03
surplus = { cook = 0.4, driver = 0.25, pensioner = 0.35 }
[[supplier]]
id = "works"
name = "Works"
sector = "F"
ownership = "financialised"
pays = { washer = 0.05, driver = 0.123, builder = 0.19, region = 0.11 }
buys = { wholesaler = 0.13, region = 0.09, country = 0.08 }
national_taxes = 0.013
council_rates = 0.011
surplus = { finance = 0.45, builder = 0.3, region = 0.25 }
exports_gbp_month = 2222.22
[[supplier]]
id = "vending"
name = "Vending machines"
sector = "G"
ownership = "vcse"
vat = 0.0909
buys = { wholesaler = 0.55 }
council_rates = 0.05
surplus = { country = 1.0 }
[[supplier]]
id = "bidder"
name = "Bidder from elsewhere"
sector = "S"
zone = "country"
ownership = "national_branch"
buys = { wholesaler = 0.06, works = 0.037, world = 0.2 }
national_taxes = 0.05
surplus = { country = 1.0 }

[[household]]
id = "nurse"
direct_tax = 0.19
pension = 0.07
council_tax = 0.061
spends = { caterer = 0.07, wholesaler = 0.23, vending = 0.011, country = 0.2, world = 0.03 }
deposits_gbp = 5000
[[household]]
id = "porter"
direct_tax = 0.11
pension = 0.031
council_tax = 0.083
spends = { caterer = 0.04, laundry = 0.02, wholesaler = 0.41, region = 0.17, country = 0.1 }
[[household]]
id = "clerk"
direct_tax = 0.13
council_tax = 0.071
spends = { wholesaler = 0.3, works = 0.1, country = 0.3, vending = 0.02 }
benefits_gbp_month = 123.45
[[household]]
id = "washer"
direct_tax = 0.1
pension = 0.05
council_tax = 0.09
spends = { wholesaler = 0.33, caterer = 0.1, region = 0.2, vending = 0.013 }
[[household]]
id = "driver"
direct_tax = 0.21
pension = 0.044
council_tax = 0.05
spends = { caterer = 0.13, country = 0.21, works = 0.019, world = 0.1 }
deposits_gbp = 123.45
[[household]]
id = "cook"
direct_tax = 0.17
council_tax = 0.05
spends = { wholesaler = 0.2, laundry = 0.05, country = 0.5 }
[[household]]
id = "builder"
direct_tax = 0.25
pension = 0.06
council_tax = 0.04
spends = { wholesaler = 0.2, caterer = 0.06, country = 0.19 }
[[household]]
id = "pensioner"
benefits_gbp_month = 987.65
council_tax = 0.12
spends = { caterer = 0.1, vending = 0.07, wholesaler = 0.3, laundry = 0.04, region = 0.2 }
"#;

/// Draws for random towns (a linear congruential generator).
struct Luck(u64);

impl Luck {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    /// A table of amounts, at most `all` hundred-thousandths of one together, for some of the receivers.
    fn shares(&mut self, receivers: &[String], all: u64) -> String {
        let some = |luck: &mut Luck| luck.below(3) > 0;
        let chosen: Vec<&String> = receivers.iter().filter(|_| some(self)).collect();
        let most = all / (chosen.len() as u64 + 1);
        let parts: Vec<String> =
            chosen.iter().map(|id| format!("{id} = 0.{:05}", 1 + self.below(most))).collect();
        format!("{{ {} }}", parts.join(", "))
    }

    fn amounts(&mut self, receivers: &[String], most: u64) -> String {
        let some = |luck: &mut Luck| luck.below(3) > 0;
        let chosen: Vec<&String> = receivers.iter().filter(|_| some(self)).collect();
        let parts: Vec<String> =
            chosen.iter().map(|id| format!("{id} = {}.{:02}", self.below(most), self.below(100))).collect();
        format!("{{ {} }}", parts.join(", "))
    }
}

fn with(ids: &[String], more: &[&str]) -> Vec<String> {
    ids.iter().cloned().chain(more.iter().map(|&word| word.to_owned())).collect()
}

/// Two to four anchors, some shops, more households, all at random.
pub fn random(seed: u64) -> String {
    let mut luck = Luck(seed);
    let shops: Vec<String> = (0..3 + luck.below(5)).map(|s| format!("s{s}")).collect();
    let homes: Vec<String> = (0..3 + luck.below(8)).map(|h| format!("h{h}")).collect();
    let mut town = format!("name = \"random {seed}\"\n");
    for a in 0..2 + luck.below(3) {
        let kind = if a == luck.below(2) { "council" } else { "college" };
        let (buys, pays) = (luck.amounts(&shops, 9000), luck.amounts(&with(&homes, &["region"]), 3000));
        let _ = writeln!(
            town,
            "[[anchor]]\nid = \"a{a}\"\nname = \"A\"\nkind = \"{kind}\"\nbuys = {buys}\npays = {pays}"
        );
    }
    for (s, id) in shops.iter().enumerate() {
        let pays = luck.shares(&with(&homes, &["region", "country"]), 45_000);
        let others: Vec<String> = shops.iter().filter(|other| *other != id).cloned().collect();
        let buys = luck.shares(&with(&others, &["region", "country", "world"]), 40_000);
        let owner = &homes[luck.below(homes.len() as u64) as usize];
        let sector = ["C", "G", "I", "S"][luck.below(4) as usize];
        let (vat, part) = (luck.below(17_000), 1 + luck.below(998));
        let (tax, rates, exports) = (luck.below(6000), luck.below(6000), luck.below(800_000));
        let _ = writeln!(
            town,
            "[[supplier]]\nid = \"{id}\"\nname = \"S{s}\"\nsector = \"{sector}\"\nownership = \"independent\"\n\
             vat = 0.{vat:05}\npays = {pays}\nbuys = {buys}\nnational_taxes = 0.{tax:05}\n\
             council_rates = 0.{rates:05}\nexports_gbp_month = {exports}e-2\n\
             surplus = {{ {owner} = 0.{part:03}, world = 0.{:03} }}",
            1000 - part
        );
    }
    for id in &homes {
        let spends = luck.shares(&with(&shops, &["region", "country"]), 60_000);
        let (tax, pension, council) = (luck.below(20_000), luck.below(8000), luck.below(10_000));
        let (benefits, deposits) = (luck.below(90_000), luck.below(500_000));
        let _ = writeln!(
            town,
            "[[household]]\nid = \"{id}\"\ndirect_tax = 0.{tax:05}\npension = 0.{pension:05}\n\
             council_tax = 0.{council:05}\nspends = {spends}\nbenefits_gbp_month = {benefits}e-2\n\
             deposits_gbp = {deposits}e-2"
        );
    }
    town
}
