//! What a caller may do, for every service; the keys; and what the signed-in person sees of themselves.

use schema_identity::{GetAuthority, GetKeys, GetMe, Keys, LentPost, Me, Post, Reach, Refusal};
use sea_orm::{DatabaseConnection, DbErr};
use service::{Read, Result};
use wire::{
    Authority, Day, FreshProof, Instant,
    id::{AccountId, PersonId},
};

use crate::{
    domain::{
        authority::{self, Held},
        deputies::When,
        roles,
        withholding::Withheld,
    },
    settings::Settings,
    store,
};

pub(crate) async fn get(cx: Read, call: GetAuthority) -> Result<Authority> {
    let GetAuthority { account, session } = call;
    let person = store::authority::person_of(cx.db(), account, session, cx.now).await?;
    let (person, proven) = person.ok_or(Refusal::SessionEnded)?;
    let mut authority = of(cx.db(), account, person, cx.now).await?;
    authority.fresh_proof = FreshProof {
        demanded: cx.settings::<Settings>().step_up.demands(proven.has_factor),
        until: proven.until.filter(|until| cx.now < *until),
    };
    Ok(authority)
}

/// What a person may do at a moment.
async fn of(
    db: &DatabaseConnection,
    account: AccountId,
    person: PersonId,
    now: Instant,
) -> std::result::Result<Authority, DbErr> {
    let day = now.day();
    let held = store::authority::held(db, person, day).await?;
    let looks_below = held.iter().filter(|held| held.reach == Reach::Below && held.in_force(day));
    let below = store::offices::below(db, looks_below.map(|held| held.office), day).await?;
    let in_force: Vec<&Held> = held.iter().filter(|held| held.in_force(day)).collect();
    let reached = in_force.iter().map(|held| held.office).chain(below.values().flatten().copied());
    let inherited = store::lineage::inherited(db, reached, day).await?;
    let reports = store::authority::reports(db, &in_force, day).await?;
    let lent = store::lent::to(db, person, day).await?;
    let withheld = store::role_versions::withheld(db).await?;
    let mut authority = authority::authority((account, person), held, &withheld, &below, &inherited, &reports, day);
    authority.grants.extend(lent.iter().filter_map(|lent| lent.grant(When::Now(now), &withheld)));
    Ok(authority)
}

pub(crate) async fn keys(cx: Read, _: GetKeys) -> Result<Keys> {
    Ok(Keys { keys: cx.signing_keys().into_iter().map(Into::into).collect() })
}

pub(crate) async fn me(cx: Read, _: GetMe) -> Result<Me> {
    let caller = cx.person()?;
    let person = store::people::own(cx.db(), caller.person).await?.ok_or(Refusal::PersonMissing)?;
    let kept = store::accounts::own(cx.db(), caller.account).await?.ok_or(Refusal::AccountMissing)?;
    let day = cx.now.day();
    let posts = posts(&cx, store::authority::held(cx.db(), person.id, day).await?, day).await?;
    let lent = lent(&cx, person.id).await?;
    let preferences = store::preferences::of(cx.db(), caller.account).await?;
    Ok(Me { person, account: kept.account, posts, lent, preferences })
}

/// What is lent to a person now, with the names to show for it.
async fn lent(cx: &Read, person: PersonId) -> Result<Vec<LentPost>> {
    let mut all = Vec::new();
    let withheld = store::role_versions::withheld(cx.db()).await?;
    for lent in store::lent::to(cx.db(), person, cx.now.day()).await? {
        let Some(grant) = lent.grant(When::Now(cx.now), &withheld) else { continue };
        let delegation = &lent.last.delegation;
        let holder = match delegation.grantor {
            Some(grantor) => store::people::own(cx.db(), grantor).await?,
            None => None,
        };
        all.push(LentPost {
            delegation: delegation.id,
            office: grant.office,
            position: grant.position,
            title: lent.title.clone(),
            holder: holder.map(|person| person.full_name),
            permissions: grant.permissions.into_iter().collect(),
            to: delegation.to,
        });
    }
    Ok(all)
}

/// What is in force on a day of what a person holds, with the names of that day.
pub(crate) async fn posts(cx: &Read, held: Vec<Held>, day: Day) -> Result<Vec<Post>> {
    let mut posts = Vec::new();
    let withheld = store::role_versions::withheld(cx.db()).await?;
    for held in held.into_iter().filter(|held| held.in_force(day)) {
        posts.push(post(cx, held, &withheld, day).await?);
    }
    Ok(posts)
}

async fn post(cx: &Read, held: Held, withheld: &Withheld, day: Day) -> Result<Post> {
    let office = store::offices::get(cx.db(), held.office).await?.and_then(|office| office.nearest(day));
    let unit = store::units::get(cx.db(), held.unit).await?.and_then(|unit| unit.unit(day));
    let profile = store::office_profiles::newest(cx.db(), held.office, 1).await?.pop();
    Ok(Post {
        appointment: held.appointment,
        office: held.office,
        office_name: office.ok_or(Refusal::OfficeMissing)?.name,
        office_emblem: profile.and_then(|profile| profile.emblem),
        unit: held.unit,
        unit_name: unit.ok_or(Refusal::UnitMissing)?.name,
        position: held.position,
        title: held.title,
        head: held.head,
        permissions: roles::permissions(&held.roles, withheld).into_iter().collect(),
        from: held.appointed.from,
        to: held.appointed.to,
    })
}

#[cfg(test)]
#[path = "authority_tests.rs"]
mod tests;
