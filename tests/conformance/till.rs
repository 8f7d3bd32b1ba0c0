//! Two small services to hold the chassis against: a till that counts, and a mirror that listens to it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use schemars::JsonSchema;
use sea_orm::{ConnectionTrait, Statement, Value};
use sea_orm_migration::prelude::*;
use serde::{Deserialize, Serialize};
use service::{Audit, Gone, InScope as _, Job, Next, Read, Result, Service, Write};
use uuid::Uuid;
use wire::{Instant, Version, id::OfficeId};

wire::refusals! {
    /// Why the till says no.
    pub enum Refusal {
        /// Negative amounts are refused.
        Negative { amount: i64 } => Invalid, "till.negative", en "`{amount}` is negative", vi "`{amount}` là số âm", field "amount";
        /// A refusal that is written down.
        Denied => Denied, "till.denied", en "denied", vi "bị từ chối";
        /// No such count.
        Missing => Missing, "till.missing", en "no such count", vi "không có";
    }
}

/// One count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Count {
    pub id: Uuid,
    pub office: OfficeId,
    pub total: i64,
    pub version: Version,
}

/// Adds to a count, making it when it is not there.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Add {
    pub id: Uuid,
    pub office: OfficeId,
    pub amount: i64,
}

/// Writes a count down although it refuses.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AddAndRefuse {
    pub id: Uuid,
    pub office: OfficeId,
}

/// Looks at a count.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Look {
    pub id: Uuid,
}

/// Adds after a while, holding the caller meanwhile.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AddSlowly {
    pub id: Uuid,
    pub office: OfficeId,
    pub millis: u64,
}

/// Adds by a job that is due at a moment.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AddLater {
    pub id: Uuid,
    pub office: OfficeId,
    pub due: Instant,
    /// How many runs it takes.
    pub runs: u32,
}

/// A count changed.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CountChanged {
    pub count: Count,
}

wire::contract! {
    service "till" refuses Refusal;
    calls {
        Write Add => Count, "add.v1", BUS, needs "till.add";
        Write AddAndRefuse => Count, "add_and_refuse.v1", BUS, needs "till.add";
        Write AddSlowly => Count, "add_slowly.v1", BUS, needs "till.add";
        Write AddLater => Look, "add_later.v1", BUS, needs "till.add";
        Read Look => Count, "look.v1", BUS, needs "till.look";
    }
    events {
        CountChanged, "count_changed.v1", aggregate count.id, office count.office;
    }
}

/// The till.
pub fn till() -> Service {
    till_counting(&Arc::default())
}

/// The till, telling how many slow calls have reached their handler.
pub fn till_counting(entered: &Arc<AtomicUsize>) -> Service {
    let entered = Arc::clone(entered);
    Service::new::<Refusal>(contract())
        .migrations(|| vec![Box::new(Tables("m001_till"))])
        .write(add)
        .write(add_and_refuse)
        .write_after(
            move |_, call: AddSlowly| {
                entered.fetch_add(1, Ordering::SeqCst);
                async move {
                    tokio::time::sleep(Duration::from_millis(call.millis)).await;
                    Ok(())
                }
            },
            |cx, call: AddSlowly, ()| add(cx, Add { id: call.id, office: call.office, amount: 1 }),
        )
        .write(add_later)
        .read(look)
        .job(counted)
        .snapshot(counts)
}

/// The till, where another count is opened whenever a page of its snapshot is read.
pub fn till_growing() -> Service {
    till().snapshot(|_, after: Option<Uuid>, _| async move {
        let id = Uuid::from_u128(after.unwrap_or_default().as_u128() + 1);
        let count = Count { id, office: OfficeId::from(Uuid::max()), total: 1, version: Version(1) };
        Ok(vec![CountChanged { count }])
    })
}

async fn add(cx: Write, call: Add) -> Result<Count> {
    cx.office(call.office)?;
    if call.amount < 0 {
        return Err(Refusal::Negative { amount: call.amount }.into());
    }
    let count = put(&cx, call.id, call.office, call.amount).await?;
    cx.expect(Version(count.version.0 - 1))?;
    cx.emit(&CountChanged { count: count.clone() }).await?;
    cx.audit(Audit::of("count", call.id).office(call.office).field("amount", call.amount)).await?;
    Ok(count)
}

async fn add_and_refuse(cx: Write, call: AddAndRefuse) -> Result<Count> {
    let count = put(&cx, call.id, call.office, 1).await?;
    cx.emit(&CountChanged { count }).await?;
    Err(service::recorded(Refusal::Denied))
}

/// What [`AddLater`] leaves to be done.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Later {
    id: Uuid,
    office: OfficeId,
    runs: u32,
}

impl Job for Later {
    const KIND: &'static str = "later";
}

async fn add_later(cx: Write, call: AddLater) -> Result<Look> {
    cx.enqueue(&Later { id: call.id, office: call.office, runs: call.runs }, call.due).await?;
    Ok(Look { id: call.id })
}

async fn counted(cx: Write, job: Later) -> Result<Next<Later>> {
    let count = put(&cx, job.id, job.office, 1).await?;
    cx.emit(&CountChanged { count }).await?;
    Ok(if job.runs > 1 { Next::Again(Later { runs: job.runs - 1, ..job }, cx.now) } else { Next::Done })
}

async fn look(cx: Read, call: Look) -> Result<Count> {
    use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
    let row = row::Entity::find().in_scope(cx.scope(), row::Column::Office).filter(row::Column::Id.eq(call.id));
    Ok(row.one(cx.db()).await?.map(count).ok_or(Refusal::Missing)?)
}

async fn counts(cx: Read, after: Option<Uuid>, limit: u16) -> Result<Vec<CountChanged>> {
    use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
    let rows = row::Entity::find()
        .filter(row::Column::Id.gt(after.unwrap_or_default()))
        .order_by_asc(row::Column::Id)
        .limit(u64::from(limit));
    Ok(rows.all(cx.db()).await?.into_iter().map(|row| CountChanged { count: count(row) }).collect())
}

/// Whether the mirror can apply events just now; each test has its own.
#[derive(Clone, Default)]
pub struct Poison(Arc<AtomicBool>);

impl Poison {
    pub fn set(&self, poisoned: bool) {
        self.0.store(poisoned, Ordering::SeqCst);
    }
}

/// Looks into the mirror.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Reflect {
    pub id: Uuid,
}

/// What the mirror saw of a count: its total, and how many events it took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reflection {
    pub total: i64,
    pub version: Version,
    pub events: i64,
}

mod mirror_contract {
    use super::{Reflect, Reflection, Refusal};
    wire::contract! {
        service "mirror" refuses Refusal;
        calls {
            Read Reflect => Reflection, "reflect.v1", BUS, needs "till.look";
        }
        events {}
    }
}

/// The mirror: it refuses poisoned events of counts with the amount 666.
pub fn mirror(poison: &Poison) -> Service {
    let poison = poison.clone();
    Service::new::<Refusal>(mirror_contract::contract())
        .migrations(|| vec![Box::new(Tables("m001_mirror"))])
        .read(reflect)
        .on(move |cx, event| reflected(cx, event, poison.clone()))
        .gone(reflections, reflection_gone)
}

async fn reflections(cx: Read, after: Option<Uuid>, limit: u16) -> Result<Vec<Uuid>> {
    use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
    let held = row::Entity::find()
        .filter(row::Column::Id.gt(after.unwrap_or_default()))
        .order_by_asc(row::Column::Id)
        .limit(u64::from(limit));
    Ok(held.all(cx.db()).await?.into_iter().map(|row| row.id).collect())
}

async fn reflection_gone(cx: Write, noun: Gone<CountChanged>) -> Result<()> {
    use sea_orm::EntityTrait as _;
    row::Entity::delete_by_id(noun.aggregate).exec(cx.tx()).await?;
    Ok(())
}

async fn reflected(cx: Write, event: CountChanged, poison: Poison) -> Result<()> {
    let Count { id, office, total, version } = event.count;
    anyhow::ensure!(!(poison.0.load(Ordering::SeqCst) && total % 1_000 == 666), "this event is poison");
    let upsert = "INSERT INTO till (id, office, total, version, events) VALUES ($1, $2, $3, $4, 1)
        ON CONFLICT (id) DO UPDATE SET events = till.events + 1,
            total = CASE WHEN $5 OR excluded.version > till.version THEN excluded.total ELSE till.total END,
            version = CASE WHEN $5 OR excluded.version > till.version THEN excluded.version ELSE till.version END";
    let values: [Value; 5] =
        [id.into(), Uuid::from(office).into(), total.into(), version.0.into(), cx.reconciling().into()];
    cx.tx().execute_raw(Statement::from_sql_and_values(cx.tx().get_database_backend(), upsert, values)).await?;
    Ok(())
}

async fn reflect(cx: Read, call: Reflect) -> Result<Reflection> {
    use sea_orm::EntityTrait as _;
    let row = row::Entity::find_by_id(call.id).one(cx.db()).await?.ok_or(Refusal::Missing)?;
    Ok(Reflection { total: row.total, version: Version(row.version), events: row.events })
}

async fn put(cx: &Write, id: Uuid, office: OfficeId, amount: i64) -> Result<Count> {
    let upsert = "INSERT INTO till (id, office, total, version, events) VALUES ($1, $2, $3, 1, 0)
        ON CONFLICT (id) DO UPDATE SET total = till.total + excluded.total, version = till.version + 1
        RETURNING id, office, total, version, events";
    let values: [Value; 3] = [id.into(), Uuid::from(office).into(), amount.into()];
    let statement = Statement::from_sql_and_values(cx.tx().get_database_backend(), upsert, values);
    let row = cx.tx().query_one_raw(statement).await?.ok_or(Refusal::Missing)?;
    Ok(Count {
        id: row.try_get("", "id")?,
        office: row.try_get::<Uuid>("", "office")?.into(),
        total: row.try_get("", "total")?,
        version: Version(row.try_get("", "version")?),
    })
}

fn count(row: row::Model) -> Count {
    Count { id: row.id, office: row.office.into(), total: row.total, version: Version(row.version) }
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "till")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub office: Uuid,
        pub total: i64,
        pub version: i64,
        pub events: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

struct Tables(&'static str);

impl MigrationName for Tables {
    fn name(&self) -> &str {
        self.0
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Tables {
    async fn up(&self, manager: &SchemaManager) -> std::result::Result<(), DbErr> {
        use db::column::{id, number, table, uuid};
        let mut till = table("till");
        till.col(id("id")).col(uuid("office")).col(number("total")).col(number("version")).col(number("events"));
        manager.create_table(till).await
    }

    fn use_transaction(&self) -> Option<bool> {
        db::migration::in_transaction()
    }
}
