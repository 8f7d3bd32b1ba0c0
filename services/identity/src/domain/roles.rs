//! Roles: named sets of permissions that positions bear. What no role gives, nobody may do.

use std::{collections::BTreeSet, sync::LazyLock};

use schema_identity::{Reach, Refusal, Role};
use serde::Deserialize;

/// The one role whose positions may look below their office.
pub(crate) const ADMINISTRATOR: &str = "administrator";

/// The roles of `data/roles.toml`; a test holds that they can be read.
static ROLES: LazyLock<Vec<Role>> = LazyLock::new(|| {
    toml::from_str::<File>(include_str!("../../data/roles.toml")).map(|file| file.role).unwrap_or_default()
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    role: Vec<Role>,
}

/// Every role there is.
pub(crate) fn all() -> &'static [Role] {
    &ROLES
}

/// What these roles give together. A role that there is not any more gives nothing.
pub(crate) fn permissions(roles: &[String]) -> BTreeSet<String> {
    all().iter().filter(|role| roles.contains(&role.name)).flat_map(|role| role.permissions.iter().cloned()).collect()
}

/// Checks the roles of a new position, and gives them once each in order of name.
///
/// # Errors
/// [`Refusal::RoleUnknown`]; [`Refusal::ReachMixed`] when a reach below goes with any but the administrator's role,
/// because whatever a position may do, it may do as far as it looks.
pub(crate) fn check(roles: Vec<String>, reach: Reach) -> Result<Vec<String>, Refusal> {
    let roles: BTreeSet<String> = roles.into_iter().collect();
    if let Some(role) = roles.iter().find(|name| all().iter().all(|role| role.name != **name)) {
        return Err(Refusal::RoleUnknown { role: role.clone() });
    }
    if reach == Reach::Below && !roles.iter().eq([ADMINISTRATOR]) {
        return Err(Refusal::ReachMixed);
    }
    Ok(roles.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn the_data_can_be_read_and_names_are_used_once() {
        let file: File = toml::from_str(include_str!("../../data/roles.toml")).unwrap();
        assert_eq!(file.role.len(), 14);
        let names: BTreeSet<&str> = file.role.iter().map(|role| role.name.as_str()).collect();
        assert_eq!(names.len(), 14);
    }

    #[test]
    fn identity_knows_every_permission_that_its_own_contract_needs() {
        let given: BTreeSet<String> = all().iter().flat_map(|role| role.permissions.iter().cloned()).collect();
        for row in schema_identity::contract().calls {
            if let wire::Need::Permission(permission) = row.need {
                assert!(given.contains(&permission), "no role gives `{permission}`");
            }
        }
    }

    #[test]
    fn an_administrator_keeps_accounts_and_reads_no_document() {
        let permissions = permissions(&named(&[ADMINISTRATOR]));
        assert!(permissions.contains("identity.accounts.manage"));
        assert!(permissions.iter().all(|permission| permission.starts_with("identity.")));
    }

    #[test]
    fn a_clerk_registers_and_a_specialist_does_not() {
        assert!(permissions(&named(&["document_clerk"])).contains("documents.incoming.register"));
        assert!(!permissions(&named(&["specialist"])).contains("documents.incoming.register"));
        assert!(permissions(&named(&["no_such_role"])).is_empty());
    }

    #[test]
    fn only_the_administrators_role_looks_below() {
        assert_eq!(check(named(&["administrator"]), Reach::Below), Ok(named(&["administrator"])));
        for roles in [&["administrator", "document_clerk"][..], &["document_clerk"], &[]] {
            assert_eq!(check(named(roles), Reach::Below), Err(Refusal::ReachMixed));
        }
        assert_eq!(check(named(&["clerk"]), Reach::Own), Err(Refusal::RoleUnknown { role: "clerk".into() }));
        assert_eq!(check(named(&["specialist", "archivist", "specialist"]), Reach::Own).unwrap().len(), 2);
    }
}
