//! An office with all its services at work, its people, and what they have written. Names are invented.

use std::time::Duration;

use auth::TicketClaims;
use runtime::Clock;
use schema_documents::{Disposition, IncomingDocument, OpenRegister, PeriodKind, RegisterIncoming, RegisterKind};
use schema_identity::{
    Bootstrap, CreateAppointment, CreatePerson, CreatePosition, Enrol, GetMe, ImportUnits, IssueEnrolment, Me,
    OpenAccount, OpenPortalSession, Reach, SignIn, UnitRow,
};
use schema_programme::{Assign, Assignment, AssignmentSource, AssignmentSourceKind};
use serde_json::Value;
use testbed::{Bench, Pair};
use wire::{
    Call, Day, Fault, Meta, Secrecy, Ticket, Urgency,
    id::{OfficeId, PositionId, UnitId},
};

/// A password that is good enough, and everybody's here.
pub(crate) const PASSWORD: &str = "bảy con sếu bay qua đồng";
/// What somebody made up to break pages.
pub(crate) const SUMMARY: &str = "Về việc <script>alert(1)</script> & thử nghiệm";
/// The number with which the arrival register of a house begins.
pub(crate) const OPENING: i64 = 2418;

const PATIENCE: Duration = Duration::from_secs(20);

/// An office at work: identity, documents, programme and notices on SQLite, as the standalone profile runs them.
pub(crate) struct House {
    pub(crate) bench: Bench,
    pub(crate) office: OfficeId,
    /// The office proper (văn phòng), where everybody is hired.
    pub(crate) unit: UnitId,
    /// Looks after people and units.
    pub(crate) admin: Someone,
}

/// Where somebody is hired into.
pub(crate) struct Seat {
    pub(crate) office: OfficeId,
    pub(crate) unit: UnitId,
    pub(crate) head: bool,
    pub(crate) reports_to: Option<PositionId>,
}

/// Somebody who has signed in.
#[derive(Clone)]
pub(crate) struct Someone {
    pub(crate) me: Me,
    /// What the cookie of their browser holds.
    pub(crate) secret: String,
    token: String,
}

impl House {
    /// Opens the office of a province.
    pub(crate) async fn open(clock: Clock) -> Self {
        let services =
            vec![identity::service(), documents::service(), programme::service(), notices::service(), forms::service()];
        let bench = Bench::try_start_by(clock, Pair::LocalSqlite, services).await.unwrap();
        let row = |line, code: &str, name: &str, kind: &str, parent: &str| UnitRow {
            line,
            code: code.to_owned(),
            name: name.to_owned(),
            kind: kind.to_owned(),
            parent_code: parent.to_owned(),
        };
        let rows = vec![row(2, "95", "Tỉnh Ví Dụ", "province", ""), row(3, "99001", "Xã Thử Nghiệm", "commune", "95")];
        as_service(&bench, &ImportUnits { from: reform(), rows }).await;
        let first = Bootstrap { office: "95".to_owned(), full_name: "Đỗ Ví Dụ".to_owned(), reach: Reach::Below };
        let made = as_service(&bench, &first).await;
        let admin = enrol(&bench, &made.enrolment.code.0, "th.quantri").await;
        Self { bench, office: made.office, unit: made.unit, admin }
    }

    /// Hires somebody with roles of `services/identity/data/roles.toml` into the office proper, and signs in as them.
    pub(crate) async fn hire(&self, username: &str, full_name: &str, title: &str, roles: &[&str]) -> Someone {
        self.hire_into(&self.at(self.unit), (username, full_name, title), roles).await
    }

    /// A seat of nobody's direction in a unit of this office.
    pub(crate) fn at(&self, unit: UnitId) -> Seat {
        Seat { office: self.office, unit, head: false, reports_to: None }
    }

    /// Hires somebody, called by their account, name and title, into a seat, and signs in as them.
    pub(crate) async fn hire_into(
        &self,
        seat: &Seat,
        (username, full_name, title): (&str, &str, &str),
        roles: &[&str],
    ) -> Someone {
        let office = seat.office;
        let person = CreatePerson { office, full_name: full_name.to_owned(), contact: None };
        let position = CreatePosition {
            office,
            unit: seat.unit,
            title: title.to_owned(),
            roles: roles.iter().map(|role| (*role).to_owned()).collect(),
            head: seat.head,
            reach: Reach::Own,
            reports_to: seat.reports_to,
            from: reform(),
            to: None,
        };
        let (person, position) =
            (self.call(&self.admin, &person).await.unwrap(), self.call(&self.admin, &position).await.unwrap());
        let appointment = CreateAppointment {
            office,
            person: person.id,
            position: position.id,
            from: reform(),
            to: None,
            instrument: None,
        };
        self.call(&self.admin, &appointment).await.unwrap();
        let account = self.call(&self.admin, &OpenAccount { office, person: person.id }).await.unwrap();
        let enrolment = self.call(&self.admin, &IssueEnrolment { id: account.id }).await.unwrap();
        enrol(&self.bench, &enrolment.code.0, username).await
    }

    /// Makes a call as somebody, under a fresh key.
    pub(crate) async fn call<C: Call>(&self, who: &Someone, call: &C) -> Result<C::Reply, Fault> {
        let meta = Meta { token: Some(who.token.clone()), key: Some(fresh()), ..Meta::default() };
        self.bench.platform.bus.ask(&meta, call, PATIENCE).await
    }

    /// The same, written as JSON; what it leaves out is as the contract has it. It must be answered.
    pub(crate) async fn ask<C: Call>(&self, who: &Someone, call: Value) -> C::Reply {
        let call = serde_json::from_value::<C>(call).unwrap();
        self.call(who, &call).await.unwrap()
    }

    /// The same, as the services among themselves.
    pub(crate) async fn ask_as_service<C: Call>(&self, call: Value) -> C::Reply {
        as_service(&self.bench, &serde_json::from_value::<C>(call).unwrap()).await
    }

    /// The legal day of the house.
    pub(crate) fn today(&self) -> Day {
        self.bench.platform.clock.now().day()
    }

    /// Opens the arrival register of this year, as an office does that goes on from a paper book.
    pub(crate) async fn open_register(&self, clerk: &Someone) {
        let call = OpenRegister {
            office: self.office,
            kind: RegisterKind::Incoming,
            body_code: None,
            genres: None,
            period: PeriodKind::Year,
            first_day: Day::new(self.today().year(), 1, 1).unwrap(),
            last_day: None,
            opening: Some(OPENING),
        };
        self.call(clerk, &call).await.unwrap();
    }

    /// Registers a letter that has to be processed and has a file.
    pub(crate) async fn register(&self, clerk: &Someone, symbol: &str) -> IncomingDocument {
        let call = RegisterIncoming {
            office: self.office,
            arrived: None,
            late: false,
            secrecy: Secrecy::Open,
            urgency: Urgency::Express,
            author_body: Some("Sở Ví Dụ".to_owned()),
            author_unit: None,
            symbol: Some(symbol.to_owned()),
            document_day: self.today().plus(-1),
            genre_name: Some("Công văn".to_owned()),
            summary: Some(SUMMARY.to_owned()),
            pages: Some(2),
            due: self.today().plus(7),
            note: None,
            disposition: Some(Disposition::ToProcess),
            duplicate_of: None,
            intake: None,
            files: vec![self.upload(clerk, "công văn.pdf", b"%PDF-1.7", "incoming_document").await],
        };
        self.call(clerk, &call).await.unwrap()
    }

    /// Gives the work from a letter to the office proper.
    pub(crate) async fn assign(&self, chief: &Someone, paper: &IncomingDocument) -> Assignment {
        let kind = AssignmentSourceKind::IncomingDocument;
        let call = Assign {
            office: self.office,
            source: AssignmentSource { kind, id: Some(paper.id.into()), label: String::new() },
            title: "Rà soát danh sách".to_owned(),
            expected_product: "Danh sách".to_owned(),
            lead_unit: self.unit,
            lead_position: None,
            coordinators: Vec::new(),
            urgency: Urgency::Normal,
            due: None,
            term: None,
            parent: None,
        };
        self.call(chief, &call).await.unwrap()
    }

    /// Uploads a file as the gateway does, and gives its ticket.
    pub(crate) async fn upload(&self, who: &Someone, name: &str, content: &[u8], purpose: &str) -> Ticket {
        let mut staging = self.bench.platform.blobs.stage(1 << 20).await.unwrap();
        staging.write(content.to_vec().into()).await.unwrap();
        let staged = staging.finish().await.unwrap();
        let claims = TicketClaims {
            sha256: staged.hash,
            size: staged.size,
            media_type: match name.rsplit('.').next() {
                Some("png") => "image/png",
                Some("csv") => "text/csv",
                _ => "application/pdf",
            }
            .to_owned(),
            name: name.to_owned(),
            principal: format!("account:{}", who.me.account.id),
            office: self.office,
            purpose: purpose.to_owned(),
        };
        let now = self.bench.platform.clock.now();
        self.bench.signer("gateway").unwrap().sign_ticket(&claims, now, Duration::from_secs(600))
    }
}

/// The day on which the offices of today began.
fn reform() -> Day {
    Day::new(2025, 7, 1).unwrap()
}

async fn as_service<C: Call>(bench: &Bench, call: &C) -> C::Reply {
    let now = bench.platform.clock.now();
    let token = bench.signer("testbed").unwrap().sign_service(now, Duration::from_secs(60));
    let meta = Meta { token: Some(token), key: Some(fresh()), ..Meta::default() };
    bench.platform.bus.ask(&meta, call, PATIENCE).await.unwrap()
}

impl Someone {
    /// The position that they hold.
    pub(crate) fn position(&self) -> PositionId {
        self.me.posts[0].position
    }

    /// Signs in anew, as after days in which the former session has ended.
    pub(crate) async fn again(&self, house: &House) -> Self {
        sign_in(&house.bench, self.me.account.username.as_deref().unwrap()).await
    }
}

/// Takes a one-time code into use, and signs in as a browser does.
pub(crate) async fn enrol(bench: &Bench, code: &str, username: &str) -> Someone {
    let bus = &bench.platform.bus;
    let call = Enrol { code: code.into(), username: username.to_owned(), password: PASSWORD.into() };
    bus.ask(&Meta::default(), &call, PATIENCE).await.unwrap();
    sign_in(bench, username).await
}

/// Signs in as a browser does.
async fn sign_in(bench: &Bench, username: &str) -> Someone {
    let bus = &bench.platform.bus;
    let call = SignIn { username: username.to_owned(), password: PASSWORD.into() };
    let from = Meta { network: Some("192.0.2.9".to_owned()), ..Meta::default() };
    let token = bus.ask(&from, &call, PATIENCE).await.unwrap().access_token.0;
    let meta = Meta { token: Some(token.clone()), ..Meta::default() };
    let me = bus.ask(&meta, &GetMe {}, PATIENCE).await.unwrap();
    let secret = bus.ask(&meta, &OpenPortalSession {}, PATIENCE).await.unwrap().secret.0;
    Someone { me, secret, token }
}

fn fresh() -> String {
    runtime::fresh_id().to_string()
}
