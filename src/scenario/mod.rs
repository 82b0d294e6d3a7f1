//! What a user may ask for: scenarios in layers.
pub mod settings;
