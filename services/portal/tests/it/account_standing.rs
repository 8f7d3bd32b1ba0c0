//! Who stands in for whom, who is away, posts that are handed over, and imports of the directory.

use std::time::Duration;

use schema_identity::{
    DirectoryImportState, GetDirectoryImport, ListAbsences, ListDelegations, SignHandover, UndoDirectoryImport,
};
use serde_json::json;
use testbed::process::until;
use wire::Day;

use crate::{
    house::Someone,
    page_rules::ids_are_unique_and_labels_lead_somewhere,
    world::{World, text},
};

/// A day as people write it.
fn written(day: Day) -> String {
    day.to_string().split('-').rev().collect::<Vec<_>>().join("/")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn posts_are_stood_in_for_left_and_handed_over() {
    let mut world = World::start().await;
    for (number, username) in [(1, "th.mot"), (2, "th.hai"), (3, "th.ba"), (4, "th.bon")] {
        world.newcomer(username, &["chief_of_office", "document_clerk"]).await;
        let deputy = format!("{username}.thay");
        let deputy = world.house.hire(&deputy, "Lê Văn <Thay>", "Chuyên viên", &["specialist"]).await;
        match number {
            1 => who_stands_in_is_shown_with_the_last_day_and_what_is_silent_is_named(&world, &deputy).await,
            2 => powers_are_lent_within_bounds_and_a_refused_form_keeps_what_was_typed(&world, &deputy).await,
            3 => days_away_are_told_and_ended(&world, &deputy).await,
            _ => a_post_is_handed_over_with_its_open_work_and_two_signatures(&mut world, deputy).await,
        }
    }
    world.anew();
    an_import_is_tried_out_put_into_force_and_watched(&mut world).await;
    world.finish().await;
}

async fn who_stands_in_is_shown_with_the_last_day_and_what_is_silent_is_named(world: &World, deputy: &Someone) {
    let shown = text(world.get("/uy-quyen").await, 200).await;
    assert!(shown.contains("Chưa ủy quyền cho ai."), "{shown}");
    world.house.lend(&world.me, deputy).await;
    world.house.appoint_after(deputy, &world.me).await;
    world.house.handover(&world.me, deputy).await;
    let shown = text(world.get("/uy-quyen").await, 200).await;
    ids_are_unique_and_labels_lead_somewhere("deputies", &shown);
    let today = world.house.today();
    for part in [
        "Lê Văn &#60;Thay&#62; · Chuyên viên",
        &format!("từ {} đến hết {}", written(today), written(today.plus(9).unwrap())),
        "Xem văn bản đến",
        "Đang có hiệu lực",
        "Nghỉ phép · Văn thư",
        "Chờ đồng chí ký",
        &format!("value=\"{}:{}\"", deputy.me.person.id, deputy.position()),
    ] {
        assert!(shown.contains(part), "{part} is not in {shown}");
    }
    world.lose("list_absences.v1");
    let shown = text(world.get("/uy-quyen").await, 200).await;
    assert!(shown.contains("chưa trả lời kịp") && shown.contains("Đang có hiệu lực"), "{shown}");
}

async fn powers_are_lent_within_bounds_and_a_refused_form_keeps_what_was_typed(world: &World, deputy: &Someone) {
    let shown = text(world.get("/uy-quyen").await, 200).await;
    let (who, today) = (format!("{}:{}", deputy.me.person.id, deputy.position()), world.house.today());
    let (from, to) = (written(today.plus(5).unwrap()), written(today.plus(9).unwrap()));
    let wrong = text(world.post("/uy-quyen", &shown, &[("from", "32/12"), ("reason", "Đi công tác")]).await, 422).await;
    assert!(
        wrong.contains("href=\"#deputy\"")
            && wrong.contains("value=\"32/12\"")
            && wrong.contains("value=\"Đi công tác\"")
    );
    assert!(world.asked("create_delegation.v1").is_empty());
    let typed = [
        ("deputy", who.as_str()),
        ("kind", "absence"),
        ("from", from.as_str()),
        ("to", to.as_str()),
        ("permissions", "documents.incoming.read"),
        ("permissions", "programme.assignments.work"),
        ("genres", "CV, BC"),
        ("highest", "5.000.000"),
        ("reason", "Đi công tác"),
        ("may_pass_on", "1"),
    ];
    // Nobody lends what they do not hold.
    let more = [&typed[..], &[("permissions", "documents.incoming.instruct")]].concat();
    let again = text(world.post("/uy-quyen", &wrong, &more).await, 422).await;
    assert!(again.contains("href=\"#permissions\"") && again.contains("value=\"CV, BC\""), "{again}");
    assert!(again.contains("value=\"programme.assignments.work\" checked"), "{again}");
    let response = world.post("/uy-quyen", &again, &typed).await;
    assert_eq!(response.headers()["location"], "/uy-quyen?xong=uy-quyen");
    let expected = json!({
        "kind": "absence", "position": world.me.position(), "deputy": deputy.me.person.id,
        "deputy_position": deputy.position(),
        "permissions": ["documents.incoming.read", "programme.assignments.work"], "genres": ["BC", "CV"],
        "highest": 5_000_000, "from": today.plus(5), "to": today.plus(10), "reason": "Đi công tác", "may_pass_on": true,
    });
    assert_eq!(world.last("create_delegation.v1"), expected);
    let office = world.house.office;
    let of_position = json!({ "office": office, "position": world.me.position() });
    let lent = world.house.ask::<ListDelegations>(&world.me, of_position.clone()).await.items;
    let id = lent[0].id;
    let shown = text(world.get("/uy-quyen").await, 200).await;
    world.post(&format!("/uy-quyen/{id}/thu-hoi"), &shown, &[("revoke_reason", "Đã về")]).await;
    let lent = world.house.ask::<ListDelegations>(&world.me, of_position).await.items;
    assert_eq!(lent[0].revoked.as_ref().unwrap().reason, "Đã về");
}

async fn days_away_are_told_and_ended(world: &World, deputy: &Someone) {
    let lent = world.house.lend(&world.me, deputy).await;
    let today = world.house.today();
    let shown = text(world.get("/uy-quyen").await, 200).await;
    let (from, to) = (written(today.plus(2).unwrap()), written(today.plus(6).unwrap()));
    let cover = lent.id.to_string();
    let typed = [("away_kind", "duty"), ("away_from", to.as_str()), ("away_to", from.as_str()), ("cover", &cover)];
    let again = text(world.post("/uy-quyen/vang-mat", &shown, &typed).await, 422).await;
    assert!(again.contains("href=\"#away_to\"") && again.contains(&format!("value=\"{from}\"")), "{again}");
    let typed = [typed[0], ("away_from", from.as_str()), ("away_to", to.as_str()), typed[3]];
    let response = world.post("/uy-quyen/vang-mat", &again, &typed).await;
    assert_eq!(response.headers()["location"], "/uy-quyen?xong=vang-mat");
    let body = world.last("create_absence.v1");
    assert_eq!((&body["kind"], &body["to"], &body["cover"]), (&json!("duty"), &json!(today.plus(6)), &json!(cover)));
    let away = world.house.ask::<ListAbsences>(&world.me, json!({ "office": world.house.office })).await.items;
    let leave = away.iter().find(|one| one.from == today && one.person == world.me.me.person.id).unwrap().id;
    let shown = text(world.get("/uy-quyen").await, 200).await;
    let back = written(today.plus(1).unwrap());
    let response = world.post(&format!("/uy-quyen/vang-mat/{leave}/tro-lai"), &shown, &[("back", &back)]).await;
    assert_eq!(response.headers()["location"], "/uy-quyen?xong=tro-lai");
    let away = world.house.ask::<ListAbsences>(&world.me, json!({ "office": world.house.office })).await.items;
    assert_eq!(away.iter().find(|one| one.id == leave).unwrap().to, today.plus(1).unwrap());
}

async fn a_post_is_handed_over_with_its_open_work_and_two_signatures(world: &mut World, next: Someone) {
    let form = text(world.get("/ban-giao/moi").await, 200).await;
    assert!(form.contains("Chưa có ai khác được bổ nhiệm"), "{form}");
    let giver = world.house.hire("th.giao", "Hồ Văn Thử", "Phó Chánh Văn phòng", &["deputy_chief_of_office"]).await;
    let order = world.house.order(&giver, &world.me, "Rà soát đơn vị").await.id;
    world.house.appoint_after(&next, &world.me).await;
    let form = text(world.get("/ban-giao/moi").await, 200).await;
    ids_are_unique_and_labels_lead_somewhere("new hand-over", &form);
    let work = format!("{order} Rà soát đơn vị");
    assert!(form.contains(&format!("value=\"{work}\" checked")) && form.contains("Lê Văn &#60;Thay&#62;"), "{form}");
    let other = next.me.person.id.to_string();
    let more = "Chìa khóa <tủ>\n\nCon dấu";
    let typed = [("direction", "give"), ("other", other.as_str()), ("work", work.as_str()), ("more", more)];
    let again = text(world.post("/ban-giao/moi", &form, &typed[2..]).await, 422).await;
    assert!(again.contains("href=\"#other\"") && again.contains("Con dấu"), "{again}");
    let response = world.post("/ban-giao/moi", &again, &typed).await;
    let to = response.headers()["location"].to_str().unwrap().to_owned();
    let path = to.strip_suffix("?xong=lap").unwrap();
    let body = world.last("create_handover.v1");
    assert_eq!((&body["outgoing"], &body["incoming"]), (&json!(world.me.me.person.id), &json!(other)));
    assert_eq!(
        body["items"],
        json!([
            { "kind": "assignment", "id": order, "label": "Rà soát đơn vị" },
            { "kind": "other", "label": "Chìa khóa <tủ>" }, { "kind": "other", "label": "Con dấu" },
        ])
    );
    let shown = text(world.get(path).await, 200).await;
    ids_are_unique_and_labels_lead_somewhere("hand-over", &shown);
    assert!(shown.contains("Chìa khóa &#60;tủ&#62;") && !shown.contains("ký lúc"), "{shown}");
    let response = world.post(&format!("{path}/ky"), &shown, &[]).await;
    assert_eq!(response.headers()["location"], format!("{path}?xong=ky"));
    let id = path.rsplit('/').next().unwrap();
    world.house.ask::<SignHandover>(&next, json!({ "id": id })).await;
    let signed = text(world.get(path).await, 200).await;
    assert_eq!(signed.matches("ký lúc").count(), 2, "{signed}");
    // The page that was open beside it has a key of its own, and comes too late.
    text(world.post(&format!("{path}/ky"), &signed, &[]).await, 409).await;
    world.me = next;
    text(world.get(path).await, 200).await;
}

async fn an_import_is_tried_out_put_into_force_and_watched(world: &mut World) {
    world.me = world.house.admin.clone();
    let faulty = world.house.import("An Ví Dụ;Ban <x>;Chuyên viên;specialist;\n").await.id;
    let unit = "Văn phòng Tỉnh ủy Ví Dụ";
    let rows: String = (1..=3).map(|n| format!("Người Ví Dụ {n};{unit};Chuyên viên;specialist;\n")).collect();
    let good = world.house.import(&rows).await.id;
    let draft = text(world.get(&format!("/nhap-danh-ba/{faulty}")).await, 200).await;
    assert!(draft.contains("Ban &#60;x&#62;") && !draft.contains("/ap-dung"), "{draft}");
    ids_are_unique_and_labels_lead_somewhere("import", &draft);
    let path = format!("/nhap-danh-ba/{good}");
    let draft = text(world.get(&path).await, 200).await;
    let response = world.post(&format!("{path}/ap-dung"), &draft, &[]).await;
    assert_eq!(response.headers()["location"], format!("{path}?xong=ap-dung"));
    let ended = |state: DirectoryImportState| {
        let world = &*world;
        until("the rows to be done with", Duration::from_secs(60), move || async move {
            let import = world.house.ask::<GetDirectoryImport>(&world.me, json!({ "id": good })).await;
            (import.state == state).then_some(())
        })
    };
    ended(DirectoryImportState::Applied).await.unwrap();
    let list = text(world.get("/nhap-danh-ba").await, 200).await;
    assert!(list.contains("cán bộ.csv") && list.contains(&format!("href=\"{path}\"")), "{list}");
    let applied = text(world.get(&path).await, 200).await;
    assert!(applied.contains("/hoan-tac") && !applied.contains("/ap-dung"), "{applied}");
    let response = world.post(&format!("{path}/hoan-tac"), &applied, &[("reason", "Nhầm tệp")]).await;
    assert_eq!(response.headers()["location"], format!("{path}?xong=hoan-tac"));
    assert_eq!(world.last("undo_directory_import.v1")["reason"], "Nhầm tệp");
    ended(DirectoryImportState::Undone).await.unwrap();
    let undone = text(world.get(&path).await, 200).await;
    assert!(undone.contains("Nhầm tệp") && !undone.contains("/hoan-tac"), "{undone}");
    // What was entered, and has been used since, is not undone.
    let used = world.house.import(&format!("Người Khác;{unit};Chuyên viên;specialist;\n")).await.id;
    world.house.ask::<UndoDirectoryImport>(&world.me, json!({ "id": used, "reason": "Thử" })).await;
    let path = format!("/nhap-danh-ba/{used}");
    let page = text(world.get("/nhap-danh-ba").await, 200).await;
    text(world.post(&format!("{path}/hoan-tac"), &page, &[("reason", "Lần nữa")]).await, 409).await;
    world.lose("list_directory_imports.v1");
    assert!(text(world.get("/nhap-danh-ba").await, 200).await.contains("chưa trả lời kịp"));
}
