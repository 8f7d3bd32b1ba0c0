//! Work from a petition: nothing that is typed about it is kept here, and so nothing of it leaves this service.
//!
//! Whoever works on it reads the petition itself, where it is sealed and every opening is recorded. Here stand its id,
//! fixed words, units, days, and who did what: all that is needed to see who owes what by when.

use schema_programme::{Assignment, AssignmentAct, AssignmentSourceKind};

/// What a petition is called here, whatever the order calls it.
pub(crate) const CALLED: &str = "Đơn thư";

/// The title of all work from petitions.
pub(crate) const TITLE: &str = "Giải quyết đơn thư";

/// The product of all work from petitions.
pub(crate) const PRODUCT: &str = "Kết quả giải quyết đơn thư";

/// What stands for words that were typed: they belong into the petition's own file.
pub(crate) const FILED: &str = "Xem hồ sơ đơn thư";

/// Whether the work comes from a petition.
pub(crate) fn is_source_of(work: &Assignment) -> bool {
    work.source.kind == AssignmentSourceKind::Petition
}

/// The assignment as it may be kept and told: as it is, or for work from a petition without a typed word. The name of
/// a unit waited for is not typed ([`begin`] sees to that), nor the instrument of a pause, which a service names.
///
/// [`begin`]: crate::domain::waits::begin
pub(crate) fn discreet(mut work: Assignment) -> Assignment {
    if !is_source_of(&work) {
        return work;
    }
    CALLED.clone_into(&mut work.source.label);
    TITLE.clone_into(&mut work.title);
    PRODUCT.clone_into(&mut work.expected_product);
    let mut hide = |text: &mut String| FILED.clone_into(text);
    work.reason.iter_mut().for_each(&mut hide);
    work.progress.iter_mut().for_each(|progress| hide(&mut progress.note));
    work.waits.iter_mut().filter(|wait| wait.on_unit.is_none()).for_each(|wait| hide(&mut wait.on));
    work.evidence.iter_mut().for_each(|proof| hide(&mut proof.label));
    if let Some(escalation) = &mut work.escalation {
        hide(&mut escalation.to);
        hide(&mut escalation.reason);
    }
    for extension in &mut work.extensions {
        hide(&mut extension.reason);
        extension.answer.iter_mut().for_each(&mut hide);
    }
    work
}

/// What the history says beside an act upon this work, which is [`discreet`] already.
pub(crate) fn note(work: &Assignment, act: AssignmentAct, typed: Option<String>) -> Option<String> {
    if !is_source_of(work) {
        return typed;
    }
    match act {
        AssignmentAct::Assign => Some(TITLE.to_owned()),
        AssignmentAct::BeginWait | AssignmentAct::EndWait => work.waits.last().map(|wait| wait.on.clone()),
        AssignmentAct::Pause => typed,
        _ => typed.map(|_| FILED.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use schema_programme::{
        AskExtension, AssignmentEvidence, AssignmentEvidenceKind, BeginWait, DecideExtension, EscalateAssignment,
        ReportProgress,
    };

    use super::*;
    use crate::domain::{
        change::{Change, Hand},
        extensions, oversight, sample,
        units::KnownUnit,
        waits, work,
    };

    const SECRET: &str = "Phạm Ví Dụ, thôn Đông";

    /// Every act that takes words, each with the secret in them.
    fn acts(start: Assignment) -> Vec<Change> {
        let (id, words, at) = (start.id, || SECRET.to_owned(), sample::at());
        let (by, giver) = (sample::hand(), Hand { by: Some(sample::head()), at });
        let unit = KnownUnit { id: sample::OTHER_UNIT, name: "Bộ phận Hành chính".into() };
        let proof = AssignmentEvidence { kind: AssignmentEvidenceKind::Note, id: None, label: words() };
        let ask = AskExtension { id, until: start.due.plus(7).unwrap(), reason: words() };
        let decide = DecideExtension { id, approve: true, answer: Some(words()) };
        let on_unit = BeginWait { id, on_unit: Some(unit.id), on: words() };
        let report = ReportProgress { id, note: words(), percent: None };
        let steps: [&dyn Fn(Assignment) -> Change; 10] = [
            &|now| work::report(now, &report, by).unwrap(),
            &|now| waits::begin(now, &BeginWait { id, on_unit: None, on: words() }, None, by).unwrap(),
            &|now| waits::end(now, by).unwrap(),
            &|now| waits::begin(now, &on_unit, Some(&unit), by).unwrap(),
            &|now| work::escalate(now, &EscalateAssignment { id, to: words(), reason: words() }, by).unwrap(),
            &|now| extensions::ask(now, &ask, sample::clerk(), at).unwrap(),
            &|now| extensions::decide(now, &decide, sample::head(), at).unwrap(),
            &|now| work::complete(now, std::slice::from_ref(&proof), by).unwrap(),
            &|now| oversight::give_back(now, SECRET, giver).unwrap(),
            &|now| oversight::withdraw(now, SECRET, giver).unwrap(),
        ];
        let mut now = start;
        let one = |step: &&dyn Fn(Assignment) -> Change| {
            let change = step(now.clone());
            now = change.assignment.clone();
            change
        };
        steps.iter().map(one).collect()
    }

    fn written(change: &Change) -> String {
        serde_json::to_string(&change.assignment).unwrap() + &serde_json::to_string(&change.entry).unwrap()
    }

    #[test]
    fn no_typed_word_about_a_petition_is_kept_or_told() {
        let accepted = sample::accepted();
        for change in acts(Assignment { source: sample::petition(), ..accepted.clone() }) {
            let text = written(&change);
            assert!(!text.contains("Ví Dụ"), "{:?}: {text}", change.entry.act);
            assert_eq!(
                (change.assignment.title.as_str(), change.assignment.expected_product.as_str()),
                (TITLE, PRODUCT)
            );
        }
        assert!(acts(accepted).iter().all(|change| written(change).contains("Ví Dụ")), "other work keeps its words");
    }

    #[test]
    fn the_name_of_a_unit_waited_for_stays() {
        let start = Assignment { source: sample::petition(), ..sample::accepted() };
        let on: Vec<_> = acts(start).into_iter().map(|change| (change.entry.act, change.entry.note)).collect();
        assert_eq!(on[1], (AssignmentAct::BeginWait, Some(FILED.to_owned())));
        assert_eq!(on[3], (AssignmentAct::BeginWait, Some("Bộ phận Hành chính".to_owned())));
    }
}
