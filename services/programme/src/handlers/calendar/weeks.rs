//! The week as a whole: approved and published, printed, and what was printed cleared away.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use bytes::Bytes;
use futures_util::TryStreamExt as _;
use schema_programme::{ApproveCalendarWeek, CalendarEntryChanged, CalendarWeek, PrintCalendarWeek, Refusal};
use service::{Audit, Read, Result, Write};
use wire::{Download, id::OfficeId};

use super::keeping::audit;
use crate::{
    domain::calendar::{
        access::{self, Eyes},
        clash::{self, judge, things},
        entry::{Hand, approve as approved},
        sheet,
        week::{monday, span, touched},
    },
    store::calendar::{entries, latches, lists, sheets, weeks},
};

/// The most entries that are approved at once, so that the transaction stays short.
const MOST: u64 = 100;
/// No week comes near this many bytes.
const LARGEST: u64 = 64 * 1024 * 1024;
/// How often printed weeks are cleared away.
pub(crate) const PERIOD: Duration = Duration::from_secs(12 * 3600);
/// How long a printed week lies there at least: longer than any download.
const KEPT: Duration = Duration::from_secs(24 * 3600);

/// Approves all that is proposed for a week, and publishes it or adjusts it.
pub(crate) async fn approve(cx: Write, call: ApproveCalendarWeek) -> Result<CalendarWeek> {
    let scope = cx.office(call.office)?;
    let by = access::approver(cx.authority()?, call.office)?;
    let (week, today) = (monday(call.week), cx.now.day());
    let waiting = lists::waiting(cx.tx(), &scope, span(week), MOST + 1, today).await?;
    if waiting.len() as u64 > MOST {
        return Err(Refusal::WeekTooFull { most: MOST }.into());
    }
    let needed: BTreeSet<_> = waiting.iter().flat_map(things).collect();
    let mut elsewhere: BTreeSet<_> = waiting.iter().flat_map(touched).collect();
    let all_weeks = elsewhere.iter().copied().chain([week]).collect();
    latches::take(cx.tx(), call.office, &needed, &all_weeks).await?;
    let published = weeks::one(cx.tx(), &scope, call.office, week).await?.published_at.is_some();
    if waiting.is_empty() && (published || lists::announced(cx.tx(), &scope, span(week), today).await?.is_empty()) {
        return Err(Refusal::WeekEmpty { week }.into());
    }
    let time = clash::span(&waiting).unwrap_or_else(|| span(week));
    let rivals = lists::rivals(cx.tx(), &scope, call.office, &needed, time, today).await?;
    let mut told = Vec::new();
    for entry in waiting {
        let conflicts = clash::of(&entry, &rivals, &Eyes::All);
        let confirmed = judge(&entry, &conflicts, &call.confirmed)?;
        let step = approved(entry, confirmed, Hand { by, at: cx.now })?;
        entries::save(cx.tx(), &step).await?;
        audit(&cx, &step.entry, by).await?;
        told.push(CalendarEntryChanged { entry: step.entry, by: Some(by) });
    }
    if published {
        elsewhere.insert(week);
    } else {
        elsewhere.remove(&week);
        weeks::publish(cx.tx(), call.office, week, cx.now).await?;
    }
    weeks::adjust(cx.tx(), call.office, &elsewhere, cx.now).await?;
    let issue = weeks::one(cx.tx(), &scope, call.office, week).await?;
    let act = Audit::of("calendar_week", call.office).office(call.office);
    cx.audit(act.field("week", week).field("adjustment", issue.adjustment)).await?;
    cx.emit_all(&told).await?;
    Ok(issue)
}

/// The week as CSV: written into this service's area, where it is cleared away some days later.
pub(crate) async fn print(cx: Read, call: PrintCalendarWeek) -> Result<Download> {
    let scope = cx.office(call.office)?;
    let week = monday(call.week);
    let issue = weeks::one(cx.db(), &scope, call.office, week).await?;
    let held = lists::announced(cx.db(), &scope, span(week), cx.now.day()).await?;
    let mut staging = cx.blobs().stage(LARGEST).await?;
    staging.write(Bytes::from(sheet::csv(&issue, &held, cx.now)?)).await?;
    let staged = staging.finish().await?;
    let area = cx.blobs().area("programme", &call.office.to_string())?;
    area.claim(&staged.hash, staged.size).await?;
    Ok(Download {
        service: "programme".to_owned(),
        office: call.office,
        sha256: staged.hash,
        size: staged.size,
        media_type: "text/csv; charset=utf-8".to_owned(),
        name: sheet::name(&issue),
        bare: false,
    })
}

/// What was found of an office's printed weeks: those removed, and those still there.
pub(crate) type Found = BTreeMap<OfficeId, (BTreeSet<String>, Vec<String>)>;

/// Removes printed weeks that have lain there long enough: no row needs them, since the time of printing makes each
/// sheet another. How long one has lain, the row says that noted it first.
pub(crate) async fn find_sheets(cx: Read) -> Result<Found> {
    let mut found = Found::new();
    for office in lists::offices(cx.db(), cx.scope()).await? {
        let area = cx.blobs().area("programme", &office.to_string())?;
        let held: Vec<String> = area.list().map_ok(|held| held.hash).try_collect().await?;
        let old = sheets::seen_before(cx.db(), office, cx.now.minus(KEPT)).await?;
        for content in &old {
            area.remove(content).await?;
        }
        let kept = held.into_iter().filter(|content| !old.contains(content)).collect();
        found.insert(office, (old, kept));
    }
    Ok(found)
}

/// Notes which are still there.
pub(crate) async fn note_sheets(cx: Write, found: Found) -> Result<()> {
    for (office, (removed, kept)) in found {
        sheets::forget(cx.tx(), office, removed).await?;
        sheets::note(cx.tx(), office, kept, cx.now).await?;
    }
    Ok(())
}
