//! What an import makes of each row of its spreadsheet: the mark of the import on units, people and positions.

use std::collections::BTreeSet;

use schema_identity::{DirectoryFault, DirectoryImport, DirectoryImportRow, DirectoryImportState, DirectoryRowState};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, Order as By, QueryFilter,
    QueryOrder, QuerySelect, Statement,
};
use serde_json::Value;
use service::{InScope as _, Scope};
use uuid::Uuid;
use wire::{
    Version,
    id::{DirectoryImportId, PersonId},
};

use super::directory_imports::{count, json, said, word};
use crate::domain::import_plan::Order;

/// Rows that one statement writes.
const AT_ONCE: usize = 500;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "directory_import_row")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub import_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub place: i64,
        pub office_id: Uuid,
        pub row_number: i64,
        pub item: Json,
        pub state: String,
        pub unit_id: Option<Uuid>,
        pub person_id: Option<Uuid>,
        pub person_version: Option<i64>,
        pub position_id: Option<Uuid>,
        pub appointment_id: Option<Uuid>,
        pub fault: Option<Json>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A row with its order.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// Its place in the order in which rows are done.
    pub(crate) place: i64,
    /// What is to be done.
    pub(crate) order: Order,
    /// The mark.
    pub(crate) mark: DirectoryImportRow,
    /// The version under which the person made of it was kept.
    pub(crate) person_version: Option<Version>,
}

/// Keeps the orders of an import.
pub(crate) async fn insert(
    tx: &DatabaseTransaction,
    import: &DirectoryImport,
    orders: &[(u32, Order)],
) -> Result<(), DbErr> {
    let waiting = word(DirectoryRowState::Waiting)?;
    let numbered: Vec<(i64, &(u32, Order))> = (0..).zip(orders).collect();
    for some in numbered.chunks(AT_ONCE) {
        let mut rows = Vec::with_capacity(some.len());
        for (place, (row, order)) in some {
            rows.push(row::ActiveModel {
                import_id: Set(import.id.into()),
                place: Set(*place),
                office_id: Set(import.office.into()),
                row_number: Set((*row).into()),
                item: Set(json(order)?),
                state: Set(waiting.clone()),
                unit_id: Set(None),
                person_id: Set(None),
                person_version: Set(None),
                position_id: Set(None),
                appointment_id: Set(None),
                fault: Set(None),
            });
        }
        row::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// The next rows of an import in this state: from the first on, or from the last back.
pub(crate) async fn next(
    tx: &DatabaseTransaction,
    scope: &Scope,
    id: DirectoryImportId,
    (state, by): (DirectoryRowState, By),
    limit: u64,
) -> Result<Vec<Item>, DbErr> {
    let query = row::Entity::find().in_scope(scope, row::Column::OfficeId);
    let query = query.filter(row::Column::ImportId.eq(Uuid::from(id))).filter(row::Column::State.eq(word(state)?));
    query.order_by(row::Column::Place, by).limit(limit).all(tx).await?.into_iter().map(item).collect()
}

/// The row of an import that a spreadsheet shows under this number.
pub(crate) async fn of_row(
    tx: &DatabaseTransaction,
    scope: &Scope,
    id: DirectoryImportId,
    number: u32,
) -> Result<Option<Item>, DbErr> {
    let query = row::Entity::find().in_scope(scope, row::Column::OfficeId);
    let query =
        query.filter(row::Column::ImportId.eq(Uuid::from(id))).filter(row::Column::RowNumber.eq(i64::from(number)));
    query.one(tx).await?.map(item).transpose()
}

/// The rows of an import after a place, in order, with their places.
pub(crate) async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: DirectoryImportId,
    after: Option<i64>,
    limit: u64,
) -> Result<Vec<Item>, DbErr> {
    let query = row::Entity::find().in_scope(scope, row::Column::OfficeId);
    let query = query.filter(row::Column::ImportId.eq(Uuid::from(id)));
    let query = after.into_iter().fold(query, |query, after| query.filter(row::Column::Place.gt(after)));
    query.order_by_asc(row::Column::Place).limit(limit).all(db).await?.into_iter().map(item).collect()
}

/// Keeps what became of a row.
pub(crate) async fn save(tx: &DatabaseTransaction, id: DirectoryImportId, item: &Item) -> Result<(), DbErr> {
    let DirectoryImportRow { row: _, state, unit, person, position, appointment, fault } = &item.mark;
    let row = row::ActiveModel {
        import_id: Set(id.into()),
        place: Set(item.place),
        state: Set(word(state)?),
        unit_id: Set(unit.map(Into::into)),
        person_id: Set(person.map(Into::into)),
        person_version: Set(item.person_version.map(|version| version.0)),
        position_id: Set(position.map(Into::into)),
        appointment_id: Set(appointment.map(Into::into)),
        fault: Set(fault.as_ref().map(json).transpose()?),
        ..Default::default()
    };
    row::Entity::update(row).exec(tx).await.map(|_| ())
}

/// The people whom imports of an office had made that were undone since.
pub(crate) async fn undone_people(db: &impl ConnectionTrait, scope: &Scope) -> Result<BTreeSet<PersonId>, DbErr> {
    let query = row::Entity::find()
        .select_only()
        .column(row::Column::PersonId)
        .in_scope(scope, row::Column::OfficeId)
        .filter(row::Column::State.eq(word(DirectoryRowState::Undone)?))
        .filter(row::Column::PersonId.is_not_null());
    let found: Vec<Uuid> = query.into_tuple().all(db).await?;
    Ok(found.into_iter().map(PersonId).collect())
}

/// What makes a row of an import used: a table, how it hangs on the row, and when it counts. Whatever the same import
/// made itself does not.
const USES: [(&str, &str, &str); 15] = [
    ("account", "x.person_id = r.person_id", "1 = 1"),
    ("person", "x.id = r.person_id", "x.version <> r.person_version"),
    ("appointment", "x.person_id = r.person_id", "(x.to_day IS NULL OR x.to_day > x.from_day) AND {others}"),
    ("appointment", "x.id = r.appointment_id", "x.version <> 1"),
    ("appointment", "x.position_id = r.position_id", "x.id <> r.appointment_id"),
    ("position", "x.id = r.position_id", "x.version <> 1"),
    ("delegation", "x.position_id = r.position_id", "1 = 1"),
    ("delegation", "x.deputy_id = r.person_id", "1 = 1"),
    ("absence", "x.position_id = r.position_id", "1 = 1"),
    ("handover", "x.position_id = r.position_id", "1 = 1"),
    ("reporting", "x.head_id = r.position_id", "1 = 1"),
    ("unit", "x.id = r.unit_id", "x.version <> 1"),
    ("unit_version", "x.parent_id = r.unit_id", "(x.to_day IS NULL OR x.to_day > x.from_day) AND {others}"),
    ("position", "x.unit_id = r.unit_id", "(x.to_day IS NULL OR x.to_day > x.from_day)"),
    ("lineage", "(x.predecessor_id = r.unit_id OR x.successor_id = r.unit_id)", "1 = 1"),
];

/// The first row of an import held in scope, of one row when that is given, that made something which is in use.
pub(crate) async fn used(
    tx: &DatabaseTransaction,
    import: &DirectoryImport,
    place: Option<i64>,
) -> Result<Option<u32>, DbErr> {
    for (table, hangs, counts) in USES {
        let made = if table == "unit_version" { "o.unit_id = x.unit_id" } else { "o.appointment_id = x.id" };
        let others = format!(
            "NOT EXISTS (SELECT 1 FROM directory_import_row o WHERE o.import_id = r.import_id AND {made} \
             AND o.state = 'made')"
        );
        let counts = counts.replace("{others}", &others);
        let find = format!(
            "SELECT r.row_number FROM directory_import_row r JOIN {table} x ON {hangs}
            WHERE r.import_id = $1 AND r.state = 'made' AND ($2 < 0 OR r.place = $2) AND {counts}
            ORDER BY r.row_number LIMIT 1"
        );
        let values = [Uuid::from(import.id).into(), place.unwrap_or(-1).into()];
        let statement = Statement::from_sql_and_values(tx.get_database_backend(), find, values);
        if let Some(found) = tx.query_one_raw(statement).await? {
            return count(found.try_get("", "row_number")?).map(Some);
        }
    }
    Ok(None)
}

/// The state that an import comes to when its job is done.
pub(crate) fn end_of(state: DirectoryImportState) -> DirectoryImportState {
    match state {
        DirectoryImportState::Applying => DirectoryImportState::Applied,
        DirectoryImportState::Undoing => DirectoryImportState::Undone,
        other => other,
    }
}

fn item(row: row::Model) -> Result<Item, DbErr> {
    let row::Model { place, row_number, item, state, unit_id, person_id, position_id, appointment_id, fault, .. } = row;
    let mark = DirectoryImportRow {
        row: count(row_number)?,
        state: said(Value::String(state))?,
        unit: unit_id.map(Into::into),
        person: person_id.map(Into::into),
        position: position_id.map(Into::into),
        appointment: appointment_id.map(Into::into),
        fault: fault.map(said::<DirectoryFault>).transpose()?,
    };
    Ok(Item { place, order: said(item)?, mark, person_version: row.person_version.map(Version) })
}
