//! What the service `documents` promises: the post of an office (văn bản đến, văn bản đi), its registers and files.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

/// Who acted upon a document, and for whom.
mod actor;
/// Whether a text keeps to the rules of form.
mod book_contract;
mod check;
/// How far documents that arrived may go.
mod circulation_contract;
/// What happens to an incoming document on its way: dispositions, desks, read marks, history.
mod course;
/// Sending what was issued to other offices.
mod dispatch_contract;
/// Dossiers of work.
mod dossier;
/// The calls about them.
mod dossier_contract;
/// The versions of the text of an outgoing document.
mod draft;
/// Signing and sealing what was issued.
mod execution_contract;
/// How a refusal becomes a fault.
mod fault;
/// The genres of Party documents.
mod genre;
/// Documents that arrive: the noun and its events.
mod incoming;
/// Documents that arrive: the calls.
mod incoming_calls;
/// Proposals and instructions: the nouns and their events.
mod instruction;
/// Proposals and instructions: the calls.
mod instruction_calls;
/// The clerk's queue: the nouns and their event.
mod intake;
/// The clerk's queue: the calls.
mod intake_calls;
/// Bodies under whose names the office issues, and their seals.
mod issuing_body;
/// Citizens' letters in the post: a masked line and no more.
mod letter;
/// Electronic mail.
mod mail_contract;
/// Why a masked line is voided.
mod masked;
/// Numbers held back on paper for an outage.
mod number_block;
/// Registers of past years from spreadsheets.
mod old_register_contract;
/// Acts that open books in mid-term.
mod opening;
/// In which order a list stands.
mod order;
/// Documents that the office issues: the noun and its events.
mod outgoing;
/// Documents that the office issues: the calls.
mod outgoing_calls;
/// The office's post: its calls and events.
mod paper_template_contract;
mod post_contract;
/// What goes to addressees outside of the installation.
mod posting_contract;
/// How long state secrets are protected.
mod protection_contract;
/// Why `documents` says no.
mod refusal;
/// Registers, their numbers and their pages.
mod register;
/// The word of others upon a draft.
mod relation_contract;
mod review_contract;
/// What came back, and nobody has gone on with.
mod sent_back;
/// Papers of the clerk's desk as PDF.
mod sheet_contract;
/// Digital signatures on what arrived.
mod signature;
/// Routings kept to be used again.
mod template_contract;
/// Terms, what they rest on, and the office's own.
mod term_contract;
/// Upkeep of the stored files.
mod upkeep;
mod word_contract;

pub use actor::DocumentActor;
pub use book_contract::{
    BookRefusal, HandOverPapers, ListPaperHandovers, ListSealImprints, PaperHandover, PaperHandovers,
    RecordSealImprint, SealImprint,
};
pub use check::{CheckDraft, DraftCheck, DraftFinding, FindingPlace, FindingSeverity};
pub use circulation_contract::{
    Circulation, CirculationMark, CirculationRefusal, GiveBackIncoming, LimitCirculation, ListCirculations,
};
pub use course::{
    Desk, Disposition, DocumentAct, DocumentHistoryEntry, ListIncomingHistory, ListOutgoingHistory, ListPassages,
    ListReadMarks, MarkIncomingRead, PassIncoming, Passage, ReadMark, ReturnIncoming,
};
pub use dispatch_contract::{
    Delivery, DeliveryChanged, DeliveryNote, DeliveryState, Dispatch, DispatchChanged, DispatchNote, DispatchOutgoing,
    DispatchRefusal, DownloadArrival, GetArrival, ListArrivals, ListDeliveries, ListDispatches, OpenArrival,
    RecallDispatch, ReceiveArrival, ReturnArrival, SentDocument, Tier,
};
pub use dossier::{
    Dossier, DossierAct, DossierCheck, DossierEntry, DossierGap, DossierGapKind, DossierList, DossierPaper,
    DossierRefusal, DossierShare, DossierShares, DossierState, DossierStep, PaperPages, Retention, UnfiledWork,
};
pub use dossier_contract::{
    AnswerDossierHandover, ApproveDossierList, CheckDossier, CloseDossier, DraftDossierList, FilePaper, GetDossier,
    GetDossierList, GetDossierShares, HandDossierOver, ListDossierEntries, ListDossierPapers, ListDossierSteps,
    ListDossiers, ListUnfiledWork, OpenDossier, RemoveDossierEntry, ReopenDossier, SaveDossierEntry, TakeOutPaper,
    TieAssignment,
};
pub use draft::{AddDraft, Draft, DraftText, GetDraft, ListDrafts};
pub use execution_contract::{
    Execution, ExecutionChanged, ExecutionNote, ExecutionRefusal, ExecutionSignature, ExecutionSigner, ExecutionState,
    ExecutionStep, FinishByHand, GetExecution, GetOwnCertificate, LayOutAgain, ListToSeal, ListToSign, OwnCertificate,
    OwnKeyState, SealOutgoing, SignOutgoing,
};
pub use genre::{Genre, GenreMark, ListGenres};
pub use incoming::{IncomingChanged, IncomingDocument, IncomingRegistered, IncomingState};
pub use incoming_calls::{
    AttachIncomingFile, DetachIncomingFile, DisposeIncoming, DownloadIncomingFile, GetIncoming, ListIncoming,
    RegisterIncoming, VoidIncoming,
};
pub use instruction::{
    IncomingProposal, IncomingProposalChanged, IncomingRouting, Instruction, InstructionChanged, InstructionState,
    InstructionStep, InstructionTranscription, ProposalState, TranscriptionState,
};
pub use instruction_calls::{
    ConfirmInstruction, DownloadInstructionScan, InstructIncoming, ListIncomingProposals, ListInstructions,
    ListUnconfirmedInstructions, ListWaitingProposals, ObjectToInstruction, ProposeDisposition, ReturnProposal,
    TranscribeInstruction,
};
pub use intake::{
    IntakeBatch, IntakeChanged, IntakeField, IntakeItem, IntakeNote, IntakeOpen, IntakeProposal, IntakeReading,
    IntakeReason, IntakeSource, IntakeState, ProposalSource, ProposedField,
};
pub use intake_calls::{
    BringInIntake, DiscardIntake, DownloadIntake, GetIntake, GetIntakeBatch, GetIntakeOpen, GetIntakeProposal,
    ListIntake, ListIntakeBatches, MarkIntakeCitizenLetter, MarkIntakeOfficial, SetIntakeAside,
};
pub use issuing_body::{EndIssuingBody, IssuingBody, ListIssuingBodies, RecordIssuingBody, SealUse};
pub use letter::{
    CitizenLetter, CitizenLetterChanged, CitizenLetterReceived, GetCitizenLetter, LetterState, LetterVoidReason,
    RegisterCitizenLetter, VoidCitizenLetter,
};
pub use mail_contract::{
    AnswerMail, CollectMail, DownloadEdxml, GetMail, GetMailState, IntakeMail, ListMail, Mail, MailCollected, MailKind,
    MailRefusal, MailRemark, MailState, MailStatus, MailTrouble,
};
pub use masked::MaskedVoidReason;
pub use number_block::{
    EnterReservedIncoming, EnterReservedLetter, GetNumberBlock, IssueReservedOutgoing, ListNumberBlocks, NumberBlock,
    PaperEntry, ReserveNumbers, VoidReservedNumbers,
};
pub use old_register_contract::{
    BringOldRegister, CheckOldRegister, EnterOldRegister, GetOldRegister, ListOldPapers, ListOldRegisters,
    MapOldRegister, OldColumn, OldFault, OldField, OldPaper, OldRegister, OldRegisterCheck, OldRegisterRefusal,
    OldRegisterState,
};
pub use opening::{
    ApplyOpeningAct, CheckOpeningAct, DraftOpeningAct, GetOpeningAct, ListOpeningActs, OpeningAct, OpeningCheck,
    OpeningRegister, OpeningState, PaperColumn, PaperField, RowFault, SetOpeningPapers, UndoOpeningAct,
};
pub use order::ListOrder;
pub use outgoing::{OutgoingChanged, OutgoingDocument, OutgoingIssued, OutgoingRecipient, OutgoingState};
pub use outgoing_calls::{
    AttachIssuedOutgoingFile, AttachOutgoingFile, DetachOutgoingFile, DownloadOutgoingFile, DownloadOutgoingPrint,
    DraftOutgoing, GetOutgoing, IssueOutgoing, ListOutgoing, SetRecipients, VoidOutgoing,
};
pub use paper_template_contract::{
    ListPaperTemplates, PaperPhrases, PaperTemplate, PaperTemplateFault, PaperTemplateRefusal, PaperTemplateTrial,
    PreviewPaperTemplate, SavePaperTemplate, TryPaperTemplate,
};
pub use posting_contract::{ListPostings, Posting, PostingRefusal, PostingWay, RecordPosting};
pub use protection_contract::{
    BlankBook, DownloadSecretBook, ListProtections, Protection, ProtectionRefusal, ProtectionStep, RecordProtection,
};
pub use refusal::Refusal;
pub use register::{
    CloseRegister, EntryKind, EntryState, ExportRegister, GetRegister, ListRegisterEntries, ListRegisters,
    NumberRegister, OpenRegister, PeriodKind, RegisterEntry, RegisterKind, RegisterState,
};
pub use relation_contract::{
    DocumentRelation, DocumentRelations, DraftRelated, ListIncomingRelations, ListRelations, RelationKind,
    RelationRefusal,
};
pub use review_contract::{
    AnswerReview, ApproveOutgoing, AskReviews, ListMyReviews, ListReviews, Review, ReviewChanged, ReviewKind,
    ReviewNote, ReviewRefusal, ReviewState, Reviewer, Reviews, SettleReview, Settlement, TakeReviewBack,
};
pub use sent_back::{ListSentBack, SentBack, SentBackHow};
pub use sheet_contract::{DownloadArrivalStamp, DownloadRegisterPrint, DownloadRoutingSlip, SheetRefusal};
pub use signature::{
    FileSignature, FileSignatures, GetIncomingSignatures, IncomingSignatures, SignatureCheckState, SignatureFinding,
    SignatureParty, SignatureRevocation, SignatureVerdict,
};
pub use template_contract::{
    DropRoutingTemplate, ListRoutingTemplates, RoutingTemplate, SaveRoutingTemplate, TemplateRefusal,
};
pub use term_contract::{
    HandlingTerm, ListHandlingTerms, SetHandlingTerm, TermEffect, TermPurpose, TermRefusal, TermTrial, TermUnit,
    TryHandlingTerm,
};
pub use upkeep::{FilesSwept, SweepFiles};
pub use word_contract::{DownloadDraftWord, ImportDraft, ImportNote, ImportedDraft, WordRefusal};

/// What this service promises, as data: the tables of its areas, each with its own refusals.
#[must_use]
pub fn contract() -> wire::Contract {
    post_contract::contract()
        .and(sheet_contract::contract())
        .and(template_contract::contract())
        .and(execution_contract::contract())
        .and(dispatch_contract::contract())
        .and(review_contract::contract())
        .and(relation_contract::contract())
        .and(book_contract::contract())
        .and(word_contract::contract())
        .and(paper_template_contract::contract())
        .and(circulation_contract::contract())
        .and(protection_contract::contract())
        .and(term_contract::contract())
        .and(posting_contract::contract())
        .and(mail_contract::contract())
        .and(dossier_contract::contract())
        .and(old_register_contract::contract())
}
