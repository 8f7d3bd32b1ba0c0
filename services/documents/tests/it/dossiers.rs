//! Dossiers of work: the year's list, filing by hand and by rule, what is missing, handing over, closing, opening again, and
//! how much of finished work is kept.

use schema_documents::{
    AnswerDossierHandover, ApproveDossierList, CheckDossier, CloseDossier, Dossier, DossierAct, DossierEntry,
    DossierGapKind, DossierState, DraftDossierList, DraftOutgoing, FilePaper, GetDossier, GetDossierList,
    GetDossierShares, HandDossierOver, ListDossierEntries, ListDossierPapers, ListDossierSteps, ListDossiers,
    ListUnfiledWork, OpenDossier, PaperPages, RemoveDossierEntry, ReopenDossier, Retention, SaveDossierEntry,
    TakeOutPaper, TieAssignment,
};
use testbed::Pair;
use wire::{
    Version,
    id::{AssignmentId, DossierId, DossierListId, UnitId},
};

use crate::{
    due::begun,
    house::{CLERK, House, refused},
    outgoing::issue,
    telling::assignment,
};

fn year(house: &House) -> u16 {
    u16::try_from(house.today().year()).unwrap()
}

fn entry(list: DossierListId, code: &str, keeper: UnitId) -> SaveDossierEntry {
    SaveDossierEntry {
        list,
        entry: None,
        heading: "I. Tổng hợp".to_owned(),
        code: code.to_owned(),
        title: format!("Hồ sơ số {code}"),
        retention: Retention::Years(10),
        keeper,
    }
}

/// A list in force with one entry, and the unit that keeps it.
async fn listed(house: &House) -> (DossierEntry, UnitId) {
    let unit = house.unit("Phòng Tổng hợp", None).id;
    let call = DraftDossierList { office: house.office, year: year(house), copy_from: None };
    let list = house.clerk.call(&call).await.unwrap();
    let entry = house.clerk.call(&entry(list.id, "01", unit)).await.unwrap();
    house.clerk.call(&ApproveDossierList { id: list.id, instrument: None }).await.unwrap();
    (entry, unit)
}

fn of(entry: &DossierEntry) -> OpenDossier {
    let (office, entry) = (entry.office, Some(entry.id));
    OpenDossier { office, entry, title: None, retention: None, keeper: None, reason: None }
}

fn papers(dossier: DossierId) -> ListDossierPapers {
    ListDossierPapers { dossier: Some(dossier), incoming: None, outgoing: None, limit: None, cursor: None }
}

async fn missing(house: &House, id: DossierId) -> Vec<DossierGapKind> {
    let check = house.clerk.call(&CheckDossier { id }).await.unwrap();
    check.missing.into_iter().map(|gap| gap.kind).collect()
}

#[tokio::test]
async fn the_list_of_a_year_is_drafted_copied_and_put_into_force() {
    for pair in [Pair::LocalSqlite, Pair::LocalPostgres] {
        let house = House::open(pair).await;
        let (unit, this) = (house.unit("Phòng Tổng hợp", None).id, year(&house));
        let draft = |year, copy_from| DraftDossierList { office: house.office, year, copy_from };
        assert_eq!(house.refused(&draft(1999, None)).await, "documents.dossier_year_unfit");
        let list = house.clerk.call(&draft(this, None)).await.unwrap();
        assert_eq!(house.refused(&draft(this, None)).await, "documents.dossier_list_there");
        assert_eq!(
            house.refused(&ApproveDossierList { id: list.id, instrument: None }).await,
            "documents.dossier_list_not_ready"
        );
        let first = house.clerk.call(&entry(list.id, "01", unit)).await.unwrap();
        house.clerk.call(&entry(list.id, "02", unit)).await.unwrap();
        assert_eq!(house.refused(&entry(list.id, "02", unit)).await, "documents.dossier_code_taken");
        let endless = SaveDossierEntry { retention: Retention::Years(0), ..entry(list.id, "03", unit) };
        assert_eq!(house.refused(&endless).await, "documents.retention_unfit");
        let changed =
            SaveDossierEntry { entry: Some(first.id), retention: Retention::Permanent, ..entry(list.id, "01", unit) };
        assert_eq!(house.clerk.call(&changed).await.unwrap().retention, Retention::Permanent);
        assert_eq!(house.refused(&of(&first)).await, "documents.dossier_list_not_ready");
        let instrument = Some("Quyết định số 5-QĐ/ĐU".to_owned());
        let list = house.clerk.call(&ApproveDossierList { id: list.id, instrument }).await.unwrap();
        assert_eq!((list.approved_on, list.entries), (Some(house.today()), 2));
        assert_eq!(house.refused(&entry(list.id, "04", unit)).await, "documents.dossier_list_approved");
        assert_eq!(house.refused(&RemoveDossierEntry { id: first.id }).await, "documents.dossier_list_approved");

        let next = house.clerk.call(&draft(this + 1, Some(this))).await.unwrap();
        let listed = ListDossierEntries { list: next.id, limit: Some(1), cursor: None };
        let page = house.clerk.call(&listed).await.unwrap();
        assert_eq!((page.items[0].code.as_str(), page.items[0].retention), ("01", Retention::Permanent));
        let rest = house.clerk.call(&ListDossierEntries { cursor: page.next, ..listed }).await.unwrap();
        assert_eq!((rest.items.len(), rest.next), (1, None));
        house.clerk.call(&RemoveDossierEntry { id: rest.items[0].id }).await.unwrap();
        let of_year = GetDossierList { office: house.office, year: this + 1 };
        assert_eq!(house.clerk.call(&of_year).await.unwrap().entries, 1);
        house.close().await;
    }
}

#[tokio::test]
async fn a_dossier_is_filled_handed_over_closed_and_opened_again() {
    for pair in [Pair::LocalSqlite, Pair::LocalPostgres] {
        let house = House::open(pair).await;
        let (entry, unit) = listed(&house).await;
        let other = house.unit("Phòng Hành chính", None).id;
        let dossier = house.clerk.call(&of(&entry)).await.unwrap();
        assert_eq!((dossier.code.as_deref(), dossier.keeper, dossier.papers), (Some("01"), unit, 0));
        assert_eq!(missing(&house, dossier.id).await, [DossierGapKind::Empty]);
        let beside = OpenDossier { entry: None, ..of(&entry) };
        assert_eq!(house.refused(&beside).await, "documents.dossier_outside_unsaid");

        let letter = house.registered(1).await;
        let file = FilePaper { id: dossier.id, incoming: Some(letter.id), outgoing: None };
        let line = house.clerk.call(&file).await.unwrap();
        assert_eq!((line.symbol, line.by_rule), (letter.symbol.clone(), false));
        assert_eq!(house.refused(&file).await, "documents.dossier_paper_there");
        assert_eq!(
            house.refused(&FilePaper { incoming: None, ..file.clone() }).await,
            "documents.dossier_paper_unnamed"
        );
        let draft = house.drafted().await;
        let drafted = FilePaper { incoming: None, outgoing: Some(draft.id), ..file.clone() };
        assert_eq!(house.refused(&drafted).await, "documents.dossier_paper_unfit");

        // What answers a paper of the dossier joins it by itself.
        let answer = DraftOutgoing { replies_to: vec![letter.id], ..house.draft() };
        let answer = house.clerk.call(&answer).await.unwrap();
        house.clerk.call(&issue(answer.id)).await.unwrap();
        let found = house.clerk.call(&papers(dossier.id)).await.unwrap().items;
        assert_eq!((found.len(), found[1].outgoing, found[1].by_rule), (2, Some(answer.id), true));
        let places = ListDossierPapers { dossier: None, incoming: Some(letter.id), ..papers(dossier.id) };
        assert_eq!(house.clerk.call(&places).await.unwrap().items[0].dossier_title, dossier.title);

        // Whoever reads only one kind sees and counts only that kind.
        let reader = house.hired(&["documents.dossiers.read", "documents.incoming.read"]);
        let seen = reader.call(&GetDossier { id: dossier.id }).await.unwrap();
        let lines = reader.call(&papers(dossier.id)).await.unwrap().items;
        assert_eq!((seen.papers, lines.len(), lines[0].incoming), (1, 1, Some(letter.id)));
        assert_eq!(refused(&reader, &file).await.code, "wire.denied");

        let over = HandDossierOver { id: dossier.id, unit: other, note: Some("Theo phân công mới".to_owned()) };
        assert_eq!(house.refused(&HandDossierOver { unit, ..over.clone() }).await, "documents.dossier_handover_unfit");
        let offered = house.clerk.call(&over).await.unwrap();
        assert_eq!((offered.keeper, offered.offered.map(|one| one.0)), (unit, Some(other)));
        let taken = AnswerDossierHandover { id: dossier.id, accept: true, reason: None };
        assert_eq!(house.clerk.call(&taken).await.unwrap().keeper, other);
        assert_eq!(house.refused(&taken).await, "documents.dossier_handover_unfit");

        assert_eq!(missing(&house, dossier.id).await, [DossierGapKind::Fileless, DossierGapKind::Fileless]);
        let close = CloseDossier { id: dossier.id, confirmed: false, pages: Vec::new() };
        assert_eq!(house.refused(&close).await, "documents.dossier_incomplete");
        let pages = vec![PaperPages { paper: line.id, first: 1, last: 2 }];
        let twice = CloseDossier { confirmed: true, pages: [pages.clone(), pages.clone()].concat(), ..close.clone() };
        assert_eq!(house.refused(&twice).await, "documents.dossier_pages_unfit");
        let closed = house.clerk.call(&CloseDossier { confirmed: true, pages, ..close }).await.unwrap();
        assert_eq!((closed.state, closed.papers), (DossierState::Closed, 2));
        let found = house.clerk.call(&papers(dossier.id)).await.unwrap().items;
        assert_eq!((found[0].ordinal, found[0].last_page, found[1].ordinal), (Some(1), Some(2), Some(2)));
        let out = TakeOutPaper { id: line.id, reason: "Xếp nhầm".to_owned() };
        assert_eq!(house.refused(&out).await, "documents.dossier_closed");

        house.clerk.call(&ReopenDossier { id: dossier.id, reason: "Bổ sung".to_owned() }).await.unwrap();
        assert_eq!(house.clerk.call(&out).await.unwrap().papers, 1);
        let steps = ListDossierSteps { id: dossier.id, limit: None, cursor: None };
        let acts: Vec<_> = house.clerk.call(&steps).await.unwrap().items.into_iter().map(|step| step.act).collect();
        use DossierAct::*;
        assert_eq!(acts, [Opened, Offered, TakenOver, Closed, Reopened, TakenOut]);
        house.close().await;
    }
}

#[tokio::test]
async fn finished_work_is_counted_by_unit_and_its_papers_join_by_rule() {
    for pair in [Pair::LocalSqlite, Pair::LocalPostgres] {
        let mut house = begun(pair).await;
        let (entry, _) = listed(&house).await;
        let dossier = house.clerk.call(&of(&entry)).await.unwrap();
        let letter = house.registered(1).await;
        let told = assignment(house.office, letter.id, 1, "assigned");
        let (id, lead) = (told.assignment.id, told.assignment.lead_unit);
        let strange = TieAssignment { id: dossier.id, assignment: AssignmentId(runtime::fresh_id()) };
        assert_eq!(house.refused(&strange).await, "documents.dossier_assignment_unknown");
        house.bench.publish(&told).await.unwrap();
        house.bench.settled().await;
        let mut done = assignment(house.office, letter.id, 2, "closed");
        done.assignment.id = id;
        done.assignment.lead_unit = lead;
        done.assignment.done_at = Some(house.bench.platform.clock.now());
        house.bench.publish(&done).await.unwrap();
        house.bench.settled().await;

        let shares = GetDossierShares { office: house.office, year: year(&house) };
        let unfiled =
            ListUnfiledWork { office: house.office, year: year(&house), unit: None, limit: None, cursor: None };
        let share = house.clerk.call(&shares).await.unwrap().units.remove(0);
        assert_eq!((share.unit, share.finished, share.kept), (lead, 1, 0));
        assert_eq!(house.clerk.call(&unfiled).await.unwrap().items[0].incoming, letter.id);
        let tied = house.clerk.call(&TieAssignment { id: dossier.id, assignment: id }).await.unwrap();
        assert_eq!(tied.papers, 1);
        let share = house.clerk.call(&shares).await.unwrap().units.remove(0);
        assert_eq!((share.finished, share.kept), (1, 1));
        assert_eq!(house.clerk.call(&unfiled).await.unwrap().items.len(), 0);

        let stranger = house.bench.person(&[(house.bench.office(), CLERK)]);
        assert_eq!(refused(&stranger, &GetDossier { id: dossier.id }).await.code, "documents.dossier_missing");
        let mine = ListDossiers {
            office: house.office,
            year: None,
            state: None,
            keeper: Some(entry.keeper),
            limit: None,
            cursor: None,
        };
        let found: Vec<Dossier> = house.clerk.call(&mine).await.unwrap().items;
        assert_eq!((found.len(), found[0].version), (1, Version(2)));
        house.close().await;
    }
}
