//! An office with its clerk, its chief and its units: what every test starts from. Names are invented.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use auth::TicketClaims;
use bus::{Answer, Endpoint, ServiceInfo, Serving};
use schema_documents::{DraftOutgoing, IncomingDocument, OutgoingDocument, OutgoingRecipient, RegisterIncoming};
use schema_identity::{AuthorityHistory, AuthorityWay, GetAuthorityHistory, GetOffice, GetUnit, ListOffices, Unit};
use sea_orm::prelude::Uuid;
use testbed::{Bench, Pair, Person};
use wire::{
    Call, Day, Fault, Kind, Secrecy, Ticket, Urgency, Version, call_subject,
    id::{OfficeId, PersonId, UnitId},
};

/// Everything that a clerk may do.
pub(crate) const CLERK: &[&str] = &[
    "documents.incoming.read",
    "documents.incoming.register",
    "documents.incoming.void",
    "documents.incoming.dispose",
    "documents.outgoing.read",
    "documents.outgoing.draft",
    "documents.outgoing.issue",
    "documents.outgoing.seal",
    "documents.registers.read",
    "documents.registers.change",
    "documents.dossiers.read",
    "documents.dossiers.file",
    "documents.dossiers.plan",
    "documents.dossiers.approve",
];

/// How many offices lie below every one, with these numbers as their ids.
pub(crate) const BELOW: u32 = 166;

/// The units that identity knows: under each id its states, the latest last.
type Units = Arc<Mutex<BTreeMap<UnitId, Vec<Unit>>>>;
/// How people could instruct, as identity remembers it: under each person their ways, on any day.
type Ways = Arc<Mutex<BTreeMap<PersonId, Vec<AuthorityWay>>>>;

/// An office at work.
pub(crate) struct House {
    pub(crate) bench: Bench,
    pub(crate) office: OfficeId,
    pub(crate) clerk: Person,
    units: Units,
    ways: Ways,
    serving: Serving,
}

impl House {
    /// Opens the office on a pair.
    pub(crate) async fn open(pair: Pair) -> Self {
        let bench = Bench::start(pair, vec![documents::service()]).await;
        let units = Units::default();
        let ways = Ways::default();
        let serving = play_identity(&bench, Arc::clone(&units), Arc::clone(&ways)).await;
        let office = bench.office();
        let clerk = bench.person(&[(office, CLERK)]);
        Self { bench, office, clerk, units, ways, serving }
    }

    /// A plain office on SQLite.
    pub(crate) async fn plain() -> Self {
        Self::open(Pair::LocalSqlite).await
    }

    /// Closes the office: nothing may be left undone.
    pub(crate) async fn close(self) {
        self.serving.stop().await;
        self.bench.finish().await;
    }

    pub(crate) fn today(&self) -> Day {
        self.bench.platform.clock.now().day()
    }

    /// So many days from today.
    pub(crate) fn day(&self, days: i64) -> Day {
        self.today().plus(days).unwrap()
    }

    /// A unit that identity knows.
    pub(crate) fn unit(&self, name: &str, body: Option<&str>) -> Unit {
        let unit = Unit {
            id: runtime::fresh_id().into(),
            office: self.office,
            name: name.to_owned(),
            body: body.map(str::to_owned),
            parent: None,
            from: Day::new(2025, 7, 1).unwrap(),
            to: None,
            version: Version::FIRST,
        };
        self.units.lock().unwrap().insert(unit.id, vec![unit.clone()]);
        unit
    }

    /// Gives a unit another name from a day on.
    pub(crate) fn renamed(&self, unit: &Unit, name: &str, from: Day) {
        let state = Unit { name: name.to_owned(), from, ..unit.clone() };
        self.units.lock().unwrap().entry(unit.id).or_default().push(state);
    }

    /// Somebody of the office.
    pub(crate) fn hired(&self, permissions: &[&str]) -> Person {
        self.bench.person(&[(self.office, permissions)])
    }

    /// Lets identity remember that somebody could instruct in the position they hold.
    pub(crate) fn remember(&self, who: &Person) {
        let grant = who.authority().unwrap().grants[0].clone();
        let way = AuthorityWay {
            office: grant.office,
            position: grant.position,
            title: "Phó Bí thư Thường trực".to_owned(),
            roles: vec!["deputy_secretary".to_owned()],
            holder: Some(who.id()),
            appointment: Some(grant.appointment),
            instrument: None,
            delegations: Vec::new(),
        };
        self.ways.lock().unwrap().entry(who.id()).or_default().push(way);
    }

    /// The order to register a letter that differs from every other by its number.
    pub(crate) fn order(&self, number: u32) -> RegisterIncoming {
        RegisterIncoming {
            author_body: Some("Văn phòng Tỉnh ủy".to_owned()),
            symbol: Some(format!("{number:02}-CV/VPTU")),
            document_day: Some(self.day(-2)),
            genre_name: Some("Công văn".to_owned()),
            summary: Some(format!("V/v chuẩn bị nội dung làm việc thứ {number}")),
            ..self.bare(Secrecy::Open)
        }
    }

    /// An order that describes nothing.
    pub(crate) fn bare(&self, secrecy: Secrecy) -> RegisterIncoming {
        RegisterIncoming {
            office: self.office,
            arrived: None,
            late: false,
            secrecy,
            urgency: Urgency::Normal,
            author_body: None,
            author_unit: None,
            symbol: None,
            document_day: None,
            genre_name: None,
            summary: None,
            pages: Some(2),
            due: None,
            note: None,
            disposition: None,
            duplicate_of: None,
            files: Vec::new(),
            intake: None,
        }
    }

    /// A registered letter.
    pub(crate) async fn registered(&self, number: u32) -> IncomingDocument {
        self.clerk.call(&self.order(number)).await.unwrap()
    }

    /// The order to begin an official letter with a text and a recipient.
    pub(crate) fn draft(&self) -> DraftOutgoing {
        DraftOutgoing {
            together_with: Vec::new(),
            office: self.office,
            genre: "official_letter".to_owned(),
            body_code: Some("ĐU".to_owned()),
            issuing_unit: None,
            summary: Some("V/v báo cáo tình hình tháng".to_owned()),
            secrecy: Secrecy::Open,
            urgency: Urgency::Normal,
            replies_to: Vec::new(),
            text: Some("Đảng ủy xã báo cáo như sau.".to_owned()),
            recipients: vec![OutgoingRecipient { name: "Văn phòng Tỉnh ủy".to_owned(), unit: None }],
        }
    }

    /// A draft ready to be issued.
    pub(crate) async fn drafted(&self) -> OutgoingDocument {
        self.clerk.call(&self.draft()).await.unwrap()
    }

    /// Uploads a content as the gateway does, and gives its ticket.
    pub(crate) async fn upload(&self, who: &Person, content: &str, name: &str, purpose: &str) -> Ticket {
        self.upload_bytes(who, content.as_bytes().to_vec(), name, purpose).await
    }

    /// Uploads bytes as the gateway does, and gives their ticket.
    pub(crate) async fn upload_bytes(&self, who: &Person, content: Vec<u8>, name: &str, purpose: &str) -> Ticket {
        let is_pdf = content.starts_with(b"%PDF");
        let mut staging = self.bench.platform.blobs.stage(1 << 20).await.unwrap();
        staging.write(content.into()).await.unwrap();
        let staged = staging.finish().await.unwrap();
        let account = who.authority().unwrap().account;
        let claims = TicketClaims {
            sha256: staged.hash,
            size: staged.size,
            media_type: if is_pdf { "application/pdf" } else { "text/plain" }.to_owned(),
            name: name.to_owned(),
            principal: format!("account:{account}"),
            office: self.office,
            purpose: purpose.to_owned(),
        };
        let now = self.bench.platform.clock.now();
        self.bench.signer("gateway").unwrap().sign_ticket(&claims, now, Duration::from_secs(600))
    }

    /// The code of the refusal that a call meets.
    pub(crate) async fn refused<C: Call>(&self, call: &C) -> String {
        refused(&self.clerk, call).await.code
    }
}

/// The fault that a call meets.
pub(crate) async fn refused<C: Call>(who: &Person, call: &C) -> Fault {
    match who.call(call).await {
        Ok(_) => panic!("`{}` was not refused", C::NAME),
        Err(fault) => fault,
    }
}

/// Identity as far as documents asks it: the units of the house, and offices of communes.
async fn play_identity(bench: &Bench, units: Units, ways: Ways) -> Serving {
    let info = ServiceInfo {
        name: "identity".to_owned(),
        version: "0.0.0".to_owned(),
        description: "units and offices of identity, played by a test".to_owned(),
        instance: runtime::fresh_id(),
        started: bench.platform.clock.now(),
    };
    let offices = Endpoint {
        name: GetOffice::NAME.to_owned(),
        subject: call_subject(GetOffice::SERVICE, GetOffice::NAME),
        handler: Arc::new(move |request| {
            let GetOffice { id, .. } = serde_json::from_slice(&request.body).unwrap();
            let office = serde_json::json!({ "id": id, "code": "16666", "name": "Đảng ủy xã Ngọc Sơn",
                "kind": "commune", "from": "2025-07-01", "version": 1 });
            Box::pin(async move { Answer::ok(office.to_string().into_bytes()) })
        }),
    };
    let below = Endpoint {
        name: ListOffices::NAME.to_owned(),
        subject: call_subject(ListOffices::SERVICE, ListOffices::NAME),
        handler: Arc::new(move |_| {
            let office = |code: u32| {
                serde_json::json!({ "id": OfficeId::from(Uuid::from_u128(code.into())), "code": code.to_string(),
                    "name": format!("Đảng ủy xã số {code}"), "kind": "commune", "from": "2025-07-01", "version": 1 })
            };
            let page = serde_json::json!({ "items": (1..=BELOW).map(office).collect::<Vec<_>>() });
            Box::pin(async move { Answer::ok(page.to_string().into_bytes()) })
        }),
    };
    let remembered = Endpoint {
        name: GetAuthorityHistory::NAME.to_owned(),
        subject: call_subject(GetAuthorityHistory::SERVICE, GetAuthorityHistory::NAME),
        handler: Arc::new(move |request| {
            let asked: GetAuthorityHistory = serde_json::from_slice(&request.body).unwrap();
            let ways = ways.lock().unwrap().get(&asked.person).cloned().unwrap_or_default();
            let GetAuthorityHistory { person, permission, day } = asked;
            let answer = serde_json::to_vec(&AuthorityHistory { person, permission, day, ways }).unwrap();
            Box::pin(async move { Answer::ok(answer) })
        }),
    };
    let endpoint = Endpoint {
        name: GetUnit::NAME.to_owned(),
        subject: call_subject(GetUnit::SERVICE, GetUnit::NAME),
        handler: Arc::new(move |request| {
            let asked: GetUnit = serde_json::from_slice(&request.body).unwrap();
            let units = units.lock().unwrap();
            let mut states = units.get(&asked.id).into_iter().flatten().rev();
            let answer = match states.find(|unit| asked.as_of.is_none_or(|day| unit.from <= day)) {
                Some(unit) => Answer::ok(serde_json::to_vec(unit).unwrap()),
                None => Answer::fault(&Fault::new(Kind::Missing, "identity.unit_missing", "no unit", "không có")),
            };
            Box::pin(async move { answer })
        }),
    };
    bench.platform.bus.serve(&info, vec![offices, below, remembered, endpoint]).await.unwrap()
}
