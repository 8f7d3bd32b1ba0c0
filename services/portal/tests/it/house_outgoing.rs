//! What a house writes: drafts in their versions, and the register that numbers them.

use schema_documents::{AddDraft, Draft, DraftOutgoing, ListRegisters, OpenRegister, OutgoingDocument};
use serde_json::json;
use wire::id::IncomingId;

use crate::house::{House, Someone};

/// The number with which the register of the office's own documents begins.
pub(crate) const FIRST_OUT: i64 = 13;

impl House {
    /// Opens the register that numbers what the office itself sends, as one that goes on from a paper book.
    pub(crate) async fn open_outgoing(&self, clerk: &Someone) {
        let call = json!({
            "office": self.office, "kind": "outgoing", "body_code": "VPTU", "period": "year",
            "first_day": format!("{}-01-01", self.today().year()), "opening": FIRST_OUT,
        });
        self.ask::<OpenRegister>(clerk, call).await;
    }

    /// A report in its first version, to a body outside and to a unit of the office; an answer to a letter where one is
    /// named.
    pub(crate) async fn draft(&self, writer: &Someone, answers: Option<IncomingId>) -> OutgoingDocument {
        let call = json!({
            "office": self.office, "genre": "report", "body_code": "VPTU", "issuing_unit": self.unit, "urgency": "urgent",
            "summary": "Kết quả <b>rà soát</b>", "replies_to": answers.as_slice(),
            "text": "Kính gửi: Sở Ví Dụ\nĐã rà soát 10 đơn vị.",
            "recipients": [{ "name": "Sở Ví Dụ" }, { "unit": self.unit_called("Ban Nội chính").await }],
        });
        self.ask::<DraftOutgoing>(writer, call).await
    }

    /// The number that comes next there.
    pub(crate) async fn next_out(&self, clerk: &Someone) -> i64 {
        let call = json!({ "office": self.office, "kind": "outgoing" });
        self.ask::<ListRegisters>(clerk, call).await.items[0].last + 1
    }

    /// One more version of it.
    pub(crate) async fn redraft(&self, writer: &Someone, of: &OutgoingDocument, text: &str, note: &str) -> Draft {
        self.ask::<AddDraft>(writer, json!({ "id": of.id, "text": text, "note": note })).await
    }
}
