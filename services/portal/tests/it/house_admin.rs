//! What an administrator and a keeper of registers look after in a house.

use schema_documents::{
    DraftOpeningAct, NumberBlock, RecordIssuingBody, RegisterIncoming, ReserveNumbers, VoidIncoming,
};
use schema_identity::{ChangeUnit, CreateAppointment, CreatePosition, CreateUnit, ImportUnits};
use serde_json::json;
use wire::id::{OfficeId, PersonId, PositionId, RegisterId, UnitId};

use crate::{
    house::{House, Someone},
    world::World,
};

/// An office with a board that was renamed and has a group in it, and somebody who works there.
pub(crate) struct Staffed {
    pub(crate) world: World,
    pub(crate) board: UnitId,
    pub(crate) group: UnitId,
    pub(crate) employee: Someone,
    /// A position of the board that nobody holds, and one that the employee holds by an instrument.
    pub(crate) vacant: PositionId,
    /// The office of today's special zone, which succeeds a district.
    pub(crate) heir: OfficeId,
}

impl Staffed {
    /// The same for whoever has these roles.
    pub(crate) async fn of(roles: &[&str]) -> Self {
        let world = World::by_hand(roles).await;
        let (house, admin) = (&world.house, &world.house.admin);
        let zone = json!([
            { "line": 2, "code": "95", "name": "Tỉnh Ví Dụ", "kind": "province", "parent_code": "" },
            { "line": 3, "code": "26732", "name": "Đặc khu Côn Đảo", "kind": "special_zone", "parent_code": "95" },
        ]);
        house.ask_as_service::<ImportUnits>(json!({ "from": "2025-07-01", "rows": zone })).await;
        let all =
            house.ask::<schema_identity::ListOffices>(admin, json!({ "kind": "commune", "limit": 50 })).await.items;
        let heir = all.iter().find(|one| one.code == "26732").unwrap().id;
        let root = house.unit_called("Tỉnh ủy").await;
        let board = house.unit_under(root, "Ban Cũ").await;
        let renamed = json!({
            "id": board, "from": "2026-01-01", "name": "Ban <b>Ví Dụ</b>", "instrument": "7-QĐ/TU",
        });
        house.ask::<ChangeUnit>(admin, renamed).await;
        let group = house.unit_under(board, "Phòng Thử").await;
        let seat = house.at(board);
        let employee = house.hire_into(&seat, ("le.vidu", "Lê Ví Dụ", "Chuyên viên"), &["specialist"]).await;
        house.appoint(board, "Tổ trưởng", employee.me.person.id).await;
        let vacant = house.post(board, "Phó Trưởng ban").await;
        Self { world, board, group, employee, vacant, heir }
    }
}

impl House {
    /// A unit from the reform on, under another.
    pub(crate) async fn unit_under(&self, parent: UnitId, name: &str) -> UnitId {
        let call = json!({ "office": self.office, "parent": parent, "name": name, "from": "2025-07-01" });
        self.ask::<CreateUnit>(&self.admin, call).await.id
    }

    /// A position that nobody holds.
    pub(crate) async fn post(&self, unit: UnitId, title: &str) -> PositionId {
        let call = json!({
            "office": self.office, "unit": unit, "title": title, "roles": ["specialist"], "from": "2025-07-01",
        });
        self.ask::<CreatePosition>(&self.admin, call).await.id
    }

    /// Appoints somebody by an instrument to a position of its own.
    pub(crate) async fn appoint(&self, unit: UnitId, title: &str, person: PersonId) {
        let call = json!({
            "office": self.office, "person": person, "position": self.post(unit, title).await, "from": "2025-07-01",
            "instrument": "12-QĐ/TU",
        });
        self.ask::<CreateAppointment>(&self.admin, call).await;
    }

    /// A number that was given by mistake, three that are held back on paper until tomorrow, a seal and a draft of an
    /// opening act.
    pub(crate) async fn keep_registers(&self, keeper: &Someone, register: RegisterId) -> NumberBlock {
        let (office, today) = (self.office, self.today());
        let mistaken = json!({
            "office": office, "author_body": "Sở Ví Dụ", "symbol": "30/SVD", "summary": "Về việc thử",
            "document_day": today, "genre_name": "Công văn",
        });
        let mistaken = self.ask::<RegisterIncoming>(keeper, mistaken).await.id;
        self.ask::<VoidIncoming>(keeper, json!({ "id": mistaken, "reason": "vào nhầm" })).await;
        let body = json!({
            "office": office, "code": "VPTU", "name": "Văn phòng Tỉnh ủy Ví Dụ", "seal": "Con dấu số 02",
            "custodian_title": "Văn thư", "from": "2025-07-01",
        });
        self.ask::<RecordIssuingBody>(keeper, body).await;
        let act = json!({
            "office": office, "day": today, "instrument": "01-BB/VPTU", "signatory": "Chánh Văn phòng",
            "registers": [{ "kind": "outgoing", "body_code": "TU", "period": "year",
                "first_day": format!("{}-01-01", today.year()), "next_number": 7 }],
        });
        self.ask::<DraftOpeningAct>(keeper, act).await;
        let block = json!({
            "register": register, "numbers": 3, "sheet": "Phiếu 07", "holder": keeper.me.person.id,
            "holder_name": "Trần Thị Ví Dụ", "expires": today.plus(1),
        });
        self.ask::<ReserveNumbers>(keeper, block).await
    }
}
