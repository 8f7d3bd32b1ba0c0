//! Registers that open themselves, so that an office without paper books need not prepare any.

use schema_documents::{NumberRegister, PeriodKind, Refusal, RegisterKind, RegisterState};
use wire::{
    Day, Fault, Version,
    id::{OfficeId, RegisterId},
};

use super::{
    genre,
    register::{covers, overlap},
};

/// The body code of a congress: one series over all genres, which is opened by hand with the days of the congress
/// (36-HD/VPTW, part II, item 1.3).
const CONGRESS: &str = "ĐH";

/// The arrival register of a calendar year, unless the office has a register for any day of that year.
pub(crate) fn arrival(there: &[NumberRegister], office: OfficeId, id: RegisterId, day: Day) -> Option<NumberRegister> {
    let year = NumberRegister {
        first_day: Day::new(day.year(), 1, 1).ok()?,
        last_day: Some(Day::new(day.year(), 12, 31).ok()?),
        ..bare(office, id, RegisterKind::Incoming, PeriodKind::Year, day)
    };
    free(there, year)
}

/// The series of a body and genre for the term, over all genres that bear the same code, so that no symbol is given
/// twice: with the days of the body's other series, else from the beginning of the
/// year, or from the end of the series before it, with an end that is not known.
pub(crate) fn series(
    there: &[NumberRegister],
    office: OfficeId,
    id: RegisterId,
    (body_code, genre): (&str, &str),
    day: Day,
) -> Result<Option<NumberRegister>, Fault> {
    if body_code == CONGRESS {
        return Ok(None);
    }
    let code = genre::code_of(genre::of(genre, day)?)?;
    let sibling = there.iter().find(|other| other.state == RegisterState::Open && covers(other, day));
    let (first_day, last_day) = match sibling {
        Some(other) => (other.first_day, other.last_day),
        None => (Day::new(day.year(), 1, 1).unwrap_or(day), None),
    };
    let series = NumberRegister {
        body_code: Some(body_code.to_owned()),
        genres: Some(genre::sharing(code, day)),
        last_day,
        ..bare(office, id, RegisterKind::Outgoing, PeriodKind::Term, first_day)
    };
    let before = there.iter().filter(|other| overlap(other, &series)).filter_map(|other| other.last_day);
    let follows = before.filter(|last| *last < day).max().and_then(|last| last.plus(1));
    let first_day = follows.map_or(first_day, |follows| follows.max(first_day));
    let series = NumberRegister { first_day, ..series };
    let numbers = |other: &NumberRegister| other.genres.as_ref().is_none_or(|keys| keys.iter().any(|key| key == genre));
    // A series of the same code that leaves this genre out was opened by hand, or before one code had one series.
    match there.iter().find(|other| overlap(other, &series) && !numbers(other)) {
        Some(other) => {
            let (code, genre) = (code.to_owned(), genre.to_owned());
            Err(Refusal::CodeNumbered { id: other.id, code, genre }.into())
        }
        None => Ok(free(there, series)),
    }
}

fn free(there: &[NumberRegister], register: NumberRegister) -> Option<NumberRegister> {
    let free = !there.iter().any(|other| overlap(other, &register));
    free.then_some(register)
}

fn bare(office: OfficeId, id: RegisterId, kind: RegisterKind, period: PeriodKind, first_day: Day) -> NumberRegister {
    NumberRegister {
        id,
        office,
        version: Version::FIRST,
        kind,
        body_code: None,
        genres: None,
        period,
        first_day,
        last_day: None,
        opening: 1,
        last: 0,
        latest_day: None,
        state: RegisterState::Open,
    }
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::domain::{
        register::{Wanted, choose, close},
        sample::{self, day},
    };

    fn id() -> RegisterId {
        sample::id(3)
    }

    fn letters(there: &[NumberRegister], on: &str) -> Option<NumberRegister> {
        series(there, sample::office(), id(), ("ĐU", "official_letter"), day(on)).unwrap()
    }

    #[test]
    fn one_code_has_one_series() {
        let of =
            |there: &[NumberRegister], genre| series(there, sample::office(), id(), ("ĐU", genre), day("2026-11-20"));
        let decisions = of(&[], "decision").unwrap().unwrap();
        assert_eq!(decisions.genres.as_deref(), Some(&["decision".to_owned(), "regulation".to_owned()][..]));
        assert_eq!(of(&[], "regulation").unwrap().unwrap().genres, decisions.genres, "whichever comes first");
        // One that was opened for decisions alone stays as it is, and nothing opens itself beside it.
        let alone = NumberRegister { genres: Some(vec!["decision".into()]), ..decisions };
        assert_eq!(of(&[alone], "regulation").unwrap_err().code, "documents.code_numbered");
    }

    #[test]
    fn the_arrival_register_of_a_year_opens_itself_once() {
        let on = day("2026-11-20");
        let year = arrival(&[], sample::office(), id(), on).unwrap();
        assert_eq!((year.first_day, year.last_day), (day("2026-01-01"), Some(day("2026-12-31"))));
        assert!(choose(std::slice::from_ref(&year), Wanted::Arrival, on).is_ok());
        let closed = close(&year, day("2026-12-20"), day("2026-12-20")).unwrap();
        assert!(arrival(std::slice::from_ref(&closed), sample::office(), id(), day("2026-12-25")).is_none());
        assert!(arrival(&[closed], sample::office(), id(), day("2027-01-01")).is_some());
        // An office that numbers by term never gets a yearly register beside it.
        let term = sample::series(RegisterKind::Incoming, "2025-07-20", None);
        assert!(arrival(&[term], sample::office(), id(), on).is_none());
    }

    #[test]
    fn a_series_takes_the_days_of_its_siblings() {
        let sibling = NumberRegister {
            genres: Some(vec!["notice".into()]),
            ..sample::series(RegisterKind::Outgoing, "2025-07-20", Some("2030-06-30"))
        };
        let letters = letters(&[sibling], "2026-11-20").unwrap();
        assert_eq!((letters.first_day, letters.last_day), (day("2025-07-20"), Some(day("2030-06-30"))));
        assert_eq!(letters.genres.as_deref(), Some(&["official_letter".to_owned()][..]));
    }

    #[test]
    fn the_first_series_of_a_body_begins_with_the_year() {
        let first = letters(&[], "2026-11-20").unwrap();
        assert_eq!((first.first_day, first.last_day, first.opening), (day("2026-01-01"), None, 1));
        assert!(letters(&[first], "2026-12-01").is_none(), "it is there already");
    }

    #[test]
    fn a_new_term_follows_the_one_that_was_closed() {
        let before = sample::series(RegisterKind::Outgoing, "2021-03-01", Some("2026-05-10"));
        let next = letters(&[close(&before, day("2026-05-10"), day("2026-05-12")).unwrap()], "2026-05-12").unwrap();
        assert_eq!(next.first_day, day("2026-05-11"));
    }

    #[test]
    fn a_congress_is_opened_by_hand() {
        assert_eq!(series(&[], sample::office(), id(), ("ĐH", "resolution"), day("2026-11-20")).unwrap(), None);
    }
}
