//! Electronic mail: what came, how often, and what its senders are told.

use db::{
    column::{flag, id, json, moment, number, short, table, text, uuid},
    migration::in_transaction,
};
use sea_orm_migration::prelude::*;

use super::migrations::{Guard, guard, index};

/// Mail, its deliveries, its statuses.
#[derive(DeriveMigrationName)]
pub(crate) struct Mails;

#[async_trait::async_trait]
impl MigrationTrait for Mails {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(mail()).await?;
        manager.create_table(delivery()).await?;
        manager.create_table(status()).await?;
        for (name, table, columns) in INDEXES {
            manager.create_index(index(name, table, columns)).await?;
        }
        guard(manager, &GUARDS).await
    }

    fn use_transaction(&self) -> Option<bool> {
        in_transaction()
    }
}

const INDEXES: [(&str, &str, &[&str]); 7] = [
    ("mail_order", "mail", &["office_id", "id"]),
    ("mail_identity", "mail", &["office_id", "identity"]),
    ("mail_document", "mail", &["office_id", "document"]),
    ("mail_intake", "mail", &["office_id", "intake_id"]),
    ("mail_incoming", "mail", &["office_id", "incoming_id"]),
    ("mail_outgoing", "mail", &["office_id", "outgoing_id", "id"]),
    ("mail_status_order", "mail_status", &["office_id", "written_at", "id"]),
];

/// `identity` is a keyed mark of what makes two deliveries one. `document` is the id by which later messages name it,
/// `answers` what a status says of it, `affected` the ids that it speaks of: all from the outside of a message, never of a
/// letter.
fn mail() -> TableCreateStatement {
    table("mail")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(number("version"))
        .col(moment("at"))
        .col(short("kind"))
        .col(short("identity"))
        .col(text("sender").null())
        .col(text("document").null())
        .col(json("answers").null())
        .col(json("affected"))
        .col(json("remarks"))
        .col(number("deliveries"))
        .col(short("progress").null())
        .col(short("take_back").null())
        .col(flag("asks"))
        .col(uuid("intake_id").null())
        .col(uuid("incoming_id").null())
        .col(uuid("outgoing_id").null())
        .take()
}

/// `mark` is the keyed mark of the file's bytes, by which a file that was taken is known until it has been removed.
fn delivery() -> TableCreateStatement {
    table("mail_delivery")
        .col(uuid("office_id"))
        .col(short("mark"))
        .col(uuid("mail_id"))
        .col(moment("at"))
        .primary_key(Index::create().col(Alias::new("office_id")).col(Alias::new("mark")))
        .take()
}

fn status() -> TableCreateStatement {
    table("mail_status")
        .col(id("id"))
        .col(uuid("office_id"))
        .col(uuid("mail_id"))
        .col(short("code"))
        .col(text("reason").null())
        .col(moment("at"))
        .col(moment("written_at").null())
        .take()
}

const GUARDS: [Guard; 4] = [
    Guard {
        name: "mail_fixed",
        table: "mail",
        event: "UPDATE",
        when: "new.id <> old.id OR new.office_id <> old.office_id OR new.kind <> old.kind
            OR new.identity <> old.identity OR new.at <> old.at OR new.version <> old.version + 1
            OR new.deliveries < old.deliveries",
        says: "what came stays what it was",
    },
    Guard {
        name: "mail_stays",
        table: "mail",
        event: "DELETE",
        when: "TRUE",
        says: "mail that came stays written down",
    },
    Guard {
        name: "mail_status_fixed",
        table: "mail_status",
        event: "UPDATE",
        when: "new.id <> old.id OR new.mail_id <> old.mail_id OR new.code <> old.code OR new.at <> old.at
            OR old.written_at IS NOT NULL OR new.written_at IS NULL",
        says: "what was told stays told",
    },
    Guard {
        name: "mail_status_stays",
        table: "mail_status",
        event: "DELETE",
        when: "TRUE",
        says: "what was told stays told",
    },
];
