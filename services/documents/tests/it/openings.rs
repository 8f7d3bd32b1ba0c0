//! Starting in mid-term: an office comes from paper books at number 312 with 400 open papers.

use std::{collections::BTreeMap, time::Duration};

use schema_documents::{
    ApplyOpeningAct, CheckOpeningAct, DisposeIncoming, Disposition, DraftOpeningAct, EntryState, GetOpeningAct,
    GetRegister, ListIncoming, ListOpeningActs, ListOrder, OpeningAct, OpeningCheck, OpeningRegister, OpeningState,
    PaperColumn, PaperField, PeriodKind, RegisterKind, SetOpeningPapers, UndoOpeningAct,
};
use testbed::Pair;
use wire::{
    Day, Secrecy,
    id::{OpeningActId, RegisterId},
};

use crate::{
    house::{House, refused},
    numbers::entries,
    workbook::{Content, xlsx},
};

fn year(house: &House, back: i32, next_number: i64) -> OpeningRegister {
    let year = house.today().year() - back;
    OpeningRegister {
        register: None,
        kind: RegisterKind::Incoming,
        body_code: None,
        genres: None,
        period: PeriodKind::Year,
        first_day: Day::new(year, 1, 1).unwrap(),
        last_day: None,
        next_number,
    }
}

fn act(house: &House, registers: Vec<OpeningRegister>) -> DraftOpeningAct {
    DraftOpeningAct {
        office: house.office,
        day: house.today(),
        instrument: "Biên bản mở sổ 01-BB/VPĐU".to_owned(),
        signatory: "CHÁNH VĂN PHÒNG Phạm Văn Khải".to_owned(),
        signed_by: Some(runtime::fresh_id().into()),
        registers,
    }
}

async fn bring(house: &House, id: OpeningActId, name: &str, content: Vec<u8>) -> OpeningAct {
    let ticket = house.upload_bytes(&house.clerk, content, name, "opening_import").await;
    house.clerk.call(&SetOpeningPapers { id, ticket, columns: Vec::new() }).await.unwrap()
}

async fn check(house: &House, id: OpeningActId) -> OpeningCheck {
    house.clerk.call(&CheckOpeningAct { id }).await.unwrap()
}

async fn read(house: &House, id: OpeningActId) -> OpeningAct {
    house.clerk.call(&GetOpeningAct { id }).await.unwrap()
}

/// The act once its job has come to an end.
async fn ended(house: &House, id: OpeningActId, state: OpeningState) -> OpeningAct {
    let look = || async {
        let act = read(house, id).await;
        (act.state == state).then_some(act)
    };
    testbed::process::until("the papers to be done with", Duration::from_secs(60), look).await.unwrap()
}

fn days_since_1899(day: Day) -> i64 {
    let start = Day::new(1899, 12, 30).unwrap();
    (day.0 - start.0).whole_days()
}

/// 300 open papers of this year, below number 312, and 100 of the year before, below 2,001.
fn workbook(house: &House) -> Vec<u8> {
    let text = |words: &str| Content::Text(words.to_owned());
    let heads = ["Số đến", "Ngày đến", "Cơ quan ban hành", "Số, ký hiệu", "Ngày văn bản", "Trích yếu", "Hạn xử lý"];
    let mut rows = vec![vec![text("SỔ VĂN BẢN ĐẾN CÒN GIẢI QUYẾT")], heads.map(text).to_vec()];
    let (this, last) = (house.today().year(), house.today().year() - 1);
    for n in 0..400_i64 {
        let number = if n < 300 { n + 12 } else { n + 1_600 };
        let arrived = Day::new(if n < 300 { this } else { last }, 1, u8::try_from(n % 20 + 5).unwrap()).unwrap();
        let day = match n % 3 {
            0 => Content::Day(days_since_1899(arrived)),
            1 => Content::Text(format!("{:02}/{:02}/{}", arrived.day(), arrived.month(), arrived.year())),
            _ => Content::Text(format!("ngày {} tháng {} năm {}", arrived.day(), arrived.month(), arrived.year())),
        };
        let number = match n % 4 {
            0 => Content::Formula("ROW()+10", number),
            1 => Content::Text(format!("0{number}")),
            _ => Content::Number(number),
        };
        let due = if n % 2 == 0 { Content::Day(days_since_1899(house.day(n % 9))) } else { Content::Blank };
        let symbol = Content::Text(format!("{n}-CV/TU"));
        rows.push(vec![number, day, text("Tỉnh ủy"), symbol, Content::Blank, text("Về việc <chung> & riêng"), due]);
    }
    xlsx(&rows)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_office_is_adopted_at_312_with_400_open_papers_on_sqlite() {
    adopted(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_office_is_adopted_at_312_with_400_open_papers_on_postgres() {
    adopted(Pair::LocalPostgres).await;
}

async fn adopted(pair: Pair) {
    let house = House::open(pair).await;
    let registers = vec![year(&house, 0, 312), year(&house, 1, 2_001)];
    let OpeningAct { id, registers, .. } = house.clerk.call(&act(&house, registers)).await.unwrap();
    let [this, last] = [0, 1].map(|n: usize| registers[n].register.unwrap());
    bring(&house, id, "mo-so.xlsx", workbook(&house)).await;
    let tried = check(&house, id).await;
    assert_eq!((tried.rows, tried.fit, tried.known, tried.faults.as_slice()), (400, 400, 0, &[][..]));
    assert_eq!(tried.columns.len(), 7);
    assert!(open(&house).await.is_empty(), "trying out changes nothing");

    let applying = house.clerk.call(&ApplyOpeningAct { id }).await.unwrap();
    assert_eq!((applying.state, applying.papers), (OpeningState::Applying, 400));
    // The registers are open at once: the first document of the new book takes number 312.
    let first = house.registered(900).await;
    assert_eq!((first.register, first.number), (this, 312));
    let applied = ended(&house, id, OpeningState::Applied).await;
    assert_eq!((applied.done, applied.papers), (400, 400));

    let kept = entries(&house.clerk, this).await;
    let numbers: Vec<i64> = kept.iter().map(|entry| entry.number).collect();
    assert_eq!(numbers, (12..=312).collect::<Vec<_>>(), "{pair:?}");
    for entry in &kept {
        let state = if entry.number < 312 { EntryState::Imported } else { EntryState::Registered };
        assert_eq!((entry.state, entry.incoming.is_some()), (state, true));
    }
    let book = house.clerk.call(&GetRegister { id: this }).await.unwrap();
    assert_eq!((book.opening, book.last), (312, 312), "the gap check begins at the opening number");
    assert_eq!(entries(&house.clerk, last).await.len(), 100);
    assert_eq!(open(&house).await, BTreeMap::from([(this, 301), (last, 100)]));
    assert_eq!(house.registered(901).await.number, 313);

    // A second run changes nothing: neither of the same act, nor of another one with the same file.
    assert_eq!(house.clerk.call(&ApplyOpeningAct { id }).await.unwrap(), applied);
    let second = house.clerk.call(&act(&house, Vec::new())).await.unwrap().id;
    bring(&house, second, "mo-so.xlsx", workbook(&house)).await;
    let tried = check(&house, second).await;
    assert_eq!((tried.fit, tried.known, tried.faulty), (0, 400, 0));
    let again = house.clerk.call(&ApplyOpeningAct { id: second }).await.unwrap();
    assert_eq!((again.state, again.papers), (OpeningState::Applied, 0));
    assert_eq!(open(&house).await, BTreeMap::from([(this, 302), (last, 100)]));
    let undo = UndoOpeningAct { id, reason: "thử".into() };
    assert_eq!(house.refused(&undo).await, "documents.opening_used");
    house.close().await;
}

/// How many documents stand in each register.
async fn open(house: &House) -> BTreeMap<RegisterId, usize> {
    let (mut found, mut cursor) = (BTreeMap::new(), None);
    loop {
        let list = ListIncoming {
            office: house.office,
            register: None,
            from: None,
            to: None,
            state: Some(schema_documents::IncomingState::Registered),
            disposition: None,
            due_before: None,
            unassigned: false,
            unit: None,
            q: None,
            order: ListOrder::LatestFirst,
            limit: Some(200),
            cursor,
        };
        let page = house.clerk.call(&list).await.unwrap();
        page.items.iter().for_each(|document| *found.entry(document.register).or_default() += 1);
        match page.next {
            Some(next) => cursor = Some(next),
            None => return found,
        }
    }
}

const CSV: &str = "Số đến;Ngày đến;Tác giả;Trích yếu;Độ mật\n";

fn csv(house: &House, numbers: std::ops::Range<i64>) -> Vec<u8> {
    let year = house.today().year();
    let rows = numbers.map(|number| format!("{number};5/1/{year};Tỉnh ủy;Về việc {number};\n"));
    format!("\u{FEFF}{CSV}{}", rows.collect::<String>()).into_bytes()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_act_is_undone_before_use_and_made_anew_on_both_databases() {
    for pair in [Pair::LocalSqlite, Pair::LocalPostgres] {
        let house = House::open(pair).await;
        let begun = house.clerk.call(&act(&house, vec![year(&house, 0, 90)])).await.unwrap();
        let (id, register) = (begun.id, begun.registers[0].register.unwrap());
        bring(&house, id, "mo-so.csv", csv(&house, 20..80)).await;
        house.clerk.call(&ApplyOpeningAct { id }).await.unwrap();
        ended(&house, id, OpeningState::Applied).await;
        house.clerk.call(&UndoOpeningAct { id, reason: "sai số tiếp theo".into() }).await.unwrap();
        let undone = ended(&house, id, OpeningState::Undone).await;
        assert_eq!((undone.done, undone.undo_reason.as_deref()), (60, Some("sai số tiếp theo")));
        assert!(entries(&house.clerk, register).await.iter().all(|entry| entry.state == EntryState::Voided));
        assert!(open(&house).await.is_empty());
        assert_eq!(house.refused(&UndoOpeningAct { id, reason: "lại".into() }).await, "documents.opening_undone");
        assert_eq!(house.refused(&ApplyOpeningAct { id }).await, "documents.opening_undone");

        let anew = house.clerk.call(&act(&house, vec![year(&house, 0, 91)])).await.unwrap();
        bring(&house, anew.id, "mo-so.csv", csv(&house, 20..80)).await;
        house.clerk.call(&ApplyOpeningAct { id: anew.id }).await.unwrap();
        ended(&house, anew.id, OpeningState::Applied).await;
        assert_eq!(house.registered(1).await.number, 91, "{pair:?}");
        assert_eq!(open(&house).await.values().sum::<usize>(), 61);
        house.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_act_whose_papers_were_worked_on_stands() {
    let house = House::plain().await;
    let id = house.clerk.call(&act(&house, vec![year(&house, 0, 90)])).await.unwrap().id;
    bring(&house, id, "mo-so.csv", csv(&house, 1..3)).await;
    house.clerk.call(&ApplyOpeningAct { id }).await.unwrap();
    ended(&house, id, OpeningState::Applied).await;
    let register = read(&house, id).await.registers[0].register.unwrap();
    let document = entries(&house.clerk, register).await[0].incoming.unwrap();
    let dispose = DisposeIncoming { id: document, disposition: Disposition::ToKnow, due: None, note: None };
    house.clerk.call(&dispose).await.unwrap();
    assert_eq!(house.refused(&UndoOpeningAct { id, reason: "thử".into() }).await, "documents.opening_used");
    house.close().await;
}

#[tokio::test]
async fn what_is_to_be_mended_is_said_and_nothing_is_entered() {
    let house = House::plain().await;
    let id = house.clerk.call(&act(&house, vec![year(&house, 0, 312)])).await.unwrap().id;
    let year_now = house.today().year();
    let rows = format!(
        "{CSV}7;5/1/{year_now};Tỉnh ủy;Về a;\n7;6/1/{year_now};Tỉnh ủy;Về b;\n312;5/1/{year_now};Tỉnh ủy;Về c;\n\
         x;31/2/{year_now};Tỉnh ủy;Về d;\n9;5/1/1999;Tỉnh ủy;Về e;\n10;5/1/{year_now};;;Tối mật\n"
    );
    bring(&house, id, "mo-so.csv", rows.into_bytes()).await;
    let tried = check(&house, id).await;
    let told: Vec<_> = tried.faults.iter().map(|fault| (fault.row, fault.field, fault.code.as_str())).collect();
    let (number, arrived) = (Some(PaperField::Number), Some(PaperField::Arrived));
    let expected = [
        (3, number, "documents.paper_number_twice"),
        (4, number, "documents.paper_number_not_below"),
        (5, number, "documents.paper_number"),
        (5, arrived, "documents.paper_day"),
        (6, arrived, "documents.paper_no_register"),
    ];
    assert_eq!(told, expected);
    assert_eq!((tried.rows, tried.fit, tried.faulty), (6, 2, 5), "a masked line and the first row would do");
    let fault = refused(&house.clerk, &ApplyOpeningAct { id }).await;
    assert_eq!((fault.code.as_str(), &fault.detail.unwrap()["row"]), ("documents.opening_faulty", &3.into()));
    assert!(open(&house).await.is_empty());

    // The same file with a column under a head of its own.
    let head = "STT;Ngày đến;Tác giả;Trích yếu\n";
    let content = format!("{head}7;5/1/{year_now};Tỉnh ủy;Về a\n").into_bytes();
    let ticket = house.upload_bytes(&house.clerk, content, "b.csv", "opening_import").await;
    let columns = vec![PaperColumn { head: "stt".into(), field: PaperField::Number }];
    house.clerk.call(&SetOpeningPapers { id, ticket, columns }).await.unwrap();
    assert_eq!((check(&house, id).await.fit, check(&house, id).await.faulty), (1, 0));
    bring(&house, id, "c.csv", b"\xff\xfe\x00".to_vec()).await;
    assert_eq!(check(&house, id).await.faults[0].code, "documents.paper_file");
    house.close().await;
}

#[tokio::test]
async fn what_is_refused_by_code() {
    let house = House::plain().await;
    let plain = |registers| act(&house, registers);
    let series = |body: &str| OpeningRegister {
        kind: RegisterKind::Outgoing,
        body_code: Some(body.into()),
        period: PeriodKind::Term,
        ..year(&house, 0, 57)
    };
    let table = [
        (plain(vec![year(&house, 0, 0)]), "documents.field_out_of_range"),
        (plain(vec![year(&house, 0, 5), year(&house, 0, 6)]), "documents.register_overlaps"),
        (plain(vec![series("TW")]), "documents.body_code_foreign"),
        (DraftOpeningAct { instrument: " ".into(), ..plain(Vec::new()) }, "documents.field_missing"),
        (DraftOpeningAct { day: house.day(1), ..plain(Vec::new()) }, "documents.day_in_future"),
    ];
    for (order, code) in table {
        assert_eq!(house.refused(&order).await, code);
    }
    let empty = house.clerk.call(&plain(Vec::new())).await.unwrap().id;
    assert_eq!(house.refused(&ApplyOpeningAct { id: empty }).await, "documents.opening_empty");
    house.clerk.call(&UndoOpeningAct { id: empty, reason: "bỏ".into() }).await.unwrap();
    let missing = GetOpeningAct { id: runtime::fresh_id().into() };
    assert_eq!(house.refused(&missing).await, "documents.opening_act_missing");

    // Registers alone are in force at once, and the series of both bodies go on where the books ended.
    let act = house.clerk.call(&plain(vec![series("ĐU"), series("VPĐU")])).await.unwrap();
    let applied = house.clerk.call(&ApplyOpeningAct { id: act.id }).await.unwrap();
    assert_eq!((applied.state, applied.papers), (OpeningState::Applied, 0));
    let draft = house.drafted().await.id;
    assert_eq!(house.clerk.call(&crate::outgoing::issue(draft)).await.unwrap().number, Some(57));
    let ticket = house.upload(&house.clerk, "Số đến", "a.csv", "opening_import").await;
    let papers = SetOpeningPapers { id: act.id, ticket, columns: Vec::new() };
    assert_eq!(house.refused(&papers).await, "documents.opening_not_draft");
    let wrong = house.upload(&house.clerk, "Số đến", "a.csv", "incoming_document").await;
    let fresh = house.clerk.call(&plain(Vec::new())).await.unwrap().id;
    assert_eq!(
        house.refused(&SetOpeningPapers { id: fresh, ticket: wrong, columns: Vec::new() }).await,
        "wire.bad_ticket"
    );
    let list = ListOpeningActs { office: house.office, limit: None, cursor: None };
    let acts = house.clerk.call(&list).await.unwrap().items;
    assert_eq!(acts.iter().map(|act| act.id).collect::<Vec<_>>(), [fresh, act.id, empty]);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_secret_paper_is_a_masked_line() {
    let house = House::plain().await;
    let id = house.clerk.call(&act(&house, vec![year(&house, 0, 90)])).await.unwrap().id;
    let content = format!("{CSV}8;5/1/{};;;Mật\n", house.today().year()).into_bytes();
    bring(&house, id, "mo-so.csv", content).await;
    house.clerk.call(&ApplyOpeningAct { id }).await.unwrap();
    let applied = ended(&house, id, OpeningState::Applied).await;
    let kept = entries(&house.clerk, applied.registers[0].register.unwrap()).await;
    assert_eq!((kept[0].number, kept[0].secrecy, kept[0].author_body.as_deref()), (8, Secrecy::Secret, None));
    house.close().await;
}
