//! The one row that counts: how many changes there were, and how often a rebuild was asked for.

use sea_orm::{DatabaseTransaction, ExprTrait as _, QuerySelect as _, entity::prelude::*, sea_query::Expr};

/// The only row's id.
const ONE: i64 = 1;

/// The ledger.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ledger")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    id: i64,
    /// The number of the last change.
    pub(crate) change: i64,
    /// How often a rebuild was asked for.
    pub(crate) asked: i64,
}

/// The ledger is joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// How the ledger stands.
pub(crate) async fn read(conn: &impl ConnectionTrait) -> Result<Model, DbErr> {
    Entity::find_by_id(ONE).one(conn).await?.ok_or_else(|| DbErr::RecordNotFound("the ledger".into()))
}

/// The number of the next change. Whoever takes one holds the row until the end of the transaction, so that numbers are
/// seen in the order in which they were given and a reader that has seen one has seen all before it.
pub(crate) async fn next_change(tx: &DatabaseTransaction) -> Result<i64, DbErr> {
    add(tx, Column::Change).await?;
    let change = Entity::find_by_id(ONE).select_only().column(Column::Change).into_tuple::<i64>().one(tx).await?;
    change.ok_or_else(|| DbErr::RecordNotFound("the ledger".into()))
}

/// Notes that a rebuild was asked for.
pub(crate) async fn ask(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    add(tx, Column::Asked).await
}

async fn add(tx: &DatabaseTransaction, column: Column) -> Result<(), DbErr> {
    let update = Entity::update_many().col_expr(column, Expr::col(column).add(1_i64));
    update.filter(Column::Id.eq(ONE)).exec(tx).await.map(|_| ())
}
