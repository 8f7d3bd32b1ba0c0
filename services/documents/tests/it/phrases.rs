//! What the papers of an office say beyond the rules of form.

use schema_documents::{
    CheckDraft, ListPaperTemplates, PaperPhrases, PreviewPaperTemplate, SavePaperTemplate, TryPaperTemplate,
};
use testbed::Pair;

use crate::house::{House, refused};

fn order(house: &House, from: i64) -> SavePaperTemplate {
    let says = PaperPhrases {
        place: Some(" Ví Dụ ".into()),
        recipients: vec!["Lưu Văn phòng".into()],
        ..PaperPhrases::default()
    };
    SavePaperTemplate { office: house.office, genre: None, from: house.day(from), says }
}

#[tokio::test]
async fn templates_hold_from_today_on_and_stay_on_both_databases() {
    for pair in [Pair::LocalSqlite, Pair::LocalPostgres] {
        let house = House::open(pair).await;
        assert_eq!(house.refused(&order(&house, -1)).await, "documents.paper_template_past");
        let unknown = SavePaperTemplate { genre: Some("novel".into()), ..order(&house, 0) };
        assert_eq!(house.refused(&unknown).await, "documents.genre_unknown");
        let many = PaperPhrases { recipients: vec!["Lưu".into(); 21], ..PaperPhrases::default() };
        let many = SavePaperTemplate { says: many, ..order(&house, 0) };
        assert_eq!(house.refused(&many).await, "documents.too_many");
        let first = house.clerk.call(&order(&house, 0)).await.unwrap();
        assert_eq!((first.says.place.as_deref(), first.by), (Some("Ví Dụ"), house.clerk.id()));
        let second = house.clerk.call(&SavePaperTemplate { genre: Some("notice".into()), ..order(&house, 3) }).await;
        let second = second.unwrap();
        let call = ListPaperTemplates { office: house.office, limit: Some(1), cursor: None };
        let page = house.clerk.call(&call).await.unwrap();
        assert_eq!(page.items, std::slice::from_ref(&second));
        let rest = house.clerk.call(&ListPaperTemplates { cursor: page.next, ..call }).await.unwrap();
        assert_eq!((rest.items, rest.next), (vec![first.clone()], None));

        let short = PaperPhrases { most_pages: Some(1), ..PaperPhrases::default() };
        house.clerk.call(&SavePaperTemplate { says: short, ..order(&house, 0) }).await.unwrap();
        let draft = house.drafted().await;
        let checked = house.clerk.call(&CheckDraft { id: draft.id, draft: None }).await.unwrap();
        assert!(
            checked.findings.iter().all(|one| one.rule != "too_long"),
            "nobody lays papers out, so nothing is known"
        );
        let reader = house.hired(&["documents.outgoing.read"]);
        assert_eq!(refused(&reader, &order(&house, 0)).await.code, "wire.denied");
        // Nobody lays papers out here, and that is no fault of the phrases.
        assert_eq!(refused(&reader, &TryPaperTemplate { id: first.id }).await.code, "documents.press_away");
        let nowhere = PreviewPaperTemplate { id: runtime::fresh_id().into(), genre: None };
        assert_eq!(refused(&reader, &nowhere).await.code, "documents.paper_template_missing");
        house.close().await;
    }
}
