//! Which passwords are good enough to be one's only key: long, one's own, never cut short.

use std::{collections::HashSet, sync::LazyLock};

use schema_identity::Refusal;

/// The least characters of a password that stands alone (NIST SP 800-63B-4).
pub(crate) const LEAST_CHARACTERS: usize = 15;

/// The most bytes; longer ones are refused rather than cut.
pub(crate) const MOST_BYTES: usize = 1024;

/// How many characters may remain beside well-known passwords before a password counts as one's own.
const OWN_CHARACTERS: usize = 4;

/// What attackers try first, folded.
static COMMON: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("../../data/common_passwords.txt").lines();
    lines.map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
});

/// The password in the one form that is hashed, in which it does not matter how accents were typed.
pub(crate) fn normal(password: &str) -> String {
    text::nfc(password)
}

/// Checks a new password and gives the form to hash.
///
/// # Errors
/// One of the refusals about passwords, each saying what to do.
pub(crate) fn check(password: &str, username: &str) -> Result<String, Refusal> {
    let password = normal(password);
    if password.chars().count() < LEAST_CHARACTERS {
        return Err(Refusal::PasswordShort { least: LEAST_CHARACTERS });
    }
    if password.len() > MOST_BYTES {
        return Err(Refusal::PasswordLong { most: MOST_BYTES });
    }
    if repeats(&password) {
        return Err(Refusal::PasswordSimple);
    }
    let (plain, name) = (plain(&password), plain(username));
    // A name of one or two letters stands in every sentence.
    if name.len() >= 3 && plain.contains(&name) {
        return Err(Refusal::PasswordHasName);
    }
    if is_common(&plain) { Err(Refusal::PasswordCommon) } else { Ok(password) }
}

/// Letters and digits alone, without accents and case.
fn plain(text: &str) -> String {
    text::fold(text).split_whitespace().collect()
}

/// Whether it is one short pattern over and over, or one run of the alphabet or of digits.
fn repeats(password: &str) -> bool {
    let characters: Vec<char> = password.chars().collect();
    let pattern = (1..=4).any(|period| characters.iter().zip(characters.iter().skip(period)).all(|(a, b)| a == b));
    let step = |up: bool| {
        characters.windows(2).all(|pair| match pair {
            [a, b] => {
                let (a, b) = if up { (*a, *b) } else { (*b, *a) };
                u32::from(a) + 1 == u32::from(b) || (a == '9' && b == '0')
            }
            _ => true,
        })
    };
    pattern || step(true) || step(false)
}

/// Whether hardly anything remains when every well-known password in it is taken out, chosen so that least remains.
fn is_common(plain: &str) -> bool {
    let letters: Vec<char> = plain.chars().collect();
    // `least[n]`: the fewest letters that remain of the first n.
    let mut least = vec![0_usize];
    for end in 1..=letters.len() {
        let mut best = least.last().copied().unwrap_or_default() + 1;
        for start in end.saturating_sub(20)..end {
            let Some(piece) = letters.get(start..end) else { continue };
            if end - start >= 3 && COMMON.contains(piece.iter().collect::<String>().as_str()) {
                best = best.min(least.get(start).copied().unwrap_or(best));
            }
        }
        least.push(best);
    }
    least.last().is_none_or(|remaining| *remaining < OWN_CHARACTERS)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_list_is_folded_and_long_enough_to_matter() {
        assert!(COMMON.len() >= 300, "{}", COMMON.len());
        for word in COMMON.iter() {
            assert_eq!(plain(word), **word, "`{word}` is not folded");
            assert!((3..=20).contains(&word.chars().count()), "`{word}`");
        }
    }

    #[test]
    fn each_weakness_has_its_own_refusal() {
        let table = [
            ("ngắn quá", Refusal::PasswordShort { least: 15 }),
            ("aaaaaaaaaaaaaaaaaaaa", Refusal::PasswordSimple),
            ("abcabcabcabcabcabc", Refusal::PasswordSimple),
            ("123456789012345678", Refusal::PasswordSimple),
            ("zyxwvutsrqponmlkji", Refusal::PasswordSimple),
            ("Mật khẩu của lan.nguyen đây", Refusal::PasswordHasName),
            ("PasswordPassword123", Refusal::PasswordCommon),
            ("mậtkhẩu-123456-ab", Refusal::PasswordCommon),
            ("Vietnam Hanoi Saigon 2026", Refusal::PasswordCommon),
            ("qwerty123456!!!!", Refusal::PasswordCommon),
        ];
        for (password, refusal) in table {
            assert_eq!(check(password, "lan.nguyen"), Err(refusal), "{password}");
        }
        for good in ["con trâu đi trước cái cày", "bảy con sếu bay qua đồng chiều", "gỗ lim-đá ong-mái rạ"]
        {
            assert!(check(good, "lan.nguyen").is_ok(), "{good}");
        }
    }

    #[test]
    fn fifteen_characters_are_counted_as_people_count_them() {
        assert_eq!(check("bèo dạt mây trô", "lan.nguyen").map(|text| text.chars().count()), Ok(15));
        assert!(check("bèo dạt mây tr", "lan.nguyen").is_err());
        let apart: String = "be\u{300}o da\u{323}t ma\u{302}y tr".to_owned();
        assert!(check(&apart, "lan.nguyen").is_err(), "marks that were typed apart do not lengthen a password");
    }

    #[test]
    fn a_long_password_is_refused_and_not_cut() {
        let phrase: String = "sông Đà chảy về xuôi ".chars().cycle().take(1500).collect();
        assert_eq!(check(&phrase, "lan.nguyen"), Err(Refusal::PasswordLong { most: 1024 }));
        let long: String = phrase.chars().take(600).collect();
        assert_eq!(check(&long, "lan.nguyen").unwrap().chars().count(), 600);
    }

    proptest! {
        #[test]
        fn what_is_accepted_keeps_every_character(password in "\\PC{0,60}") {
            if let Ok(kept) = check(&password, "lan.nguyen") {
                prop_assert_eq!(kept, text::nfc(&password));
            }
        }
    }
}
