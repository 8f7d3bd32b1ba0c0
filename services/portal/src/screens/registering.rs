//! V2: entering a document in the arrival register, and at once the next one.

use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use schema_documents::{Disposition, IntakeField, IntakeProposal, ProposalSource, RegisterIncoming};
use serde_json::Value;
use wire::{Day, Fault, Kind, Secrecy, Urgency};

use super::{
    incoming,
    intake::{compare, item},
};
use crate::{
    fields::Fields,
    format,
    hand_in::{Files, Kept},
    kit::problems::Problems,
    no,
    visit::{Inside, Posted},
    words::Words,
};

/// What was typed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Typed {
    pub(crate) author_body: String,
    pub(crate) symbol: String,
    pub(crate) document_day: String,
    pub(crate) genre_name: String,
    pub(crate) summary: String,
    pub(crate) urgency: String,
    pub(crate) secrecy: String,
    pub(crate) pages: String,
    pub(crate) due: String,
    pub(crate) disposition: String,
    pub(crate) arrived: String,
    pub(crate) note: String,
    /// The item of the queue that is entered; empty when the document is on paper only.
    pub(crate) intake: String,
    /// Files that wait for the form.
    pub(crate) files: Vec<Kept>,
    /// What was proposed and nobody has looked at: the field's label, where it comes from and how sure it is.
    pub(crate) proposed: Vec<(String, String)>,
}

/// Why a document was not entered at once, and how it can be.
#[derive(Clone, Debug)]
pub(crate) enum Conflict {
    /// Others that arrived later stand in the register already.
    Late { text: String },
}

/// The form.
pub(crate) struct Form {
    pub(crate) typed: Typed,
    pub(crate) problems: Problems,
    pub(crate) conflict: Option<Conflict>,
    /// The number that the next document gets if nobody is faster.
    pub(crate) next_number: Option<String>,
    pub(crate) urgencies: Vec<(&'static str, String)>,
    pub(crate) secrecies: Vec<(&'static str, String)>,
    pub(crate) dispositions: Vec<(&'static str, String)>,
}

impl Typed {
    /// An empty form of today.
    pub(crate) fn fresh(inside: &Inside) -> Self {
        Self { arrived: format::day(inside.visit.today()), ..Self::default() }
    }

    fn read(fields: &Fields) -> Self {
        let text = |name| fields.get(name).to_owned();
        Self {
            author_body: text("author_body"),
            symbol: text("symbol"),
            document_day: text("document_day"),
            genre_name: text("genre_name"),
            summary: text("summary"),
            urgency: text("urgency"),
            secrecy: text("secrecy"),
            pages: text("pages"),
            due: text("due"),
            disposition: text("disposition"),
            arrived: text("arrived"),
            note: text("note"),
            intake: text("intake"),
            files: Files::read(fields, "files").kept,
            proposed: Vec::new(),
        }
    }

    /// The same with what is proposed, each in its field and told beside the form: nothing is entered unseen.
    pub(crate) fn with(mut self, proposal: &IntakeProposal, w: Words) -> Self {
        for one in &proposal.fields {
            let (at, label) = match one.field {
                IntakeField::Symbol => (&mut self.symbol, "fact-symbol"),
                IntakeField::DocumentDay => (&mut self.document_day, "fact-document-day"),
                IntakeField::AuthorBody => (&mut self.author_body, "fact-author"),
                IntakeField::GenreName => (&mut self.genre_name, "fact-genre"),
                IntakeField::Summary => (&mut self.summary, "field-summary"),
                IntakeField::Unknown => continue,
            };
            *at = one.value.parse::<Day>().map_or_else(|_| one.value.clone(), format::day);
            let source = w.t(match one.from {
                ProposalSource::Message => "proposed-from-message",
                ProposalSource::Letter => "proposed-from-letter",
                ProposalSource::Unknown => "proposed-from-elsewhere",
            });
            let sure = w.with("proposed-sure", &[("percent", &one.confidence.to_string()), ("source", &source)]);
            self.proposed.push((w.t(label), sure));
        }
        self
    }

    /// Whether an option is the chosen one.
    pub(crate) fn is(&self, field: &str, option: &str) -> bool {
        let chosen = match field {
            "urgency" => &self.urgency,
            "secrecy" => &self.secrecy,
            _ => &self.disposition,
        };
        chosen == option
    }
}

impl Form {
    pub(crate) fn new(inside: &Inside, typed: Typed, problems: Problems) -> Self {
        let w = inside.visit.words;
        let urgencies = vec![
            ("normal", w.t("urgency-normal")),
            ("urgent", w.t("urgency-urgent")),
            ("very_urgent", w.t("urgency-very-urgent")),
            ("express", w.t("urgency-express")),
        ];
        let secrecies = vec![
            ("open", w.t("secrecy-open")),
            ("secret", w.t("secrecy-secret")),
            ("highly_secret", w.t("secrecy-highly-secret")),
            ("top_secret", w.t("secrecy-top-secret")),
        ];
        let dispositions = vec![
            ("", w.t("disposition-later")),
            ("to_process", w.t("disposition-process")),
            ("to_know", w.t("disposition-know")),
            ("to_file", w.t("disposition-file")),
        ];
        Self { typed, problems, conflict: None, next_number: None, urgencies, secrecies, dispositions }
    }
}

/// Enters the document of the form; what is wrong is said at the form, which keeps what was typed.
pub(crate) async fn register(posted: Posted) -> Response<Body> {
    let inside = &posted.inside;
    let typed = Typed::read(&posted.fields);
    let mut problems = Problems::default();
    let files = Files::read(&posted.fields, "files");
    files.say("files", inside.visit.words, &mut problems);
    let call = RegisterIncoming { files: files.tickets(), ..call(&posted, &typed, &mut problems) };
    if posted.fields.get("edit") == "1" {
        return again(inside, StatusCode::OK, Form::new(inside, typed, problems)).await;
    }
    if problems.any() {
        return again(inside, StatusCode::UNPROCESSABLE_ENTITY, Form::new(inside, typed, problems)).await;
    }
    match posted.act(&call).await {
        Ok(document) => compare::entered(&posted, document.id).await,
        Err(fault) if fault.code == "documents.likely_duplicate" => compare::page(&posted, &typed, &fault).await,
        Err(fault) => refused(inside, typed, &fault).await,
    }
}

/// The page from which the form was sent, with the form.
async fn again(inside: &Inside, status: StatusCode, form: Form) -> Response<Body> {
    match form.typed.intake.parse() {
        Ok(id) => item::page(inside, id, status, form, (Problems::default(), false)).await,
        Err(_) => incoming::page(inside, status, form).await,
    }
}

async fn refused(inside: &Inside, typed: Typed, fault: &Fault) -> Response<Body> {
    if !matches!(fault.kind, Kind::Invalid | Kind::Conflict) {
        return no::fault(inside, fault);
    }
    let mut form = Form::new(inside, typed, Problems::default());
    form.conflict = conflict(fault, inside);
    if form.conflict.is_none() {
        form.problems = incoming::problems(fault, inside);
    }
    again(inside, no::status(fault.kind), form).await
}

fn conflict(fault: &Fault, inside: &Inside) -> Option<Conflict> {
    let w = inside.visit.words;
    let text = |name: &str| fault.detail.as_ref().and_then(|detail| detail.get(name)?.as_str()).unwrap_or_default();
    match fault.code.as_str() {
        "documents.late_entry" => {
            let last = text("last_day").parse::<Day>().map(format::day).unwrap_or_default();
            Some(Conflict::Late { text: w.with("conflict-late", &[("day", &last)]) })
        }
        _ => None,
    }
}

/// The call that the form means; what cannot be read is a problem of its field.
fn call(posted: &Posted, typed: &Typed, problems: &mut Problems) -> RegisterIncoming {
    let w = posted.inside.visit.words;
    let some = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let mut day = |field: &str, text: &str| {
        let read = format::read_day(text);
        if read.is_none() && !text.is_empty() {
            problems.add(field, w.t("day-unreadable"));
        }
        read
    };
    let (arrived, document_day, due) =
        (day("arrived", &typed.arrived), day("document_day", &typed.document_day), day("due", &typed.due));
    let pages = typed.pages.parse().ok();
    if pages.is_none() && !typed.pages.is_empty() {
        problems.add("pages", w.t("pages-unreadable"));
    }
    RegisterIncoming {
        office: posted.inside.who.office(),
        arrived,
        late: posted.fields.get("late") == "1",
        secrecy: word::<Secrecy>(&typed.secrecy).unwrap_or_default(),
        urgency: word::<Urgency>(&typed.urgency).unwrap_or_default(),
        author_body: some(&typed.author_body),
        author_unit: None,
        symbol: some(&typed.symbol),
        document_day,
        genre_name: some(&typed.genre_name),
        summary: some(&typed.summary),
        pages,
        due,
        note: some(&typed.note),
        disposition: word::<Disposition>(&typed.disposition),
        duplicate_of: ["duplicate_of", "replaces"].into_iter().find_map(|name| posted.fields.get(name).parse().ok()),
        files: Vec::new(),
        intake: typed.intake.parse().ok(),
    }
}

/// A word of a choice, as the contracts write it.
pub(crate) fn word<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(Value::String(text.to_owned())).ok()
}
