//! What an office may say of itself: lines of text, and hours that follow each other.

use std::collections::BTreeMap;

use schema_identity::{DayHours, HoursSpan, OfficeProfile, Refusal, SetOfficeProfile};
use wire::{Fault, Instant, Refusal as _, Version, id::OfficeId, id::PersonId};

use super::naming;

/// The profile of an office that has said nothing.
pub(crate) fn silent(office: OfficeId) -> OfficeProfile {
    OfficeProfile {
        id: office,
        address: None,
        telephone: None,
        email: None,
        hours: Vec::new(),
        emblem: None,
        version: Version(0),
        at: None,
        by: None,
    }
}

/// The next version, as an order says it.
///
/// # Errors
/// A line that cannot be kept; [`Refusal::TelephoneBad`], [`Refusal::EmailBad`], [`Refusal::HoursBad`].
pub(crate) fn say(
    before: OfficeProfile,
    order: &SetOfficeProfile,
    by: Option<PersonId>,
    now: Instant,
) -> Result<OfficeProfile, Fault> {
    let telephone = naming::optional("telephone", order.telephone.as_deref())?;
    if !telephone.as_deref().is_none_or(is_telephone) {
        return Err(Refusal::TelephoneBad.fault());
    }
    let email = naming::optional("email", order.email.as_deref())?;
    if !email.as_deref().is_none_or(is_email) {
        return Err(Refusal::EmailBad.fault());
    }
    Ok(OfficeProfile {
        address: naming::optional("address", order.address.as_deref())?,
        telephone,
        email,
        hours: hours(&order.hours)?,
        ..next(before, by, now)
    })
}

/// The next version, with another emblem or none.
pub(crate) fn wear(before: OfficeProfile, emblem: Option<String>, by: Option<PersonId>, now: Instant) -> OfficeProfile {
    OfficeProfile { emblem, ..next(before, by, now) }
}

fn next(before: OfficeProfile, by: Option<PersonId>, now: Instant) -> OfficeProfile {
    OfficeProfile { version: before.version.next(), at: Some(now), by, ..before }
}

fn is_telephone(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '+' | '-' | '.' | '(' | ')');
    (3..=40).contains(&text.len()) && text.chars().all(fits) && text.chars().any(|c| c.is_ascii_digit())
}

fn is_email(text: &str) -> bool {
    let plain = text.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>()[],;:\\\"".contains(&byte));
    let parts = text.split_once('@');
    let domain = |domain: &str| {
        !domain.contains('@') && domain.contains('.') && domain.split('.').all(|label| !label.is_empty())
    };
    plain && parts.is_some_and(|(name, at)| !name.is_empty() && domain(at))
}

/// Each day once, from Monday on; a day without work is left out.
fn hours(said: &[DayHours]) -> Result<Vec<DayHours>, Fault> {
    let mut days = BTreeMap::new();
    for one in said {
        let bad = || Refusal::HoursBad { day: one.day }.fault();
        let (morning, afternoon) = (span(one.morning.as_ref()), span(one.afternoon.as_ref()));
        let (morning, afternoon) = (morning.ok_or_else(bad)?, afternoon.ok_or_else(bad)?);
        let apart = match (&morning, &afternoon) {
            (Some(morning), Some(afternoon)) => morning.to <= afternoon.from,
            _ => true,
        };
        if !apart || days.insert(one.day, DayHours { day: one.day, morning, afternoon }).is_some() {
            return Err(bad());
        }
    }
    Ok(days.into_values().filter(|day| day.morning.is_some() || day.afternoon.is_some()).collect())
}

/// A span as it is kept, when it has two times and the second is later; two figures each, so that text sorts as time.
fn span(said: Option<&HoursSpan>) -> Option<Option<HoursSpan>> {
    let Some(HoursSpan { from, to }) = said else { return Some(None) };
    let (from, to) = (time(from)?, time(to)?);
    (from < to).then_some(Some(HoursSpan { from, to }))
}

fn time(text: &str) -> Option<String> {
    let (hour, minute) = text.trim().split_once(':')?;
    let figures = |part: &str, least: usize| {
        let plain = (least..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| part.parse::<u8>().ok()).flatten()
    };
    let (hour, minute) = (figures(hour, 1)?, figures(minute, 2)?);
    (hour < 24 && minute < 60).then(|| format!("{hour:02}:{minute:02}"))
}

#[cfg(test)]
mod tests {
    use schema_identity::WorkDay;
    use uuid::Uuid;

    use super::*;

    fn span(from: &str, to: &str) -> Option<HoursSpan> {
        Some(HoursSpan { from: from.into(), to: to.into() })
    }

    fn said(hours: Vec<DayHours>, telephone: &str, email: &str) -> Result<OfficeProfile, String> {
        let id = Uuid::from_u128(1).into();
        let order = SetOfficeProfile {
            id,
            address: Some("  01 phố Ví Dụ ".into()),
            telephone: Some(telephone.into()),
            email: Some(email.into()),
            hours,
        };
        say(silent(id), &order, None, Instant::from_micros(7)).map_err(|fault| fault.code)
    }

    #[test]
    fn hours_follow_each_other_and_each_day_is_named_once() {
        let day = |day, morning, afternoon| DayHours { day, morning, afternoon };
        let (monday, friday) = (WorkDay::Monday, WorkDay::Friday);
        let full = day(monday, span("7:30", "11:30"), span("13:30", "17:00"));
        let kept = said(vec![day(friday, span("08:00", "12:00"), None), full.clone()], "", "").unwrap();
        assert_eq!(kept.hours[0], day(monday, span("07:30", "11:30"), span("13:30", "17:00")));
        assert_eq!(
            (kept.hours[1].day, kept.version, kept.address.as_deref()),
            (friday, Version(1), Some("01 phố Ví Dụ"))
        );
        assert!(said(vec![day(monday, None, None)], "", "").unwrap().hours.is_empty());
        let table = [
            vec![full.clone(), full],
            vec![day(monday, span("11:30", "07:30"), None)],
            vec![day(monday, span("07:30", "13:31"), span("13:30", "17:00"))],
            vec![day(monday, span("24:00", "25:00"), None)],
            vec![day(monday, span("07:3", "08:00"), None)],
            vec![day(monday, None, span("13.30", "17:00"))],
            vec![day(monday, None, span("+1:30", "17:00"))],
        ];
        for hours in table {
            assert_eq!(said(hours.clone(), "", "").unwrap_err(), "identity.hours_bad", "{hours:?}");
        }
    }

    #[test]
    fn telephones_and_addresses_look_like_what_they_are() {
        let mail = "vanphong@tinh.example";
        let table = [
            ("(024) 3000-0000", mail, None),
            ("", "", None),
            ("ba số không", mail, Some("identity.telephone_bad")),
            ("()", mail, Some("identity.telephone_bad")),
            ("080", "vanphong", Some("identity.email_bad")),
            ("080", "a@b@c.example", Some("identity.email_bad")),
            ("080", "a@tinh..example", Some("identity.email_bad")),
            ("080", "văn@tinh.example", Some("identity.email_bad")),
        ];
        for (telephone, email, expected) in table {
            assert_eq!(said(Vec::new(), telephone, email).err().as_deref(), expected, "{telephone} {email}");
        }
    }
}
