//! What public samples and systems in use do: read, and told where it matters.

use edxml::{BusinessKind, NAMESPACE, Severity, check, read};

use crate::{
    damage::{element, of, repacked, usual, with, without},
    sound::{PDF, codes, message, taken},
};

#[test]
fn the_order_of_children_does_not_matter() {
    let sound = usual();
    let mut late = without(&sound, "DocumentId");
    let id = element(&sound, "DocumentId");
    late = late.replacen("</edXML:MessageHeader>", &format!("{id}</edXML:MessageHeader>"), 1);
    let subject = element(&sound, "Subject");
    let late = late.replacen(&subject, "", 1).replacen("<edXML:From>", &format!("{subject}<edXML:From>"), 1);
    assert_eq!(check(late.as_bytes()), []);
    assert_eq!(taken(late.as_bytes()), message());
}

#[test]
fn prefixes_and_spacing_do_not_matter() {
    let sound = usual();
    let bare = sound.replace("edXML:", "").replace(&format!(" xmlns:edXML=\"{NAMESPACE}\""), "");
    let bare = bare.replace(&format!(" xmlns=\"{NAMESPACE}\""), "").replacen(
        "<edXML>",
        &format!("<edXML xmlns=\"{NAMESPACE}\">"),
        1,
    );
    let other = sound.replace("edXML:", "e:").replace("xmlns:edXML", "xmlns:e");
    let windows = sound.replace('\n', "\r\n");
    for text in [bare, other, windows] {
        assert_eq!(check(text.as_bytes()), [], "{text}");
        assert_eq!(taken(text.as_bytes()), message());
    }
    assert_eq!(taken(format!("\u{FEFF}{sound}").as_bytes()), message());
}

#[test]
fn an_impossible_day_in_an_id_is_kept_as_it_stands() {
    let id = "000.00.00.G22,2014/02/30,7806/VPCP-TTĐT";
    let text = usual().replace("A32.65,2026/03/05,12/CV-TU", id);
    let message = taken(text.as_bytes());
    assert_eq!((message.document_id.as_str(), message.business.document_id.as_str()), (id, id));
    let told = check(text.as_bytes());
    assert!(told.iter().all(|one| one.severity < Severity::Error), "{told:#?}");
}

#[test]
fn an_impossible_day_of_promulgation_leaves_the_day_to_the_clerk() {
    let message = taken(with(&usual(), "PromulgationDate", "2026/02/30").as_bytes());
    assert_eq!((message.promulgation.date.text.as_str(), message.promulgation.date.day), ("2026/02/30", None));
    assert_eq!(message.subject, crate::sound::message().subject);
    assert_eq!(message.attachments.len(), 2);
}

/// A signature as public samples have it: no namespace of its own, RSA-SHA1, a certificate that is cut off.
const SAMPLE_SIGNATURE: &str = "<Signature><SignedInfo>\
    <SignatureMethod Algorithm=\"http://www.w3.org/2000/09/xmldsig#rsa-sha1\"/>\
    <Reference URI=\"\"><DigestMethod Algorithm=\"http://www.w3.org/2000/09/xmldsig#sha1\"/>\
    <DigestValue>AAAAAAAAAAAAAAAAAAAAAAAAAAA=</DigestValue></Reference></SignedInfo>\
    <SignatureValue>AAAA</SignatureValue><KeyInfo><X509Data><X509SubjectName>CN=mau</X509SubjectName>\
    <X509Certificate>MIIFqTCCBJG</X509Certificate></X509Data></KeyInfo></Signature></edXML:edXMLHeader>";

#[test]
fn old_signatures_are_read_and_told() {
    let text = usual().replacen("</edXML:edXMLHeader>", SAMPLE_SIGNATURE, 1);
    let signature = taken(text.as_bytes()).signature.unwrap();
    assert!(signature.is_old && signature.subject == "CN=mau");
    let expected = ["edxml.signature_namespace", "edxml.old_signature_algorithm", "edxml.broken_certificate"];
    assert_eq!(codes(text.as_bytes()), expected);
}

#[test]
fn a_file_of_a_vendor_with_many_habits_is_read() {
    let text = usual()
        .replacen("<?xml", "1212<?xml", 1)
        .replace("A32.65,2026/03/05,12/CV-TU", "9fbfbad2-f1f8-4256-a2eb-50fb1061cddb")
        .replacen("<edXML:SteeringType>", "<edXML:ResponseFor />\n<edXML:SteeringType>", 1)
        .replace("A32.65</", "000.00.65.A32</");
    let text = without(&with(&text, "DueDate", ""), "TraceHeaderList");
    let message = taken(text.as_bytes());
    assert_eq!((message.business.kind, message.answers.len()), (BusinessKind::New, 1));
    assert_eq!(codes(text.as_bytes()), ["edxml.junk_before_xml", "edxml.advisable_element"]);
}

#[test]
fn files_come_with_and_without_their_zip() {
    let bare = taken(repacked(&usual(), PDF).as_bytes());
    assert_eq!(bare.attachments, message().attachments);
    let names: Vec<String> =
        ["cid:1", "1", "<1>", "CID:1"].map(|id| id.replace('<', "&lt;").replace('>', "&gt;")).into();
    for id in names {
        let text = usual().replace("cid:1<", &format!("{id}<"));
        assert_eq!(taken(text.as_bytes()).attachments, message().attachments, "{id}");
    }
}

#[test]
fn old_forms_of_the_envelope_say_what_they_are() {
    let soap = "<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"http://schemas.xmlsoap.org/soap/envelope/\"><SOAP-ENV:Header/></SOAP-ENV:Envelope>";
    assert_eq!(codes(soap.as_bytes()), ["edxml.old_envelope"]);
    let alone = format!("<?xml version=\"1.0\"?>\n{}", element(&of(BusinessKind::Revoke), "edXMLEnvelope"));
    let alone = without(&alone, "edXMLManifest");
    assert_eq!(codes(alone.as_bytes()), ["edxml.root_left_out"]);
    assert_eq!(taken(alone.as_bytes()).business.kind, BusinessKind::Revoke);
}

#[test]
fn text_is_nfc_and_entities_of_xml_are_read() {
    let text = with(&usual(), "Subject", "U\u{31B}\u{309}y ban &amp; &#x1EE7;y &lt;1&gt;<![CDATA[ & ]]>");
    assert_eq!(taken(text.as_bytes()).subject, "Ửy ban & ủy <1> &");
}

#[test]
fn two_faults_are_told_both_in_their_order() {
    let text = with(&with(&usual(), "PromulgationDate", "2026/02/30"), "Priority", "9");
    assert_eq!(codes(text.as_bytes()), ["edxml.impossible_date", "edxml.unknown_code"]);
    let told = check(text.as_bytes());
    let place = &told[0].place;
    assert!(place.path.ends_with("MessageHeader/PromulgationInfo/PromulgationDate"), "{place:?}");
    let line = edxml::line_of(text.as_bytes(), place.line).unwrap();
    let meant: String = line.chars().skip(place.column - 1).take(place.length).collect();
    assert_eq!(meant, "2026/02/30");
    assert!(told[0].vi.what.contains("2026/02/30") && told[0].en.mend.contains("yyyy/MM/dd"));
}

#[test]
fn a_refused_message_still_says_whose_it_is() {
    let refused = read(with(&usual(), "ContentTransferEncoded", "***").as_bytes()).unwrap_err();
    let identity = refused.identity().unwrap();
    assert!(identity.document.starts_with("A32.65|A32.65,2026/03/05,12/CV-TU|0"), "{identity:?}");
    assert!(read(b"<").unwrap_err().identity().is_none());
}

#[test]
fn no_file_is_lost_without_a_word_whatever_else_is_wrong() {
    let lost = [
        without(&without(&usual(), "Subject"), "Attachment"),
        without(&without(&usual(), "CodeNotation"), "AttachmentEncoded"),
        without(
            &usual().replacen("<AttachmentEncoded>", "<AttachmentEncoded></AttachmentEncoded><AttachmentEncoded>", 1),
            "Subject",
        ),
        usual()
            .replace("<AttachmentEncoded>", "<Mau><AttachmentEncoded>")
            .replace("</AttachmentEncoded>", "</AttachmentEncoded></Mau>"),
        with(&usual(), "Attachment", "<ContentId></ContentId>"),
    ];
    for text in lost {
        assert!(read(text.as_bytes()).is_err(), "{:?}", codes(text.as_bytes()));
    }
}
