//! Names of files: three closed alphabets, checked before anything is joined to a path.

use crate::Error;

/// The folder of uploads that nobody has claimed yet; no service may take its name.
pub(crate) const STAGING: &str = "staging";

/// A service: lower-case letters and inner hyphens, at most 40.
pub(crate) fn service(given: &str) -> Result<&str, Error> {
    let letters = given.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let framed = !given.is_empty() && given.len() <= 40 && !given.starts_with('-') && !given.ends_with('-');
    accept("service", given, letters && framed && given != STAGING)
}

/// An office: the lower-case hyphenated text of a UUID, the only spelling, so that one office has one folder.
pub(crate) fn office(given: &str) -> Result<&str, Error> {
    const HYPHENS: [usize; 4] = [8, 13, 18, 23];
    let shaped = given.bytes().enumerate().all(|(at, byte)| match HYPHENS.contains(&at) {
        true => byte == b'-',
        false => is_lower_hex(byte),
    });
    accept("office", given, given.len() == 36 && shaped)
}

/// A hash: 64 lower-case hexadecimal digits.
pub(crate) fn hash(given: &str) -> Result<&str, Error> {
    accept("hash", given, given.len() == 64 && given.bytes().all(is_lower_hex))
}

/// The folder a hash stands in: its first two digits, so that no folder grows beyond a few thousand entries.
pub(crate) fn fan(hash: &str) -> &str {
    hash.get(..2).unwrap_or(hash)
}

fn is_lower_hex(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f')
}

fn accept<'a>(part: &'static str, given: &'a str, good: bool) -> Result<&'a str, Error> {
    if good { Ok(given) } else { Err(Error::BadKey { part, given: given.chars().take(80).collect() }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HASH: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    const OFFICE: &str = "01923f6e-7c1a-7b30-8f00-0123456789ab";

    #[test]
    fn good_names_pass() {
        assert!(service("documents").is_ok() && service("front-desk").is_ok());
        assert!(office(OFFICE).is_ok() && hash(HASH).is_ok());
        assert_eq!(fan(HASH), "e3");
    }

    #[test]
    fn every_way_out_of_the_folder_is_refused() {
        let ways =
            ["", ".", "..", "../etc", "/etc", "a/b", "a\\b", "a\0", "staging", "-a", "a-", "Documents", "tài", "a."];
        for way in ways {
            assert!(service(way).is_err(), "{way:?} passed as a service");
            assert!(office(way).is_err() && hash(way).is_err(), "{way:?} passed");
        }
        assert!(service(&"a".repeat(41)).is_err());
        assert!(office(&OFFICE.to_uppercase()).is_err());
        assert!(office(&OFFICE.replace('-', "/")).is_err());
        assert!(hash(&HASH.to_uppercase()).is_err());
        assert!(hash(&HASH[1..]).is_err() && hash(&format!("{HASH}0")).is_err());
        assert!(hash(&format!("../{}", &HASH[3..])).is_err());
    }

    proptest! {
        /// Whatever passes is made of characters that no file system reads as anything but a name.
        #[test]
        fn what_passes_is_a_plain_name(given in any::<String>()) {
            for passed in [service(&given), office(&given), hash(&given)].into_iter().flatten() {
                prop_assert!(!passed.is_empty());
                prop_assert!(passed.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
            }
        }
    }
}
