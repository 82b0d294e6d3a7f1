//! What a user may ask for: scenarios in layers, checked, and resolved to typed settings.
//!
//! The layers, each over the one before: the embedded defaults, the place's overlay, the chain of `extends`,
//! the file, the command line. Tables merge by key, lists replace, `[[policy.LEVER]]` appends: an entry with
//! the name of an inherited one changes that one, and `policy.LEVER = []` drops what was inherited. Tracers
//! (`[[tracer]]`, or `[[tracer.follow]]`) likewise.

mod check;
pub mod contradictions;
pub mod country;
mod diagnostic;
pub mod embedded;
mod error;
mod grid;
pub mod impulse;
mod institution_table;
pub mod institutions;
pub mod io_table;
pub mod keys;
mod layers;
mod lever_table;
pub mod levers;
mod load;
pub mod mechanisms;
mod merge;
mod overrides;
pub mod policy;
pub mod procurement;
mod rules;
pub mod schema;
pub mod settings;
pub mod shape;
pub mod shock;
pub mod shock_table;
pub mod shocks;
pub mod starter;
pub mod study_file;
pub mod survey;
mod tracers;
mod tree;

pub use diagnostic::{Diagnostic, Origin, Source, nearest, suggest};
pub use error::ScenarioError;
pub use layers::tidy;
pub use load::{Scenario, canonical, load, load_with, of_town, plain};
pub use overrides::{Assignment, Override};
pub use rules::{Sources, validate};
