//! The multiplier, gross and net, side by side: what each counts and what it does not.

use super::local::Traced;

/// Whose pound it is, and so what can be told of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pound {
    /// Of all that the anchors of a run spend.
    #[default]
    Anchors,
    /// The extra pound of an impulse.
    Impulse,
    /// Of a surveyed organisation's income.
    Survey,
    /// Of final demand for the sectors of an input-output table.
    Table,
    /// Of the anchors of a run that is read again from its folder.
    Folder,
    /// Of the anchors of each scenario of a study, which keeps no flow matrices.
    Study,
}

/// Multipliers of one pound, as far as they are known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct NetPicture {
    pub pound: Pound,
    pub lm3: Option<f64>,
    pub lm_infinity: Option<f64>,
    pub type_i: Option<f64>,
    pub type_ii: Option<f64>,
    /// Least and greatest of the sectors, where there is no one pound.
    pub by_sector: [Option<(f64, f64)>; 2],
    /// Extra output in the city per pound of an extra spend, from twin runs.
    pub impulse: Option<f64>,
    /// Its 95% interval, with several replicates.
    pub impulse_interval: Option<(f64, f64)>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq)]
pub struct NetRow {
    pub id: &'static str,
    pub name: &'static str,
    pub value: Option<f64>,
    /// Its 95% interval, or its least and greatest by sector.
    pub range: Option<(f64, f64)>,
    /// What it counts and does not, in one sentence.
    pub counts: String,
    /// How to get it, when it is not there.
    pub missing: &'static str,
}

const BY_IMPULSE: &str = "not from this input: recirc impulse SCENARIO --amount 1000000 --to TARGET";
const BY_TABLE: &str = "not from this input: recirc multipliers --table TABLE.csv, or --run DIR";
const BY_RUN: &str = "not from this input: recirc run SCENARIO --out DIR, then recirc multipliers --run DIR";
const BY_SURVEY: &str = "not from this input: recirc lm3 SURVEY.toml, or recirc run SCENARIO";

impl NetPicture {
    /// What a traced pound gave.
    pub fn traced<'a>(pound: Pound, all: impl Iterator<Item = &'a Traced>) -> NetPicture {
        let dyed: Vec<&Traced> = all.filter(|t| t.dyed > 0.0).collect();
        let mean = |of: fn(&Traced) -> f64| {
            (!dyed.is_empty()).then(|| dyed.iter().map(|t| of(t)).sum::<f64>() / dyed.len() as f64)
        };
        NetPicture {
            pound,
            lm3: mean(Traced::lm3),
            lm_infinity: mean(Traced::lm_infinity),
            ..NetPicture::default()
        }
    }

    pub fn rows(&self) -> [NetRow; 5] {
        let words = self.pound.words();
        let row =
            |id, name, value, range, counts, missing| NetRow { id, name, value, range, counts, missing };
        [
            row(
                "lm3",
                "LM3 (income convention)",
                self.lm3,
                None,
                format!(
                    "{}: the pound and what {} receives of it in two rounds, gross. Cut off after three rounds, before tax, \
                     and blind to what it displaces and to neighbours' loss.",
                    words.traced, words.place
                ),
                words.no_tracer,
            ),
            row(
                "lm_infinity",
                "LM∞ (income convention)",
                self.lm_infinity,
                None,
                format!(
                    "{}, {}: still receipts and not income, before tax, and blind to displacement and to neighbours' loss.",
                    words.traced, words.endless
                ),
                if self.lm3.is_some() { "has no end: nothing leaks" } else { words.no_tracer },
            ),
            row(
                "type_i",
                "Type I",
                self.type_i,
                self.by_sector[0],
                format!(
                    "{}: output of firms and their suppliers, {}. No household spending, no displacement, no loss elsewhere.",
                    words.matrix, words.averages
                ),
                words.no_matrix,
            ),
            row(
                "type_ii",
                "Type II",
                self.type_ii,
                self.by_sector[1],
                format!(
                    "{}, with households' spending, {}, in fixed proportions: no limit of capacity or staff, no displacement, \
                     no loss elsewhere.",
                    words.matrix, words.tax
                ),
                words.no_matrix,
            ),
            row(
                "impulse",
                "Net impulse",
                self.impulse,
                self.impulse_interval,
                "Per extra pound: extra output of the city's firms by the end of the run, net of what it displaces in the city \
                 and of who pays. Output is before tax; what neighbours lose is told apart."
                    .to_owned(),
                BY_IMPULSE,
            ),
        ]
    }
}

struct Words {
    traced: &'static str,
    place: &'static str,
    endless: &'static str,
    matrix: &'static str,
    averages: &'static str,
    tax: &'static str,
    no_tracer: &'static str,
    no_matrix: &'static str,
}

impl Pound {
    fn words(self) -> Words {
        let anchors = Words {
            traced: "Per pound that all anchors spend",
            place: "the city",
            endless: "no round cut off",
            matrix: "Per pound of the anchors' mix that lands in the city",
            averages: "at average firms of each sector in the last year",
            tax: "after tax",
            no_tracer: "not computed in this run: set tracer.on = true",
            no_matrix: "not computed: needs a whole year and purchases that land in the city",
        };
        match self {
            Pound::Anchors => anchors,
            Pound::Folder => Words { no_tracer: BY_SURVEY, ..anchors },
            Pound::Study => Words { no_matrix: BY_RUN, ..anchors },
            Pound::Impulse => Words {
                traced: "Per extra pound, by dye of its own",
                endless: "no round cut off before the end of the run",
                matrix: "Per extra pound, by the sectors of the city that sold it",
                no_matrix: "not computed: needs a whole year, and purchases from firms in the city",
                ..anchors
            },
            Pound::Survey => Words {
                traced: "Per pound of the organisation's income",
                place: "the area",
                endless: "later rounds not surveyed but taken to go on at the rate of the third",
                matrix: "Per pound of final demand for a sector",
                averages: "at average firms of each sector",
                no_tracer: BY_SURVEY,
                no_matrix: BY_TABLE,
                ..anchors
            },
            Pound::Table => Words {
                traced: "Per pound that an organisation spends",
                place: "the area",
                matrix: "Per pound of final demand, mean of the sectors (by output, where the table has it) and the least and greatest of them",
                averages: "at average firms of each sector, imports and taxes leaving",
                tax: "before income tax unless the table's household account is net of it",
                no_tracer: BY_SURVEY,
                no_matrix: "not from this input: it needs a row of compensation of employees and a column of households",
                ..anchors
            },
        }
    }
}
