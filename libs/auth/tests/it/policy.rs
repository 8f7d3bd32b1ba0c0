//! The whole matrix of the policy: every need, every caller, every state of authority.

use auth::{Authority, Caller, Scope, decide};
use wire::{Fault, Kind, Need, id::OfficeId};

use crate::people::{grant, holding, id, person, service};

/// What a decision comes to, in few words: the numbers of the offices, `all`, or the code of the fault.
fn outcome(caller: &Caller, authority: Option<&Authority>, need: &Need) -> String {
    match decide(caller, authority, need) {
        Ok(scope) => shown(&scope),
        Err(fault) => fault.code,
    }
}

fn shown(scope: &Scope) -> String {
    let Some(offices) = scope.offices() else { return "all".into() };
    let numbers: Vec<String> =
        offices.map(|office| (0..100).find(|n| id::<OfficeId>(*n) == office).unwrap().to_string()).collect();
    numbers.join(" ")
}

#[test]
fn every_need_caller_and_authority() {
    let none = holding(vec![]);
    let two = holding(vec![grant(10, &[], &["read"]), grant(11, &[12], &["read", "sign"])]);
    let mut anothers = two.clone();
    anothers.account = id(99);
    let mut another_persons = two.clone();
    another_persons.person = id(99);
    let (anonymous, lan, documents) = (Caller::Anonymous, person(), service());
    let permission = |name: &str| Need::Permission(name.into());

    let table: Vec<(Need, &Caller, Option<&Authority>, &str)> = vec![
        (Need::Open, &anonymous, None, ""),
        (Need::Open, &lan, None, ""),
        (Need::Open, &lan, Some(&two), ""),
        (Need::Open, &documents, None, ""),
        (Need::SignedIn, &anonymous, None, "wire.unauthenticated"),
        (Need::SignedIn, &anonymous, Some(&two), "wire.unauthenticated"),
        (Need::SignedIn, &lan, None, "wire.busy"),
        (Need::SignedIn, &lan, Some(&anothers), "wire.busy"),
        (Need::SignedIn, &lan, Some(&another_persons), "wire.busy"),
        (Need::SignedIn, &lan, Some(&none), ""),
        (Need::SignedIn, &lan, Some(&two), "10 11 12"),
        (Need::SignedIn, &documents, None, "wire.unauthenticated"),
        (Need::SignedIn, &documents, Some(&two), "wire.unauthenticated"),
        (permission("read"), &anonymous, None, "wire.unauthenticated"),
        (permission("read"), &anonymous, Some(&two), "wire.unauthenticated"),
        (permission("read"), &lan, None, "wire.busy"),
        (permission("read"), &lan, Some(&anothers), "wire.busy"),
        (permission("read"), &lan, Some(&another_persons), "wire.busy"),
        (permission("read"), &lan, Some(&none), "wire.denied"),
        (permission("read"), &lan, Some(&two), "10 11 12"),
        (permission("sign"), &lan, Some(&two), "11 12"),
        (permission("archive"), &lan, Some(&two), "wire.denied"),
        (permission(""), &lan, Some(&two), "wire.denied"),
        (permission("rea"), &lan, Some(&two), "wire.denied"),
        (permission("read"), &documents, None, "all"),
        (Need::Services, &anonymous, None, "wire.denied"),
        (Need::Services, &lan, None, "wire.denied"),
        (Need::Services, &lan, Some(&two), "wire.denied"),
        (Need::Services, &documents, None, "all"),
    ];
    for (need, caller, authority, expected) in table {
        assert_eq!(outcome(caller, authority, &need), expected, "{need:?} {caller:?} {authority:?}");
    }
}

#[test]
fn a_scope_over_everything_says_why() {
    let scope = decide(&service(), None, &Need::Services).unwrap();
    assert_eq!(scope.reason(), Some("service call"));
    assert!(scope.allows(id(77)));
    let own = decide(&person(), Some(&holding(vec![grant(10, &[], &[])])), &Need::SignedIn).unwrap();
    assert_eq!(own.reason(), None);
}

#[test]
fn narrowing_leaves_one_office_and_outside_looks_like_missing() {
    let authority = holding(vec![grant(10, &[11], &["read"])]);
    let scope = decide(&person(), Some(&authority), &Need::Permission("read".into())).unwrap();
    assert_eq!(shown(&scope.narrow(id(11)).unwrap()), "11");
    let Fault { kind, code, detail, .. } = scope.narrow(id(12)).unwrap_err();
    assert_eq!((kind, code.as_str(), detail), (Kind::Missing, "wire.missing", None));
    let all = decide(&service(), None, &Need::Services).unwrap();
    assert_eq!(shown(&all.narrow(id(12)).unwrap()), "12");
}

#[test]
fn a_no_has_its_kind_both_languages_and_what_helps() {
    let authority = holding(vec![]);
    let needs = Need::Permission("documents.sign".into());
    let denied = decide(&person(), Some(&authority), &needs).unwrap_err();
    assert_eq!(
        (denied.kind, denied.detail),
        (Kind::Denied, Some(serde_json::json!({ "permission": "documents.sign" })))
    );
    let busy = decide(&person(), None, &needs).unwrap_err();
    assert_eq!((busy.kind, busy.retry_after_s), (Kind::Busy, Some(1)));
    let unknown = decide(&Caller::Anonymous, None, &needs).unwrap_err();
    assert_eq!(
        (unknown.kind, unknown.en.as_str(), unknown.vi.as_str()),
        (Kind::Unauthenticated, "sign in first", "cần đăng nhập")
    );
}
