//! The official list of offices: loaded at the first start, and whenever an operator brings a newer one.

use std::{fs, path::Path, time::Duration};

use anyhow::{Context as _, Result, ensure};
use identity::listing;
use schema_identity::{ImportReport, ImportUnits, UnitRow};
use wire::Day;

use crate::{Standalone, progress::Progress};

/// Stands in the folder while the list is being loaded for the first time, so that an interrupted start goes on with it.
const UNFINISHED: &str = "units.unfinished";
/// How long the services may take to hear of all units.
const SETTLING: Duration = Duration::from_secs(120);

/// Loads the list that comes with the program, when the office is new; tells whether it did.
pub(crate) async fn load_at_first(office: &Standalone, folder: &Path) -> Result<bool> {
    let unfinished = folder.join(UNFINISHED);
    if !office.is_new().await? && !unfinished.exists() {
        return Ok(false);
    }
    let cannot = || format!("cannot write `{}`", unfinished.display());
    fs::write(&unfinished, "").with_context(cannot)?;
    let rows = read(listing::OFFICIAL)?;
    load(&rows, listing::OFFICIAL_SINCE, async |call| {
        ensure!(!office.platform().life.is_stopping(), "stopped before the units were loaded: the next start goes on");
        office.ask(&call).await
    })
    .await?;
    fs::remove_file(&unfinished).with_context(cannot)?;
    Ok(true)
}

/// Waits until every service knows every unit, so that none refuses what another has just allowed.
pub(crate) async fn known_everywhere(office: &Standalone) -> Result<()> {
    let progress = Progress::begin("Báo cho các phân hệ (telling the services)", 0);
    office.settled(SETTLING).await?;
    progress.end("xong · done");
    Ok(())
}

/// Loads rows a part at a time. What is loaded already stays as it is, so that it may be repeated.
pub(crate) async fn load(
    rows: &[UnitRow],
    from: Day,
    mut send: impl AsyncFnMut(ImportUnits) -> Result<ImportReport>,
) -> Result<ImportReport> {
    let progress = Progress::begin("Nạp danh mục đơn vị (loading the units)", rows.len());
    let mut sum = ImportReport::default();
    for call in listing::calls(rows, from) {
        let brought = call.rows.len();
        let report = send(call).await?;
        sum.offices += report.offices;
        sum.units += report.units;
        sum.unchanged += report.unchanged;
        progress.step(brought);
    }
    let ImportReport { offices, units, unchanged } = sum;
    progress.end(&format!("{offices} văn phòng, {units} đơn vị mới; {unchanged} đã có"));
    Ok(sum)
}

/// Reads a list, or says which lines are wrong.
pub(crate) fn read(csv: &str) -> Result<Vec<UnitRow>> {
    listing::read(csv).map_err(|errors| {
        let lines: Vec<String> =
            errors.iter().map(|error| format!("line {}: {}: {}", error.line, error.what, error.remedy)).collect();
        anyhow::anyhow!("the list cannot be read: {}", lines.join("; "))
    })
}
