//! A bench with identity, a few offices, and people who have really signed in.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use schema_identity::{
    Appointment, Bootstrap, Bootstrapped, CreateAppointment, CreatePerson, CreatePosition, Enrol, FindUnits,
    GetAuthority, GetMe, Hidden, ImportReport, ImportUnits, IssueEnrolment, ListOffices, Me, OpenAccount, Person,
    Position, Reach, SignIn, Tokens, UnitRow,
};
use testbed::{Bench, Pair};
use wire::{
    Call, Day, Fault, Meta, Version,
    id::{OfficeId, UnitId},
};

const PATIENCE: Duration = Duration::from_secs(20);

/// A password that is good enough.
pub(crate) const PASSWORD: &str = "bảy con sếu bay qua đồng";

/// Identity at work.
pub(crate) struct World {
    pub(crate) bench: Bench,
}

/// Someone who has signed in.
#[derive(Clone)]
pub(crate) struct Someone {
    pub(crate) tokens: Tokens,
    pub(crate) me: Me,
}

/// A made-up row of the official list.
pub(crate) fn row(line: u32, code: &str, name: &str, kind: &str, parent: &str) -> UnitRow {
    UnitRow { line, code: code.into(), name: name.into(), kind: kind.into(), parent_code: parent.into() }
}

/// Two provinces, the first with two communes.
pub(crate) fn rows() -> Vec<UnitRow> {
    vec![
        row(2, "95", "Tỉnh Sông Lam", "province", ""),
        row(3, "99001", "Xã Bình Minh", "commune", "95"),
        row(4, "99002", "Phường Hưng Đạo", "ward", "95"),
        row(5, "98", "Thành phố Biển Xanh", "municipality", ""),
    ]
}

pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// The code of the fault of a refused call.
pub(crate) fn code<T: std::fmt::Debug>(result: Result<T, Fault>) -> String {
    result.expect_err("refused").code
}

impl World {
    /// Identity on a pair, with its offices.
    pub(crate) async fn start(pair: Pair) -> Self {
        let world = Self { bench: Bench::start(pair, vec![identity::service()]).await };
        let report = world.load(rows()).await.unwrap();
        assert_eq!(report, ImportReport { offices: 5, units: 9 + 2 * 11 + 2 * 4, unchanged: 0 });
        world
    }

    /// Identity on the pair of the standalone profile.
    pub(crate) async fn local() -> Self {
        Self::start(Pair::LocalSqlite).await
    }

    pub(crate) async fn load(&self, rows: Vec<UnitRow>) -> Result<ImportReport, Fault> {
        self.as_service(&ImportUnits { from: day("2025-07-01"), rows }).await
    }

    /// A call with everything that may accompany it.
    pub(crate) async fn send<C: Call>(&self, meta: Meta, call: &C) -> Result<C::Reply, Fault> {
        self.bench.platform.bus.ask(&meta, call, PATIENCE).await
    }

    /// A call of one of our own services.
    pub(crate) async fn as_service<C: Call>(&self, call: &C) -> Result<C::Reply, Fault> {
        let token = self.bench.signer("testbed").unwrap().sign_service(self.now(), Duration::from_secs(60));
        self.send(Meta { token: Some(token), key: Some(fresh()), ..Meta::default() }, call).await
    }

    /// A call of nobody known, from a network.
    pub(crate) async fn from<C: Call>(&self, network: &str, call: &C) -> Result<C::Reply, Fault> {
        self.send(Meta { network: Some(network.to_owned()), ..Meta::default() }, call).await
    }

    /// A call of someone, with a fresh idempotency key.
    pub(crate) async fn call<C: Call>(&self, who: &Someone, call: &C) -> Result<C::Reply, Fault> {
        self.send(who.meta(), call).await
    }

    /// As [`World::call`], naming the version that was seen.
    pub(crate) async fn expecting<C: Call>(&self, who: &Someone, seen: i64, call: &C) -> Result<C::Reply, Fault> {
        self.send(Meta { expect: Some(Version(seen)), ..who.meta() }, call).await
    }

    pub(crate) fn now(&self) -> wire::Instant {
        self.bench.platform.clock.now()
    }

    pub(crate) async fn bootstrap(&self, office: &str, reach: Reach) -> Result<Bootstrapped, Fault> {
        let call = Bootstrap { office: office.into(), full_name: "Đỗ Quang Huy".into(), reach };
        self.as_service(&call).await
    }

    /// The first administrator, signed in.
    pub(crate) async fn administrator(&self, office: &str, reach: Reach) -> Someone {
        let made = self.bootstrap(office, reach).await.unwrap();
        self.enrol(&made.enrolment.code, "quan.tri").await
    }

    /// Uses a one-time code and signs in.
    pub(crate) async fn enrol(&self, code: &Hidden, username: &str) -> Someone {
        let call = Enrol { code: code.clone(), username: username.into(), password: PASSWORD.into() };
        let username = self.send(Meta::default(), &call).await.unwrap().username;
        self.sign_in(&username).await
    }

    pub(crate) async fn sign_in(&self, username: &str) -> Someone {
        let call = SignIn { username: username.into(), password: PASSWORD.into() };
        let tokens = self.from("10.0.0.9", &call).await.unwrap();
        let meta = Meta { token: Some(tokens.access_token.0.clone()), ..Meta::default() };
        let me = self.send(meta, &GetMe {}).await.unwrap();
        Someone { tokens, me }
    }

    /// Someone whom an administrator has made: person, position, appointment, account.
    pub(crate) async fn someone(&self, admin: &Someone, office: OfficeId, name: &str, roles: &[&str]) -> Someone {
        let (person, position) = (self.person(admin, office, name).await, self.position(admin, office, roles).await);
        self.appoint(admin, &person, &position).await;
        let account = self.call(admin, &OpenAccount { office, person: person.id }).await.unwrap();
        let enrolment = self.call(admin, &IssueEnrolment { id: account.id }).await.unwrap();
        self.enrol(&enrolment.code, &name.replace(' ', ".")).await
    }

    pub(crate) async fn person(&self, admin: &Someone, office: OfficeId, name: &str) -> Person {
        self.call(admin, &CreatePerson { office, full_name: name.into(), contact: None }).await.unwrap()
    }

    pub(crate) async fn position(&self, admin: &Someone, office: OfficeId, roles: &[&str]) -> Position {
        self.call(admin, &self.post(office, roles).await).await.unwrap()
    }

    /// A position in the office proper that begins with the reform.
    pub(crate) async fn post(&self, office: OfficeId, roles: &[&str]) -> CreatePosition {
        CreatePosition {
            office,
            unit: self.unit(office, "van phong").await,
            title: "Chuyên viên".into(),
            roles: roles.iter().map(|role| (*role).to_owned()).collect(),
            head: false,
            reach: Reach::Own,
            reports_to: None,
            from: day("2025-07-01"),
            to: None,
        }
    }

    pub(crate) async fn appoint(&self, admin: &Someone, person: &Person, position: &Position) -> Appointment {
        self.call(admin, &appointment(person, position)).await.unwrap()
    }

    /// The first unit of an office whose name holds the words.
    pub(crate) async fn unit(&self, office: OfficeId, words: &str) -> UnitId {
        let call = FindUnits { q: Some(words.into()), office: Some(office), ..FindUnits::default() };
        let units = identity_reads(self, &call).await;
        units.items[0].id
    }

    /// An office by words of its name.
    pub(crate) async fn office(&self, words: &str) -> OfficeId {
        let call = ListOffices { q: Some(words.into()), ..ListOffices::default() };
        identity_reads(self, &call).await.items[0].id
    }

    /// Everything applied, nothing left over.
    pub(crate) async fn finish(self) {
        self.bench.finish().await;
    }
}

/// The directory is for people: a throw-away session of the first administrator, or of one made for the purpose.
async fn identity_reads<C: Call>(world: &World, call: &C) -> C::Reply {
    let anybody = world.sign_in("quan.tri").await;
    world.call(&anybody, call).await.unwrap()
}

/// An appointment from the first day of the position on.
pub(crate) fn appointment(person: &Person, position: &Position) -> CreateAppointment {
    CreateAppointment {
        office: position.office,
        person: person.id,
        position: position.id,
        from: position.from,
        to: None,
        instrument: Some("12-QĐ/ĐU".into()),
    }
}

/// A fresh idempotency key.
pub(crate) fn fresh() -> String {
    uuid::Uuid::from_u128(rand::random()).to_string()
}

impl Someone {
    pub(crate) fn office(&self) -> OfficeId {
        self.me.person.office
    }

    /// Account and session, as the access token says them.
    pub(crate) fn session(&self) -> GetAuthority {
        let payload = self.tokens.access_token.0.split('.').nth(1).unwrap();
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
    }

    /// What accompanies a call of theirs, with a fresh idempotency key.
    pub(crate) fn meta(&self) -> Meta {
        Meta { token: Some(self.tokens.access_token.0.clone()), key: Some(fresh()), ..Meta::default() }
    }
}
