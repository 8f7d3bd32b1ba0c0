//! Steps from predecessors to successors, and the dated reach of offices over the rows of those that have ended.

use std::collections::{BTreeMap, BTreeSet};

use schema_identity::Share;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;
use wire::{Day, id::OfficeId};

use super::days;
use crate::domain::lineage::{self, Step};

/// What the steps are about: offices and units have steps of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Noun {
    /// Offices.
    Office,
    /// Units.
    Unit,
    /// Party organisations.
    PartyOrganisation,
}

mod step {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "lineage")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub noun: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub predecessor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub successor_id: Uuid,
        pub day: TimeDate,
        pub share: String,
        pub instrument: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod reach {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "office_reach")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub ancestor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub office_id: Uuid,
        pub from_day: TimeDate,
        pub to_day: Option<TimeDate>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// All steps onward from these, however far: one query for each generation.
pub(crate) async fn onward<I: Copy + Ord + From<Uuid> + Into<Uuid>>(
    db: &impl ConnectionTrait,
    noun: Noun,
    starts: impl IntoIterator<Item = I>,
) -> Result<Vec<Step<I>>, DbErr> {
    let mut waiting: BTreeSet<Uuid> = starts.into_iter().map(Into::into).collect();
    let (mut seen, mut steps) = (waiting.clone(), Vec::new());
    while !waiting.is_empty() {
        let of = step::Column::PredecessorId.is_in(std::mem::take(&mut waiting));
        let query = step::Entity::find().filter(step::Column::Noun.eq(word(noun))).filter(of);
        for found in query.all(db).await? {
            if seen.insert(found.successor_id) {
                waiting.insert(found.successor_id);
            }
            steps.push(part(found)?);
        }
    }
    Ok(steps)
}

/// The steps right away from these.
pub(crate) async fn from<I: From<Uuid> + Into<Uuid>>(
    db: &impl ConnectionTrait,
    noun: Noun,
    predecessors: impl IntoIterator<Item = I>,
) -> Result<Vec<Step<I>>, DbErr> {
    let of = step::Column::PredecessorId.is_in(predecessors.into_iter().map(Into::into));
    let query = step::Entity::find().filter(step::Column::Noun.eq(word(noun))).filter(of);
    query.all(db).await?.into_iter().map(part).collect()
}

/// Whether an act has named successors of this one.
pub(crate) async fn is_succeeded(tx: &DatabaseTransaction, noun: Noun, id: impl Into<Uuid>) -> Result<bool, DbErr> {
    let query = step::Entity::find()
        .filter(step::Column::Noun.eq(word(noun)))
        .filter(step::Column::PredecessorId.eq(id.into()));
    Ok(query.limit(1).one(tx).await?.is_some())
}

/// Whether an act needs one of these to stand until a day or longer: as a successor on that day, or as a predecessor
/// that ends later.
pub(crate) async fn needs_until(
    tx: &DatabaseTransaction,
    noun: Noun,
    ids: impl IntoIterator<Item = Uuid>,
    day: Day,
) -> Result<bool, DbErr> {
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let ends =
        Condition::all().add(step::Column::PredecessorId.is_in(ids.iter().copied())).add(step::Column::Day.gt(day.0));
    let begins = Condition::all().add(step::Column::SuccessorId.is_in(ids)).add(step::Column::Day.gte(day.0));
    let query =
        step::Entity::find().filter(step::Column::Noun.eq(word(noun))).filter(Condition::any().add(ends).add(begins));
    Ok(query.limit(1).one(tx).await?.is_some())
}

/// Writes the steps of an act down.
pub(crate) async fn insert<I: Copy + Into<Uuid>>(
    tx: &DatabaseTransaction,
    noun: Noun,
    steps: &[Step<I>],
) -> Result<(), DbErr> {
    let rows = steps.iter().map(|step| step::ActiveModel {
        noun: Set(word(noun).to_owned()),
        predecessor_id: Set(step.predecessor.into()),
        successor_id: Set(step.successor.into()),
        day: Set(step.day.0),
        share: Set(share_word(step.share).to_owned()),
        instrument: Set(step.instrument.clone()),
    });
    step::Entity::insert_many(rows).exec_without_returning(tx).await.map(|_| ())
}

/// Brings the dated reach up to date after an act that ended these offices: who reaches their rows, and the rows that
/// they had come to reach themselves.
pub(crate) async fn reach_anew(tx: &DatabaseTransaction, ended: &[OfficeId]) -> Result<(), DbErr> {
    let ended: BTreeSet<Uuid> = ended.iter().map(|office| (*office).into()).collect();
    let query = reach::Entity::find().filter(reach::Column::AncestorId.is_in(ended.iter().copied()));
    let before = query.all(tx).await?.into_iter().map(|row| row.office_id);
    let offices: BTreeSet<Uuid> = before.chain(ended).collect();
    let steps: Vec<Step<Uuid>> = onward(tx, Noun::Office, offices.iter().copied()).await?;
    let of = reach::Column::OfficeId.is_in(offices.iter().copied());
    reach::Entity::delete_many().filter(of).exec(tx).await?;
    let lines = offices.into_iter().flat_map(|office| lineage::inherited(office, &steps));
    let rows = lines.map(|line| reach::ActiveModel {
        ancestor_id: Set(line.heir),
        office_id: Set(line.office),
        from_day: Set(line.from.0),
        to_day: Set(days::column(line.to)),
    });
    reach::Entity::insert_many(rows).exec_without_returning(tx).await.map(|_| ())
}

/// The ended offices whose rows each of these offices reaches on a day.
pub(crate) async fn inherited(
    db: &impl ConnectionTrait,
    offices: impl IntoIterator<Item = OfficeId>,
    day: Day,
) -> Result<BTreeMap<OfficeId, Vec<OfficeId>>, DbErr> {
    let offices: Vec<Uuid> = offices.into_iter().map(Uuid::from).collect();
    if offices.is_empty() {
        return Ok(BTreeMap::new());
    }
    let query = reach::Entity::find()
        .filter(reach::Column::AncestorId.is_in(offices))
        .filter(days::in_force(reach::Column::FromDay, reach::Column::ToDay, day))
        .order_by_asc(reach::Column::OfficeId);
    let mut inherited: BTreeMap<OfficeId, Vec<OfficeId>> = BTreeMap::new();
    for row in query.all(db).await? {
        inherited.entry(row.ancestor_id.into()).or_default().push(row.office_id.into());
    }
    Ok(inherited)
}

fn word(noun: Noun) -> &'static str {
    match noun {
        Noun::Office => "office",
        Noun::Unit => "unit",
        Noun::PartyOrganisation => "party_organisation",
    }
}

/// How a share is written.
pub(crate) fn share_word(share: Share) -> &'static str {
    match share {
        Share::Whole => "whole",
        Share::MainPart => "main_part",
        Share::Part => "part",
    }
}

fn part<I: From<Uuid>>(row: step::Model) -> Result<Step<I>, DbErr> {
    let step::Model { noun: _, predecessor_id, successor_id, day, share, instrument } = row;
    let share = match share.as_str() {
        "whole" => Share::Whole,
        "main_part" => Share::MainPart,
        "part" => Share::Part,
        other => return Err(DbErr::Type(format!("a step of {predecessor_id} has the unknown share `{other}`"))),
    };
    let (predecessor, successor) = (predecessor_id.into(), successor_id.into());
    Ok(Step { predecessor, successor, day: Day(day), share, instrument })
}
