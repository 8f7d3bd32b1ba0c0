//! A term applied to a day: when it ends, what it met on the way, and why.

use std::fmt;

use wire::{Day, Lang};

use crate::{
    calendar::{DayKind, DayStatus, Known, Unsure},
    counting::{CountError, bounded, next},
    explain,
    mark::Mark,
    term::{Term, Unit},
    validity::{holds, is_forward},
};

/// A time in which a term does not run: from the first day on, up to and without the day on which it runs again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pause {
    /// The first day that is not counted.
    pub from: Day,
    /// The day on which the term runs again and is counted; nothing while it is still paused.
    pub to: Option<Day>,
    /// The decision or the rule that pauses it.
    pub rule: String,
}

/// How a day off, or a day worked instead of one, bore on the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It was not counted as a working day.
    Skipped,
    /// It is a Saturday or Sunday, yet it was counted, because it is worked by a swap.
    WorkedInstead,
    /// The term would have ended on it and moved on.
    RolledOver,
}

/// A day that needs a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What the day is, and by which instrument.
    pub status: DayStatus,
    /// How it bore on the result.
    pub effect: Effect,
}

/// Where a term stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It ends with this day.
    Due(Day),
    /// It does not run; nobody can say yet when it ends.
    Paused {
        /// The first day of the pause.
        since: Day,
        /// How many days are left to count once it runs again, in the unit of the term.
        remaining: u32,
    },
}

/// A term that runs from a day, computed and explained as known on another day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// The day of the act that starts the term; it is not counted.
    pub start: Day,
    /// The term.
    pub term: Term,
    /// The result.
    pub outcome: Outcome,
    /// The days off and the days worked instead that bore on the result, in order.
    pub steps: Vec<Step>,
    /// The pauses that bore on the result, in order.
    pub pauses: Vec<Pause>,
    /// Why the result may still change; empty when it is firm.
    pub unsure: Vec<Unsure>,
    /// The day whose knowledge of the calendar was used. A swap announced later calls for a new computation.
    pub known_on: Day,
}

/// Why no deadline can be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeadlineError {
    /// The term has no days.
    NoDays,
    /// A pause begins before the term does.
    PauseBeforeStart(Day),
    /// A pause ends on or before its first day.
    PauseBackwards(Day),
    /// A pause begins before another has ended.
    PausesOverlap(Day),
    /// The days cannot be counted.
    Count(CountError),
}

impl fmt::Display for DeadlineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoDays => f.write_str("a term of `0` days never runs: give at least 1"),
            Self::PauseBeforeStart(day) => {
                write!(f, "the pause of `{day}` begins before the term: check its first day")
            }
            Self::PauseBackwards(day) => write!(f, "the pause of `{day}` ends before it begins: check its days"),
            Self::PausesOverlap(day) => write!(f, "the pause of `{day}` begins while another lasts: join them"),
            Self::Count(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for DeadlineError {}

impl From<CountError> for DeadlineError {
    fn from(error: CountError) -> Self {
        Self::Count(error)
    }
}

impl Deadline {
    /// Lets a term run from a day. Paused days are not counted; a pause that begins after the end changes nothing
    /// and is left out.
    ///
    /// # Errors
    /// [`DeadlineError`] for pauses that contradict each other or the start, and for terms that cannot be counted.
    pub fn count(start: Day, term: &Term, pauses: &[Pause], known: Known<'_>) -> Result<Self, DeadlineError> {
        let pauses = in_order(start, pauses)?;
        let mut run = Run { left: bounded(term.days)?, roll: term.roll, steps: Vec::new(), unsure: Vec::new() };
        if run.left == 0 {
            return Err(DeadlineError::NoDays);
        }
        let mut day = start;
        let outcome = loop {
            day = next(day)?;
            match pauses.iter().find(|pause| holds(pause.from, pause.to, day)) {
                Some(Pause { from, to: None, .. }) => break Outcome::Paused { since: *from, remaining: run.left },
                Some(_) => continue,
                None => {}
            }
            let ended = match term.unit {
                Unit::Working => run.working(known.status(day)),
                Unit::Calendar => run.calendar(|| known.status(day)),
            };
            if ended {
                break Outcome::Due(day);
            }
        };
        let pauses = pauses.into_iter().filter(|pause| pause.from <= day).collect();
        let Run { steps, unsure, .. } = run;
        Ok(Self { start, term: term.clone(), outcome, steps, pauses, unsure, known_on: known.known_on() })
    }

    /// The day with which the term ends; nothing while it is paused.
    #[must_use]
    pub fn due(&self) -> Option<Day> {
        match self.outcome {
            Outcome::Due(day) => Some(day),
            Outcome::Paused { .. } => None,
        }
    }

    /// Whether the calendar it was computed with may still change.
    #[must_use]
    pub fn is_provisional(&self) -> bool {
        !self.unsure.is_empty()
    }

    /// Whether it may be told as law: the term and every row that bore on it are verified, and nothing is open.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        let rows = self.steps.iter().filter_map(|step| step.status.row.as_ref());
        self.term.mark.is_verified() && !self.is_provisional() && rows.map(|row| row.mark).all(Mark::is_verified)
    }

    /// A short paragraph that a clerk understands: the day, how it was counted, what was skipped and why, the
    /// instrument, and what is not certain.
    #[must_use]
    pub fn explain(&self, lang: Lang) -> String {
        explain::paragraph(self, lang)
    }
}

/// The count while it runs.
struct Run {
    left: u32,
    roll: bool,
    steps: Vec<Step>,
    unsure: Vec<Unsure>,
}

impl Run {
    /// Takes one day of a term in working days; true when the term ends with it.
    fn working(&mut self, status: DayStatus) -> bool {
        self.doubt(&status);
        let working = status.kind.is_working();
        if working {
            self.left -= 1;
        }
        if status.kind == DayKind::SwappedWork {
            self.steps.push(Step { status, effect: Effect::WorkedInstead });
        } else if !working {
            self.steps.push(Step { status, effect: Effect::Skipped });
        }
        self.left == 0
    }

    /// Takes one day of a term in calendar days. What a day is matters only where the term would end.
    fn calendar(&mut self, status: impl FnOnce() -> DayStatus) -> bool {
        self.left = self.left.saturating_sub(1);
        if self.left > 0 || !self.roll {
            return self.left == 0;
        }
        let status = status();
        self.doubt(&status);
        if status.kind.is_working() {
            return true;
        }
        self.steps.push(Step { status, effect: Effect::RolledOver });
        false
    }

    fn doubt(&mut self, status: &DayStatus) {
        if let Some(unsure) = &status.unsure
            && !self.unsure.contains(unsure)
        {
            self.unsure.push(unsure.clone());
        }
    }
}

/// The pauses in the order of time, if they can stand together.
fn in_order(start: Day, pauses: &[Pause]) -> Result<Vec<Pause>, DeadlineError> {
    let mut pauses = pauses.to_vec();
    pauses.sort_by_key(|pause| pause.from);
    let mut free_from = Some(start);
    for Pause { from, to, .. } in &pauses {
        if *from < start {
            return Err(DeadlineError::PauseBeforeStart(*from));
        }
        if !is_forward(*from, *to) {
            return Err(DeadlineError::PauseBackwards(*from));
        }
        if free_from.is_none_or(|free_from| *from < free_from) {
            return Err(DeadlineError::PausesOverlap(*from));
        }
        free_from = *to;
    }
    Ok(pauses)
}
