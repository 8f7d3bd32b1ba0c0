//! What the databases answer about authority against the plain model: the rows of random histories, written as the
//! service writes them, and asked about in their midst.

use db::{Db, DbSettings};
use proptest::{
    strategy::{Strategy as _, ValueTree as _},
    test_runner::TestRunner,
};
use schema_identity::{Account, AccountState, ReportingSpan};
use sea_orm::DatabaseTransaction;
use wire::{Version, id::SessionId};

use super::*;
use crate::{
    domain::{
        histories::{
            acts::{Act, DAYS, History, PEOPLE, history},
            book::{Book, Written, at, power},
            plain::{Asked, Plain},
        },
        interval::Interval,
        lineage::Step,
        session::Session,
    },
    store::lineage::Noun,
};

/// How many histories each database is asked about.
const HISTORIES: u64 = 100;

/// Writes down what the book has written since the last time.
async fn save(db: &Db, book: &mut Book) {
    let tx = db.begin().await.unwrap();
    for written in std::mem::take(&mut book.written) {
        row(&tx, written).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn row(tx: &DatabaseTransaction, written: Written) -> std::result::Result<(), DbErr> {
    match written {
        Written::Office(office) if office.version == Version::FIRST => store::offices::insert(tx, &[office]).await,
        Written::Office(office) => store::offices::save(tx, &office).await,
        Written::Unit(unit) if unit.version == Version::FIRST => store::units::insert(tx, &[unit]).await,
        Written::Unit(unit) => store::units::save(tx, &unit).await,
        Written::OfficeSteps(steps) => {
            store::lineage::insert(tx, Noun::Office, &steps).await?;
            let ended: Vec<_> = steps.iter().map(|step: &Step<_>| step.predecessor).collect();
            store::lineage::reach_anew(tx, &ended).await
        }
        Written::UnitSteps(steps) => store::lineage::insert(tx, Noun::Unit, &steps).await,
        Written::Post(placed) if placed.position.version == Version::FIRST => {
            store::positions::insert(tx, &placed).await
        }
        Written::Post(placed) => store::positions::save(tx, &placed).await,
        Written::Appointment(held) if held.version == Version::FIRST => store::appointments::insert(tx, &held).await,
        Written::Appointment(held) => store::appointments::save(tx, &held).await,
        Written::Delegation(lent) => match &lent.revoked {
            None => store::delegations::insert(tx, &lent).await,
            Some(revoked) => store::delegations::save_revoked(tx, lent.id, revoked, lent.version).await,
        },
        Written::Person(person) if person.version == Version::FIRST => store::people::insert(tx, &person).await,
        Written::Person(person) => store::people::save(tx, &person).await,
    }
}

/// Everyone signs in on the first day and stays so.
async fn sign_in(db: &Db, book: &Book) {
    let tx = db.begin().await.unwrap();
    for person in &book.people {
        let account = Account {
            id: AccountId(person.id.0),
            office: person.office,
            person: person.id,
            username: None,
            state: AccountState::Active,
            version: Version::FIRST,
        };
        store::accounts::insert(&tx, &account).await.unwrap();
        let (id, account) = (SessionId(person.id.0), account.id);
        let (began, expires) = (at(0).start(), at(DAYS + 1).start());
        let (person, office) = (person.id, person.office);
        store::sessions::insert(&tx, &Session { id, account, person, office, began, expires, ended: None })
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
}

/// One history: what is asked in its midst, and of everyone at its end.
async fn compare(db: &Db, series: u64, history: History) {
    let (mut book, mut plain) = (Book::new(series), Plain::new());
    save(db, &mut book).await;
    sign_in(db, &book).await;
    let last = history.acts.len() - 1;
    for (place, (day, act)) in history.acts.iter().enumerate() {
        book.act(*day, act).into_iter().for_each(|fact| plain.hear(fact));
        let asked = history.asked.iter().filter(|(after, _)| *after == place).map(|(_, person)| *person);
        let asked: Vec<usize> = if place == last { (0..PEOPLE).collect() } else { asked.collect() };
        if asked.is_empty() {
            continue;
        }
        save(db, &mut book).await;
        for person in asked {
            let (session, account) = (book.id(person), book.id(person));
            let found = store::authority::person_of(db.reader(), account, session, book.now).await.unwrap();
            let found = found.map(|(person, _)| person);
            let is_in = book.people[person].active;
            assert_eq!(found, is_in.then(|| book.id(person)), "history {series}, person {person} after {place}");
            let Some(found) = found else { continue };
            let told = of(db.reader(), account, found, book.now).await.unwrap().grants;
            let told: std::collections::BTreeSet<_> = told.iter().map(power).collect();
            let expected = plain.powers(person, Asked::Now(*day));
            assert_eq!(told, expected, "history {series}, person {person} after {place} of {history:?}");
        }
    }
}

/// The same histories each time: their number names them.
async fn ask(db: Db) {
    db.migrate(store::migrations::all).await.unwrap();
    let mut runner = TestRunner::deterministic();
    for series in 1..=HISTORIES {
        let history = history().new_tree(&mut runner).unwrap().current();
        compare(&db, series, history).await;
    }
    db.close().await;
}

#[tokio::test]
async fn the_database_answers_what_the_plain_model_says_on_sqlite() {
    let folder = testbed::dir::temp().unwrap();
    ask(Db::open(&Db::file(&folder.path().join("identity.db"))).await.unwrap()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_answers_what_the_plain_model_says_on_postgresql() {
    let database = testbed::postgres::database().await.unwrap();
    let settings = DbSettings { url: database.url().to_owned(), ..DbSettings::default() };
    ask(Db::open(&settings).await.unwrap()).await;
}

#[tokio::test]
async fn a_large_unit_crowds_nobody_out() {
    let folder = testbed::dir::temp().unwrap();
    let db = Db::open(&Db::file(&folder.path().join("identity.db"))).await.unwrap();
    db.migrate(store::migrations::all).await.unwrap();
    let mut book = Book::new(1);
    let ever = Interval { from: at(0), to: None };
    // The head of a unit with many others, and a post in another that five name; one person holds both.
    for place in 0..(2 * authority::MOST_REPORTS + 60) {
        let unit = if place == 1 { 9 } else { 7 };
        let placed = book.new_post(unit, 2, (place == 0, false), ever);
        book.posts.push(placed);
    }
    for _ in 0..5 {
        let mut placed = book.new_post(9, 2, (false, false), ever);
        placed.reporting.push(ReportingSpan { from: at(0), to: None, reports_to: book.id(1) });
        book.posts.push(placed);
    }
    let posts: Vec<Written> = book.posts.iter().cloned().map(Written::Post).collect();
    book.written.extend(posts);
    for post in [0, 1] {
        book.act(0, &Act::Appoint { person: 0, post, days: (0, None) });
    }
    save(&db, &mut book).await;
    let grants = of(db.reader(), book.id(0), book.id(0), at(1).start()).await.unwrap().grants;
    let reports: Vec<usize> = grants.iter().map(|grant| grant.direct_reports.len()).collect();
    assert_eq!(reports, [authority::MOST_REPORTS, 5]);
    db.close().await;
}
