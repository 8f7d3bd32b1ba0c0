//! What an office says of itself, and its emblem: by whoever looks after the office, their own too.

use futures_util::TryStreamExt as _;
use schema_identity::{
    GetOfficeEmblem, GetOfficeProfile, ListOfficeProfileVersions, OfficeEmblem, OfficeProfile, OfficeProfileVersions,
    Refusal, SetOfficeEmblem, SetOfficeProfile,
};
use sea_orm::ConnectionTrait;
use service::{Audit, Read, Result, Write};
use wire::id::OfficeId;

use crate::{
    domain::{emblems, office_profiles},
    store,
};

/// What a ticket for a picture must have been given for.
const PURPOSE: &str = "office_emblem";
/// How many versions are shown.
const VERSIONS: u64 = 50;

pub(crate) async fn get(cx: Read, call: GetOfficeProfile) -> Result<OfficeProfile> {
    store::offices::get(cx.db(), call.id).await?.ok_or(Refusal::OfficeMissing)?;
    latest(cx.db(), call.id).await
}

pub(crate) async fn versions(cx: Read, call: ListOfficeProfileVersions) -> Result<OfficeProfileVersions> {
    cx.office(call.id)?;
    Ok(OfficeProfileVersions { versions: store::office_profiles::newest(cx.db(), call.id, VERSIONS).await? })
}

pub(crate) async fn emblem(cx: Read, call: GetOfficeEmblem) -> Result<OfficeEmblem> {
    let sha256 = latest(cx.db(), call.id).await?.emblem.ok_or(Refusal::EmblemMissing)?;
    Ok(store::office_profiles::emblem(cx.db(), call.id, &sha256).await?.ok_or(Refusal::EmblemMissing)?)
}

pub(crate) async fn set(cx: Write, call: SetOfficeProfile) -> Result<OfficeProfile> {
    let before = held(&cx, call.id).await?;
    let after = office_profiles::say(before, &call, Some(cx.person()?.person), cx.now)?;
    keep(&cx, after).await
}

/// Reads the upload and draws its picture anew; the file itself is not kept.
pub(crate) async fn draw(cx: Read, call: SetOfficeEmblem) -> Result<Option<OfficeEmblem>> {
    cx.office_for_new(call.id)?;
    let Some(ticket) = call.ticket else { return Ok(None) };
    let file = cx.claim(&ticket, PURPOSE, call.id).await?;
    let area = cx.blobs().area("identity", &call.id.to_string())?;
    let drawn = if file.size > emblems::MOST_BYTES {
        Err(emblems::bad())
    } else {
        let chunks: Vec<bytes::Bytes> = area.open(&file.sha256, None).await?.bytes.try_collect().await?;
        emblems::draw(&chunks.concat())
    };
    area.remove(&file.sha256).await?;
    Ok(Some(drawn?))
}

pub(crate) async fn wear(cx: Write, call: SetOfficeEmblem, drawn: Option<OfficeEmblem>) -> Result<OfficeProfile> {
    let before = held(&cx, call.id).await?;
    if let Some(emblem) = &drawn {
        store::office_profiles::keep(cx.tx(), call.id, emblem).await?;
    }
    let sha256 = drawn.map(|emblem| emblem.sha256);
    keep(&cx, office_profiles::wear(before, sha256, Some(cx.person()?.person), cx.now)).await
}

async fn latest(db: &impl ConnectionTrait, office: OfficeId) -> Result<OfficeProfile> {
    let newest = store::office_profiles::newest(db, office, 1).await?.pop();
    Ok(newest.unwrap_or_else(|| office_profiles::silent(office)))
}

/// What stands before a change. Changes of one office go one after the other.
async fn held(cx: &Write, office: OfficeId) -> Result<OfficeProfile> {
    cx.office_for_new(office)?;
    store::offices::lock(cx.tx(), office).await?.ok_or(Refusal::OfficeMissing)?;
    let before = latest(cx.tx(), office).await?;
    cx.expect(before.version)?;
    Ok(before)
}

/// Writes a version down and audits it.
async fn keep(cx: &Write, profile: OfficeProfile) -> Result<OfficeProfile> {
    store::office_profiles::insert(cx.tx(), &profile).await?;
    let act = Audit::of("office", profile.id)
        .office(profile.id)
        .field("address", profile.address.as_deref().unwrap_or_default())
        .field("telephone", profile.telephone.as_deref().unwrap_or_default())
        .field("email", profile.email.as_deref().unwrap_or_default())
        .field("hours", serde_json::to_string(&profile.hours)?)
        .field("emblem", profile.emblem.as_deref().unwrap_or_default());
    cx.audit(act).await?;
    Ok(profile)
}
