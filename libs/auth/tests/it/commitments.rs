//! Commitments: the same for ever, and different whenever anything differs.

use auth::commitment::commit;

const SALT: [u8; 16] = [7; 16];

#[test]
fn the_bytes_are_fixed_for_ever() {
    assert_eq!(
        hex::encode(commit(&SALT, "abstract", "Tờ trình".as_bytes())),
        "ed088fe43bff2805f4296d6f1067781fa077d1fc947284fd58a3463ab379be09"
    );
}

#[test]
fn any_difference_shows() {
    let base = commit(&SALT, "ab", b"c");
    assert_ne!(base, commit(&[8; 16], "ab", b"c"), "salt");
    assert_ne!(base, commit(&SALT, "ab", b"d"), "value");
    assert_ne!(base, commit(&SALT, "ax", b"c"), "field");
    assert_ne!(base, commit(&SALT, "a", b"bc"), "where the field ends");
    assert_ne!(commit(&SALT, "a", b""), commit(&SALT, "", b"a"), "which of the two is empty");
}
