//! What the acts and nouns of the log are called, and where a noun is shown. What has no words stands by its code.

use uuid::Uuid;

use crate::{session::Signed, words::Words};

/// The kinds of nouns that can be chosen from, as the log names them.
pub(crate) const NOUNS: [&str; 48] = [
    "absence",
    "account",
    "appointment",
    "assignment",
    "calendar_entry",
    "calendar_resource",
    "calendar_week",
    "circulation",
    "citizen_letter",
    "delegation",
    "delivery",
    "directory_import",
    "dispatch",
    "dossier",
    "dossier_list",
    "handover",
    "incoming_document",
    "incoming_proposal",
    "instruction",
    "intake_batch",
    "intake_item",
    "issuing_body",
    "mail",
    "notice_settings",
    "number_block",
    "office",
    "office_closure",
    "opening_act",
    "outgoing_document",
    "paper_template",
    "party_committee",
    "party_member",
    "party_organisation",
    "party_seat",
    "passkey",
    "person",
    "position",
    "review",
    "recovery",
    "register",
    "routing_template",
    "seal_imprint",
    "session",
    "unit",
    "protection",
    "handling_term",
    "posting",
    "old_register",
];

/// What an act is called: `documents.register_incoming.v1` by the call, `identity.job.…` and `notices.on.…` by what the
/// service did itself.
pub(crate) fn act(code: &str, w: Words) -> String {
    let mut parts = code.split('.').skip(1);
    match parts.next() {
        Some("job") => w.t("acts-job"),
        Some("on" | "gone") => w.t("acts-on"),
        Some(verb) => said(&format!("acts-{}", verb.replace('_', "-")), w).unwrap_or_else(|| code.to_owned()),
        None => code.to_owned(),
    }
}

/// What a kind of noun is called.
pub(crate) fn noun(kind: &str, w: Words) -> String {
    said(&format!("acts-noun-{}", kind.replace('_', "-")), w).unwrap_or_else(|| kind.to_owned())
}

fn said(key: &str, w: Words) -> Option<String> {
    Some(w.t(key)).filter(|text| text != key)
}

/// The page of a noun, when there is one and the reader may open it.
pub(crate) fn page(kind: &str, id: Uuid, who: &Signed) -> Option<String> {
    let (path, permission) = match kind {
        "office" => return Some(format!("/danh-ba/{id}")),
        "unit" => ("/quan-tri/don-vi", "identity.units.change"),
        "person" => ("/quan-tri/nguoi", "identity.people.change"),
        "register" => ("/quan-tri/so-dang-ky", "documents.registers.read"),
        "incoming_document" => ("/van-ban/den", "documents.incoming.read"),
        "outgoing_document" => ("/van-ban/di", "documents.outgoing.read"),
        "assignment" => ("/viec", "programme.assignments.read"),
        _ => return None,
    };
    who.may(permission).then(|| format!("{path}/{id}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::{Effect, Lang};

    #[test]
    fn every_act_of_a_person_and_every_noun_has_words() {
        let contracts = [
            schema_documents::contract(),
            schema_identity::contract(),
            schema_notices::contract(),
            schema_programme::contract(),
        ];
        for lang in [Lang::Vi, Lang::En] {
            for contract in &contracts {
                for row in contract.calls.iter().filter(|row| row.effect == Effect::Write && row.http.is_some()) {
                    let code = format!("{}.{}", contract.service, row.name);
                    assert_ne!(act(&code, Words(lang)), code);
                }
            }
            assert!(NOUNS.iter().all(|kind| noun(kind, Words(lang)) != **kind));
            assert_eq!(act("till.count.v1", Words(lang)), "till.count.v1");
            assert_eq!(noun("count", Words(lang)), "count");
        }
    }
}
