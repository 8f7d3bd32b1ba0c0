//! Words typed by Telex while the input method was off: `quyeets` for `quyết`, `ddinhj` for `định`.

/// The word without accents that Telex would have made of this, when it is a slip: letters that only Telex types so.
/// `uyeer` gives `uye`; `duowcj` gives `duoc`. Nothing when the word holds no such letters, or would not change.
#[must_use]
pub(crate) fn meant(folded: &str) -> Option<String> {
    if folded.len() < 3 || !folded.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let letters: Vec<char> = folded.chars().collect();
    let mut said = String::with_capacity(letters.len());
    let mut before = None;
    for (at, &letter) in letters.iter().enumerate() {
        let doubled = before == Some(letter) && matches!(letter, 'a' | 'e' | 'o' | 'd');
        let horn = letter == 'w' && said.contains(['a', 'o', 'u']);
        let alone = letter == 'w' && !horn;
        if alone && !INITIALS.contains(&said.as_str()) {
            return None;
        }
        let tone = matches!(letter, 's' | 'f' | 'r' | 'x' | 'j' | 'z') && at > 0 && vowel_in(&said);
        before = if doubled { None } else { Some(letter) };
        if doubled || horn || tone || hat_after(&said, letter) {
            continue;
        }
        // A `w` that stands alone types `ư`.
        said.push(if alone { 'u' } else { letter });
    }
    (said != folded && vowel_in(&said)).then_some(said)
}

/// What a syllable begins with; a `w` after anything else is no vowel, as in `vptw`.
const INITIALS: [&str; 25] = [
    "", "b", "c", "ch", "d", "g", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "r", "s", "t",
    "th", "tr", "v", "x",
];

/// The hat typed after the end of the syllable, as in `quyete` for `quyêt` or `dangd` for `đang`.
fn hat_after(said: &str, letter: char) -> bool {
    let later = said.chars().last().is_some_and(|last| !is_vowel(last));
    let vowel = matches!(letter, 'a' | 'e' | 'o') && said.contains(letter);
    later && vowel_in(said) && (vowel || (letter == 'd' && said.starts_with('d')))
}

fn vowel_in(said: &str) -> bool {
    said.chars().any(is_vowel)
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_read_as_they_were_meant() {
        let table = [
            ("quyeets", "quyet"),
            ("ddinhj", "dinh"),
            ("uyr", "uy"),
            ("ddangr", "dang"),
            ("tinhr", "tinh"),
            ("duowcj", "duoc"),
            ("chuongw", "chuong"),
            ("nghij", "nghi"),
            ("baos", "bao"),
            ("casos", "cao"),
            ("vawn", "van"),
            ("tuwr", "tu"),
            ("quyetes", "quyet"),
            ("dangrd", "dang"),
            ("hooij", "hoi"),
        ];
        for (typed, meant_by_it) in table {
            assert_eq!(meant(typed).as_deref(), Some(meant_by_it), "{typed}");
        }
    }

    #[test]
    fn what_is_no_slip_stays_as_it_is() {
        for word in ["nghi", "quyet", "dang", "ban", "vptw", "2026", "trong", "thanh", "sx", "cv"] {
            assert_eq!(meant(word), None, "{word}");
        }
    }
}
