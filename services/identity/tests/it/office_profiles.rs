//! What an office says of itself: by its own administrator, version by version, with an emblem that was drawn anew.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use schema_identity::*;
use sea_orm::ConnectionTrait as _;
use testbed::Pair;

use crate::{
    directory_imports::upload_for,
    world::{Someone, World, code},
};

/// A picture of one colour.
fn picture(width: u32, height: u32) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&vec![120; usize::try_from(width * height * 3).unwrap()]).unwrap();
    writer.finish().unwrap();
    file
}

fn said(who: &Someone, telephone: &str) -> SetOfficeProfile {
    let morning = Some(HoursSpan { from: "7:30".into(), to: "11:30".into() });
    SetOfficeProfile {
        id: who.office(),
        address: Some("01 phố Ví Dụ".into()),
        telephone: Some(telephone.into()),
        email: Some("vanphong@xa.example".into()),
        hours: vec![DayHours { day: WorkDay::Monday, morning, afternoon: None }],
    }
}

/// Uploads a file and puts it on.
async fn put_on(world: &World, who: &Someone, file: &[u8]) -> Result<OfficeProfile, wire::Fault> {
    let id = who.office();
    let ticket = Some(upload_for(world, who, (id, "office_emblem"), file).await);
    world.call(who, &SetOfficeEmblem { id, ticket }).await
}

async fn kept(pair: Pair) {
    let world = World::start(pair).await;
    let admin = world.administrator("99001", Reach::Own).await;
    let clerk = world.someone(&admin, admin.office(), "tran binh", &["specialist"]).await;
    let id = admin.office();
    let nothing = world.call(&clerk, &GetOfficeProfile { id }).await.unwrap();
    assert_eq!((nothing.version.0, nothing.at, nothing.emblem), (0, None, None));
    assert_eq!(code(world.call(&clerk, &GetOfficeEmblem { id }).await), "identity.emblem_missing");
    assert_eq!(code(world.call(&clerk, &said(&clerk, "024 3000 0000")).await), "wire.denied");
    let first = world.expecting(&admin, 0, &said(&admin, "024 3000 0000")).await.unwrap();
    assert_eq!(
        (first.version.0, first.by, first.hours[0].morning.as_ref().unwrap().from.as_str()),
        (1, Some(admin.me.person.id), "07:30")
    );
    assert_eq!(code(world.expecting(&admin, 0, &said(&admin, "080")).await), "wire.stale");
    assert_eq!(code(world.call(&admin, &said(&admin, "không số")).await), "identity.telephone_bad");
    for file in [&b"no picture"[..], &picture(513, 8)] {
        assert_eq!(code(put_on(&world, &admin, file).await), "identity.emblem_bad");
    }
    let elsewhere = upload_for(&world, &admin, (id, "directory_import"), &picture(8, 8)).await;
    let call = SetOfficeEmblem { id, ticket: Some(elsewhere) };
    assert_eq!(code(world.call(&admin, &call).await), "wire.bad_ticket");
    let worn = put_on(&world, &admin, &picture(64, 64)).await.unwrap();
    assert_eq!((worn.version.0, worn.telephone.as_deref()), (2, Some("024 3000 0000")));
    let emblem = world.call(&clerk, &GetOfficeEmblem { id }).await.unwrap();
    assert!(
        Some(&emblem.sha256) == worn.emblem.as_ref() && STANDARD.decode(&emblem.png).unwrap().starts_with(b"\x89PNG")
    );
    let me = world.sign_in("tran.binh").await.me;
    assert_eq!(me.posts[0].office_emblem, worn.emblem, "everyone who works there has it on their pages");
    let second = world.call(&admin, &said(&admin, "080 12345")).await.unwrap();
    assert_eq!(second.emblem, worn.emblem, "an emblem stays while other things are said anew");
    let bare = world.call(&admin, &SetOfficeEmblem { id, ticket: None }).await.unwrap();
    assert_eq!((bare.version.0, bare.emblem), (4, None));
    put_on(&world, &admin, &picture(64, 64)).await.unwrap();
    let history = world.call(&clerk, &ListOfficeProfileVersions { id }).await.unwrap().versions;
    let told: Vec<_> = history.iter().map(|one| (one.version.0, one.emblem.is_some())).collect();
    assert_eq!(told, [(5, true), (4, false), (3, true), (2, true), (1, false)]);
    let tx = world.bench.service("identity").db().begin().await.unwrap();
    let changed = tx.execute_unprepared("UPDATE office_profile SET telephone = '1'").await;
    assert!(changed.unwrap_err().to_string().contains("profiles are history"));
    tx.rollback().await.unwrap();
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_office_says_where_it_is_and_wears_its_emblem_on_sqlite() {
    kept(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_office_says_where_it_is_and_wears_its_emblem_on_postgresql() {
    kept(Pair::LocalPostgres).await;
}
