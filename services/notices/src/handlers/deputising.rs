//! For whom one stands in, and who stands in for oneself. There is no call that looks at another's.

use schema_notices::{ListStandIns, Refusal, StandIn};
use sea_orm::prelude::Uuid;
use service::{Read, Result};
use wire::{Cursor, Page};

use crate::store::{aways, deputising};

/// The caller's own, the latest first, with the absences that are covered.
pub(crate) async fn list(cx: Read, call: ListStandIns) -> Result<Page<StandIn>> {
    let scope = match call.office {
        Some(office) => cx.office(office)?,
        None => cx.scope().clone(),
    };
    let before = |Cursor(text): &Cursor| text.parse::<Uuid>().map_err(|_| Refusal::CursorUnknown);
    let before = call.cursor.as_ref().map(before).transpose()?;
    let limit = Page::<StandIn>::limit(call.limit);
    let since = (!call.past).then(|| cx.now.day());
    let mut found = deputising::own(cx.db(), &scope, cx.person()?.person, since, before, limit).await?;
    let mut covered = aways::covered(cx.db(), &scope, found.iter().map(|one| one.delegation)).await?;
    for one in &mut found {
        one.absence = covered.remove(&one.delegation);
    }
    Ok(Page::cut(found, limit, |last| last.delegation.to_string()))
}
