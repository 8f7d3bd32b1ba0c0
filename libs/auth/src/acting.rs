//! In which capacity a caller acts: through an appointment of their own, or for another whose powers are lent to them.

use std::sync::Arc;

use wire::{
    Authority, Dong, Fault, Grant, Kind, Need, OnBehalfOf,
    id::{OfficeId, PositionId},
};

/// What is known of an act when it is asked who may do it. A bound of a delegation about which nothing is said here
/// refuses: it cannot be shown to be kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deed {
    /// The office whose row it is.
    pub office: Option<OfficeId>,
    /// The position whose work it is, where that is known: it is done through this position and no other.
    pub position: Option<PositionId>,
    /// The genre of the document, as the bounds of delegations name it.
    pub genre: Option<String>,
    /// The amount of money.
    pub amount: Option<Dong>,
}

/// What of a person's authority counts in a call: all that is their own, and of what is lent only what has the call's
/// permission. So whoever was lent a look at a position's papers does not do its other work by a permission of their own.
#[must_use]
pub fn for_call(authority: Arc<Authority>, need: &Need) -> Arc<Authority> {
    let counts = |grant: &Grant| match need {
        _ if grant.on_behalf_of.is_none() => true,
        Need::Permission(permission) => grant.permissions.contains(permission),
        Need::Open | Need::SignedIn | Need::Services => false,
    };
    if authority.grants.iter().all(counts) {
        return authority;
    }
    let mut authority = Arc::unwrap_or_clone(authority);
    authority.grants.retain(counts);
    Arc::new(authority)
}

/// The grant through which a deed is done: the caller's own before one that is lent, and of those the first whose bounds
/// hold. Without a permission and a position it is the caller's own affair, for which nobody lends anything. Nothing when
/// no grant fits.
///
/// # Errors
/// `wire.bounded` when only delegations would do and the deed is, or may be, beyond the bounds of each.
pub fn acting<'a>(authority: &'a Authority, permission: Option<&str>, deed: &Deed) -> Result<Option<&'a Grant>, Fault> {
    let fits = |grant: &&Grant| {
        permission.is_none_or(|permission| grant.permissions.contains(permission))
            && deed.office.is_none_or(|office| grant.offices().any(|reached| reached == office))
            && deed.position.is_none_or(|position| grant.position == position)
    };
    let fitting = || authority.grants.iter().filter(fits);
    if let Some(own) = fitting().find(|grant| grant.on_behalf_of.is_none()) {
        return Ok(Some(own));
    }
    if permission.is_none() && deed.position.is_none() {
        return Ok(None);
    }
    let mut beyond = None;
    for grant in fitting() {
        match &grant.on_behalf_of {
            Some(lent) if !within(lent, deed) => beyond = beyond.or(Some(lent)),
            _ => return Ok(Some(grant)),
        }
    }
    beyond.map_or(Ok(None), |lent| Err(bounded(lent)))
}

fn within(lent: &OnBehalfOf, deed: &Deed) -> bool {
    let genre = lent.genres.is_empty() || deed.genre.as_ref().is_some_and(|genre| lent.genres.contains(genre));
    let amount = lent.highest.is_none_or(|highest| deed.amount.is_some_and(|amount| amount <= highest));
    genre && amount
}

/// Names the bounds, so that the deputy knows what they may do.
fn bounded(lent: &OnBehalfOf) -> Fault {
    let en = "this is beyond the bounds of the delegation: leave it to the person you stand in for";
    let vi = "việc này vượt giới hạn được ủy quyền: hãy để người ủy quyền quyết định";
    let mut fault = Fault::new(Kind::Denied, "wire.bounded", en, vi);
    fault.detail = Some(serde_json::json!({
        "delegation": lent.delegation, "genres": lent.genres, "highest": lent.highest,
    }));
    fault
}
