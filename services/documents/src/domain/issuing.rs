//! Bodies under whose names an office issues: states of one code follow each other, and each has its seal.

use schema_documents::{IssuingBody, RecordIssuingBody, Refusal, SealUse};
use wire::{Day, Fault, Version, id::IssuingBodyId};

use super::{
    field::{self, limit},
    register,
};

/// A state of a body, checked against the other states of its code.
pub(crate) fn record(
    order: RecordIssuingBody,
    id: IssuingBodyId,
    others: &[IssuingBody],
) -> Result<IssuingBody, Fault> {
    let RecordIssuingBody { office, code, name, seal, custodian, custodian_title, term, from, to } = order;
    if to.is_some_and(|to| to < from) {
        return Err(Refusal::BodyPeriodUnfit { from }.into());
    }
    let body = IssuingBody {
        id,
        office,
        version: Version::FIRST,
        code: register::body(&code)?,
        name: field::line("name", &name, limit::NAME)?,
        seal: field::line("seal", &seal, limit::NAME)?,
        custodian,
        custodian_title: field::line("custodian_title", &custodian_title, limit::NAME)?,
        term: field::optional_line("term", term.as_deref(), limit::SYMBOL)?,
        from,
        to,
    };
    match others.iter().find(|other| overlap(other, &body)) {
        Some(IssuingBody { id, code, from, .. }) => {
            Err(Refusal::BodyOverlaps { id: *id, code: code.clone(), from: *from }.into())
        }
        None => Ok(body),
    }
}

/// The state after its last day is known; `used` is the latest day of a document that bears its seal.
pub(crate) fn end(body: &IssuingBody, to: Day, used: Option<Day>) -> Result<IssuingBody, Refusal> {
    if let Some(to) = body.to {
        return Err(Refusal::BodyEnded { to });
    }
    if to < body.from {
        return Err(Refusal::BodyPeriodUnfit { from: body.from });
    }
    match used.filter(|dated| *dated > to) {
        Some(dated) => Err(Refusal::BodyUsedLater { id: body.id, dated }),
        None => Ok(IssuingBody { to: Some(to), version: body.version.next(), ..body.clone() }),
    }
}

/// The seal that a document of this day bears, of the states of its code.
pub(crate) fn seal(states: &[IssuingBody], dated: Day) -> Option<SealUse> {
    let state = states.iter().find(|state| state.from <= dated && state.to.is_none_or(|to| dated <= to))?;
    let IssuingBody { id, name, seal, custodian, custodian_title, .. } = state.clone();
    Some(SealUse { body: id, body_name: name, seal, custodian, custodian_title })
}

fn overlap(one: &IssuingBody, other: &IssuingBody) -> bool {
    let ends = |state: &IssuingBody, day| state.to.is_some_and(|to| to < day);
    one.code == other.code && !ends(one, other.from) && !ends(other, one.from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sample::{self, day};

    fn order(from: &str, to: Option<&str>) -> RecordIssuingBody {
        RecordIssuingBody {
            office: sample::office(),
            code: "VPĐU".into(),
            name: "Văn phòng Đảng ủy".into(),
            seal: "Con dấu tròn số 02".into(),
            custodian: None,
            custodian_title: "Văn thư".into(),
            term: None,
            from: day(from),
            to: to.map(day),
        }
    }

    #[test]
    fn states_of_a_code_follow_each_other() {
        let first = record(order("2025-07-01", Some("2026-03-31")), sample::id(1), &[]).unwrap();
        let states = std::slice::from_ref(&first);
        let table = [
            ("2026-03-31", None, "documents.body_overlaps"),
            ("2024-01-01", None, "documents.body_overlaps"),
            ("2024-01-01", Some("2025-06-30"), ""),
            ("2026-04-01", None, ""),
            ("2026-05-01", Some("2026-04-01"), "documents.body_period_unfit"),
        ];
        for (from, to, code) in table {
            let told = record(order(from, to), sample::id(2), states).err().map(|fault| fault.code);
            assert_eq!(told.unwrap_or_default(), code, "{from}");
        }
        let other = RecordIssuingBody { code: "ĐU".into(), ..order("2025-07-01", None) };
        assert!(record(other, sample::id(2), states).is_ok());
    }

    #[test]
    fn the_seal_is_that_of_the_day() {
        let first = record(order("2025-07-01", None), sample::id(1), &[]).unwrap();
        assert_eq!(end(&first, day("2025-06-30"), None), Err(Refusal::BodyPeriodUnfit { from: first.from }));
        let used = Some(day("2026-04-01"));
        assert!(matches!(end(&first, day("2026-03-31"), used), Err(Refusal::BodyUsedLater { .. })));
        let first = end(&first, day("2026-03-31"), Some(day("2026-03-31"))).unwrap();
        assert_eq!(end(&first, day("2027-01-01"), None), Err(Refusal::BodyEnded { to: day("2026-03-31") }));
        let next = RecordIssuingBody { seal: "Con dấu tròn số 03".into(), ..order("2026-04-01", None) };
        let states = [first.clone(), record(next, sample::id(2), &[first]).unwrap()];
        let of = |on| seal(&states, day(on)).map(|used| used.seal);
        assert_eq!(of("2025-06-30"), None);
        assert_eq!(of("2026-03-31").as_deref(), Some("Con dấu tròn số 02"));
        assert_eq!(of("2026-04-01").as_deref(), Some("Con dấu tròn số 03"));
    }
}
