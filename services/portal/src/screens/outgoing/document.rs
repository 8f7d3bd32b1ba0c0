//! C4 and V8: one outgoing document: its text in its versions, to whom it goes, its number, what happened, what can be done.

use askama::Template;
use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use futures_util::future::{OptionFuture, join_all};
use schema_documents::{
    CheckDraft, Draft, DraftCheck, GetDraft, GetIncoming, GetOutgoing, ListDrafts, ListOutgoingHistory, NumberRegister,
    OutgoingDocument, OutgoingState,
};
use schema_identity::{FindUnits, ListPeople, Unit};
use wire::{
    Page as Paged,
    id::{DraftId, FileId, OutgoingId},
};

use super::{
    coaching::{self, Coached},
    drafting::label,
    printed, showing,
    waiting::{self, Issuing},
};
use crate::{
    asking::Part,
    format,
    hand_in::{self, Kept},
    kit::{
        chip::Chip,
        problems::Problems,
        timeline::{self, Names, Step},
        typed::Typed,
    },
    page::{Page, Place},
    screens::{
        desk_books::seals,
        dossiers::card::{self as filed_card, Filed},
        handed_in::{outgoing_files::Filing, word::Importing},
        mail::exporting::{self, Export},
        relating::{self, card::Related},
        reviewing::{self, card::Asked},
        sending::{self, card::Sending, outside::Outside},
        signing::{
            card::{self, Way},
            signers,
        },
    },
    visit::Inside,
};

/// A version of the text, as the list of versions shows it.
struct Version {
    nth: u32,
    path: String,
    said: String,
    note: String,
    here: bool,
    /// Where it is compared with the one before.
    compared: Option<String>,
}

/// The version that is read.
struct Text {
    nth: u32,
    paragraphs: Vec<Paragraph>,
    whole: String,
}

/// A line of the text that says something.
struct Paragraph {
    line: u32,
    words: String,
    /// Whether something is said of it, so that links lead there.
    pointed: bool,
}

/// The document as the page shows it; the names are those of the part that shows facts.
struct Shown {
    id: String,
    title: String,
    name: String,
    chips: Vec<Chip>,
    facts: Vec<(String, String)>,
    due: Option<(String, String)>,
    files: Vec<(String, String, String)>,
    void_reason: Option<String>,
    recipients: Vec<String>,
    draft: bool,
    may_draft: bool,
    may_void: bool,
}

#[derive(Template)]
#[template(path = "outgoing/document.html")]
struct Document {
    p: Page,
    d: Shown,
    text: Option<Part<Text>>,
    coached: Option<Part<Coached>>,
    /// Where the printed page is.
    print: Option<String>,
    versions: Part<Vec<Version>>,
    answers: Vec<(String, String)>,
    issuing: Option<Issuing>,
    way: Option<Part<Way>>,
    sending: Option<Part<Sending>>,
    /// What was sent by hand, post or courier.
    outside: Option<Part<Outside>>,
    export: Option<Part<Export>>,
    filed: Option<Part<Filed>>,
    asked: Option<Part<Asked>>,
    related: Option<Part<Related>>,
    may_stamp: bool,
    units: Vec<Unit>,
    history: Part<Vec<Step>>,
    filing: Option<Filing>,
    importing: Option<Importing>,
    problems: Problems,
    typed: Typed,
}

/// What was wrong with a form on this page.
#[derive(Default)]
pub(crate) struct Refused {
    pub(crate) problems: Problems,
    pub(crate) typed: Typed,
    /// Why the day of issue has to be confirmed.
    pub(crate) late: Option<String>,
    /// Files that wait for the form.
    pub(crate) held: Vec<Kept>,
}

/// The page of a document.
pub(crate) async fn show(Path(id): Path<OutgoingId>, inside: Inside) -> Response<Body> {
    page(&inside, id, StatusCode::OK, Refused::default()).await
}

/// The page, with what was refused.
pub(crate) async fn page(inside: &Inside, id: OutgoingId, status: StatusCode, refused: Refused) -> Response<Body> {
    let (w, office) = (inside.visit.words, inside.who.office());
    let (may_draft, may_issue) =
        (inside.who.may("documents.outgoing.draft"), inside.who.may("documents.outgoing.issue"));
    let of_document = GetOutgoing { id };
    let (of_versions, of_history) =
        (ListDrafts { id, limit: Some(200), cursor: None }, ListOutgoingHistory { id, limit: Some(100), cursor: None });
    let of_people = ListPeople { office, q: None, as_of: None, limit: Some(200), cursor: None };
    let of_units = FindUnits { office: Some(office), limit: Some(200), ..FindUnits::default() };
    let of_books = waiting::books(inside).filter(|_| may_issue);
    let (document, versions, history, people, units, books) = futures_util::join!(
        inside.need(&of_document),
        inside.part(&of_versions),
        inside.part(&of_history),
        inside.part(&of_people),
        OptionFuture::from(may_draft.then(|| inside.part(&of_units))),
        OptionFuture::from(of_books.as_ref().map(|call| inside.part(call))),
    );
    let document = match document {
        Ok(document) => document,
        Err(response) => return response,
    };
    let names = Names::of(people.here());
    let draft = chosen(inside, &document, &versions);
    let (text, check, answers, way, signers, sending, outside, export, asked, related, filed) = futures_util::join!(
        text(inside, &document, draft),
        checked(inside, &document, draft),
        answers(inside, &document),
        card::of(inside, &document),
        signers::of(inside, Some(&document)),
        sending::card::of(inside, &document),
        sending::outside::of(inside, &document),
        exporting::of(inside, &document),
        reviewing::card::of(inside, &document, &names),
        relating::card::of_outgoing(inside, &document),
        filed_card::of_issued(inside, &document),
    );
    let nth = text.as_ref().and_then(|part| Some(part.here()?.nth)).unwrap_or_default();
    let coached = check.map(|part| part.map(|check| coaching::of(&check, &format!("/van-ban/di/{id}?ban={nth}"), w)));
    let text = text.map(|part| part.map(|text| text.pointed(coached.as_ref().and_then(|part| part.here()))));
    let (issuing, refused) = issuing(&document, books.as_ref().and_then(|part| part.here()), refused, inside);
    let page = Page::inside(inside, &showing::title(&document, w), Place::Outgoing);
    let d = shown(&document, inside);
    let view = Document {
        p: Page { done: done(&document, inside), ..page },
        importing: Importing::of(&document, inside, Vec::new()),
        filing: Filing::of(&document, &d.files, inside, refused.held),
        d,
        versions: versions
            .map(|found| found.items.iter().rev().map(|one| version(one, nth, (&names, inside))).collect()),
        text,
        coached,
        print: printed::path(&document, draft),
        answers,
        issuing: issuing.map(|form| Issuing { signers, ..form }),
        way,
        sending,
        outside,
        export,
        filed,
        asked,
        related,
        may_stamp: seals::may_stamp(&document, inside),
        units: units.as_ref().and_then(|part| part.here()).map(|page| page.items.clone()).unwrap_or_default(),
        history: history.map(|entries| timeline::of_document(&entries.items, &names, w)),
        problems: refused.problems,
        typed: refused.typed,
    };
    inside.visit.html(status, &view)
}

/// The form that gives a number, and what the forms of the page show.
fn issuing(
    document: &OutgoingDocument,
    books: Option<&Paged<NumberRegister>>,
    refused: Refused,
    inside: &Inside,
) -> (Option<Issuing>, Refused) {
    let open = document.state == OutgoingState::Draft && inside.who.may("documents.outgoing.issue");
    let form = open.then(|| Issuing { late: refused.late.clone(), ..Issuing::new(document, books, inside) });
    let named = refused.typed.sent("recipients");
    let typed = refused.typed.clone().or(proposed(document, inside, named));
    let form = form.filter(|_| showing::lacking(document).is_empty());
    (form, Refused { typed, ..refused })
}

/// What the forms show before anybody has typed: the recipients as they are, unless they were just `named`, and today as
/// the day.
fn proposed(document: &OutgoingDocument, inside: &Inside, named: bool) -> Typed {
    let today = ("dated", format::day(inside.visit.today()));
    if named {
        return Typed::proposing(&[today]);
    }
    let others = document.recipients.iter().filter(|one| one.unit.is_none());
    let others = others.map(|one| one.name.as_str()).collect::<Vec<_>>().join("\n");
    let mut pairs = vec![("recipients", others), today];
    let units = document.recipients.iter().filter_map(|one| one.unit);
    pairs.extend(units.map(|unit| ("units", unit.to_string())));
    Typed::proposing(&pairs)
}

/// The version that the address names, else the latest.
fn chosen(inside: &Inside, document: &OutgoingDocument, versions: &Part<Paged<Draft>>) -> Option<DraftId> {
    let asked = inside.visit.query.get("ban").parse::<u32>().ok();
    let named = versions.here().and_then(|page| page.items.iter().find(|one| Some(one.ordinal) == asked));
    named.map(|one| one.id).or(document.draft)
}

async fn text(inside: &Inside, document: &OutgoingDocument, draft: Option<DraftId>) -> Option<Part<Text>> {
    let found = inside.part(&GetDraft { id: document.id, draft: draft? }).await;
    Some(found.map(|version| {
        let lines = version.text.lines().map(str::trim_end).zip(1..).filter(|(words, _)| !words.trim().is_empty());
        let paragraph = |(words, line): (&str, u32)| Paragraph { line, words: words.to_owned(), pointed: false };
        Text { nth: version.draft.ordinal, paragraphs: lines.map(paragraph).collect(), whole: version.text }
    }))
}

/// What the rules of form find in that version.
async fn checked(inside: &Inside, document: &OutgoingDocument, draft: Option<DraftId>) -> Option<Part<DraftCheck>> {
    let draft = draft.filter(|_| coaching::checkable(document))?;
    Some(inside.part(&CheckDraft { id: document.id, draft: Some(draft) }).await)
}

impl Text {
    /// The same text, with the lines marked of which something is said.
    fn pointed(mut self, coached: Option<&Coached>) -> Self {
        for paragraph in &mut self.paragraphs {
            paragraph.pointed = coached.is_some_and(|coached| coached.lines.contains(&paragraph.line));
        }
        self
    }
}

/// The documents that it answers, with where they are.
async fn answers(inside: &Inside, document: &OutgoingDocument) -> Vec<(String, String)> {
    if !inside.who.may("documents.incoming.read") {
        return Vec::new();
    }
    let calls: Vec<GetIncoming> = document.replies_to.iter().map(|id| GetIncoming { id: *id }).collect();
    let found = join_all(calls.iter().map(|call| inside.part(call))).await;
    let line = |(call, part): (&GetIncoming, &Part<_>)| {
        let said = part.here().map_or_else(|| inside.visit.words.t("kind-incoming"), |paper| label(paper, inside));
        (format!("/van-ban/den/{}", call.id), said)
    };
    calls.iter().zip(&found).map(line).collect()
}

fn version(draft: &Draft, here: u32, (names, inside): (&Names, &Inside)) -> Version {
    let path = format!("/van-ban/di/{}", draft.document);
    let by = Some(names.get(draft.by)).filter(|name| !name.is_empty());
    let said = [by, Some(format::moment(draft.at).as_str())].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let before = draft.ordinal.saturating_sub(1);
    Version {
        nth: draft.ordinal,
        said,
        note: draft.note.clone().unwrap_or_else(|| inside.visit.words.t("outgoing-no-note")),
        here: draft.ordinal == here,
        compared: (before > 0).then(|| format!("{path}/so-sanh?cu={before}&moi={}", draft.ordinal)),
        path: format!("{path}?ban={}#draft", draft.ordinal),
    }
}

fn shown(document: &OutgoingDocument, inside: &Inside) -> Shown {
    let (w, who) = (inside.visit.words, &inside.who);
    let id = document.id.to_string();
    let draft = document.state == OutgoingState::Draft;
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let facts = [
        ("fact-genre", some(&document.genre_name)),
        ("outgoing-body-code", some(&document.body_code)),
        ("outgoing-issuer", document.issuing_unit_name.clone()),
        ("outgoing-together", some(&document.together_with.join("; "))),
        ("fact-symbol", document.symbol.clone().filter(|symbol| !symbol.is_empty())),
        ("fact-document-day", document.dated.map(format::day)),
        ("outgoing-signatory", document.signatory.clone()),
        ("outgoing-copies", document.copies.map(|copies| copies.to_string())),
        ("outgoing-issued-at", document.issued_at.map(format::moment)),
        ("outgoing-seal", document.seal.as_ref().map(|seal| format!("{} ({})", seal.seal, seal.custodian_title))),
    ];
    let files = document.files.iter();
    let files =
        files.map(|file| (format!("/van-ban/di/{id}/tep/{}", file.id), file.name.clone(), format::size(file.size)));
    Shown {
        title: showing::title(document, w),
        name: showing::name(document, w),
        chips: showing::chips(document, w),
        facts: facts.into_iter().filter_map(|(key, value)| Some((w.t(key), value?))).collect(),
        due: None,
        files: files.collect(),
        void_reason: document.void_reason.clone(),
        recipients: document.recipients.iter().map(|one| one.name.clone()).collect(),
        draft,
        may_draft: draft && !document.masked && who.may("documents.outgoing.draft"),
        may_void: document.state != OutgoingState::Voided && !document.masked && who.may("documents.outgoing.issue"),
        id,
    }
}

fn done(document: &OutgoingDocument, inside: &Inside) -> Option<String> {
    let w = inside.visit.words;
    match inside.visit.query.get("xong") {
        "soan" => Some(w.t("outgoing-done-begun")),
        "ban-moi" => Some(w.with("outgoing-done-redrafted", &[("nth", &document.draft_ordinal.to_string())])),
        "noi-nhan" => Some(w.t("outgoing-done-addressed")),
        "cap-so" if document.state == OutgoingState::Issued => {
            Some(w.with("outgoing-done-issued", &[("symbol", &showing::name(document, w))]))
        }
        "huy" => Some(w.t("outgoing-done-voided")),
        "dan-trang" => Some(w.t("signing-done-again")),
        "hoi" => Some(w.t("reviewing-done-asked")),
        "tiep-thu" => Some(w.t("reviewing-done-settled")),
        "rut-hoi" => Some(w.t("reviewing-done-taken-back")),
        "gui" => Some(w.t("sending-done-sent")),
        "gui-ngoai" => Some(w.t("posting-done")),
        "dong-dau" => Some(w.t("books-done-stamped")),
        "ky-tay" => Some(w.t("signing-done-by-hand")),
        "tep" => Some(w.t("intake-attached")),
        "go-tep" => Some(w.t("handed-done-detached")),
        _ => None,
    }
}

/// A file of a document, handed out by the door.
pub(crate) async fn file(Path((id, file)): Path<(OutgoingId, FileId)>, inside: Inside) -> Response<Body> {
    let path = format!("/api/v1/outgoing-documents/{id}/files/{file}");
    hand_in::out(&path, &inside.who.token, inside.visit.query.get("xem") == "1")
}
