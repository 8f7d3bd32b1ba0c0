//! Offices: the directory, and loading it.

use std::collections::BTreeSet;

use schema_identity::{GetOffice, ImportReport, ImportUnits, ListOffices, Office, OfficeChanged, Refusal, UnitChanged};
use service::{Audit, Read, Result, Write};
use wire::Page;

use crate::{
    domain::{
        load::{self, CENTRE, MOST_ROWS, Plan},
        naming,
        template::TEMPLATES,
    },
    store,
};

pub(crate) async fn list(cx: Read, call: ListOffices) -> Result<Page<Office>> {
    let limit = Page::<Office>::limit(call.limit);
    let filter = store::offices::Filter {
        parent: call.parent,
        kind: call.kind,
        words: naming::words(call.q.as_deref()),
        day: call.as_of.unwrap_or(cx.now.day()),
        after: call.cursor.map(|cursor| cursor.0),
        limit: u64::from(limit) + 1,
    };
    Ok(Page::cut(store::offices::list(cx.db(), filter).await?, limit, |last| last.code.clone()))
}

pub(crate) async fn get(cx: Read, call: GetOffice) -> Result<Office> {
    Ok(store::offices::get(cx.db(), call.id).await?.ok_or(Refusal::OfficeMissing)?)
}

pub(crate) async fn import(cx: Write, call: ImportUnits) -> Result<ImportReport> {
    if call.rows.len() > MOST_ROWS {
        return Err(Refusal::RowsTooMany { most: MOST_ROWS }.into());
    }
    if let [centre] = store::offices::of_codes(cx.tx(), [CENTRE.to_owned()]).await?.as_slice() {
        // Imports go one at a time, so that what one has read as missing is not made by another.
        store::offices::lock(cx.tx(), centre.id).await?;
    }
    let named = call.rows.iter().flat_map(|row| [row.code.clone(), row.parent_code.clone()]);
    let codes: BTreeSet<String> = named.chain([CENTRE.to_owned()]).collect();
    let loaded = store::offices::of_codes(cx.tx(), codes).await?;
    let may = |parent: Option<_>| match parent {
        Some(office) => cx.scope().allows(office),
        None => cx.scope().reason().is_some(),
    };
    let Plan { offices, units, unchanged } =
        load::plan(&call.rows, call.from, loaded, may, &TEMPLATES, || cx.fresh::<wire::id::UnitId>().into())?;
    store::offices::insert(cx.tx(), &offices).await?;
    store::units::insert(cx.tx(), &units).await?;
    let report = ImportReport { offices: u32::try_from(offices.len())?, units: u32::try_from(units.len())?, unchanged };
    for office in &offices {
        cx.audit(Audit::of("office", office.id).office(office.id).field("name", &office.name)).await?;
    }
    cx.emit_all(&offices.into_iter().map(|office| OfficeChanged { office }).collect::<Vec<_>>()).await?;
    cx.emit_all(&units.into_iter().map(|unit| UnitChanged { unit }).collect::<Vec<_>>()).await?;
    Ok(report)
}
