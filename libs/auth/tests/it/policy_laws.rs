//! Laws of the policy that hold for any authority.

use auth::{Authority, Grant, Scope, decide};
use proptest::{collection::vec, prelude::*, sample::subsequence};
use wire::{Need, id::OfficeId};

use crate::people::{grant, holding, id, person, service};

const PERMISSIONS: [&str; 3] = ["read", "sign", "archive"];

fn any_grant() -> impl Strategy<Value = Grant> {
    (0_u8..8, vec(0_u8..8, 0..3), subsequence(PERMISSIONS.to_vec(), 0..=3))
        .prop_map(|(office, below, permissions)| grant(office, &below, &permissions))
}

fn any_need() -> impl Strategy<Value = Need> {
    prop_oneof![
        Just(Need::Open),
        Just(Need::SignedIn),
        Just(Need::Services),
        proptest::sample::select(PERMISSIONS.to_vec()).prop_map(|name| Need::Permission(name.into())),
    ]
}

fn offices(authority: &Authority, need: &Need) -> Vec<OfficeId> {
    decide(&person(), Some(authority), need)
        .map(|scope| scope.offices().map(Iterator::collect).expect("a person never sees everything"))
        .unwrap_or_default()
}

fn everywhere() -> impl Iterator<Item = OfficeId> {
    (0..8).map(id)
}

proptest! {
    #[test]
    fn more_grants_never_shrink_a_scope(grants in vec(any_grant(), 0..5), more in vec(any_grant(), 0..3), need in any_need()) {
        let few = offices(&holding(grants.clone()), &need);
        let many = offices(&holding([grants, more].concat()), &need);
        prop_assert!(few.iter().all(|office| many.contains(office)), "{few:?} is not within {many:?}");
    }

    #[test]
    fn an_office_is_in_scope_exactly_when_a_grant_over_it_holds_the_permission(
        grants in vec(any_grant(), 0..5), permission in proptest::sample::select(PERMISSIONS.to_vec())
    ) {
        let allowed = offices(&holding(grants.clone()), &Need::Permission(permission.into()));
        for office in everywhere() {
            let held = grants.iter().any(|grant| {
                (grant.office == office || grant.offices_below.contains(&office)) && grant.permissions.contains(permission)
            });
            prop_assert_eq!(allowed.contains(&office), held);
        }
    }

    #[test]
    fn narrowing_never_widens(grants in vec(any_grant(), 0..5), need in any_need(), to in 0_u8..8) {
        let scopes = [decide(&person(), Some(&holding(grants)), &need), decide(&service(), None, &need)];
        for scope in scopes.into_iter().flatten() {
            match scope.narrow(id(to)) {
                Ok(narrow) => prop_assert!(everywhere().all(|office| narrow.allows(office) == (office == id(to)) && within(&narrow, &scope))),
                Err(fault) => {
                    prop_assert!(!scope.allows(id(to)));
                    prop_assert_eq!(fault.code, "wire.missing");
                }
            }
        }
    }
}

fn within(inner: &Scope, outer: &Scope) -> bool {
    everywhere().all(|office| outer.allows(office) || !inner.allows(office))
}
