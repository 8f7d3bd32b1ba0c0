//! A start that is refused: settings that nobody reads.

use db::Db;
use service::ServiceKeys;
use testbed::{Bench, Pair};

use crate::till::{Poison, mirror, till};

#[tokio::test]
async fn a_setting_that_the_service_does_not_read_refuses_its_start() {
    let mut bench = Bench::start(Pair::LocalSqlite, vec![mirror(&Poison::default())]).await;
    let db = Db::open(&bench.database("till").await.unwrap()).await.unwrap();
    let keys = ServiceKeys::in_folder(bench.platform.key_folder.clone());
    let section = serde_json::json!({ "colour": "red" });
    let started = service::start(till(), &bench.platform, &keys, db, Some(section)).await;
    let refused = format!("{:#}", started.err().expect("refused"));
    assert!(refused.contains("`[till]`") && refused.contains("`colour`"), "{refused}");
    bench.finish().await;
}
