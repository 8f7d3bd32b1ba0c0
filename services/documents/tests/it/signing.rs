//! From the number to both digital signatures: each step through the service, with keys in files and a real authority for
//! time stamps. Who lays papers out is played; that it does so with ours is told by the journeys.

use std::{
    net::SocketAddr,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use bus::{Answer, Endpoint, ServiceInfo, Serving};
use pades::{Subject, TrialAuthority, Trust, Verdict};
use schema_documents::{
    DocumentAct, Execution, ExecutionSigner, ExecutionState as State, ExecutionStep as Step, FinishByHand,
    GetExecution, GetOutgoing, GetOwnCertificate, IssueOutgoing, ListOutgoingHistory, ListSealImprints, ListToSeal,
    ListToSign, OutgoingDocument, OwnKeyState, SealOutgoing, SignOutgoing, VoidOutgoing,
};
use schema_forms::{RenderForm, Rendered};
use serde_json::json;
use tempfile::TempDir;
use testbed::{Pair, Person, pdf::page, process::until, stamper::Stamper};
use tokio::net::TcpListener;
use wire::{Call, Fault, Kind, call_subject, id::OutgoingId};

use crate::{
    house::{House, refused},
    outgoing::issue,
};

const SIGNER: &[&str] = &["documents.outgoing.read", "documents.outgoing.sign"];

/// A house with somebody who signs, keys for both, and somebody who lays papers out.
struct Desk {
    house: House,
    leader: Person,
    keys: TempDir,
    authority: TrialAuthority,
    press: Serving,
    away: Arc<AtomicBool>,
}

impl Desk {
    /// `stamps` says where moments are vouched for.
    async fn open(pair: Pair, stamps: Option<SocketAddr>) -> Self {
        let mut house = House::open(pair).await;
        let now = testbed::stamper::clock();
        let authority = TrialAuthority::new("Tổ chức chứng thực thử nghiệm", now).unwrap();
        let (keys, leader) = (testbed::dir::temp().unwrap(), house.hired(SIGNER));
        std::fs::write(keys.path().join("authority.der"), authority.certificate().der()).unwrap();
        let section = json!({
            "signatures": { "authorities": [keys.path().join("authority.der")],
                            "revoked": [keys.path().join("revoked.crl")] },
            "signing": { "folder": keys.path(), "stamps": stamps.map(|at| format!("http://{at}/")) },
        });
        std::fs::write(keys.path().join("revoked.crl"), authority.list(now).unwrap()).unwrap();
        house.bench.halt("documents").await;
        house.bench.run_with(documents::service(), Some(section)).await.unwrap();
        let away = Arc::new(AtomicBool::new(false));
        let press = play_forms(&house, Arc::clone(&away)).await;
        house.remember(&leader);
        let mut desk = Self { house, leader, keys, authority, press, away };
        desk.give_key(&format!("person-{}", desk.leader.id()), "Trần Văn Minh");
        desk.give_key(&format!("body-{}-ĐU", desk.house.office), "Đảng ủy xã Ngọc Sơn");
        desk
    }

    /// Somebody who vouches for moments there.
    fn vouch(&mut self, at: TcpListener) -> tokio::task::JoinHandle<()> {
        Stamper::of(&mut self.authority).serve(at)
    }

    fn give_key(&mut self, label: &str, name: &str) {
        let subject = Subject::Organisation { name };
        let issued = self.authority.issue(&subject, testbed::stamper::clock()).unwrap();
        write_key(self.keys.path(), label, &issued, self.authority.certificate());
    }

    fn order(&self, id: OutgoingId) -> IssueOutgoing {
        let position = self.leader.authority().unwrap().grants[0].position;
        IssueOutgoing { signer: Some(ExecutionSigner { person: self.leader.id(), position }), ..issue(id) }
    }

    async fn issued(&self) -> OutgoingDocument {
        let draft = self.house.drafted().await;
        self.house.clerk.call(&self.order(draft.id)).await.unwrap()
    }

    /// The way of a document once it stands somewhere.
    async fn reaches(&self, id: OutgoingId, fits: impl Fn(&Execution) -> bool) -> Execution {
        until("the way of a document", Duration::from_secs(20), || async {
            Some(self.house.clerk.call(&GetExecution { id }).await.unwrap()).filter(|way| fits(way))
        })
        .await
        .unwrap()
    }

    async fn ready(&self) -> (OutgoingId, String) {
        let id = self.issued().await.id;
        let way = self.reaches(id, |way| way.state == State::ToSign).await;
        (id, way.sha256.unwrap())
    }

    async fn content(&self, way: &Execution) -> Vec<u8> {
        use futures_util::TryStreamExt as _;
        let area = self.house.bench.platform.blobs.area("documents", &self.house.office.to_string()).unwrap();
        let content = area.open(way.sha256.as_deref().unwrap(), None).await.unwrap();
        let chunks: Vec<bytes::Bytes> = content.bytes.try_collect().await.unwrap();
        chunks.concat()
    }

    async fn close(self) {
        self.press.stop().await;
        self.house.close().await;
    }
}

fn write_key(folder: &Path, label: &str, issued: &pades::Issued, root: &pades::Certificate) {
    std::fs::write(folder.join(format!("{label}.key.pem")), &issued.key).unwrap();
    let pem = [&issued.certificate, root].map(pades::Certificate::to_pem).concat();
    std::fs::write(folder.join(format!("{label}.pem")), pem).unwrap();
}

/// Lays every paper out as the same page; busy while it is away.
async fn play_forms(house: &House, away: Arc<AtomicBool>) -> Serving {
    let platform = house.bench.platform.clone();
    let info = ServiceInfo {
        name: "forms".to_owned(),
        version: "0.0.0".to_owned(),
        description: "papers, played by a test".to_owned(),
        instance: runtime::fresh_id(),
        started: platform.clock.now(),
    };
    let blobs = platform.blobs.clone();
    let endpoint = Endpoint {
        name: RenderForm::NAME.to_owned(),
        subject: call_subject(RenderForm::SERVICE, RenderForm::NAME),
        handler: Arc::new(move |_| {
            let (blobs, is_away) = (blobs.clone(), away.load(Ordering::Relaxed));
            Box::pin(async move {
                if is_away {
                    return Answer::fault(&Fault::new(Kind::Busy, "forms.press_busy", "busy", "bận"));
                }
                let mut staging = blobs.stage(1 << 20).await.unwrap();
                staging.write(page("Cong van").into()).await.unwrap();
                let staged = staging.finish().await.unwrap();
                let layout = "hd-05-2026".to_owned();
                let told = Rendered { sha256: staged.hash, size: staged.size, pages: 1, layout };
                Answer::ok(serde_json::to_vec(&told).unwrap())
            })
        }),
    };
    house.bench.platform.bus.serve(&info, vec![endpoint]).await.unwrap()
}

#[tokio::test]
async fn a_document_is_laid_out_signed_stamped_and_sealed_on_both_databases() {
    for pair in [Pair::LocalSqlite, Pair::LocalPostgres] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut desk = Desk::open(pair, Some(listener.local_addr().unwrap())).await;
        let stamper = desk.vouch(listener);
        let (clerk, office) = (&desk.house.clerk, desk.house.office);
        let issued = desk.issued().await;
        assert_eq!((issued.number, issued.execution), (Some(1), Some(State::LayingOut)));
        let id = issued.id;
        let way = desk.reaches(id, |way| way.state == State::ToSign).await;
        let waiting = desk.leader.call(&ListToSign { office, limit: None, cursor: None }).await.unwrap().items;
        assert_eq!(waiting, std::slice::from_ref(&way));

        let sha256 = way.sha256.clone().unwrap();
        let other = desk.house.hired(SIGNER);
        assert!(other.call(&ListToSign { office, limit: None, cursor: None }).await.unwrap().items.is_empty());
        let order = SignOutgoing { id, sha256: sha256.clone() };
        assert_eq!(refused(&other, &order).await.code, "documents.not_the_signer");
        let unread = SignOutgoing { id, sha256: "00".repeat(32) };
        assert_eq!(refused(&desk.leader, &unread).await.code, "documents.paper_changed");
        let early = SealOutgoing { id, sha256: sha256.clone() };
        assert_eq!(desk.house.refused(&early).await, "documents.execution_step_unfit");

        let signed = desk.leader.call(&order).await.unwrap();
        let by = signed.signed.clone().unwrap();
        assert_eq!((signed.state, by.by, by.stamped), (State::ToSeal, desk.leader.id(), true));
        assert_eq!(refused(&desk.leader, &order).await.code, "documents.execution_step_unfit");
        let seal = SealOutgoing { id, sha256: signed.sha256.clone().unwrap() };
        let done = clerk.call(&seal).await.unwrap();
        assert_eq!((done.state, done.sealed.as_ref().unwrap().name.as_str()), (State::Complete, "Đảng ủy xã Ngọc Sơn"));
        assert!(clerk.call(&ListToSeal { office, limit: None, cursor: None }).await.unwrap().items.is_empty());
        let book = ListSealImprints { office, from: None, to: None, limit: None, cursor: None };
        let line = clerk.call(&book).await.unwrap().items.remove(0);
        assert_eq!((line.document, line.seal.as_str(), line.digital), (id, "Đảng ủy xã Ngọc Sơn", true));

        let anchors = vec![desk.authority.certificate().clone()];
        let pdf = desk.content(&done).await;
        let report = pades::verify(&pdf, &Trust { anchors, ..Trust::default() }, testbed::stamper::clock()).unwrap();
        assert_eq!((report.verdict, report.signatures.len()), (Verdict::Valid, 2), "{report:#?}");
        assert!(pdf.starts_with(&page("Cong van")), "what was laid out stays as it was");

        let document = clerk.call(&GetOutgoing { id }).await.unwrap();
        assert_eq!((document.execution, document.files.len()), (Some(State::Complete), 1));
        let history = clerk.call(&ListOutgoingHistory { id, limit: None, cursor: None }).await.unwrap().items;
        let acts: Vec<_> = history.into_iter().map(|line| (line.act, line.execution)).collect();
        let taken = [Step::LaidOut, Step::Signed, Step::Sealed].map(|step| (DocumentAct::Issued, Some(step)));
        let before = [(DocumentAct::Drafted, None), (DocumentAct::Issued, None)];
        assert_eq!(acts, [&before[..], &taken].concat());
        stamper.abort();
        desk.close().await;
    }
}

#[tokio::test]
async fn what_is_not_fit_to_sign_is_told_and_the_number_stands() {
    let mut desk = Desk::open(Pair::LocalSqlite, None).await;
    let stranger = desk.house.hired(SIGNER);
    let position = stranger.authority().unwrap().grants[0].position;
    let draft = desk.house.drafted().await;
    let order = |person| IssueOutgoing { signer: Some(ExecutionSigner { person, position }), ..issue(draft.id) };
    assert_eq!(desk.house.refused(&order(stranger.id())).await, "documents.signer_unfit");
    desk.house.remember(&stranger);
    assert_eq!(desk.house.refused(&order(stranger.id())).await, "documents.signing_key_missing");
    let own = stranger.call(&GetOwnCertificate {}).await.unwrap();
    assert_eq!((own.state, own.name), (OwnKeyState::Missing, None));
    let own = desk.leader.call(&GetOwnCertificate {}).await.unwrap();
    assert_eq!((own.state, own.name.as_deref()), (OwnKeyState::Ready, Some("Trần Văn Minh")));

    // A certificate that is revoked between the number and the signature.
    let (id, sha256) = desk.ready().await;
    let label = desk.keys.path().join(format!("person-{}.pem", desk.leader.id()));
    let certificate = pades::Certificate::from_pem(&std::fs::read(&label).unwrap()).unwrap().remove(0);
    let now = testbed::stamper::clock();
    desk.authority.revoke(&certificate, now);
    std::fs::write(desk.keys.path().join("revoked.crl"), desk.authority.list(now).unwrap()).unwrap();
    let order = SignOutgoing { id, sha256 };
    assert_eq!(refused(&desk.leader, &order).await.code, "documents.certificate_unfit");
    let way = desk.house.clerk.call(&GetExecution { id }).await.unwrap();
    assert_eq!((way.state, way.signed), (State::ToSign, None), "nothing was kept");

    // It is finished by hand, or with another certificate.
    let by_hand = FinishByHand { id, reason: "Chứng thư số bị thu hồi".into() };
    assert_eq!(desk.house.clerk.call(&by_hand).await.unwrap().state, State::ByHand);
    assert_eq!(refused(&desk.leader, &order).await.code, "documents.execution_step_unfit");
    desk.give_key(&format!("person-{}", desk.leader.id()), "Trần Văn Minh");
    let (id, sha256) = desk.ready().await;
    let order = SignOutgoing { id, sha256 };
    let both = tokio::join!(desk.leader.call(&order), desk.leader.call(&order));
    let codes: Vec<_> = [both.0.err(), both.1.err()].into_iter().flatten().map(|fault| fault.code).collect();
    assert!(
        codes.len() == 1 && ["documents.execution_step_unfit", "documents.paper_changed"].contains(&&*codes[0]),
        "{codes:?}"
    );
    let signed = desk.house.clerk.call(&GetExecution { id }).await.unwrap().signed.unwrap();
    assert!(!signed.stamped, "nobody vouches for moments here");

    let (id, sha256) = desk.ready().await;
    desk.house.clerk.call(&VoidOutgoing { id, reason: "ban hành trùng".into(), masked_reason: None }).await.unwrap();
    assert_eq!(refused(&desk.leader, &SignOutgoing { id, sha256 }).await.code, "documents.execution_step_unfit");
    desk.close().await;
}

#[tokio::test]
async fn what_hinders_laying_out_is_shown_until_it_is_gone() {
    let desk = Desk::open(Pair::LocalSqlite, None).await;
    desk.away.store(true, Ordering::Relaxed);
    let id = desk.issued().await.id;
    let hindered = desk.reaches(id, |way| way.trouble.is_some()).await;
    assert_eq!((hindered.state, hindered.trouble.as_deref()), (State::LayingOut, Some("documents.press_away")));
    desk.away.store(false, Ordering::Relaxed);
    let again = schema_documents::LayOutAgain { id };
    assert_eq!(desk.house.clerk.call(&again).await.unwrap().trouble, None);
    desk.reaches(id, |way| way.state == State::ToSign).await;
    desk.close().await;
}

#[tokio::test]
async fn whoever_vouches_for_moments_may_come_back_later() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    drop(listener);
    let mut desk = Desk::open(Pair::LocalSqlite, Some(at)).await;
    let (id, sha256) = desk.ready().await;
    let signed = desk.leader.call(&SignOutgoing { id, sha256 }).await.unwrap();
    assert!(!signed.signed.as_ref().unwrap().stamped, "nobody answers: B-B now");
    let before = desk.content(&signed).await;
    let stamper = desk.vouch(TcpListener::bind(at).await.unwrap());
    let stamped = desk.reaches(id, |way| way.signed.as_ref().unwrap().stamped).await;
    let after = desk.content(&stamped).await;
    assert_eq!((after.len(), after != before), (before.len(), true), "the stamp goes into the room that was left");
    let seal = SealOutgoing { id, sha256: stamped.sha256.unwrap() };
    let done = desk.house.clerk.call(&seal).await.unwrap();
    assert!(done.sealed.unwrap().stamped);
    stamper.abort();
    desk.close().await;
}

#[tokio::test]
async fn a_hundred_at_once_get_a_hundred_numbers_and_a_hundred_signatures() {
    let desk = Desk::open(Pair::LocalSqlite, None).await;
    let drafts = (0..100).map(|_| desk.house.drafted());
    let drafts = futures_util::future::join_all(drafts).await;
    let orders: Vec<IssueOutgoing> = drafts.iter().map(|draft| desk.order(draft.id)).collect();
    let issued = futures_util::future::join_all(orders.iter().map(|order| desk.house.clerk.call(order))).await;
    let mut numbers: Vec<i64> = issued.iter().map(|one| one.as_ref().unwrap().number.unwrap()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=100).collect::<Vec<i64>>());
    let sign = |id| {
        let desk = &desk;
        async move {
            let sha256 = desk.reaches(id, |way| way.state == State::ToSign).await.sha256.unwrap();
            desk.leader.call(&SignOutgoing { id, sha256 }).await.unwrap()
        }
    };
    let signed = futures_util::future::join_all(drafts.iter().map(|draft| sign(draft.id))).await;
    let anchors = vec![desk.authority.certificate().clone()];
    let trust = Trust { anchors, ..Trust::default() };
    for way in &signed {
        let report = pades::verify(&desk.content(way).await, &trust, testbed::stamper::clock()).unwrap();
        assert_eq!((way.state, report.verdict), (State::ToSeal, Verdict::Valid));
    }
    desk.close().await;
}
