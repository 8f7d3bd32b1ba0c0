//! In which capacity a deed is done: own authority first, then what was lent, and that only within its bounds.

use std::{collections::BTreeSet, sync::Arc};

use auth::{Deed, Grant, acting, for_call};
use wire::{Dong, Need, OnBehalfOf};

use crate::people::{grant, holding, id};

fn lent(position: u8, genres: &[&str], highest: Option<i64>) -> Grant {
    let lent = OnBehalfOf {
        delegation: id(position),
        person: Some(id(7)),
        own_position: id(30),
        genres: genres.iter().map(|genre| (*genre).to_owned()).collect(),
        highest: highest.map(Dong),
    };
    Grant { position: id(position), on_behalf_of: Some(lent), ..grant(10, &[], &["sign"]) }
}

/// The number of the position through which a deed is done, `0` for none, or the code of the fault.
fn through(grants: &[Grant], permission: Option<&str>, deed: &Deed) -> String {
    let authority = holding(grants.to_vec());
    match acting(&authority, permission, deed) {
        Ok(None) => "0".into(),
        Ok(Some(grant)) => (1..100).find(|n| grant.position == id(*n)).unwrap().to_string(),
        Err(fault) => fault.code,
    }
}

#[test]
fn own_authority_goes_before_what_is_lent_and_bounds_hold() {
    let own = grant(10, &[], &["sign"]);
    let reads = grant(10, &[], &["read"]);
    let (free, few, cheap) = (lent(50, &[], None), lent(51, &["CV", "TB"], None), lent(52, &[], Some(1_000_000)));
    let deed = Deed { office: Some(id(10)), ..Deed::default() };
    let genre = |genre: &str| Deed { genre: Some(genre.into()), ..deed.clone() };
    let amount = |amount: i64| Deed { amount: Some(Dong(amount)), ..deed.clone() };
    let of = |position: u8| Deed { position: Some(id(position)), ..deed.clone() };
    let elsewhere = Deed { office: Some(id(11)), ..Deed::default() };
    let sign = Some("sign");
    let table: Vec<(Vec<&Grant>, Option<&str>, Deed, &str)> = vec![
        (vec![&free, &own], sign, deed.clone(), "30"),
        (vec![&free, &reads], sign, deed.clone(), "50"),
        (vec![&own, &free], sign, of(50), "50"),
        (vec![&own, &free], sign, of(53), "0"),
        (vec![&own, &free], sign, elsewhere, "0"),
        (vec![&few], sign, genre("CV"), "51"),
        (vec![&few], sign, genre("NQ"), "wire.bounded"),
        // What is not said cannot be shown to be within.
        (vec![&few], sign, deed.clone(), "wire.bounded"),
        (vec![&few, &free], sign, genre("NQ"), "50"),
        (vec![&cheap], sign, amount(1_000_000), "52"),
        (vec![&cheap], sign, amount(1_000_001), "wire.bounded"),
        (vec![&cheap], sign, deed.clone(), "wire.bounded"),
        // One's own affairs are nobody else's.
        (vec![&free], None, deed.clone(), "0"),
        (vec![&reads, &free], None, deed.clone(), "30"),
        (vec![&free], Some("read"), deed.clone(), "0"),
    ];
    for (number, (grants, permission, deed, expected)) in table.into_iter().enumerate() {
        let grants: Vec<Grant> = grants.into_iter().cloned().collect();
        assert_eq!(through(&grants, permission, &deed), expected, "row {number}");
    }
}

#[test]
fn a_refusal_names_the_bounds() {
    let authority = holding(vec![lent(51, &["CV"], Some(5))]);
    let fault = acting(&authority, Some("sign"), &Deed::default()).unwrap_err();
    let detail = fault.detail.unwrap();
    assert_eq!(detail["genres"], serde_json::json!(BTreeSet::from(["CV"])));
    assert_eq!(detail["highest"], 5);
}

#[test]
fn what_is_lent_counts_only_in_calls_that_need_it() {
    let authority = Arc::new(holding(vec![grant(10, &[], &["work"]), lent(50, &[], None)]));
    let positions = |need: Need| -> Vec<bool> {
        let counted = for_call(Arc::clone(&authority), &need);
        counted.grants.iter().map(|grant| grant.on_behalf_of.is_some()).collect()
    };
    assert_eq!(positions(Need::Permission("sign".into())), [false, true]);
    for need in [Need::Permission("work".into()), Need::SignedIn, Need::Open, Need::Services] {
        assert_eq!(positions(need), [false]);
    }
}
