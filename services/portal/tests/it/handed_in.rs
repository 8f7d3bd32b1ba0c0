//! What comes as a file through an ordinary form: handwriting, files of outgoing documents, spreadsheets; and the same form
//! with its files sent twice.

use std::time::Duration;

use auth::TicketClaims;
use schema_documents::{
    AddDraft, DraftOutgoing, GetIncoming, GetOutgoing, IncomingDocument, InstructionState, IssueOutgoing, ListIncoming,
    ListInstructions, ListOrder, OpenRegister, OutgoingDocument, OutgoingRecipient, PeriodKind, RegisterIncoming,
    RegisterKind, SetRecipients,
};
use schema_identity::{DirectoryImportState, GetDirectoryImport, ListDirectoryImports, ListPeople};
use testbed::process::until;
use wire::{Day, Secrecy, Urgency, id::OutgoingId};

use crate::{
    house::Someone,
    page_rules::ids_are_unique_and_labels_lead_somewhere,
    world::{World, text},
};

const PDF: &str = "application/pdf";
const CSV: &str = "text/csv";

/// Uploads as the door does, so many seconds ago, and gives what the form has in the place of the file.
pub(crate) async fn handed(
    world: &World,
    (name, media_type): (&str, &str),
    content: impl AsRef<[u8]>,
    (purpose, ago): (&str, u64),
) -> String {
    let platform = &world.house.bench.platform;
    let mut staging = platform.blobs.stage(1 << 20).await.unwrap();
    staging.write(content.as_ref().to_vec().into()).await.unwrap();
    let staged = staging.finish().await.unwrap();
    let claims = TicketClaims {
        sha256: staged.hash,
        size: staged.size,
        media_type: media_type.to_owned(),
        name: name.to_owned(),
        principal: format!("account:{}", world.me.me.account.id),
        office: world.house.office,
        purpose: purpose.to_owned(),
    };
    let signed = platform.clock.now().minus(Duration::from_secs(ago));
    let ticket = world.house.bench.signer("gateway").unwrap().sign_ticket(&claims, signed, Duration::from_secs(3600));
    format!("{} {name}", ticket.0)
}

/// The value of the option with these words.
pub(crate) fn option(page: &str, words: &str) -> String {
    let before = page.split(words).next().unwrap();
    let tag = &before[before.rfind("<option value=\"").unwrap_or_else(|| panic!("no {words} in {page}")) + 15..];
    tag.split('"').next().unwrap().to_owned()
}

async fn letters(world: &World) -> usize {
    let call = ListIncoming {
        office: world.house.office,
        register: None,
        from: None,
        to: None,
        state: None,
        disposition: None,
        due_before: None,
        unassigned: false,
        unit: None,
        q: None,
        order: ListOrder::LatestFirst,
        limit: Some(100),
        cursor: None,
    };
    world.call(&world.me, &call).await.unwrap().items.len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_with_its_files_is_sent_twice_and_acts_once() {
    let world = World::start().await;
    let file = async |content, ago| handed(&world, ("a.pdf", PDF), content, ("incoming_document", ago)).await;
    // The door stages the file of each sending, so that each has a ticket of its own.
    let (one, two, other) = (file("%PDF-1.7 a", 90).await, file("%PDF-1.7 a", 0).await, file("%PDF-1.7 b", 0).await);
    assert_ne!(one, two);
    let page = text(world.get("/van-ban/den").await, 200).await;
    let letter = [
        ("author_body", "Sở Thử Nghiệm"),
        ("symbol", "9/STN"),
        ("document_day", "05/01/2026"),
        ("genre_name", "Công văn"),
        ("summary", "Về việc thử"),
    ];
    let mut places = Vec::new();
    for ticket in [&one, &two] {
        let response = world.post("/van-ban/den", &page, &[&letter[..], &[("files", ticket.as_str())]].concat()).await;
        assert_eq!(response.status(), 303, "{ticket}");
        places.push(response.headers()["location"].clone());
    }
    assert_eq!(places[0], places[1], "the first answer");
    assert_eq!(letters(&world).await, 2);
    // Another file under the same key is another form.
    let changed = [&letter[..], &[("files", other.as_str())]].concat();
    let said = text(world.post("/van-ban/den", &page, &changed).await, 409).await;
    assert!(said.contains("9/STN"), "{said}");
    // Of a file that is attached, the same holds.
    let record = format!("/van-ban/den/{}", world.paper.id);
    let page = text(world.get(&record).await, 200).await;
    for ticket in [&other, &file("%PDF-1.7 b", 30).await] {
        let response = world.post(&format!("{record}/tep"), &page, &[("files", ticket.as_str())]).await;
        assert_eq!(response.headers()["location"], format!("{record}?xong=tep"));
    }
    let files = world.call(&world.me, &GetIncoming { id: world.paper.id }).await.unwrap().files;
    assert_eq!(files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["công văn.pdf", "a.pdf"]);
    let off = format!("{record}/tep/{}/go", files[1].id);
    let response = world.post(&off, &page, &[]).await;
    assert_eq!(response.headers()["location"], format!("{record}?xong=go-tep"));
    assert_eq!(world.call(&world.me, &GetIncoming { id: world.paper.id }).await.unwrap().files.len(), 1);
    world.finish().await;
}

/// A letter about which nobody has decided, with a file.
async fn undecided(world: &World) -> IncomingDocument {
    let house = &world.house;
    let call = RegisterIncoming {
        office: house.office,
        arrived: None,
        late: false,
        secrecy: Secrecy::Open,
        urgency: Urgency::Normal,
        author_body: Some("Sở Thử Nghiệm".to_owned()),
        author_unit: None,
        symbol: Some("88/STN".to_owned()),
        document_day: house.today().plus(-2),
        genre_name: Some("Công văn".to_owned()),
        summary: Some("Về việc khác hẳn".to_owned()),
        pages: Some(1),
        due: None,
        note: None,
        disposition: None,
        duplicate_of: None,
        intake: None,
        files: vec![house.upload(&world.me, "công văn.pdf", b"%PDF-1.7 k", "incoming_document").await],
    };
    world.call(&world.me, &call).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn handwriting_is_transcribed_with_its_scan_beside_the_paper() {
    let world = World::of(&["document_clerk"]).await;
    let hand = "Phó Bí thư Thường trực";
    world.house.hire("th.thuongtruc", "Phạm Văn <Ví Dụ>", hand, &["deputy_secretary"]).await;
    let paper = undecided(&world).await;
    let record = format!("/van-ban/den/{}", paper.id);
    let path = format!("{record}/chep-but-phe");
    assert!(text(world.get(&record).await, 200).await.contains(&format!("href=\"{path}\"")));
    let page = text(world.get(&path).await, 200).await;
    ids_are_unique_and_labels_lead_somewhere("transcribing", &page);
    assert!(page.contains("<iframe") && page.contains("Phạm Văn &#60;Ví Dụ&#62;"), "{page}");
    let author = option(&page, hand);
    let typed =
        [("author", author.as_str()), ("routing_disposition", "to_know"), ("routing_text", "Lưu, báo cáo Thường trực")];
    let said = text(world.post(&path, &page, &[&typed[..], &[("written", "hôm nay")]].concat()).await, 422).await;
    for part in [
        "value=\"hôm nay\"",
        "Lưu, báo cáo Thường trực",
        "Đính kèm ảnh chụp",
        &format!("value=\"{author}\" selected"),
        "value=\"to_know\" checked",
    ] {
        assert!(said.contains(part), "{part} is not in {said}");
    }
    let refused = [&typed[..], &[("scan.refused", "gateway.file_kind but-phe.exe")]].concat();
    let said = text(world.post(&path, &page, &refused).await, 422).await;
    assert!(said.contains("but-phe.exe: không nhận loại tệp này") && !said.contains("Đính kèm ảnh chụp"), "{said}");

    let scan = async |ago| handed(&world, ("but-phe.png", "image/png"), "png", ("instruction_scan", ago)).await;
    let today = world.house.today();
    let day = format!("{:02}/{:02}/{}", today.day(), today.month(), today.year());
    let before = today.plus(-40).unwrap();
    let before = format!("{:02}/{:02}/{}", before.day(), before.month(), before.year());
    let first = scan(90).await;
    let early = [&typed[..], &[("written", before.as_str()), ("scan", first.as_str())]].concat();
    let said = text(world.post(&path, &page, &early).await, 422).await;
    assert!(said.contains(&format!("value=\"{first}\" checked")), "the scan waits for the form: {said}");
    for scan in [first, scan(0).await] {
        let good = [&typed[..], &[("written", day.as_str()), ("scan", scan.as_str())]].concat();
        let response = world.post(&path, &page, &good).await;
        let place = response.headers().get("location").cloned();
        let said = text(response, 303).await;
        assert_eq!(place.unwrap(), format!("{record}?xong=chep-but-phe"), "{said}");
    }
    let call = ListInstructions { id: paper.id, limit: None, cursor: None };
    let given = world.call(&world.me, &call).await.unwrap().items;
    assert_eq!((given.len(), given[0].state), (1, InstructionState::InForce));
    let page = text(world.get(&record).await, 200).await;
    assert!(page.contains("Trần Thị Ví Dụ") && page.contains("Phạm Văn &#60;Ví Dụ&#62;"), "both names: {page}");
    assert!(!page.contains(&format!("href=\"{path}\"")), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_paper_without_its_list_of_hands_says_so_and_keeps_what_was_typed() {
    let mut world = World::of(&["document_clerk"]).await;
    let path = format!("/van-ban/den/{}/chep-but-phe", world.paper.id);
    world.get(&path).await;
    world.lose("list_positions.v1");
    let page = text(world.get(&path).await, 200).await;
    assert!(page.contains("chưa trả lời kịp"), "{page}");
    world.silence("documents").await;
    assert_ne!(world.get(&path).await.status(), 200);
    world.finish().await;
}

/// A draft with its text and recipients.
async fn draft(world: &World) -> OutgoingDocument {
    let call = DraftOutgoing {
        together_with: Vec::new(),
        office: world.house.office,
        genre: "report".to_owned(),
        body_code: Some("VPTU".to_owned()),
        issuing_unit: None,
        summary: Some("Kết quả rà soát".to_owned()),
        secrecy: Secrecy::Open,
        urgency: Urgency::Normal,
        replies_to: Vec::new(),
        text: None,
        recipients: Vec::new(),
    };
    world.call(&world.me, &call).await.unwrap()
}

async fn names(world: &World, id: OutgoingId) -> Vec<String> {
    let files = world.call(&world.me, &GetOutgoing { id }).await.unwrap().files;
    files.into_iter().map(|file| file.name).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_gets_and_loses_files_and_what_was_issued_its_signed_copy() {
    let world = World::start().await;
    let id = draft(&world).await.id;
    let path = format!("/van-ban/di/{id}");
    let page = text(world.get(&path).await, 200).await;
    ids_are_unique_and_labels_lead_somewhere("draft with files", &page);
    assert!(page.contains("Tệp của dự thảo") && !page.contains("Bản đã ký"), "{page}");
    let file = async |name, content| handed(&world, (name, PDF), content, ("outgoing_document", 0)).await;
    let (one, two) = (file("a.pdf", "%PDF-1.7 a").await, file("b.pdf", "%PDF-1.7 b").await);
    let both = [("files", one.as_str()), ("files", two.as_str()), ("files.refused", "gateway.file_macros c.docm")];
    let said = text(world.post(&format!("{path}/tep"), &page, &both).await, 422).await;
    assert!(said.contains("c.docm: tài liệu có macro") && !said.contains(" checked"), "the good ones are in: {said}");
    assert_eq!(names(&world, id).await, ["a.pdf", "b.pdf"]);
    let stale = [("files", "bad-ticket x.pdf")];
    let said = text(world.post(&format!("{path}/tep"), &said, &stale).await, 422).await;
    assert!(said.contains("bad-ticket x.pdf"), "{said}");
    let held = world.call(&world.me, &GetOutgoing { id }).await.unwrap().files;
    let off = format!("{path}/tep/{}/go", held[0].id);
    assert!(said.contains(&format!("action=\"{off}\"")), "{said}");
    let response = world.post(&off, &said, &[]).await;
    assert_eq!(response.headers()["location"], format!("{path}?xong=go-tep"));
    assert_eq!(names(&world, id).await, ["b.pdf"]);

    a_word_document_becomes_the_next_version(&world, &path).await;

    issue(&world, id).await;
    let page = text(world.get(&path).await, 200).await;
    assert!(page.contains("Bản đã ký") && !page.contains("/go\""), "{page}");
    let signed = file("bản ký.pdf", "%PDF-1.7 s").await;
    let response = world.post(&format!("{path}/tep-ban-ky"), &page, &[("files", signed.as_str())]).await;
    assert_eq!(response.headers()["location"], format!("{path}?xong=tep"));
    assert_eq!(names(&world, id).await, ["b.pdf", "a.docx", "bản ký.pdf"]);
    let late = [("files", one.as_str())];
    let said = text(world.post(&format!("{path}/tep"), &page, &late).await, 409).await;
    assert!(said.contains("role=\"alert\""), "a draft's form comes too late: {said}");
    world.finish().await;
}

/// Gives a draft all that it needs, and its number.
async fn issue(world: &World, id: OutgoingId) {
    let (office, year) = (world.house.office, world.house.today().year());
    let register = OpenRegister {
        office,
        kind: RegisterKind::Outgoing,
        body_code: Some("VPTU".to_owned()),
        genres: None,
        period: PeriodKind::Year,
        first_day: Day::new(year, 1, 1).unwrap(),
        last_day: None,
        opening: None,
    };
    world.call(&world.me, &register).await.unwrap();
    let text = AddDraft { id, text: "Nội dung".to_owned(), note: None };
    world.call(&world.me, &text).await.unwrap();
    let recipients = vec![OutgoingRecipient { name: "Sở Ví Dụ".to_owned(), unit: None }];
    world.call(&world.me, &SetRecipients { id, recipients }).await.unwrap();
    let signatory = Some("CHÁNH VĂN PHÒNG Ví Dụ".to_owned());
    let call = IssueOutgoing { id, dated: None, late: false, signatory, signer: None, copies: Some(2), draft: None };
    world.call(&world.me, &call).await.unwrap();
}

const PEOPLE: &str =
    "DANH SÁCH;;;\nCán bộ;Bộ phận;Chức vụ;Vai trò\nLê Thị <Thử>;Văn phòng Ví Dụ;Chuyên viên;specialist\n";

async fn people(world: &World, who: &Someone) -> Vec<String> {
    let call = ListPeople { office: world.house.office, q: None, as_of: None, limit: Some(200), cursor: None };
    world.call(who, &call).await.unwrap().items.into_iter().map(|person| person.full_name).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_of_people_is_brought_in_mapped_tried_out_applied_and_undone() {
    let world = World::of(&["administrator"]).await;
    let unit = world.me.me.posts[0].unit_name.clone();
    let list = PEOPLE.replace("Văn phòng Ví Dụ", &unit);
    let page = text(world.get("/nhap-danh-ba").await, 200).await;
    ids_are_unique_and_labels_lead_somewhere("imports", &page);
    assert!(page.contains("tối đa 8 MB và 2.000 dòng"), "{page}");
    let typed = [("kind", "people"), ("from", "05/13/2026")];
    let said = text(world.post("/nhap-danh-ba", &page, &typed).await, 422).await;
    assert!(said.contains("value=\"05/13/2026\"") && said.contains("Chọn một bảng tính."), "{said}");
    let sheet =
        async |content: &str, ago| handed(&world, ("cán bộ.csv", CSV), content, ("directory_import", ago)).await;
    let exe = [("kind", "people"), ("file.refused", "gateway.file_kind ds.exe")];
    let said = text(world.post("/nhap-danh-ba", &said, &exe).await, 422).await;
    assert!(said.contains("ds.exe: không phải bảng tính."), "{said}");
    let binary = sheet("PK\u{3}\u{4}", 0).await;
    let typed = [("kind", "people"), ("from", "05/01/2026")];
    let said = text(world.post("/nhap-danh-ba", &said, &[&typed[..], &[("file", &binary)]].concat()).await, 422).await;
    assert!(said.contains("value=\"05/01/2026\"") && said.contains("class=\"fault\""), "{said}");
    let mut path = String::new();
    for ago in [90, 0] {
        let file = sheet(&list, ago).await;
        let response = world.post("/nhap-danh-ba", &said, &[&typed[..], &[("file", &file)]].concat()).await;
        path = response.headers()["location"].to_str().unwrap().replace("?xong=nhap", "");
    }
    let call = ListDirectoryImports { office: world.house.office, limit: None, cursor: None };
    let begun = world.call(&world.me, &call).await.unwrap().items;
    assert_eq!(begun.len(), 1, "sent twice, begun once");

    let page = text(world.get(&path).await, 200).await;
    ids_are_unique_and_labels_lead_somewhere("import", &page);
    assert!(!page.contains("/ap-dung") && page.contains("Lỗi cần sửa"), "no column is known to hold names: {page}");
    let mapping = [("head-name", "Cán bộ"), ("head-unit", "Bộ phận")];
    let response = world.post(&format!("{path}/cot"), &page, &mapping).await;
    assert_eq!(response.headers()["location"], format!("{path}?xong=cot"));
    let page = text(world.get(&path).await, 200).await;
    for part in ["value=\"Cán bộ\"", "<td lang=\"vi\">Chức vụ</td>", "Sẽ thêm mới", "/ap-dung"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    world.post(&format!("{path}/ap-dung"), &page, &[]).await;
    let id = begun[0].id;
    let stands = |state| {
        let world = &world;
        move || async move {
            let import = world.call(&world.me, &GetDirectoryImport { id }).await.unwrap();
            (import.state == state).then_some(())
        }
    };
    until("the rows to be entered", Duration::from_secs(60), stands(DirectoryImportState::Applied)).await.unwrap();
    assert!(people(&world, &world.me).await.contains(&"Lê Thị <Thử>".to_owned()));
    let page = text(world.get(&path).await, 200).await;
    assert!(page.contains("/quan-tri/nguoi/") && page.contains("Dòng 3") && page.contains("/hoan-tac"), "{page}");
    let said = text(world.post(&format!("{path}/hoan-tac"), &page, &[("reason", " ")]).await, 422).await;
    assert!(said.contains("class=\"fault\""), "{said}");
    world.post(&format!("{path}/hoan-tac"), &said, &[("reason", "Nhầm tệp")]).await;
    until("the rows to be undone", Duration::from_secs(60), stands(DirectoryImportState::Undone)).await.unwrap();
    assert!(text(world.get(&path).await, 200).await.contains("Nhầm tệp"));
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forms_with_files_are_for_those_who_may_send_them() {
    let world = World::of(&["specialist"]).await;
    let record = format!("/van-ban/den/{}", world.paper.id);
    let page = text(world.get(&record).await, 200).await;
    assert!(!page.contains("chep-but-phe") && !page.contains("type=\"file\""), "{page}");
    let said = world.get("/nhap-danh-ba").await;
    assert!(!text(said, 200).await.contains("type=\"file\""));
    world.finish().await;
}

async fn a_word_document_becomes_the_next_version(world: &World, path: &str) {
    const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    let page = text(world.get(path).await, 200).await;
    let act = format!("{path}/nhap-word");
    let bad = handed(world, ("a.docx", WORD), "không phải Word", ("outgoing_document", 0)).await;
    let said = text(world.post(&act, &page, &[("word", bad.as_str())]).await, 422).await;
    assert!(said.contains("không phải văn bản Word"), "{said}");
    let none = text(world.post(&act, &page, &[]).await, 422).await;
    assert!(none.contains("word-title"), "{none}");
    let content = testbed::word::document(&testbed::word::paragraph("Nội dung từ Word."));
    let good = handed(world, ("a.docx", WORD), content, ("outgoing_document", 0)).await;
    let read = text(world.post(&act, &page, &[("word", good.as_str())]).await, 200).await;
    assert!(read.contains("Không có gì phải bỏ hay đổi") && read.contains(&format!("href=\"{path}\"")), "{read}");
    let page = text(world.get(path).await, 200).await;
    assert!(page.contains("Nội dung từ Word.") && page.contains("dang=word"), "{page}");
}
