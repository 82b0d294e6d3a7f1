//! What a user may ask for: scenarios in layers, checked, and resolved to typed settings.
//!
//! The layers, each over the one before: the embedded defaults, the place's overlay, the chain of `extends`,
//! the file, the command line. Tables merge by key, lists replace, `[[policy.LEVER]]` appends: an entry with
//! the name of an inherited one changes that one, and `policy.LEVER = []` drops what was inherited. Tracers
//! (`[[tracer]]`, or `[[tracer.follow]]`) likewise.

mod check;
mod diagnostic;
pub mod embedded;
mod error;
pub mod keys;
mod layers;
pub mod levers;
mod load;
mod merge;
mod overrides;
mod rules;
pub mod schema;
pub mod settings;
pub mod shape;
pub mod starter;
mod tracers;
mod tree;

pub use diagnostic::{Diagnostic, Origin, Source, nearest, suggest};
pub use error::ScenarioError;
pub use load::{Scenario, load, load_with};
pub use overrides::Override;
pub use rules::{Sources, validate};
