//! What is decided upon a document that arrived, and the work that comes from it, on their pages.

use schema_documents::{DisposeIncoming, GetIncoming, IssueOutgoing, MarkIncomingRead, PassIncoming};
use schema_programme::{AcceptAssignment, AskExtension, DecideExtension};
use serde_json::json;
use wire::Day;

use crate::{
    house::{Seat, Someone},
    page_rules::ids_are_unique_and_labels_lead_somewhere,
    world::{World, text},
};

/// A day as people write it.
fn written(day: Day) -> String {
    day.to_string().split('-').rev().collect::<Vec<_>>().join("/")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_paper_is_put_to_whoever_decides_and_passed_on() {
    let world = World::start().await;
    the_chief_puts_a_proposal_to_whoever_may_instruct_and_nothing_typed_is_lost(&world).await;
    a_routing_is_kept_to_fill_in_the_form_of_the_next_paper(&world).await;
    the_paper_is_passed_to_a_desk_and_silence_about_instructions_has_its_place(&world).await;
    world.finish().await;
}

async fn the_chief_puts_a_proposal_to_whoever_may_instruct_and_nothing_typed_is_lost(world: &World) {
    let leader = world.house.leader().await;
    world.house.hire("th.laixe", "Vũ Văn Lái", "Lái xe", &["accountant"]).await;
    let paper = world.house.undecided(&world.me, "20/SVD").await;
    let (unit, put_to) = (world.house.unit_called("Ban Nội chính").await.to_string(), leader.position().to_string());
    let path = format!("/van-ban/den/{}", paper.id);
    let page = text(world.get(&path).await, 200).await;
    ids_are_unique_and_labels_lead_somewhere(&path, &page);
    assert!(page.contains("Phó Bí thư Thường trực – Phạm Thị Mẫu") && !page.contains("Lái xe"), "{page}");
    let typed = [("routing_text", "Đề nghị <giao>"), ("routing_due", "mai"), ("routing_lead", unit.as_str())];
    let page = text(world.post(&format!("{path}/trinh"), &page, &typed).await, 422).await;
    for part in ["href=\"#put_to\"", "href=\"#routing_due\"", "href=\"#routing_disposition\"", "Đề nghị &#60;giao&#62;"]
    {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let whole = [("put_to", put_to.as_str()), ("routing_disposition", "to_process"), ("routing_text", "Giao")];
    let page = text(world.post(&format!("{path}/trinh"), &page, &whole).await, 422).await;
    assert!(page.contains("href=\"#routing_lead\""), "{page}");
    let whole = [&whole[..], &[("routing_lead", unit.as_str())]].concat();
    let response = world.post(&format!("{path}/trinh"), &page, &whole).await;
    assert_eq!(response.headers()["location"], format!("{path}?xong=trinh"));
    assert_eq!(world.last("propose_disposition.v1")["routing"]["lead"], unit);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_that_passes_on_shows_the_tree_who_lately_had_papers_and_who_stands_in() {
    let world = World::start().await;
    let (leader, house) = (world.house.leader().await, &world.house);
    let head = Seat { head: true, ..house.at(house.unit_called("Ban Nội chính").await) };
    let board = house.hire_into(&head, ("th.noichinh", "Vũ Văn Ban", "Trưởng ban"), &["head_of_board"]).await;
    let paper = house.undecided(&world.me, "30/SVD").await;
    let path = format!("/van-ban/den/{}", paper.id);
    let page = text(world.get(&path).await, 200).await;
    let blind = house.unit_called("Ban Tổ chức").await;
    for part in [
        &format!("<option value=\"{blind}\" disabled>\u{2003}"),
        "không chọn được: chưa có chức danh nào ở đây được xem văn bản đến",
        &format!("<option value=\"{}\">\u{2003}", head.unit),
        "label=\"Cây đơn vị\"",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert!(!page.contains("label=\"Mới chuyển gần đây\""), "no paper lies at a desk yet: {page}");

    let earlier = house.undecided(&world.me, "31/SVD").await;
    house.ask::<DisposeIncoming>(&world.me, json!({ "id": earlier.id, "disposition": "to_process" })).await;
    house.ask::<PassIncoming>(&world.me, json!({ "id": earlier.id, "unit": head.unit })).await;
    house.lend(&board, &world.me).await;
    house.lend(&leader, &world.me).await;
    let page = text(world.get(&path).await, 200).await;
    ids_are_unique_and_labels_lead_somewhere(&path, &page);
    let recent = page.split("label=\"Mới chuyển gần đây\"").nth(1).unwrap().split("</optgroup>").next().unwrap();
    for part in [&head.unit.to_string(), "Ban Nội chính", "Vũ Văn Ban: nghỉ phép", "Trần Thị Ví Dụ làm thay"]
    {
        assert!(recent.contains(part), "{part} is not in {recent}");
    }
    assert!(page.contains("Phó Bí thư Thường trực – Phạm Thị Mẫu: nghỉ phép"), "{page}");
    let desk = text(world.get("/ban-lam-viec").await, 200).await;
    assert!(desk.contains("Đang ở Văn thư"), "{desk}");

    let page = text(world.get(&format!("/van-ban/den/{}", earlier.id)).await, 200).await;
    assert!(page.contains("Chưa ai đánh dấu đã xem văn bản này."), "{page}");
    house.ask::<MarkIncomingRead>(&board, json!({ "id": earlier.id })).await;
    let page = text(world.get(&format!("/van-ban/den/{}", earlier.id)).await, 200).await;
    assert!(page.contains("Đã có người xem: Vũ Văn Ban."), "{page}");
    world.lose("list_absences.v1");
    world.lose("list_positions.v1");
    let page = text(world.get(&path).await, 200).await;
    assert!(
        page.contains("Ban Nội chính") && !page.contains("không chọn được"),
        "what is not known bars nothing: {page}"
    );
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_standing_member_finds_what_waits_and_decides_upon_it() {
    let world = World::of(&["deputy_secretary"]).await;
    let page = text(world.get("/van-ban/cho-y-kien").await, 200).await;
    assert!(page.contains("Không có đề xuất nào chờ") && page.contains("Mọi bút phê viết tay đã"), "{page}");
    let roles = ["deputy_chief_of_office", "document_clerk"];
    let chief = world.house.hire("th.dexuat", "Lê Văn Thử", "Phó Chánh", &roles).await;
    a_standing_member_agrees_by_one_click_and_the_work_goes_where_the_instruction_says(&world, &chief).await;
    what_was_written_by_hand_bears_both_names_until_its_author_confirms_it(&world, &chief).await;
    what_waits_is_listed_with_its_paper_and_each_list_is_for_those_who_may(&world, &chief).await;
    world.finish().await;
}

async fn a_standing_member_agrees_by_one_click_and_the_work_goes_where_the_instruction_says(
    world: &World,
    chief: &Someone,
) {
    let (unit, due) = (world.house.unit_called("Ban Nội chính").await, written(world.house.today().plus(5).unwrap()));
    let paper = world.house.undecided(chief, "21/SVD").await;
    let proposal = world.house.propose(chief, &world.me, (&paper, unit)).await.id.to_string();
    let path = format!("/van-ban/den/{}", paper.id);
    let page = text(world.get(&path).await, 200).await;
    ids_are_unique_and_labels_lead_somewhere(&path, &page);
    for part in ["Lê Văn Thử", "Ban Nội chính", &due, "&#60;b&#62;tham mưu", "name=\"as_proposed\" value=\"1\""]
    {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let agrees = [("proposal", proposal.as_str()), ("as_proposed", "1")];
    let response = world.post(&format!("{path}/but-phe"), &page, &agrees).await;
    assert_eq!(response.headers()["location"], format!("{path}?xong=but-phe"));
    let asked = world.last("instruct_incoming.v1");
    assert!(asked["proposal"] == proposal && asked.get("routing").is_none(), "{asked}");
    let page = text(world.get(&path).await, 200).await;
    assert!(!page.contains("name=\"as_proposed\"") && page.contains(&format!("value=\"{unit}\" selected")), "{page}");

    let other = world.house.undecided(chief, "22/SVD").await;
    let proposal = world.house.propose(chief, &world.me, (&other, unit)).await.id.to_string();
    let path = format!("/van-ban/den/{}", other.id);
    let page = text(world.get(&path).await, 200).await;
    let returned = [("proposal", proposal.as_str()), ("return_reason", "Thiếu hạn")];
    world.post(&format!("{path}/tra-trinh"), &page, &returned).await;
    let page = text(world.get(&path).await, 200).await;
    assert!(page.contains("Thiếu hạn") && !page.contains("name=\"as_proposed\""), "{page}");
}

async fn what_was_written_by_hand_bears_both_names_until_its_author_confirms_it(world: &World, clerk: &Someone) {
    let (unit, today) = (world.house.unit_called("Ban Nội chính").await, world.house.today());
    let paper = world.house.undecided(clerk, "23/SVD").await;
    let given = world.house.transcribe(clerk, &world.me, (&paper, unit)).await.id;
    let path = format!("/van-ban/den/{}", paper.id);
    let page = text(world.get(&path).await, 200).await;
    for part in [
        &format!("Viết tay ngày {} của Trần Thị Ví Dụ; Lê Văn Thử nhập lại", written(today)),
        &format!("name=\"assign_due\" value=\"{}\"", written(today.plus(5).unwrap())),
        &format!("value=\"{unit}\" selected"),
        "Chờ xác nhận đúng bản viết",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let confirmed = world.post(&format!("{path}/but-phe/{given}/xac-nhan"), &page, &[]).await;
    assert_eq!(confirmed.headers()["location"], format!("{path}?xong=xac-nhan"));
    let page = text(world.get(&path).await, 200).await;
    assert!(!page.contains("Chờ xác nhận đúng bản viết"), "{page}");
    let scan = world.get(&format!("{path}/but-phe/{given}")).await;
    assert_eq!(scan.headers()["x-hand-out"], format!("/api/v1/instructions/{given}/scan"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_specialist_sees_the_instruction_begins_the_answer_and_proves_the_work_with_it() {
    let world = World::of(&["specialist"]).await;
    let leader = world.house.leader().await;
    let chief =
        world.house.hire("th.dexuat", "Lê Văn Thử", "Phó Chánh", &["deputy_chief_of_office", "document_clerk"]).await;
    world.house.open_outgoing(&chief).await;
    let paper = world.house.undecided(&chief, "24/SVD").await;
    world.house.instruct(&leader, (&paper, world.house.unit)).await;
    let work = world.house.assign(&chief, &paper).await;
    world.house.ask::<AcceptAssignment>(&world.me, json!({ "id": work.id })).await;
    let later = json!({ "id": work.id, "until": work.due.plus(5), "reason": "Chờ số liệu" });
    world.house.ask::<AskExtension>(&world.me, later).await;
    let refused = json!({ "id": work.id, "approve": false, "answer": "Giữ hạn" });
    world.house.ask::<DecideExtension>(&chief, refused).await;
    let answer = world.house.draft(&world.me, Some(paper.id)).await.id;
    world.house.ask::<IssueOutgoing>(&chief, json!({ "id": answer, "signatory": "Ví Dụ", "copies": 1 })).await;
    let path = format!("/viec/{}", work.id);
    let page = text(world.get(&path).await, 200).await;
    ids_are_unique_and_labels_lead_somewhere(&path, &page);
    for part in [
        "tham mưu",
        "Số đến 2.419 · 24/SVD",
        &format!("/van-ban/di/soan?tra-loi={}", paper.id),
        "Ai quyết định",
        "Chánh Văn phòng – Lê Văn Ví Dụ",
        "phải được cấp cao hơn quyết định",
        "không đồng ý",
        "Chờ số liệu → Giữ hạn",
        &written(work.due.plus(5).unwrap()),
        &format!("<strong class=\"num\">{}</strong>", written(world.house.today().plus(5).unwrap())),
        &format!("value=\"{answer} 13-BC/VPTU\""),
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let typed = [("until", "30/11/2026"), ("extension_reason", "")];
    let page = text(world.post(&format!("{path}/gia-han"), &page, &typed).await, 422).await;
    assert!(page.contains("href=\"#extension_reason\"") && page.contains("value=\"30/11/2026\""), "{page}");
    let missing = text(world.post(&format!("{path}/hoan-thanh"), &page, &[]).await, 422).await;
    assert!(missing.contains("href=\"#evidence\""), "{missing}");
    let proof = format!("{answer} 13-BC/VPTU");
    let response = world.post(&format!("{path}/hoan-thanh"), &missing, &[("evidence_document", &proof)]).await;
    assert_eq!(response.status(), 303);
    let evidence = &world.last("complete_assignment.v1")["evidence"];
    assert_eq!(evidence, &json!([{ "kind": "outgoing_document", "id": answer, "label": "13-BC/VPTU" }]));
    world.finish().await;
}

async fn a_routing_is_kept_to_fill_in_the_form_of_the_next_paper(world: &World) {
    let unit = world.house.unit_called("Ban Nội chính").await.to_string();
    let (first, next) =
        (world.house.undecided(&world.me, "28/SVD").await, world.house.undecided(&world.me, "29/SVD").await);
    let path = format!("/van-ban/den/{}", first.id);
    let page = text(world.get(&path).await, 200).await;
    let mut typed = vec![
        ("routing_disposition", "to_process"),
        ("routing_text", "Giao <tham mưu>"),
        ("routing_due", "30/12/2035"),
        ("routing_lead", unit.as_str()),
        ("template_name", ""),
    ];
    let page = text(world.post(&format!("{path}/mau-chuyen"), &page, &typed).await, 422).await;
    assert!(page.contains("href=\"#template_name\"") && page.contains("value=\"30/12/2035\""), "{page}");
    typed[4].1 = "Nội chính";
    let kept = world.post(&format!("{path}/mau-chuyen"), &page, &typed).await;
    let filled = kept.headers()["location"].to_str().unwrap().to_owned();
    assert!(filled.starts_with(&format!("{path}?xong=luu-mau&mau=")), "{filled}");
    let page = text(world.get(&path).await, 200).await;
    let page = text(world.post(&format!("{path}/mau-chuyen"), &page, &typed).await, 409).await;
    assert!(page.contains("href=\"#template_name\"") && page.contains("hoặc chọn thay mẫu cũ"), "{page}");

    let path = format!("/van-ban/den/{}", next.id);
    let page = text(world.get(&path).await, 200).await;
    let link = page.split(&format!("href=\"{path}?mau=")).nth(1).unwrap().split('#').next().unwrap();
    let page = text(world.get(&format!("{path}?mau={link}")).await, 200).await;
    ids_are_unique_and_labels_lead_somewhere(&path, &page);
    let form = page.split("id=\"propose-title\"").nth(1).unwrap();
    for part in ["Giao &#60;tham mưu&#62;", &format!("value=\"{unit}\" selected"), "value=\"to_process\" checked"] {
        assert!(form.contains(part), "{part} is not in {form}");
    }
    assert!(!page.contains("30/12/2035"), "a template has no day: {page}");

    let list = text(world.get("/van-ban/mau-chuyen").await, 200).await;
    ids_are_unique_and_labels_lead_somewhere("/van-ban/mau-chuyen", &list);
    assert!(list.contains("Nội chính") && list.contains("Trần Thị Ví Dụ lưu"), "{list}");
    let dropped = world.post(&format!("/van-ban/mau-chuyen/{link}/bo"), &list, &[]).await;
    assert_eq!(dropped.headers()["location"], "/van-ban/mau-chuyen?xong=bo");
    let list = text(world.get("/van-ban/mau-chuyen").await, 200).await;
    assert!(list.contains("Chưa có mẫu nào"), "{list}");
}

async fn the_paper_is_passed_to_a_desk_and_silence_about_instructions_has_its_place(world: &World) {
    let unit = world.house.unit_called("Ban Nội chính").await.to_string();
    let paper = world.house.undecided(&world.me, "25/SVD").await;
    let path = format!("/van-ban/den/{}", paper.id);
    let page = text(world.get(&path).await, 200).await;
    let page = text(world.post(&format!("{path}/chuyen"), &page, &[("pass_note", "Xin ý kiến")]).await, 422).await;
    assert!(page.contains("href=\"#pass_unit\"") && page.contains("value=\"Xin ý kiến\""), "{page}");
    let response = world.post(&format!("{path}/chuyen"), &page, &[("pass_unit", &unit)]).await;
    assert_eq!(response.status(), 303);
    let passed = world.call(&world.me, &GetIncoming { id: paper.id }).await.unwrap();
    assert_eq!(passed.desk.unwrap().unit.to_string(), unit);
    let page = text(world.get(&path).await, 200).await;
    let page = text(world.post(&format!("{path}/chuyen"), &page, &[("pass_unit", &unit)]).await, 409).await;
    assert!(page.contains("href=\"#pass_unit\"") && page.contains(&format!("value=\"{unit}\" selected")), "{page}");
    world.lose("list_instructions.v1");
    let page = text(world.get(&path).await, 200).await;
    assert!(page.contains("Văn bản chưa trả lời kịp.") && page.contains("Sở Ví Dụ"), "{page}");
}

async fn what_waits_is_listed_with_its_paper_and_each_list_is_for_those_who_may(world: &World, chief: &Someone) {
    let path = "/van-ban/cho-y-kien";
    let unit = world.house.unit_called("Ban Nội chính").await;
    let proposed = world.house.undecided(chief, "26/SVD").await;
    world.house.propose(chief, &world.me, (&proposed, unit)).await;
    let by_hand = world.house.undecided(chief, "27/SVD").await;
    world.house.transcribe(chief, &world.me, (&by_hand, unit)).await;
    let page = text(world.get(path).await, 200).await;
    for part in [&format!("href=\"/van-ban/den/{}\"", by_hand.id), "27/SVD", "26/SVD"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    world.lose("list_unconfirmed_instructions.v1");
    let page = text(world.get(path).await, 200).await;
    ids_are_unique_and_labels_lead_somewhere(path, &page);
    let link = format!("href=\"/van-ban/den/{}\"", proposed.id);
    for part in [&link, "26/SVD", "Văn bản chưa trả lời kịp.", "aria-current=\"page\""] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    world.lose("get_incoming.v1");
    let page = text(world.get(path).await, 200).await;
    assert!(page.contains(&link) && !page.contains("26/SVD"), "{page}");
}
