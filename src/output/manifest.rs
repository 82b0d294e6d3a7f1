//! `manifest.json`: what is needed to make a run again, and to see that its files are unchanged. It names
//! neither host nor user.

use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub const MANIFEST: &str = "manifest.json";

/// Additive changes keep this number; a changed or removed field raises it. 2: the scenarios as resolved are a
/// list.
pub const SCHEMA_VERSION: u32 = 2;

pub const GENERATOR: &str = "Philox4x32-10";

/// A scenario with every layer resolved.
#[derive(Serialize, Deserialize, Clone, Debug, Default)]
#[serde(default)]
pub struct Resolved {
    pub name: String,
    /// Its settings as TOML, which can be run again.
    pub toml: String,
    /// SHA-256 of that text.
    pub sha256: String,
    /// In a study, the scenario that it is compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub against: Option<String>,
    /// Keys and values that a sweep gave it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub swept: Vec<(String, String)>,
}

/// What one phase of the month takes, or the whole month: means over all months of all runs. Wall clock, and processor
/// time summed over threads.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct PhaseTime {
    pub phase: String,
    pub wall_ms_a_month: f64,
    pub cpu_ms_a_month: f64,
    /// Of the month's processor time.
    pub share_percent: f64,
    /// Agents are workers, households, suppliers and anchors.
    pub cpu_ns_an_agent_month: f64,
}

#[derive(Serialize, Deserialize, Clone, Debug, Default)]
#[serde(default)]
pub struct Manifest {
    pub schema_version: u32,
    pub recirc: String,
    /// The command that wrote the folder: run, compare, impulse or study; empty where it simulated nothing.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub command: String,
    pub scenario: String,
    /// The city's name, where there is one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub city: String,
    /// The scenarios that were run, the reference first.
    pub resolved_scenarios: Vec<Resolved>,
    /// The study file, when the scenarios are those of a study.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub study: Option<Resolved>,
    /// SHA-256 of each data file, by name.
    pub data: BTreeMap<String, String>,
    /// The text of each of them that the program does not carry: town files.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub town_files: BTreeMap<String, String>,
    pub seed: u64,
    pub generator: String,
    pub replicates: u32,
    pub threads: usize,
    /// RFC 3339, UTC.
    pub started: String,
    pub finished: String,
    /// False when the run was interrupted and ends at `last_month`.
    pub complete: bool,
    /// "YYYY-MM"; empty when nothing was simulated after burn-in.
    pub last_month: String,
    /// Times by phase, when they were asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub timings: Vec<PhaseTime>,
    /// What the user was warned of.
    pub warnings: Vec<String>,
    /// SHA-256 of each output file, by name.
    pub files: BTreeMap<String, String>,
}

impl Manifest {
    /// A manifest of a study, by name and text of its file.
    pub fn of_study((name, toml): (&str, &str), scenarios: &[(&str, &str)], started: SystemTime) -> Manifest {
        let study = resolved(name, toml);
        let command = "study".to_owned();
        Manifest {
            command,
            scenario: name.to_owned(),
            study: Some(study),
            ..Manifest::new(scenarios, started)
        }
    }

    /// A manifest of scenarios by name and resolved text; the caller fills in the rest.
    pub fn new(scenarios: &[(&str, &str)], started: SystemTime) -> Manifest {
        let names: Vec<&str> = scenarios.iter().map(|(name, _)| *name).collect();
        Manifest {
            schema_version: SCHEMA_VERSION,
            recirc: env!("CARGO_PKG_VERSION").to_owned(),
            command: String::new(),
            scenario: names.join(" against "),
            city: String::new(),
            resolved_scenarios: scenarios.iter().map(|(name, toml)| resolved(name, toml)).collect(),
            study: None,
            data: BTreeMap::new(),
            town_files: BTreeMap::new(),
            seed: 0,
            generator: GENERATOR.to_owned(),
            replicates: 1,
            threads: 1,
            started: utc(started),
            finished: utc(started),
            complete: false,
            last_month: String::new(),
            timings: Vec::new(),
            warnings: Vec::new(),
            files: BTreeMap::new(),
        }
    }

    /// What made a file, for the file's own metadata: all of the manifest but times, threads and the hashes of files, so
    /// that the same study gives the same bytes.
    pub fn lasting(&self) -> serde_json::Value {
        let mut value = serde_json::to_value(self).unwrap_or_default();
        if let Some(fields) = value.as_object_mut() {
            for name in ["threads", "started", "finished", "timings", "files"] {
                fields.shift_remove(name);
            }
        }
        value
    }

    /// The bytes of `manifest.json`.
    pub fn bytes(&self) -> Vec<u8> {
        // A struct of texts and numbers always has a JSON value.
        let value = serde_json::to_value(self).unwrap_or_default();
        format!("{value:#}\n").into_bytes()
    }
}

fn resolved(name: &str, toml: &str) -> Resolved {
    let sha256 = sha256(toml.as_bytes());
    Resolved { name: name.to_owned(), toml: toml.to_owned(), sha256, ..Resolved::default() }
}

/// SHA-256 in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A moment as RFC 3339 in UTC, to the second, such as "2026-04-01T09:30:00Z".
pub fn utc(moment: SystemTime) -> String {
    let seconds = match moment.duration_since(UNIX_EPOCH) {
        Ok(after) => after.as_secs() as i64,
        Err(before) => -(before.duration().as_secs() as i64),
    };
    let (day, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, date) = civil(day);
    format!("{year:04}-{month:02}-{date:02}T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60)
}

/// Days since 1970-01-01 to a Gregorian date. Years are counted from 1 March, which puts the leap day last;
/// an era is 400 years or 146,097 days.
fn civil(day: i64) -> (i64, i64, i64) {
    let from_era_zero = day + 719_468;
    let (era, day_of_era) = (from_era_zero.div_euclid(146_097), from_era_zero.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let date = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month, date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn moments_are_rfc_3339() {
        let at = |s| utc(UNIX_EPOCH + Duration::from_secs(s));
        assert_eq!(at(0), "1970-01-01T00:00:00Z");
        assert_eq!(at(951_782_399), "2000-02-28T23:59:59Z");
        assert_eq!(at(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(at(4_107_542_400), "2100-03-01T00:00:00Z");
        assert_eq!(at(1_767_225_599), "2025-12-31T23:59:59Z");
    }

    #[test]
    fn sha256_of_abc() {
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
