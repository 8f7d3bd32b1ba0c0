//! Rows by their words, and in the order asked for: what every list has.

use schema_documents::ListOrder;
use sea_orm::{
    Condition, ExprTrait, Order,
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

/// The way in which the column stands by which a list is sorted.
pub(super) fn order(order: ListOrder) -> Order {
    match order {
        ListOrder::LatestFirst => Order::Desc,
        ListOrder::OldestFirst => Order::Asc,
    }
}
