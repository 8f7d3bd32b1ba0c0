//! The contract as a golden file, its examples, and every fact that was ever sent.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::{fs, path::Path};

use schema_documents::{
    CitizenLetterChanged, CitizenLetterReceived, DeliveryChanged, DispatchChanged, ExecutionChanged, IncomingChanged,
    IncomingProposalChanged, IncomingRegistered, InstructionChanged, IntakeChanged, OutgoingChanged, OutgoingIssued,
    ReviewChanged, contract,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// Stands for every placeholder of an example.
const SOME_ID: &str = "01938a2c-0000-7000-8000-000000000099";

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn the_contract_is_the_golden_one() {
    let now = serde_json::to_string_pretty(&contract()).unwrap() + "\n";
    if std::env::var_os("BLESS").is_some() {
        fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("contract.json"), &now).unwrap();
    }
    assert!(read("contract.json") == now, "the contract changed: look at the difference and run again with BLESS=1");
}

/// Decodes a sample, and finds that nothing of it was lost on the way.
fn holds<T: Serialize + DeserializeOwned>(kind: &str) {
    let sent: Value = serde_json::from_str(&read(&format!("samples/{kind}.json"))).unwrap();
    let decoded: T = serde_json::from_value(sent.clone()).unwrap_or_else(|error| panic!("{kind}: {error}"));
    assert_eq!(serde_json::to_value(decoded).unwrap(), sent, "{kind}");
}

#[test]
fn every_fact_ever_sent_still_decodes() {
    holds::<IncomingRegistered>("incoming_registered.v1");
    holds::<IncomingRegistered>("incoming_registered.v1.masked");
    holds::<IncomingChanged>("incoming_changed.v1");
    holds::<CitizenLetterReceived>("citizen_letter_received.v1");
    holds::<CitizenLetterChanged>("citizen_letter_changed.v1");
    holds::<OutgoingChanged>("outgoing_changed.v1");
    holds::<OutgoingIssued>("outgoing_issued.v1");
    holds::<IncomingChanged>("incoming_changed.v1.instructed");
    holds::<IncomingProposalChanged>("incoming_proposal_changed.v1");
    holds::<InstructionChanged>("instruction_changed.v1");
    holds::<InstructionChanged>("instruction_changed.v1.transcribed");
    holds::<IntakeChanged>("intake_changed.v1");
    holds::<DispatchChanged>("dispatch_changed.v1");
    holds::<DeliveryChanged>("delivery_changed.v1");
    holds::<ReviewChanged>("review_changed.v1");
    holds::<ReviewChanged>("review_changed.v1.dated");
    holds::<ExecutionChanged>("execution_changed.v1");
}

#[test]
fn every_call_at_the_door_has_an_example() {
    for call in contract().calls.into_iter().filter(|call| call.http.is_some()) {
        assert!(call.example.request.is_object(), "examples/{}.json holds no request", call.name);
        assert!(call.example.reply.is_object(), "examples/{}.json holds no reply", call.name);
        let required = call.request.get("required").cloned().unwrap_or_default();
        let schema = serde_json::to_value(&call.request).unwrap();
        for name in named(&contract().schemas, &schema, &required) {
            assert!(call.example.request.get(&name).is_some(), "examples/{}.json lacks `{name}`", call.name);
        }
    }
}

/// The required fields of a request, whether its schema stands in the row or among the named ones.
fn named(schemas: &std::collections::BTreeMap<String, Value>, schema: &Value, required: &Value) -> Vec<String> {
    let reference = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next());
    let required = reference.and_then(|name| schemas.get(name)?.get("required")).unwrap_or(required);
    required.as_array().into_iter().flatten().filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

/// A request of an example, with an id in place of every placeholder, and its reply.
fn example<C: wire::Call>() {
    let text = read(&format!("examples/{}.json", C::NAME));
    let mut example: Value = serde_json::from_str(&text).unwrap();
    let mut request = example["request"].take();
    fill(&mut request);
    serde_json::from_value::<C>(request).unwrap_or_else(|error| panic!("{}: request: {error}", C::NAME));
    let reply = example["reply"].take();
    let decoded: C::Reply =
        serde_json::from_value(reply.clone()).unwrap_or_else(|error| panic!("{}: reply: {error}", C::NAME));
    let whole = serde_json::to_value(decoded).unwrap();
    for (field, value) in reply.as_object().unwrap() {
        assert!(whole.get(field).is_some() && !value.is_null(), "{}: reply: `{field}` is unknown", C::NAME);
    }
}

fn fill(value: &mut Value) {
    match value {
        Value::String(text) if text.starts_with('{') && text.ends_with('}') => *text = SOME_ID.to_owned(),
        Value::Array(items) => items.iter_mut().for_each(fill),
        Value::Object(fields) => fields.values_mut().for_each(fill),
        _ => {}
    }
}

macro_rules! examples {
    ($($call:ident),* $(,)?) => {{
        $( example::<schema_documents::$call>(); )*
        [$(<schema_documents::$call as wire::Call>::NAME),*]
    }};
}

fn examples_of_the_queue() -> [&'static str; 12] {
    examples![
        BringInIntake,
        ListIntakeBatches,
        GetIntakeBatch,
        ListIntake,
        GetIntakeOpen,
        GetIntake,
        DownloadIntake,
        GetIntakeProposal,
        MarkIntakeOfficial,
        MarkIntakeCitizenLetter,
        SetIntakeAside,
        DiscardIntake,
    ]
}

fn examples_of_reviewing() -> [&'static str; 7] {
    examples![AskReviews, ListReviews, ListMyReviews, AnswerReview, ApproveOutgoing, SettleReview, TakeReviewBack]
}

fn examples_of_sending() -> [&'static str; 10] {
    examples![
        DispatchOutgoing,
        ListDispatches,
        ListDeliveries,
        RecallDispatch,
        ListArrivals,
        GetArrival,
        OpenArrival,
        DownloadArrival,
        ReceiveArrival,
        ReturnArrival,
    ]
}

fn examples_of_word_files() -> [&'static str; 2] {
    examples![ImportDraft, DownloadDraftWord]
}

fn examples_of_paper_templates() -> [&'static str; 4] {
    examples![SavePaperTemplate, ListPaperTemplates, PreviewPaperTemplate, TryPaperTemplate]
}

fn examples_of_books() -> [&'static str; 4] {
    examples![RecordSealImprint, ListSealImprints, HandOverPapers, ListPaperHandovers]
}

fn examples_of_circulation() -> [&'static str; 3] {
    examples![LimitCirculation, GiveBackIncoming, ListCirculations]
}

fn examples_of_protection() -> [&'static str; 3] {
    examples![RecordProtection, ListProtections, DownloadSecretBook]
}

/// How many examples the areas beside the post have.
fn examples_of_areas() -> usize {
    examples_of_reviewing().len()
        + examples_of_relations().len()
        + examples_of_books().len()
        + examples_of_terms().len()
        + examples_of_postings().len()
        + examples_of_mail().len()
        + examples_of_dossiers().len()
        + examples_of_old_registers().len()
        + examples_of_protection().len()
        + examples_of_circulation().len()
        + examples_of_paper_templates().len()
        + examples_of_word_files().len()
        + examples_of_sending().len()
        + examples_of_signing().len()
        + examples_of_the_queue().len()
        + examples_of_openings().len()
        + examples_of_deciding().len()
}

fn examples_of_dossiers() -> [&'static str; 21] {
    examples![
        DraftDossierList,
        GetDossierList,
        ApproveDossierList,
        SaveDossierEntry,
        RemoveDossierEntry,
        ListDossierEntries,
        OpenDossier,
        GetDossier,
        ListDossiers,
        FilePaper,
        TakeOutPaper,
        ListDossierPapers,
        TieAssignment,
        ListDossierSteps,
        CheckDossier,
        HandDossierOver,
        AnswerDossierHandover,
        CloseDossier,
        ReopenDossier,
        GetDossierShares,
        ListUnfiledWork
    ]
}

fn examples_of_mail() -> [&'static str; 6] {
    examples![CollectMail, GetMailState, ListMail, GetMail, AnswerMail, DownloadEdxml]
}

fn examples_of_postings() -> [&'static str; 2] {
    examples![RecordPosting, ListPostings]
}

fn examples_of_old_registers() -> [&'static str; 7] {
    examples![
        BringOldRegister,
        ListOldRegisters,
        GetOldRegister,
        MapOldRegister,
        CheckOldRegister,
        EnterOldRegister,
        ListOldPapers,
    ]
}

fn examples_of_terms() -> [&'static str; 3] {
    examples![ListHandlingTerms, SetHandlingTerm, TryHandlingTerm]
}

fn examples_of_relations() -> [&'static str; 3] {
    examples![DraftRelated, ListRelations, ListIncomingRelations]
}

fn examples_of_signing() -> [&'static str; 8] {
    examples![
        GetExecution,
        ListToSign,
        ListToSeal,
        SignOutgoing,
        SealOutgoing,
        LayOutAgain,
        FinishByHand,
        GetOwnCertificate,
    ]
}

fn examples_of_openings() -> [&'static str; 7] {
    examples![
        DraftOpeningAct,
        ListOpeningActs,
        GetOpeningAct,
        SetOpeningPapers,
        CheckOpeningAct,
        ApplyOpeningAct,
        UndoOpeningAct,
    ]
}

fn examples_of_deciding() -> [&'static str; 14] {
    examples![
        ProposeDisposition,
        ListIncomingProposals,
        ReturnProposal,
        ListWaitingProposals,
        InstructIncoming,
        ListInstructions,
        TranscribeInstruction,
        ListUnconfirmedInstructions,
        ConfirmInstruction,
        ObjectToInstruction,
        DownloadInstructionScan,
        SaveRoutingTemplate,
        ListRoutingTemplates,
        DropRoutingTemplate,
    ]
}

#[test]
fn the_examples_decode() {
    let checked = examples![
        RegisterIncoming,
        ListIncoming,
        GetIncoming,
        VoidIncoming,
        DisposeIncoming,
        MarkIncomingRead,
        ListReadMarks,
        PassIncoming,
        ReturnIncoming,
        ListPassages,
        ListIncomingHistory,
        ListSentBack,
        AttachIncomingFile,
        DetachIncomingFile,
        DownloadIncomingFile,
        RegisterCitizenLetter,
        GetCitizenLetter,
        VoidCitizenLetter,
        DraftOutgoing,
        ListOutgoing,
        GetOutgoing,
        AddDraft,
        ListDrafts,
        CheckDraft,
        DownloadOutgoingPrint,
        DownloadArrivalStamp,
        DownloadRoutingSlip,
        DownloadRegisterPrint,
        GetIncomingSignatures,
        GetDraft,
        SetRecipients,
        IssueOutgoing,
        VoidOutgoing,
        ListOutgoingHistory,
        AttachOutgoingFile,
        AttachIssuedOutgoingFile,
        DetachOutgoingFile,
        DownloadOutgoingFile,
        OpenRegister,
        ListRegisters,
        GetRegister,
        CloseRegister,
        ListRegisterEntries,
        ExportRegister,
        ListGenres,
        RecordIssuingBody,
        EndIssuingBody,
        ListIssuingBodies,
        ReserveNumbers,
        ListNumberBlocks,
        GetNumberBlock,
        EnterReservedIncoming,
        EnterReservedLetter,
        IssueReservedOutgoing,
        VoidReservedNumbers,
    ];
    let others = examples_of_areas();
    assert_eq!(checked.len() + others, contract().own_calls().filter(|call| call.http.is_some()).count());
}

/// What a citizen wrote has no place to stand in.
#[test]
fn a_citizens_letter_has_no_field_for_words() {
    let allowed = [
        "id",
        "office",
        "version",
        "register",
        "number",
        "arrived",
        "registered_at",
        "sheets",
        "envelopes",
        "state",
        "void_reason",
        "late",
        "reason",
    ];
    let schemas = contract().schemas;
    for noun in ["CitizenLetter", "RegisterCitizenLetter", "VoidCitizenLetter"] {
        for (field, schema) in schemas[noun]["properties"].as_object().unwrap() {
            assert!(allowed.contains(&field.as_str()), "{noun} has `{field}`");
            let free = schema["type"] == "string" && schema.get("format").is_none();
            assert!(!free, "{noun} takes free text in `{field}`");
        }
    }
}
