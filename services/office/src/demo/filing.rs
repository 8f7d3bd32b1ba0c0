//! Dossiers for trials: the year's list in force, and a dossier in which the first papers of the week lie.

use anyhow::Result;
use schema_documents::{
    ApproveDossierList, DraftDossierList, FilePaper, IncomingState, ListIncoming, ListOrder, OpenDossier, Retention,
    SaveDossierEntry,
};
use schema_identity::FindUnits;
use wire::Day;

use super::{desk::Desk, hiring::Place};

/// Who draws the list up, and keeps the dossier.
const CLERK: &str = "vanthu";
/// Who puts the list into force.
const CHIEF: &str = "chanhvp";
/// Heading, code, title and term of each entry; no term is for ever.
const ENTRIES: [(&str, &str, &str, Option<u8>); 4] = [
    ("I. Tổng hợp", "01", "Chương trình công tác năm của cấp ủy", Some(10)),
    ("I. Tổng hợp", "02", "Báo cáo tháng, quý, năm", None),
    ("II. Hành chính", "03", "Công văn trao đổi với các cơ quan", Some(10)),
    ("II. Hành chính", "04", "Lễ tân, hội nghị", Some(5)),
];

/// Draws the list up, puts it into force, opens a dossier and files papers.
pub(super) async fn keep(desk: &mut Desk<'_>, place: &Place, today: Day) -> Result<()> {
    let (clerk, chief) = (place.who(CLERK), place.who(CHIEF));
    let units = FindUnits { office: Some(place.id), limit: Some(200), ..FindUnits::default() };
    let units = desk.ask(&clerk, &units).await?.items;
    let Some(unit) = units.iter().find(|unit| unit.name.starts_with("Văn phòng")) else { return Ok(()) };
    let year = u16::try_from(today.year())?;
    let call = DraftDossierList { office: place.id, year, copy_from: None };
    let list = desk.ask(&clerk, &call).await?.id;
    let mut entries = Vec::new();
    for (heading, code, title, years) in ENTRIES {
        let retention = years.map_or(Retention::Permanent, Retention::Years);
        let (heading, code, title) = (heading.to_owned(), code.to_owned(), title.to_owned());
        let call = SaveDossierEntry { list, entry: None, heading, code, title, retention, keeper: unit.id };
        entries.push(desk.ask(&clerk, &call).await?.id);
    }
    let instrument = Some("Quyết định ban hành danh mục hồ sơ (bản mẫu)".to_owned());
    desk.ask(&chief, &ApproveDossierList { id: list, instrument }).await?;
    let call = OpenDossier {
        office: place.id,
        entry: entries.get(2).copied(),
        title: None,
        retention: None,
        keeper: None,
        reason: None,
    };
    let dossier = desk.ask(&clerk, &call).await?.id;
    let call = ListIncoming {
        office: place.id,
        register: None,
        from: None,
        to: None,
        state: Some(IncomingState::Registered),
        disposition: None,
        due_before: None,
        unassigned: false,
        unit: None,
        q: None,
        order: ListOrder::default(),
        limit: Some(20),
        cursor: None,
    };
    for document in desk.ask(&clerk, &call).await?.items.into_iter().filter(|one| !one.masked).take(3) {
        desk.ask(&clerk, &FilePaper { id: dossier, incoming: Some(document.id), outgoing: None }).await?;
    }
    Ok(())
}
