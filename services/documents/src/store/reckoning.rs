//! What an office reckons its days with: its calendar, and its own term for what arrives.

use std::borrow::Cow;

use rules::{Calendar, Term};
use sea_orm::ConnectionTrait;
use wire::{Day, id::OfficeId};

use super::{closures, terms};
use crate::domain::due::Reckoning;

/// An office's calendar and term.
pub(crate) struct Reckoned {
    calendar: Cow<'static, Calendar>,
    own: Option<Term>,
}

impl Reckoned {
    /// The same, with the calendar as it is known on a day.
    pub(crate) fn on(&self, day: Day) -> Reckoning<'_> {
        Reckoning { known: self.calendar.as_known_on(day), own: self.own.as_ref() }
    }
}

/// What an office reckons with for what arrived on a day, with the days on which it is shut from `since` on.
pub(crate) async fn of(
    conn: &impl ConnectionTrait,
    office: OfficeId,
    arrived: Day,
    since: Day,
) -> Result<Reckoned, sea_orm::DbErr> {
    let calendar = closures::calendar(conn, office, since).await?;
    Ok(Reckoned { calendar, own: terms::of_day(conn, office, arrived).await? })
}
