//! One-time codes: 100 random bits in letters and digits that nobody confuses, kept only as a hash.

use schema_identity::Hidden;
use sha2::{Digest, Sha256};

/// Crockford's base 32: without I, L, O and U.
const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The code made of 20 random bytes, in groups of five.
pub(crate) fn code(random: [u8; 20]) -> Hidden {
    let mut shown = String::with_capacity(23);
    for (index, byte) in random.iter().enumerate() {
        if index > 0 && index % 5 == 0 {
            shown.push('-');
        }
        shown.extend(SYMBOLS.get(usize::from(byte % 32)).map(|symbol| char::from(*symbol)));
    }
    Hidden(shown)
}

/// The hash under which a code is kept. Case, spaces, hyphens and confusable letters do not matter.
pub(crate) fn hash(code: &Hidden) -> String {
    let canonical: String = code
        .0
        .chars()
        .filter(|character| !character.is_whitespace() && *character != '-')
        .map(|character| match character.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    secret_hash(&canonical)
}

/// The hash under which a random secret is kept. It needs no salt and no slowness: there is nothing to guess.
pub(crate) fn secret_hash(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_code_is_shown_in_groups_and_typed_as_people_type() {
        let shown = code([0, 1, 2, 3, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 255]);
        assert_eq!(shown.0, "0123H-JKMNP-QRSTV-WXYZZ");
        for typed in ["0123hjkmnpqrstvwxyzz", " o123H-JKMNP QRSTV-WXYZZ ", "Ol23h jkmnp qrstv wxyzz"] {
            assert_eq!(hash(&Hidden::from(typed)), hash(&shown), "{typed}");
        }
        assert_ne!(hash(&Hidden::from("0123H-JKMNP-QRSTV-WXYZY")), hash(&shown));
    }

    proptest! {
        #[test]
        fn different_bits_are_different_codes(a in any::<[u8; 20]>(), b in any::<[u8; 20]>()) {
            let same = a.iter().zip(&b).all(|(a, b)| a % 32 == b % 32);
            prop_assert_eq!(code(a) == code(b), same);
        }
    }
}
