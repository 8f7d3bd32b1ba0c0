//! Who can be named to sign digitally, for the form that gives a number.

use schema_documents::{ExecutionSigner, OutgoingDocument, OutgoingState};
use schema_identity::ListPeople;

use crate::{kit::timeline::Names, screens::deciding::posts::Posts, visit::Inside};

/// What lets somebody sign.
const SIGN: &str = "documents.outgoing.sign";

/// The choices for a draft that has a text, as `person.position` and words.
pub(crate) async fn of(inside: &Inside, document: Option<&OutgoingDocument>) -> Vec<(String, String)> {
    let signable = |one: &&OutgoingDocument| one.state == OutgoingState::Draft && one.draft.is_some() && !one.masked;
    let asked = document.filter(signable).is_some() && inside.who.may("documents.outgoing.issue");
    if !asked || !inside.who.may("identity.people.read") {
        return Vec::new();
    }
    let of_people = ListPeople { office: inside.who.office(), q: None, as_of: None, limit: Some(200), cursor: None };
    let (posts, people) = futures_util::join!(Posts::ask(inside), inside.part(&of_people));
    let names = Names::of(people.here());
    let choice = |(signer, words): (ExecutionSigner, String)| (format!("{}.{}", signer.person, signer.position), words);
    posts.holding(SIGN, &names).into_iter().map(choice).collect()
}

/// What a form sent.
pub(crate) fn read(sent: &str) -> Option<ExecutionSigner> {
    let (person, position) = sent.split_once('.')?;
    Some(ExecutionSigner { person: person.parse().ok()?, position: position.parse().ok()? })
}
