//! Copies with numbers of their own; what replaces, amends and revokes.

use schema_documents::{
    DocumentRelation, DocumentRelations, DraftRelated, GetDraft, ListIncomingRelations, ListRelations,
    OutgoingDocument, OutgoingRecipient, OutgoingState, RegisterIncoming, RelationKind as Kind, SetRecipients,
    VoidOutgoing,
};
use testbed::Pair;
use wire::id::{IncomingId, OutgoingId};

use crate::{
    house::{House, refused},
    outgoing::issue,
};

impl House {
    fn upon(&self, kind: Kind, outgoing: OutgoingId) -> DraftRelated {
        DraftRelated {
            office: self.office,
            kind,
            outgoing: Some(outgoing),
            incoming: None,
            genre: None,
            body_code: None,
        }
    }

    fn copy(&self, kind: Kind, incoming: IncomingId) -> DraftRelated {
        let body_code = Some("ĐU".to_owned());
        DraftRelated { office: self.office, kind, outgoing: None, incoming: Some(incoming), genre: None, body_code }
    }

    async fn issued(&self) -> OutgoingDocument {
        let draft = self.drafted().await;
        self.clerk.call(&issue(draft.id)).await.unwrap()
    }

    async fn issued_upon(&self, call: &DraftRelated) -> OutgoingDocument {
        let begun = self.clerk.call(call).await.unwrap();
        let recipients = vec![OutgoingRecipient { name: "Các chi bộ".to_owned(), unit: None }];
        self.clerk.call(&SetRecipients { id: begun.id, recipients }).await.unwrap();
        self.clerk.call(&issue(begun.id)).await.unwrap()
    }

    async fn relations(&self, id: OutgoingId) -> DocumentRelations {
        self.clerk.call(&ListRelations { id }).await.unwrap()
    }
}

#[tokio::test]
async fn a_copy_of_what_arrived_has_a_number_of_its_own_and_the_same_files_on_both_databases() {
    for pair in [Pair::LocalSqlite, Pair::LocalPostgres] {
        let house = House::open(pair).await;
        let ticket = house.upload(&house.clerk, "nội dung", "cong-van.txt", "incoming_document").await;
        let order = RegisterIncoming { files: vec![ticket], ..house.order(1) };
        let letter = house.clerk.call(&order).await.unwrap();
        assert_eq!(house.refused(&house.copy(Kind::Amends, letter.id)).await, "documents.relation_copies_only");
        let nothing = DraftRelated { incoming: None, ..house.copy(Kind::FullCopy, letter.id) };
        assert_eq!(house.refused(&nothing).await, "documents.relation_target");
        let other = DraftRelated { genre: Some("resolution".into()), ..house.copy(Kind::FullCopy, letter.id) };
        assert_eq!(house.refused(&other).await, "documents.copy_genre");
        let nobodys = DraftRelated { body_code: None, ..house.copy(Kind::FullCopy, letter.id) };
        assert_eq!(house.refused(&nobodys).await, "documents.field_missing");

        let copy = house.issued_upon(&house.copy(Kind::FullCopy, letter.id)).await;
        assert_eq!(copy.symbol.as_deref(), Some("01-BS/ĐU"));
        let contents = |files: &[wire::FileRef]| files.iter().map(|file| file.sha256.clone()).collect::<Vec<_>>();
        assert_eq!(contents(&copy.files), contents(&letter.files), "the same contents");
        assert_ne!(copy.files[0].id, letter.files[0].id, "named once more");
        let summary = copy.summary.as_deref().unwrap();
        assert!(summary.starts_with("Sao y ") && summary.contains(letter.symbol.as_deref().unwrap()), "{summary}");
        let extract = house.clerk.call(&house.copy(Kind::Extract, letter.id)).await.unwrap();
        assert!(extract.files.is_empty(), "the part is for its author to write");

        let shown = house.clerk.call(&ListIncomingRelations { id: letter.id }).await.unwrap().suffers;
        let states: Vec<_> = shown.iter().map(|one| (one.kind, one.state, one.symbol.as_deref())).collect();
        let expected =
            [(Kind::Extract, OutgoingState::Draft, None), (Kind::FullCopy, OutgoingState::Issued, Some("01-BS/ĐU"))];
        assert_eq!(states, expected);
        let does = house.relations(copy.id).await.does.unwrap();
        assert_eq!((does.incoming, does.symbol), (Some(letter.id), letter.symbol.clone()));

        let drafter = house.hired(&["documents.outgoing.draft", "documents.outgoing.read"]);
        let hidden = refused(&drafter, &house.copy(Kind::FullCopy, letter.id)).await;
        assert_eq!(hidden.code, "documents.incoming_missing", "who may not read it does not copy it");
        let does = drafter.call(&ListRelations { id: copy.id }).await.unwrap().does.unwrap();
        assert_eq!((does.symbol, does.summary), (None, None), "nor learns how it is called");
        house.close().await;
    }
}

#[tokio::test]
async fn a_document_is_replaced_once_and_only_while_it_stands() {
    let house = House::plain().await;
    let draft = house.drafted().await;
    assert_eq!(house.refused(&house.upon(Kind::Replaces, draft.id)).await, "documents.relation_not_standing");
    let old = house.issued().await;
    let amending = house.issued_upon(&house.upon(Kind::Amends, old.id)).await;
    assert_eq!((&amending.genre, &amending.body_code), (&old.genre, &old.body_code));
    let text = house.clerk.call(&GetDraft { id: amending.id, draft: amending.draft.unwrap() }).await.unwrap().text;
    assert!(text.starts_with("Căn cứ Công văn số ") && text.contains(old.symbol.as_deref().unwrap()), "{text}");

    let late = house.clerk.call(&house.upon(Kind::Revokes, old.id)).await.unwrap();
    let recipients = vec![OutgoingRecipient { name: "Các chi bộ".to_owned(), unit: None }];
    house.clerk.call(&SetRecipients { id: late.id, recipients }).await.unwrap();
    let by = house.issued_upon(&house.upon(Kind::Replaces, old.id)).await;
    assert_eq!(house.refused(&issue(late.id)).await, "documents.replaced_already", "the number waits for a last look");
    assert_eq!(house.refused(&house.upon(Kind::Amends, old.id)).await, "documents.replaced_already");
    house.clerk.call(&house.upon(Kind::FullCopy, old.id)).await.unwrap();
    let suffers = house.relations(old.id).await.suffers;
    let kinds: Vec<_> = suffers.iter().map(|one| one.kind).collect();
    assert_eq!(kinds, [Kind::FullCopy, Kind::Replaces, Kind::Revokes, Kind::Amends]);
    let DocumentRelation { outgoing, symbol, dated, .. } = suffers[1].clone();
    assert_eq!((outgoing, symbol, dated), (Some(by.id), by.symbol.clone(), by.dated));

    // What replaced it was voided: it stands again.
    let gone = VoidOutgoing { id: by.id, reason: "Ban hành nhầm".into(), masked_reason: None };
    house.clerk.call(&gone).await.unwrap();
    assert!(house.relations(old.id).await.suffers.iter().all(|one| one.kind != Kind::Replaces));
    house.clerk.call(&issue(late.id)).await.unwrap();
    house.close().await;
}
