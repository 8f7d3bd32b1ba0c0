//! Cursors: the key of the last item of a page, so that the next one goes on right after it.

use schema_identity::Refusal;
use uuid::Uuid;
use wire::Cursor;

/// The cursor of a list in order of id.
pub(crate) fn id(cursor: Option<&Cursor>) -> Result<Option<Uuid>, Refusal> {
    cursor.map(|cursor| cursor.0.parse().map_err(|_| Refusal::CursorBad)).transpose()
}

/// The cursor of a list in order of a folded name and then of id. Folded text holds no bar.
pub(crate) fn name(cursor: Option<&Cursor>) -> Result<Option<(String, Uuid)>, Refusal> {
    let read = |cursor: &Cursor| {
        let (name, id) = cursor.0.split_once('|')?;
        Some((name.to_owned(), id.parse().ok()?))
    };
    cursor.map(|cursor| read(cursor).ok_or(Refusal::CursorBad)).transpose()
}

/// The text of such a cursor.
pub(crate) fn of_name(name: &str, id: impl Into<Uuid>) -> String {
    format!("{}|{}", text::fold(name), id.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_was_written() {
        let at = Uuid::from_u128(7);
        let text = of_name("Văn phòng | Đảng ủy", at);
        assert_eq!(name(Some(&Cursor(text))), Ok(Some(("van phong dang uy".into(), at))));
        assert_eq!(id(Some(&Cursor(at.to_string()))), Ok(Some(at)));
        assert_eq!(id(None), Ok(None));
        for bad in ["", "7", "van phong", "van phong|7"] {
            assert_eq!(id(Some(&Cursor(bad.into()))), Err(Refusal::CursorBad));
            assert_eq!(name(Some(&Cursor(bad.into()))), Err(Refusal::CursorBad));
        }
    }
}
