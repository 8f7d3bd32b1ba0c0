//! The papers that opening acts bring: one row for each row of the spreadsheet that is to be entered.

use schema_documents::{OpeningAct, RegisterIncoming};
use sea_orm::{
    FromJsonQueryResult, QueryOrder, QuerySelect, Set,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait as _},
};
use serde::{Deserialize, Serialize};
use service::{InScope, Scope};
use wire::id::{IncomingId, OpeningActId, RegisterId};

use super::incoming_row;
use crate::domain::papers::Paper;

/// Rows that one statement writes or asks for.
const AT_ONCE: usize = 500;

/// A paper.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "opening_paper")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    act_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    row_number: i64,
    office_id: Uuid,
    register_id: Uuid,
    number: i64,
    document: Document,
    incoming_id: Option<Uuid>,
    done: bool,
}

/// The order to register it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Document(RegisterIncoming);

/// Papers are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A paper that a job has to do with.
#[derive(Clone, Debug)]
pub(crate) struct Waiting {
    /// The row of the spreadsheet.
    pub(crate) row: i64,
    /// Its register and number.
    pub(crate) place: (RegisterId, i64),
    /// The order to register it.
    pub(crate) order: RegisterIncoming,
    /// The document made of it.
    pub(crate) incoming: Option<IncomingId>,
}

/// Keeps the papers of an act.
pub(crate) async fn insert(
    conn: &impl ConnectionTrait,
    act: &OpeningAct,
    papers: Vec<(RegisterId, Paper)>,
) -> Result<(), DbErr> {
    for batch in papers.chunks(AT_ONCE) {
        let rows = batch.iter().map(|(register, paper)| ActiveModel {
            act_id: Set(act.id.into()),
            row_number: Set(paper.row.into()),
            office_id: Set(act.office.into()),
            register_id: Set((*register).into()),
            number: Set(paper.number),
            document: Set(Document(paper.order.clone())),
            incoming_id: Set(None),
            done: Set(false),
        });
        Entity::insert_many(rows).exec_without_returning(conn).await?;
    }
    Ok(())
}

/// The next papers of an act that are (not) done with, in order of rows.
pub(crate) async fn next(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    act: OpeningActId,
    done: bool,
    limit: u64,
) -> Result<Vec<Waiting>, DbErr> {
    let query = Entity::find().in_scope(scope, Column::OfficeId).filter(Column::ActId.eq(Uuid::from(act)));
    let query = query.filter(Column::Done.eq(done)).order_by_asc(Column::RowNumber).limit(limit);
    let waiting = |row: Model| Waiting {
        row: row.row_number,
        place: (RegisterId(row.register_id), row.number),
        order: row.document.0,
        incoming: row.incoming_id.map(IncomingId),
    };
    Ok(query.all(conn).await?.into_iter().map(waiting).collect())
}

/// Writes down that a paper is (not) done with, and the document made of it.
pub(crate) async fn mark(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    (act, row): (OpeningActId, i64),
    incoming: Option<IncomingId>,
    done: bool,
) -> Result<(), DbErr> {
    Entity::update_many()
        .in_scope(scope, Column::OfficeId)
        .col_expr(Column::Done, Expr::value(done))
        .col_expr(Column::IncomingId, Expr::value(incoming.map(Uuid::from)))
        .filter(Column::ActId.eq(Uuid::from(act)))
        .filter(Column::RowNumber.eq(row))
        .exec(conn)
        .await
        .map(|_| ())
}

/// The register of a paper of an act whose document was changed since, or which somebody has.
pub(crate) async fn worked_on(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    act: OpeningActId,
) -> Result<Option<RegisterId>, DbErr> {
    let query = Entity::find().select_only().column(Column::IncomingId).in_scope(scope, Column::OfficeId);
    let query = query.filter(Column::ActId.eq(Uuid::from(act))).filter(Column::IncomingId.is_not_null());
    let made: Vec<Uuid> = query.into_tuple().all(conn).await?;
    for batch in made.chunks(AT_ONCE) {
        let changed = incoming_row::Column::Version.ne(1).or(incoming_row::Column::Assigned.eq(true));
        let found: Option<Uuid> = incoming_row::Entity::find()
            .select_only()
            .column(incoming_row::Column::RegisterId)
            .in_scope(scope, incoming_row::Column::OfficeId)
            .filter(incoming_row::Column::Id.is_in(batch.iter().copied()))
            .filter(changed)
            .limit(1)
            .into_tuple()
            .one(conn)
            .await?;
        if let Some(register) = found {
            return Ok(Some(RegisterId(register)));
        }
    }
    Ok(None)
}
