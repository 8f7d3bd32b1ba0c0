//! Wrong files and signatures.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest as _, Sha256};

use crate::{
    damage::{Bench, Dice, element, packed, repacked, text, usual, with, without, words},
    sound::{PDF, message},
};

pub(super) fn fill(bench: &mut Bench) {
    manifest(bench);
    base64(bench);
    archives(bench);
    names(bench);
    signatures(bench);
}

fn manifest(bench: &mut Bench) {
    let none = without(&without(&usual(), "AttachmentEncoded"), "edXMLManifest");
    bench.add("edxml.no_attachment", "neither manifest nor files", none.clone());
    let foreign = "<edXML:edXMLAttachments><edXML:AttachmentData>QQ==</edXML:AttachmentData></edXML:edXMLAttachments>";
    let foreign = none.replacen("<edXML:edXMLBody>", &format!("{foreign}<edXML:edXMLBody>"), 1);
    bench.add("edxml.attachments_of_a_gateway", "beside the body", foreign);
    bench.add("edxml.no_attachment", "no body", without(&none, "edXMLBody"));
    bench.add("edxml.attachment_missing", "the first file", without(&usual(), "Attachment"));
    bench.add("edxml.attachment_missing", "both files", with(&usual(), "AttachmentEncoded", ""));
    for other in ["cid:9", "cid:1 ", "cid:x"].into_iter().filter(|one| one.trim() != "cid:1") {
        let own = element(&usual(), "Attachment");
        bench.swap("edxml.attachment_missing", &own, &with(&own, "ContentId", other));
        bench.set("edxml.attachment_missing", "ContentId", other);
    }
    bench.add("edxml.reference_missing", "the first", without(&usual(), "Reference"));
    bench.add("edxml.reference_missing", "both", without(&without(&usual(), "Reference"), "Reference"));
    bench.set("edxml.duplicate_content_id", "ContentId", "cid:2");
    let own = element(&usual(), "Attachment");
    bench.swap("edxml.duplicate_content_id", &own, &with(&own, "ContentId", "cid:2"));
    bench.swap("edxml.duplicate_content_id", &own, &format!("{own}{own}"));
    let reference = element(&usual(), "Reference");
    bench.swap("edxml.duplicate_content_id", &reference, &format!("{reference}{reference}"));
    bench.set("edxml.content_id_form", "ContentId", "1");
    bench.set("edxml.content_id_form", "ContentId", "&lt;1&gt;");
}

fn base64(bench: &mut Bench) {
    let letters = words(&usual(), "ContentTransferEncoded");
    let mut dice = Dice::new(3);
    for wrong in ["*", "-", "_", "%", "ấ", "!", "=", ",", "data:", "\\n"] {
        let (head, tail) = letters.split_at(1 + dice.below(letters.len() - 9));
        bench.set("edxml.bad_base64", "ContentTransferEncoded", &format!("{head}{wrong}{tail}"));
    }
    let bare = letters.trim_end_matches('=');
    let cut = &bare[..bare.len() - (bare.len() + 3) % 4];
    bench.set("edxml.bad_base64", "ContentTransferEncoded", cut);
    let mut odd = message();
    for extra in 0..3 {
        odd.attachments[0].bytes.push(b'\n');
        let letters = words(&text(&odd), "ContentTransferEncoded");
        if let Some(bare) = letters.strip_suffix('=') {
            bench.add(
                "edxml.base64_padding",
                format!("{extra}"),
                with(&text(&odd), "ContentTransferEncoded", bare.trim_end_matches('=')),
            );
        }
    }
    bench.set("edxml.attachment_empty", "ContentTransferEncoded", "");
    bench.add("edxml.attachment_empty", "an empty file in a ZIP", emptied());
    let wrapped: Vec<String> =
        letters.as_bytes().chunks(76).map(|row| String::from_utf8(row.to_vec()).unwrap()).collect();
    assert_eq!(
        crate::sound::codes(with(&usual(), "ContentTransferEncoded", &wrapped.join("\r\n")).as_bytes()),
        [""; 0]
    );
}

/// A message whose first file has nothing in it: the packing of nothing is taken from a message that the validator refused.
fn emptied() -> String {
    let empty = [
        b"PK\x03\x04\x0A\0\0\0\0\0\0\0\x21\0\0\0\0\0\0\0\0\0\0\0\0\0\x05\0\0\0a.pdf".as_slice(),
        b"PK\x01\x02\x0A\0\x0A\0\0\0\0\0\0\0\x21\0\0\0\0\0\0\0\0\0\0\0\0\0\x05\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0a.pdf",
        b"PK\x05\x06\0\0\0\0\x01\0\x01\0\x33\0\0\0\x23\0\0\0\0\0",
    ];
    repacked(&usual(), &empty.concat())
}

fn archives(bench: &mut Bench) {
    let sound = packed(&usual());
    let body = sound.windows(4).position(|part| part == b"%PDF").unwrap();
    let mut dice = Dice::new(4);
    for _ in 0..6 {
        let mut bytes = sound.clone();
        bytes[body + dice.below(PDF.len())] ^= 0x41;
        bench.add("edxml.attachment_damaged", "a byte of the file", repacked(&usual(), &bytes));
    }
    for _ in 0..6 {
        let kept = body + dice.below(sound.len() - body - 1);
        bench.add("edxml.attachment_damaged", format!("cut at {kept}"), repacked(&usual(), &sound[..kept]));
    }
    let mut bytes = sound;
    bytes[0] = b'Q';
    bench.add("edxml.attachment_damaged", "another beginning", repacked(&usual(), &bytes));
    bench.add("edxml.attachment_not_zipped", "a bare PDF", repacked(&usual(), PDF));
    bench.add("edxml.attachment_not_zipped", "a bare text", renamed("ghi-chu.txt", b"Ghi ch\xC3\xBA"));
    bench.add("edxml.content_differs_from_name", "a PDF called DOCX", renamed("bao-cao.docx", PDF));
    bench.add("edxml.zip_of_many", "two files", repacked(&usual(), &two()));
}

/// A message whose first file has another name and lies there without a ZIP.
fn renamed(name: &str, bytes: &[u8]) -> String {
    if name.ends_with("docx") {
        let mut sent = message();
        sent.attachments[0].name = name.to_owned();
        sent.attachments[0].bytes = bytes.to_vec();
        return text(&sent);
    }
    let renamed = usual().replace("cong-van.pdf", name);
    repacked(&renamed, bytes)
}

/// A ZIP with two empty files.
fn two() -> Vec<u8> {
    let local = b"PK\x03\x04\x0A\0\0\0\0\0\0\0\x21\0\0\0\0\0\0\0\0\0\0\0\0\0\x05\0\0\0a.pdf";
    let row = |at: u8| {
        let head = b"PK\x01\x02\x0A\0\x0A\0\0\0\0\0\0\0\x21\0\0\0\0\0\0\0\0\0\0\0\0\0\x05\0\0\0\0\0\0\0\0\0\0\0\0\0";
        [head.as_slice(), &[at, 0, 0, 0], if at == 0 { b"a.pdf" } else { b"b.pdf" }].concat()
    };
    let other = [&local[..30], b"b.pdf"].concat();
    let end = b"PK\x05\x06\0\0\0\0\x02\0\x02\0\x66\0\0\0\x46\0\0\0\0\0";
    [local.as_slice(), &other, &row(0), &row(35), end].concat()
}

fn names(bench: &mut Bench) {
    for path in ["C:\\VB\\cong-van.pdf", "../cong-van.pdf", "/tmp/cong-van.pdf"] {
        let own = element(&usual(), "Attachment");
        bench.swap("edxml.attachment_name_path", &own, &with(&own, "AttachmentName", path));
    }
    for other in ["khac.pdf", "CONG-VAN.PDF"] {
        bench.set("edxml.attachment_names_differ", "AttachmentName", other);
    }
}

/// A sound message with a signature whose parts can be changed.
fn signed(method: &str, digest: &str, value: &str, certificate: &str, uri: &str) -> String {
    let dsig = "http://www.w3.org/2000/09/xmldsig#";
    let signature = format!(
        "<Signature xmlns=\"{dsig}\"><SignedInfo><SignatureMethod Algorithm=\"{method}\"/><Reference URI=\"{uri}\">\
         <DigestMethod Algorithm=\"{digest}\"/><DigestValue>{value}</DigestValue></Reference></SignedInfo>\
         <SignatureValue>AAAA</SignatureValue><KeyInfo><X509Data><X509Certificate>{certificate}</X509Certificate>\
         </X509Data></KeyInfo></Signature></edXML:edXMLHeader>"
    );
    usual().replacen("</edXML:edXMLHeader>", &signature, 1)
}

fn signatures(bench: &mut Bench) {
    let strong = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
    let digest = "http://www.w3.org/2001/04/xmlenc#sha256";
    let der = STANDARD.encode([[0x30, 0x82, 1, 0].as_slice(), &[7; 256]].concat());
    let of = |bytes: &[u8]| STANDARD.encode(Sha256::digest(bytes));
    for right in [of(PDF), of(&packed(&usual()))] {
        let sound = signed(strong, digest, &right, &der, "cid:1");
        assert_eq!(crate::sound::codes(sound.as_bytes()), [""; 0]);
        bench.add(
            "edxml.signature_namespace",
            "no namespace",
            sound.replace(" xmlns=\"http://www.w3.org/2000/09/xmldsig#\"", ""),
        );
        bench.add("edxml.signature_incomplete", "no value", sound.replace("<SignatureValue>AAAA</SignatureValue>", ""));
    }
    for wrong in 0..5_u8 {
        let value = of(&[PDF, &[wrong]].concat());
        bench.add("edxml.digest_mismatch", format!("{wrong}"), signed(strong, digest, &value, &der, "cid:1"));
    }
    for value in ["AAAA", "không", ""] {
        bench.add("edxml.digest_length", value, signed(strong, digest, value, &der, "cid:1"));
    }
    let old = "http://www.w3.org/2000/09/xmldsig#";
    let twenty = STANDARD.encode([1; 20]);
    for (method, digest, value) in [
        (format!("{old}rsa-sha1"), format!("{old}sha1"), twenty.clone()),
        (strong.to_owned(), format!("{old}sha1"), twenty),
        (format!("{strong}x-md5"), digest.to_owned(), of(PDF)),
    ] {
        bench.add("edxml.old_signature_algorithm", &*method, signed(&method, &digest, &value, &der, ""));
    }
    bench.add("edxml.unknown_signature_algorithm", "gost", signed("urn:gost", digest, &of(PDF), &der, ""));
    for broken in ["MIIFqTCCBJG", "MIIFqTCCBJGgAwIB", "***"] {
        bench.add("edxml.broken_certificate", broken, signed(strong, digest, &of(PDF), broken, "cid:1"));
    }
    let empty = "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"/></edXML:edXMLHeader>";
    bench.swap("edxml.signature_incomplete", "</edXML:edXMLHeader>", empty);
}
