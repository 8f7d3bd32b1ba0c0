//! Units and people from spreadsheets: trying out, entering, marks, a second run, undoing before use.

use std::time::Duration;

use auth::TicketClaims;
use schema_identity::*;
use testbed::{Pair, process::until};
use wire::{
    Ticket,
    id::{DirectoryImportId, OfficeId},
};

use crate::world::{Someone, World, code, day};

/// Uploads a list as the gateway does, and gives its ticket.
pub(crate) async fn upload(world: &World, who: &Someone, office: OfficeId, content: &str) -> Ticket {
    upload_for(world, who, (office, "directory_import"), content.as_bytes()).await
}

/// Uploads a file for an office and a purpose.
pub(crate) async fn upload_for(
    world: &World,
    who: &Someone,
    (office, purpose): (OfficeId, &str),
    content: &[u8],
) -> Ticket {
    let mut staging = world.bench.platform.blobs.stage(1 << 20).await.unwrap();
    staging.write(content.to_vec().into()).await.unwrap();
    let staged = staging.finish().await.unwrap();
    let claims = TicketClaims {
        sha256: staged.hash,
        size: staged.size,
        media_type: "text/csv".to_owned(),
        name: "danh-sach.csv".to_owned(),
        principal: format!("account:{}", who.session().account),
        office,
        purpose: purpose.to_owned(),
    };
    world.bench.signer("gateway").unwrap().sign_ticket(&claims, world.now(), Duration::from_secs(600))
}

/// A draft of a list.
pub(crate) async fn begun(
    world: &World,
    who: &Someone,
    office: OfficeId,
    kind: DirectoryImportKind,
    content: &str,
) -> DirectoryImport {
    let ticket = upload(world, who, office, content).await;
    let from = Some(day("2026-01-05"));
    let call = BeginDirectoryImport { office, kind, ticket, columns: Vec::new(), from };
    world.call(who, &call).await.unwrap()
}

/// The import once its job has come to an end.
async fn ended(world: &World, who: &Someone, id: DirectoryImportId, state: DirectoryImportState) -> DirectoryImport {
    let look = || async {
        let import = world.call(who, &GetDirectoryImport { id }).await.unwrap();
        (import.state == state).then_some(import)
    };
    until("the rows to be done with", Duration::from_secs(60), look).await.unwrap()
}

async fn applied(world: &World, who: &Someone, id: DirectoryImportId) -> DirectoryImport {
    world.call(who, &ApplyDirectoryImport { id }).await.unwrap();
    ended(world, who, id, DirectoryImportState::Applied).await
}

async fn marks(world: &World, who: &Someone, id: DirectoryImportId) -> Vec<DirectoryImportRow> {
    let call = ListDirectoryImportRows { id, limit: Some(200), cursor: None };
    world.call(who, &call).await.unwrap().items
}

async fn names(world: &World, who: &Someone, office: OfficeId) -> Vec<(String, bool)> {
    let call = ListPeople { office, q: None, as_of: None, limit: Some(200), cursor: None };
    let people = world.call(who, &call).await.unwrap().items;
    people.into_iter().map(|person| (person.full_name, person.active)).collect()
}

async fn posts(world: &World, who: &Someone, office: OfficeId) -> Vec<Position> {
    let call = ListPositions { office, unit: None, as_of: None, limit: Some(200), cursor: None };
    world.call(who, &call).await.unwrap().items
}

const UNITS: &str =
    "Ten don vi;Truc thuoc\nTổ Lễ tân;Phòng Hành chính\nPhòng Hành chính;Văn phòng Đảng ủy xã Bình Minh\n";

/// More rows than one run of the job takes.
fn list() -> String {
    let mut list = String::from("DANH SÁCH CÁN BỘ;;;;\nHọ và tên;Đơn vị;Chức vụ;Vai trò;Liên hệ\n");
    list += "Lê Thị Thử;Phòng Hành chính;Văn thư kiêm lưu trữ;Văn thư, Lưu trữ viên;\n";
    for n in 1..=30 {
        list += &format!("Người Ví Dụ {n};Phòng Hành chính;Chuyên viên;specialist;máy lẻ {n}\n");
    }
    list
}

async fn imported(pair: Pair) {
    let world = World::start(pair).await;
    let admin = world.administrator("99001", Reach::Own).await;
    let office = admin.office();
    let before = (names(&world, &admin, office).await, posts(&world, &admin, office).await.len());

    let units = begun(&world, &admin, office, DirectoryImportKind::Units, UNITS).await;
    assert_eq!((units.state, units.columns.len(), units.from), (DirectoryImportState::Draft, 0, day("2026-01-05")));
    // People of units that are not there yet are told row by row, and nothing is kept of trying out.
    let people = begun(&world, &admin, office, DirectoryImportKind::People, &list()).await;
    let tried = world.call(&admin, &CheckDirectoryImport { id: people.id }).await.unwrap();
    assert_eq!((tried.rows, tried.fit, tried.known, tried.faulty), (31, 0, 0, 31));
    assert_eq!((tried.faults[0].row, tried.faults[0].code.as_str()), (3, "identity.row_unit"));
    assert_eq!(code(world.call(&admin, &ApplyDirectoryImport { id: people.id }).await), "identity.import_faulty");
    assert_eq!((names(&world, &admin, office).await, posts(&world, &admin, office).await.len()), before);

    let units = applied(&world, &admin, units.id).await;
    assert_eq!((units.rows, units.done, units.left), (2, 2, 0));
    let tried = world.call(&admin, &CheckDirectoryImport { id: people.id }).await.unwrap();
    assert_eq!((tried.fit, tried.faulty), (31, 0), "{:?}", tried.faults);
    let people = applied(&world, &admin, people.id).await;
    assert_eq!((people.rows, people.done, people.left), (31, 31, 0));
    assert_eq!(world.call(&admin, &ApplyDirectoryImport { id: people.id }).await.unwrap(), people);

    // Each row bears the mark of the import; nobody has an account by it.
    let made = marks(&world, &admin, people.id).await;
    assert!(made.iter().all(|row| row.state == DirectoryRowState::Made && row.appointment.is_some()));
    let clerk = GetPerson { id: made[0].person.unwrap(), as_of: None };
    let clerk = world.call(&admin, &clerk).await.unwrap();
    assert_eq!((clerk.full_name.as_str(), clerk.posts.len()), ("Lê Thị Thử", 1));
    let position = posts(&world, &admin, office).await.into_iter().find(|post| Some(post.id) == made[0].position);
    assert_eq!(position.unwrap().roles, ["archivist", "document_clerk"]);
    let accounts = ListAccounts { office, person: None, limit: None, cursor: None };
    assert_eq!(world.call(&admin, &accounts).await.unwrap().items.len(), 1);

    // A second run changes nothing.
    let events = posts(&world, &admin, office).await;
    for (kind, content, rows) in
        [(DirectoryImportKind::Units, UNITS.to_owned(), 2), (DirectoryImportKind::People, list(), 31)]
    {
        let again = begun(&world, &admin, office, kind, &content).await.id;
        let tried = world.call(&admin, &CheckDirectoryImport { id: again }).await.unwrap();
        assert_eq!((tried.fit, tried.known, tried.faulty), (0, rows, 0), "{:?}", tried.faults);
        assert_eq!(applied(&world, &admin, again).await.rows, 0);
    }
    assert_eq!(posts(&world, &admin, office).await, events);
    undone(&world, &admin, (units.id, people.id)).await;
    world.finish().await;
}

/// Undoing before use, in the only order that there is; and again, after which the same people are there.
async fn undone(world: &World, admin: &Someone, (units, people): (DirectoryImportId, DirectoryImportId)) {
    let office = admin.office();
    let undo = |id| UndoDirectoryImport { id, reason: "Nhập nhầm danh sách".into() };
    assert_eq!(code(world.call(admin, &undo(units)).await), "identity.import_used");
    world.call(admin, &undo(people)).await.unwrap();
    let gone = ended(world, admin, people, DirectoryImportState::Undone).await;
    assert_eq!((gone.done, gone.left), (31, 0));
    assert!(names(world, admin, office).await.iter().all(|(name, active)| *active == (name == "Đỗ Quang Huy")));
    assert_eq!(posts(world, admin, office).await.len(), 1, "the administrator's own");
    assert_eq!(code(world.call(admin, &undo(people)).await), "identity.import_undone");

    let second = begun(world, admin, office, DirectoryImportKind::People, &list()).await.id;
    let second = applied(world, admin, second).await;
    assert_eq!((second.rows, second.left), (31, 0));
    let all = names(world, admin, office).await;
    assert!(all.len() == 32 && all.iter().all(|(_, active)| *active), "the same people, and none twice: {all:?}");
    // As soon as one of them has an account, the import is in use.
    let made = marks(world, admin, second.id).await;
    world.call(admin, &OpenAccount { office, person: made[7].person.unwrap() }).await.unwrap();
    let refused = world.call(admin, &undo(second.id)).await.unwrap_err();
    assert_eq!((refused.code.as_str(), &refused.detail.unwrap()["row"]), ("identity.import_used", &10.into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_tried_out_entered_and_undone_before_use_on_sqlite() {
    imported(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_tried_out_entered_and_undone_before_use_on_postgresql() {
    imported(Pair::LocalPostgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_administrator_of_a_subtree_imports_within_it_and_learns_nothing_of_another() {
    let world = World::local().await;
    let _centre = world.administrator("TW", Reach::Own).await;
    let province = world.office("song lam").await;
    let post = CreatePosition { reach: Reach::Below, ..world.post(province, &["administrator"]).await };
    let admin = administrator_by_operator(&world, post).await;
    let commune = world.office("binh minh").await;
    // A commune below, another province, and an office that there is not: the latter two look alike.
    let list = "Mã xã;Họ tên;Phòng ban;Chức danh\n99001;Lê Thị Thử;Văn phòng Đảng ủy xã Bình Minh;Văn thư\n\
        98;Trần Văn Ví;Văn phòng Thành ủy Biển Xanh;Văn thư\n97;Trần Văn Ví;Văn phòng;Văn thư\n";
    let draft = begun(&world, &admin, province, DirectoryImportKind::People, list).await;
    let tried = world.call(&admin, &CheckDirectoryImport { id: draft.id }).await.unwrap();
    assert_eq!((tried.rows, tried.fit, tried.faulty), (3, 1, 2));
    let [theirs, nobodys] = [&tried.faults[0], &tried.faults[1]];
    assert_eq!((theirs.row, theirs.cell.as_deref()), (3, Some("98")));
    assert_eq!((&theirs.code, &theirs.vi, &theirs.en), (&nobodys.code, &nobodys.vi, &nobodys.en));
    let own = list.lines().take(2).collect::<Vec<_>>().join("\n");
    let draft = begun(&world, &admin, province, DirectoryImportKind::People, &own).await;
    assert_eq!(applied(&world, &admin, draft.id).await.left, 0);
    assert_eq!(names(&world, &admin, commune).await, [("Lê Thị Thử".to_owned(), true)]);
    world.finish().await;
}

async fn administrator_by_operator(world: &World, post: CreatePosition) -> Someone {
    let office = post.office;
    let create = CreatePerson { office, full_name: "Đỗ Cường".into(), contact: None };
    let person = world.as_service(&create).await.unwrap();
    let position = world.as_service(&post).await.unwrap();
    world.as_service(&crate::world::appointment(&person, &position)).await.unwrap();
    let account = world.as_service(&OpenAccount { office, person: person.id }).await.unwrap();
    let enrolment = world.as_service(&IssueEnrolment { id: account.id }).await.unwrap();
    world.enrol(&enrolment.code, "do.cuong").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mapping_is_changed_and_what_is_no_spreadsheet_is_refused() {
    let world = World::local().await;
    let admin = world.administrator("99001", Reach::Own).await;
    let office = admin.office();
    let list = "Cán sự;Nơi;Việc\nLê Thị Thử;Văn phòng Đảng ủy xã Bình Minh;Văn thư\n";
    let id = begun(&world, &admin, office, DirectoryImportKind::People, list).await.id;
    let tried = world.call(&admin, &CheckDirectoryImport { id }).await.unwrap();
    assert_eq!((tried.faults[0].row, tried.faults[0].code.as_str()), (0, "identity.row_heads"));
    let column = |head: &str, field| DirectoryColumn { head: head.into(), field };
    let columns = vec![
        column("can su", DirectoryField::Name),
        column("Nơi", DirectoryField::Unit),
        column("VIỆC", DirectoryField::Title),
    ];
    let mapped = world.call(&admin, &MapDirectoryImport { id, columns }).await.unwrap();
    assert_eq!(mapped.version.0, 2);
    assert_eq!(applied(&world, &admin, id).await.rows, 1);
    assert_eq!(
        code(world.call(&admin, &MapDirectoryImport { id, columns: Vec::new() }).await),
        "identity.import_not_draft"
    );
    let mut long = String::from("Tên đơn vị;Trực thuộc\n");
    (0..2_100).for_each(|n| long += &format!("Tổ {n};\n"));
    for (content, refusal) in
        [("PK\u{3}\u{4} rồi thôi", "identity.import_unreadable"), (&long, "identity.import_too_long")]
    {
        let ticket = upload(&world, &admin, office, content).await;
        let call =
            BeginDirectoryImport { office, kind: DirectoryImportKind::Units, ticket, columns: Vec::new(), from: None };
        assert_eq!(code(world.call(&admin, &call).await), refusal);
    }
    // Nothing of the files is kept: they tell of people.
    let area = world.bench.platform.blobs.area("identity", &office.to_string()).unwrap();
    assert!(futures_util::TryStreamExt::try_collect::<Vec<_>>(area.list()).await.unwrap().is_empty());
    world.finish().await;
}
