//! Party committees and who sits in them.

use std::collections::BTreeMap;

use schema_identity::{PartyCommittee, PartySeat};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use service::{InScope as _, Scope};
use uuid::Uuid;
use wire::{
    Day, Version,
    id::{PartyCommitteeId, PartyMemberId, PartyOrganisationId, PartySeatId},
};

use super::{
    days,
    delegations::{read, word},
    members,
};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "party_committee")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub office_id: Uuid,
        pub organisation_id: Uuid,
        pub congress: String,
        pub from_day: TimeDate,
        pub to_day: Option<TimeDate>,
        pub instrument: Json,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod seat {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "party_seat")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub office_id: Uuid,
        pub committee_id: Uuid,
        pub member_id: Uuid,
        pub post: String,
        pub manner: String,
        pub from_day: TimeDate,
        pub to_day: Option<TimeDate>,
        pub instrument: Json,
        pub ended_by: Option<Json>,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The committees of an organisation that has been read in scope, oldest term first.
pub(crate) async fn of_organisation(
    db: &impl ConnectionTrait,
    organisation: PartyOrganisationId,
) -> Result<Vec<PartyCommittee>, DbErr> {
    let query = row::Entity::find()
        .filter(row::Column::OrganisationId.eq(Uuid::from(organisation)))
        .order_by_asc(row::Column::FromDay)
        .order_by_asc(row::Column::Id);
    query.all(db).await?.into_iter().map(noun).collect()
}

/// One committee, when it lies in scope.
pub(crate) async fn get_in(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: PartyCommitteeId,
) -> Result<Option<PartyCommittee>, DbErr> {
    let query = row::Entity::find_by_id(Uuid::from(id)).in_scope(scope, row::Column::OfficeId);
    query.one(db).await?.map(noun).transpose()
}

/// One committee in scope, locked until the transaction ends: who changes the posts in it goes one at a time.
pub(crate) async fn lock_in(
    tx: &DatabaseTransaction,
    scope: &Scope,
    id: PartyCommitteeId,
) -> Result<Option<PartyCommittee>, DbErr> {
    let query = row::Entity::find_by_id(Uuid::from(id)).in_scope(scope, row::Column::OfficeId);
    service::lock(query).one(tx).await?.map(noun).transpose()
}

/// These committees, whoever asks, locked in order of id.
pub(crate) async fn lock_all(
    tx: &DatabaseTransaction,
    ids: impl IntoIterator<Item = PartyCommitteeId>,
) -> Result<Vec<PartyCommittee>, DbErr> {
    let query = row::Entity::find().filter(row::Column::Id.is_in(ids.into_iter().map(Uuid::from)));
    service::lock(query.order_by_asc(row::Column::Id)).all(tx).await?.into_iter().map(noun).collect()
}

/// Committees after an id, for snapshots.
pub(crate) async fn after(
    db: &impl ConnectionTrait,
    after: Option<Uuid>,
    limit: u16,
) -> Result<Vec<PartyCommittee>, DbErr> {
    let condition = Condition::all().add_option(after.map(|after| row::Column::Id.gt(after)));
    let query = row::Entity::find().filter(condition).order_by_asc(row::Column::Id).limit(u64::from(limit));
    query.all(db).await?.into_iter().map(noun).collect()
}

/// Writes a new committee down.
pub(crate) async fn insert(tx: &DatabaseTransaction, committee: &PartyCommittee) -> Result<(), DbErr> {
    row::Entity::insert(model(committee)).exec_without_returning(tx).await.map(|_| ())
}

/// Writes a changed committee down.
pub(crate) async fn save(tx: &DatabaseTransaction, committee: &PartyCommittee) -> Result<(), DbErr> {
    row::Entity::update(model(committee)).exec(tx).await.map(|_| ())
}

/// Everyone who sat, sits or will sit in these committees.
pub(crate) async fn seats(
    db: &impl ConnectionTrait,
    committees: impl IntoIterator<Item = PartyCommitteeId>,
) -> Result<Vec<PartySeat>, DbErr> {
    let of = seat::Column::CommitteeId.is_in(committees.into_iter().map(Uuid::from));
    seats_where(db, Condition::all().add(of)).await
}

/// Every post of a member, in whatever committee.
pub(crate) async fn seats_of(db: &impl ConnectionTrait, member: PartyMemberId) -> Result<Vec<PartySeat>, DbErr> {
    seats_where(db, Condition::all().add(seat::Column::MemberId.eq(Uuid::from(member)))).await
}

/// One post of a member, when it lies in scope.
pub(crate) async fn seat_in(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: PartySeatId,
) -> Result<Option<PartySeat>, DbErr> {
    let query = seat::Entity::find_by_id(Uuid::from(id)).in_scope(scope, seat::Column::OfficeId);
    if query.limit(1).one(db).await?.is_none() {
        return Ok(None);
    }
    Ok(seats_where(db, Condition::all().add(seat::Column::Id.eq(Uuid::from(id)))).await?.pop())
}

/// Writes new and changed seats down: `known` are the ids of those that were there.
pub(crate) async fn save_seats(
    tx: &DatabaseTransaction,
    known: &[PartySeatId],
    seats: &[PartySeat],
) -> Result<(), DbErr> {
    for seat in seats {
        let model = seat_model(seat)?;
        if known.contains(&seat.id) {
            seat::Entity::update(model).exec(tx).await?;
        } else {
            seat::Entity::insert(model).exec_without_returning(tx).await?;
        }
    }
    Ok(())
}

async fn seats_where(db: &impl ConnectionTrait, of: Condition) -> Result<Vec<PartySeat>, DbErr> {
    let rows = seat::Entity::find().filter(of).all(db).await?;
    let names: BTreeMap<PartyMemberId, String> = members::names_of(db, rows.iter().map(|row| row.member_id)).await?;
    let noun = |row: seat::Model| {
        Ok(PartySeat {
            id: row.id.into(),
            office: row.office_id.into(),
            committee: row.committee_id.into(),
            member: row.member_id.into(),
            full_name: names.get(&row.member_id.into()).cloned().unwrap_or_default(),
            post: read(serde_json::Value::String(row.post), row.id)?,
            manner: read(serde_json::Value::String(row.manner), row.id)?,
            from: Day(row.from_day),
            to: days::day(row.to_day),
            instrument: read(row.instrument, row.id)?,
            ended_by: row.ended_by.map(|by| read(by, row.id)).transpose()?,
            version: Version(row.version),
        })
    };
    rows.into_iter().map(noun).collect()
}

fn noun(row: row::Model) -> Result<PartyCommittee, DbErr> {
    Ok(PartyCommittee {
        id: row.id.into(),
        office: row.office_id.into(),
        organisation: row.organisation_id.into(),
        congress: row.congress,
        from: Day(row.from_day),
        to: days::day(row.to_day),
        instrument: read(row.instrument, row.id)?,
        version: Version(row.version),
    })
}

fn model(committee: &PartyCommittee) -> row::ActiveModel {
    let PartyCommittee { id, office, organisation, congress, from, to, instrument, version } = committee;
    row::ActiveModel {
        id: Set((*id).into()),
        office_id: Set((*office).into()),
        organisation_id: Set((*organisation).into()),
        congress: Set(congress.clone()),
        from_day: Set(from.0),
        to_day: Set(days::column(*to)),
        instrument: Set(serde_json::json!(instrument)),
        version: Set(version.0),
    }
}

fn seat_model(seat: &PartySeat) -> Result<seat::ActiveModel, DbErr> {
    Ok(seat::ActiveModel {
        id: Set(seat.id.into()),
        office_id: Set(seat.office.into()),
        committee_id: Set(seat.committee.into()),
        member_id: Set(seat.member.into()),
        post: Set(word(&seat.post)?),
        manner: Set(word(&seat.manner)?),
        from_day: Set(seat.from.0),
        to_day: Set(days::column(seat.to)),
        instrument: Set(serde_json::json!(seat.instrument)),
        ended_by: Set(seat.ended_by.as_ref().map(|by| serde_json::json!(by))),
        version: Set(seat.version.0),
    })
}
