//! What is known of an electronic letter or message, beside its item in the queue; and the answer to what it asks.

use schema_documents::{GetMail, IntakeItem, IntakeMail, Mail, MailKind};
use wire::Lang;

use crate::{visit::Inside, words::Words};

/// The card.
pub(crate) struct Card {
    pub(crate) facts: Vec<(String, String)>,
    /// What is wrong with it: what, and where.
    pub(crate) remarks: Vec<(String, String)>,
    /// What it asks, while nobody has answered.
    pub(crate) asks: Option<Asks>,
}

/// What a message asks.
pub(crate) struct Asks {
    pub(crate) id: String,
    pub(crate) version: i64,
    pub(crate) said: String,
}

/// The card of an item; nothing when it came otherwise.
pub(crate) async fn of(inside: &Inside, item: &IntakeItem) -> Option<Card> {
    let outside = item.mail.as_ref()?;
    let w = inside.visit.words;
    let found = inside.part(&GetMail { id: outside.id }).await;
    let mail = found.here();
    let told = mail.map(|mail| told(mail, w)).filter(|told| !told.is_empty());
    let facts = [
        ("mail-kind", Some(w.t(kind(outside.kind)))),
        ("mail-from", outside.from.clone()),
        ("mail-deliveries", Some(outside.deliveries.to_string())),
        ("mail-told", told),
    ];
    Some(Card {
        facts: facts.into_iter().filter_map(|(key, value)| Some((w.t(key), value?))).collect(),
        remarks: remarks(outside, w),
        asks: mail.filter(|mail| mail.asks && inside.who.may("documents.incoming.void")).map(|mail| Asks {
            id: mail.outside.id.to_string(),
            version: mail.version.0,
            said: w.t(asked(outside.kind)),
        }),
    })
}

fn remarks(outside: &IntakeMail, w: Words) -> Vec<(String, String)> {
    let said = |remark: &schema_documents::MailRemark| {
        let what = if w.0 == Lang::Vi { &remark.vi } else { &remark.en };
        let line = remark.line.map(|line| w.with("mail-line", &[("line", &line.to_string())]));
        (what.clone(), [Some(remark.code.clone()), line].into_iter().flatten().collect::<Vec<_>>().join(" · "))
    };
    outside.remarks.iter().map(said).collect()
}

/// What its sender was told, in one line.
pub(crate) fn told(mail: &Mail, w: Words) -> String {
    let told = mail.told.iter().map(|one| {
        let waits = if one.written_at.is_none() { format!(" ({})", w.t("mail-unwritten")) } else { String::new() };
        format!("{} {}{waits}", one.code, w.t(code(&one.code)))
    });
    told.collect::<Vec<_>>().join(", ")
}

/// The words for a kind.
pub(crate) fn kind(kind: MailKind) -> &'static str {
    match kind {
        MailKind::Letter => "mail-kind-letter",
        MailKind::New => "mail-kind-new",
        MailKind::Revoke => "mail-kind-revoke",
        MailKind::Update => "mail-kind-update",
        MailKind::Replace => "mail-kind-replace",
        MailKind::TakeBack => "mail-kind-take-back",
        MailKind::Status => "mail-kind-status",
        MailKind::File | MailKind::Unknown => "mail-kind-file",
    }
}

/// The words for what a kind asks.
fn asked(kind: MailKind) -> &'static str {
    match kind {
        MailKind::Update => "mail-asks-update",
        MailKind::Replace => "mail-asks-replace",
        _ => "mail-asks-revoke",
    }
}

/// The words for a code of status.
pub(crate) fn code(code: &str) -> &'static str {
    match code {
        "01" => "mail-code-01",
        "02" => "mail-code-02",
        "03" => "mail-code-03",
        "04" => "mail-code-04",
        "05" => "mail-code-05",
        "06" => "mail-code-06",
        "13" => "mail-code-13",
        "15" => "mail-code-15",
        _ => "mail-code-16",
    }
}
