//! L3: the work that a document asks for goes to the one unit that leads, by a day, for a product.

use axum::{body::Body, extract::Path, http::Response};
use schema_documents::IncomingRouting;
use schema_programme::{Assign, AssignmentSource, AssignmentSourceKind};
use wire::id::IncomingId;

use crate::{
    format,
    kit::typed::Typed,
    screens::{
        record::{after, incomplete},
        registering::word,
    },
    visit::Posted,
};

/// What the form proposes: the work is mostly what the paper is about, and goes where the instruction says.
pub(crate) fn proposed(title: &str, routing: Option<&IncomingRouting>) -> Typed {
    let mut pairs = vec![("title", title.to_owned())];
    if let Some(routing) = routing {
        pairs.extend(routing.lead.map(|unit| ("lead_unit", unit.to_string())));
        pairs.extend(routing.with.iter().map(|unit| ("coordinators", unit.to_string())));
        pairs.extend(routing.due.map(|due| ("assign_due", format::day(due))));
    }
    Typed::proposing(&pairs)
}

/// Gives the work.
pub(crate) async fn assign(Path(id): Path<IncomingId>, posted: Posted) -> Response<Body> {
    let typed = &posted.fields;
    let Ok(lead_unit) = typed.get("lead_unit").parse() else {
        return incomplete(&posted, id, "lead_unit", "lead-missing").await;
    };
    let due = typed.get("assign_due");
    if !due.is_empty() && format::read_day(due).is_none() {
        return incomplete(&posted, id, "assign_due", "day-unreadable").await;
    }
    let source =
        AssignmentSource { kind: AssignmentSourceKind::IncomingDocument, id: Some(id.into()), label: String::new() };
    let call = Assign {
        office: posted.inside.who.office(),
        source,
        title: typed.get("title").to_owned(),
        expected_product: typed.get("expected_product").to_owned(),
        lead_unit,
        lead_position: None,
        coordinators: typed.all("coordinators").into_iter().filter_map(|unit| unit.parse().ok()).collect(),
        urgency: word(typed.get("urgency")).unwrap_or_default(),
        due: format::read_day(due),
        term: None,
        parent: None,
    };
    let acted = posted.act(&call).await;
    after(&posted, id, "giao", acted, &[("due", "assign_due")]).await
}
