//! An office that has ended: its successor finishes what is open there, and begins nothing new.

use schema_documents::{
    DisposeIncoming, Disposition, GetIncoming, IncomingDocument, IssueOutgoing, ListRegisters, OpenRegister,
    PeriodKind, RegisterCitizenLetter, RegisterKind, ReserveNumbers, VoidIncoming,
};
use testbed::Pair;

use crate::{
    house::{CLERK, House, refused},
    outgoing::issue,
};

async fn nothing_new_begins(pair: Pair) {
    let house = House::open(pair).await;
    let IncomingDocument { id, register, .. } = house.registered(1).await;
    let other = house.registered(2).await.id;
    let draft = house.drafted().await;
    // The successor sits in another office and reaches this one because it ended.
    let own = house.bench.office();
    let heir = house.bench.person(&[(own, CLERK)]);
    heir.change(|authority| authority.grants[0].offices_inherited = vec![house.office]);

    let letter = RegisterCitizenLetter { office: house.office, arrived: None, late: false, sheets: 1, envelopes: 0 };
    let open = OpenRegister {
        office: house.office,
        kind: RegisterKind::Incoming,
        body_code: None,
        genres: None,
        period: PeriodKind::Year,
        first_day: "2027-01-01".parse().unwrap(),
        last_day: Some("2027-12-31".parse().unwrap()),
        opening: None,
    };
    let reserve = ReserveNumbers {
        register,
        numbers: 2,
        sheet: "Phiếu 9".into(),
        holder: heir.id(),
        holder_name: "Lê Thị Hạnh".into(),
        expires: house.today(),
    };
    let issue: IssueOutgoing = issue(draft.id);
    let refusals = [
        refused(&heir, &house.order(3)).await,
        refused(&heir, &letter).await,
        refused(&heir, &house.draft()).await,
        refused(&heir, &issue).await,
        refused(&heir, &open).await,
        refused(&heir, &reserve).await,
    ];
    for fault in refusals {
        assert_eq!(fault.code, "wire.office_ended", "{}", fault.en);
        assert_eq!(fault.detail.unwrap()["successors"][0], serde_json::json!(own));
    }
    heir.call(&GetIncoming { id }).await.unwrap();
    heir.call(&ListRegisters { office: house.office, kind: None, state: None, limit: None, cursor: None })
        .await
        .unwrap();
    heir.call(&DisposeIncoming { id, disposition: Disposition::ToFile, due: None, note: None }).await.unwrap();
    let void = VoidIncoming { id: other, reason: "nhầm".into(), masked_reason: None, citizen_letter: false };
    heir.call(&void).await.unwrap();
    let own_order = schema_documents::RegisterIncoming { office: own, ..house.order(3) };
    heir.call(&own_order).await.unwrap();
    house.close().await;
}

#[tokio::test]
async fn a_successor_finishes_and_begins_nothing_on_sqlite() {
    nothing_new_begins(Pair::LocalSqlite).await;
}

#[tokio::test]
async fn a_successor_finishes_and_begins_nothing_on_postgresql() {
    nothing_new_begins(Pair::LocalPostgres).await;
}
