//! Letters of the encodings from before Unicode (TCVN3, VNI): recognised and named, never guessed into other letters.

/// Signs that TCVN3 puts into words and Unicode Vietnamese never does.
const TCVN3: &str = "µ¸¶·¹¨»¾¼½©®ª«¬";
/// Letters that VNI puts into words and Unicode Vietnamese never does.
const VNI: &str = "ñÑöÖøØûÛåÅäÄïÏëËüÜæ";
/// So many of them are no accident of a foreign name.
const ENOUGH: usize = 4;

/// The encoding from before Unicode in which a text seems to be written, with the first word that shows it.
pub(crate) fn foreign(text: &str) -> Option<(&'static str, &str)> {
    for (name, signs) in [("TCVN3", TCVN3), ("VNI", VNI)] {
        let words = || text.split_whitespace().filter(|word| within(word, signs));
        if words().count() >= ENOUGH {
            return words().next().map(|word| (name, word));
        }
    }
    None
}

/// Whether a sign stands beside a plain letter in a word.
fn within(word: &str, signs: &str) -> bool {
    let mut before = ' ';
    word.chars().any(|letter| {
        let pair = (before, letter);
        before = letter;
        let plain = |letter: char| letter.is_ascii_alphabetic();
        (signs.contains(pair.1) && plain(pair.0)) || (signs.contains(pair.0) && plain(pair.1))
    })
}
