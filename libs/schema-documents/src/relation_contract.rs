//! What an issued document does to another one: it replaces, amends or revokes it; or is a copy of it with a number of its own
//! (bản sao: sao y, sao lục, trích sao).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Day,
    id::{IncomingId, OfficeId, OutgoingId},
};

use crate::{OutgoingDocument, OutgoingState};

wire::refusals! {
    /// Why a document cannot do that to another one.
    pub enum RelationRefusal {
        /// One document, no more and no less.
        RelationTarget => Invalid, "documents.relation_target",
            en "name one document: an outgoing or an incoming one",
            vi "hãy chọn đúng một văn bản: văn bản đi hoặc văn bản đến", field "outgoing";
        /// What others issued is theirs to change.
        CopiesOnly => Invalid, "documents.relation_copies_only",
            en "a document that arrived can be copied only: whoever issued it replaces, amends or revokes it",
            vi "văn bản đến chỉ có thể sao: cơ quan ban hành mới được thay thế, sửa đổi hoặc bãi bỏ", field "kind";
        /// A copy is a genre of its own.
        CopyGenre => Invalid, "documents.copy_genre",
            en "a copy is of the genre \"certified copy\": leave the genre out",
            vi "bản sao là thể loại riêng: hãy để trống thể loại", field "genre";
        /// A draft, or a number that was voided.
        NotStanding => Conflict, "documents.relation_not_standing",
            en "that document is a draft or voided: only what stands in the register can be meant",
            vi "văn bản đó còn là dự thảo hoặc đã hủy: chỉ chọn được văn bản đang đứng trong sổ";
        /// Above what is kept here.
        RelationMasked => Conflict, "documents.relation_masked",
            en "of that document only the masked line is kept here: it is copied where the paper is kept",
            vi "văn bản đó ở đây chỉ có dòng che: việc sao làm ở nơi giữ bản giấy";
        /// Replaced or revoked before.
        ReplacedAlready { symbol: String } => Conflict, "documents.replaced_already",
            en "that document was replaced or revoked by {symbol} already",
            vi "văn bản đó đã được thay thế hoặc bãi bỏ bởi {symbol}";
    }
}

impl From<RelationRefusal> for wire::Fault {
    fn from(refusal: RelationRefusal) -> Self {
        wire::Refusal::fault(&refusal)
    }
}

wire::contract! {
    service "documents" refuses RelationRefusal;

    calls {
        Write DraftRelated => OutgoingDocument, "draft_related.v1",
            POST "/api/v1/related-documents", needs "documents.outgoing.draft";
        Read ListRelations => DocumentRelations, "list_relations.v1",
            GET "/api/v1/outgoing-documents/{id}/relations", needs "documents.outgoing.read";
        Read ListIncomingRelations => DocumentRelations, "list_incoming_relations.v1",
            GET "/api/v1/incoming-documents/{id}/relations", needs "documents.incoming.read";
    }

    events {}
}

/// What one document does to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RelationKind {
    /// Takes its place (thay thế).
    Replaces,
    /// Changes parts of it (sửa đổi, bổ sung).
    Amends,
    /// Ends it without another in its place (bãi bỏ).
    Revokes,
    /// A full copy of the original (sao y).
    FullCopy,
    /// A full copy of a copy (sao lục).
    CopyOfCopy,
    /// A copy of a part (trích sao).
    Extract,
}

/// Begins a document that does something to another one of the same office. Until it is issued nothing is done; a full copy
/// takes the files of the other along, and its first text names it. Secrecy is that of the other one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DraftRelated {
    /// The office that issues it.
    pub office: OfficeId,
    /// What it does.
    pub kind: RelationKind,
    /// To which document that was issued here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outgoing: Option<OutgoingId>,
    /// To which document that arrived; copies only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incoming: Option<IncomingId>,
    /// The key of its genre; that of the other one when absent. A copy has its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub genre: Option<String>,
    /// The code of the issuing body; that of the other one when absent, which a document that arrived does not have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_code: Option<String>,
}

/// What a document does to another one, and what others do to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListRelations {
    /// The document.
    pub id: OutgoingId,
}

/// The copies of a document that arrived.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListIncomingRelations {
    /// The document.
    pub id: IncomingId,
}

/// What a document does to others, and others do to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentRelations {
    /// What it does itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub does: Option<DocumentRelation>,
    /// What others do to it, the latest first, 200 at most; those that were given up or voided are left out.
    pub suffers: Vec<DocumentRelation>,
}

/// One document does something to another; the other end is what `list_relations` was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentRelation {
    /// What is done.
    pub kind: RelationKind,
    /// The other end, where it was issued here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outgoing: Option<OutgoingId>,
    /// The other end, where it arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incoming: Option<IncomingId>,
    /// Whether the document that does it is issued: before that nothing is done.
    pub state: OutgoingState,
    /// Number and symbol of the other end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbol: Option<String>,
    /// The day that it bears.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dated: Option<Day>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
}
