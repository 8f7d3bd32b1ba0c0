//! The administrator's pages: units and people through time, appointments, accounts, roles, registers; and the directory.

use serde_json::{Value, json};
use wire::{Fault, Kind};

use crate::stage::{OFFICE, REGISTER, World, fault, text};

const ROOT: &str = "01938a2c-0000-7000-8000-000000000101";
const BOARD: &str = "01938a2c-0000-7000-8000-000000000102";
const GROUP: &str = "01938a2c-0000-7000-8000-000000000103";
const PERSON: &str = "01938a2c-0000-7000-8000-000000000104";
const POST: &str = "01938a2c-0000-7000-8000-000000000105";
const HEIR: &str = "01938a2c-0000-7000-8000-000000000106";
const BLOCK: &str = "01938a2c-0000-7000-8000-000000000107";

/// Everything that an administrator, who keeps the registers as well, may do.
const ALL: [&str; 9] = [
    "identity.units.read",
    "identity.units.change",
    "identity.people.read",
    "identity.people.change",
    "identity.accounts.manage",
    "documents.incoming.read",
    "documents.outgoing.read",
    "documents.registers.read",
    "documents.registers.change",
];

/// Every page of this area.
fn everywhere() -> Vec<String> {
    vec![
        "/danh-ba".to_owned(),
        "/danh-ba?q=con+dao&cap=xa&ngay=1/7/2026".to_owned(),
        format!("/danh-ba/{HEIR}"),
        "/quan-tri/to-chuc".to_owned(),
        format!("/quan-tri/to-chuc?don-vi={BOARD}&ngay=1/7/2026"),
        format!("/quan-tri/don-vi/{BOARD}"),
        "/quan-tri/nguoi".to_owned(),
        format!("/quan-tri/nguoi/{PERSON}"),
        "/quan-tri/chuc-danh".to_owned(),
        "/quan-tri/vai-tro".to_owned(),
        "/quan-tri/so".to_owned(),
        format!("/quan-tri/so-dang-ky/{REGISTER}"),
        "/quan-tri/co-quan".to_owned(),
    ]
}

fn unit(id: &str, name: &str, parent: Option<&str>) -> Value {
    let mut unit = json!({ "id": id, "office": OFFICE, "name": name, "from": "2025-07-01", "version": 1 });
    if let Some(parent) = parent {
        unit["parent"] = json!(parent);
    }
    unit
}

fn office(id: &str, name: &str, parent: Option<&str>) -> Value {
    let mut office = unit(id, name, parent);
    office["code"] = json!("26732");
    office["kind"] = json!("commune");
    office
}

fn page(items: &[Value]) -> Result<Value, Fault> {
    Ok(json!({ "items": items }))
}

/// A portal for the administrator, with an office that has a board with a group in it, a person and a post.
async fn world() -> World {
    let world = World::of(&ALL).await;
    identity(&world);
    let block = json!({
        "id": BLOCK, "office": OFFICE, "version": 1, "register": REGISTER, "first": 2416, "last": 2418,
        "sheet": "Phiếu 07", "holder": PERSON, "holder_name": "Lê Ví Dụ", "reserved_by": PERSON,
        "reserved_at": "2026-11-20T01:00:00Z", "expires": "2026-11-21", "held": [2418],
    });
    let body = json!({
        "id": BLOCK, "office": OFFICE, "version": 1, "code": "VPTU", "name": "Văn phòng Tỉnh ủy Ví Dụ",
        "seal": "Con dấu số 02", "custodian_title": "Văn thư", "from": "2025-07-01",
    });
    let act = json!({
        "id": BLOCK, "office": OFFICE, "version": 1, "day": "2026-01-01", "instrument": "01-BB/VPTU",
        "signatory": "Chánh Văn phòng", "state": "applied", "papers": 3, "done": 3,
        "registers": [{ "kind": "incoming", "period": "year", "first_day": "2026-01-01", "next_number": 2400 }],
    });
    world.answer("list_number_blocks.v1", page(&[block]));
    world.answer("list_issuing_bodies.v1", page(&[body]));
    world.answer("list_opening_acts.v1", page(&[act]));
    world
}

fn identity(world: &World) {
    let (root, board) = (unit(ROOT, "Tỉnh ủy Ví Dụ", None), unit(BOARD, "Ban <b>Ví Dụ</b>", Some(ROOT)));
    let group = unit(GROUP, "Phòng Thử", Some(BOARD));
    let spans = json!([
        { "from": "2025-07-01", "to": "2026-01-01", "name": "Ban Cũ", "parent": ROOT },
        { "from": "2026-01-01", "name": "Ban <b>Ví Dụ</b>", "parent": ROOT },
    ]);
    let person = json!({ "id": PERSON, "office": OFFICE, "full_name": "Lê Ví Dụ", "active": true, "version": 1 });
    let mut whole = person.clone();
    whole["posts"] = json!([{
        "appointment": POST, "office": OFFICE, "office_name": "Tỉnh ủy Ví Dụ", "unit": BOARD, "unit_name": "Ban Ví Dụ",
        "position": POST, "title": "Chuyên viên", "head": false, "permissions": [], "from": "2025-07-01",
    }]);
    let post = json!({
        "id": POST, "office": OFFICE, "unit": BOARD, "title": "Chuyên viên", "roles": ["specialist"], "head": false,
        "from": "2025-07-01", "version": 1,
    });
    let held = json!({
        "id": POST, "office": OFFICE, "person": PERSON, "position": POST, "from": "2025-07-01",
        "instrument": "12-QĐ/TU", "version": 1,
    });
    let role = json!({ "name": "specialist", "title": "Chuyên viên", "permissions": ["documents.incoming.read"] });
    let account = json!({
        "id": PERSON, "office": OFFICE, "person": PERSON, "username": "le.vidu", "state": "active", "version": 1,
    });
    let step = json!({
        "predecessor": BOARD, "successor": GROUP, "day": "2026-07-01", "share": "whole", "instrument": "9-QĐ/TU",
    });
    let history = json!({ "id": HEIR, "code": "26732", "version": 1, "spans": [
        { "from": "2025-07-01", "name": "Đảng ủy đặc khu Ví Dụ", "kind": "commune", "parent": OFFICE },
    ]});
    let answers = [
        ("find_units.v1", json!({ "items": [root, board, group] })),
        ("get_unit.v1", root),
        ("get_unit_history.v1", json!({ "id": BOARD, "office": OFFICE, "version": 2, "spans": spans })),
        ("get_unit_acts.v1", json!({ "acts": [{ "day": "2026-01-01", "kind": "changed", "instrument": "7-QĐ/TU" }] })),
        (
            "get_unit_successors.v1",
            json!({
                "day": "2026-11-22", "offices": [], "steps": [step],
                "successors": [{ "unit": group, "share": "whole" }],
            }),
        ),
        ("get_office.v1", office(HEIR, "Đảng ủy đặc khu Ví Dụ", Some(OFFICE))),
        ("get_office_history.v1", history),
        ("list_offices.v1", json!({ "items": [office(HEIR, "Đảng ủy đặc khu Ví Dụ", Some(OFFICE))] })),
        ("list_people.v1", json!({ "items": [person] })),
        ("get_person.v1", whole),
        ("list_positions.v1", json!({ "items": [post] })),
        ("get_position.v1", post.clone()),
        ("list_appointments.v1", json!({ "items": [held] })),
        ("list_roles.v1", json!({ "items": [role] })),
        ("list_accounts.v1", json!({ "items": [account] })),
        ("list_former_units.v1", json!({ "items": [former()] })),
    ];
    for (name, answer) in answers {
        world.answer(name, Ok(answer));
    }
}

/// A district of before the reform that was divided.
fn former() -> Value {
    json!({
        "kind": "district", "code": "755", "name": "Huyện Ví Dụ", "until": "2025-07-01", "instrument": "72/2025/QH15",
        "verified": false, "province": { "code": "77", "name": "Tỉnh Cũ" },
        "successors": [
            { "code": "26732", "office": HEIR, "name": "Đảng ủy đặc khu Ví Dụ", "share": "main_part" },
            { "code": "26733", "share": "part" },
        ],
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_stands_and_its_words_are_there_in_both_languages() {
    let world = world().await;
    for path in everywhere() {
        for look in ["vi.100", "en.100"] {
            let page = text(world.get_looking(&path, look).await, 200).await;
            assert!(!page.contains("admin-"), "{path}: a word is missing: {page}");
            assert!(page.matches("<h1").count() == 1 && !page.contains("<b>Ví Dụ</b>"), "{path}");
            let mut ids: Vec<&str> = page.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
            let count = ids.len();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), count, "{path}: an id stands twice");
            for target in page.split(" for=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
                assert!(ids.contains(&target), "{path}: nothing is called `{target}`");
            }
        }
    }
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_that_is_silent_is_named_in_its_place() {
    let world = world().await;
    let late = || Err(Fault::new(Kind::Busy, "wire.busy", "busy", "bận"));
    let identity =
        "find_units list_offices list_former_units get_unit_acts list_people list_positions list_appointments";
    let others = "list_accounts list_roles list_registers list_register_entries list_issuing_bodies list_number_blocks";
    for name in identity.split(' ').chain(others.split(' ')) {
        world.answer(&format!("{name}.v1"), late());
    }
    for path in everywhere() {
        let page = text(world.get(&path).await, 200).await;
        assert!(page.contains("chưa trả lời kịp"), "{path}: {page}");
    }
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_old_name_leads_to_its_heirs_with_day_and_instrument() {
    let world = world().await;
    let page = text(world.get("/danh-ba?q=huyen+vi+du").await, 200).await;
    for part in ["Huyện Ví Dụ", "755", "72/2025/QH15", "01/07/2025", "Phần chính", "Văn bản chưa đối chiếu"]
    {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert!(page.contains(&format!("href=\"/danh-ba/{HEIR}\"")) && page.contains("Mã mới 26733"), "{page}");
    assert_eq!(world.asked("list_former_units.v1")[0].body["q"], "huyen vi du");
    text(world.get("/danh-ba?q=755").await, 200).await;
    assert_eq!(world.asked("list_former_units.v1")[1].body["code"], "755");
    // Without words nobody looks for what was before.
    text(world.get("/danh-ba").await, 200).await;
    assert_eq!(world.asked("list_former_units.v1").len(), 2);
    // The heir shows what is still open in it, when its reader may see that.
    let page = text(world.get(&format!("/danh-ba/{HEIR}")).await, 200).await;
    assert!(page.contains("Văn bản đến còn chờ giao việc tại đây"), "{page}");
    world.answer("list_incoming.v1", Err(Fault::new(Kind::Denied, "wire.denied", "no", "không")));
    let page = text(world.get(&format!("/danh-ba/{HEIR}")).await, 200).await;
    assert!(!page.contains("Văn bản đến còn chờ giao việc tại đây"), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_tree_opens_level_by_level_as_of_a_day() {
    let world = world().await;
    let page = text(world.get("/quan-tri/to-chuc?ngay=1/7/2026").await, 200).await;
    assert!(page.contains("1 đơn vị") && !page.contains("Phòng Thử"), "{page}");
    assert_eq!(world.asked("find_units.v1")[0].body["as_of"], "2026-07-01");
    let level = text(world.get(&format!("/quan-tri/to-chuc?don-vi={BOARD}&ngay=1/7/2026")).await, 200).await;
    assert!(level.contains("Phòng Thử") && level.contains("theo ngày 01/07/2026"), "{level}");
    let page = text(world.get(&format!("/quan-tri/don-vi/{BOARD}")).await, 200).await;
    for part in ["Ban Cũ", "01/07/2025 – 31/12/2025", "7-QĐ/TU", "Đổi tên hoặc nơi trực thuộc"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_form_keeps_what_was_typed_and_an_act_is_asked_as_typed() {
    let world = world().await;
    let path = format!("/quan-tri/don-vi/{BOARD}");
    let page = text(world.get(&path).await, 200).await;
    let typed = [("name", "Ban Mới"), ("from", "31/02/2027"), ("instrument", "8-QĐ/TU")];
    let again = text(world.post(&format!("{path}/doi"), &page, &typed).await, 422).await;
    for part in ["id=\"form-doi\" open", "href=\"#doi-from\"", "value=\"31/02/2027\"", "value=\"Ban Mới\""] {
        assert!(again.contains(part), "{part} is not in {again}");
    }
    assert!(world.asked("change_unit.v1").is_empty());
    let typed = [("name", "Ban Mới"), ("from", "1/1/2027"), ("parent", GROUP), ("instrument", "8-QĐ/TU")];
    let mut refused = fault(Kind::Conflict, "identity.below_itself", json!({}));
    refused.field = Some("parent".to_owned());
    world.answer("change_unit.v1", Err(refused));
    let again = text(world.post(&format!("{path}/doi"), &page, &typed).await, 409).await;
    assert!(again.contains("href=\"#doi-parent\"") && again.contains("Không được."), "{again}");
    world.answer("change_unit.v1", Ok(unit(BOARD, "Ban Mới", Some(GROUP))));
    let done = world.post(&format!("{path}/doi"), &again, &typed).await;
    assert_eq!(done.headers()["location"], format!("{path}?xong=doi"));
    let asked = &world.asked("change_unit.v1")[1].body;
    assert_eq!(
        (&asked["from"], &asked["name"], &asked["instrument"]),
        (&json!("2027-01-01"), &json!("Ban Mới"), &json!("8-QĐ/TU"))
    );
    world.answer("merge_units.v1", Ok(json!({ "steps": [] })));
    world.post(&format!("{path}/sap-nhap"), &page, &[("into", GROUP), ("day", "1/1/2027"), ("instrument", "9")]).await;
    let asked = &world.asked("merge_units.v1")[0].body;
    assert_eq!((&asked["id"], &asked["predecessors"]), (&json!(GROUP), &json!([BOARD])));
    assert_eq!(world.post(&format!("{path}/xoa"), &page, &[]).await.status(), 404);
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_appointment_without_a_fresh_proof_leads_to_the_proof_and_back() {
    let world = world().await;
    let path = format!("/quan-tri/nguoi/{PERSON}");
    let page = text(world.get(&path).await, 200).await;
    assert!(page.contains("12-QĐ/TU") && page.contains("le.vidu") && page.contains("Đang dùng"), "{page}");
    let stale = Fault::new(Kind::Unauthenticated, "wire.step_up_needed", "prove it", "xác nhận");
    world.answer("create_appointment.v1", Err(stale));
    let typed = [("position", POST), ("from", "1/12/2026"), ("instrument", "13-QĐ/TU")];
    let response = world.post(&format!("{path}/bo-nhiem"), &page, &typed).await;
    let back = format!("/xac-nhan?tro-lai=%2Fquan-tri%2Fnguoi%2F{PERSON}");
    assert_eq!((response.status().as_u16(), response.headers()["location"].to_str().unwrap()), (303, back.as_str()));
    let asked = &world.asked("create_appointment.v1")[0].body;
    assert_eq!(
        (&asked["person"], &asked["position"], &asked["from"], &asked["instrument"]),
        (&json!(PERSON), &json!(POST), &json!("2026-12-01"), &json!("13-QĐ/TU"))
    );
    let page = text(world.post(&format!("{path}/thoi-giu"), &page, &[("to", "1/12/2026")]).await, 422).await;
    assert!(page.contains("Hãy chọn một dòng.") && page.contains("value=\"1/12/2026\""), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_one_time_code_is_shown_on_the_answer_and_nowhere_else() {
    let world = world().await;
    let path = format!("/quan-tri/nguoi/{PERSON}");
    let page = text(world.get(&path).await, 200).await;
    let code = json!({ "id": PERSON, "account": PERSON, "code": "7KQ2M-9XH4T", "expires": "2026-11-25T08:30:00Z" });
    world.answer("issue_enrolment.v1", Ok(code));
    let response = world.post(&format!("{path}/cap-ma"), &page, &[]).await;
    assert_eq!(response.headers()["cache-control"], "no-store");
    let shown = text(response, 200).await;
    assert!(shown.contains("7KQ2M-9XH4T") && shown.contains("15:30 25/11/2026"), "{shown}");
    assert!(!text(world.get(&path).await, 200).await.contains("7KQ2M"));
    let account = json!({ "id": PERSON, "office": OFFICE, "person": PERSON, "state": "disabled", "version": 3 });
    world.answer("disable_account.v1", Ok(account.clone()));
    let done = world.post(&format!("{path}/khoa"), &page, &[]).await;
    assert_eq!(done.headers()["location"], format!("{path}?xong=khoa"));
    world.answer("list_accounts.v1", Ok(json!({ "items": [account] })));
    let page = text(world.get(&format!("{path}?xong=khoa")).await, 200).await;
    assert!(page.contains("Đã khóa; mọi phiên") && page.contains("form-mo-khoa"), "{page}");
    assert!(!page.contains("form-cap-ma"), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn roles_are_a_table_and_say_who_bears_them() {
    let world = world().await;
    let page = text(world.get("/quan-tri/vai-tro").await, 200).await;
    for part in ["Xem văn bản đến", "documents.incoming.read", "Lê Ví Dụ", "Ban &#60;b&#62;Ví Dụ"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert!(!page.contains("method=\"post\" action=\"/quan-tri"), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_register_proves_that_no_number_is_missing_or_names_those_that_are() {
    let world = world().await;
    let line = |number: i64, state: &str| json!({ "number": number, "state": state, "kind": "incoming", "day": "2026-11-20", "note": "vào nhầm" });
    let lines: Vec<Value> =
        (2400..=2418).map(|number| line(number, if number == 2405 { "voided" } else { "registered" })).collect();
    world.answer("list_register_entries.v1", page(&lines));
    let path = format!("/quan-tri/so-dang-ky/{REGISTER}");
    let shown = text(world.get(&path).await, 200).await;
    for part in ["Không có số trống: từ 2.400 đến 2.418 có 19 số", "1 số đã hủy", "vào nhầm", "2.419", "Phiếu 07"]
    {
        assert!(shown.contains(part), "{part} is not in {shown}");
    }
    let lines: Vec<Value> = lines.into_iter().filter(|line| line["number"] != json!(2410)).collect();
    world.answer("list_register_entries.v1", page(&lines));
    let broken = text(world.get(&path).await, 200).await;
    assert!(broken.contains("Có số không có dòng: 2.410"), "{broken}");
    let typed = [("numbers", "mười"), ("sheet", "Phiếu 08"), ("holder", PERSON), ("expires", "30/11/2026")];
    let again = text(world.post(&format!("{path}/giu-so"), &shown, &typed).await, 422).await;
    assert!(again.contains("Hãy ghi một số.") && again.contains("value=\"Phiếu 08\""), "{again}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_book_is_opened_as_typed_and_a_seal_is_recorded_with_its_keeper() {
    let world = world().await;
    let books = text(world.get("/quan-tri/so").await, 200).await;
    for part in ["Sổ văn bản đến · 2026", "2.419", "01-BB/VPTU", "Quá ngày, chưa nhập hết"] {
        assert!(books.contains(part), "{part} is not in {books}");
    }
    let typed = [
        ("kind", "outgoing"),
        ("period", "year"),
        ("body_code", "TU"),
        ("genres", "QĐ, TB"),
        ("first_day", "1/1/2027"),
    ];
    let refused = fault(Kind::Conflict, "documents.register_overlaps", json!({ "name": "first_day" }));
    world.answer("open_register.v1", Err(refused));
    let again = text(world.post("/quan-tri/so/mo-so", &books, &typed).await, 409).await;
    assert!(again.contains("href=\"#mo-so-first_day\"") && again.contains("value=\"QĐ, TB\""), "{again}");
    let asked = &world.asked("open_register.v1")[0].body;
    assert_eq!(
        (&asked["office"], &asked["kind"], &asked["genres"], &asked["first_day"]),
        (&json!(OFFICE), &json!("outgoing"), &json!(["QĐ", "TB"]), &json!("2027-01-01"))
    );
    let page = text(world.get("/quan-tri/co-quan").await, 200).await;
    let typed =
        [("code", "TU"), ("name", "Tỉnh ủy"), ("seal", "Con dấu số 01"), ("custodian", POST), ("from", "1/1/2027")];
    world.post("/quan-tri/co-quan/ghi-co-quan", &page, &typed).await;
    assert_eq!(world.asked("record_issuing_body.v1")[0].body["custodian_title"], "Chuyên viên");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_may_not_change_sees_no_forms_and_no_menu() {
    let world = World::of(&["identity.units.read", "identity.people.read"]).await;
    identity(&world);
    for path in [format!("/quan-tri/don-vi/{BOARD}"), format!("/quan-tri/nguoi/{PERSON}"), format!("/danh-ba/{HEIR}")] {
        let page = text(world.get(&path).await, 200).await;
        assert!(!page.contains("class=\"card fold\"") && !page.contains("href=\"/quan-tri/so\""), "{path}: {page}");
        assert!(page.contains("href=\"/danh-ba\""), "{path}");
    }
    assert!(world.asked("list_accounts.v1").is_empty());
    // An administrator of a subtree looks no further than identity lets them.
    let denied = Fault::new(Kind::Denied, "wire.denied", "not yours", "không thuộc phạm vi của đồng chí");
    world.answer("get_unit_history.v1", Err(denied));
    let page = text(world.get(&format!("/quan-tri/don-vi/{BOARD}")).await, 403).await;
    assert!(page.contains("Không thuộc phạm vi của đồng chí."), "{page}");
    world.finish().await;
}
