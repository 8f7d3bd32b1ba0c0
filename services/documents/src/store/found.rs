//! Rows by their words: the condition that every list with words has.

use sea_orm::{
    Condition, ExprTrait,
    entity::prelude::*,
    sea_query::{Expr, Func},
};

use crate::domain::searching::{self, Word};

/// Every word that is looked for stands in a column of folded text.
pub(super) fn by<C: ColumnTrait>(column: C, q: Option<&str>) -> Condition {
    searching::words(q).into_iter().fold(Condition::all(), |all, word| match word {
        Word::Plain(word) => all.add(column.contains(word)),
        Word::Joined(piece) => {
            let spaceless = Func::cust("REPLACE").arg(column.into_expr()).arg(" ").arg("");
            all.add(Expr::expr(spaceless).like(format!("%{piece}%")))
        }
    })
}
