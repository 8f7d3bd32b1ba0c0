//! Broken bytes and XML.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use edxml::{BusinessKind, StatusCode};

use crate::damage::{Bench, Dice, of, told, usual};

pub(super) fn fill(bench: &mut Bench) {
    others(bench);
    encodings(bench);
    around(bench);
    cut(bench);
    tags(bench);
    letters(bench);
    declarations(bench);
}

fn others(bench: &mut Bench) {
    bench.add("edxml.empty", "nothing", "");
    bench.add("edxml.empty", "blanks", " \r\n\t");
    let others =
        ["%PDF-1.7\n", "PK\u{3}\u{4}\u{14}", "{\"edXML\": 1}", "<!doctype html><p>", "Kính gửi", "<a><b/></a>"];
    for other in others {
        bench.add("edxml.not_edxml", other, other);
    }
    for sound in [usual(), of(BusinessKind::Revoke), told(StatusCode::Arrived)] {
        bench.add("edxml.whole_base64", "base64", STANDARD.encode(sound));
    }
}

fn encodings(bench: &mut Bench) {
    let sound = usual();
    let units: Vec<u16> = std::iter::once(0xFEFF).chain(sound.encode_utf16()).collect();
    bench.add("edxml.not_utf8", "UTF-16 LE", units.iter().flat_map(|one| one.to_le_bytes()).collect::<Vec<_>>());
    bench.add("edxml.not_utf8", "UTF-16 BE", units.iter().flat_map(|one| one.to_be_bytes()).collect::<Vec<_>>());
    let mut dice = Dice::new(1);
    let marked: Vec<usize> = sound.char_indices().filter(|(_, one)| !one.is_ascii()).map(|(at, _)| at).collect();
    for _ in 0..5 {
        let at = marked[dice.below(marked.len())];
        let length = sound[at..].chars().next().unwrap().len_utf8();
        let mut bytes = sound.clone().into_bytes();
        bytes.splice(at..at + length, [0xE2]);
        bench.add("edxml.not_utf8", format!("a byte of windows-1258 at {at}"), bytes);
    }
    for name in ["windows-1258", "UTF-16", "ISO-8859-1"] {
        bench.swap("edxml.encoding_declared", "encoding=\"UTF-8\"", &format!("encoding=\"{name}\""));
    }
}

fn around(bench: &mut Bench) {
    for junk in ["1212", "\u{FEFF}\u{FEFF}x", "HTTP/1.1 200 OK\r\n\r\n", " "] {
        bench.add("edxml.junk_before_xml", junk, format!("{junk}{}", usual()));
    }
    for junk in ["1212", "<edXML/>", "</edXML>", "\n--boundary--"] {
        bench.add("edxml.junk_after_xml", junk, format!("{}{junk}", usual()));
    }
}

fn cut(bench: &mut Bench) {
    let mut dice = Dice::new(2);
    for sound in [usual(), of(BusinessKind::Replace), told(StatusCode::Refused)] {
        for _ in 0..7 {
            let at = 120 + dice.below(sound.len() - 130);
            bench.add("edxml.truncated", format!("at {at} of {}", sound.len()), sound.as_bytes()[..at].to_vec());
        }
    }
    let entity = usual().find("&amp;").unwrap() + 3;
    bench.add("edxml.truncated", "within a reference", usual().as_bytes()[..entity].to_vec());
}

fn tags(bench: &mut Bench) {
    for name in ["Subject", "OrganId", "From", "edXMLHeader", "PromulgationDate"] {
        let close = format!("</edXML:{name}>");
        bench.swap("edxml.tag_mismatch", &close, "");
        bench.swap("edxml.tag_mismatch", &close, "</edXML:Other>");
    }
    bench.swap("edxml.tag_mismatch", "<edXML:Code>", "<edXML:code>");
    bench.swap("edxml.bad_attribute", "version=\"1.0\">\n        <edXML:Ref", "version=1.0>\n        <edXML:Ref");
    bench.swap("edxml.bad_attribute", "<edXML:Subject>", "<edXML:Subject a=\"1\" a=\"2\">");
    bench.swap("edxml.bad_attribute", "<edXML:Subject>", "<edXML:Subject lang>");
    for text in ["Nếu a < b thì", "<<", "x <1 tháng", "<!thử"] {
        bench.set("edxml.malformed", "Content", text);
    }
    for levels in [40, 400, 4_000] {
        bench.set("edxml.too_deep", "Content", &format!("{}{}", "<a>".repeat(levels), "</a>".repeat(levels)));
    }
}

fn letters(bench: &mut Bench) {
    for text in ["Ban A & Ban B", "A &B", "a&;b", "A & B; C", "R&D: <b/>"] {
        bench.set("edxml.bare_ampersand", "Subject", text);
    }
    for name in ["nbsp", "eacute", "ecirc", "xxe"] {
        bench.set("edxml.unknown_entity", "Subject", &format!("Công &{name}; văn"));
    }
    for letter in ["\u{B}", "\0", "&#0;", "&#x1F;", "&#xFFFF;"] {
        bench.set("edxml.forbidden_character", "Subject", &format!("Công{letter}văn"));
    }
    for letter in ["\u{202E}", "\u{200F}", "\u{2066}"] {
        bench.set("edxml.hidden_character", "Subject", &format!("Công{letter}văn"));
    }
}

fn declarations(bench: &mut Bench) {
    let bombs = [
        "<!DOCTYPE edXML>",
        "<!DOCTYPE edXML SYSTEM \"http://mau.example/a.dtd\">",
        "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
        "<!DOCTYPE a [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]>",
    ];
    for bomb in bombs {
        bench.swap("edxml.doctype", "?>\n", &format!("?>\n{bomb}\n"));
    }
    let prefix = format!(" xmlns:edXML=\"{}\"", edxml::NAMESPACE);
    bench.swap("edxml.undeclared_prefix", &prefix, "");
    bench.swap("edxml.undeclared_prefix", "<edXML:Subject>", "<x:a/><edXML:Subject>");
    let sound = usual().replace("edXML:Subject>", "edxml:Subject>");
    bench.add("edxml.undeclared_prefix", "another prefix", sound);
}
