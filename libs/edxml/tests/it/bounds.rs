//! Files that no honest sender makes.

use edxml::{ENOUGH_ATTACHMENTS, LARGEST};

use crate::{
    damage::{element, usual, with},
    sound::codes,
};

#[test]
fn what_is_too_large_is_not_looked_at() {
    assert_eq!(codes(&vec![b' '; LARGEST + 1]), ["edxml.too_large"]);
}

#[test]
fn too_many_elements_and_files_are_refused() {
    let many = with(&usual(), "ToPlaces", &"<edXML:Place>a</edXML:Place>".repeat(100_000));
    assert_eq!(codes(many.as_bytes()), ["edxml.too_many_elements"]);
    let attributes: String = (0..100).map(|at| format!(" a{at}=\"\"")).collect();
    let many = usual().replacen("<edXML:Subject>", &format!("<edXML:Subject{attributes}>"), 1);
    assert_eq!(codes(many.as_bytes()), ["edxml.too_many_elements"]);
    let sound = usual();
    let (file, row) = (element(&sound, "Attachment"), element(&sound, "Reference"));
    let numbered = |one: &str| -> String {
        (0..=ENOUGH_ATTACHMENTS).map(|at| one.replace("cid:1", &format!("cid:n{at}"))).collect()
    };
    let many = sound.replacen(&file, &numbered(&file), 1).replacen(&row, &numbered(&row), 1);
    assert_eq!(codes(many.as_bytes()), ["edxml.too_many_attachments"]);
}

#[test]
fn thousands_of_remarks_are_told_as_far_as_anyone_reads_and_hide_no_error() {
    let text = with(&usual(), "MessageHeader", &"<edXML:Mau/>".repeat(5_000));
    let told = codes(text.as_bytes());
    assert!(told.len() <= 220 && told.contains(&"edxml.missing_element"), "{}", told.len());
}
