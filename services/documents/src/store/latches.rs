//! Latches: whoever touches a name first makes every other writer of that name wait until the transaction ends.
//!
//! A row lock cannot hold what is not there yet; a latch is the row that is there. It is taken before anything is looked
//! up, so that two clerks who enter the same paper at the same moment see each other.

use sea_orm::{Set, entity::prelude::*, sea_query::OnConflict};
use service::{InScope, Scope};
use wire::id::OfficeId;

/// A name that someone has latched.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "latch")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    office_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    name: String,
}

/// Latches are joined with nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Takes latches in the order of their names, so that two writers never wait for each other crosswise.
pub(crate) async fn take(conn: &impl ConnectionTrait, office: OfficeId, mut names: Vec<String>) -> Result<(), DbErr> {
    names.sort();
    names.dedup();
    for name in names {
        let row = ActiveModel { office_id: Set(office.into()), name: Set(name) };
        // Writing the name over itself locks the row that is there.
        let over = OnConflict::columns([Column::OfficeId, Column::Name]).update_column(Column::Name).to_owned();
        Entity::insert(row).on_conflict(over).exec_without_returning(conn).await?;
    }
    Ok(())
}

/// Deletes latches whose names would tell what nobody is to know any more. One after another in the order of their
/// names, as they are taken: whoever waits for one of them makes it anew.
pub(crate) async fn remove(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    office: OfficeId,
    mut names: Vec<String>,
) -> Result<(), DbErr> {
    names.sort();
    for name in names {
        Entity::delete_many()
            .in_scope(scope, Column::OfficeId)
            .filter(Column::OfficeId.eq(Uuid::from(office)))
            .filter(Column::Name.eq(name))
            .exec(conn)
            .await?;
    }
    Ok(())
}
