//! Lines of registers of past years.

use std::collections::BTreeSet;

use schema_documents::{ListOldPapers, OldPaper};
use sea_orm::{
    Condition, FromJsonQueryResult, IntoActiveModel, QueryOrder, QuerySelect, TryInsertResult, entity::prelude::*,
};
use serde::{Deserialize, Serialize};
use service::{InScope, Scope};
use wire::{Day, id::OfficeId};

use super::{found, word};
use crate::domain::{old_register::Key, searching};

/// Lines of one statement: each has thirteen values, and a statement has room for 32,766.
const AT_ONCE: usize = 500;

/// A line.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "old_paper")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    office_id: Uuid,
    kind: String,
    year: i64,
    series: String,
    number_key: String,
    number: String,
    book: String,
    day: Option<TimeDate>,
    particulars: Particulars,
    search: String,
    register_id: Uuid,
    row_number: i64,
}

/// The line as it is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Particulars(OldPaper);

/// Lines are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Adds lines that are not there yet, and says how many were added.
pub(crate) async fn add(conn: &impl ConnectionTrait, lines: Vec<(Uuid, Key, OldPaper)>) -> Result<u64, DbErr> {
    let mut added = 0;
    for batch in lines.chunks(AT_ONCE) {
        let rows = batch.iter().map(|(id, key, paper)| row(*id, key, paper).into_active_model().reset_all());
        let key = [Column::OfficeId, Column::Kind, Column::Year, Column::Series, Column::NumberKey];
        match Entity::insert_many(rows).on_conflict_do_nothing_on(key).exec_without_returning(conn).await? {
            TryInsertResult::Inserted(count) => added += count,
            TryInsertResult::Empty | TryInsertResult::Conflicted => {}
        }
    }
    Ok(added)
}

fn row(id: Uuid, (year, series, number_key): &Key, paper: &OldPaper) -> Model {
    Model {
        id,
        office_id: paper.office.into(),
        kind: word::of(paper.kind),
        year: (*year).into(),
        series: series.clone(),
        number_key: number_key.clone(),
        number: paper.number.clone(),
        book: paper.book.clone(),
        day: paper.day.or(paper.document_day).map(|Day(day)| day),
        search: search(paper),
        particulars: Particulars(paper.clone()),
        register_id: paper.from.into(),
        row_number: paper.row.into(),
    }
}

/// The words that a line is found by.
fn search(paper: &OldPaper) -> String {
    let words = [&paper.symbol, &paper.author_body, &paper.genre_name, &paper.summary, &paper.signatory];
    let others = [&paper.recipients, &paper.kept, &paper.note];
    let words = words.into_iter().chain(others).flatten().map(String::as_str);
    searching::line([paper.number.as_str(), paper.book.as_str()].into_iter().chain(words))
}

/// Those of these keys that are there.
pub(crate) async fn known(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    (office, kind): (OfficeId, schema_documents::RegisterKind),
    years: &BTreeSet<i32>,
) -> Result<BTreeSet<Key>, DbErr> {
    let found: Vec<(i64, String, String)> = Entity::find()
        .select_only()
        .column(Column::Year)
        .column(Column::Series)
        .column(Column::NumberKey)
        .in_scope(scope, Column::OfficeId)
        .filter(Column::OfficeId.eq(Uuid::from(office)))
        .filter(Column::Kind.eq(word::of(kind)))
        .filter(Column::Year.is_in(years.iter().map(|year| i64::from(*year))))
        .into_tuple()
        .all(conn)
        .await?;
    let key = |(year, series, number): (i64, String, String)| Some((i32::try_from(year).ok()?, series, number));
    Ok(found.into_iter().filter_map(key).collect())
}

/// Lines as asked for, the latest year first; `after` is the year and the id of the last one of the page before.
pub(crate) async fn list(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    call: &ListOldPapers,
    after: Option<(i64, Uuid)>,
    limit: u64,
) -> Result<Vec<(Uuid, OldPaper)>, DbErr> {
    let mut query =
        Entity::find().in_scope(scope, Column::OfficeId).filter(found::by(Column::Search, call.q.as_deref()));
    if let Some(kind) = call.kind {
        query = query.filter(Column::Kind.eq(word::of(kind)));
    }
    if let Some(year) = call.year {
        query = query.filter(Column::Year.eq(i64::from(year)));
    }
    if let Some((year, id)) = after {
        let within = Condition::all().add(Column::Year.eq(year)).add(Column::Id.gt(id));
        query = query.filter(Condition::any().add(Column::Year.lt(year)).add(within));
    }
    let rows = query.order_by_desc(Column::Year).order_by_asc(Column::Id).limit(limit).all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.particulars.0)).collect())
}
