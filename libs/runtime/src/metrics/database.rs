//! A service's database as the service sees it. Labels are made once: a registration runs a dozen statements.

use opentelemetry::KeyValue;

use super::measures;

/// What statements do, by their first word; all others are `OTHER`.
const OPERATIONS: [&str; 5] = ["SELECT", "INSERT", "UPDATE", "DELETE", "OTHER"];

/// The measures of one service's database.
#[derive(Debug)]
pub struct Database {
    /// One for each operation, without and with an error.
    statements: Vec<(&'static str, [Vec<KeyValue>; 2])>,
    commits: [Vec<KeyValue>; 2],
    service: String,
}

/// How the connections of a pool are used just now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pool {
    /// Which of the database's pools, such as `writer`.
    pub name: &'static str,
    /// Connections that work for somebody.
    pub used: u64,
    /// Connections that wait for work.
    pub idle: u64,
    /// The most that there may be.
    pub most: u64,
    /// Writes that wait to begin.
    pub pending: u64,
}

impl Database {
    /// The database of `service`; `system` is its kind as the conventions name it, such as `sqlite`.
    #[must_use]
    pub fn new(system: &'static str, service: &str) -> Self {
        let labels = |operation: &'static str| {
            failing(vec![
                KeyValue::new("db.system.name", system),
                KeyValue::new("db.namespace", service.to_owned()),
                KeyValue::new("db.operation.name", operation),
            ])
        };
        Self {
            statements: OPERATIONS.iter().map(|operation| (*operation, labels(operation))).collect(),
            commits: failing(vec![KeyValue::new("vanphong.service", service.to_owned())]),
            service: service.to_owned(),
        }
    }

    /// A statement was run. `operation` is its first word in capitals.
    pub fn statement(&self, operation: &str, failed: bool, seconds: f64) {
        let known = self.statements.iter().find(|(known, _)| *known == operation);
        let Some((_, labels)) = known.or(self.statements.last()) else { return };
        measures().each(|set| set.statements.record(seconds, chosen(labels, failed)));
    }

    /// A write got a connection with a transaction on it, from this pool, after this long.
    pub fn begun(&self, pool: &'static str, seconds: f64) {
        let labels = [self.pool_name(pool)];
        measures().each(|set| set.connection_waits.record(seconds, &labels));
    }

    /// A transaction was committed, and synced to disk, or was not.
    pub fn committed(&self, failed: bool, seconds: f64) {
        measures().each(|set| set.commits.record(seconds, chosen(&self.commits, failed)));
    }

    /// How a pool is used just now. The conventions count connections up and down; these are looked at instead.
    pub fn pool(&self, pool: Pool) {
        let name = self.pool_name(pool.name);
        let state = |word| [name.clone(), KeyValue::new("db.client.connection.state", word)];
        let (used, idle, name) = (state("used"), state("idle"), [name.clone()]);
        measures().each(|set| {
            set.connections.record(pool.used, &used);
            set.connections.record(pool.idle, &idle);
            set.most_connections.record(pool.most, &name);
            set.pending_requests.record(pool.pending, &name);
        });
    }

    fn pool_name(&self, pool: &str) -> KeyValue {
        KeyValue::new("db.client.connection.pool.name", format!("{}.{pool}", self.service))
    }
}

/// Labels without and with the convention's word for a failure whose kind is not told apart.
fn failing(labels: Vec<KeyValue>) -> [Vec<KeyValue>; 2] {
    let mut failed = labels.clone();
    failed.push(KeyValue::new("error.type", "_OTHER"));
    [labels, failed]
}

fn chosen([good, failed]: &[Vec<KeyValue>; 2], has_failed: bool) -> &[KeyValue] {
    if has_failed { failed } else { good }
}
