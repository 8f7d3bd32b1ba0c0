//! How an issued document gets its final form when it is signed digitally (ký số): laid out, signed by the person, sealed
//! by the clerk with the organisation's signature. The number stands from the beginning; a step that fails is done again.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Instant, Page, Version,
    id::{FileId, OfficeId, OutgoingId, PersonId, PositionId},
};

wire::refusals! {
    /// Why a document is not signed or sealed.
    pub enum ExecutionRefusal {
        /// It is signed by hand, or has no number yet.
        NotElectronic => Conflict, "documents.not_electronic",
            en "this document is not signed digitally: attach the scan of the signed paper",
            vi "văn bản này không ký số: hãy đính kèm bản quét của bản giấy đã ký";
        /// Another step comes first, or this one is done.
        StepUnfit { state: ExecutionState } => Conflict, "documents.execution_step_unfit",
            en "this step does not fit where the document stands (`{state}`): look at it anew",
            vi "bước này không khớp trạng thái hiện tại của văn bản (`{state}`): hãy tải lại trang";
        /// Somebody was faster.
        PaperChanged => Conflict, "documents.paper_changed",
            en "the document was signed by somebody else in this moment: look at it anew",
            vi "văn bản vừa được người khác ký: hãy tải lại trang";
        /// The paper names another signer.
        NotTheSigner => Denied, "documents.not_the_signer",
            en "the document names somebody else as its signer, and nobody signs in another's name",
            vi "văn bản ghi người ký là người khác; không ai ký thay chữ ký của người khác";
        /// Nobody who may sign.
        SignerUnfit => Invalid, "documents.signer_unfit",
            en "this person may not sign for this office in this position today: choose another signer",
            vi "người này không có thẩm quyền ký cho cơ quan ở chức vụ này vào hôm nay: hãy chọn người ký khác",
            field "signer";
        /// A masked line has no paper here.
        SignerMasked => Invalid, "documents.signer_masked",
            en "the paper of this document does not lie here and is not signed here: leave the signer out",
            vi "bản chính của văn bản này không nằm trong hệ thống nên không ký số ở đây: hãy để trống người ký",
            field "signer";
        /// A number of an outage stands on a paper that was signed then.
        SignerOnPaper => Invalid, "documents.signer_on_paper",
            en "a number that was given on paper stands on a paper signed by hand: leave the signer out",
            vi "số đã cấp trên giấy đi cùng bản giấy ký tay: hãy để trống người ký", field "issue/signer";
        /// What is issued is a file that was attached, and there is no text to lay out.
        NoTextToSign => Invalid, "documents.no_text_to_sign",
            en "the document has no text here that could be laid out and signed: write its text, or sign it by hand",
            vi "văn bản chưa có nội dung để dàn trang và ký số: hãy soạn nội dung, hoặc ký tay", field "signer";
        /// This installation holds no key for the person or body.
        KeyMissing => Conflict, "documents.signing_key_missing",
            en "there is no signing key here for this signer: ask the operator to have one issued, or sign by hand",
            vi "hệ thống chưa có khóa ký số cho người ký này: hãy đề nghị quản trị cấp khóa, hoặc ký tay";
        /// The token or module does not answer.
        KeyAway => Busy, "documents.signing_key_away",
            en "the device with the signing key does not answer; nothing was signed: try again, and tell the operator if it lasts",
            vi "thiết bị giữ khóa ký không phản hồi; chưa ký gì cả: hãy thử lại, nếu còn lỗi thì báo quản trị";
        /// A certificate that is past its time, or not yet in it.
        CertificateOutOfTime => Conflict, "documents.certificate_out_of_time",
            en "the certificate does not hold today: have it renewed, or sign by hand",
            vi "chứng thư số không còn hiệu lực hôm nay: hãy gia hạn, hoặc ký tay";
        /// A certificate that was revoked, or is for something else.
        CertificateUnfit => Conflict, "documents.certificate_unfit",
            en "the certificate was revoked or is not for signing documents: have another issued, or sign by hand",
            vi "chứng thư số đã bị thu hồi hoặc không dùng để ký văn bản: hãy xin cấp lại, hoặc ký tay";
    }
}

impl From<ExecutionRefusal> for wire::Fault {
    fn from(refusal: ExecutionRefusal) -> Self {
        wire::Refusal::fault(&refusal)
    }
}

wire::contract! {
    service "documents" refuses ExecutionRefusal;

    calls {
        Read GetExecution => Execution, "get_execution.v1",
            GET "/api/v1/outgoing-documents/{id}/execution", needs "documents.outgoing.read";
        Read ListToSign => Page<Execution>, "list_to_sign.v1",
            GET "/api/v1/outgoing-documents/to-sign", needs "documents.outgoing.sign";
        Read ListToSeal => Page<Execution>, "list_to_seal.v1",
            GET "/api/v1/outgoing-documents/to-seal", needs "documents.outgoing.seal";
        Write SignOutgoing => Execution, "sign_outgoing.v1",
            POST "/api/v1/outgoing-documents/{id}/signature", needs "documents.outgoing.sign", step_up;
        Write SealOutgoing => Execution, "seal_outgoing.v1",
            POST "/api/v1/outgoing-documents/{id}/seal", needs "documents.outgoing.seal", step_up;
        Write LayOutAgain => Execution, "lay_out_again.v1",
            POST "/api/v1/outgoing-documents/{id}/execution/layout", needs "documents.outgoing.issue";
        Write FinishByHand => Execution, "finish_by_hand.v1",
            POST "/api/v1/outgoing-documents/{id}/execution/by-hand", needs "documents.outgoing.issue";
        Read GetOwnCertificate => OwnCertificate, "get_own_certificate.v1",
            GET "/api/v1/my-signing-certificate", needs "documents.outgoing.sign";
    }

    events {
        ExecutionChanged, "execution_changed.v1", aggregate execution.id, office execution.office;
    }
}

/// A document went a step on its way to its final form, or left it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ExecutionChanged {
    /// The way.
    pub execution: ExecutionNote,
}

/// What is told of it; nothing of what the document says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ExecutionNote {
    /// The document.
    pub id: OutgoingId,
    /// Its office.
    pub office: OfficeId,
    /// How often this changed.
    pub version: Version,
    /// Where it stands.
    pub state: ExecutionState,
    /// Who is to sign.
    pub signer: ExecutionSigner,
}

/// Where a document stands on the way to its final form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExecutionState {
    /// It has its number and is being laid out.
    LayingOut,
    /// It waits for the person's signature (chờ ký số).
    ToSign,
    /// It waits for the organisation's signature (chờ đóng dấu số).
    ToSeal,
    /// Signed and sealed; or signed, where the body has no seal.
    Complete,
    /// It was taken from this way and is signed by hand on paper.
    ByHand,
    /// Its number was voided.
    Voided,
}

impl ExecutionState {
    /// Whether nothing more is done here: both signatures are there, or the paper is signed by hand.
    #[must_use]
    pub fn is_final(self) -> bool {
        matches!(self, Self::Complete | Self::ByHand)
    }
}

/// A step towards the final form, as a line of history tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExecutionStep {
    /// It was laid out, or it was tried.
    LaidOut,
    /// Its signer signed it.
    Signed,
    /// It was sealed with the organisation's signature.
    Sealed,
    /// A time-stamp authority vouches for its last signature.
    Stamped,
    /// It was taken from the digital way, to be signed by hand.
    ByHand,
    /// A step of a later release.
    #[serde(other)]
    Unknown,
}

impl std::fmt::Display for ExecutionState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::LayingOut => "laying_out",
            Self::ToSign => "to_sign",
            Self::ToSeal => "to_seal",
            Self::Complete => "complete",
            Self::ByHand => "by_hand",
            Self::Voided => "voided",
        })
    }
}

/// Who is to sign, in which position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ExecutionSigner {
    /// The person, whose key signs.
    pub person: PersonId,
    /// The position in which they sign; their own, or one they stand in for.
    pub position: PositionId,
}

/// The way of a document to its final form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Execution {
    /// The document.
    pub id: OutgoingId,
    /// Its office.
    pub office: OfficeId,
    /// How often this changed.
    pub version: Version,
    /// Where it stands.
    pub state: ExecutionState,
    /// Its number and symbol.
    pub symbol: String,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Who is to sign.
    pub signer: ExecutionSigner,
    /// The file as it stands now: laid out, signed, or signed and sealed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<FileId>,
    /// SHA-256 of that file, hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// Its pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    /// Why it could not be laid out, while that lasts: a stable code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trouble: Option<String>,
    /// The person's signature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<ExecutionSignature>,
    /// The organisation's signature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed: Option<ExecutionSignature>,
}

/// A digital signature that was made here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ExecutionSignature {
    /// Who made it.
    pub by: PersonId,
    /// When.
    pub at: Instant,
    /// The certificate's name.
    pub name: String,
    /// Its serial number.
    pub serial: String,
    /// Whether a time-stamp authority vouches for the moment.
    pub stamped: bool,
}

/// How far a document is on the way to its final form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetExecution {
    /// The document.
    pub id: OutgoingId,
}

/// What waits for the caller's own signature, those that were numbered first at the top.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListToSign {
    /// The office.
    pub office: OfficeId,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// What waits for the organisation's signature, those that were numbered first at the top.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListToSeal {
    /// The office.
    pub office: OfficeId,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// Signs a document with the caller's own key. Only who is named as the signer does it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SignOutgoing {
    /// The document.
    pub id: OutgoingId,
    /// SHA-256 of the file that was read before signing: another one is not signed.
    pub sha256: String,
}

/// Seals a signed document with the key of the body that issues it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SealOutgoing {
    /// The document.
    pub id: OutgoingId,
    /// SHA-256 of the file that was read before sealing: another one is not sealed.
    pub sha256: String,
}

/// Lays a document out once more, after what hindered it was mended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LayOutAgain {
    /// The document.
    pub id: OutgoingId,
}

/// Takes a document from the digital way, because a key or a certificate is not to be had: it is printed, signed by hand,
/// stamped, and its scan attached. Its number stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FinishByHand {
    /// The document.
    pub id: OutgoingId,
    /// Why.
    pub reason: String,
}

/// The certificate of the caller's own signing key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GetOwnCertificate {}

/// A certificate with which somebody signs here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OwnCertificate {
    /// Whether a key is there.
    pub state: OwnKeyState,
    /// The certificate's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Who issued it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// Its serial number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// Until when it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_after: Option<Instant>,
}

/// Whether a signing key is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OwnKeyState {
    /// It can sign.
    Ready,
    /// There is none here.
    Missing,
    /// The device that holds it does not answer.
    Away,
    /// Its certificate does not hold today.
    OutOfTime,
}
