//! Who stands in for whom in a house, posts that are handed over, and lists of people that are brought in.

use schema_identity::{
    BeginDirectoryImport, CreateAbsence, CreateAppointment, CreateDelegation, CreateHandover, Delegation,
    DirectoryImport, HandoverRecord,
};
use serde_json::json;

use crate::house::{House, Someone};

impl House {
    /// What somebody lends to another for ten days of leave, of which today is the first.
    pub(crate) async fn lend(&self, grantor: &Someone, deputy: &Someone) -> Delegation {
        let (from, to) = (self.today(), self.today().plus(10));
        let call = json!({
            "kind": "absence", "position": grantor.position(), "deputy": deputy.me.person.id,
            "deputy_position": deputy.position(), "permissions": ["documents.incoming.read"], "from": from, "to": to,
            "reason": "Nghỉ phép",
        });
        let lent = self.ask::<CreateDelegation>(grantor, call).await;
        let away = json!({
            "position": grantor.position(), "from": from, "to": to, "kind": "leave", "cover": lent.id,
        });
        self.ask::<CreateAbsence>(grantor, away).await;
        lent
    }

    /// Appoints somebody to the post of another, as the one who is to take it over.
    pub(crate) async fn appoint_after(&self, next: &Someone, of: &Someone) {
        let call = json!({
            "office": self.office, "person": next.me.person.id, "position": of.position(),
            "from": self.today().plus(20),
        });
        self.ask::<CreateAppointment>(&self.admin, call).await;
    }

    /// A list of what somebody hands over to another.
    pub(crate) async fn handover(&self, from: &Someone, to: &Someone) -> HandoverRecord {
        let call = json!({
            "position": from.position(), "outgoing": from.me.person.id, "incoming": to.me.person.id,
            "items": [{ "kind": "other", "label": "Chìa khóa <tủ>" }],
        });
        self.ask::<CreateHandover>(from, call).await
    }

    /// A draft of a list of people, in the office proper.
    pub(crate) async fn import(&self, rows: &str) -> DirectoryImport {
        let list = format!("Họ và tên;Đơn vị;Chức vụ;Vai trò;Liên hệ\n{rows}");
        let ticket = self.upload(&self.admin, "cán bộ.csv", list.as_bytes(), "directory_import").await;
        let call = json!({ "office": self.office, "kind": "people", "ticket": ticket, "from": "2026-01-05" });
        self.ask::<BeginDirectoryImport>(&self.admin, call).await
    }
}
