//! Roles as this installation has them: the release's, less what versions withhold.

use schema_identity::{ListRoleVersions, ListRoles, Refusal, Role, RoleVersion, RoleVersions, Roles, SaveRoleVersion};
use service::{Audit, Read, Result, Write};

use crate::{
    domain::{roles, withholding},
    store,
};

/// How many versions are shown.
const SHOWN: u64 = 50;

pub(crate) async fn roles(cx: Read, _: ListRoles) -> Result<Roles> {
    let withheld = store::role_versions::withheld(cx.db()).await?;
    let here = |role: &Role| {
        let all = role.permissions.iter().cloned();
        let (withheld, permissions) = all.partition(|permission| withheld.holds(&role.name, permission));
        Role { permissions, withheld, ..role.clone() }
    };
    Ok(Roles { items: roles::all().iter().map(here).collect() })
}

pub(crate) async fn list(cx: Read, _: ListRoleVersions) -> Result<RoleVersions> {
    Ok(RoleVersions { versions: store::role_versions::newest(cx.db(), SHOWN).await? })
}

pub(crate) async fn save(cx: Write, call: SaveRoleVersion) -> Result<RoleVersion> {
    let caller = cx.person()?.person;
    // Versions are saved one after the other.
    store::offices::lock_tree(cx.tx()).await?;
    let centre = store::offices::centre(cx.tx()).await?.ok_or(Refusal::RolesCentreOnly)?;
    if !cx.scope().allows(centre) {
        return Err(Refusal::RolesCentreOnly.into());
    }
    let day = cx.now.day();
    let held = store::authority::held(cx.tx(), caller, day).await?;
    let own: Vec<String> = held.into_iter().filter(|held| held.in_force(day)).flat_map(|held| held.roles).collect();
    let before = store::role_versions::newest(cx.tx(), 1).await?.pop();
    let version = withholding::save(&call, before.as_ref(), &own, caller, cx.now)?;
    store::role_versions::insert(cx.tx(), &version).await?;
    let act = Audit::of("office", centre)
        .office(centre)
        .field("role_version", version.version.0)
        .field("withheld", serde_json::to_string(&version.withheld)?)
        .field("reason", &version.reason)
        .field("instrument", &version.instrument)
        .field("instrument_day", version.instrument_day);
    cx.audit(act).await?;
    Ok(version)
}
