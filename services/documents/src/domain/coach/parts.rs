//! Parts that a document must have, or that documents of its genre are expected to have.

use schema_forms::Block;

use super::{At, Found, Given, rules};

/// What is missing.
pub(super) fn check(given: &Given) -> Vec<Found> {
    let Given { document, text, written } = given;
    let mut found = Vec::new();
    let genre = document.genre.as_str();
    if document.summary.as_deref().is_none_or(|summary| summary.trim().is_empty()) && !is_paper(genre) {
        found.push(Found::new("summary_missing", At::Field("summary")));
    }
    if document.recipients.is_empty() && written.recipients.is_empty() {
        found.push(Found::new("recipients_missing", At::Field("recipients")));
    }
    if written.pieces.is_empty() {
        // What is attached as a file has its text there.
        if document.files.is_empty() {
            found.push(Found::new("text_missing", At::Field("text")));
        }
        return found;
    }
    if genre == "official_letter" && written.addressees.is_empty() {
        found.push(Found::new("addressees_missing", At::Field("text")));
    }
    if genre == "decision" && !written.pieces.iter().any(|piece| matches!(piece.block, Block::Ground { .. })) {
        found.push(Found::new("grounds_missing", At::Field("text")));
    }
    let folded = text::fold(text);
    let said = |part: &&rules::Part| part.words.iter().any(|word| folded.contains(word.as_str()));
    let expected = || rules::all().part.iter().filter(|part| part.genres.iter().any(|one| one == genre));
    for part in expected().filter(|part| !said(part)) {
        let missing = Found::new("part_missing", At::Field("text")).with("genre", document.genre_name.as_str());
        found.push(missing.with("part_vi", part.vi.as_str()).with("part_en", part.en.as_str()));
    }
    let options = options(&folded);
    if expected().next().is_some() && options < 2 {
        let few = Found::new("options_too_few", At::Field("text")).with("genre", document.genre_name.as_str());
        found.push(few.with("found", options.to_string()));
    }
    found
}

/// Administrative papers print their name alone.
fn is_paper(genre: &str) -> bool {
    const PAPERS: [&str; 8] = [
        "introduction_paper",
        "work_certificate",
        "travel_paper",
        "leave_paper",
        "invitation",
        "transfer_slip",
        "dispatch_slip",
        "open_letter",
    ];
    PAPERS.contains(&genre)
}

/// How many options a text numbers: phương án 1, phương án hai, phương án II.
fn options(folded: &str) -> usize {
    let spellings = [["1", "mot", "i", "a"], ["2", "hai", "ii", "b"], ["3", "ba", "iii", "c"]];
    let words: Vec<&str> = folded.split_whitespace().collect();
    let named = |ways: &[&str; 4]| {
        let mut after = words.windows(3);
        after.any(|three| matches!(three, ["phuong", "an", which] if ways.contains(which)))
    };
    spellings.iter().filter(|ways| named(ways)).count()
}
