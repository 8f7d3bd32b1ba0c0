//! How far an issued document is on the way to its digital signatures, on its own page; and how that is said in a word.

use schema_documents::{Execution, ExecutionSignature, ExecutionState, GetExecution, OutgoingDocument};

use super::queue::Desk;
use crate::{
    asking::Part,
    format,
    kit::chip::{Chip, Tone},
    visit::Inside,
    words::Words,
};

/// The card.
pub(crate) struct Way {
    pub(crate) chip: Chip,
    /// What happened so far, a line each.
    pub(crate) said: Vec<String>,
    /// What hinders it.
    pub(crate) trouble: Option<String>,
    /// Where the reader does the next step.
    pub(crate) step: Option<(String, String)>,
    pub(crate) may_again: bool,
    pub(crate) may_leave: bool,
}

/// Asks how far it is; nothing for what is signed by hand.
pub(crate) async fn of(inside: &Inside, document: &OutgoingDocument) -> Option<Part<Way>> {
    document.execution?;
    Some(inside.part(&GetExecution { id: document.id }).await.map(|way| told(&way, inside)))
}

fn told(way: &Execution, inside: &Inside) -> Way {
    let (w, who) = (inside.visit.words, &inside.who);
    let line = |key: &'static str, made: &Option<ExecutionSignature>| {
        let made = made.as_ref()?;
        let stamp = w.t(if made.stamped { "signing-stamped" } else { "signing-unstamped" });
        let by = w.with("signing-by", &[("name", &made.name), ("at", &format::moment(made.at))]);
        Some(format!("{} {by} · {stamp}", w.t(key)))
    };
    let pages = way.pages.map(|pages| w.with("signing-pages", &[("pages", &pages.to_string())]));
    let hash = way.sha256.as_deref().map(|hash| w.with("signing-hash", &[("hash", &short(hash))]));
    let own = way.signer.person == who.me.person.id;
    let step = match way.state {
        ExecutionState::ToSign if own => Some((Desk::Sign, "signing-sign")),
        ExecutionState::ToSeal if who.may("documents.outgoing.seal") => Some((Desk::Seal, "signing-seal")),
        _ => None,
    };
    let open = matches!(way.state, ExecutionState::LayingOut | ExecutionState::ToSign | ExecutionState::ToSeal);
    let may_issue = who.may("documents.outgoing.issue");
    Way {
        chip: chip(way.state, w),
        said: [line("signing-person", &way.signed), line("signing-body", &way.sealed), pages, hash]
            .into_iter()
            .flatten()
            .collect(),
        trouble: way.trouble.as_ref().map(|code| w.with("signing-trouble", &[("code", code)])),
        step: step.map(|(desk, word)| (format!("{}?xem={}", desk.path(), way.id), w.t(word))),
        may_again: may_issue && way.trouble.is_some(),
        may_leave: may_issue && open,
    }
}

/// Where a document stands, in a word.
pub(crate) fn chip(state: ExecutionState, w: Words) -> Chip {
    match state {
        ExecutionState::LayingOut => Chip::new(Tone::Info, "waiting", w.t("signing-laying-out")),
        ExecutionState::ToSign => Chip::new(Tone::Soon, "pen", w.t("signing-to-sign")),
        ExecutionState::ToSeal => Chip::new(Tone::Soon, "register", w.t("signing-to-seal")),
        ExecutionState::Complete => Chip::new(Tone::Good, "ok", w.t("signing-complete")),
        ExecutionState::ByHand => Chip::new(Tone::Plain, "paper", w.t("signing-by-hand")),
        ExecutionState::Voided => Chip::new(Tone::Plain, "void", w.t("state-voided")),
    }
}

/// The beginning and the end of a hash, to compare by eye.
pub(crate) fn short(hash: &str) -> String {
    match (hash.get(..8), hash.get(hash.len().saturating_sub(8)..)) {
        (Some(first), Some(last)) if hash.len() > 16 => format!("{first}…{last}"),
        _ => hash.to_owned(),
    }
}
