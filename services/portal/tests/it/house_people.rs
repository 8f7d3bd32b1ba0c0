//! More people of a house, and the office below it. Names are invented.

use schema_identity::{FindUnits, ListOffices};
use serde_json::json;
use wire::id::UnitId;

use crate::house::{House, Seat, Someone};

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
}
