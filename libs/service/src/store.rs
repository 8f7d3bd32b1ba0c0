//! What stores need so that no query can forget whose rows it may see.

use auth::Scope;
use sea_orm::{ColumnTrait, Condition, QueryFilter, QuerySelect, sea_query::LockType};
use uuid::Uuid;

/// Queries cut down to a scope.
pub trait InScope: QueryFilter + Sized {
    /// Keeps only rows of the offices in scope; `office` is the column that says whose a row is.
    #[must_use]
    fn in_scope<C: ColumnTrait>(self, scope: &Scope, office: C) -> Self {
        let Some(offices) = scope.offices() else { return self };
        let offices: Vec<Uuid> = offices.map(Uuid::from).collect();
        match offices.as_slice() {
            [one] => self.filter(office.eq(*one)),
            _ => self.filter(Condition::all().add(office.is_in(offices))),
        }
    }
}

impl<Q: QueryFilter> InScope for Q {}

/// Locks the rows of a query until the transaction ends. On SQLite the transaction itself is the lock.
#[must_use]
pub fn lock<Q: QuerySelect>(query: Q) -> Q {
    query.lock(LockType::Update)
}
