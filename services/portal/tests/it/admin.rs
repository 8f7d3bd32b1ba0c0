//! The administrator's pages: units and people through time, appointments, accounts, roles, registers; and the directory.

use std::time::Duration;

use schema_documents::ListRegisters;
use serde_json::json;
use testbed::process::until;
use wire::Day;

use crate::{
    house_admin::Staffed,
    page_rules::ids_are_unique_and_labels_lead_somewhere,
    world::{World, hidden, text},
};

/// Who looks after people, and keeps the registers as well.
const ALL: [&str; 2] = ["administrator", "document_clerk"];

/// Every page of this area.
fn everywhere(all: &Staffed) -> Vec<String> {
    let (board, heir, person) = (all.board, all.heir, all.employee.me.person.id);
    vec![
        "/danh-ba".to_owned(),
        "/danh-ba?q=con+dao&cap=xa&ngay=1/7/2026".to_owned(),
        format!("/danh-ba/{heir}"),
        "/quan-tri/to-chuc".to_owned(),
        format!("/quan-tri/to-chuc?don-vi={board}&ngay=1/7/2026"),
        format!("/quan-tri/don-vi/{board}"),
        "/quan-tri/nguoi".to_owned(),
        format!("/quan-tri/nguoi/{person}"),
        "/quan-tri/chuc-danh".to_owned(),
        "/quan-tri/vai-tro".to_owned(),
        "/quan-tri/so".to_owned(),
        format!("/quan-tri/so-dang-ky/{}", all.world.paper.register),
        "/quan-tri/co-quan".to_owned(),
    ]
}

/// The page that shows what a form would do.
async fn previewed(world: &World, path: &str, page: &str, typed: &[(&str, &str)]) -> String {
    text(world.post(path, page, typed).await, 200).await
}

/// The same form, sent from the page that showed it.
async fn confirmed(world: &World, path: &str, shown: &str, typed: &[(&str, &str)]) -> reqwest::Response {
    let seen = hidden(shown, "da-xem");
    world.post(path, shown, &[typed, &[("da-xem", seen.as_str())]].concat()).await
}

/// A day as people write it.
fn written(day: Day) -> String {
    day.to_string().split('-').rev().collect::<Vec<_>>().join("/")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn units_people_and_old_names_stand_on_their_pages() {
    let mut all = Staffed::of(&ALL).await;
    all.world.house.keep_registers(&all.world.me, all.world.paper.register).await;
    every_page_stands_in_both_languages_and_a_service_that_is_silent_is_named_in_its_place(&all).await;
    all.world.anew();
    the_tree_opens_level_by_level_and_a_refused_form_keeps_what_was_typed(&all).await;
    all.world.anew();
    a_one_time_code_is_shown_on_the_answer_and_nowhere_else_and_roles_are_a_table(&all).await;
    all.world.anew();
    an_old_name_leads_to_its_heirs_with_day_and_instrument(&mut all).await;
    all.world.finish().await;
}

async fn every_page_stands_in_both_languages_and_a_service_that_is_silent_is_named_in_its_place(all: &Staffed) {
    let world = &all.world;
    for language in ["en", "vi"] {
        world.speak(language).await;
        for path in everywhere(all) {
            let page = text(world.get(&path).await, 200).await;
            assert!(!page.contains("admin-"), "{path}: a word is missing: {page}");
            assert!(page.matches("<h1").count() == 1 && !page.contains("<b>Ví Dụ</b>"), "{path}");
            ids_are_unique_and_labels_lead_somewhere(&path, &page);
        }
    }
    let identity =
        "find_units list_offices list_former_units get_unit_acts list_people list_positions list_appointments";
    let others = "list_accounts list_roles list_registers list_register_entries list_issuing_bodies list_number_blocks";
    for name in identity.split(' ').chain(others.split(' ')) {
        world.lose(&format!("{name}.v1"));
    }
    for path in everywhere(all) {
        let page = text(world.get(&path).await, 200).await;
        assert!(page.contains("chưa trả lời kịp"), "{path}: {page}");
    }
}

async fn an_old_name_leads_to_its_heirs_with_day_and_instrument(Staffed { world, heir, .. }: &mut Staffed) {
    let page = text(world.get("/danh-ba?q=huyen+con+dao").await, 200).await;
    for part in ["Huyện Côn Đảo", "755", "72/2025/QH15", "01/07/2025", "Văn bản chưa đối chiếu"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert!(page.contains(&format!("href=\"/danh-ba/{heir}\"")), "{page}");
    assert_eq!(world.last("list_former_units.v1")["q"], "huyen con dao");
    // The heir in turn says from which units it came.
    let page = text(world.get(&format!("/danh-ba/{heir}")).await, 200).await;
    assert!(page.contains("Sáp nhập từ") && page.contains("Huyện Côn Đảo"), "{page}");
    // What came of Phường Phúc Xá is no office of this house, and is called by its code.
    let page = text(world.get("/danh-ba?q=phuong+phuc+xa").await, 200).await;
    assert!(page.contains("Mã mới 00097"), "{page}");
    let page = text(world.get("/danh-ba?q=phuong+cong+vi").await, 200).await;
    assert!(page.contains("Phần chính"), "{page}");
    text(world.get("/danh-ba?q=755").await, 200).await;
    assert_eq!(world.last("list_former_units.v1")["code"], "755");
    // Without words nobody looks for what was before.
    let asked = world.asked("list_former_units.v1").len();
    text(world.get("/danh-ba").await, 200).await;
    assert_eq!(world.asked("list_former_units.v1").len(), asked);
    // An office shows what is still open in it, when its reader may see that.
    let own = world.house.office;
    let page = text(world.get(&format!("/danh-ba/{own}")).await, 200).await;
    assert!(page.contains("Văn bản đến còn chờ giao việc tại đây"), "{page}");
    world.me = world.house.admin.clone();
    let page = text(world.get(&format!("/danh-ba/{own}")).await, 200).await;
    assert!(!page.contains("Văn bản đến còn chờ giao việc tại đây"), "{page}");
}

async fn the_tree_opens_level_by_level_and_a_refused_form_keeps_what_was_typed(
    Staffed { world, board, group, .. }: &Staffed,
) {
    let page = text(world.get("/quan-tri/to-chuc?ngay=1/7/2026").await, 200).await;
    assert!(page.contains("1 đơn vị") && !page.contains("Phòng Thử"), "{page}");
    assert_eq!(world.last("find_units.v1")["as_of"], "2026-07-01");
    let level = text(world.get(&format!("/quan-tri/to-chuc?don-vi={board}&ngay=1/7/2026")).await, 200).await;
    assert!(level.contains("Phòng Thử") && level.contains("theo ngày 01/07/2026"), "{level}");
    let path = format!("/quan-tri/don-vi/{board}");
    let page = text(world.get(&path).await, 200).await;
    for part in ["Ban Cũ", "01/07/2025 – 31/12/2025", "7-QĐ/TU", "Đổi tên hoặc nơi trực thuộc"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let typed = [("name", "Ban Mới"), ("from", "31/02/2027"), ("instrument", "8-QĐ/TU")];
    let again = text(world.post(&format!("{path}/doi"), &page, &typed).await, 422).await;
    for part in ["id=\"form-doi\" open", "href=\"#doi-from\"", "value=\"31/02/2027\"", "value=\"Ban Mới\""] {
        assert!(again.contains(part), "{part} is not in {again}");
    }
    assert!(world.asked("change_unit.v1").is_empty());
    // No unit is below one of its own.
    let group = group.to_string();
    let typed = [("name", "Ban Mới"), ("from", "1/1/2027"), ("parent", group.as_str()), ("instrument", "8-QĐ/TU")];
    let shown = previewed(world, &format!("{path}/doi"), &again, &typed).await;
    assert!(shown.contains("Phòng Thử") && shown.contains("Phó Trưởng ban"), "what stands in it is named: {shown}");
    assert!(world.asked("change_unit.v1").is_empty(), "nothing is done before it is confirmed");
    let again = text(confirmed(world, &format!("{path}/doi"), &shown, &typed).await, 409).await;
    assert!(again.contains("role=\"alert\"") && again.contains("value=\"8-QĐ/TU\""), "{again}");
    let root = world.house.unit_called("Tỉnh ủy").await.to_string();
    let typed = [typed[0], typed[1], ("parent", root.as_str()), typed[3]];
    let shown = previewed(world, &format!("{path}/doi"), &again, &typed).await;
    assert!(shown.contains("→ Ban Mới") && shown.contains("giữ nguyên"), "{shown}");
    // What was changed after it was shown is shown once more.
    let other = [("name", "Ban Khác"), typed[1], typed[2], typed[3]];
    let once_more = text(confirmed(world, &format!("{path}/doi"), &shown, &other).await, 200).await;
    assert!(once_more.contains("→ Ban Khác"), "{once_more}");
    let done = confirmed(world, &format!("{path}/doi"), &shown, &typed).await;
    assert_eq!(done.headers()["location"], format!("{path}?xong=doi"));
    let asked = world.last("change_unit.v1");
    assert_eq!(
        (&asked["from"], &asked["name"], &asked["instrument"]),
        (&json!("2027-01-01"), &json!("Ban Mới"), &json!("8-QĐ/TU"))
    );
    assert_eq!(world.post(&format!("{path}/xoa"), &page, &[]).await.status(), 404);
    let path = format!("/quan-tri/don-vi/{group}");
    let into = world.house.unit_called("Ban Nội chính").await.to_string();
    let page = text(world.get(&path).await, 200).await;
    let typed = [("into", into.as_str()), ("day", "1/1/2027"), ("instrument", "9-QĐ/TU")];
    let shown = previewed(world, &format!("{path}/sap-nhap"), &page, &typed).await;
    for part in ["Ban Nội chính", "Toàn bộ", "Không có đơn vị nào ở dưới.", "value=\"9-QĐ/TU\"", "01/01/2027"]
    {
        assert!(shown.contains(part), "{part} is not in {shown}");
    }
    ids_are_unique_and_labels_lead_somewhere("preview", &shown);
    let done = confirmed(world, &format!("{path}/sap-nhap"), &shown, &typed).await;
    assert_eq!(done.headers()["location"], format!("{path}?xong=sap-nhap"));
    let asked = world.last("merge_units.v1");
    assert_eq!((&asked["id"], &asked["predecessors"]), (&json!(into), &json!([group])));
    let page = text(world.get(&path).await, 200).await;
    assert!(page.contains("Ban Nội chính") && page.contains("9-QĐ/TU"), "{page}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_appointment_without_a_fresh_proof_leads_to_the_proof_and_back() {
    let Staffed { world, employee, vacant, .. } = Staffed::of(&ALL).await;
    let person = employee.me.person.id;
    let path = format!("/quan-tri/nguoi/{person}");
    let page = text(world.get(&path).await, 200).await;
    assert!(page.contains("12-QĐ/TU") && page.contains("le.vidu") && page.contains("Đang dùng"), "{page}");
    world.house.give_app(&world.me).await;
    world.house.bench.platform.clock.advance(Duration::from_secs(600));
    let vacant = vacant.to_string();
    let typed = [("position", vacant.as_str()), ("from", "1/12/2026"), ("instrument", "13-QĐ/TU")];
    let back = format!("/xac-nhan?tro-lai=%2Fquan-tri%2Fnguoi%2F{person}");
    // The service believes what it knew of the account for a moment. A form of the account goes along to the proof.
    let demanded = until("the proof to be asked for", Duration::from_secs(20), || async {
        let page = text(world.get(&path).await, 200).await;
        (world.post(&format!("{path}/cap-ma"), &page, &[]).await.status() == 307).then_some(())
    });
    demanded.await.unwrap();
    let page = text(world.get(&path).await, 200).await;
    let response = world.post(&format!("{path}/bo-nhiem"), &page, &typed).await;
    assert_eq!((response.status().as_u16(), response.headers()["location"].to_str().unwrap()), (303, back.as_str()));
    let asked = world.last("create_appointment.v1");
    assert_eq!(
        (&asked["person"], &asked["position"], &asked["from"], &asked["instrument"]),
        (&json!(person), &json!(vacant), &json!("2026-12-01"), &json!("13-QĐ/TU"))
    );
    let page = text(world.get(&path).await, 200).await;
    let page = text(world.post(&format!("{path}/thoi-giu"), &page, &[("to", "1/12/2026")]).await, 422).await;
    assert!(page.contains("Hãy chọn một dòng.") && page.contains("value=\"1/12/2026\""), "{page}");
    world.finish().await;
}

async fn a_one_time_code_is_shown_on_the_answer_and_nowhere_else_and_roles_are_a_table(
    Staffed { world, employee, .. }: &Staffed,
) {
    let path = format!("/quan-tri/nguoi/{}", employee.me.person.id);
    let page = text(world.get(&path).await, 200).await;
    assert!(page.contains("chẳng hạn khi để quên hoặc mất thiết bị?"), "{page}");
    let ended = world.post(&format!("{path}/dang-xuat"), &page, &[]).await;
    assert_eq!(ended.headers()["location"], format!("{path}?xong=dang-xuat"));
    assert_eq!(world.last("end_account_sessions.v1"), json!({ "id": employee.me.account.id }));
    let page = text(world.get(&format!("{path}?xong=dang-xuat")).await, 200).await;
    assert!(page.contains("Đã kết thúc mọi phiên đăng nhập."), "{page}");
    let response = world.post(&format!("{path}/cap-ma"), &page, &[]).await;
    assert_eq!(response.headers()["cache-control"], "no-store");
    let shown = text(response, 200).await;
    let code =
        shown.split("class=\"code\"").nth(1).unwrap().split('>').nth(1).unwrap().split('<').next().unwrap().to_owned();
    let until = written(world.house.today().plus(3).unwrap());
    assert!(code.len() > 8 && shown.contains(&until), "{shown}");
    let page = text(world.get(&path).await, 200).await;
    assert!(!page.contains(&code), "{page}");
    let done = world.post(&format!("{path}/khoa"), &page, &[]).await;
    assert_eq!(done.headers()["location"], format!("{path}?xong=khoa"));
    let page = text(world.get(&format!("{path}?xong=khoa")).await, 200).await;
    assert!(page.contains("Đã khóa; mọi phiên") && page.contains("form-mo-khoa"), "{page}");
    assert!(!page.contains("form-cap-ma"), "{page}");
    let page = text(world.get("/quan-tri/vai-tro").await, 200).await;
    for part in ["Xem văn bản đến", "documents.incoming.read", "Lê Ví Dụ", "Ban &#60;b&#62;Ví Dụ"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert!(!page.contains("method=\"post\" action=\"/quan-tri"), "{page}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_register_proves_that_no_number_is_missing_and_a_book_is_opened_as_typed() {
    let Staffed { mut world, vacant, .. } = Staffed::of(&ALL).await;
    world.house.keep_registers(&world.me, world.paper.register).await;
    let path = format!("/quan-tri/so-dang-ky/{}", world.paper.register);
    let shown = text(world.get(&path).await, 200).await;
    for part in ["Không có số trống: từ 2.418 đến 2.422 có 5 số", "1 số đã hủy", "vào nhầm", "2.423", "Phiếu 07"]
    {
        assert!(shown.contains(part), "{part} is not in {shown}");
    }
    let holder = world.me.me.person.id.to_string();
    let typed = [("numbers", "mười"), ("sheet", "Phiếu 08"), ("holder", &holder), ("expires", "30/11/2026")];
    let again = text(world.post(&format!("{path}/giu-so"), &shown, &typed).await, 422).await;
    assert!(again.contains("Hãy ghi một số.") && again.contains("value=\"Phiếu 08\""), "{again}");
    world.later(5).await;
    let year = world.paper.arrived.year();
    let books = text(world.get("/quan-tri/so").await, 200).await;
    for part in [&format!("Sổ văn bản đến · {year}"), "2.423", "01-BB/VPTU", "Quá ngày, chưa nhập hết"]
    {
        assert!(books.contains(part), "{part} is not in {books}");
    }
    let first = format!("1/1/{year}");
    let typed =
        [("kind", "outgoing"), ("period", "year"), ("body_code", "TU"), ("genres", ""), ("first_day", first.as_str())];
    let opened = world.post("/quan-tri/so/mo-so", &books, &typed).await;
    assert_eq!(opened.status(), 303);
    let call = json!({ "office": world.house.office, "kind": "outgoing" });
    assert_eq!(world.house.ask::<ListRegisters>(&world.me, call).await.items.len(), 1);
    let books = text(world.get("/quan-tri/so").await, 200).await;
    let again = text(world.post("/quan-tri/so/mo-so", &books, &typed).await, 409).await;
    assert!(again.contains("role=\"alert\"") && again.contains(&format!("value=\"{first}\"")), "{again}");
    let typed = [typed[0], typed[1], ("body_code", "BNCTU"), ("genres", "decision, notice"), ("first_day", "x")];
    let again = text(world.post("/quan-tri/so/mo-so", &again, &typed).await, 422).await;
    assert!(again.contains("href=\"#mo-so-first_day\"") && again.contains("value=\"decision, notice\""), "{again}");
    let page = text(world.get("/quan-tri/co-quan").await, 200).await;
    let keeper = vacant.to_string();
    let typed =
        [("code", "TU"), ("name", "Tỉnh ủy"), ("seal", "Con dấu số 01"), ("custodian", &keeper), ("from", "1/1/2026")];
    assert_eq!(world.post("/quan-tri/co-quan/ghi-co-quan", &page, &typed).await.status(), 303);
    assert_eq!(world.last("record_issuing_body.v1")["custodian_title"], "Phó Trưởng ban");
    let page = text(world.get("/quan-tri/co-quan").await, 200).await;
    assert!(page.contains("Con dấu số 01") && page.contains("Con dấu số 02"), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_may_not_change_sees_no_forms_and_no_menu() {
    let all = Staffed::of(&["specialist"]).await;
    let world = &all.world;
    let (person, heir) = (all.employee.me.person.id, all.heir);
    for path in
        [format!("/quan-tri/don-vi/{}", all.board), format!("/quan-tri/nguoi/{person}"), format!("/danh-ba/{heir}")]
    {
        let page = text(world.get(&path).await, 200).await;
        assert!(!page.contains("class=\"card fold\"") && !page.contains("href=\"/quan-tri/so\""), "{path}: {page}");
        assert!(page.contains("href=\"/danh-ba\""), "{path}");
    }
    assert!(world.asked("list_accounts.v1").is_empty());
    // Nobody looks further than identity lets them, and nothing says what there would be.
    let below = world.house.below().await;
    world.house.hire_into(&below, ("th.xa", "Ngô Thị Mẫu", "Văn thư"), &["document_clerk"]).await;
    text(world.get(&format!("/quan-tri/don-vi/{}", below.unit)).await, 404).await;
    let page = text(world.get(&format!("/quan-tri/nguoi?co-quan={}", below.office)).await, 200).await;
    assert!(page.contains("Không tìm thấy.") && !page.contains("Ngô Thị Mẫu"), "{page}");
    all.world.finish().await;
}
