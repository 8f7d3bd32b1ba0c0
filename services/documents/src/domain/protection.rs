//! How long a state secret is protected (Luật 117/2025/QH15): the first term, its extension, its end.

use rules::protection::{extending, in_force};
use schema_documents::{Protection, ProtectionRefusal, ProtectionStep, RecordProtection};
use wire::{
    Day, Fault, Secrecy,
    id::{IncomingId, OfficeId, OutgoingId},
};

use super::field::{self, limit};

/// A document with a degree of secrecy, by its line in the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Secret {
    /// The document, when the office issued it.
    pub(crate) outgoing: Option<OutgoingId>,
    /// The document, when it arrived.
    pub(crate) incoming: Option<IncomingId>,
    /// Its office.
    pub(crate) office: OfficeId,
    /// Its number.
    pub(crate) number: i64,
    /// Its degree.
    pub(crate) secrecy: Secrecy,
}

/// The day from which one is reminded that a protection ends.
pub(crate) fn decide_by(until: Day) -> Day {
    let days = extending().map_or(0, |rule| i64::from(rule.days));
    until.plus(-days).unwrap_or(until)
}

/// The protection that begins with a level that is set on a day; nothing of a day before the first law that is known.
pub(crate) fn begun(secret: Secret, set_on: Day) -> Option<Protection> {
    let law = in_force(set_on)?;
    let until = law.until(secret.secrecy, set_on)?;
    let Secret { outgoing, incoming, office, number, secrecy } = secret;
    let (instrument, decide_by) = (law.instrument.clone(), decide_by(until));
    let (extensions, decision, ended_on) = (0, None, None);
    Some(Protection {
        outgoing,
        incoming,
        office,
        number,
        secrecy,
        set_on,
        until,
        instrument,
        extensions,
        decision,
        ended_on,
        decide_by,
    })
}

/// The protection after a step.
pub(crate) fn after(before: Option<Protection>, secret: Secret, call: &RecordProtection) -> Result<Protection, Fault> {
    let decision = field::optional_line("decision", call.decision.as_deref(), limit::SYMBOL)?;
    match call.step {
        ProtectionStep::Set => Ok(set(before.as_ref(), secret, call, decision)?),
        ProtectionStep::Extended => Ok(extended(running(before, call.on)?, call, decision)?),
        ProtectionStep::Ended => {
            let decision = decision.ok_or(ProtectionRefusal::DecisionMissing)?;
            let before = running(before, call.on)?;
            Ok(Protection { ended_on: Some(call.on), decision: Some(decision), ..before })
        }
    }
}

fn set(
    before: Option<&Protection>,
    secret: Secret,
    call: &RecordProtection,
    decision: Option<String>,
) -> Result<Protection, ProtectionRefusal> {
    if before.is_some_and(|before| before.extensions > 0 || before.ended_on.is_some()) {
        return Err(ProtectionRefusal::ProtectionSettled);
    }
    let whole = begun(secret, call.on).ok_or(ProtectionRefusal::NotSecret)?;
    let until = within(call.until, call.on, whole.until)?;
    Ok(Protection { until, decide_by: decide_by(until), decision, ..whole })
}

fn extended(
    before: Protection,
    call: &RecordProtection,
    decision: Option<String>,
) -> Result<Protection, ProtectionRefusal> {
    let decision = decision.ok_or(ProtectionRefusal::DecisionMissing)?;
    let law = in_force(before.set_on).ok_or(ProtectionRefusal::NotSecret)?;
    let longest = law.until(before.secrecy, before.until).ok_or(ProtectionRefusal::NotSecret)?;
    let until = within(call.until, before.until, longest)?;
    let extensions = before.extensions + 1;
    Ok(Protection { until, decide_by: decide_by(until), extensions, decision: Some(decision), ..before })
}

/// The end that is wanted, after a day and not after the last one possible.
fn within(wanted: Option<Day>, after: Day, last: Day) -> Result<Day, ProtectionRefusal> {
    let until = wanted.unwrap_or(last);
    if until <= after {
        return Err(ProtectionRefusal::ProtectionBackwards);
    }
    if until > last { Err(ProtectionRefusal::ProtectionTooLong { last }) } else { Ok(until) }
}

/// A protection that runs on a day.
fn running(before: Option<Protection>, on: Day) -> Result<Protection, ProtectionRefusal> {
    let runs = |one: &Protection| one.ended_on.is_none() && one.set_on <= on && on <= one.until;
    before.filter(runs).ok_or(ProtectionRefusal::ProtectionOver)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sample;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn secret() -> Secret {
        let (outgoing, incoming) = (Some(sample::id(7)), None);
        Secret { outgoing, incoming, office: sample::id(1), number: 5, secrecy: Secrecy::Secret }
    }

    fn step(step: ProtectionStep, on: &str, until: Option<&str>, decision: Option<&str>) -> RecordProtection {
        let (office, until, decision) = (sample::id(1), until.map(day), decision.map(str::to_owned));
        RecordProtection { office, outgoing: Some(sample::id(7)), incoming: None, step, on: day(on), until, decision }
    }

    #[test]
    fn a_protection_is_set_extended_and_ended_within_the_law() {
        use ProtectionStep::{Ended, Extended, Set};
        let code = |before: Option<&Protection>, call| after(before.cloned(), secret(), &call).unwrap_err().code;
        let first = after(None, secret(), &step(Set, "2026-11-20", None, None)).unwrap();
        assert_eq!((first.until, first.decide_by), (day("2036-11-20"), day("2036-09-21")));
        let shorter = after(Some(first.clone()), secret(), &step(Set, "2026-11-20", Some("2030-01-01"), None)).unwrap();
        assert_eq!(shorter.until, day("2030-01-01"));
        let table = [
            (None, step(Set, "2026-11-20", Some("2036-11-21"), None), "documents.protection_too_long"),
            (None, step(Set, "2026-11-20", Some("2026-11-20"), None), "documents.protection_backwards"),
            (None, step(Extended, "2026-11-20", None, Some("01-QĐ/TU")), "documents.protection_over"),
            (Some(&first), step(Extended, "2036-09-01", None, None), "documents.decision_missing"),
            (Some(&first), step(Extended, "2036-11-21", None, Some("01-QĐ/TU")), "documents.protection_over"),
            (
                Some(&first),
                step(Extended, "2036-09-01", Some("2046-11-21"), Some("1-QĐ")),
                "documents.protection_too_long",
            ),
            (Some(&first), step(Ended, "2030-01-01", None, None), "documents.decision_missing"),
        ];
        for (before, call, expected) in table {
            assert_eq!(code(before, call), expected);
        }
        let longer = after(Some(first.clone()), secret(), &step(Extended, "2036-09-01", None, Some("1-QĐ"))).unwrap();
        assert_eq!((longer.until, longer.extensions), (day("2046-11-20"), 1));
        assert_eq!(code(Some(&longer), step(Set, "2026-11-20", None, None)), "documents.protection_settled");
        let over = after(Some(longer), secret(), &step(Ended, "2040-01-01", None, Some("2-QĐ"))).unwrap();
        assert_eq!(over.ended_on, Some(day("2040-01-01")));
        assert_eq!(code(Some(&over), step(Ended, "2040-01-02", None, Some("3-QĐ"))), "documents.protection_over");
    }
}
