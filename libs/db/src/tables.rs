//! The chassis' own tables, the same in every service's database.

use sea_orm_migration::prelude::*;

use crate::migration::{in_transaction, raw};

/// The first migration of every service.
pub(crate) struct Platform;

impl MigrationName for Platform {
    fn name(&self) -> &'static str {
        "m000_platform"
    }
}

/// One text for both databases: `@id` and `@uuid` stand for what differs.
const TABLES: &str = "
CREATE TABLE publisher (
    one BIGINT PRIMARY KEY CHECK (one = 1), epoch BIGINT NOT NULL, next_seq BIGINT NOT NULL, sent_seq BIGINT NOT NULL,
    kept_from BIGINT NOT NULL);
INSERT INTO publisher (one, epoch, next_seq, sent_seq, kept_from) VALUES (1, 1, 1, 0, 1);
CREATE TABLE outbox (
    id @id, event @uuid NOT NULL UNIQUE, epoch BIGINT, seq BIGINT, kind TEXT NOT NULL, aggregate @uuid NOT NULL,
    office @uuid NOT NULL, at BIGINT NOT NULL, trace TEXT, body TEXT NOT NULL, UNIQUE (epoch, seq));
CREATE INDEX outbox_unnumbered ON outbox (id) WHERE seq IS NULL;
CREATE TABLE subscriber (consumer TEXT PRIMARY KEY, epoch BIGINT NOT NULL, seq BIGINT NOT NULL, seen_at BIGINT NOT NULL);
CREATE TABLE consumed (publisher TEXT PRIMARY KEY, epoch BIGINT NOT NULL, seq BIGINT NOT NULL);
CREATE TABLE dead_letter (
    event @uuid PRIMARY KEY, publisher TEXT NOT NULL, aggregate @uuid NOT NULL, epoch BIGINT NOT NULL, seq BIGINT NOT NULL,
    kind TEXT NOT NULL, envelope TEXT NOT NULL, error TEXT NOT NULL, at BIGINT NOT NULL);
CREATE INDEX dead_letter_aggregate ON dead_letter (publisher, aggregate, epoch, seq);
CREATE TABLE claim (
    subject TEXT NOT NULL, principal TEXT NOT NULL, idempotency_key TEXT NOT NULL, body_hash TEXT NOT NULL,
    reply TEXT, at BIGINT NOT NULL, PRIMARY KEY (subject, principal, idempotency_key));
CREATE INDEX claim_age ON claim (at);
CREATE TABLE job (
    id @uuid PRIMARY KEY, kind TEXT NOT NULL, name TEXT UNIQUE, payload TEXT NOT NULL, due BIGINT NOT NULL,
    lease BIGINT, attempts BIGINT NOT NULL, error TEXT, parked BIGINT);
CREATE INDEX job_due ON job (due) WHERE parked IS NULL;
CREATE TABLE audit (
    id @id, at BIGINT NOT NULL, record TEXT NOT NULL, salt TEXT NOT NULL, leaf TEXT NOT NULL, place BIGINT UNIQUE);
CREATE INDEX audit_unsealed ON audit (id) WHERE place IS NULL;
CREATE TABLE audit_tree (one BIGINT PRIMARY KEY CHECK (one = 1), size BIGINT NOT NULL, frontier TEXT NOT NULL);
INSERT INTO audit_tree (one, size, frontier) VALUES (1, 0, '[]');
CREATE TABLE audit_checkpoint (size BIGINT PRIMARY KEY, note TEXT NOT NULL, at BIGINT NOT NULL)";

/// Audit records never change and never go; a place in the log is given once.
const SQLITE_GUARDS: &str = "
CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit rows are immutable'); END;
CREATE TRIGGER audit_fixed BEFORE UPDATE ON audit
WHEN old.record <> new.record OR old.leaf <> new.leaf OR old.salt <> new.salt OR old.at <> new.at OR old.place IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'audit rows are immutable'); END;
CREATE TRIGGER audit_checkpoint_stays BEFORE DELETE ON audit_checkpoint
BEGIN SELECT RAISE(ABORT, 'checkpoints are immutable'); END;
CREATE TRIGGER audit_checkpoint_fixed BEFORE UPDATE ON audit_checkpoint
BEGIN SELECT RAISE(ABORT, 'checkpoints are immutable'); END;";

const POSTGRES_GUARDS: &str = "
CREATE FUNCTION audit_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR old.record <> new.record OR old.leaf <> new.leaf OR old.salt <> new.salt
       OR old.at <> new.at OR old.place IS NOT NULL THEN
        RAISE EXCEPTION 'audit rows are immutable';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER audit_fixed BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_guard();
CREATE FUNCTION audit_checkpoint_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'checkpoints are immutable';
END $$;
CREATE TRIGGER audit_checkpoint_fixed BEFORE UPDATE OR DELETE ON audit_checkpoint
FOR EACH ROW EXECUTE FUNCTION audit_checkpoint_guard();";

#[async_trait::async_trait]
impl MigrationTrait for Platform {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sqlite = TABLES.replace("@id", "INTEGER PRIMARY KEY AUTOINCREMENT").replace("@uuid", "BLOB");
        let postgres =
            TABLES.replace("@id", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY").replace("@uuid", "UUID");
        raw(manager, &sqlite, &postgres).await?;
        raw(manager, SQLITE_GUARDS, POSTGRES_GUARDS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}
