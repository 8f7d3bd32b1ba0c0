//! How somebody wants to see pages goes with their account from one session to the next, and is nobody else's business.

use schema_identity::{GetMe, GetMyPreferences, InterfaceLanguage, MyPreferences, Reach, SetMyPreferences};
use testbed::Pair;

use crate::world::{World, code};

async fn kept(pair: Pair) {
    let world = World::start(pair).await;
    let admin = world.administrator("99001", Reach::Own).await;
    let other = world.someone(&admin, admin.office(), "tran binh", &["specialist"]).await;
    let usual = MyPreferences::default();
    assert_eq!(world.call(&admin, &GetMyPreferences {}).await.unwrap(), usual);
    assert_eq!(world.call(&admin, &GetMe {}).await.unwrap().preferences, None);
    let post = Some(admin.me.posts[0].appointment);
    let wanted =
        SetMyPreferences { language: InterfaceLanguage::En, text_size: 125, dense: true, single_keys: false, post };
    let said = MyPreferences { language: wanted.language, text_size: 125, dense: true, single_keys: false, post };
    assert_eq!(world.call(&admin, &wanted).await.unwrap(), said);
    // Another session of the same person sees them, with who they are; others see their own.
    let elsewhere = world.sign_in("quan.tri").await;
    assert_eq!(elsewhere.me.preferences, Some(said.clone()));
    assert_eq!(world.call(&elsewhere, &GetMyPreferences {}).await.unwrap(), said);
    assert_eq!(world.call(&other, &GetMyPreferences {}).await.unwrap(), usual);
    // What is said again stands in the place of what was said; what is refused changes nothing.
    for (refused, expected) in [
        (SetMyPreferences { text_size: 99, ..wanted.clone() }, "identity.text_size_bad"),
        (SetMyPreferences { text_size: 151, ..wanted.clone() }, "identity.text_size_bad"),
        (
            SetMyPreferences { post: Some(other.me.posts[0].appointment), ..wanted.clone() },
            "identity.appointment_missing",
        ),
    ] {
        assert_eq!(code(world.call(&admin, &refused).await), expected);
    }
    assert_eq!(world.call(&admin, &GetMyPreferences {}).await.unwrap(), said);
    let back = SetMyPreferences { language: InterfaceLanguage::Vi, text_size: 100, post: None, ..wanted };
    world.call(&elsewhere, &back).await.unwrap();
    let seen = world.call(&admin, &GetMyPreferences {}).await.unwrap();
    assert_eq!(seen, MyPreferences { dense: true, single_keys: false, ..usual });
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn preferences_go_with_the_account_on_sqlite() {
    kept(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn preferences_go_with_the_account_on_postgresql() {
    kept(Pair::LocalPostgres).await;
}
