//! What the rules of form find in a text (soi thể thức), as pages show it: beside the text with links to its lines, and in
//! lists as one word.

use schema_documents::{
    DraftCheck, DraftFinding, FindingPlace, FindingSeverity, GenreMark, OutgoingDocument, OutgoingState,
};

use crate::{
    kit::chip::{Chip, Tone},
    words::Words,
};

/// Something that was found.
pub(crate) struct Finding {
    pub(crate) chip: Chip,
    /// Where on the page it is.
    pub(crate) path: String,
    pub(crate) place: String,
    /// How the line begins.
    pub(crate) begins: String,
    pub(crate) said: String,
    /// Which instrument says so, and how well that is known.
    pub(crate) by: String,
}

/// What was found in a version.
pub(crate) struct Coached {
    pub(crate) chip: Chip,
    pub(crate) findings: Vec<Finding>,
    /// How many more there are.
    pub(crate) left_out: u32,
    /// The lines of which something is said.
    pub(crate) lines: Vec<u32>,
}

/// Whether a document has a text that rules of form speak about.
pub(crate) fn checkable(document: &OutgoingDocument) -> bool {
    document.draft.is_some() && !document.masked && document.state != OutgoingState::Voided
}

/// What was found, for the page at `path`.
pub(crate) fn of(check: &DraftCheck, path: &str, w: Words) -> Coached {
    let line = |finding: &DraftFinding| match finding.place {
        FindingPlace::Line { line, .. } => Some(line),
        FindingPlace::Field { .. } => None,
    };
    Coached {
        chip: chip(check, w),
        findings: check.findings.iter().map(|finding| shown(finding, path, w)).collect(),
        left_out: check.left_out,
        lines: check.findings.iter().filter_map(line).collect(),
    }
}

/// One word for a version: that nothing was found, or how much of the gravest kind.
pub(crate) fn chip(check: &DraftCheck, w: Words) -> Chip {
    let count = |severity| check.findings.iter().filter(|one| one.severity == severity).count();
    let kinds = [FindingSeverity::Must, FindingSeverity::Should, FindingSeverity::Hint];
    let Some(gravest) = kinds.into_iter().find(|severity| count(*severity) > 0) else {
        return Chip::new(Tone::Good, "ok", w.t("coach-good"));
    };
    let count = count(gravest).to_string();
    let (tone, icon, key) = match gravest {
        FindingSeverity::Must => (Tone::Late, "warning", "coach-musts"),
        FindingSeverity::Should => (Tone::Soon, "warning", "coach-shoulds"),
        FindingSeverity::Hint => (Tone::Info, "waiting", "coach-hints"),
    };
    Chip::new(tone, icon, w.with(key, &[("count", &count)]))
}

fn shown(finding: &DraftFinding, path: &str, w: Words) -> Finding {
    let (tone, icon, key) = match finding.severity {
        FindingSeverity::Must => (Tone::Late, "warning", "coach-must"),
        FindingSeverity::Should => (Tone::Soon, "warning", "coach-should"),
        FindingSeverity::Hint => (Tone::Info, "waiting", "coach-hint"),
    };
    let (anchor, place, begins) = match &finding.place {
        FindingPlace::Line { line, begins } => {
            (format!("line-{line}"), w.with("coach-line", &[("line", &line.to_string())]), begins.clone())
        }
        FindingPlace::Field { name } => {
            let (anchor, key) = match name.as_str() {
                "recipients" => ("recipients-title", "column-recipients"),
                "summary" => ("facts-title", "field-summary"),
                "genre" => ("facts-title", "fact-genre"),
                "signatory" => ("draft", "outgoing-signatory"),
                _ => ("draft", "outgoing-text"),
            };
            (anchor.to_owned(), w.t(key), String::new())
        }
    };
    let known = match finding.mark {
        GenreMark::Verified => None,
        GenreMark::Memory | GenreMark::Uncertain => Some(w.t("coach-unverified")),
        GenreMark::Practice => Some(w.t("coach-practice")),
    };
    let by = [Some(finding.instrument.clone()), known].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let said = if w.0 == wire::Lang::Vi { finding.vi.clone() } else { finding.en.clone() };
    Finding { chip: Chip::new(tone, icon, w.t(key)), path: format!("{path}#{anchor}"), place, begins, said, by }
}
