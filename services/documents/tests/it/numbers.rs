//! Many clerks at once: every number once, none missing, and one paper entered by two is entered once.

use std::collections::BTreeMap;

use schema_documents::{
    EnterReservedIncoming, EntryKind, EntryState, IncomingDocument, ListRegisterEntries, NumberBlock, NumberRegister,
    RegisterCitizenLetter, RegisterEntry, RegisterIncoming, ReserveNumbers, VoidIncoming, VoidReservedNumbers,
};
use testbed::{Pair, Person};
use tokio::task::JoinSet;
use wire::{Day, id::RegisterId};

use crate::house::{CLERK, House};

const CLERKS: u32 = 64;
/// Three numbers by each clerk, and three more on the sheet of every eighth.
const GIVEN: i64 = CLERKS as i64 * 3 + CLERKS as i64 / 8 * 3;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_clerks_leave_no_gap_on_sqlite() {
    no_gap(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_clerks_leave_no_gap_on_postgres() {
    no_gap(Pair::LocalPostgres).await;
}

/// Every clerk registers a document, a citizen's letter and another document, and every fourth voids the first; half of
/// the orders are refused on the way. Every eighth holds three numbers back, enters one of them and voids the rest. The
/// register is not open when they begin.
async fn no_gap(pair: Pair) {
    let house = House::open(pair).await;
    let mut clerks = JoinSet::new();
    for n in 0..CLERKS {
        let clerk = house.bench.person(&[(house.office, CLERK)]);
        let (first, second) = (house.order(1_000 + n), house.order(2_000 + n));
        let (third, today) = (house.order(3_000 + n), house.today());
        let letter =
            RegisterCitizenLetter { office: house.office, arrived: None, late: false, sheets: 0, envelopes: 1 };
        clerks.spawn(async move {
            let document = clerk.call(&first).await.unwrap();
            assert!(clerk.call(&first).await.is_err(), "the same paper again is a likely duplicate");
            let letter = clerk.call(&letter).await.unwrap();
            let other = clerk.call(&second).await.unwrap();
            if n % 4 == 0 {
                clerk
                    .call(&VoidIncoming {
                        id: document.id,
                        reason: "thử".into(),
                        masked_reason: None,
                        citizen_letter: false,
                    })
                    .await
                    .unwrap();
            }
            let mut numbers = vec![document.number, letter.number, other.number];
            if n % 8 == 0 {
                let block = clerk.call(&sheet(&clerk, document.register, n, today)).await.unwrap();
                let entered = clerk.call(&from_sheet(&block, third)).await.unwrap();
                assert_eq!(entered.number, block.first);
                let rest = VoidReservedNumbers { id: block.id, reason: "thử".into() };
                assert!(clerk.call(&rest).await.unwrap().held.is_empty());
                numbers.extend(block.first..=block.last);
            }
            (document.register, numbers)
        });
    }
    let mut registers: BTreeMap<RegisterId, Vec<i64>> = BTreeMap::new();
    while let Some(done) = clerks.join_next().await {
        let (register, numbers) = done.unwrap();
        registers.entry(register).or_default().extend(numbers);
    }
    assert_eq!(registers.len(), 1, "one register opened itself");
    let (register, mut told) = registers.pop_first().unwrap();
    told.sort_unstable();
    assert_eq!(told, (1..=GIVEN).collect::<Vec<_>>(), "numbers told to clerks");

    let entries = entries(&house.clerk, register).await;
    let kept: Vec<i64> = entries.iter().map(|entry| entry.number).collect();
    assert_eq!(kept, told, "numbers in the register");
    let count = |is: fn(&RegisterEntry) -> bool| entries.iter().filter(|entry| is(entry)).count();
    assert_eq!(count(|entry| entry.state == EntryState::Voided), CLERKS as usize / 2);
    assert_eq!(count(|entry| entry.kind == EntryKind::CitizenLetter), CLERKS as usize);
    let NumberRegister { last, .. } = house.clerk.call(&schema_documents::GetRegister { id: register }).await.unwrap();
    assert_eq!(last, GIVEN);
    assert_eq!(count(|entry| entry.state == EntryState::Reserved), 0);
    house.close().await;
}

/// The order to hold three numbers back.
fn sheet(clerk: &Person, register: RegisterId, n: u32, today: Day) -> ReserveNumbers {
    ReserveNumbers {
        register,
        numbers: 3,
        sheet: format!("Phiếu {n}"),
        holder: clerk.id(),
        holder_name: "Lê Thị Hạnh".to_owned(),
        expires: today,
    }
}

/// The order to enter the first number of a sheet.
fn from_sheet(block: &NumberBlock, document: RegisterIncoming) -> EnterReservedIncoming {
    EnterReservedIncoming {
        id: block.id,
        number: block.first,
        written_at: block.reserved_at,
        written_by: block.holder,
        written_by_name: block.holder_name.clone(),
        document,
    }
}

/// Every entry of a register, through its pages.
pub(crate) async fn entries(who: &Person, register: RegisterId) -> Vec<RegisterEntry> {
    let (mut all, mut cursor) = (Vec::new(), None);
    loop {
        let page = who.call(&ListRegisterEntries { id: register, after: None, limit: Some(50), cursor }).await.unwrap();
        all.extend(page.items);
        match page.next {
            Some(next) => cursor = Some(next),
            None => return all,
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_paper_entered_by_many_at_once_is_entered_once() {
    for pair in [Pair::LocalSqlite, Pair::LocalPostgres] {
        let house = House::open(pair).await;
        let mut clerks = JoinSet::new();
        for _ in 0..12 {
            let (clerk, order) = (house.bench.person(&[(house.office, CLERK)]), house.order(7));
            clerks.spawn(async move { clerk.call(&order).await });
        }
        let mut entered: Vec<IncomingDocument> = Vec::new();
        while let Some(done) = clerks.join_next().await {
            match done.unwrap() {
                Ok(document) => entered.push(document),
                Err(fault) => assert_eq!(fault.code, "documents.likely_duplicate", "{fault}"),
            }
        }
        assert_eq!(entered.len(), 1, "{pair:?}");
        house.close().await;
    }
}
