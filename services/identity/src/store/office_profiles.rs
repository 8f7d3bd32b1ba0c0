//! What offices say of themselves. Everyone signed in may read it: it is part of the directory of addressees.

use schema_identity::{DayHours, OfficeEmblem, OfficeProfile};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, sea_query::OnConflict,
};
use uuid::Uuid;
use wire::{Instant, Version, id::OfficeId};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "office_profile")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub office_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub version: i64,
        pub address: Option<String>,
        pub telephone: Option<String>,
        pub email: Option<String>,
        pub hours: Json,
        pub emblem: Option<String>,
        pub at: i64,
        pub by_person: Option<Uuid>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod picture {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "office_emblem")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub office_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub sha256: String,
        pub png: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The newest versions of an office, newest first.
pub(crate) async fn newest(
    db: &impl ConnectionTrait,
    office: OfficeId,
    limit: u64,
) -> Result<Vec<OfficeProfile>, DbErr> {
    let query = row::Entity::find().filter(row::Column::OfficeId.eq(Uuid::from(office)));
    let rows = query.order_by_desc(row::Column::Version).limit(limit).all(db).await?;
    rows.into_iter().map(noun).collect()
}

/// Writes a new version down.
pub(crate) async fn insert(tx: &DatabaseTransaction, profile: &OfficeProfile) -> Result<(), DbErr> {
    let OfficeProfile { id, address, telephone, email, hours, emblem, version, at, by } = profile;
    let row = row::ActiveModel {
        office_id: Set((*id).into()),
        version: Set(version.0),
        address: Set(address.clone()),
        telephone: Set(telephone.clone()),
        email: Set(email.clone()),
        hours: Set(serde_json::to_value(hours).map_err(|error| DbErr::Type(error.to_string()))?),
        emblem: Set(emblem.clone()),
        at: Set(at.map_or(0, Instant::micros)),
        by_person: Set(by.map(Into::into)),
    };
    row::Entity::insert(row).exec_without_returning(tx).await.map(|_| ())
}

/// Keeps a picture; one that is there already stays.
pub(crate) async fn keep(tx: &DatabaseTransaction, office: OfficeId, emblem: &OfficeEmblem) -> Result<(), DbErr> {
    let OfficeEmblem { sha256, png } = emblem;
    let row =
        picture::ActiveModel { office_id: Set(office.into()), sha256: Set(sha256.clone()), png: Set(png.clone()) };
    let mut there = OnConflict::columns([picture::Column::OfficeId, picture::Column::Sha256]);
    // Something is written, so that both databases count a row.
    there.update_column(picture::Column::Png);
    picture::Entity::insert(row).on_conflict(there).exec_without_returning(tx).await.map(|_| ())
}

/// The picture of an office with this hash.
pub(crate) async fn emblem(
    db: &impl ConnectionTrait,
    office: OfficeId,
    sha256: &str,
) -> Result<Option<OfficeEmblem>, DbErr> {
    let found = picture::Entity::find_by_id((office.into(), sha256.to_owned())).one(db).await?;
    Ok(found.map(|picture::Model { office_id: _, sha256, png }| OfficeEmblem { sha256, png }))
}

fn noun(row: row::Model) -> Result<OfficeProfile, DbErr> {
    let row::Model { office_id, version, address, telephone, email, hours, emblem, at, by_person } = row;
    let hours: Vec<DayHours> = serde_json::from_value(hours).map_err(|error| DbErr::Type(error.to_string()))?;
    Ok(OfficeProfile {
        id: office_id.into(),
        address,
        telephone,
        email,
        hours,
        emblem,
        version: Version(version),
        at: Some(Instant::from_micros(at)),
        by: by_person.map(Into::into),
    })
}
