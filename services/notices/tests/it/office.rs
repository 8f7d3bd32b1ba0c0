//! An office with a chief, the head of a unit and a clerk in it, a clock that tests move, and what others tell.

use std::{path::Path, time::Duration};

use db::{Db, inbox, outbox};
use runtime::{clock::Clock, life::Life};
use schema_documents::IncomingChanged;
use schema_identity::{AppointmentChanged, PersonChanged, PositionChanged};
use schema_notices::{ListNotices, Notice, NoticeKind};
use schema_programme::{AssignmentChanged, AssignmentState};
use sea_orm::{ConnectionTrait as _, Statement};
use serde_json::{Value, json};
use service::{Platform, Running, ServiceKeys};
use testbed::{Bench, Pair, Person, process::until};
use uuid::Uuid;
use wire::{
    Call, Day, Event, Fault, Instant,
    id::{OfficeId, PersonId, PositionId, UnitId},
};

pub(crate) const UNIT: UnitId = UnitId(Uuid::from_u128(21));
pub(crate) const CHIEFS: PositionId = PositionId(Uuid::from_u128(31));
pub(crate) const HEADS: PositionId = PositionId(Uuid::from_u128(32));
pub(crate) const CLERKS: PositionId = PositionId(Uuid::from_u128(33));
/// What stands in every text of what others tell, and must never stand anywhere here.
pub(crate) const CANARY: &str = "CHIM-HOANG-YEN";

const PATIENCE: Duration = Duration::from_secs(60);
const PUBLISHERS: [&str; 3] = ["documents", "identity", "programme"];

/// An office at work.
pub(crate) struct Office {
    pub(crate) bench: Bench,
    pub(crate) office: OfficeId,
    pub(crate) clock: Clock,
    /// Gives the work.
    pub(crate) chief: Person,
    /// Heads the unit.
    pub(crate) head: Person,
    /// Works in the unit.
    pub(crate) clerk: Person,
    section: Value,
    running: Option<(Running, Platform)>,
}

impl Office {
    /// Opens the office on a pair, with a section of settings.
    pub(crate) async fn open(pair: Pair, section: Value) -> Self {
        let mut bench = Bench::start(pair, vec![notices::service()]).await;
        // The bench gave every service a place on the bus; from here on the test's own clock moves them.
        bench.stop().await.unwrap();
        bench.platform.life = Life::new();
        let clock = Clock::fixed(Clock::system().now());
        bench.platform.clock = clock.clone();
        let office = bench.office();
        let [chief, head, clerk] = [(); 3].map(|()| bench.person(&[(office, &[])]));
        let mut this = Self { bench, office, clock, chief, head, clerk, section, running: None };
        this.start().await;
        // A reader begins at a snapshot, and played publishers offer none: these first tellings only make it begin.
        this.person(this.chief.id(), true, 1).await;
        this.tell(&work(&this, 404, 1, AssignmentState::Closed, json!({}))).await;
        this.tell(&paper(&this, 404, 1, None)).await;
        this.settled().await;
        for (position, head) in [(CHIEFS, false), (HEADS, true), (CLERKS, false)] {
            this.seat(position, head).await;
        }
        let people = [(CHIEFS, this.chief.id()), (HEADS, this.head.id()), (CLERKS, this.clerk.id())];
        for (position, person) in people {
            this.hold(position, person, 1, None).await;
            this.person(person, true, 1).await;
        }
        this.settled().await;
        this
    }

    /// An office on SQLite that sends no mail.
    pub(crate) async fn plain() -> Self {
        Self::open(Pair::LocalSqlite, json!({})).await
    }

    /// Starts the service over the database it had.
    pub(crate) async fn start(&mut self) {
        let platform = Platform { life: Life::new(), ..self.bench.platform.clone() };
        let keys = ServiceKeys::in_folder(platform.key_folder.clone());
        let db = Db::open(&self.bench.database("notices").await.unwrap()).await.unwrap();
        let running = service::start(notices::service(), &platform, &keys, db, Some(self.section.clone()));
        self.running = Some((running.await.unwrap(), platform));
    }

    /// Stops the service.
    pub(crate) async fn stop(&mut self) {
        let (running, platform) = self.running.take().unwrap();
        running.stop().await;
        let late = platform.life.stop_and_wait(Duration::from_secs(20)).await;
        assert!(late.is_empty(), "{late:?}");
    }

    /// Ends a test: nothing parked, everything stopped.
    pub(crate) async fn finish(mut self) {
        self.settled().await;
        assert!(self.db().dead_letters(None, 5).await.unwrap().is_empty());
        assert_eq!(self.db().parked_jobs().await.unwrap(), 0);
        self.stop().await;
        self.bench.finish().await;
    }

    pub(crate) fn db(&self) -> &Db {
        self.running.as_ref().unwrap().0.db()
    }

    /// The folder of everything that this office writes.
    pub(crate) fn folder(&self) -> &Path {
        self.bench.platform.key_folder.parent().unwrap()
    }

    /// Lets a publisher tell something.
    pub(crate) async fn tell<E: Event>(&mut self, event: &E) {
        self.bench.publish(event).await.unwrap();
    }

    pub(crate) async fn seat(&mut self, position: PositionId, head: bool) {
        let unit = if position == CHIEFS { UnitId(Uuid::from_u128(22)) } else { UNIT };
        let seat = json!({ "id": position, "office": self.office, "unit": unit, "title": CANARY, "roles": [],
            "head": head, "from": "2025-07-01", "version": 1 });
        self.tell(&serde_json::from_value::<PositionChanged>(json!({ "position": seat })).unwrap()).await;
    }

    /// Somebody holds a position, until a day.
    pub(crate) async fn hold(&mut self, position: PositionId, person: PersonId, version: i64, to: Option<Day>) {
        let id = Uuid::from_u128(position.0.as_u128() + 1000 + person.0.as_u128() % 1000);
        let mut hold = json!({ "id": id, "office": self.office, "person": person, "position": position,
            "from": "2025-07-01", "version": version });
        if let Some(to) = to {
            hold["to"] = json!(to);
        }
        self.tell(&serde_json::from_value::<AppointmentChanged>(json!({ "appointment": hold })).unwrap()).await;
    }

    pub(crate) async fn person(&mut self, person: PersonId, active: bool, version: i64) {
        let person = json!({ "id": person, "office": self.office, "full_name": CANARY, "active": active,
            "version": version });
        self.tell(&serde_json::from_value::<PersonChanged>(json!({ "person": person })).unwrap()).await;
    }

    /// Waits until the service has applied all that was told.
    pub(crate) async fn settled(&self) {
        let heard = until("notices to have heard everything", PATIENCE, || async {
            for publisher in PUBLISHERS {
                let told = self.bench.service(publisher).db();
                told.number_events().await.ok()?;
                let head = told.head().await.ok()?.last;
                let at = inbox::position(self.db().reader(), publisher).await.ok()??;
                if told.unnumbered_events().await.ok()? > 0 || at != head {
                    return None;
                }
            }
            Some(())
        });
        heard.await.unwrap();
    }

    /// Puts the clock at a moment, and waits until every job that is due by then has run.
    pub(crate) async fn at(&self, moment: Instant) {
        self.clock.set(moment);
        let ran = until("the jobs to have run", PATIENCE, || async { (self.waiting_jobs().await? == 0).then_some(()) });
        ran.await.unwrap();
    }

    /// How many jobs are due; one that runs is due until it has committed.
    async fn waiting_jobs(&self) -> Option<i64> {
        let due = format!("SELECT COUNT(*) AS n FROM job WHERE due <= {}", self.clock.now().micros());
        let reader = self.db().reader();
        let row = reader.query_one_raw(Statement::from_string(reader.get_database_backend(), due)).await.ok()??;
        row.try_get("", "n").ok()
    }

    /// Lets so many seconds pass.
    pub(crate) async fn pass(&self, seconds: u64) {
        self.at(self.clock.now().plus(Duration::from_secs(seconds))).await;
    }

    /// Makes a call. People sign in by the true clock, so that it is put right meanwhile.
    pub(crate) async fn call<C: Call>(&self, person: &Person, call: &C) -> Result<C::Reply, Fault> {
        let moved = self.clock.now();
        self.clock.set(Clock::system().now());
        let answer = person.call(call).await;
        self.clock.set(moved);
        answer
    }

    /// The code with which a call is refused.
    pub(crate) async fn refused<C: Call>(&self, person: &Person, call: &C) -> String {
        match self.call(person, call).await {
            Ok(_) => panic!("`{}` was not refused", C::NAME),
            Err(Fault { code, .. }) => code,
        }
    }

    pub(crate) async fn list(&self, person: &Person, call: &ListNotices) -> Vec<Notice> {
        self.call(person, call).await.unwrap().items
    }

    /// Why something needs a person now, the newest reason first.
    pub(crate) async fn needs(&self, person: &Person) -> Vec<NoticeKind> {
        self.list(person, &ListNotices::default()).await.into_iter().map(|notice| notice.kind).collect()
    }

    /// How many notices were told of on the bus.
    pub(crate) async fn given(&self) -> usize {
        self.db().number_events().await.unwrap();
        self.db().events_after(0, outbox::READ_LIMIT).await.unwrap().len()
    }
}

/// Work from a petition for the unit, with `more` of its fields.
pub(crate) fn work(office: &Office, id: u128, version: i64, state: AssignmentState, more: Value) -> AssignmentChanged {
    let mut work = json!({
        "id": Uuid::from_u128(id), "office": office.office, "version": version,
        "source": { "kind": "petition", "id": Uuid::from_u128(9), "label": CANARY },
        "title": CANARY, "expected_product": CANARY, "lead_unit": UNIT, "lead_unit_name": CANARY,
        "coordinators": [], "urgency": "normal",
        "assigned_by": { "person": office.chief.id(), "position": CHIEFS },
        "assigned_at": office.clock.now(), "due": "2099-12-31", "original_due": "2099-12-31",
        "due_reason": { "basis": "day", "vi": CANARY, "en": CANARY }, "state": state
    });
    for (name, value) in more.as_object().unwrap() {
        work[name] = value.clone();
    }
    serde_json::from_value(json!({ "assignment": work })).unwrap()
}

/// A paper at a desk, or with the clerk.
pub(crate) fn paper(office: &Office, id: u128, version: i64, desk: Option<PositionId>) -> IncomingChanged {
    let mut document = json!({
        "id": Uuid::from_u128(id), "office": office.office, "version": version, "register": Uuid::from_u128(8),
        "number": 1, "arrived": "2026-11-20", "registered_at": "2026-11-20T02:00:00Z", "state": "registered",
        "secrecy": "open", "urgency": "normal", "masked": false, "summary": CANARY
    });
    if let Some(position) = desk {
        let now = office.clock.now();
        document["desk"] = json!({ "unit": UNIT, "unit_name": CANARY, "position": position, "since": now });
    }
    serde_json::from_value(json!({ "document": document })).unwrap()
}

/// The first day after another that is, or is not, a working day.
pub(crate) fn next_day(after: Day, working: bool) -> Day {
    let known = rules::Calendar::national().as_known_on(after);
    (1..).filter_map(|days| after.plus(days)).find(|day| known.is_working(*day) == working).unwrap()
}

/// A time of a day at +07:00.
pub(crate) fn time(day: Day, hour: u64, minute: u64) -> Instant {
    day.start().plus(Duration::from_secs(hour * 3600 + minute * 60))
}
