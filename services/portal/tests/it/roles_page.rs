//! Q3: what is withheld from roles, seen by every administrator and saved by those of the centre.

use schema_identity::{ListRoleVersions, ListRoles};
use serde_json::json;

use crate::{
    page_rules::ids_are_unique_and_labels_lead_somewhere,
    world::{World, text},
};

const PATH: &str = "/quan-tri/vai-tro";
const CLERK: &str = "/quan-tri/vai-tro?vai-tro=document_clerk";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_centre_withholds_a_right_by_decision_and_provinces_see_it() {
    let mut world = World::of(&["administrator"]).await;
    let page = text(world.get(CLERK).await, 200).await;
    assert!(page.contains("Chưa rút quyền nào") && !page.contains("form-rut-quyen"), "a province looks only: {page}");
    let province = world.me.clone();
    world.me = world.house.of_the_centre().await;
    let page = text(world.get(PATH).await, 200).await;
    assert!(page.contains("name=\"vai-tro\"") && !page.contains("form-rut-quyen"), "{page}");
    let page = text(world.get(CLERK).await, 200).await;
    ids_are_unique_and_labels_lead_somewhere(CLERK, &page);
    assert!(page.contains("Rút quyền của vai trò Văn thư") && page.contains("Lưu phiên bản"), "{page}");
    let typed = [
        ("role", "document_clerk"),
        ("replaces", "0"),
        ("withheld", "documents.incoming.void"),
        ("withheld", "documents.registers.change"),
        ("reason", "Sổ do văn phòng giữ"),
        ("instrument", "21-QĐ/VPTW"),
        ("instrument_day", "31/02/2026"),
    ];
    let again = text(world.post(&format!("{PATH}/rut-quyen"), &page, &typed).await, 422).await;
    assert!(again.contains("href=\"#rut-quyen-instrument_day\"") && again.contains("value=\"21-QĐ/VPTW\""), "{again}");
    assert!(again.contains("value=\"documents.incoming.void\" checked"), "what was ticked stays: {again}");
    let mut typed = typed.to_vec();
    typed[6].1 = "05/01/2026";
    let done = world.post(&format!("{PATH}/rut-quyen"), &again, &typed).await;
    assert_eq!(done.headers()["location"], format!("{CLERK}&xong=rut-quyen"));
    let page = text(world.get(&format!("{CLERK}&xong=rut-quyen")).await, 200).await;
    for part in ["Đã lưu phiên bản.", "Đã rút", "21-QĐ/VPTW", "name=\"replaces\" value=\"1\"", "Vũ Thị Mẫu"]
    {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    // Another role is narrowed as well, one's own: the first stays as it is, and it is asked twice.
    let own = "/quan-tri/vai-tro?vai-tro=administrator";
    let page = text(world.get(own).await, 200).await;
    let mine = [
        ("role", "administrator"),
        ("replaces", "1"),
        ("withheld", "audit.read"),
        ("reason", "Nhật ký do bộ phận khác xem"),
        ("instrument", "22-QĐ/VPTW"),
        ("instrument_day", "06/01/2026"),
    ];
    let again = text(world.post(&format!("{PATH}/rut-quyen"), &page, &mine).await, 409).await;
    assert!(again.contains("vai trò của chính đồng chí"), "{again}");
    let sure = [&mine[..], &[("own_right_confirmed", "1")]].concat();
    assert_eq!(world.post(&format!("{PATH}/rut-quyen"), &again, &sure).await.status(), 303);
    let withheld = world.last("save_role_version.v1")["withheld"].clone();
    assert_eq!(withheld.as_array().unwrap().len(), 2, "{withheld}");
    let versions = world.house.ask::<ListRoleVersions>(&province, json!({})).await.versions;
    assert_eq!(versions.len(), 2);
    let roles = world.house.ask::<ListRoles>(&province, json!({})).await.items;
    assert!(roles.iter().any(|role| role.name == "administrator" && role.withheld == ["audit.read"]));
    world.me = province;
    world.speak("en").await;
    let page = text(world.get(PATH).await, 200).await;
    assert!(page.contains("Withheld") && page.contains("22-QĐ/VPTW") && !page.contains("admin-"), "{page}");
    world.finish().await;
}
