//! A place and its law, as data: what a city is before anybody is simulated.

pub mod city;
pub mod tax;
pub mod tax_rules;
pub mod town;
pub mod vocabulary;
