//! Reading one's own notices. There is no call that looks at another's.

use schema_notices::{ListNotices, MarkNoticeRead, MarkNoticesRead, Notice, NoticeGiven, NoticesRead, Refusal};
use sea_orm::prelude::Uuid;
use service::{Read, Result, Write};
use wire::Page;

use crate::{handlers::cursor, store::notices};

/// The caller's own notices.
pub(crate) async fn list(cx: Read, call: ListNotices) -> Result<Page<Notice>> {
    let scope = match call.office {
        Some(office) => cx.office(office)?,
        None => cx.scope().clone(),
    };
    let limit = Page::<Notice>::limit(call.limit);
    let after = cursor::after(call.cursor.as_ref())?;
    let found = notices::own(cx.db(), &scope, cx.person()?.person, &call, after, limit).await?;
    Ok(Page::cut(found, limit, cursor::key))
}

/// Marks one as read.
pub(crate) async fn mark_one(cx: Write, call: MarkNoticeRead) -> Result<Notice> {
    let found = notices::locked(cx.tx(), cx.scope(), cx.person()?.person, call.id).await?;
    let mut notice = found.ok_or(Refusal::NoticeMissing { id: call.id })?;
    if notice.read_at.is_none() {
        notices::read_one(cx.tx(), call.id, cx.now).await?;
        notice.read_at = Some(cx.now);
    }
    Ok(notice)
}

/// Marks all up to a moment as read.
pub(crate) async fn mark_until(cx: Write, call: MarkNoticesRead) -> Result<NoticesRead> {
    if call.until > cx.now {
        return Err(Refusal::UntilAhead.into());
    }
    let scope = match call.office {
        Some(office) => cx.office(office)?,
        None => cx.scope().clone(),
    };
    notices::read_until(cx.tx(), &scope, cx.person()?.person, call.until, cx.now).await?;
    Ok(NoticesRead { until: call.until })
}

/// What still needs somebody, for those who begin to listen.
pub(crate) async fn snapshot(cx: Read, after: Option<Uuid>, limit: u16) -> Result<Vec<NoticeGiven>> {
    let found = notices::after(cx.db(), cx.scope(), after, limit).await?;
    Ok(found.into_iter().map(|notice| NoticeGiven { notice }).collect())
}
