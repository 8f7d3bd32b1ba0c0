//! C5: who was asked for a word upon a draft, what they said, and what became of it, on the draft's own page.

use schema_documents::{ListReviews, OutgoingDocument, OutgoingState, Review, ReviewKind, ReviewState, Settlement};
use wire::Page as Paged;

use crate::{
    asking::Part,
    format,
    kit::{
        chip::{Chip, Tone},
        timeline::Names,
    },
    screens::deciding::posts::Posts,
    visit::Inside,
    words::Words,
};

/// The card.
pub(crate) struct Asked {
    pub(crate) lines: Vec<Line>,
    /// The forms to ask with; none for whoever may not.
    pub(crate) forms: Vec<Form>,
}

/// The form to ask with for a word of a kind.
pub(crate) struct Form {
    pub(crate) value: &'static str,
    pub(crate) words: String,
    /// Who can be asked, as `person.position` and words.
    pub(crate) able: Vec<(String, String)>,
}

/// The word of one person.
pub(crate) struct Line {
    pub(crate) id: String,
    pub(crate) who: String,
    pub(crate) kind: String,
    pub(crate) chip: Chip,
    pub(crate) said: Vec<String>,
    pub(crate) may_settle: bool,
    pub(crate) may_take_back: bool,
    /// Where the reader answers.
    pub(crate) answer: Option<String>,
}

/// Asks who was asked; nothing for what never was a draft with a text.
pub(crate) async fn of(inside: &Inside, document: &OutgoingDocument, names: &Names) -> Option<Part<Asked>> {
    if document.draft.is_none() || document.masked {
        return None;
    }
    let call = ListReviews { id: document.id, limit: Some(100), cursor: None };
    let open = document.state == OutgoingState::Draft && inside.who.may("documents.outgoing.draft");
    let posts = futures_util::future::OptionFuture::from(open.then(|| Posts::ask(inside)));
    let (found, posts) = futures_util::join!(inside.part(&call), posts);
    let forms = posts.map(|posts| forms(&posts, names, inside.visit.words)).unwrap_or_default();
    Some(found.map(|page| told(&page, open, forms, (names, inside))))
}

fn forms(posts: &Posts, names: &Names, w: Words) -> Vec<Form> {
    let form = |word: &'static str, key: &'static str, permission: &str| {
        let able = posts.holding(permission, names).into_iter();
        let able = able.map(|(signer, words)| (format!("{}.{}", signer.person, signer.position), words));
        Form { value: word, words: w.t(key), able: able.collect() }
    };
    vec![
        form("opinion", "reviewing-opinion", "documents.outgoing.read"),
        form("appraisal", "reviewing-appraisal", "documents.outgoing.issue"),
        form("approval", "reviewing-approval", "documents.outgoing.sign"),
    ]
}

fn told(page: &Paged<Review>, open: bool, forms: Vec<Form>, (names, inside): (&Names, &Inside)) -> Asked {
    Asked { lines: page.items.iter().map(|one| line(one, open, names, inside)).collect(), forms }
}

fn line(one: &Review, open: bool, names: &Names, inside: &Inside) -> Line {
    let w = inside.visit.words;
    let waits = one.state == ReviewState::Waiting;
    let words = matches!(one.state, ReviewState::AgreedWithWords | ReviewState::Returned);
    let nth = w.with("outgoing-nth", &[("nth", &one.ordinal.to_string())]);
    let due = one.due.map(|day| w.with("reviewing-until", &[("day", &format::day(day))]));
    let settled = one.settlement.map(|settlement| {
        let done = w.t(match settlement {
            Settlement::Accepted => "reviewing-accepted",
            Settlement::Explained => "reviewing-explained",
        });
        format!("{done}: {}", one.settled_words.clone().unwrap_or_else(|| "–".to_owned()))
    });
    let said = [Some(nth), due, one.question.clone(), one.words.clone().map(|words| format!("“{words}”")), settled];
    let own = one.of.person == inside.who.me.person.id;
    Line {
        id: one.id.to_string(),
        who: names.get(one.of.person).to_owned(),
        kind: w.t(kind(one.kind)),
        chip: chip(one, inside),
        said: said.into_iter().flatten().collect(),
        may_settle: open && one.kind == ReviewKind::Opinion && words && one.settlement.is_none(),
        may_take_back: open && waits,
        answer: (own && waits).then(|| format!("/duyet?xem={}", one.id)),
    }
}

/// What was asked for, in a word.
pub(crate) fn kind(kind: ReviewKind) -> &'static str {
    match kind {
        ReviewKind::Opinion => "reviewing-opinion",
        ReviewKind::Appraisal => "reviewing-appraisal",
        ReviewKind::Approval => "reviewing-approval",
    }
}

fn chip(one: &Review, inside: &Inside) -> Chip {
    let w = inside.visit.words;
    let late = one.due.is_some_and(|due| due < inside.visit.today());
    match (one.state, one.kind) {
        (ReviewState::Waiting, ReviewKind::Opinion) if late => {
            Chip::new(Tone::Plain, "waiting", w.t("reviewing-silent"))
        }
        (ReviewState::Waiting, _) if late => Chip::new(Tone::Late, "due", w.t("reviewing-waiting")),
        (ReviewState::Waiting, _) => Chip::new(Tone::Info, "waiting", w.t("reviewing-waiting")),
        (ReviewState::Agreed, ReviewKind::Approval) => Chip::new(Tone::Good, "ok", w.t("reviewing-approved")),
        (ReviewState::Agreed, _) => Chip::new(Tone::Good, "ok", w.t("reviewing-agreed")),
        (ReviewState::AgreedWithWords, _) => Chip::new(Tone::Soon, "pen", w.t("reviewing-with-words")),
        (ReviewState::Returned, _) => Chip::new(Tone::Late, "back", w.t("reviewing-returned")),
        (ReviewState::Withdrawn, _) => Chip::new(Tone::Plain, "void", w.t("reviewing-withdrawn")),
    }
}
