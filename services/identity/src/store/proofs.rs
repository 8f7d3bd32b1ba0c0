//! What is known of a session beside its life: how it began, the device, when it was last heard of, until when it is
//! stepped up.

use schema_identity::{Method, MySession};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, Statement,
    sea_query::Expr,
};
use uuid::Uuid;
use wire::{
    Instant,
    id::{AccountId, SessionId},
};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "session_proof")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub session_id: Uuid,
        pub method: String,
        pub device: Option<String>,
        pub network: Option<String>,
        pub seen: i64,
        pub stepped_up_until: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Sessions shown to their owner at most.
const SHOWN: usize = 200;

/// Writes down how a new session began.
pub(crate) async fn insert(
    tx: &DatabaseTransaction,
    session: SessionId,
    method: Method,
    network: Option<String>,
    now: Instant,
    stepped_up_until: Instant,
) -> Result<(), DbErr> {
    let row = row::ActiveModel {
        session_id: Set(session.into()),
        method: Set(word(method).to_owned()),
        device: Set(None),
        network: Set(network),
        seen: Set(now.micros()),
        stepped_up_until: Set(stepped_up_until.micros()),
    };
    row::Entity::insert(row).exec_without_returning(tx).await.map(|_| ())
}

/// Writes down that a session was heard of.
pub(crate) async fn seen(
    tx: &DatabaseTransaction,
    session: SessionId,
    network: Option<String>,
    now: Instant,
) -> Result<(), DbErr> {
    let query = row::Entity::update_many().filter(row::Column::SessionId.eq(Uuid::from(session)));
    let query = query.col_expr(row::Column::Seen, Expr::value(now.micros()));
    query.col_expr(row::Column::Network, Expr::value(network)).exec(tx).await.map(|_| ())
}

/// Names the device of a session; tells whether there is such a row.
pub(crate) async fn name(tx: &DatabaseTransaction, session: SessionId, device: &str) -> Result<bool, DbErr> {
    let query = row::Entity::update_many().filter(row::Column::SessionId.eq(Uuid::from(session)));
    let changed = query.col_expr(row::Column::Device, Expr::value(device)).exec(tx).await?;
    Ok(changed.rows_affected == 1)
}

/// Until when a session is stepped up.
pub(crate) async fn stepped_up_until(db: &impl ConnectionTrait, session: SessionId) -> Result<Option<Instant>, DbErr> {
    let found = row::Entity::find_by_id(Uuid::from(session)).one(db).await?;
    Ok(found.map(|row| Instant::from_micros(row.stepped_up_until)))
}

/// Writes down until when a session is stepped up. A session that began before this was kept gets its row now.
pub(crate) async fn step_up(
    tx: &DatabaseTransaction,
    session: SessionId,
    until: Instant,
    now: Instant,
) -> Result<(), DbErr> {
    const PUT: &str = "INSERT INTO session_proof (session_id, method, seen, stepped_up_until)
        VALUES ($1, 'password', $2, $3)
        ON CONFLICT (session_id) DO UPDATE SET stepped_up_until = excluded.stepped_up_until, seen = excluded.seen";
    let values = [Uuid::from(session).into(), now.micros().into(), until.micros().into()];
    tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), PUT, values)).await.map(|_| ())
}

/// Forgets what was known of sessions.
pub(crate) async fn forget(tx: &DatabaseTransaction, sessions: &[Uuid]) -> Result<(), DbErr> {
    let query = row::Entity::delete_many().filter(row::Column::SessionId.is_in(sessions.iter().copied()));
    query.exec(tx).await.map(|_| ())
}

/// The sessions of an account that go on, newest first.
pub(crate) async fn of_account(
    db: &impl ConnectionTrait,
    account: AccountId,
    current: SessionId,
    now: Instant,
) -> Result<Vec<MySession>, DbErr> {
    let find = format!(
        "SELECT s.id, s.began, s.expires, p.device, p.network, p.seen, p.method
        FROM session s LEFT JOIN session_proof p ON p.session_id = s.id
        WHERE s.account_id = $1 AND s.expires > $2 AND s.ended IS NULL
        ORDER BY s.began DESC, s.id DESC LIMIT {SHOWN}"
    );
    let values = [Uuid::from(account).into(), now.micros().into()];
    let found = db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), find, values)).await?;
    let noun = |row: sea_orm::QueryResult| {
        let id: SessionId = row.try_get::<Uuid>("", "id")?.into();
        Ok(MySession {
            id,
            current: id == current,
            began: Instant::from_micros(row.try_get("", "began")?),
            expires: Instant::from_micros(row.try_get("", "expires")?),
            device: row.try_get("", "device")?,
            network: row.try_get("", "network")?,
            seen: row.try_get::<Option<i64>>("", "seen")?.map(Instant::from_micros),
            method: row.try_get::<Option<String>>("", "method")?.and_then(|text| method(&text)),
        })
    };
    found.into_iter().map(noun).collect()
}

fn word(method: Method) -> &'static str {
    match method {
        Method::Password => "password",
        Method::Totp => "totp",
        Method::RecoveryCode => "recovery_code",
        Method::Passkey => "passkey",
    }
}

fn method(word: &str) -> Option<Method> {
    match word {
        "password" => Some(Method::Password),
        "totp" => Some(Method::Totp),
        "recovery_code" => Some(Method::RecoveryCode),
        "passkey" => Some(Method::Passkey),
        _ => None,
    }
}
