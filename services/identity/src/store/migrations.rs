//! The tables of identity.

use db::{
    column::{day, flag, id, json, moment, number, short, table, text, uuid},
    migration::{in_transaction, raw},
};
use sea_orm_migration::prelude::*;

use super::{
    m0004_dated::Dated, m0005_lineage::Lineage, m0006_unit_words::UnitWords, m0007_deputies::Deputies,
    m0008_factor::Factor, m0009_party::Party, m0010_imports::Imports, m0011_reach::Reach,
    m0013_portal_sessions::PortalSessions, m0014_preferences::Preferences, m0015_closures::Closures,
    m0016_profiles::Profiles, m0017_role_versions::RoleVersions,
};

/// Every migration, oldest first.
pub(crate) fn all() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(Directory),
        Box::new(People),
        Box::new(SignIn),
        Box::new(Dated),
        Box::new(Lineage),
        Box::new(UnitWords),
        Box::new(Deputies),
        Box::new(Factor),
        Box::new(Party),
        Box::new(Imports),
        Box::new(Reach),
        Box::new(PortalSessions),
        Box::new(Preferences),
        Box::new(Closures),
        Box::new(Profiles),
        Box::new(RoleVersions),
    ]
}

/// An index over columns.
pub(super) async fn index(manager: &SchemaManager<'_>, name: &str, of: &str, columns: &[&str]) -> Result<(), DbErr> {
    let mut index = Index::create().name(name).table(Alias::new(of)).take();
    for column in columns {
        index.col(Alias::new(*column));
    }
    manager.create_index(index).await
}

/// The office of a row never changes: a merger is told by dated rows of its own.
pub(super) async fn office_stays(manager: &SchemaManager<'_>, of: &str) -> Result<(), DbErr> {
    let message = format!("the office of a row of {of} never changes");
    let sqlite = format!(
        "CREATE TRIGGER {of}_office_stays BEFORE UPDATE OF office_id ON {of} WHEN old.office_id <> new.office_id
         BEGIN SELECT RAISE(ABORT, '{message}'); END"
    );
    let postgres = format!(
        "CREATE FUNCTION {of}_office_stays() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN RAISE EXCEPTION '{message}'; END $$;
         CREATE TRIGGER {of}_office_stays BEFORE UPDATE OF office_id ON {of} FOR EACH ROW
         WHEN (old.office_id IS DISTINCT FROM new.office_id) EXECUTE FUNCTION {of}_office_stays()"
    );
    raw(manager, &sqlite, &postgres).await
}

/// Offices and units.
struct Directory;

impl MigrationName for Directory {
    fn name(&self) -> &'static str {
        "m001_directory"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Directory {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut office = table("office");
        office
            .col(id("id"))
            .col(short("code").unique_key())
            .col(short("name"))
            .col(text("folded"))
            .col(short("kind"))
            .col(uuid("parent_id").null())
            .col(day("from_day"))
            .col(day("to_day").null())
            .col(number("version"));
        manager.create_table(office).await?;
        index(manager, "office_parent", "office", &["parent_id", "code"]).await?;
        let mut unit = table("unit");
        unit.col(id("id")).col(uuid("office_id")).col(number("version"));
        manager.create_table(unit).await?;
        index(manager, "unit_office", "unit", &["office_id"]).await?;
        let mut span = table("unit_version");
        span.col(uuid("unit_id"))
            .col(uuid("office_id"))
            .col(day("from_day"))
            .col(day("to_day").null())
            .col(short("name"))
            .col(text("folded"))
            .col(short("body").null())
            .col(uuid("parent_id").null())
            .primary_key(Index::create().col(Alias::new("unit_id")).col(Alias::new("from_day")));
        manager.create_table(span).await?;
        index(manager, "unit_version_office", "unit_version", &["office_id", "folded", "unit_id"]).await?;
        index(manager, "unit_version_name", "unit_version", &["folded", "unit_id"]).await?;
        office_stays(manager, "unit").await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

/// People, positions, appointments.
struct People;

impl MigrationName for People {
    fn name(&self) -> &'static str {
        "m002_people"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for People {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut person = table("person");
        person
            .col(id("id"))
            .col(uuid("office_id"))
            .col(short("full_name"))
            .col(text("folded"))
            .col(short("contact").null())
            .col(flag("active"))
            .col(number("version"));
        manager.create_table(person).await?;
        index(manager, "person_office", "person", &["office_id", "folded", "id"]).await?;
        let mut position = table("position");
        position
            .col(id("id"))
            .col(uuid("office_id"))
            .col(uuid("unit_id"))
            .col(short("title"))
            .col(json("roles"))
            .col(flag("head"))
            .col(flag("below"))
            .col(uuid("reports_to").null())
            .col(day("from_day"))
            .col(day("to_day").null())
            .col(number("version"));
        manager.create_table(position).await?;
        index(manager, "position_office", "position", &["office_id", "id"]).await?;
        index(manager, "position_unit", "position", &["unit_id"]).await?;
        let mut appointment = table("appointment");
        appointment
            .col(id("id"))
            .col(uuid("office_id"))
            .col(uuid("person_id"))
            .col(uuid("position_id"))
            .col(day("from_day"))
            .col(day("to_day").null())
            .col(short("instrument").null())
            .col(number("version"));
        manager.create_table(appointment).await?;
        index(manager, "appointment_office", "appointment", &["office_id", "id"]).await?;
        index(manager, "appointment_person", "appointment", &["person_id"]).await?;
        index(manager, "appointment_position", "appointment", &["position_id"]).await?;
        office_stays(manager, "person").await?;
        office_stays(manager, "position").await?;
        office_stays(manager, "appointment").await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

/// Accounts, one-time codes, sessions, failed attempts.
struct SignIn;

impl MigrationName for SignIn {
    fn name(&self) -> &'static str {
        "m003_sign_in"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for SignIn {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut account = table("account");
        account
            .col(id("id"))
            .col(uuid("office_id"))
            .col(uuid("person_id").unique_key())
            .col(short("username").null().unique_key())
            .col(text("password").null())
            .col(short("state"))
            .col(number("version"));
        manager.create_table(account).await?;
        index(manager, "account_office", "account", &["office_id", "id"]).await?;
        office_stays(manager, "account").await?;
        let mut enrolment = table("enrolment");
        enrolment
            .col(id("id"))
            .col(uuid("account_id").unique_key())
            .col(short("code_hash").unique_key())
            .col(moment("expires"));
        manager.create_table(enrolment).await?;
        let mut session = table("session");
        session
            .col(id("id"))
            .col(uuid("account_id"))
            .col(uuid("person_id"))
            .col(uuid("office_id"))
            .col(moment("began"))
            .col(moment("expires"))
            .col(moment("ended").null());
        manager.create_table(session).await?;
        index(manager, "session_account", "session", &["account_id", "expires"]).await?;
        index(manager, "session_expires", "session", &["expires"]).await?;
        let mut token = table("refresh_token");
        token
            .col(short("hash").primary_key())
            .col(uuid("session_id"))
            .col(moment("expires"))
            .col(moment("used").null())
            .col(short("used_network").null());
        manager.create_table(token).await?;
        index(manager, "refresh_token_session", "refresh_token", &["session_id"]).await?;
        let mut attempt = table("attempt");
        attempt.col(short("id").primary_key()).col(number("failures")).col(moment("last"));
        manager.create_table(attempt).await?;
        index(manager, "attempt_last", "attempt", &["last"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}
