//! What is asked often is answered from an index that leads with the office, and never by walking through its rows: a
//! write's cost must not grow with the rows there are.

use sea_orm::{ConnectionTrait, Statement};

use crate::house::House;

/// The shape of a question, and the columns by which SQLite must find the rows.
const QUESTIONS: [(&str, &str); 25] = [
    ("SELECT * FROM incoming WHERE office_id = ? AND id IN (?, ?, ?, ?, ?, ?, ?)", "(office_id=? AND id=?)"),
    (
        "SELECT * FROM incoming WHERE office_id = ? AND symbol_key = ? AND document_day = ? AND author_key = ?",
        "(office_id=? AND symbol_key=? AND document_day=?)",
    ),
    (
        "SELECT * FROM incoming WHERE office_id = ? AND arrived <= ? AND (arrived < ? OR id < ?)
            ORDER BY arrived DESC, id DESC LIMIT 51",
        "(office_id=? AND arrived<?)",
    ),
    (
        "SELECT * FROM incoming WHERE office_id = ? AND arrived >= ? AND (arrived > ? OR id > ?)
            ORDER BY arrived, id LIMIT 51",
        "(office_id=? AND arrived>?)",
    ),
    (
        "SELECT * FROM incoming WHERE office_id = ? AND state = ? ORDER BY arrived, id LIMIT 51",
        "(office_id=? AND state=?)",
    ),
    (
        "SELECT * FROM incoming WHERE office_id = ? AND state = ? ORDER BY arrived DESC, id DESC LIMIT 51",
        "(office_id=? AND state=?)",
    ),
    (
        "SELECT * FROM incoming WHERE office_id = ? AND disposition = ? ORDER BY arrived DESC, id DESC LIMIT 51",
        "(office_id=? AND disposition=?)",
    ),
    (
        "SELECT * FROM incoming WHERE office_id = ? AND register_id = ? ORDER BY arrived DESC, id DESC LIMIT 51",
        "(office_id=? AND register_id=?)",
    ),
    (
        "SELECT * FROM incoming WHERE office_id = ? AND disposition = ? AND state = ? AND assigned = FALSE AND due < ?
            ORDER BY due ASC NULLS LAST, id LIMIT 51",
        "(office_id=? AND disposition=? AND assigned=? AND due<?)",
    ),
    (
        "SELECT * FROM incoming WHERE office_id = ? AND disposition = ? AND state = ? AND assigned = FALSE
            ORDER BY due ASC NULLS LAST, id LIMIT 51",
        "(office_id=? AND disposition=? AND assigned=?)",
    ),
    (
        "SELECT * FROM incoming WHERE office_id = ? AND disposition = ? AND state = ? AND due < ?
            ORDER BY due ASC NULLS LAST, id LIMIT 51",
        "(office_id=? AND disposition=? AND due<?)",
    ),
    (
        "SELECT * FROM incoming WHERE office_id = ? AND desk_unit = ? ORDER BY arrived DESC, id DESC LIMIT 51",
        "(office_id=? AND desk_unit=?)",
    ),
    ("SELECT * FROM incoming_work WHERE office_id = ? AND incoming_id = ?", "(office_id=? AND incoming_id=?)"),
    ("SELECT * FROM letter WHERE office_id = ? AND id IN (?, ?, ?, ?, ?, ?, ?)", "(id=?)"),
    ("SELECT * FROM outgoing WHERE office_id = ? AND id IN (?, ?, ?, ?, ?, ?, ?)", "(office_id=? AND id=?)"),
    ("SELECT * FROM outgoing WHERE office_id = ? AND id < ? ORDER BY id DESC LIMIT 51", "(office_id=? AND id<?)"),
    ("SELECT * FROM outgoing WHERE office_id = ? AND id > ? ORDER BY id LIMIT 51", "(office_id=? AND id>?)"),
    (
        "SELECT * FROM outgoing_reply WHERE office_id = ? AND outgoing_id IN (?, ?, ?, ?, ?, ?)",
        "(office_id=? AND outgoing_id=?)",
    ),
    ("SELECT * FROM file WHERE office_id = ? AND owner_id IN (?, ?, ?, ?, ?, ?)", "(office_id=? AND owner_id=?)"),
    ("SELECT * FROM file WHERE office_id = ? AND sha256 IN (?, ?, ?) AND owner_kind = ?", "(office_id=? AND sha256=?)"),
    (
        "SELECT * FROM register_entry WHERE office_id = ? AND register_id = ? AND number > ? ORDER BY number LIMIT 51",
        "(register_id=? AND number>?)",
    ),
    (
        "SELECT * FROM history WHERE office_id = ? AND document_id = ? AND at >= ? ORDER BY at, id LIMIT 51",
        "(office_id=? AND document_id=? AND at>?)",
    ),
    (
        "SELECT * FROM history WHERE office_id = ? AND act = ? AND at >= ? ORDER BY at DESC, id DESC LIMIT 51",
        "(office_id=? AND act=? AND at>?)",
    ),
    (
        "SELECT * FROM instruction WHERE office_id = ? AND incoming_id = ? ORDER BY id DESC LIMIT 51",
        "(office_id=? AND incoming_id=?)",
    ),
    (
        "SELECT * FROM instruction WHERE office_id = ? AND state = ? AND transcription = ? ORDER BY id LIMIT 51",
        "(office_id=? AND state=? AND transcription=?)",
    ),
];

#[tokio::test]
async fn every_question_has_its_index_and_every_page_its_order() {
    let house = House::plain().await;
    let db = house.bench.service("documents").db().reader();
    for (question, columns) in QUESTIONS {
        let explained = Statement::from_string(db.get_database_backend(), format!("EXPLAIN QUERY PLAN {question}"));
        let rows = db.query_all_raw(explained).await.unwrap();
        let plan: Vec<String> = rows.iter().map(|row| row.try_get("", "detail").unwrap()).collect();
        assert!(plan.iter().any(|step| step.starts_with("SEARCH") && step.contains(columns)), "{question}: {plan:?}");
        let sorted = plan.iter().any(|step| step.contains("TEMP B-TREE"));
        assert!(!sorted, "{question}: the page is sorted after it was read: {plan:?}");
    }
    house.close().await;
}
