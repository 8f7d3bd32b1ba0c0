//! What anybody who is signed in may look at: the rules of layout, and specimens of every form.

use schema_forms::{DownloadSpecimen, FormContent, FormKind, ListFormLayouts, Paper, RenderForm};
use testbed::Pair;
use wire::Cursor;

use crate::office::{Office, day, letter};

const FORMS: [FormKind; 7] = [
    FormKind::Document,
    FormKind::IncomingRegister,
    FormKind::OutgoingRegister,
    FormKind::ArrivalStamp,
    FormKind::RoutingSlip,
    FormKind::Receipt,
    FormKind::SecretBook,
];

#[tokio::test]
async fn the_rules_of_layout_are_listed_with_their_days() {
    let office = Office::plain().await;
    let person = office.bench.person(&[(office.bench.office(), &[])]);
    let all = person.call(&ListFormLayouts { limit: Some(1), ..ListFormLayouts::default() }).await.unwrap();
    assert_eq!(all.items[0].key, "36-HD/VPTW");
    let rest = ListFormLayouts { cursor: all.next, ..ListFormLayouts::default() };
    let rest = person.call(&rest).await.unwrap();
    assert_eq!((rest.items.len(), rest.items[0].key.as_str(), rest.next), (1, "05-HD/VPTW", None));
    let then = ListFormLayouts { day: Some(day("2020-01-01")), ..ListFormLayouts::default() };
    assert_eq!(person.call(&then).await.unwrap().items[0].valid_to, Some(day("2026-05-27")));
    let lost = ListFormLayouts { cursor: Some(Cursor("x".into())), ..ListFormLayouts::default() };
    assert_eq!(person.call(&lost).await.unwrap_err().code, "forms.cursor_unknown");
    office.bench.finish().await;
}

async fn every_form_has_a_specimen(pair: Pair) {
    let office = Office::open(pair).await;
    let own = office.bench.office();
    let person = office.bench.person(&[(own, &[])]);
    for form in FORMS {
        let call = DownloadSpecimen { form, office: own, genre: None, day: None };
        let found = person.call(&call).await.unwrap();
        assert_eq!(person.call(&call).await.unwrap(), found, "the same specimen is the same file");
        let area = office.bench.platform.blobs.area("forms", &own.to_string()).unwrap();
        assert_eq!(area.open(&found.sha256, None).await.unwrap().size, found.size);
    }
    let minutes = DownloadSpecimen {
        form: FormKind::Document,
        office: own,
        genre: Some("minutes".into()),
        day: Some(day("2020-01-01")),
    };
    assert!(person.call(&minutes).await.is_ok());
    let elsewhere = DownloadSpecimen { office: office.bench.office(), ..minutes };
    assert_eq!(person.call(&elsewhere).await.unwrap_err().code, "wire.missing");
    office.bench.finish().await;
}

#[tokio::test]
async fn specimens_on_sqlite() {
    every_form_has_a_specimen(Pair::LocalSqlite).await;
}

#[tokio::test]
async fn specimens_on_nats_and_postgresql() {
    every_form_has_a_specimen(Pair::NatsPostgres).await;
}

/// Whoever could have any words printed could forge a paper: only services ask.
#[tokio::test]
async fn a_person_has_nothing_printed() {
    let office = Office::plain().await;
    let person = office.bench.person(&[(office.bench.office(), &["documents.outgoing.issue"])]);
    let content = FormContent::Here { paper: Box::new(Paper::Document(letter())) };
    let refused = person.call(&RenderForm { dated: day("2026-11-20"), content, as_word: false }).await.unwrap_err();
    assert_eq!(refused.kind, wire::Kind::Denied);
    office.bench.finish().await;
}
