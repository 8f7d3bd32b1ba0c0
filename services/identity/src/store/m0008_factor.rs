//! Second factors, what is known of sessions beside their life, challenges, recoveries: each in a table of its own.

use db::{
    column::{id, moment, number, short, table, text, uuid},
    migration::in_transaction,
};
use sea_orm_migration::prelude::*;

use super::migrations::index;

/// The tables of second factors.
pub(super) struct Factor;

impl MigrationName for Factor {
    fn name(&self) -> &'static str {
        "m008_factor"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Factor {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut proof = table("session_proof");
        proof
            .col(uuid("session_id").primary_key())
            .col(short("method"))
            .col(short("device").null())
            .col(short("network").null())
            .col(moment("seen"))
            .col(moment("stepped_up_until"));
        manager.create_table(proof).await?;
        let mut totp = table("totp");
        totp.col(uuid("account_id").primary_key())
            .col(text("sealed"))
            .col(moment("added"))
            .col(moment("confirmed").null())
            .col(number("last_step"));
        manager.create_table(totp).await?;
        let mut code = table("recovery_code");
        code.col(short("hash").primary_key()).col(uuid("account_id"));
        manager.create_table(code).await?;
        index(manager, "recovery_code_account", "recovery_code", &["account_id"]).await?;
        let mut passkey = table("passkey");
        passkey
            .col(id("id"))
            .col(uuid("account_id"))
            .col(short("credential_hash").unique_key())
            .col(text("credential"))
            .col(number("transports"))
            .col(short("name"))
            .col(text("fixed"))
            .col(short("changing"))
            .col(moment("added"))
            .col(moment("used").null())
            .col(moment("suspect").null());
        manager.create_table(passkey).await?;
        index(manager, "passkey_account", "passkey", &["account_id", "id"]).await?;
        let mut challenge = table("challenge");
        challenge
            .col(short("hash").primary_key())
            .col(uuid("account_id"))
            .col(uuid("session_id").null())
            .col(short("purpose"))
            .col(number("account_version"))
            .col(text("state").null())
            .col(moment("expires"));
        manager.create_table(challenge).await?;
        index(manager, "challenge_expires", "challenge", &["expires"]).await?;
        let mut recovery = table("recovery");
        recovery
            .col(id("id"))
            .col(uuid("account_id"))
            .col(uuid("office_id"))
            .col(uuid("requested_by"))
            .col(text("reason"))
            .col(moment("at"))
            .col(moment("expires"))
            .col(uuid("confirmed_by").null())
            .col(moment("closed").null());
        manager.create_table(recovery).await?;
        index(manager, "recovery_office", "recovery", &["office_id", "id"]).await?;
        index(manager, "recovery_account", "recovery", &["account_id", "id"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}
