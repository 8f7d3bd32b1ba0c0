//! Roles: named sets of permissions that positions bear. What no role gives, nobody may do.

use std::{collections::BTreeSet, sync::LazyLock};

use schema_identity::{Reach, Refusal, Role};
use serde::Deserialize;

use super::withholding::Withheld;

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

/// What these roles give together, less what an installation withholds from each. A role that there is not any more gives
/// nothing, and nothing that is withheld can be given by it.
pub(crate) fn permissions(roles: &[String], withheld: &Withheld) -> BTreeSet<String> {
    let borne = all().iter().filter(|role| roles.contains(&role.name));
    let gives = |role: &'static Role| {
        role.permissions.iter().filter(|permission| !withheld.holds(&role.name, permission)).cloned()
    };
    borne.flat_map(gives).collect()
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

    fn permissions(roles: &[String]) -> BTreeSet<String> {
        super::permissions(roles, &Withheld::default())
    }

    fn named(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn the_data_can_be_read_and_names_are_used_once() {
        let file: File = toml::from_str(include_str!("../../data/roles.toml")).unwrap();
        assert_eq!(file.role.len(), 16);
        let names: BTreeSet<&str> = file.role.iter().map(|role| role.name.as_str()).collect();
        assert_eq!(names.len(), 16);
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
        // The log of every service, without a value of it, how the services are, and that the index is made anew.
        let of_the_house = ["audit.read", "health.read", "search.index.rebuild"];
        let is_theirs = |name: &String| name.starts_with("identity.") || of_the_house.contains(&name.as_str());
        assert!(permissions.iter().all(is_theirs));
    }

    /// Every role of an office, with one permission that makes it what it is and one that it must not have.
    #[test]
    fn each_role_has_what_its_work_needs_and_nothing_that_decides_for_another() {
        let table = [
            ("secretary", "documents.incoming.dispose", "documents.incoming.register"),
            ("deputy_secretary", "programme.assignments.oversee", "identity.people.change"),
            ("standing_member", "documents.incoming.dispose", "programme.calendar.approve"),
            ("assistant", "documents.registers.read", "documents.incoming.dispose"),
            ("chief_of_office", "programme.calendar.approve", "documents.incoming.register"),
            ("deputy_chief_of_office", "documents.incoming.dispose", "identity.accounts.manage"),
            ("head_of_board", "programme.assignments.extend", "documents.outgoing.issue"),
            ("head_of_division", "programme.assignments.assign", "programme.assignments.extend"),
            ("specialist", "documents.outgoing.draft", "programme.assignments.assign"),
            ("document_clerk", "documents.incoming.register", "documents.incoming.dispose"),
            ("cipher_clerk", "documents.registers.read", "documents.incoming.register"),
            ("reception_officer", "programme.calendar.propose", "documents.outgoing.read"),
            ("accountant", "programme.assignments.work", "documents.outgoing.read"),
            ("archivist", "documents.registers.read", "documents.registers.change"),
            ("party_organiser", "identity.party.keep", "identity.accounts.manage"),
            ("administrator", "identity.accounts.manage", "documents.incoming.read"),
        ];
        assert_eq!(table.len(), all().len());
        for (role, has, lacks) in table {
            let given = permissions(&named(&[role]));
            assert!(given.contains(has) && !given.contains(lacks), "`{role}` gives {given:?}");
        }
    }

    #[test]
    fn whoever_works_for_a_leader_sees_what_leaders_see_and_decides_nothing() {
        let works = permissions(&named(&["assistant"]));
        // The roll of members is for leaders and for those who keep it.
        let for_work = |permission: &String| permission.ends_with(".read") && permission != "identity.party.read";
        for leader in ["secretary", "deputy_secretary", "standing_member"] {
            let seen: Vec<String> = permissions(&named(&[leader])).into_iter().filter(for_work).collect();
            assert!(seen.iter().all(|permission| works.contains(permission)), "`{leader}` sees {seen:?}");
        }
        let decides = [
            "dispose", "instruct", "assign", "extend", "oversee", "approve", "issue", "register", "void", "change",
            "manage", "keep",
        ];
        assert!(works.iter().all(|permission| !decides.iter().any(|verb| permission.ends_with(verb))), "{works:?}");
    }

    #[test]
    fn whoever_has_several_roles_may_do_what_each_of_them_gives_and_no_more() {
        let several = ["document_clerk", "archivist", "reception_officer", "accountant"];
        let each: BTreeSet<String> = several.iter().flat_map(|role| permissions(&named(&[role]))).collect();
        assert_eq!(permissions(&named(&several)), each);
        assert!(!each.contains("documents.incoming.dispose") && !each.contains("identity.accounts.manage"));
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
