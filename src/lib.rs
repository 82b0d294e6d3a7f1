//! recirc simulates a whole city, person by person and firm by firm, and follows every pound that its
//! anchor institutions spend until it leaks.
//!
//! The rooms, each importing only from those below it:
//!
//! | room | what it holds |
//! |---|---|
//! | [`cli`] | arguments, progress, printing |
//! | [`study`] | the loop over months, replicates and scenarios |
//! | [`output`] | tables to bytes: CSV, charts, manifest |
//! | [`measure`] | the metrics, local multipliers, paired comparison |
//! | [`economy`] | the month: `step` reads as the model |
//! | [`tracer`] | moves the dye along the month's flows |
//! | [`world`] | the state in typed columns, and its synthesis |
//! | [`scenario`] | what a user may ask for |
//! | [`place`] | a city and its law as data |
//! | [`base`] | no economics: ids, money, keyed draws, parallel loops |

pub mod base;
pub mod cli;
pub mod economy;
pub mod measure;
pub mod output;
pub mod place;
pub mod scenario;
pub mod study;
pub mod tracer;
pub mod world;
