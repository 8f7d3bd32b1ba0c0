//! How long secrets are protected: from the number on, within the law, with a reminder in time.

use schema_documents::{IssueOutgoing, ListProtections, ProtectionStep, RecordProtection};
use testbed::Pair;

use crate::{house::House, masked::drafted, outgoing::issue};

#[tokio::test]
async fn a_protection_begins_with_the_number_and_is_reminded_of_on_both_databases() {
    for pair in [Pair::LocalSqlite, Pair::LocalPostgres] {
        let house = House::open(pair).await;
        let id = drafted(&house).await.id;
        let step = |step, until| RecordProtection {
            office: house.office,
            outgoing: Some(id),
            incoming: None,
            step,
            on: house.today(),
            until,
            decision: Some("02-QĐ/ĐU".into()),
        };
        let soon = step(ProtectionStep::Set, Some(house.day(59)));
        assert_eq!(house.refused(&soon).await, "documents.secret_unnumbered");
        house.clerk.call(&IssueOutgoing { signatory: None, ..issue(id) }).await.unwrap();
        let list = ListProtections { office: house.office, due: false, limit: None, cursor: None };
        let begun = house.clerk.call(&list).await.unwrap().items;
        assert_eq!((begun[0].outgoing, begun[0].set_on, begun[0].number), (Some(id), house.today(), 1));
        let none = ListProtections { due: true, ..list.clone() };
        assert!(house.clerk.call(&none).await.unwrap().items.is_empty(), "there are years until then");
        house.clerk.call(&soon).await.unwrap();
        assert_eq!(
            house.clerk.call(&none).await.unwrap().items[0].until,
            house.day(59),
            "reminded of sixty days ahead"
        );
        let longer = house.clerk.call(&step(ProtectionStep::Extended, Some(house.day(400)))).await.unwrap();
        assert_eq!((longer.extensions, longer.until), (1, house.day(400)));
        assert_eq!(house.refused(&soon).await, "documents.protection_settled");
        house.clerk.call(&step(ProtectionStep::Ended, None)).await.unwrap();
        assert!(house.clerk.call(&list).await.unwrap().items.is_empty());
        let open = RecordProtection { outgoing: Some(house.drafted().await.id), ..soon.clone() };
        assert_eq!(house.refused(&open).await, "documents.secret_unnumbered");
        let arrived = RecordProtection { outgoing: None, incoming: Some(house.registered(1).await.id), ..soon };
        assert_eq!(house.refused(&arrived).await, "documents.not_secret");
        house.close().await;
    }
}
