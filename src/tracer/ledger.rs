//! Where the dye went: by month, round and channel, with what it paid on its way.

use super::tags::Group;
use serde::{Deserialize, Serialize};

/// Rounds kept apart: 1, 2, 3 and later.
pub const ROUNDS: usize = 4;

/// The ways a pound leaves the city.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[repr(u8)]
pub enum Channel {
    InputsOutside,
    CommuterPay,
    NationalTaxes,
    ProfitsOutside,
    InterestRentOutside,
    Saving,
    Pensions,
    ConsumptionOutside,
    ContractOutside,
}

impl Channel {
    pub const ALL: [Channel; 9] = [
        Channel::ContractOutside,
        Channel::InputsOutside,
        Channel::CommuterPay,
        Channel::NationalTaxes,
        Channel::ProfitsOutside,
        Channel::InterestRentOutside,
        Channel::Saving,
        Channel::Pensions,
        Channel::ConsumptionOutside,
    ];
    pub const COUNT: usize = Self::ALL.len();
    /// The name used in tables and charts.
    pub fn label(self) -> &'static str {
        match self {
            Channel::InputsOutside => "inputs bought outside",
            Channel::CommuterPay => "pay to in-commuters",
            Channel::NationalTaxes => "national taxes",
            Channel::ProfitsOutside => "profits to outside owners",
            Channel::InterestRentOutside => "interest and rent paid outside",
            Channel::Saving => "money saved outside",
            Channel::Pensions => "pension contributions",
            Channel::ConsumptionOutside => "consumption outside",
            Channel::ContractOutside => "contract awarded outside",
        }
    }
}

/// Dye of a part of the spending in one month: put in, and what is exactly its own of what came of it.
#[derive(Clone, Copy, Default, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tally {
    pub injected: i64,
    /// Local receipts after one hop.
    pub first: i64,
    pub second: Hop,
}

/// What first-round dye came to when its receivers spent it.
#[derive(Clone, Copy, Default, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hop {
    /// Local receipts after two hops.
    pub local: i64,
    /// Pay and profit of households in the city (part of `local`).
    pub income: i64,
    /// Value added by the receivers in the city.
    pub value_added: i64,
    /// Jobs for a month, in millionths.
    pub job_months: i64,
}

impl Tally {
    /// What first-round dye came to, in the order of [`Hop::figures`].
    #[inline]
    pub(super) fn add_second(&mut self, [local, income, value_added, job_months]: [i64; 4]) {
        self.second.add(&Hop { local, income, value_added, job_months });
    }
}

impl Hop {
    pub(super) fn figures(self) -> [i64; 4] {
        [self.local, self.income, self.value_added, self.job_months]
    }
    fn add(&mut self, other: &Hop) {
        self.local += other.local;
        self.income += other.income;
        self.value_added += other.value_added;
        self.job_months += other.job_months;
    }
}

/// Millionths of a job for a month, the unit in which dyed pay is counted as jobs.
pub const JOB_MONTH: f64 = 1e6;

/// One month's record, in units of dye. Chunks of agents keep one each, and they are added up.
#[derive(Clone, Default, Debug, PartialEq, Serialize, Deserialize)]
pub struct Month {
    pub month: u16,
    pub injected: i64,
    /// Local receipts by round.
    pub local: [i64; ROUNDS],
    /// `leaks[round][channel]`.
    pub leaks: [[i64; Channel::COUNT]; ROUNDS],
    /// Pay and profit received by households in the city, all rounds (part of `local`), and by tenth and ward.
    pub household_income: i64,
    pub deciles: [i64; 10],
    pub wards: Vec<i64>,
    /// Pay with contributions, surplus, and taxes on production that dyed receipts of firms and anchors in the
    /// city paid.
    pub value_added: i64,
    /// Jobs for a month that dyed pay paid, in millionths: all, and those of residents.
    pub job_months: [i64; 2],
    pub circulating: i64,
    pub held: i64,
    /// By parts of the spending, in the order of [`Ledger::groups`].
    pub tags: Vec<Tally>,
}

impl Month {
    pub fn new(wards: usize, tags: usize) -> Month {
        Month { wards: vec![0; wards], tags: vec![Tally::default(); tags], ..Month::default() }
    }
    /// Back to nothing, without giving memory back.
    pub(super) fn clear(&mut self) {
        let (mut wards, mut tags) = (std::mem::take(&mut self.wards), std::mem::take(&mut self.tags));
        wards.fill(0);
        tags.fill(Tally::default());
        *self = Month { wards, tags, ..Month::default() };
    }
    pub(super) fn add(&mut self, other: &Month) {
        self.injected += other.injected;
        for lane in 0..ROUNDS {
            self.local[lane] += other.local[lane];
            for channel in 0..Channel::COUNT {
                self.leaks[lane][channel] += other.leaks[lane][channel];
            }
        }
        self.household_income += other.household_income;
        for (a, b) in self.deciles.iter_mut().zip(other.deciles) {
            *a += b;
        }
        for (a, b) in self.wards.iter_mut().zip(&other.wards) {
            *a += b;
        }
        self.value_added += other.value_added;
        self.job_months[0] += other.job_months[0];
        self.job_months[1] += other.job_months[1];
        self.circulating += other.circulating;
        self.held += other.held;
        for (a, b) in self.tags.iter_mut().zip(&other.tags) {
            a.injected += b.injected;
            a.first += b.first;
            a.second.add(&b.second);
        }
    }
    #[inline]
    pub(super) fn leak(&mut self, lane: usize, channel: Channel, amount: i64) {
        self.leaks[lane][channel as usize] += amount;
    }
    /// Dyed pay or profit that reaches a household of the city.
    #[inline]
    pub(super) fn income(&mut self, decile: u8, ward: u8, amount: i64) {
        self.income_of_tenth(decile, amount);
        self.income_of_ward(ward, amount);
    }
    #[inline]
    pub(super) fn income_of_tenth(&mut self, decile: u8, amount: i64) {
        self.deciles[usize::from(decile).min(9)] += amount;
    }
    #[inline]
    pub(super) fn income_of_ward(&mut self, ward: u8, amount: i64) {
        self.household_income += amount;
        if let Some(of) = self.wards.get_mut(usize::from(ward)) {
            *of += amount;
        }
    }
    pub fn leaked(&self) -> i64 {
        self.leaks.iter().flatten().sum()
    }
}

/// All months since the tracer was started.
#[derive(Clone, Default, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ledger {
    /// The tracer's name: "all", or as declared.
    pub name: String,
    pub months: Vec<Month>,
    /// What the tallies of each month are about.
    pub groups: Vec<Group>,
    /// First month in which it dyes.
    pub first: u16,
    /// Declared tracers with dye wholly their own.
    pub apart: Vec<Ledger>,
    /// The extra spend of an impulse, with dye of its own; none without one.
    pub extra: Option<Box<Ledger>>,
}

impl Ledger {
    pub fn injected_so_far(&self) -> i64 {
        self.months.iter().map(|m| m.injected).sum()
    }
    pub fn leaked_so_far(&self) -> i64 {
        self.months.iter().map(Month::leaked).sum()
    }
    /// Where the tallies of a group begin.
    pub fn offset(&self, group: &str) -> Option<usize> {
        let at = self.groups.iter().position(|g| g.by == group)?;
        Some(self.groups[..at].iter().map(|g| g.members.len()).sum())
    }
}
