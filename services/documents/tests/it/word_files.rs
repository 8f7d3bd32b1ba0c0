//! Drafts that come as Word documents.

use schema_documents::{DownloadOutgoingFile, GetDraft, GetOutgoing, ImportDraft, OutgoingDocument};
use testbed::{
    Pair,
    word::{document, paragraph},
};
use wire::id::OutgoingId;

use crate::{
    house::{House, refused},
    outgoing::issue,
};

/// What a ticket for such a file is given for.
const PURPOSE: &str = "outgoing_document";

/// A text with a tracked change.
fn letter() -> Vec<u8> {
    let change = "<w:p><w:r><w:t>Kết quả </w:t></w:r><w:del w:id=\"1\"><w:r><w:delText>xấu</w:delText></w:r></w:del>\
        <w:ins w:id=\"2\"><w:r><w:t>tốt</w:t></w:r></w:ins><w:r><w:t>.</w:t></w:r></w:p>";
    document(&(paragraph("Kính gửi: Các chi bộ") + &paragraph("Đảng ủy báo cáo.") + change))
}

impl House {
    async fn import(&self, id: OutgoingId, content: Vec<u8>) -> ImportDraft {
        let ticket = self.upload_bytes(&self.clerk, content, "Dự thảo.docx", PURPOSE).await;
        ImportDraft { id, ticket, note: None }
    }
}

#[tokio::test]
async fn a_word_document_becomes_the_next_version_and_is_kept_on_both_databases() {
    for pair in [Pair::LocalSqlite, Pair::LocalPostgres] {
        let house = House::open(pair).await;
        let OutgoingDocument { id, .. } = house.drafted().await;
        let call = house.import(id, letter()).await;
        let imported = house.clerk.call(&call).await.unwrap();
        assert_eq!((imported.draft.ordinal, imported.draft.note.as_deref()), (2, Some("Dự thảo.docx")));
        let text = house.clerk.call(&GetDraft { id, draft: imported.draft.id }).await.unwrap().text;
        assert_eq!(text, "Kính gửi: Các chi bộ\nĐảng ủy báo cáo.\nKết quả tốt.");
        let codes: Vec<_> = imported.notes.iter().map(|note| note.code.as_str()).collect();
        assert_eq!(codes, ["changes_taken"]);
        let document = house.clerk.call(&GetOutgoing { id }).await.unwrap();
        assert_eq!((document.draft, document.files.len()), (Some(imported.draft.id), 1));
        let file = DownloadOutgoingFile { id, file: document.files[0].id };
        assert_eq!(house.clerk.call(&file).await.unwrap().name, "Dự thảo.docx");

        // Brought again: one more version, the same file.
        let again = house.import(id, letter()).await;
        assert_eq!(house.clerk.call(&again).await.unwrap().draft.ordinal, 3);
        assert_eq!(house.clerk.call(&GetOutgoing { id }).await.unwrap().files.len(), 1);
        house.close().await;
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_said_and_changes_nothing() {
    let house = House::plain().await;
    let OutgoingDocument { id, draft, .. } = house.drafted().await;
    let mut old = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    old.resize(4_096, 0);
    let mut cut = letter();
    cut.truncate(cut.len() / 2);
    let long = paragraph(&"Chữ ".repeat(30_000));
    let files = [
        (b"chi la chu".to_vec(), "documents.word_not_docx"),
        (old, "documents.word_old"),
        (cut, "documents.word_damaged"),
        (document(""), "documents.word_empty"),
        (document(&long), "documents.field_too_long"),
    ];
    for (content, code) in files {
        let call = house.import(id, content).await;
        assert_eq!(house.refused(&call).await, code);
    }
    let kept = house.clerk.call(&GetOutgoing { id }).await.unwrap();
    assert_eq!((kept.draft, kept.files.len()), (draft, 0));
    let reader = house.hired(&["documents.outgoing.read"]);
    let call = house.import(id, letter()).await;
    assert_eq!(refused(&reader, &call).await.code, "wire.denied");
    house.clerk.call(&issue(id)).await.unwrap();
    assert_eq!(house.refused(&call).await, "documents.not_a_draft", "what was issued does not change");
    house.close().await;
}
