//! What came back, until somebody goes on with it.

use schema_documents::{
    ListSentBack, ObjectToInstruction, PassIncoming, ReturnIncoming, ReturnProposal, SentBack, SentBackHow,
    VoidIncoming,
};
use testbed::{Pair, Person};
use wire::id::IncomingId;

use crate::{
    house::House,
    instructions::{CHIEF, MEMBER, proposed},
    transcriptions::transcribed_by,
};

#[tokio::test]
async fn what_came_back_waits_until_somebody_goes_on_on_sqlite() {
    came_back(Pair::LocalSqlite).await;
}

#[tokio::test]
async fn what_came_back_waits_until_somebody_goes_on_on_postgres() {
    came_back(Pair::LocalPostgres).await;
}

async fn listed(house: &House, who: &Person) -> Vec<SentBack> {
    let call = ListSentBack { office: house.office, limit: None, cursor: None };
    who.call(&call).await.unwrap().items
}

fn brief(items: &[SentBack]) -> Vec<(IncomingId, SentBackHow, Option<&str>)> {
    items.iter().map(|item| (item.document.id, item.how, item.reason.as_deref())).collect()
}

async fn came_back(pair: Pair) {
    let house = House::open(pair).await;
    let (chief, member) = (house.hired(CHIEF), house.hired(MEMBER));
    house.remember(&member);
    let [paper, proposal, written, passing] =
        [house.registered(1).await, house.registered(2).await, house.registered(3).await, house.registered(4).await];
    let desk = house.unit("Ban Xây dựng Đảng", None);
    let pass = |id| PassIncoming { id, unit: desk.id, position: None, note: None };

    house.clerk.call(&pass(passing.id)).await.unwrap();
    assert_eq!(listed(&house, &house.clerk).await, [], "what lies at a desk has not come back");
    house.clerk.call(&pass(paper.id)).await.unwrap();
    let said = Some("Không thuộc Ban".to_owned());
    house.clerk.call(&ReturnIncoming { id: paper.id, note: said }).await.unwrap();
    let put = proposed(&house, &chief, proposal.id, &member).await;
    member.call(&ReturnProposal { id: put.id, reason: "Nêu rõ đơn vị".into() }).await.unwrap();
    let given = transcribed_by(&house, written.id, &member).await;
    member.call(&ObjectToInstruction { id: given.id, reason: "Không phải chữ tôi".into() }).await.unwrap();

    let items = listed(&house, &house.clerk).await;
    let expected = [
        (written.id, SentBackHow::Instruction, Some("Không phải chữ tôi")),
        (proposal.id, SentBackHow::Proposal, Some("Nêu rõ đơn vị")),
        (paper.id, SentBackHow::Paper, Some("Không thuộc Ban")),
    ];
    assert_eq!(brief(&items), expected, "the latest first");
    assert_eq!((items[2].unit_name.as_deref(), items[2].by), (Some("Ban Xây dựng Đảng"), Some(house.clerk.id())));
    assert_eq!(items[1].by, Some(member.id()));
    let first = ListSentBack { office: house.office, limit: Some(2), cursor: None };
    let page = house.clerk.call(&first).await.unwrap();
    let rest = house.clerk.call(&ListSentBack { cursor: page.next, ..first }).await.unwrap();
    assert_eq!((page.items.len(), brief(&rest.items)), (2, expected[2..].to_vec()));

    house.clerk.call(&pass(paper.id)).await.unwrap();
    proposed(&house, &chief, proposal.id, &member).await;
    let void = VoidIncoming { id: written.id, reason: "nhầm".into(), masked_reason: None, citizen_letter: false };
    // A new proposal is a disposition's first step: it goes on, as passing and voiding do.
    house.clerk.call(&void).await.unwrap();
    assert_eq!(listed(&house, &house.clerk).await, []);
    house.clerk.call(&ReturnIncoming { id: paper.id, note: None }).await.unwrap();
    assert_eq!(brief(&listed(&house, &house.clerk).await), [(paper.id, SentBackHow::Paper, None)]);
    let other = ListSentBack { office: house.office, limit: None, cursor: None };
    assert!(house.bench.person(&[]).call(&other).await.is_err(), "whoever may not read is not told");
    house.close().await;
}
