//! What programme does when identity speaks.

use schema_identity::UnitChanged;
use service::{Result, Write};

use crate::store::units;

/// Keeps the copy of units, so that lists show names and work goes only to units in force.
pub(crate) async fn unit_changed(cx: Write, event: UnitChanged) -> Result<()> {
    Ok(units::keep(cx.tx(), event.unit, cx.reconciling()).await?)
}
