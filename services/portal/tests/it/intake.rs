//! Files in forms, the file beside the words, and likely duplicates.

use serde_json::json;
use wire::{Fault, Kind};

use crate::stage::{OFFICE, PAPER, World, fault, hidden, text};

const SECRET: Option<&str> = Some("good-secret");

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_door_is_told_for_whom_a_form_may_bring_files_and_the_form_is_not_acted_on() {
    let world = World::start().await;
    let page = text(world.get("/van-ban/den").await, 200).await;
    let (csrf, key) = (hidden(&page, "_csrf"), hidden(&page, "_key"));
    let own = [("_csrf", csrf.as_str()), ("_key", key.as_str()), ("reason", "thử"), ("summary", "Về việc thử")];
    for path in ["/van-ban/den".to_owned(), "/van-ban/den?loc=hom-nay".to_owned(), format!("/van-ban/den/{PAPER}/tep")]
    {
        let response = world.ask_in(&path, SECRET, &own).await;
        assert_eq!(response.status(), 200, "{path}");
        assert_eq!(response.headers()["x-hand-in"], format!("{OFFICE} incoming_document"));
        assert_eq!(response.headers()["x-hand-in-token"], "minute");
    }
    let cases = [
        (format!("/van-ban/den/{PAPER}/huy"), SECRET, own.to_vec(), 422),
        ("/dang-xuat".to_owned(), SECRET, own.to_vec(), 422),
        ("/van-ban/den".to_owned(), None, own.to_vec(), 401),
        ("/van-ban/den".to_owned(), SECRET, vec![("_csrf", "0000"), own[1], own[3]], 403),
        ("/van-ban/den".to_owned(), SECRET, vec![own[3]], 403),
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
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_may_not_register_brings_no_files() {
    let world = World::of(&["documents.incoming.read"]).await;
    let page = text(world.get("/ca-nhan").await, 200).await;
    let (csrf, key) = (hidden(&page, "_csrf"), hidden(&page, "_key"));
    let response = world.ask_in("/van-ban/den", SECRET, &[("_csrf", &csrf), ("_key", &key)]).await;
    assert!(response.status() == 403 && !response.headers().contains_key("x-hand-in-token"));
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_token_of_a_form_stands_before_its_files() {
    let world = World::start().await;
    for path in ["/van-ban/den".to_owned(), format!("/van-ban/den/{PAPER}"), "/van-ban/cho/nhap".to_owned()] {
        let page = text(world.get(&path).await, 200).await;
        let forms: Vec<&str> = page.split("<form").filter(|form| form.contains("type=\"file\"")).collect();
        assert!(!forms.is_empty(), "{path}");
        for form in forms {
            assert!(form.contains("enctype=\"multipart/form-data\""), "{path}");
            assert!(form.find("name=\"_csrf\"").unwrap() < form.find("type=\"file\"").unwrap(), "{path}");
            assert!(form.find("name=\"_key\"").unwrap() < form.find("type=\"file\"").unwrap(), "{path}");
        }
    }
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_document_is_registered_with_its_files_and_a_bad_one_is_named_while_the_good_ones_wait() {
    let world = World::start().await;
    let page = text(world.get("/van-ban/den").await, 200).await;
    let bad = [
        ("summary", "Về việc thử"),
        ("files", "ticket-1 công văn.pdf"),
        ("files.refused", "gateway.file_macros <b>báo cáo.docm"),
    ];
    let page = text(world.post("/van-ban/den", &page, &bad).await, 422).await;
    assert!(world.asked("register_incoming.v1").is_empty());
    for part in
        ["&#60;b&#62;báo cáo.docm: tài liệu có macro", "value=\"ticket-1 công văn.pdf\" checked", ">Về việc thử<"]
    {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let good = [("summary", "Về việc thử"), ("files", "ticket-1 công văn.pdf"), ("files", "ticket-2 phụ lục.pdf")];
    assert_eq!(world.post("/van-ban/den", &page, &good).await.status(), 303);
    assert_eq!(world.asked("register_incoming.v1")[0].body["files"], json!(["ticket-1", "ticket-2"]));
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_are_attached_to_a_document_each_once() {
    let world = World::start().await;
    let record = format!("/van-ban/den/{PAPER}");
    let page = text(world.get(&record).await, 200).await;
    let fields = [("files", "ticket-1 a.pdf"), ("files", "ticket-2 b.pdf")];
    world.answer("attach_incoming_file.v1", Ok(crate::stage::paper()));
    let response = world.post(&format!("{record}/tep"), &page, &fields).await;
    assert_eq!(response.headers()["location"], format!("{record}?xong=tep"));
    let asked = world.asked("attach_incoming_file.v1");
    assert_eq!((&asked[0].body["ticket"], &asked[1].body["ticket"]), (&json!("ticket-1"), &json!("ticket-2")));
    assert_ne!(asked[0].key, asked[1].key);
    let page = text(world.post(&format!("{record}/tep"), &page, &[]).await, 422).await;
    assert!(page.contains("Chọn ít nhất một tệp."), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_stands_beside_the_words_and_frames_hold_nothing_else() {
    let world = World::start().await;
    let response = world.get(&format!("/van-ban/den/{PAPER}")).await;
    let policy = response.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("frame-src 'self'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    let page = text(response, 200).await;
    let frame = format!("<iframe class=\"viewer\" src=\"/van-ban/den/{PAPER}/tep/{PAPER}?xem=1\"");
    assert!(page.contains(&frame), "{page}");
    let shown = world.get(&format!("/van-ban/den/{PAPER}/tep/{PAPER}?xem=1")).await;
    assert_eq!(shown.headers()["x-hand-out-shown"], "1");
    let saved = world.get(&format!("/van-ban/den/{PAPER}/tep/{PAPER}")).await;
    assert!(!saved.headers().contains_key("x-hand-out-shown"));
    let mut paper = crate::stage::paper();
    paper["files"][0]["media_type"] = json!("image/png");
    world.answer("get_incoming.v1", Ok(paper));
    let page = text(world.get(&format!("/van-ban/den/{PAPER}")).await, 200).await;
    assert!(page.contains("<img class=\"viewer picture\"") && !page.contains("<iframe"), "{page}");
    world.finish().await;
}

fn likely() -> Fault {
    let detail = json!({ "id": PAPER, "number": 2418, "arrived": "2026-11-20", "symbol": "7/SVD-VP" });
    fault(Kind::Conflict, "documents.likely_duplicate", detail)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_likely_duplicate_stands_beside_what_was_typed_with_the_differences_marked() {
    let world = World::start().await;
    let page = text(world.get("/van-ban/den").await, 200).await;
    world.answer("register_incoming.v1", Err(likely()));
    let typed = [("symbol", "7/svd-vp"), ("summary", "Về việc khác"), ("files", "ticket-1 a.pdf")];
    let page = text(world.post("/van-ban/den", &page, &typed).await, 409).await;
    let row = |name: &str| page.split("<tr").find(|row| row.contains(&format!(">{name}<"))).unwrap().to_owned();
    assert!(row("Trích yếu").contains("class=\"differs\""), "{page}");
    assert!(!row("Số, ký hiệu").contains("class=\"differs\""), "letters alone are no difference");
    for part in ["name=\"files\" value=\"ticket-1 a.pdf\"", "data-key=\"Digit1\"", "name=\"replaces\"", "<iframe"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let edited = [&typed[..], &[("edit", "1")]].concat();
    let again = text(world.post("/van-ban/den", &page, &edited).await, 200).await;
    assert!(again.contains(">Về việc khác<") && again.contains("value=\"ticket-1 a.pdf\" checked"), "{again}");
    assert_eq!(world.asked("register_incoming.v1").len(), 1, "who changes the form enters nothing");
    world.answer("get_incoming.v1", Err(Fault::new(Kind::OutOfTime, "wire.out_of_time", "late", "chậm")));
    let page = text(world.post("/van-ban/den", &again, &typed).await, 409).await;
    assert!(page.contains("Văn bản chưa trả lời kịp.") && page.contains("data-key=\"Digit2\""), "{page}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_replacement_is_entered_first_and_the_earlier_number_voided_with_the_reason() {
    let world = World::start().await;
    let page = text(world.get("/van-ban/den").await, 200).await;
    let typed = [("symbol", "7/SVD-VP"), ("replaces", PAPER), ("replaces_reason", "Thay bằng bản có phụ lục")];
    let response = world.post("/van-ban/den", &page, &typed).await;
    assert_eq!(world.asked("register_incoming.v1")[0].body["duplicate_of"], PAPER);
    let voided = world.asked("void_incoming.v1");
    assert_eq!((&voided[0].body["id"], &voided[0].body["reason"]), (&json!(PAPER), &json!("Thay bằng bản có phụ lục")));
    // The played answer to voiding is no document, which counts as a failure: the new line stands, and that is said.
    assert_eq!(response.headers()["location"], format!("/van-ban/den/{PAPER}?xong=chua-huy"));
    world.answer("void_incoming.v1", Ok(crate::stage::paper()));
    let response = world.post("/van-ban/den", &page, &typed).await;
    assert_eq!(response.headers()["location"], format!("/van-ban/den?da-vao={PAPER}"));
    world.answer("register_incoming.v1", Err(Fault::new(Kind::Invalid, "documents.x", "no", "không")));
    world.post("/van-ban/den", &page, &typed).await;
    assert_eq!(world.asked("void_incoming.v1").len(), 2, "nothing is voided for what was not entered");
    world.finish().await;
}
