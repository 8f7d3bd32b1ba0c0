//! Sealed secrets open with their key, in their place, unchanged, and in no other way.

use auth::SealingKey;

#[test]
fn a_secret_opens_in_its_place_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sealing.pem");
    let key = SealingKey::load_or_create(&path, [7; 32]).unwrap();
    let sealed = key.seal(b"an account", b"the secret", [1; 12]).unwrap();
    assert!(!sealed.contains("secret"));
    // Made once: whoever comes later with other bytes gets the same key.
    let again = SealingKey::load_or_create(&path, [8; 32]).unwrap();
    assert_eq!(again.open(b"an account", &sealed).as_deref(), Some(&b"the secret"[..]));
    assert_eq!(key.open(b"another account", &sealed), None);
    let other = SealingKey::load_or_create(&folder.path().join("other.pem"), [9; 32]).unwrap();
    assert_eq!(other.open(b"an account", &sealed), None);
    for position in 0..sealed.len() {
        let mut bent = sealed.clone().into_bytes();
        bent[position] = if bent[position] == b'A' { b'B' } else { b'A' };
        let bent = String::from_utf8(bent).unwrap();
        assert_eq!(key.open(b"an account", &bent), None, "{position}");
    }
    assert_eq!(key.open(b"an account", ""), None);
}
