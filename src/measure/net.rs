//! The multiplier, gross and net, side by side: what each counts and what it does not.

/// Multipliers of one run, as far as they are known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct NetPicture {
    pub lm3: Option<f64>,
    pub lm_infinity: Option<f64>,
    pub type_i: Option<f64>,
    pub type_ii: Option<f64>,
    /// Extra output in the city per pound of an extra spend, from twin runs.
    pub impulse: Option<f64>,
    /// Its 95% interval, with several replicates.
    pub impulse_interval: Option<(f64, f64)>,
}

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NetRow {
    pub id: &'static str,
    pub name: &'static str,
    pub value: Option<f64>,
    /// What it counts and does not, in one sentence.
    pub counts: &'static str,
    /// How to get it, when it is not there.
    pub missing: &'static str,
}

const BY_MULTIPLIERS: &str = "not computed: needs a whole year and purchases that land in the city";
const BY_IMPULSE: &str = "not computed in this run: recirc impulse SCENARIO --amount 1000000 --to TARGET";
const BY_TRACER: &str = "not computed in this run: set tracer.on = true";

impl NetPicture {
    pub fn rows(&self) -> [NetRow; 5] {
        let row = |id, name, value, counts, missing| NetRow { id, name, value, counts, missing };
        [
            row(
                "lm3",
                "LM3 (income convention)",
                self.lm3,
                "Per pound that all anchors spend: the pound and what the city receives of it in two rounds, gross. Cut off after three rounds, \
                 before tax, and blind to what it displaces and to neighbours' loss.",
                BY_TRACER,
            ),
            row(
                "lm_infinity",
                "LM∞ (income convention)",
                self.lm_infinity,
                "Per pound that all anchors spend, no round cut off: still receipts and not income, before tax, and blind to displacement \
                 and to neighbours' loss.",
                BY_TRACER,
            ),
            row(
                "type_i",
                "Type I",
                self.type_i,
                "Per pound of the anchors' mix that lands in the city: output of firms and their suppliers, at average firms \
                 of each sector in the last year. No household spending, no displacement, no loss elsewhere.",
                BY_MULTIPLIERS,
            ),
            row(
                "type_ii",
                "Type II",
                self.type_ii,
                "Per pound that lands in the city, with households' spending, after tax, in fixed proportions: no limit of \
                 capacity or staff, no displacement, no loss elsewhere.",
                BY_MULTIPLIERS,
            ),
            row(
                "impulse",
                "Net impulse",
                self.impulse,
                "Per extra pound spent on the impulse's own target: extra output of the city's firms by the end of the run, \
                 net of what it displaces in the city and of who pays. Of another pound than the rows above, where the target \
                 is not all anchors; output is before tax; what neighbours lose is told apart.",
                BY_IMPULSE,
            ),
        ]
    }
}
