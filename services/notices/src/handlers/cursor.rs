//! Cursors: the place of the last notice of a page, as text.

use schema_notices::{Notice, Refusal};
use wire::{Cursor, Instant};

use crate::store::notices::After;

/// The key of a notice in its list.
pub(crate) fn key(last: &Notice) -> String {
    let unread = last.read_at.is_none() && last.settled_at.is_none();
    format!("{}|{}|{}", u8::from(unread), last.at.micros(), last.id)
}

/// Where the list goes on.
pub(crate) fn after(cursor: Option<&Cursor>) -> Result<Option<After>, Refusal> {
    cursor.map(|Cursor(text)| read(text).ok_or(Refusal::CursorUnknown)).transpose()
}

fn read(text: &str) -> Option<After> {
    let (unread, rest) = text.split_once('|')?;
    let (at, id) = rest.split_once('|')?;
    let unread = matches!(unread, "0" | "1").then_some(unread == "1")?;
    Some(After { unread, at: Instant::from_micros(at.parse().ok()?), id: id.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use schema_notices::{NoticeKind, NoticeSource, NoticeSourceKind};
    use uuid::Uuid;
    use wire::id::{NoticeId, OfficeId};

    use super::*;

    #[test]
    fn a_key_is_read_back_and_another_list_s_is_refused() {
        let (id, at) = (NoticeId(Uuid::from_u128(7)), Instant::from_micros(5));
        let source = NoticeSource { kind: NoticeSourceKind::Assignment, id: Uuid::from_u128(8) };
        let (office, kind) = (OfficeId(Uuid::from_u128(9)), NoticeKind::Overdue);
        let notice = Notice { id, office, kind, source, due: None, at, read_at: None, settled_at: None };
        let found = after(Some(&Cursor(key(&notice))));
        assert_eq!(found, Ok(Some(After { unread: true, at, id })));
        let settled = Notice { settled_at: Some(at), ..notice };
        assert_eq!(after(Some(&Cursor(key(&settled)))), Ok(Some(After { unread: false, at, id })));
        for wrong in ["", "2|5|x", "1|5", "2026-11-23|7"] {
            assert_eq!(after(Some(&Cursor(wrong.to_owned()))), Err(Refusal::CursorUnknown), "{wrong}");
        }
    }
}
