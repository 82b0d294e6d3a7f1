//! The phases of a month by name, for who watches it. The model itself knows no clock.

/// A line of [`super::step::watched`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Phase {
    OpenBooks,
    Procure,
    Order,
    Hire,
    Pay,
    Tax,
    Consume,
    Trace,
    Shocks,
    Institutions,
    Firms,
    Adapt,
    CloseBooks,
}

impl Phase {
    pub const COUNT: usize = 13;
    pub const ALL: [Phase; Phase::COUNT] = [
        Phase::OpenBooks,
        Phase::Procure,
        Phase::Order,
        Phase::Hire,
        Phase::Pay,
        Phase::Tax,
        Phase::Consume,
        Phase::Trace,
        Phase::Shocks,
        Phase::Institutions,
        Phase::Firms,
        Phase::Adapt,
        Phase::CloseBooks,
    ];

    pub const fn label(self) -> &'static str {
        match self {
            Phase::OpenBooks => "open books",
            Phase::Procure => "procure",
            Phase::Order => "order",
            Phase::Hire => "hire",
            Phase::Pay => "pay",
            Phase::Tax => "tax and support",
            Phase::Consume => "consume",
            Phase::Trace => "tracer",
            Phase::Shocks => "shocks",
            Phase::Institutions => "institutions",
            Phase::Firms => "enter and exit",
            Phase::Adapt => "adapt",
            Phase::CloseBooks => "close books",
        }
    }
}

/// Who is told of each phase, and lets it happen.
pub trait PhaseWatch {
    fn phase<R>(&mut self, _phase: Phase, work: impl FnOnce() -> R) -> R {
        work()
    }
}

/// Nobody.
pub struct Unwatched;

impl PhaseWatch for Unwatched {}
