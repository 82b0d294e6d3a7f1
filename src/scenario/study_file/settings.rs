//! What a study file may hold, typed. Keys that set settings of scenarios (`set`, `over`, `uncertain`) are open: they
//! are read against the settings, not here.

use crate::scenario::shape::{Shape, shape};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Keys and values of scenarios, `"policy.LEVER[NAME].FIELD"` among them.
type Open = BTreeMap<String, serde_json::Value>;

/// A study: a reference, what is compared with it, how often, and what is asked beyond that.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct StudySettings {
    /// Always "study".
    pub kind: Kind,
    /// Version of the format of study files.
    #[schemars(range(min = 1, max = 1))]
    pub schema: u32,
    /// A short name; results land in a folder of that name.
    pub name: String,
    /// What the study asks, in a sentence.
    pub description: String,
    /// Repetitions with different luck (run.replicates of every scenario).
    pub replicates: Option<u16>,
    /// Years after burn-in (run.years of every scenario).
    pub years: Option<u16>,
    /// Size of the city (run.scale of every scenario).
    pub scale: Option<f64>,
    /// Which luck (run.seed of every scenario).
    pub seed: Option<u64>,
    /// Metrics to lead with, by id.
    pub metrics: Vec<String>,
    /// The scenario that everything is compared with.
    pub reference: One,
    /// What is compared with it.
    pub variant: Vec<One>,
    /// Variants made by giving settings several values.
    pub sweep: Vec<Sweep>,
    /// Settings that are not known for sure: each replicate draws them anew, the same for every scenario.
    pub uncertain: Open,
    /// How uncertain settings are drawn for the replicates.
    pub draws: Drawing,
    /// Which uncertain settings the answer hangs on.
    pub sensitivity: Option<Sensitivity>,
    /// Which mechanism and which lever makes the effect.
    pub attribution: Option<Attribution>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    #[default]
    Study,
}

/// A scenario of the study.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct One {
    /// A scenario file, relative to this file, or an embedded scenario; a variant that leaves it out starts from the
    /// reference's.
    pub scenario: Option<String>,
    /// What tables and charts call it; the scenario's own name when left out.
    pub name: Option<String>,
    /// Settings changed, such as `"norms.peer_weight" = 0.8`.
    pub set: Open,
}

/// Every combination of the values of one key or several.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Sweep {
    /// The variant to change, by name.
    pub of: String,
    /// For each key a list of values, or `{ from, to, step }`, or `{ from, to, count }`.
    pub over: Open,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Drawing {
    pub method: DrawMethod,
    /// Settings to draw from the ranges that the defaults give them, beside those under `uncertain`: keys, tables such as
    /// `city` or `procurement.bidding`, or `all`.
    pub ranges: Vec<String>,
}

/// Latin hypercube: spread evenly for a number of replicates fixed beforehand. Sobol sequence: replicates may be added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DrawMethod {
    #[default]
    LatinHypercube,
    Sobol,
}

/// Screening (Morris) or variance shares (Sobol) of the uncertain settings.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Sensitivity {
    pub method: SensitivityMethod,
    /// Morris: trajectories, each a run more than there are settings. Sobol: base points, each two runs more than there
    /// are settings.
    #[schemars(range(min = 2, max = 65536))]
    pub samples: u32,
    /// Morris: values tried of each setting.
    #[schemars(range(min = 2, max = 64))]
    pub levels: u16,
}

impl Default for Sensitivity {
    fn default() -> Sensitivity {
        Sensitivity { method: SensitivityMethod::Morris, samples: 10, levels: 4 }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SensitivityMethod {
    #[default]
    Morris,
    Sobol,
}

/// Which part of a policy's effect is whose.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Attribution {
    /// Variants to take apart, by name; all when left out.
    pub of: Vec<String>,
    /// Switch each mechanism off, one at a time.
    pub mechanisms: bool,
    /// Split the effect over the entries of levers.
    pub levers: bool,
}

/// The JSON Schema of a study file, without references.
pub fn json_schema() -> serde_json::Value {
    let inline = SchemaSettings::draft07().with(|settings| settings.inline_subschemas = true);
    inline.into_generator().into_root_schema_for::<StudySettings>().to_value()
}

/// The shape of a study file, open tables left out.
pub fn of_study() -> &'static Shape {
    static SHAPE: LazyLock<Shape> = LazyLock::new(|| shape(&json_schema()));
    &SHAPE
}
