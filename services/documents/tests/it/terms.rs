//! The office's own term: for what arrives from its day on, never for what has its day.

use schema_documents::{
    DisposeIncoming, Disposition, ListHandlingTerms, SetHandlingTerm, TermPurpose, TermUnit, TryHandlingTerm,
};
use testbed::Pair;

use crate::house::House;

#[tokio::test]
async fn what_arrives_has_the_offices_own_term_and_what_had_a_day_keeps_it() {
    for pair in [Pair::LocalSqlite, Pair::LocalPostgres] {
        let house = House::open(pair).await;
        let dispose = |id| DisposeIncoming { id, disposition: Disposition::ToProcess, due: None, note: None };
        let before = house.clerk.call(&dispose(house.registered(1).await.id)).await.unwrap();
        assert!(before.due_reason.as_deref().unwrap().contains("10 ngày"), "{before:?}");

        let (office, unit) = (house.office, TermUnit::Calendar);
        let term = SetHandlingTerm { office, days: 5, unit, from: house.today(), decision: "15-QĐ/ĐU".into() };
        let late = SetHandlingTerm { from: house.day(-1), ..term.clone() };
        assert_eq!(house.refused(&late).await, "documents.term_backdated");
        let endless = SetHandlingTerm { days: 366, ..term.clone() };
        assert_eq!(house.refused(&endless).await, "documents.term_days_unfit");
        let purpose = TermPurpose::HandleIncoming;
        let trial = TryHandlingTerm { office, purpose, start: house.today(), days: Some(5), unit: Some(unit) };
        let tried = house.clerk.call(&trial).await.unwrap();
        let effect = tried.effect.unwrap();
        assert_eq!((effect.looked_at, effect.changed, effect.later), (1, 1, 0));

        let set = house.clerk.call(&term).await.unwrap();
        let after = house.clerk.call(&dispose(house.registered(2).await.id)).await.unwrap();
        assert_eq!(after.due, Some(tried.due));
        assert!(after.due_reason.as_deref().unwrap().contains("15-QĐ/ĐU"), "{after:?}");
        let again = house.clerk.call(&TryHandlingTerm { days: None, ..trial }).await.unwrap();
        assert_eq!((again.due, again.effect), (tried.due, None), "the one in force is the office's own");
        let terms = house.clerk.call(&ListHandlingTerms { office, limit: None, cursor: None }).await.unwrap().items;
        assert_eq!((terms[0].own, terms.len() > 4), (set.own, true));
        house.close().await;
    }
}
