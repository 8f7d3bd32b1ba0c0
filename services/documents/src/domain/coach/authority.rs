//! Whether a body issues documents of a genre (399-QĐ/TW): a warning, since practice differs.

use super::{At, Found, Given, rules};

/// Genres that only the centre is known to issue.
const CENTRE: [&str; 3] = ["communique", "declaration", "appeal"];
/// The code of the central bodies.
const CENTRAL: &str = "TW";

/// A genre that the body does not issue. Where the text does not say which of several bodies signs, only a genre that none
/// of them issues is told.
pub(super) fn check(given: &Given) -> Vec<Found> {
    let Given { document, written, .. } = given;
    let (genre, code) = (document.genre.as_str(), document.body_code.as_str());
    let named = |found: Found| found.with("genre", document.genre_name.as_str());
    if CENTRE.contains(&genre) && code != CENTRAL {
        return vec![named(Found::new("genre_of_centre", At::Field("genre")))];
    }
    let lines = written.signatures.iter().flat_map(|signed| &signed.authority);
    let signed: Vec<String> = lines.map(|line| text::fold(line)).collect();
    let bears = |issuer: &&rules::Issuer| issuer.codes.iter().any(|one| one == code);
    let signs = |issuer: &&rules::Issuer| {
        issuer.signs.iter().any(|word| signed.iter().any(|line| line.contains(word.as_str())))
    };
    let possible: Vec<&rules::Issuer> = rules::all().issuer.iter().filter(bears).collect();
    let chosen: Vec<&rules::Issuer> = possible.iter().copied().filter(signs).collect();
    let issuers = if chosen.is_empty() { possible } else { chosen };
    let refused = |issuer: &&rules::Issuer| issuer.may_not.iter().any(|one| one == genre);
    match issuers.first() {
        Some(first) if issuers.iter().all(refused) => {
            vec![named(Found::new("genre_not_of_body", At::Field("genre"))).with("issuer", first.name.as_str())]
        }
        _ => Vec::new(),
    }
}
