//! Typed identifiers. The registry is append-only and alphabetical; an id is a UUIDv7 made by `service`'s
//! context, so that neither rules nor stores need randomness.

/// A typed id: what a context needs to make a fresh one.
pub trait Id: From<uuid::Uuid> + Into<uuid::Uuid> + Copy {}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)+) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub uuid::Uuid);

        impl Id for $name {}

        impl From<uuid::Uuid> for $name {
            fn from(value: uuid::Uuid) -> Self { Self(value) }
        }

        impl From<$name> for uuid::Uuid {
            fn from(value: $name) -> Self { value.0 }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> { text.parse().map(Self) }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> { stringify!($name).into() }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "format": "uuid" })
            }
            fn inline_schema() -> bool { true }
        }
    )+ };
}

ids! {
    /// Days on which a person is away from a position (vắng mặt).
    AbsenceId;
    /// A sign-in account of a person or a system.
    AccountId;
    /// A person's dated hold of a position (bổ nhiệm).
    AppointmentId;
    /// A piece of assigned work (nhiệm vụ được giao).
    AssignmentId;
    /// An entry of an office's calendar of the week (mục lịch công tác tuần).
    CalendarEntryId;
    /// A room or a car that the calendar keeps busy (phòng họp, xe).
    CalendarResourceId;
    /// Powers of a position lent to a deputy (ủy quyền).
    DelegationId;
    /// What another office sent, in the queue of the one that gets it (văn bản gửi đến).
    DeliveryId;
    /// A spreadsheet of units or people brought into the directory (lượt nhập danh bạ).
    DirectoryImportId;
    /// One act of sending a document to other offices (lần gửi).
    DispatchId;
    /// An entry of the year's list of dossiers (mục của danh mục hồ sơ).
    DossierEntryId;
    /// A dossier of work (hồ sơ công việc).
    DossierId;
    /// The list of a year's dossiers (danh mục hồ sơ).
    DossierListId;
    /// A document in a dossier (văn bản trong hồ sơ).
    DossierPaperId;
    /// One version of the text of an outgoing document.
    DraftId;
    /// A one-time code with which an account is taken into use.
    EnrolmentId;
    /// A file attached to a noun of one service.
    FileId;
    /// A term that an office sets for what arrives without a day (hạn xử lý của cơ quan).
    HandlingTermId;
    /// A record of handing a post over (biên bản bàn giao).
    HandoverId;
    /// An entry of an arrival register (văn bản đến).
    IncomingId;
    /// An instruction of a leader upon an incoming document (bút phê).
    InstructionId;
    /// Files brought into the clerk's queue together (lô nhập).
    IntakeBatchId;
    /// A file in the clerk's queue (mục chờ vào sổ).
    IntakeItemId;
    /// A body under whose name an office issues, as it stands for a time (cơ quan ban hành, con dấu).
    IssuingBodyId;
    /// A letter or message that came electronically (thư điện tử, thông điệp).
    MailId;
    /// One thing that needs one person (thông báo).
    NoticeId;
    /// Numbers held back on a sheet of paper (khối số giữ trước).
    NumberBlockId;
    /// Days on which an office is shut by decision (đóng cửa cục bộ).
    OfficeClosureId;
    /// The office of a party committee (văn phòng cấp ủy): every row belongs to one.
    OfficeId;
    /// The bringing in of an old register (nhập sổ cũ) from a spreadsheet.
    OldRegisterId;
    /// The act that opens an office's books in mid-term (văn bản mở sổ).
    OpeningActId;
    /// A document that this office issues (văn bản đi), from first draft on.
    OutgoingId;
    /// What the papers of an office say beyond the rules of form (mẫu văn bản).
    PaperTemplateId;
    /// A passkey of an account.
    PasskeyId;
    /// The committee of a party organisation for a term (cấp ủy).
    PartyCommitteeId;
    /// A party member (đảng viên), in whatever cell.
    PartyMemberId;
    /// A party member's dated belonging to a cell (sinh hoạt đảng).
    PartyMembershipId;
    /// A party organisation, down to the cell (tổ chức đảng).
    PartyOrganisationId;
    /// A member's dated post in a party committee (cấp ủy viên).
    PartySeatId;
    /// A person, with or without an account.
    PersonId;
    /// A post in a unit, to which authority belongs (chức danh).
    PositionId;
    /// A recovery of an account by two administrators.
    RecoveryId;
    /// A proposal of what is to happen with an incoming document (phiếu đề xuất).
    ProposalId;
    /// A numbering register (sổ đăng ký) with its series.
    RegisterId;
    /// The word of one person that is asked for upon a draft (ý kiến, thẩm định, duyệt).
    ReviewId;
    /// A routing that an office keeps to use again (mẫu chuyển).
    RoutingTemplateId;
    /// One use of a seal, a line of the seal book (lần đóng dấu).
    SealImprintId;
    /// A signed-in session.
    SessionId;
    /// A unit of an office's tree: committee, office, board, division (đơn vị).
    UnitId;
}
