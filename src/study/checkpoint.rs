//! A city at the end of its burn-in, as one file: a line that says what it is, a line of JSON that says whose, and the state,
//! packed.

use super::kept::Unfit;
use super::{Ready, Simulation};
use crate::measure::record::Record;
use crate::output::manifest::sha256;
use serde::{Deserialize, Serialize};
use std::io::{self, Read};
use std::sync::Arc;

const SIGN: &str = "recirc burn-in";
/// Raised when the layout of the file or of the state changes.
const FORMAT: u32 = 1;
/// Level of zstd: the first keeps writing shorter than simulating.
const LEVEL: i32 = 1;
/// State of a city at four times full scale would take less; a length beyond it is no state.
const MOST_BYTES: u64 = 16 << 30;

/// What a checkpoint is of: it fits nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whose {
    /// SHA-256 over the program's version, the settings without policy, the data of the place, seed and replicate.
    pub burn_in: String,
    /// SHA-256 of the program.
    pub build: String,
    pub replicate: u16,
    pub seed: u64,
    /// Month number at the end of the burn-in.
    pub month: u16,
}

#[derive(Serialize, Deserialize)]
struct Head {
    #[serde(flatten)]
    whose: Whose,
    /// Bytes of the state before packing.
    bytes: u64,
}

/// The bytes of the file; none when the state cannot be written down, which would be a fault of the program.
pub fn write(whose: &Whose, simulation: &Simulation, record: &Record) -> Option<Vec<u8>> {
    let state = postcard::to_stdvec(&(simulation, record)).ok()?;
    let head = Head { whose: whose.clone(), bytes: state.len() as u64 };
    let mut body = serde_json::to_vec(&head).ok()?;
    body.push(b'\n');
    zstd::stream::copy_encode(state.as_slice(), &mut body, LEVEL).ok()?;
    let mut file = format!("{SIGN} {FORMAT} {}\n", sha256(&body)).into_bytes();
    file.append(&mut body);
    Some(file)
}

/// Read a file back, if it is whole and of what is wanted. The settings are those of a scenario that shares the burn-in.
pub fn read(file: &[u8], wanted: &Whose, ready: &Ready) -> Result<(Simulation, Record), Unfit> {
    let (first, body) = line(file).ok_or(Unfit::Damaged)?;
    let first = str::from_utf8(first).map_err(|_| Unfit::Foreign)?;
    let (format, sum) =
        first.strip_prefix(SIGN).and_then(|rest| rest.trim().split_once(' ')).ok_or(Unfit::Foreign)?;
    if format != FORMAT.to_string() {
        return Err(Unfit::OtherFormat);
    }
    if sum != sha256(body) {
        return Err(Unfit::Damaged);
    }
    let (head, packed) = line(body).ok_or(Unfit::Damaged)?;
    let head: Head = serde_json::from_slice(head).map_err(|_| Unfit::Foreign)?;
    if head.whose.build != wanted.build {
        return Err(Unfit::OtherBuild);
    }
    if head.whose != *wanted {
        return Err(Unfit::Foreign);
    }
    let state = unpacked(packed, head.bytes).map_err(|_| Unfit::Damaged)?;
    let (mut simulation, record): (Simulation, Record) =
        postcard::from_bytes(&state).map_err(|_| Unfit::Damaged)?;
    simulation.city.settings = Arc::new(ready.scenario.settings.clone());
    Ok((simulation, record))
}

fn line(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    Some((&bytes[..end], &bytes[end + 1..]))
}

fn unpacked(packed: &[u8], bytes: u64) -> io::Result<Vec<u8>> {
    let short = || io::Error::from(io::ErrorKind::UnexpectedEof);
    let mut state = Vec::with_capacity(usize::try_from(bytes.min(MOST_BYTES)).map_err(|_| short())?);
    zstd::stream::Decoder::new(packed)?.take(bytes.saturating_add(1)).read_to_end(&mut state)?;
    if state.len() as u64 == bytes { Ok(state) } else { Err(short()) }
}
