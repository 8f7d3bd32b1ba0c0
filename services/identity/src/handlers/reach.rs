//! How far a caller may go: nobody gives, takes away or stands in for more than they reach themselves.

use schema_identity::{Reach, Refusal};
use service::{Result, Write};
use wire::id::{OfficeId, PersonId};

use crate::{domain::authority, store};

/// Refuses to give a reach that the caller does not have, or to take it away: every office below must be in the
/// caller's scope.
pub(crate) async fn may_reach(cx: &Write, office: OfficeId, reach: Reach) -> Result<()> {
    if reach == Reach::Below {
        let below = store::offices::below(cx.tx(), [office], cx.now.day()).await?;
        if !below.values().flatten().all(|office| cx.scope().allows(*office)) {
            return Err(Refusal::ReachDenied.into());
        }
    }
    Ok(())
}

/// Refuses to act upon a person who may do more than the caller reaches, today or later: whoever holds their one-time
/// code becomes them, and whoever shuts them out is rid of who stands above.
pub(crate) async fn must_cover(cx: &Write, person: PersonId) -> Result<()> {
    let day = cx.now.day();
    let held = store::authority::held(cx.tx(), person, day).await?;
    let below = store::offices::below(cx.tx(), held.iter().map(|held| held.office), day).await?;
    if authority::offices(&held, &below).all(|office| cx.scope().allows(office)) {
        Ok(())
    } else {
        Err(Refusal::ReachDenied.into())
    }
}
