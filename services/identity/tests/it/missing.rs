//! What is not there is told by name, to whoever may ask for it.

use schema_identity::*;
use uuid::Uuid;

use crate::{
    party::act,
    world::{World, code, day},
};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_named() {
    let world = World::local().await;
    let admin = world.administrator("95", Reach::Below).await;
    let keeper = world.someone(&admin, admin.office(), "Đỗ Thị Sổ Sách", &["party_organiser"]).await;
    let (nil, to) = (Uuid::nil(), day("2026-06-01"));
    let import = world.call(&admin, &GetDirectoryImport { id: nil.into() }).await;
    assert_eq!(code(import), "identity.import_missing");
    let absence = world.call(&admin, &EndAbsence { id: nil.into(), to }).await;
    assert_eq!(code(absence), "identity.absence_missing");
    let committee = world.call(&keeper, &GetPartyCommittee { id: nil.into(), as_of: None }).await;
    assert_eq!(code(committee), "identity.party_committee_missing");
    let seat = world.call(&keeper, &EndPartySeat { id: nil.into(), to, instrument: act() }).await;
    assert_eq!(code(seat), "identity.party_seat_missing");
    world.finish().await;
}
