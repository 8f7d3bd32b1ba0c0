//! Party members and their memberships. Lists go by the offices of the cells; a member is read whole and shown in part.

use std::collections::BTreeMap;

use schema_identity::{PartyIntroduction, PartyLeaving, PartyMember, PartyMembership, PartyNewcomer, PartyRollEntry};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait as _,
    sea_query::{Expr, ExprTrait as _},
};
use service::{InScope as _, Scope};
use uuid::Uuid;
use wire::{
    Day, Version,
    id::{PartyMemberId, PartyMembershipId, PartyOrganisationId, PersonId},
};

use super::{
    days,
    delegations::{read, word},
    names,
};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "party_member")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub office_id: Uuid,
        pub person_id: Option<Uuid>,
        pub full_name: String,
        pub folded: String,
        pub admitted: TimeDate,
        pub official: Option<TimeDate>,
        pub introduced_office_id: Option<Uuid>,
        pub introduced_by: Option<Json>,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod held {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "party_membership")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub office_id: Uuid,
        pub member_id: Uuid,
        pub organisation_id: Uuid,
        pub folded: String,
        pub kind: String,
        pub from_day: TimeDate,
        pub to_day: Option<TimeDate>,
        pub instrument: Option<Json>,
        pub leaving: Option<String>,
        pub left_by: Option<Json>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Which members a list shows.
pub(crate) struct Filter {
    /// Only those of this cell.
    pub(crate) organisation: Option<PartyOrganisationId>,
    /// Folded words of the name.
    pub(crate) words: Vec<String>,
    /// The day whose memberships count.
    pub(crate) day: Day,
    /// Only those after this folded name and id of a membership.
    pub(crate) after: Option<(String, Uuid)>,
    /// At most this many.
    pub(crate) limit: u64,
}

/// Who belongs to cells in scope on a day, by name, each with the id of the membership.
pub(crate) async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: Filter,
) -> Result<Vec<(PartyMembershipId, PartyRollEntry)>, DbErr> {
    let Filter { organisation, words, day, after, limit } = filter;
    let condition = Condition::all()
        .add(days::in_force(held::Column::FromDay, held::Column::ToDay, day))
        .add(names::hold(held::Column::Folded, &words))
        .add_option(organisation.map(|cell| held::Column::OrganisationId.eq(Uuid::from(cell))))
        .add_option(after.map(|(name, id)| later(held::Column::Folded, held::Column::Id, &name, id)));
    let query = held::Entity::find().in_scope(scope, held::Column::OfficeId).filter(condition);
    let query = query.order_by_asc(held::Column::Folded).order_by_asc(held::Column::Id).limit(limit);
    let found = query.all(db).await?;
    let rows = row::Entity::find().filter(row::Column::Id.is_in(found.iter().map(|held| held.member_id)));
    let members: BTreeMap<Uuid, row::Model> = rows.all(db).await?.into_iter().map(|row| (row.id, row)).collect();
    let entry = |held: held::Model| {
        let row = members.get(&held.member_id)?.clone();
        Some(membership(held).map(|held| {
            let PartyMembership { id, organisation, kind, from, to, .. } = held;
            let (admitted, official) = (Day(row.admitted), days::day(row.official));
            let (member, full_name) = (row.id.into(), row.full_name);
            (id, PartyRollEntry { id: member, full_name, admitted, official, organisation, kind, from, to })
        }))
    };
    found.into_iter().filter_map(entry).collect()
}

fn later<C: ColumnTrait>(folded: C, id: C, name: &str, after: Uuid) -> Condition {
    Condition::any().add(folded.gt(name)).add(Condition::all().add(folded.eq(name)).add(id.gt(after)))
}

/// Who was introduced to offices in scope, by name.
pub(crate) async fn introduced(
    db: &impl ConnectionTrait,
    scope: &Scope,
    after: Option<(String, Uuid)>,
    limit: u64,
) -> Result<Vec<PartyNewcomer>, DbErr> {
    let after = after.map(|(name, id)| later(row::Column::Folded, row::Column::Id, &name, id));
    let query = row::Entity::find()
        .in_scope(scope, row::Column::IntroducedOfficeId)
        .filter(row::Column::IntroducedOfficeId.is_not_null())
        .filter(Condition::all().add_option(after))
        .order_by_asc(row::Column::Folded)
        .order_by_asc(row::Column::Id)
        .limit(limit);
    let newcomer = |row: row::Model| {
        Ok(PartyNewcomer {
            id: row.id.into(),
            full_name: row.full_name,
            admitted: Day(row.admitted),
            official: days::day(row.official),
            instrument: read(row.introduced_by.unwrap_or_default(), row.id)?,
        })
    };
    query.all(db).await?.into_iter().map(newcomer).collect()
}

/// One member with all memberships, whoever asks.
pub(crate) async fn get(db: &impl ConnectionTrait, id: PartyMemberId) -> Result<Option<PartyMember>, DbErr> {
    let rows = row::Entity::find_by_id(Uuid::from(id)).all(db).await?;
    Ok(whole(db, rows).await?.pop())
}

/// As [`get`], locked until the transaction ends.
pub(crate) async fn lock(tx: &DatabaseTransaction, id: PartyMemberId) -> Result<Option<PartyMember>, DbErr> {
    let rows = service::lock(row::Entity::find_by_id(Uuid::from(id))).all(tx).await?;
    Ok(whole(tx, rows).await?.pop())
}

/// Whether a person is on a roll, wherever.
pub(crate) async fn is_entered(tx: &DatabaseTransaction, person: PersonId) -> Result<bool, DbErr> {
    let query = row::Entity::find().filter(row::Column::PersonId.eq(Uuid::from(person)));
    Ok(query.limit(1).one(tx).await?.is_some())
}

/// The members who belong to a cell on a day or later, locked, in order of id.
pub(crate) async fn reaching(
    tx: &DatabaseTransaction,
    cell: PartyOrganisationId,
    day: Day,
    limit: u64,
) -> Result<Vec<PartyMember>, DbErr> {
    // Rows without a day are no membership any more.
    let (from, to) = (Expr::col(held::Column::FromDay), Expr::col(held::Column::ToDay));
    let ends = Condition::all().add(held::Column::ToDay.gt(day.0)).add(to.gt(from));
    let lasts = Condition::any().add(held::Column::ToDay.is_null()).add(ends);
    let ids = held::Entity::find()
        .select_only()
        .column(held::Column::MemberId)
        .filter(held::Column::OrganisationId.eq(Uuid::from(cell)))
        .filter(lasts)
        .into_query();
    let query = row::Entity::find().filter(row::Column::Id.in_subquery(ids)).order_by_asc(row::Column::Id).limit(limit);
    let rows = service::lock(query).all(tx).await?;
    whole(tx, rows).await
}

/// The names of members.
pub(super) async fn names_of(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<BTreeMap<PartyMemberId, String>, DbErr> {
    let rows = row::Entity::find().filter(row::Column::Id.is_in(ids)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id.into(), row.full_name)).collect())
}

/// Members after an id, for snapshots.
pub(crate) async fn after(
    db: &impl ConnectionTrait,
    after: Option<Uuid>,
    limit: u16,
) -> Result<Vec<PartyMember>, DbErr> {
    let condition = Condition::all().add_option(after.map(|after| row::Column::Id.gt(after)));
    let query = row::Entity::find().filter(condition).order_by_asc(row::Column::Id).limit(u64::from(limit));
    whole(db, query.all(db).await?).await
}

/// Writes a new member down.
pub(crate) async fn insert(tx: &DatabaseTransaction, member: &PartyMember) -> Result<(), DbErr> {
    row::Entity::insert(model(member)).exec_without_returning(tx).await?;
    let held = member.memberships.iter().map(|held| held_model(member, held)).collect::<Result<Vec<_>, _>>()?;
    held::Entity::insert_many(held).exec_without_returning(tx).await.map(|_| ())
}

/// Writes a changed member down; `before` is what was read. Memberships are added and ended, never taken away.
pub(crate) async fn save(tx: &DatabaseTransaction, before: &PartyMember, member: &PartyMember) -> Result<(), DbErr> {
    row::Entity::update(model(member)).exec(tx).await?;
    let renamed = before.full_name != member.full_name;
    for held in &member.memberships {
        match before.memberships.iter().find(|old| old.id == held.id) {
            None => held::Entity::insert(held_model(member, held)?).exec_without_returning(tx).await.map(|_| ())?,
            Some(old) if old == held && !renamed => {}
            Some(_) => held::Entity::update(held_model(member, held)?).exec(tx).await.map(|_| ())?,
        }
    }
    Ok(())
}

async fn whole(db: &impl ConnectionTrait, rows: Vec<row::Model>) -> Result<Vec<PartyMember>, DbErr> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let query = held::Entity::find().filter(held::Column::MemberId.is_in(rows.iter().map(|row| row.id)));
    let query = query.order_by_asc(held::Column::FromDay).order_by_asc(held::Column::Id);
    let mut memberships: BTreeMap<Uuid, Vec<PartyMembership>> = BTreeMap::new();
    for found in query.all(db).await? {
        memberships.entry(found.member_id).or_default().push(membership(found)?);
    }
    let member = |row: row::Model| {
        let introduced = match (row.introduced_office_id, row.introduced_by) {
            (Some(office), Some(by)) => {
                Some(PartyIntroduction { office: office.into(), instrument: read(by, row.id)? })
            }
            _ => None,
        };
        Ok(PartyMember {
            id: row.id.into(),
            office: row.office_id.into(),
            person: row.person_id.map(Into::into),
            full_name: row.full_name,
            admitted: Day(row.admitted),
            official: days::day(row.official),
            introduced,
            memberships: memberships.remove(&row.id).unwrap_or_default(),
            version: Version(row.version),
        })
    };
    rows.into_iter().map(member).collect()
}

fn membership(row: held::Model) -> Result<PartyMembership, DbErr> {
    let left = match row.leaving {
        Some(way) => Some(PartyLeaving {
            way: read(serde_json::Value::String(way), row.id)?,
            instrument: row.left_by.map(|by| read(by, row.id)).transpose()?,
        }),
        None => None,
    };
    Ok(PartyMembership {
        id: row.id.into(),
        office: row.office_id.into(),
        organisation: row.organisation_id.into(),
        kind: read(serde_json::Value::String(row.kind), row.id)?,
        from: Day(row.from_day),
        to: days::day(row.to_day),
        instrument: row.instrument.map(|by| read(by, row.id)).transpose()?,
        left,
    })
}

fn model(member: &PartyMember) -> row::ActiveModel {
    let PartyMember { id, office, person, full_name, admitted, official, introduced, memberships: _, version } = member;
    row::ActiveModel {
        id: Set((*id).into()),
        office_id: Set((*office).into()),
        person_id: Set(person.map(Into::into)),
        full_name: Set(full_name.clone()),
        folded: Set(text::fold(full_name)),
        admitted: Set(admitted.0),
        official: Set(days::column(*official)),
        introduced_office_id: Set(introduced.as_ref().map(|to| to.office.into())),
        introduced_by: Set(introduced.as_ref().map(|to| serde_json::json!(to.instrument))),
        version: Set(version.0),
    }
}

fn held_model(member: &PartyMember, held: &PartyMembership) -> Result<held::ActiveModel, DbErr> {
    let PartyMembership { id, office, organisation, kind, from, to, instrument, left } = held;
    Ok(held::ActiveModel {
        id: Set((*id).into()),
        office_id: Set((*office).into()),
        member_id: Set(member.id.into()),
        organisation_id: Set((*organisation).into()),
        folded: Set(text::fold(&member.full_name)),
        kind: Set(word(kind)?),
        from_day: Set(from.0),
        to_day: Set(days::column(*to)),
        instrument: Set(instrument.as_ref().map(|by| serde_json::json!(by))),
        leaving: Set(left.as_ref().map(|left| word(&left.way)).transpose()?),
        left_by: Set(left.as_ref().and_then(|left| left.instrument.as_ref()).map(|by| serde_json::json!(by))),
    })
}
