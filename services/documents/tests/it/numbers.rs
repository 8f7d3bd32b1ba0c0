//! Many clerks at once: every number once, none missing, and one paper entered by two is entered once.

use std::collections::BTreeMap;

use schema_documents::{
    EntryKind, EntryState, IncomingDocument, ListRegisterEntries, NumberRegister, RegisterCitizenLetter, RegisterEntry,
    VoidIncoming,
};
use testbed::{Pair, Person};
use tokio::task::JoinSet;
use wire::id::RegisterId;

use crate::house::{CLERK, House};

const CLERKS: u32 = 64;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_clerks_leave_no_gap_on_sqlite() {
    no_gap(Pair::LocalSqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_clerks_leave_no_gap_on_postgres() {
    no_gap(Pair::LocalPostgres).await;
}

/// Every clerk registers a document, a citizen's letter and another document, and every fourth voids the first; half of
/// the orders are refused on the way. The register is not open when they begin.
async fn no_gap(pair: Pair) {
    let house = House::open(pair).await;
    let mut clerks = JoinSet::new();
    for n in 0..CLERKS {
        let clerk = house.bench.person(&[(house.office, CLERK)]);
        let (first, second) = (house.order(1_000 + n), house.order(2_000 + n));
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
            (document.register, vec![document.number, letter.number, other.number])
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
    assert_eq!(told, (1..=i64::from(CLERKS) * 3).collect::<Vec<_>>(), "numbers told to clerks");

    let entries = entries(&house.clerk, register).await;
    let kept: Vec<i64> = entries.iter().map(|entry| entry.number).collect();
    assert_eq!(kept, told, "numbers in the register");
    let count = |is: fn(&RegisterEntry) -> bool| entries.iter().filter(|entry| is(entry)).count();
    assert_eq!(count(|entry| entry.state == EntryState::Voided), CLERKS as usize / 4);
    assert_eq!(count(|entry| entry.kind == EntryKind::CitizenLetter), CLERKS as usize);
    let NumberRegister { last, .. } = house.clerk.call(&schema_documents::GetRegister { id: register }).await.unwrap();
    assert_eq!(last, i64::from(CLERKS) * 3);
    house.close().await;
}

/// Every entry of a register, through its pages.
pub(crate) async fn entries(who: &Person, register: RegisterId) -> Vec<RegisterEntry> {
    let (mut all, mut cursor) = (Vec::new(), None);
    loop {
        let page = who.call(&ListRegisterEntries { id: register, limit: Some(50), cursor }).await.unwrap();
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
