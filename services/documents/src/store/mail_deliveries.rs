//! Files by which mail came: a file that was taken is known until it has been removed from its folder.

use std::collections::BTreeSet;

use sea_orm::{QuerySelect, Set, entity::prelude::*, sea_query::OnConflict};
use service::{InScope, Scope};
use wire::{
    Instant,
    id::{MailId, OfficeId},
};

/// A file.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail_delivery")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    office_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    mark: String,
    mail_id: Uuid,
    at: i64,
}

/// Deliveries are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Notes a file under the keyed mark of its bytes; false when it was noted before.
pub(crate) async fn note(
    conn: &impl ConnectionTrait,
    office: OfficeId,
    (mark, mail): (&str, MailId),
    now: Instant,
) -> Result<bool, DbErr> {
    let row = ActiveModel {
        office_id: Set(office.into()),
        mark: Set(mark.to_owned()),
        mail_id: Set(mail.into()),
        at: Set(now.micros()),
    };
    let known = OnConflict::columns([Column::OfficeId, Column::Mark]).do_nothing().to_owned();
    Ok(Entity::insert(row).on_conflict(known).exec_without_returning(conn).await? == 1)
}

/// Those of these marks that are known.
pub(crate) async fn known(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    office: OfficeId,
    marks: Vec<String>,
) -> Result<BTreeSet<String>, DbErr> {
    let query = Entity::find().select_only().column(Column::Mark).in_scope(scope, Column::OfficeId);
    let query = query.filter(Column::OfficeId.eq(Uuid::from(office))).filter(Column::Mark.is_in(marks));
    Ok(query.into_tuple::<String>().all(conn).await?.into_iter().collect())
}
