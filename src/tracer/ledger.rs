//! Where the dye went: by month, round and channel, for all procurement and for each anchor.

/// Rounds kept apart: 1, 2, 3 and later.
pub const ROUNDS: usize = 4;

/// The ways a pound leaves the city.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
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

/// Dye of one anchor in one month.
#[derive(Clone, Copy, Default, Debug, PartialEq)]
pub struct OfAnchor {
    pub injected: i64,
    /// Local receipts after one hop and after two.
    pub local: [i64; 2],
}

/// One month's record, in units of dye.
#[derive(Clone, Default, Debug, PartialEq)]
pub struct Month {
    pub month: u16,
    pub injected: i64,
    /// Local receipts by round.
    pub local: [i64; ROUNDS],
    /// `leaks[round][channel]`.
    pub leaks: [[i64; Channel::COUNT]; ROUNDS],
    /// Receipts of households in the city, all rounds (part of `local`).
    pub household_income: i64,
    pub circulating: i64,
    pub held: i64,
    pub anchors: Vec<OfAnchor>,
}

/// All months since the tracer was started.
#[derive(Clone, Default, Debug, PartialEq)]
pub struct Ledger {
    pub months: Vec<Month>,
    n_anchors: usize,
    injected: i64,
    leaked: i64,
}

impl Ledger {
    pub fn new(n_anchors: usize) -> Ledger {
        Ledger { n_anchors, ..Ledger::default() }
    }
    pub(super) fn open(&mut self, month: u16) {
        self.months.push(Month {
            month,
            anchors: vec![OfAnchor::default(); self.n_anchors],
            ..Month::default()
        });
    }
    fn now(&mut self) -> &mut Month {
        if self.months.is_empty() {
            self.open(0);
        }
        let last = self.months.len() - 1;
        &mut self.months[last]
    }
    pub(super) fn inject(&mut self, anchor: usize, amount: i64) {
        self.injected += amount;
        let month = self.now();
        month.injected += amount;
        month.anchors[anchor].injected += amount;
    }
    pub(super) fn receive(&mut self, lane: usize, amount: i64) {
        self.now().local[lane] += amount;
    }
    pub(super) fn income(&mut self, amount: i64) {
        self.now().household_income += amount;
    }
    pub(super) fn receive_of(&mut self, anchor: usize, hop: usize, amount: i64) {
        self.now().anchors[anchor].local[hop] += amount;
    }
    pub(super) fn leak(&mut self, lane: usize, channel: Channel, amount: i64) {
        self.leaked += amount;
        self.now().leaks[lane][channel as usize] += amount;
    }
    pub(super) fn close(&mut self, circulating: i64, held: i64) {
        let month = self.now();
        month.circulating = circulating;
        month.held = held;
    }
    pub fn injected_so_far(&self) -> i64 {
        self.injected
    }
    pub fn leaked_so_far(&self) -> i64 {
        self.leaked
    }
}
