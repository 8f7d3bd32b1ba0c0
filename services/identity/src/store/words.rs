//! The words of the names of units, so that a rare word is found without going through all names.

use std::collections::BTreeSet;

use schema_identity::UnitHistory;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QuerySelect,
    QueryTrait,
    sea_query::{OnConflict, SelectStatement},
};

/// More units than this with a word, and going through the names in their order finds a page of them sooner.
const RARE: u64 = 1_000;

mod word {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "unit_word")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub word: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit_id: Uuid,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The units of which a name, on whatever day, has a word that begins with the rarest of these; nothing when none of
/// them is rare.
pub(crate) async fn rarest(db: &impl ConnectionTrait, words: &[String]) -> Result<Option<SelectStatement>, DbErr> {
    let mut rarest: Option<(usize, &String)> = None;
    for word in words {
        let query = word::Entity::find().select_only().column(word::Column::Word).filter(begins(word)).limit(RARE + 1);
        let found = query.into_tuple::<String>().all(db).await?.len();
        if found as u64 <= RARE && rarest.is_none_or(|(least, _)| found < least) {
            rarest = Some((found, word));
        }
    }
    let units = |word: &String| {
        let query = word::Entity::find().select_only().column(word::Column::UnitId).filter(begins(word));
        query.into_query()
    };
    Ok(rarest.map(|(_, word)| units(word)))
}

/// Words from this one on, until before the first that does not begin with it: the column is in the order of its bytes.
fn begins(word: &str) -> Condition {
    let last = format!("{word}{}", char::MAX);
    Condition::all().add(word::Column::Word.gte(word)).add(word::Column::Word.lt(last))
}

/// Writes down the words of units that are not written down yet. Words of a name that was replaced stay: they find a
/// unit whose names are looked at again.
pub(crate) async fn insert(tx: &DatabaseTransaction, units: &[UnitHistory]) -> Result<(), DbErr> {
    let of =
        |unit: &UnitHistory| -> BTreeSet<String> { unit.spans.iter().flat_map(|span| words_of(&span.name)).collect() };
    let rows = units.iter().flat_map(|unit| {
        let row = |word| word::ActiveModel { word: Set(word), unit_id: Set(unit.id.into()) };
        of(unit).into_iter().map(row)
    });
    let rows: Vec<word::ActiveModel> = rows.collect();
    if rows.is_empty() {
        return Ok(());
    }
    let known = OnConflict::columns([word::Column::Word, word::Column::UnitId]).do_nothing().to_owned();
    word::Entity::insert_many(rows).on_conflict(known).exec_without_returning(tx).await.map(|_| ())
}

fn words_of(name: &str) -> Vec<String> {
    text::fold(name).split_whitespace().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use db::{Db, DbSettings};
    use sea_orm::ConnectionTrait as _;
    use sea_orm_migration::MigrationTrait;
    use wire::Day;

    use super::super::{migrations, units};

    /// The migrations of before there were words.
    fn wordless() -> Vec<Box<dyn MigrationTrait>> {
        migrations::all().into_iter().filter(|migration| migration.name() != "m006_unit_words").collect()
    }

    async fn filled(db: Db) {
        db.migrate(wordless).await.unwrap();
        let tx = db.begin().await.unwrap();
        let uuid = match tx.get_database_backend() {
            sea_orm::DatabaseBackend::Postgres => "'00000000-0000-0000-0000-000000000007'",
            _ => "X'00000000000000000000000000000007'",
        };
        let insert = format!(
            "INSERT INTO unit_version (unit_id, office_id, from_day, name, folded)
             VALUES ({uuid}, {uuid}, '2025-07-01', 'Tổ Tiếp dân', 'to tiep dan')"
        );
        tx.execute_unprepared(&insert).await.unwrap();
        tx.commit().await.unwrap();
        db.migrate(migrations::all).await.unwrap();
        let found = async |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            let day = Day::new(2026, 1, 1).unwrap();
            let filter = units::Filter { words, begins: None, office: None, among: None, day, after: None, limit: 9 };
            units::find(db.reader(), filter).await.unwrap().len()
        };
        for (words, expected) in [(&["tiep"][..], 1), (&["ti", "d"], 1), (&["tie", "xa"], 0), (&["iep"], 0)] {
            assert_eq!(found(words).await, expected, "{words:?}");
        }
        db.close().await;
    }

    #[tokio::test]
    async fn units_of_before_are_found_by_their_words_on_sqlite() {
        let folder = testbed::dir::temp().unwrap();
        filled(Db::open(&Db::file(&folder.path().join("identity.db"))).await.unwrap()).await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn units_of_before_are_found_by_their_words_on_postgresql() {
        let database = testbed::postgres::database().await.unwrap();
        let settings = DbSettings { url: database.url().to_owned(), ..DbSettings::default() };
        filled(Db::open(&settings).await.unwrap()).await;
    }
}
