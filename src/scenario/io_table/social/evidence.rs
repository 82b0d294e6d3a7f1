//! What accounts are by what they pay and receive, where their names leave it open. Factors are paid by those who produce, and pay
//! institutions and nobody who produces; who produces pays factors, or buys what is produced, and is never paid by factors; who
//! is paid by factors produces nothing.

use super::kinds::{Called, Kind, called};

/// A smaller part than this of what an account pays or receives tells nothing (assumed).
const PART: f64 = 0.005;

/// What was found of an account.
#[derive(Clone, Debug)]
pub(super) enum Found {
    /// As its name says, or as no name says otherwise.
    Named,
    /// Its payments say otherwise than a word of its name, for this reason.
    Shown(&'static str),
    /// It is called nothing known, and its payments are those of this kind.
    Taken(Kind, &'static str),
    /// It is called nothing known, and this speaks against its producing.
    Doubtful(&'static str, Option<Kind>),
    /// The same, where it may well produce.
    Odd(&'static str),
    /// As its name says, but its payments are like those of who produces.
    Like(&'static str),
}

pub(super) struct Accounts<'a> {
    pub names: &'a [String],
    /// Rows receive, columns pay.
    pub cells: &'a [Vec<f64>],
    /// Kinds that the user has told.
    pub told: &'a [Option<Kind>],
}

impl Accounts<'_> {
    fn all(&self) -> std::ops::Range<usize> {
        0..self.names.len()
    }
    /// The part of its payments to others that account j makes to these.
    fn pays(&self, j: usize, these: &dyn Fn(usize) -> bool) -> f64 {
        self.part(&|i| self.cells[i][j].max(0.0), j, these)
    }
    /// The part of its receipts from others that account i has from these.
    fn receives(&self, i: usize, these: &dyn Fn(usize) -> bool) -> f64 {
        self.part(&|j| self.cells[i][j].max(0.0), i, these)
    }
    fn part(&self, cell: &dyn Fn(usize) -> f64, own: usize, these: &dyn Fn(usize) -> bool) -> f64 {
        let others = || self.all().filter(|k| *k != own);
        let all: f64 = others().map(cell).sum();
        let part: f64 = others().filter(|k| these(*k)).map(cell).sum();
        if all > 0.0 { part / all } else { 0.0 }
    }

    /// Each account's kind, and how it was found.
    pub fn kinds(&self) -> (Vec<Kind>, Vec<Found>) {
        let by_name: Vec<Called> = self.names.iter().map(|name| called(name)).collect();
        let named = |i: usize| self.told[i].unwrap_or(by_name[i].kind);
        let named_factor = |i: usize| named(i) == Kind::Factor;
        let sure = |i: usize| {
            self.told[i] == Some(Kind::Factor)
                || named_factor(i) && !by_name[i].in_a_word && !by_name[i].capital
        };
        // Whom factors pay produces nothing, whatever it is called.
        let plain: Vec<bool> =
            (self.all()).map(|i| named(i) == Kind::Production && self.receives(i, &sure) <= PART).collect();
        let plain = |i: usize| plain[i];
        let factor: Vec<bool> = (self.all())
            .map(|j| {
                let capital = by_name[j].capital;
                let buys = if capital { self.invests(j, &plain) } else { self.pays(j, &plain) > PART };
                let hires = by_name[j].in_a_word && self.pays(j, &named_factor) > PART;
                sure(j) || named_factor(j) && !buys && !hires
            })
            .collect();
        let mut kinds = Vec::new();
        let mut found = Vec::new();
        for j in self.all() {
            let (kind, how) = match self.told[j] {
                Some(kind) => (kind, Found::Named),
                None => self.by_word(j, by_name[j], &factor, &plain),
            };
            kinds.push(kind);
            found.push(how);
        }
        self.doubt(&factor, &mut kinds, &mut found);
        (kinds, found)
    }

    /// An account of capital that buys goods invests; one that does not is a factor, which who produces pays, and which pays its
    /// owners.
    fn invests(&self, j: usize, plain: &dyn Fn(usize) -> bool) -> bool {
        let [pays, receives] = [self.pays(j, plain), self.receives(j, plain)];
        pays > PART && (pays > 0.5 || receives < 0.5)
    }

    /// What an account is whose name says something.
    fn by_word(&self, j: usize, of: Called, factor: &[bool], plain: &dyn Fn(usize) -> bool) -> (Kind, Found) {
        let hires = self.pays(j, &|i| factor[i]) > PART;
        let earns = self.receives(j, &|i| factor[i]) > PART;
        let buys = self.pays(j, plain) > PART;
        let sells = self.receives(j, plain) > PART;
        let capital = of.kind == Kind::Factor && of.capital;
        if of.kind == Kind::Production || !of.in_a_word && !capital {
            let hired = self.all().filter(|i| factor[*i] && self.pays(j, &|k| k == *i) > PART).count();
            let odd = of.kind.from_outside() && hired > 1 && !earns && buys && sells;
            let found = if odd {
                Found::Like("it pays factors, and sells, as those do who produce")
            } else {
                Found::Named
            };
            return (of.kind, found);
        }
        if capital && self.invests(j, plain) && (earns || !(hires || of.produced && sells)) {
            return (Kind::Capital, Found::Named);
        }
        if !of.in_a_word {
            return (of.kind, Found::Named);
        }
        let kind = of.kind;
        let produces = match kind {
            _ if earns => false,
            Kind::Factor => hires || buys,
            Kind::Households | Kind::Capital | Kind::Enterprises => hires || of.produced && buys,
            Kind::Abroad | Kind::Government => of.produced && hires,
            _ => false,
        };
        match () {
            () if produces && hires => (Kind::Production, Found::Shown("it pays factors and none pays it")),
            () if produces => {
                (Kind::Production, Found::Shown("it buys what is produced and no factor pays it"))
            }
            () if of.produced && !earns && kind == Kind::Abroad && buys && sells => {
                (kind, Found::Doubtful("it may be goods, or the rest of the world", None))
            }
            () => (kind, Found::Named),
        }
    }

    /// Accounts that are taken for production because no name says otherwise, and cannot well be.
    fn doubt(&self, factor: &[bool], kinds: &mut [Kind], found: &mut [Found]) {
        let factors = factor.contains(&true);
        let mut open: Vec<bool> = kinds.iter().map(|kind| *kind == Kind::Production).collect();
        let mut earners = factor.to_vec();
        loop {
            let before = open.clone();
            for j in self.all().filter(|j| before[*j] && self.told[*j].is_none()) {
                let hires = self.pays(j, &|i| earners[i]) > PART;
                let earns = self.receives(j, &|i| earners[i]) > PART;
                let buys = self.pays(j, &|i| before[i]) > PART;
                let households = self.pays(j, &|i| kinds[i] == Kind::Households && !before[i]) > PART;
                let pays = self.all().any(|i| i != j && self.cells[i][j] > 0.0);
                if matches!(found[j], Found::Shown(_)) || !pays {
                    continue;
                }
                let shown = match () {
                    () if factors && earns && buys => {
                        Some(("factors pay it, as they pay nobody who produces", Some(Kind::Households)))
                    }
                    () if factors && earns => Some(("factors pay it, as they pay nobody who produces", None)),
                    () if factors && !hires && !buys => {
                        earners[j] |= households;
                        let likely = households.then_some(Kind::Factor);
                        Some(("it buys nothing that is produced, and pays no factor", likely))
                    }
                    () if factors && !hires && households => {
                        Some(("it pays households, and no factor", None))
                    }
                    () => None,
                };
                if let Some((why, likely)) = shown {
                    open[j] = false;
                    // Those of an institution may be of households or of a government, which who produces pays taxes.
                    let lives_on_factors =
                        self.receives(j, &|i| earners[i]) >= 0.5 && self.receives(j, &|i| before[i]) <= PART;
                    found[j] = match likely {
                        Some(Kind::Factor) => {
                            Found::Taken(Kind::Factor, "who produces pays it, and it pays households")
                        }
                        Some(Kind::Households) if lives_on_factors => Found::Taken(
                            Kind::Households,
                            "it lives on what factors earn, and buys what is produced",
                        ),
                        _ => Found::Doubtful(why, likely),
                    };
                    if let Found::Taken(kind, _) = found[j] {
                        kinds[j] = kind;
                    }
                }
            }
            if open == before {
                break;
            }
        }
        let produced: Vec<usize> = self.all().filter(|j| open[*j]).collect();
        let buys_nothing = |j: &&usize| self.pays(**j, &|i| open[i]) <= PART;
        let few = 2 * produced.iter().filter(buys_nothing).count() <= produced.len();
        let unsaid = |j: &usize| matches!(found[*j], Found::Named) && self.told[*j].is_none();
        let asked: Vec<usize> = produced.iter().copied().filter(unsaid).collect();
        for j in asked {
            let hires = self.pays(j, &|i| earners[i]) > PART;
            let sells = self.receives(j, &|i| open[i]) > PART;
            let saved = self.pays(j, &|i| open[i]) > 1.0 - PART;
            if !hires && few && buys_nothing(&&j) {
                found[j] = Found::Odd("buys nothing that is produced");
            } else if !hires && !sells && saved {
                found[j] =
                    Found::Odd("sells nothing to who produces, and pays for nothing but what is produced");
            }
        }
    }
}
