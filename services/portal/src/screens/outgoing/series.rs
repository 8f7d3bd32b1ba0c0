//! Which register would number a draft, and which number comes next if nobody is faster.

use schema_documents::{NumberRegister, OutgoingDocument, RegisterKind, RegisterState};
use wire::Day;

/// The open register that numbers this body and genre on a day; one of its own before one over all genres. Where there is
/// none, one opens itself or is opened by hand.
pub(crate) fn of<'a>(books: &'a [NumberRegister], document: &OutgoingDocument, day: Day) -> Option<&'a NumberRegister> {
    let gives = |book: &&NumberRegister| {
        book.kind == RegisterKind::Outgoing
            && book.state == RegisterState::Open
            && book.body_code.as_deref() == Some(document.body_code.as_str())
            && book.first_day <= day
            && book.last_day.is_none_or(|last| day <= last)
    };
    let own = |book: &&NumberRegister| book.genres.as_ref().is_some_and(|genres| genres.contains(&document.genre));
    let open = || books.iter().filter(gives);
    open().find(own).or_else(|| open().find(|book| book.genres.is_none()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn book(last: i64, body: &str, genres: Option<&[&str]>, state: &str) -> NumberRegister {
        let mut value = json!({
            "id": "01938a2c-0000-7000-8000-0000000000bb", "office": "01938a2c-0000-7000-8000-000000000001",
            "version": 1, "kind": "outgoing", "body_code": body, "period": "year", "first_day": "2026-01-01",
            "opening": 1, "last": last, "state": state,
        });
        if let Some(genres) = genres {
            value["genres"] = json!(genres);
        }
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn the_register_of_body_and_genre_comes_before_one_over_all_and_closed_ones_give_nothing() {
        let books = [
            book(1, "VPTU", Some(&["bao_cao"]), "closed"),
            book(2, "TU", Some(&["bao_cao"]), "open"),
            book(3, "VPTU", None, "open"),
            book(4, "VPTU", Some(&["thong_bao", "bao_cao"]), "open"),
        ];
        let mut draft: OutgoingDocument = serde_json::from_value(json!({
            "id": "01938a2c-0000-7000-8000-0000000000dd", "office": "01938a2c-0000-7000-8000-000000000001", "version": 1,
            "state": "draft", "genre": "bao_cao", "genre_name": "Báo cáo", "body_code": "VPTU", "secrecy": "open",
            "urgency": "normal", "masked": false, "draft_ordinal": 0,
        }))
        .unwrap();
        let on = |draft: &OutgoingDocument, day| of(&books, draft, day).map(|book| book.last);
        let (within, before) = (Day::new(2026, 11, 20).unwrap(), Day::new(2025, 12, 31).unwrap());
        assert_eq!((on(&draft, within), on(&draft, before)), (Some(4), None));
        draft.genre = "cong_van".to_owned();
        assert_eq!(on(&draft, within), Some(3));
        draft.body_code = "BTG".to_owned();
        assert_eq!(on(&draft, within), None);
    }
}
