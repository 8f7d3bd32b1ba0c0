//! One's own preferences: how somebody wants to see pages, wherever they sign in.

use schema_identity::{GetMyPreferences, MyPreferences, Refusal, SetMyPreferences};
use service::{Read, Result, Write};
use wire::Refusal as _;

use crate::store;

/// The sizes of letters that pages can have, in percent.
const SIZES: (u16, u16) = (100, 150);

pub(crate) async fn get(cx: Read, _: GetMyPreferences) -> Result<MyPreferences> {
    Ok(store::preferences::of(cx.db(), cx.person()?.account).await?.unwrap_or_default())
}

pub(crate) async fn set(cx: Write, call: SetMyPreferences) -> Result<MyPreferences> {
    let SetMyPreferences { language, text_size, dense, single_keys, post } = call;
    let (least, most) = SIZES;
    if !(least..=most).contains(&text_size) {
        return Err(Refusal::TextSizeBad { least, most }.into());
    }
    let (account, person, day) = (cx.person()?.account, cx.person()?.person, cx.now.day());
    if let Some(post) = post {
        let held = store::authority::held(cx.tx(), person, day).await?;
        if !held.iter().any(|held| held.appointment == post && held.in_force(day)) {
            return Err(Refusal::AppointmentMissing.fault().at("post").into());
        }
    }
    let said = MyPreferences { language, text_size, dense, single_keys, post };
    store::preferences::keep(cx.tx(), account, &said).await?;
    Ok(said)
}
