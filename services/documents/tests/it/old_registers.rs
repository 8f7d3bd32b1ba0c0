//! Ten years of registers come from spreadsheets: looked through, entered by a job, found, and never twice.

use std::time::Duration;

use schema_documents::{
    BringOldRegister, CheckOldRegister, EnterOldRegister, GetOldRegister, ListIncoming, ListOldPapers,
    ListOldRegisters, ListOrder, MapOldRegister, OldColumn, OldField, OldPaper, OldRegister, OldRegisterState,
    RegisterKind,
};
use testbed::Pair;
use wire::id::OldRegisterId;

use crate::{files::sweep, house::House, intake::holding};

/// Rows of the large file: more than two runs of the job.
const ROWS: u32 = 2_400;

async fn bring(house: &House, kind: RegisterKind, name: &str, file: String) -> OldRegister {
    let ticket = house.upload_bytes(&house.clerk, file.into_bytes(), name, "old_register").await;
    house.clerk.call(&BringOldRegister { office: house.office, kind, ticket }).await.unwrap()
}

async fn entered(house: &House, id: OldRegisterId) -> OldRegister {
    house.clerk.call(&EnterOldRegister { id }).await.unwrap();
    let look = || async {
        let register = house.clerk.call(&GetOldRegister { id }).await.unwrap();
        (register.state == OldRegisterState::Entered).then_some(register)
    };
    testbed::process::until("the rows to be entered", Duration::from_secs(120), look).await.unwrap()
}

async fn found(house: &House, year: Option<i32>, q: &str) -> Vec<OldPaper> {
    let (mut all, mut cursor) = (Vec::new(), None);
    loop {
        let list =
            ListOldPapers { office: house.office, kind: None, year, q: Some(q.into()), limit: Some(200), cursor };
        let page = house.clerk.call(&list).await.unwrap();
        all.extend(page.items);
        match page.next {
            Some(next) => cursor = Some(next),
            None => return all,
        }
    }
}

/// A register of ten years; `holes` leaves every hundredth day impossible.
fn book(rows: u32, holes: bool) -> String {
    let row = |n: u32| {
        let day = if holes && n % 100 == 99 { "31/2".to_owned() } else { format!("{}/{}", n % 28 + 1, n % 12 + 1) };
        let year = 2014 + n % 10;
        format!("{};{day}/{year};Huyện ủy;{n}-CV/HU;Về việc chuẩn bị đại hội {n}\n", n / 10 + 1)
    };
    format!(
        "SỔ VĂN BẢN ĐẾN;;;;\nSố đến;Ngày đến;Tác giả;Số, ký hiệu;Trích yếu\n{}",
        (0..rows).map(row).collect::<String>()
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_years_are_found_on_the_first_day_on_both_databases() {
    for pair in [Pair::LocalSqlite, Pair::LocalPostgres] {
        let house = House::open(pair).await;
        let first = house.registered(1).await;
        let brought = bring(&house, RegisterKind::Incoming, "so-den.csv", book(ROWS, true)).await;
        let id = brought.id;
        let tried = house.clerk.call(&CheckOldRegister { id }).await.unwrap();
        let bad = ROWS / 100;
        assert_eq!((tried.rows, tried.fit, tried.known, tried.failed), (ROWS, ROWS - bad, 0, bad));
        let fault = &tried.faults[0];
        assert_eq!((fault.row, fault.field, fault.cell.as_deref()), (102, Some(OldField::Day), Some("31/2/2023")));
        assert!(found(&house, None, "dai hoi 7").await.is_empty(), "trying out changes nothing");

        let done = entered(&house, id).await;
        assert_eq!(
            (done.rows, done.done, done.added, done.known, done.failed),
            (ROWS - bad, ROWS - bad, ROWS - bad, 0, bad)
        );
        let hits = found(&house, Some(2021), "dai hoi 1777").await;
        let said: Vec<_> = hits.iter().map(|one| (one.year, one.number.as_str(), one.row, one.from)).collect();
        assert_eq!(said, [(2021, "178", 1780, id)], "{pair:?}");
        assert_eq!(found(&house, None, "").await.len(), usize::try_from(ROWS - bad).unwrap());

        // The live register counts on as if nothing had come, and nothing of it lies on a desk.
        assert_eq!(house.registered(2).await.number, first.number + 1);
        assert_eq!(incoming(&house).await, 2);

        // The mended file adds what was left out, and the same file once more nothing at all.
        let again = bring(&house, RegisterKind::Incoming, "so-den-sua.csv", book(ROWS, false)).await;
        let tried = house.clerk.call(&CheckOldRegister { id: again.id }).await.unwrap();
        assert_eq!((tried.fit, tried.known, tried.faulty), (bad, ROWS - bad, 0));
        let mended = entered(&house, again.id).await;
        assert_eq!((mended.added, mended.known, mended.failed), (bad, ROWS - bad, 0));
        let third = bring(&house, RegisterKind::Incoming, "so-den-sua.csv", book(ROWS, false)).await;
        assert_eq!(entered(&house, third.id).await.added, 0);
        assert_eq!(found(&house, None, "").await.len(), usize::try_from(ROWS).unwrap());
        let list = ListOldRegisters { office: house.office, limit: None, cursor: None };
        assert_eq!(house.clerk.call(&list).await.unwrap().items.len(), 3);
        house.close().await;
    }
}

/// How many documents stand in the live registers.
async fn incoming(house: &House) -> usize {
    let list = ListIncoming {
        office: house.office,
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
        limit: Some(200),
        cursor: None,
    };
    house.clerk.call(&list).await.unwrap().items.len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mapping_is_kept_for_the_next_file_and_what_cannot_be_read_says_so() {
    let house = House::plain().await;
    let file =
        || "TT;Năm;Ký hiệu;Việc gì\n12;2016;12-NQ/HU;Về a\n12a;2016;12a-NQ/HU;Về b\n12;2016;12-QĐ/HU;Về c\n".to_owned();
    let brought = bring(&house, RegisterKind::Outgoing, "so-di.csv", file()).await;
    let id = brought.id;
    let tried = house.clerk.call(&CheckOldRegister { id }).await.unwrap();
    assert_eq!((tried.faults[0].row, tried.faults[0].code.as_str()), (0, "documents.old_heads"));
    assert_eq!(house.refused(&EnterOldRegister { id }).await, "documents.old_register_nothing");
    let columns = [("TT", OldField::Number), ("Việc gì", OldField::Summary)];
    let columns = columns.map(|(head, field)| OldColumn { head: head.into(), field }).to_vec();
    house.clerk.call(&MapOldRegister { id, columns: columns.clone() }).await.unwrap();
    let done = entered(&house, id).await;
    assert_eq!((done.added, done.failed), (3, 0), "12 of each series, and 12a, stay apart");
    assert_eq!(house.refused(&MapOldRegister { id, columns: Vec::new() }).await, "documents.old_register_begun");
    // Entering again changes nothing.
    assert_eq!(house.clerk.call(&EnterOldRegister { id }).await.unwrap(), done);
    let next = bring(&house, RegisterKind::Outgoing, "so-di-2.csv", file()).await;
    assert_eq!(next.columns, columns, "the mapping of the last file");
    assert_eq!(house.clerk.call(&CheckOldRegister { id: next.id }).await.unwrap().known, 3);

    let unread = bring(&house, RegisterKind::Incoming, "anh.csv", "\u{0}\u{1}".repeat(40)).await;
    assert!(unread.columns.is_empty(), "arrivals have a mapping of their own");
    let tried = house.clerk.call(&CheckOldRegister { id: unread.id }).await.unwrap();
    assert_eq!((tried.rows, tried.faulty), (0, 1));
    let missing = OldRegisterId(runtime::fresh_id());
    assert_eq!(house.refused(&GetOldRegister { id: missing }).await, "documents.old_register_missing");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn words_of_secret_lines_do_not_stay_in_the_file() {
    let house = House::plain().await;
    let file = "Số đến;Ngày đến;Trích yếu;Độ mật\n1;4/1/2021;Về việc thường;\n2;5/1/2021;CHIM-HOANG-YEN-3391;Mật\n";
    let plain = "Số đến;Ngày đến;Trích yếu\n1;4/1/2020;Về việc thường\n";
    let open = bring(&house, RegisterKind::Incoming, "thuong.csv", plain.to_owned()).await;
    let secret = bring(&house, RegisterKind::Incoming, "mat.csv", file.to_owned()).await;
    assert!(entered(&house, open.id).await.file.is_some(), "a file without secrets stays as evidence");
    let done = entered(&house, secret.id).await;
    assert_eq!((done.added, done.file), (2, None));
    let tried = house.clerk.call(&CheckOldRegister { id: secret.id }).await.unwrap();
    assert_eq!((tried.rows, tried.faulty), (0, 0), "there is nothing to look at any more");
    sweep(&house.bench, house.office).await;
    sweep(&house.bench, house.office).await;
    let data = house.bench.platform.blobs.root().to_owned();
    let gone = || async { holding(&data, &["CHIM-HOANG-YEN-3391"]).is_empty().then_some(()) };
    testbed::process::until("the words to be gone", Duration::from_secs(20), gone).await.unwrap();
    house.close().await;
}
