//! More people of a house, and the office below it. Names are invented.

use schema_identity::{
    CreateAppointment, CreatePerson, CreatePosition, FindUnits, IssueEnrolment, ListOffices, OpenAccount,
};
use serde_json::json;
use wire::id::UnitId;

use crate::house::{House, Seat, Someone, enrol};

impl House {
    /// A unit of this office by the beginning of its name.
    pub(crate) async fn unit_called(&self, name: &str) -> UnitId {
        let units = self.ask::<FindUnits>(&self.admin, json!({ "office": self.office, "limit": 200 })).await.items;
        units.iter().find(|unit| unit.name.starts_with(name)).unwrap_or_else(|| panic!("no unit `{name}`")).id
    }

    /// A seat in the office of the commune below.
    pub(crate) async fn below(&self) -> Seat {
        let offices = self.ask::<ListOffices>(&self.admin, json!({ "kind": "commune" })).await.items;
        let office = offices.iter().find(|office| office.name.ends_with("Thử Nghiệm")).unwrap().id;
        let units = self.ask::<FindUnits>(&self.admin, json!({ "office": office })).await.items;
        let unit = units.iter().find(|unit| unit.name.starts_with("Văn phòng")).unwrap().id;
        Seat { office, unit, head: false, reports_to: None }
    }

    /// Whoever may instruct: a deputy secretary in the office proper.
    pub(crate) async fn leader(&self) -> Someone {
        self.hire("th.phobt", "Phạm Thị Mẫu", "Phó Bí thư Thường trực", &["deputy_secretary"]).await
    }

    /// An administrator of the centre, made by the operator.
    pub(crate) async fn of_the_centre(&self) -> Someone {
        let office = self.ask::<ListOffices>(&self.admin, json!({ "kind": "centre" })).await.items[0].id;
        let unit = self.ask::<FindUnits>(&self.admin, json!({ "office": office })).await.items[0].id;
        let person = json!({ "office": office, "full_name": "Vũ Thị Mẫu" });
        let person = self.ask_as_service::<CreatePerson>(person).await.id;
        let position = json!({
            "office": office, "unit": unit, "title": "Quản trị", "roles": ["administrator"], "from": "2025-07-01",
        });
        let position = self.ask_as_service::<CreatePosition>(position).await.id;
        let held = json!({ "office": office, "person": person, "position": position, "from": "2025-07-01" });
        self.ask_as_service::<CreateAppointment>(held).await;
        let account = self.ask_as_service::<OpenAccount>(json!({ "office": office, "person": person })).await.id;
        let enrolment = self.ask_as_service::<IssueEnrolment>(json!({ "id": account })).await;
        enrol(&self.bench, &enrolment.code.0, "tw.quantri").await
    }
}
