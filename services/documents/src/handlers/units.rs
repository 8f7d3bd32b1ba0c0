//! Units that a request names and the tier of an office, looked up at identity before the transaction begins.

use std::collections::BTreeSet;

use anyhow::Result;
use schema_documents::Refusal;
use schema_identity::{GetOffice, GetUnit, OfficeKind, Unit};
use service::Read;
use wire::{
    Day, Fault, Kind,
    id::{OfficeId, UnitId},
};

use crate::domain::outgoing::Units;

/// Those of the named units that exist on a day. One that does not is left out, and refused by whoever needs it.
pub(crate) async fn named(cx: &Read, units: impl IntoIterator<Item = UnitId>, day: Day) -> Result<Units> {
    let mut found = Units::new();
    for id in units.into_iter().collect::<BTreeSet<UnitId>>() {
        match cx.ask(&GetUnit { id, as_of: Some(day) }).await {
            Ok(unit) => drop(found.insert(id, unit)),
            Err(error) if is_missing(&error) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}

/// A unit of an office as it stands today; `field` is where it was named.
pub(crate) async fn ours(cx: &Read, (office, id): (OfficeId, UnitId), field: &str) -> Result<Unit> {
    let found = named(cx, [id], cx.now.day()).await?.remove(&id).filter(|unit| unit.office == office);
    Ok(found.ok_or_else(|| Refusal::UnitUnknown { id }.at(field))?)
}

/// The tier at which an office stands.
pub(crate) async fn tier(cx: &Read, office: OfficeId) -> Result<OfficeKind> {
    Ok(cx.ask(&GetOffice { id: office, as_of: None }).await?.kind)
}

fn is_missing(error: &anyhow::Error) -> bool {
    error.downcast_ref::<Fault>().is_some_and(|fault| fault.kind == Kind::Missing)
}
