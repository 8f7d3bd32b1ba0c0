//! Files in forms, the file beside the words, and likely duplicates.

use schema_documents::{IncomingDocument, RegisterIncoming};
use serde_json::json;

use crate::world::{World, hidden, text};

/// A file that the door has taken, as it stands in a form.
async fn file(world: &World, name: &str, purpose: &str) -> String {
    let content = format!("%PDF-1.7 {}", runtime::fresh_id());
    let ticket = world.house.upload(&world.me, name, content.as_bytes(), purpose).await;
    format!("{} {name}", ticket.0)
}

/// A letter that nobody has to work on.
async fn letter(world: &World, symbol: &str) -> IncomingDocument {
    let call = json!({
        "office": world.house.office, "author_body": "Sở Ví Dụ", "symbol": symbol, "summary": "Về việc thử",
        "document_day": world.house.today(), "genre_name": "Công văn",
    });
    world.house.ask::<RegisterIncoming>(&world.me, call).await
}

/// What a clerk types of a letter of the day `day`.
fn typed<'a>(symbol: &'a str, day: &'a str) -> [(&'a str, &'a str); 5] {
    [
        ("author_body", "Sở Ví Dụ"),
        ("symbol", symbol),
        ("document_day", day),
        ("genre_name", "Công văn"),
        ("summary", "Về việc khác"),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_come_with_forms_and_duplicates_are_compared() {
    let world = World::start().await;
    the_door_is_told_for_whom_a_form_may_bring_files_and_the_form_is_not_acted_on(&world).await;
    world.anew();
    the_token_of_a_form_stands_before_its_files(&world).await;
    world.anew();
    a_document_is_registered_with_its_files_and_a_bad_one_is_named_while_the_good_ones_wait(&world).await;
    world.anew();
    files_are_attached_to_a_document_each_once(&world).await;
    world.anew();
    a_file_stands_beside_the_words_and_frames_hold_nothing_else(&world).await;
    world.anew();
    a_likely_duplicate_stands_beside_what_was_typed_with_the_differences_marked(&world).await;
    world.anew();
    a_replacement_is_entered_first_and_the_earlier_number_voided_with_the_reason(&world).await;
    world.finish().await;
}

async fn the_door_is_told_for_whom_a_form_may_bring_files_and_the_form_is_not_acted_on(world: &World) {
    let page = text(world.get("/van-ban/den").await, 200).await;
    let (csrf, key) = (hidden(&page, "_csrf"), hidden(&page, "_key"));
    let own = [("_csrf", csrf.as_str()), ("_key", key.as_str()), ("reason", "thử"), ("summary", "Về việc thử")];
    let (paper, office, secret) = (world.paper.id, world.house.office, Some(world.me.secret.as_str()));
    for path in ["/van-ban/den".to_owned(), "/van-ban/den?loc=hom-nay".to_owned(), format!("/van-ban/den/{paper}/tep")]
    {
        let response = world.ask_in(&path, secret, &own).await;
        assert_eq!(response.status(), 200, "{path}");
        assert_eq!(response.headers()["x-hand-in"], format!("{office} incoming_document"));
        let token = world.asked("list_incoming.v1").pop().unwrap().token.unwrap();
        assert_eq!(response.headers()["x-hand-in-token"].to_str().unwrap(), token);
    }
    let cases = [
        (format!("/van-ban/den/{paper}/huy"), secret, own.to_vec(), 422),
        ("/dang-xuat".to_owned(), secret, own.to_vec(), 422),
        ("/van-ban/den".to_owned(), None, own.to_vec(), 401),
        ("/van-ban/den".to_owned(), secret, vec![("_csrf", "0000"), own[1], own[3]], 403),
        ("/van-ban/den".to_owned(), secret, vec![own[3]], 403),
    ];
    for (path, secret, fields, status) in cases {
        let response = world.ask_in(&path, secret, &fields).await;
        assert!(!response.headers().contains_key("x-hand-in-token"), "{path}");
        let page = text(response, status).await;
        assert!(status == 422 || page.contains("Các tệp vừa chọn chưa được nhận"), "{path}: {page}");
    }
    for call in ["register_incoming.v1", "void_incoming.v1", "sign_out.v1", "attach_incoming_file.v1"] {
        assert!(world.asked(call).is_empty(), "{call}: a question is no form");
    }
}

async fn the_token_of_a_form_stands_before_its_files(world: &World) {
    for path in ["/van-ban/den".to_owned(), format!("/van-ban/den/{}", world.paper.id), "/van-ban/cho/nhap".to_owned()]
    {
        let page = text(world.get(&path).await, 200).await;
        let forms: Vec<&str> = page.split("<form").filter(|form| form.contains("type=\"file\"")).collect();
        assert!(!forms.is_empty(), "{path}");
        for form in forms {
            assert!(form.contains("enctype=\"multipart/form-data\""), "{path}");
            assert!(form.find("name=\"_csrf\"").unwrap() < form.find("type=\"file\"").unwrap(), "{path}");
            assert!(form.find("name=\"_key\"").unwrap() < form.find("type=\"file\"").unwrap(), "{path}");
        }
    }
}

async fn a_document_is_registered_with_its_files_and_a_bad_one_is_named_while_the_good_ones_wait(world: &World) {
    let page = text(world.get("/van-ban/den").await, 200).await;
    let one = file(world, "công văn.pdf", "incoming_document").await;
    let other = file(world, "phụ lục.pdf", "incoming_document").await;
    let letter = typed("11/SVD", "05/01/2026");
    let refused = ("files.refused", "gateway.file_macros <b>báo cáo.docm");
    let bad = [&letter[..], &[("files", one.as_str()), refused]].concat();
    let page = text(world.post("/van-ban/den", &page, &bad).await, 422).await;
    assert!(world.asked("register_incoming.v1").is_empty());
    let waits = format!("value=\"{one}\" checked");
    for part in ["&#60;b&#62;báo cáo.docm: tài liệu có macro", &waits, ">Về việc khác<"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let good = [&letter[..], &[("files", one.as_str()), ("files", other.as_str())]].concat();
    let response = world.post("/van-ban/den", &page, &good).await;
    let to = response.headers()["location"].to_str().unwrap();
    let entered = to.strip_prefix("/van-ban/den?da-vao=").unwrap();
    let record = text(world.get(&format!("/van-ban/den/{entered}")).await, 200).await;
    assert!(record.contains("công văn.pdf") && record.contains("phụ lục.pdf"), "{record}");
}

async fn files_are_attached_to_a_document_each_once(world: &World) {
    let record = format!("/van-ban/den/{}", world.paper.id);
    let page = text(world.get(&record).await, 200).await;
    let (one, other) =
        (file(world, "a.pdf", "incoming_document").await, file(world, "b.pdf", "incoming_document").await);
    let response = world.post(&format!("{record}/tep"), &page, &[("files", &one), ("files", &other)]).await;
    assert_eq!(response.headers()["location"], format!("{record}?xong=tep"));
    let asked = world.asked("attach_incoming_file.v1");
    assert!(asked.len() == 2 && asked[0].key != asked[1].key, "{asked:?}");
    let page = text(world.get(&record).await, 200).await;
    for name in ["công văn.pdf", "a.pdf", "b.pdf"] {
        assert!(page.contains(name), "{name} is not in {page}");
    }
    let page = text(world.post(&format!("{record}/tep"), &page, &[]).await, 422).await;
    assert!(page.contains("Chọn ít nhất một tệp."), "{page}");
}

async fn a_file_stands_beside_the_words_and_frames_hold_nothing_else(world: &World) {
    let (paper, kept) = (world.paper.id, world.paper.files[0].id);
    let response = world.get(&format!("/van-ban/den/{paper}")).await;
    let policy = response.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("frame-src 'self'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    let page = text(response, 200).await;
    let frame = format!("<iframe class=\"viewer\" src=\"/van-ban/den/{paper}/tep/{kept}?xem=1\"");
    assert!(page.contains(&frame), "{page}");
    let shown = world.get(&format!("/van-ban/den/{paper}/tep/{kept}?xem=1")).await;
    assert_eq!(shown.headers()["x-hand-out-shown"], "1");
    let saved = world.get(&format!("/van-ban/den/{paper}/tep/{kept}")).await;
    assert!(!saved.headers().contains_key("x-hand-out-shown"));
    let drawn = letter(world, "12/SVD").await;
    let path = format!("/van-ban/den/{}", drawn.id);
    let page = text(world.get(&path).await, 200).await;
    assert!(!page.contains("class=\"viewer"), "{page}");
    let picture = file(world, "ảnh.png", "incoming_document").await;
    assert_eq!(world.post(&format!("{path}/tep"), &page, &[("files", &picture)]).await.status(), 303);
    let page = text(world.get(&path).await, 200).await;
    assert!(page.contains("<img class=\"viewer picture\"") && !page.contains("<iframe"), "{page}");
}

async fn a_likely_duplicate_stands_beside_what_was_typed_with_the_differences_marked(world: &World) {
    let page = text(world.get("/van-ban/den").await, 200).await;
    let ticket = file(world, "a.pdf", "incoming_document").await;
    let day = world.paper.document_day.unwrap().to_string();
    let day = day.split('-').rev().collect::<Vec<_>>().join("/");
    let like = typed("7/svd-vp", &day);
    let like = [&like[..], &[("files", ticket.as_str())]].concat();
    let page = text(world.post("/van-ban/den", &page, &like).await, 409).await;
    let row = |name: &str| page.split("<tr").find(|row| row.contains(&format!(">{name}<"))).unwrap().to_owned();
    assert!(row("Trích yếu").contains("class=\"differs\""), "{page}");
    assert!(!row("Số, ký hiệu").contains("class=\"differs\""), "letters alone are no difference");
    let waits = format!("name=\"files\" value=\"{ticket}\"");
    for part in [waits.as_str(), "data-key=\"Digit1\"", "name=\"replaces\"", "<iframe"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let edited = [&like[..], &[("edit", "1")]].concat();
    let again = text(world.post("/van-ban/den", &page, &edited).await, 200).await;
    let ticked = format!("value=\"{ticket}\" checked");
    assert!(again.contains(">Về việc khác<") && again.contains(&ticked), "{again}");
    assert_eq!(world.asked("register_incoming.v1").len(), 1, "who changes the form enters nothing");
    world.lose("get_incoming.v1");
    let page = text(world.post("/van-ban/den", &again, &like).await, 409).await;
    assert!(page.contains("Văn bản chưa trả lời kịp.") && page.contains("data-key=\"Digit2\""), "{page}");
}

async fn a_replacement_is_entered_first_and_the_earlier_number_voided_with_the_reason(world: &World) {
    let earlier = letter(world, "13/SVD").await;
    let (id, reason) = (earlier.id.to_string(), "Thay bằng bản có phụ lục");
    let day = world.house.today().to_string().split('-').rev().collect::<Vec<_>>().join("/");
    let replacing = |id: &str| [("replaces", id.to_owned()), ("replaces_reason", reason.to_owned())];
    let page = text(world.get("/van-ban/den").await, 200).await;
    let own = replacing(&id);
    let fields = [&typed("13/SVD", &day)[..], &own.each_ref().map(|(name, value)| (*name, value.as_str()))].concat();
    let response = world.post("/van-ban/den", &page, &fields).await;
    let to = response.headers()["location"].to_str().unwrap().to_owned();
    assert!(to.starts_with("/van-ban/den?da-vao="), "{to}");
    assert_eq!(world.last("register_incoming.v1")["duplicate_of"], id);
    let voided = world.last("void_incoming.v1");
    assert_eq!((&voided["id"], &voided["reason"]), (&json!(id), &json!(reason)));
    let page = text(world.get(&format!("/van-ban/den/{id}")).await, 200).await;
    assert!(page.contains(reason), "{page}");
    // What is voided cannot be voided again: the new line stands, and that is said.
    let page = text(world.get("/van-ban/den").await, 200).await;
    let own = replacing(&id);
    let fields = [&typed("14/SVD", &day)[..], &own.each_ref().map(|(name, value)| (*name, value.as_str()))].concat();
    let response = world.post("/van-ban/den", &page, &fields).await;
    assert_eq!(response.headers()["location"], format!("/van-ban/den/{id}?xong=chua-huy"));
    let page = text(world.get("/van-ban/den").await, 200).await;
    let own = replacing(&id);
    let fields = [&own.each_ref().map(|(name, value)| (*name, value.as_str()))[..], &[("symbol", "15/SVD")]].concat();
    text(world.post("/van-ban/den", &page, &fields).await, 422).await;
    assert_eq!(world.asked("void_incoming.v1").len(), 2, "nothing is voided for what was not entered");
}
