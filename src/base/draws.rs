//! Chance without state: every draw is addressed by (seed, replicate, purpose, agent, month, k).
//!
//! Two runs that differ only in policy therefore share every piece of luck that both still use. Keys are
//! identities (a worker's, a contract's), never row numbers that a policy could shift. The policy is never
//! part of a key.

use super::philox::philox4x32_10;
use rand::rand_core::{Infallible, TryRng};

/// What a draw decides. The number is part of the draw's address: never reuse or renumber one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Purpose {
    Synthesis = 1,
    HouseholdMake = 2,
    WorkerMake = 3,
    FirmMake = 4,
    OutletMake = 5,
    LinkMake = 6,
    ContractMake = 7,
    Separation = 8,
    JobSearch = 9,
    JobOffer = 10,
    Reconsider = 11,
    OutletChoice = 12,
    FirmExit = 13,
    FirmEntry = 14,
    EntrantMake = 15,
    BidderKnows = 16,
    BidPrice = 17,
    BidQuality = 18,
    AwardTie = 19,
    ContractTerms = 20,
    LinkChoice = 21,
    Layoff = 22,
    Migration = 23,
    NeedTrait = 24,
    SupplierTrait = 25,
    Framework = 26,
    Challenge = 27,
    /// What community groups need; which request an offer goes to; where an enterprise is founded.
    Request = 60,
    RequestMatch = 61,
    Founding = 62,
    /// Has a supplier outside the city a branch or building in it?
    BranchInCity = 40,
    /// Who starts to look for work and who gives up.
    Participation = 30,
    /// Which post somebody outside the city applies for.
    SearchOutside = 31,
    /// Which applicant a post takes.
    PostTakes = 32,
    /// At which board those who look do so.
    JobBoard = 33,
    /// Which replicates a resample of the bootstrap takes.
    Bootstrap = 50,
    /// Which stratum of a Latin hypercube a row gets, and where in it.
    HypercubeCell = 51,
    HypercubePlace = 52,
    /// Where a trajectory of Morris's screening starts and which way it steps, and in which order.
    MorrisStart = 53,
    MorrisOrder = 54,
    /// Which of a holder's staff work under its clauses, and for which of its posts they count.
    ClauseStaff = 70,
    ClausePost = 71,
    /// How the cities of a country differ: mix of sectors, localness, deprivation. From which city a bidder comes.
    CityMix = 80,
    CityLocalness = 81,
    CityDeprivation = 82,
    BidderHome = 83,
    Test = 255,
}

/// The seed and the replicate: everything about chance that a run is given.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub struct Draws {
    pub seed: u64,
    pub replicate: u16,
}

/// The draws of one month.
#[derive(Clone, Copy, Debug)]
pub struct Luck {
    pub(super) key: [u32; 2],
    pub(super) when: u32,
}

impl Draws {
    pub fn new(seed: u64, replicate: u16) -> Self {
        Draws { seed, replicate }
    }
    /// The draws of the month with this number (0 is synthesis; the first simulated month is 1).
    pub fn in_month(&self, month: u16) -> Luck {
        Luck {
            key: [self.seed as u32, (self.seed >> 32) as u32],
            when: u32::from(self.replicate) << 16 | u32::from(month),
        }
    }
}

impl Luck {
    /// 128 random bits at this address. `agent` is an identity below 2^56.
    #[inline]
    pub fn block(&self, purpose: Purpose, agent: u64, k: u32) -> [u32; 4] {
        debug_assert!(agent >> 56 == 0);
        let who = [agent as u32, (agent >> 32) as u32 & 0x00ff_ffff | (purpose as u32) << 24];
        philox4x32_10([who[0], who[1], self.when, k], self.key)
    }
    /// 64 random bits.
    #[inline]
    pub fn bits(&self, purpose: Purpose, agent: u64, k: u32) -> u64 {
        let b = self.block(purpose, agent, k);
        u64::from(b[0]) << 32 | u64::from(b[1])
    }
    /// A uniform real in the open interval (0, 1), with 52 random bits.
    #[inline]
    pub fn uniform(&self, purpose: Purpose, agent: u64, k: u32) -> f64 {
        open_unit(self.bits(purpose, agent, k))
    }
    /// True with this probability.
    #[inline]
    pub fn chance(&self, probability: f64, purpose: Purpose, agent: u64, k: u32) -> bool {
        self.uniform(purpose, agent, k) < probability
    }
    /// A standard normal (Box and Muller 1958), with `libm`'s functions so that bits agree on every platform.
    #[inline]
    pub fn normal(&self, purpose: Purpose, agent: u64, k: u32) -> f64 {
        normal_of(self.block(purpose, agent, k))
    }
    /// The arrival time of an option in an exponential race: the option with the smallest wins, with
    /// probability in proportion to its weight. `k` is the option's identity.
    #[inline]
    pub fn arrival(&self, weight: f64, purpose: Purpose, agent: u64, k: u32) -> f64 {
        -libm::log(self.uniform(purpose, agent, k)) / weight
    }
    /// A generator for `rand` and `rand_distr`, whose stream is this address.
    pub fn generator(&self, purpose: Purpose, agent: u64) -> Keyed {
        Keyed { luck: *self, purpose, agent, k: 0, spare: None }
    }
}

/// An identity as 32 bits that tell suppliers apart within a draw about something else: the finaliser of
/// SplitMix64 (Steele, Lea and Flood 2014), halves added.
#[inline]
pub fn short(identity: u64) -> u32 {
    let mut z = identity.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^= z >> 31;
    (z ^ z >> 32) as u32
}

#[inline(always)]
pub(super) fn normal_of(b: [u32; 4]) -> f64 {
    let u = open_unit(u64::from(b[0]) << 32 | u64::from(b[1]));
    let v = open_unit(u64::from(b[2]) << 32 | u64::from(b[3]));
    libm::sqrt(-2.0 * libm::log(u)) * libm::cos(std::f64::consts::TAU * v)
}

#[inline(always)]
pub(super) fn open_unit(bits: u64) -> f64 {
    ((bits >> 12) as f64 + 0.5) * (1.0 / (1u64 << 52) as f64)
}

/// A real in (0, 1) of 32 random bits.
#[inline(always)]
pub fn open_unit_32(bits: u32) -> f64 {
    (f64::from(bits) + 0.5) * (1.0 / (1u64 << 32) as f64)
}

/// A stream of draws at one address, for use with `rand`'s and `rand_distr`'s traits.
#[derive(Clone, Debug)]
pub struct Keyed {
    luck: Luck,
    purpose: Purpose,
    agent: u64,
    k: u32,
    spare: Option<u64>,
}

impl TryRng for Keyed {
    type Error = Infallible;
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.try_next_u64()? as u32)
    }
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        if let Some(bits) = self.spare.take() {
            return Ok(bits);
        }
        let b = self.luck.block(self.purpose, self.agent, self.k);
        self.k += 1;
        self.spare = Some(u64::from(b[2]) << 32 | u64::from(b[3]));
        Ok(u64::from(b[0]) << 32 | u64::from(b[1]))
    }
    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        for chunk in out.chunks_mut(8) {
            let bytes = self.try_next_u64()?.to_le_bytes();
            chunk.copy_from_slice(&bytes[..chunk.len()]);
        }
        Ok(())
    }
}
