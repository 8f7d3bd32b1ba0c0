//! Opinions, appraisal and approval upon a draft, and the number that waits for them.

use schema_documents::{
    AddDraft, AnswerReview, ApproveOutgoing, AskReviews, ListMyReviews, ListReviews, OutgoingDocument, Review,
    ReviewKind as Kind, ReviewState as State, Reviewer, SettleReview, Settlement, TakeReviewBack,
};
use testbed::{Pair, Person};
use wire::id::OutgoingId;

use crate::{
    house::{House, refused},
    outgoing::issue,
};

const READER: &[&str] = &["documents.outgoing.read"];
const LEADER: &[&str] = &["documents.outgoing.read", "documents.outgoing.sign"];

fn reviewer(who: &Person) -> Reviewer {
    Reviewer { person: who.id(), position: who.authority().unwrap().grants[0].position }
}

fn call(id: OutgoingId, kind: Kind, of: &[&Person]) -> AskReviews {
    AskReviews { id, kind, of: of.iter().map(|who| reviewer(who)).collect(), due: None, question: None }
}

async fn mine(house: &House, who: &Person) -> Vec<Review> {
    who.call(&ListMyReviews { office: house.office, limit: None, cursor: None }).await.unwrap().items
}

#[tokio::test]
async fn a_draft_goes_from_opinions_to_approval_and_its_number_on_both_databases() {
    for pair in [Pair::LocalSqlite, Pair::LocalPostgres] {
        let house = House::open(pair).await;
        let (expert, leader) = (house.hired(READER), house.hired(LEADER));
        let OutgoingDocument { id, .. } = house.drafted().await;
        let early = call(id, Kind::Opinion, &[&expert]);
        assert_eq!(house.refused(&early).await, "documents.reviewer_unfit");
        house.remember(&expert);
        house.remember(&leader);
        assert_eq!(house.refused(&call(id, Kind::Approval, &[&house.clerk])).await, "documents.reviewer_unfit");

        let asked = house.clerk.call(&call(id, Kind::Opinion, &[&expert])).await.unwrap().items.remove(0);
        assert_eq!(mine(&house, &expert).await, std::slice::from_ref(&asked));
        let approval = call(id, Kind::Approval, &[&leader]);
        assert_eq!(house.refused(&approval).await, "documents.others_first");
        let answer = AnswerReview { id: asked.id, agreed: true, words: "Lùi mục 2 sang tháng 12".into() };
        assert_eq!(refused(&leader, &answer).await.code, "documents.not_asked");
        assert_eq!(expert.call(&answer).await.unwrap().state, State::AgreedWithWords);
        assert_eq!(refused(&expert, &answer).await.code, "documents.review_settled");
        assert_eq!(house.refused(&approval).await, "documents.others_first", "what came is to be dealt with");
        let settle = SettleReview { id: asked.id, settlement: Settlement::Accepted, words: "Đã sửa".into() };
        house.clerk.call(&settle).await.unwrap();

        let asked = house.clerk.call(&approval).await.unwrap().items.remove(0);
        assert_eq!(house.refused(&issue(id)).await, "documents.not_approved");
        house.clerk.call(&AddDraft { id, text: "Bản sửa.".into(), note: None }).await.unwrap();
        let approve = ApproveOutgoing { id: asked.id };
        assert_eq!(refused(&leader, &approve).await.code, "documents.text_changed_since");
        house.clerk.call(&TakeReviewBack { id: asked.id }).await.unwrap();
        let asked = house.clerk.call(&approval).await.unwrap().items.remove(0);
        let agreed = AnswerReview { id: asked.id, agreed: true, words: String::new() };
        assert_eq!(refused(&leader, &agreed).await.code, "documents.approval_apart");
        assert_eq!(refused(&expert, &ApproveOutgoing { id: asked.id }).await.kind, wire::Kind::Denied);
        assert_eq!(leader.call(&ApproveOutgoing { id: asked.id }).await.unwrap().state, State::Agreed);
        assert!(mine(&house, &leader).await.is_empty());
        assert_eq!(house.clerk.call(&issue(id)).await.unwrap().number, Some(1));
        assert_eq!(house.refused(&call(id, Kind::Opinion, &[&expert])).await, "documents.not_a_draft");
        let all = house.clerk.call(&ListReviews { id, limit: None, cursor: None }).await.unwrap().items;
        assert_eq!(
            all.iter().map(|one| one.state).collect::<Vec<_>>(),
            [State::Agreed, State::Withdrawn, State::AgreedWithWords]
        );
        house.close().await;
    }
}

/// Whoever wrote it has no word upon it.
#[tokio::test]
async fn nobody_speaks_upon_their_own_draft() {
    let house = House::plain().await;
    house.remember(&house.clerk);
    let OutgoingDocument { id, .. } = house.drafted().await;
    for kind in [Kind::Opinion, Kind::Appraisal, Kind::Approval] {
        assert_eq!(house.refused(&call(id, kind, &[&house.clerk])).await, "documents.own_draft");
    }
    house.close().await;
}
