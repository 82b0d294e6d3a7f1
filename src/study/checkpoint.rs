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
/// Raised when the layout of the file changes; that of the state is the build's, which is noted in the file.
const FORMAT: u32 = 2;
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::economy::plan::Plan;
    use crate::study::Watch;
    use std::sync::atomic::AtomicBool;

    fn town() -> (Ready, Simulation, Record) {
        let ready = Ready::new(crate::scenario::load("teaching/three_shops", &[]).unwrap()).unwrap();
        let mut simulation = Simulation::new(&ready, 1).unwrap();
        let mut record = Record { complete: true, ..Record::new(&simulation.city) };
        on(&mut simulation, &mut record, 5);
        (ready, simulation, record)
    }

    fn on(simulation: &mut Simulation, record: &mut Record, months: u32) {
        let plan = Plan::neutral(&simulation.city);
        let stop = AtomicBool::new(false);
        simulation.advance(&plan, record, months, &Watch { tick: &|| (), stop: &stop }).unwrap();
    }

    fn whose() -> Whose {
        Whose { burn_in: "key".into(), build: "build".into(), replicate: 1, seed: 1, month: 5 }
    }

    /// Every column, the tracer and the record are the same bytes after the same months.
    #[test]
    fn what_is_read_back_goes_on_as_what_was_written() {
        let (ready, mut straight, mut of_straight) = town();
        let file = write(&whose(), &straight, &of_straight).unwrap();
        let (mut back, mut of_back) = read(&file, &whose(), &ready).unwrap();
        assert_eq!(postcard::to_stdvec(&back).unwrap(), postcard::to_stdvec(&straight).unwrap());
        on(&mut straight, &mut of_straight, 14);
        on(&mut back, &mut of_back, 14);
        assert_eq!(
            postcard::to_stdvec(&(&back, &of_back)).unwrap(),
            postcard::to_stdvec(&(&straight, &of_straight)).unwrap()
        );
        assert_eq!(write(&whose(), &back, &of_back), write(&whose(), &straight, &of_straight));
    }

    #[test]
    fn nothing_else_is_taken_for_a_burn_in() {
        let (ready, simulation, record) = town();
        let file = write(&whose(), &simulation, &record).unwrap();
        let unfit = |bytes: &[u8], wanted: &Whose| read(bytes, wanted, &ready).err().unwrap();
        for cut in [0, 10, 40, 90, file.len() / 2, file.len() - 1] {
            assert_eq!(unfit(&file[..cut], &whose()), Unfit::Damaged, "{cut}");
        }
        for at in [30, 100, file.len() / 2, file.len() - 1] {
            let mut bytes = file.clone();
            bytes[at] ^= 1;
            assert_eq!(unfit(&bytes, &whose()), Unfit::Damaged, "{at}");
        }
        assert_eq!(unfit(b"something else\n", &whose()), Unfit::Foreign);
        let version = [format!("{SIGN} 9").as_bytes(), &file[SIGN.len() + 2..]].concat();
        assert_eq!(unfit(&version, &whose()), Unfit::OtherFormat);
        assert_eq!(unfit(&file, &Whose { build: "other".into(), ..whose() }), Unfit::OtherBuild);
        for other in [
            Whose { burn_in: "other".into(), ..whose() },
            Whose { replicate: 2, ..whose() },
            Whose { seed: 2, ..whose() },
            Whose { month: 6, ..whose() },
        ] {
            assert_eq!(unfit(&file, &other), Unfit::Foreign);
        }
    }
}
