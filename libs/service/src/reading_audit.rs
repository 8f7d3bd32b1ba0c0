//! Answers who did what: the acts of a service's log in the offices of the caller's scope, newest first.

use std::{collections::BTreeMap, time::Duration};

use db::audit_reading::{Asked, Kept};
use serde::{Deserialize, de::IgnoredAny};
use uuid::Uuid;
use wire::{
    AuditPrincipal, AuditRow, Cursor, Day, Fault, Instant, Kind, ListAudit, Page,
    id::{DelegationId, OfficeId, PersonId, PositionId},
};

use crate::{Read, Result};

/// How many days are looked through when nobody says.
const USUAL_DAYS: i64 = 30;
/// The most days that are looked through at once: what this costs must not grow with the years.
const MOST_DAYS: i64 = 92;

/// What a record says, whichever form it has.
#[derive(Deserialize)]
struct Written {
    act: String,
    by: String,
    #[serde(default)]
    person: Option<PersonId>,
    #[serde(default)]
    position: Option<PositionId>,
    #[serde(default, rename = "for")]
    on_behalf_of: Option<Lender>,
    office: OfficeId,
    noun: String,
    id: Uuid,
    fields: BTreeMap<String, IgnoredAny>,
}

#[derive(Deserialize)]
struct Lender {
    person: Option<PersonId>,
    position: PositionId,
    delegation: DelegationId,
}

/// Answers [`ListAudit`].
pub(crate) async fn list(cx: Read, call: ListAudit) -> Result<Page<AuditRow>> {
    let limit = Page::<AuditRow>::limit(call.limit);
    let (from, to) = days(&call, cx.now.day())?;
    let scope = match call.office {
        Some(office) => cx.office(office)?,
        None => cx.scope().clone(),
    };
    let asked = Asked {
        from: from.start(),
        until: to.start().plus(Duration::from_secs(24 * 3600)),
        before: call.cursor.as_ref().map(place).transpose()?,
        having: having(&call),
        limit: limit.saturating_add(1),
    };
    let mut found = Vec::new();
    for office in scope.offices().ok_or_else(office_missing)? {
        found.extend(cx.frame.shared.db.acts_of(office.into(), &asked).await?);
    }
    found.sort_unstable_by(|a, b| b.cmp(a));
    let page = Page::cut(found, limit, |last| behind(last).0);
    let items = page.items.iter().map(row).collect::<Result<_>>()?;
    Ok(Page { items, next: page.next })
}

/// The first and the last day to look through.
fn days(call: &ListAudit, today: Day) -> std::result::Result<(Day, Day), Fault> {
    let to = call.to.unwrap_or(today);
    let from = call.from.or_else(|| to.plus(-USUAL_DAYS)).unwrap_or(to);
    let furthest = to.plus(-MOST_DAYS + 1).unwrap_or(to);
    if from > to || from < furthest {
        return Err(Fault::new(
            Kind::Invalid,
            "wire.audit_days",
            format!("the log is read {MOST_DAYS} days at a time: name a first day that is no earlier than {furthest} and no later than {to}"),
            format!("nhật ký xem mỗi lần tối đa {MOST_DAYS} ngày: chọn ngày đầu không trước {furthest} và không sau {to}"),
        )
        .at("from"));
    }
    Ok((from, to))
}

fn having(call: &ListAudit) -> Vec<(&'static str, String)> {
    let pairs = [
        ("person", call.person.map(|person| person.to_string())),
        ("noun", call.noun.clone()),
        ("id", call.id.map(|id| id.to_string())),
        ("act", call.act.clone()),
    ];
    pairs.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// The act at which the page before ended.
fn place(cursor: &Cursor) -> std::result::Result<(Instant, String), Fault> {
    let parts = cursor.0.split_once('.').and_then(|(at, leaf)| Some((at.parse().ok()?, leaf)));
    let (at, leaf) =
        parts.ok_or_else(|| unreadable("cursor", "a place that this list gave", "vị trí do danh sách này cho"))?;
    Ok((Instant::from_micros(at), leaf.to_owned()))
}

fn behind(kept: &Kept) -> Cursor {
    Cursor(format!("{}.{}", kept.at.micros(), kept.leaf))
}

fn row(kept: &Kept) -> Result<AuditRow> {
    let told: Written = serde_json::from_str(&kept.record)?;
    Ok(AuditRow {
        at: kept.at,
        act: told.act,
        person: told.person,
        service: told.by.strip_prefix("service:").map(str::to_owned),
        position: told.position,
        on_behalf_of: told.on_behalf_of.map(|Lender { person, position, delegation }| AuditPrincipal {
            person,
            position,
            delegation,
        }),
        office: told.office,
        noun: told.noun,
        id: told.id,
        fields: told.fields.into_keys().collect(),
        sealed: kept.sealed,
        behind: behind(kept),
    })
}

/// A service looks at no office of its own, so it names one.
fn office_missing() -> Fault {
    unreadable("office", "this field is required", "thiếu trường bắt buộc này")
}

fn unreadable(field: &str, en: &str, vi: &str) -> Fault {
    let (en, vi) = (format!("`{field}`: {en}"), format!("`{field}`: {vi}"));
    Fault::new(Kind::Invalid, "wire.unreadable_call", en, vi).at(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_is_the_most_that_is_looked_through() {
        let today = Day::new(2026, 11, 23).unwrap();
        let on = |month, day| Day::new(2026, month, day).ok();
        let cases = [
            (None, None, Ok((on(10, 24), on(11, 23)))),
            (None, on(3, 31), Ok((on(3, 1), on(3, 31)))),
            (on(8, 24), None, Ok((on(8, 24), on(11, 23)))),
            (on(8, 23), None, Err("wire.audit_days")),
            (on(11, 24), None, Err("wire.audit_days")),
        ];
        for (from, to, expected) in cases {
            let call = ListAudit { from, to, ..ListAudit::default() };
            let found = days(&call, today).map(|(from, to)| (Some(from), Some(to))).map_err(|fault| fault.code);
            assert_eq!(found, expected.map_err(str::to_owned), "{from:?} {to:?}");
        }
    }

    #[test]
    fn a_record_of_any_form_is_read_and_no_hash_of_it_told() {
        let old = r#"{"v":1,"at":"2026-01-01T00:00:00Z","act":"till.count.v1","by":"account:x","office":"01937b3e-8a00-7000-8000-000000000001","noun":"count","id":"01937b3e-8a00-7000-8000-000000000002","fields":{"amount":"ab12"}}"#;
        let kept = Kept { at: Instant::from_micros(5), leaf: "aa".into(), record: old.into(), sealed: true };
        let told = row(&kept).unwrap();
        assert_eq!((told.person, told.service.as_deref(), &told.fields), (None, None, &vec!["amount".to_owned()]));
        assert!(!serde_json::to_string(&told).unwrap().contains("ab12"));
    }

    #[test]
    fn a_cursor_that_no_list_gave_is_refused() {
        for text in ["", "x", "x.y", "12"] {
            assert_eq!(place(&Cursor(text.to_owned())).map_err(|fault| fault.code), Err("wire.unreadable_call".into()));
        }
        assert_eq!(place(&Cursor("12.ab".into())), Ok((Instant::from_micros(12), "ab".to_owned())));
    }
}
