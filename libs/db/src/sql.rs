//! Plain statements for the chassis' own tables: one text for both databases, `$1` parameters.

use sea_orm::{ConnectionTrait, DbErr, QueryResult, Statement, TryGetable, Value};

/// One row of a result.
pub struct Row(QueryResult);

impl Row {
    /// A column by name.
    ///
    /// # Errors
    /// When there is no such column or it holds another type.
    pub fn get<T: TryGetable>(&self, column: &str) -> Result<T, DbErr> {
        self.0.try_get("", column)
    }
}

fn statement(conn: &impl ConnectionTrait, sql: &str, values: impl IntoIterator<Item = Value>) -> Statement {
    Statement::from_sql_and_values(conn.get_database_backend(), sql, values)
}

/// Runs a statement and tells how many rows it touched.
pub(crate) async fn run<C: ConnectionTrait>(
    conn: &C,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<u64, DbErr> {
    Ok(conn.execute_raw(statement(conn, sql, values)).await?.rows_affected())
}

/// All rows of a query.
pub(crate) async fn rows<C: ConnectionTrait>(
    conn: &C,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<Row>, DbErr> {
    Ok(conn.query_all_raw(statement(conn, sql, values)).await?.into_iter().map(Row).collect())
}

/// The first row of a query, if there is one.
pub(crate) async fn row<C: ConnectionTrait>(
    conn: &C,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Option<Row>, DbErr> {
    Ok(conn.query_one_raw(statement(conn, sql, values)).await?.map(Row))
}
