//! Routings kept to be used again.

use schema_documents::{
    DropRoutingTemplate, IncomingRouting, ListRoutingTemplates, RoutingTemplate, SaveRoutingTemplate,
};
use testbed::{Pair, Person};

use crate::{
    house::{House, refused},
    instructions::{CHIEF, MEMBER, work},
};

fn named(house: &House, name: &str) -> SaveRoutingTemplate {
    let routing = IncomingRouting { due: None, ..work(house) };
    SaveRoutingTemplate { office: house.office, name: name.to_owned(), routing, replaces: false }
}

async fn kept(house: &House, who: &Person) -> Vec<(String, i64)> {
    let page = who.call(&ListRoutingTemplates { office: house.office }).await.unwrap();
    page.items.into_iter().map(|one: RoutingTemplate| (one.name, one.version.0)).collect()
}

#[tokio::test]
async fn an_office_keeps_replaces_and_drops_routings_on_both_databases() {
    for pair in [Pair::LocalSqlite, Pair::LocalPostgres] {
        let house = House::open(pair).await;
        let (chief, member) = (house.hired(CHIEF), house.hired(MEMBER));
        let report = chief.call(&named(&house, "Báo cáo tháng")).await.unwrap();
        chief.call(&named(&house, "an ninh")).await.unwrap();
        assert_eq!(kept(&house, &member).await, [("an ninh".to_owned(), 1), ("Báo cáo tháng".to_owned(), 1)]);

        let again = SaveRoutingTemplate { replaces: true, ..named(&house, "báo cáo THÁNG") };
        let taken = refused(&member, &SaveRoutingTemplate { replaces: false, ..again.clone() }).await;
        assert_eq!((taken.code.as_str(), taken.field.as_deref()), ("documents.template_name_taken", Some("name")));
        let replaced = member.call(&again).await.unwrap();
        assert_eq!((replaced.id, replaced.version.0, replaced.by), (report.id, 2, member.id()));

        let dropped = chief.call(&DropRoutingTemplate { id: report.id }).await.unwrap();
        assert_eq!(dropped, replaced);
        assert_eq!(kept(&house, &chief).await, [("an ninh".to_owned(), 1)]);
        let gone = refused(&chief, &DropRoutingTemplate { id: report.id }).await;
        assert_eq!(gone.code, "documents.template_missing");
        house.close().await;
    }
}

#[tokio::test]
async fn what_could_not_be_put_to_anybody_is_not_kept() {
    let house = House::plain().await;
    let chief = house.hired(CHIEF);
    let mut foreign = named(&house, "Một");
    foreign.routing.lead = Some(runtime::fresh_id().into());
    let dated = SaveRoutingTemplate { routing: work(&house), ..named(&house, "Một") };
    for (call, code) in [(foreign, "documents.unit_unknown"), (dated, "documents.template_dated")] {
        assert_eq!(refused(&chief, &call).await.code, code);
    }
    let reader = house.hired(&["documents.incoming.read"]);
    assert_eq!(refused(&reader, &ListRoutingTemplates { office: house.office }).await.code, "wire.denied");
    assert!(kept(&house, &chief).await.is_empty());
    house.close().await;
}
