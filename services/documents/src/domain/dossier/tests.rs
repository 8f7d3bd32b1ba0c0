//! Dossiers: what is missing in them, and in which order documents lie.

use wire::id::DossierPaperId;

use super::*;
use crate::domain::sample;

fn arrived(files: bool, due: bool) -> Box<IncomingDocument> {
    let mut document = sample::incoming();
    document.due = due.then(|| sample::day("2026-11-20"));
    document.disposition = due.then_some(Disposition::ToProcess);
    if !files {
        document.files.clear();
    } else if document.files.is_empty() {
        document.files = vec![sample::file("a")];
    }
    Box::new(document)
}

fn answer(state: OutgoingState) -> OutgoingDocument {
    OutgoingDocument { state, files: vec![sample::file("b")], ..sample::outgoing() }
}

#[test]
fn what_is_missing_is_said_document_by_document() {
    use DossierGapKind::*;
    let incoming = |document, is_unfinished, was_finished, answers| Lying::Incoming {
        document,
        is_unfinished,
        was_finished,
        answers,
    };
    let issued = || answer(OutgoingState::Issued);
    let table = [
        (vec![], vec![Empty]),
        (vec![incoming(arrived(true, true), false, false, vec![])], vec![Unanswered]),
        (vec![incoming(arrived(true, true), true, false, vec![])], vec![Unfinished]),
        (vec![incoming(arrived(true, true), false, true, vec![])], vec![]),
        (vec![incoming(arrived(true, true), false, false, vec![(issued(), true)])], vec![]),
        (vec![incoming(arrived(true, true), false, false, vec![(issued(), false)])], vec![AnswerElsewhere]),
        (
            vec![incoming(arrived(true, true), false, false, vec![(answer(OutgoingState::Draft), false)])],
            vec![Unanswered],
        ),
        (vec![incoming(arrived(false, false), false, false, vec![])], vec![Fileless]),
        (vec![Lying::Outgoing(Box::new(issued()))], vec![]),
        (vec![Lying::Outgoing(Box::new(OutgoingDocument { files: vec![], ..issued() }))], vec![Fileless]),
    ];
    for (lying, expected) in table {
        let found: Vec<_> = missing(&lying).into_iter().map(|gap| gap.kind).collect();
        assert_eq!(found, expected, "{lying:?}");
    }
}

#[test]
fn documents_lie_by_their_day_on_pages_that_do_not_overlap() {
    let (one, two, three): (DossierPaperId, _, _) = (sample::id(1), sample::id(2), sample::id(3));
    let papers = || vec![(one, Some(sample::day("2026-03-02"))), (two, Some(sample::day("2026-03-01"))), (three, None)];
    let pages = |paper, first, last| PaperPages { paper, first, last };
    let list = placed(papers(), &[pages(two, 1, 4), pages(one, 5, 5)]).unwrap();
    let order: Vec<_> = list.iter().map(|one| (one.paper, one.ordinal, one.pages)).collect();
    assert_eq!(order, [(three, 1, None), (two, 2, Some((1, 4))), (one, 3, Some((5, 5)))]);
    for wrong in [
        vec![pages(one, 0, 2)],
        vec![pages(one, 3, 2)],
        vec![pages(one, 1, 3), pages(two, 3, 4)],
        vec![pages(sample::id(9), 1, 2)],
        vec![pages(one, 1, 2), pages(one, 5, 6)],
    ] {
        assert_eq!(placed(papers(), &wrong), Err(DossierRefusal::PagesUnfit), "{wrong:?}");
    }
}

#[test]
fn a_year_and_a_term_are_ones_that_somebody_means() {
    let today = sample::day("2026-11-24");
    let years = [1999, 2000, 2027, 2028].map(|one| year(one, today).is_ok());
    assert_eq!(years, [false, true, true, false]);
    let terms = [Retention::Years(0), Retention::Years(1), Retention::Years(101), Retention::Permanent];
    assert_eq!(terms.map(|one| term(one).is_ok()), [false, true, false, true]);
}
