//! Words of dossiers: terms, states, steps, what is missing.

use schema_documents::{Dossier, DossierAct, DossierGapKind, DossierState, Retention};

use crate::{
    kit::chip::{Chip, Tone},
    words::Words,
};

/// How long something is kept.
pub(crate) fn term(retention: Retention, w: Words) -> String {
    match retention {
        Retention::Permanent => w.t("dossier-permanent"),
        Retention::Years(years) => w.with("dossier-years", &[("years", &years.to_string())]),
    }
}

/// What was typed as a term: a number of years, or nothing for one without end.
pub(crate) fn read_term(typed: &str) -> Option<Retention> {
    match typed.trim() {
        "" => Some(Retention::Permanent),
        years => years.parse().ok().map(Retention::Years),
    }
}

/// Where a dossier stands.
pub(crate) fn chips(dossier: &Dossier, w: Words) -> Vec<Chip> {
    let state = match dossier.state {
        DossierState::Open => Chip::new(Tone::Info, "paper", w.t("dossier-open")),
        DossierState::Closed => Chip::new(Tone::Good, "ok", w.t("dossier-closed")),
    };
    let offered = dossier
        .offered
        .as_ref()
        .map(|(_, name)| Chip::new(Tone::Soon, "waiting", w.with("dossier-offered-to", &[("unit", name)])));
    std::iter::once(state).chain(offered).collect()
}

/// What was done.
pub(crate) fn act(act: DossierAct) -> &'static str {
    match act {
        DossierAct::Opened => "dossier-act-opened",
        DossierAct::TakenOut => "dossier-act-taken-out",
        DossierAct::Tied => "dossier-act-tied",
        DossierAct::Offered => "dossier-act-offered",
        DossierAct::TakenOver => "dossier-act-taken-over",
        DossierAct::NotTaken => "dossier-act-not-taken",
        DossierAct::Closed => "dossier-act-closed",
        DossierAct::Reopened => "dossier-act-reopened",
        DossierAct::Unknown => "dossier-act-other",
    }
}

/// What is missing.
pub(crate) fn gap(kind: DossierGapKind) -> &'static str {
    match kind {
        DossierGapKind::Empty => "dossier-gap-empty",
        DossierGapKind::Unanswered => "dossier-gap-unanswered",
        DossierGapKind::Unfinished => "dossier-gap-unfinished",
        DossierGapKind::AnswerElsewhere => "dossier-gap-elsewhere",
        DossierGapKind::Fileless => "dossier-gap-fileless",
        DossierGapKind::Unknown => "dossier-gap-other",
    }
}
