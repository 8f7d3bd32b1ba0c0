//! Searching folded names: every word must begin a word of the name.

use sea_orm::{ColumnTrait, Condition};

/// Keeps names in which each of the folded words begins a word. Folded words are letters and digits only, so that
/// nothing in them is a sign of LIKE.
pub(crate) fn hold<C: ColumnTrait>(folded: C, words: &[String]) -> Condition {
    let begins =
        |word: &String| Condition::any().add(folded.like(format!("{word}%"))).add(folded.like(format!("% {word}%")));
    words.iter().map(begins).fold(Condition::all(), Condition::add)
}

#[cfg(test)]
mod tests {
    use crate::domain::naming;

    #[test]
    fn no_sign_of_like_comes_through_folding() {
        for word in naming::words(Some("100% _a\\b 'x' văn-phòng")) {
            assert!(word.chars().all(char::is_alphanumeric), "{word}");
        }
    }
}
