//! Who speaks when, and what a number waits for.

use super::*;
use crate::domain::sample;
use schema_documents::ReviewState as State;

fn document() -> OutgoingDocument {
    OutgoingDocument { draft: Some(sample::id(8)), draft_ordinal: 2, ..sample::outgoing() }
}

fn call(kind: ReviewKind, people: &[u128]) -> AskReviews {
    let of = people.iter().map(|person| Reviewer { person: sample::id(*person), position: sample::id(32) }).collect();
    AskReviews { id: document().id, kind, of, due: None, question: None }
}

fn asking() -> Asking {
    let at = sample::day("2026-11-20").start();
    Asking { by: sample::id(33), at, author: sample::id(33) }
}

fn asked(call: &AskReviews, before: &[Review]) -> Result<Vec<Review>, String> {
    let mut next = 100 + u128::try_from(before.len()).unwrap();
    let fresh = || {
        next += 1;
        sample::id(next)
    };
    ask(call, &document(), asking(), before, fresh).map_err(|fault| fault.code)
}

fn one(kind: ReviewKind, person: u128) -> Review {
    asked(&call(kind, &[person]), &[]).unwrap().remove(0)
}

fn said(review: &Review, agreed: bool, words: &str) -> Review {
    answered(review, agreed, words, asking().at).unwrap()
}

#[test]
fn who_may_be_asked() {
    let opinion = one(ReviewKind::Opinion, 31);
    let past = AskReviews { due: Some(sample::day("2026-11-19")), ..call(ReviewKind::Opinion, &[31]) };
    let table = [
        (call(ReviewKind::Opinion, &[]), vec![], "documents.nobody_asked"),
        (call(ReviewKind::Approval, &[31, 34]), vec![], "documents.one_approver"),
        (call(ReviewKind::Approval, &[33]), vec![], "documents.own_draft"),
        (call(ReviewKind::Opinion, &[31]), vec![opinion.clone()], "documents.asked_already"),
        (call(ReviewKind::Approval, &[34]), vec![opinion], "documents.others_first"),
        (call(ReviewKind::Approval, &[34]), vec![one(ReviewKind::Approval, 40)], "documents.asked_already"),
        (past, vec![], "documents.review_due_past"),
    ];
    for (call, before, code) in table {
        assert_eq!(asked(&call, &before).map(drop), Err(code.to_owned()));
    }
    assert_eq!(asked(&call(ReviewKind::Opinion, &[31, 34]), &[]).unwrap().len(), 2);
}

#[test]
fn approval_is_asked_when_the_others_have_spoken() {
    let may = |before: &[Review]| asked(&call(ReviewKind::Approval, &[40]), before).is_ok();
    let opinion = one(ReviewKind::Opinion, 31);
    let late = Review { due: Some(sample::day("2026-11-19")), ..opinion.clone() };
    let with_words = said(&opinion, true, "sửa mục 2");
    let order = |settlement, words: &str| SettleReview { id: opinion.id, settlement, words: words.into() };
    let accepted = settled(&with_words, &order(Settlement::Accepted, ""), asking().at).unwrap();
    let appraisal = one(ReviewKind::Appraisal, 35);
    let table = [
        (vec![], true),
        (vec![opinion.clone()], false),
        (vec![late], true),
        (vec![said(&opinion, true, "")], true),
        (vec![with_words.clone()], false),
        (vec![accepted], true),
        (vec![appraisal.clone()], false),
        (vec![said(&appraisal, false, "sai thẩm quyền")], false),
        (vec![said(&appraisal, true, "")], true),
    ];
    for (at, (before, expected)) in table.into_iter().enumerate() {
        assert_eq!(may(&before), expected, "row {at}");
    }
    let silent = settled(&with_words, &order(Settlement::Explained, " "), asking().at);
    assert_eq!(silent.unwrap_err().code, "documents.words_missing");
}

#[test]
fn an_answer_is_given_once_by_who_is_asked_upon_the_latest_version() {
    let approval = one(ReviewKind::Approval, 40);
    let later = OutgoingDocument { draft: Some(sample::id(9)), draft_ordinal: 3, ..document() };
    assert_eq!(answerable(&approval, &document(), sample::id(40)), Ok(()));
    assert_eq!(answerable(&approval, &document(), sample::id(41)), Err(ReviewRefusal::NotAsked));
    let changed = Err(ReviewRefusal::TextChanged { ordinal: 3 });
    assert_eq!(answerable(&approval, &later, sample::id(40)), changed);
    let given = said(&approval, true, "");
    assert_eq!(answerable(&given, &document(), sample::id(40)), Err(ReviewRefusal::ReviewSettled));
    assert_eq!(withdrawn(&given, asking().at), Err(ReviewRefusal::ReviewSettled));
    assert_eq!(answered(&approval, false, "", asking().at).unwrap_err().code, "documents.words_missing");

    let not_yet = Err(ReviewRefusal::NotApproved);
    let back = said(&approval, false, "viết gọn lại");
    assert_eq!(approved(&[], &document()), Ok(()), "where nobody asks, nobody has to approve");
    assert_eq!(approved(std::slice::from_ref(&approval), &document()), not_yet);
    assert_eq!(approved(std::slice::from_ref(&given), &document()), Ok(()));
    assert_eq!(approved(std::slice::from_ref(&given), &later), not_yet);
    assert_eq!(approved(std::slice::from_ref(&back), &document()), not_yet);
    let taken = withdrawn(&approval, asking().at).unwrap();
    assert_eq!((taken.state, approved(&[taken], &document())), (State::Withdrawn, Ok(())));
}
