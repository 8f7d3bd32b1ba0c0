//! Clearing away stored contents that no row names: exports, what was taken off, and uploads whose order was refused.

use std::time::Duration;

use anyhow::Result;
use futures_util::TryStreamExt as _;
use schema_documents::{FilesSwept, SweepFiles};
use service::{Read, Write};
use wire::id::OfficeId;

use crate::store::{files, loose, registers};

/// How long a content may lie loose before it is condemned: longer than any ticket, backup or restore in progress.
pub(crate) const SAFETY_AGE: Duration = Duration::from_secs(7 * 24 * 3600);
/// Contents compared with the rows at once.
const AT_ONCE: usize = 500;
/// Contents that one sweep removes or notes at most, so that its transaction stays short.
const MOST: usize = 2_000;

/// How often some of the offices are swept; each is once a day.
pub(crate) const PERIOD: Duration = Duration::from_secs(3_600);
/// Parts into which the offices are divided, one an hour.
const PARTS: usize = 24;

/// Finds, for the offices whose hour it is, what [`find`] finds for one; what is condemned goes in every office, so that
/// nobody who needs it again waits longer than hours.
pub(crate) async fn find_for_hour(cx: Read) -> Result<Vec<(SweepFiles, Found)>> {
    let hour = usize::try_from(cx.now.unix_seconds() / 3_600)? % PARTS;
    let offices = registers::offices(cx.db(), cx.scope()).await?;
    let mut all = Vec::new();
    for office in offices.into_iter().skip(hour).step_by(PARTS) {
        let call = SweepFiles { office };
        all.push((call.clone(), find(cx.clone(), call).await?));
    }
    for office in loose::condemning(cx.db(), cx.scope()).await? {
        if all.iter().all(|(call, _)| call.office != office) {
            all.push((SweepFiles { office }, remove(&cx, office).await?));
        }
    }
    Ok(all)
}

/// Does, for each of those offices, what [`clear`] does for one.
pub(crate) async fn clear_for_hour(cx: Write, all: Vec<(SweepFiles, Found)>) -> Result<()> {
    for (call, found) in all {
        clear(cx.clone(), call, found).await?;
    }
    Ok(())
}

/// What a sweep found in the store.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    /// Condemned contents that were removed by this sweep.
    removed: Vec<String>,
    /// Condemned contents that were gone before.
    gone: Vec<String>,
    /// Contents that no row names.
    loose: Vec<String>,
}

/// Removes what is condemned, and looks for what no row names.
pub(crate) async fn find(cx: Read, call: SweepFiles) -> Result<Found> {
    let scope = cx.office(call.office)?;
    let mut found = remove(&cx, call.office).await?;
    let area = cx.blobs().area("documents", &call.office.to_string())?;
    let mut batches = area.list().try_chunks(AT_ONCE);
    while let Some(batch) = batches.try_next().await? {
        let contents: Vec<String> = batch.into_iter().map(|held| held.hash).collect();
        let named = files::named(cx.db(), &scope, call.office, &contents).await?;
        found.loose.extend(contents.into_iter().filter(|content| !named.contains(content)));
        if found.loose.len() >= MOST {
            found.loose.truncate(MOST);
            break;
        }
    }
    Ok(found)
}

/// Removes what is condemned in an office.
async fn remove(cx: &Read, office: OfficeId) -> Result<Found> {
    let scope = cx.office(office)?;
    let area = cx.blobs().area("documents", &office.to_string())?;
    let mut found = Found::default();
    for content in loose::condemned(cx.db(), &scope, office, MOST as u64).await? {
        if area.remove(&content).await? {
            found.removed.push(content);
        } else {
            found.gone.push(content);
        }
    }
    Ok(found)
}

/// Writes down what was found, and condemns what has been loose long enough.
pub(crate) async fn clear(cx: Write, call: SweepFiles, found: Found) -> Result<FilesSwept> {
    let scope = cx.office(call.office)?;
    let count = |contents: &[String]| u32::try_from(contents.len()).unwrap_or(u32::MAX);
    let swept = FilesSwept { removed: count(&found.removed), loose: count(&found.loose) };
    let removed = [found.removed, found.gone].concat();
    loose::removed(cx.tx(), &scope, call.office, removed, cx.now).await?;
    loose::forget(cx.tx(), &scope, call.office, cx.now).await?;
    loose::condemn(cx.tx(), &scope, call.office, cx.now.minus(SAFETY_AGE), cx.now).await?;
    loose::note(cx.tx(), call.office, found.loose, cx.now).await?;
    Ok(swept)
}
