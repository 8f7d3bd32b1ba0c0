//! Wrong elements.

use edxml::{BusinessKind, NAMESPACE, StatusCode};

use crate::damage::{Bench, element, of, told, usual, with, without};

pub(super) fn fill(bench: &mut Bench) {
    namespaces(bench);
    missing(bench);
    too_many(bench);
    names(bench);
}

fn namespaces(bench: &mut Bench) {
    let wrong = [
        "http://www.mic.gov.vn/TBT/QCVN_102_2015",
        "https://www.mic.gov.vn/TBT/QCVN_102_2016",
        "http://www.mic.gov.vn/TBT/QCVN_102_2016/",
        "http://www.e-doc.vn/Schema/",
        "http://www.mic.gov.vn/tbt/qcvn_102_2016",
    ];
    for uri in wrong {
        bench.add("edxml.wrong_namespace", uri, usual().replace(NAMESPACE, uri));
        bench.add("edxml.wrong_namespace", format!("status {uri}"), told(StatusCode::Accepted).replace(NAMESPACE, uri));
    }
    let envelope = format!("xmlns:edXML=\"{NAMESPACE}\">\n    <edXML:edXMLHeader>");
    bench.swap("edxml.wrong_namespace", &envelope, "xmlns:edXML=\"urn:mau\">\n    <edXML:edXMLHeader>");
    bench.swap("edxml.no_namespace", &format!("<edXML xmlns=\"{NAMESPACE}\">"), "<edXML>");
    bench.swap("edxml.no_namespace", "<AttachmentEncoded>", "<AttachmentEncoded xmlns=\"\">");
}

fn missing(bench: &mut Bench) {
    let musts = [
        "Subject",
        "Code",
        "CodeNumber",
        "CodeNotation",
        "PromulgationInfo",
        "PromulgationDate",
        "DocumentId",
        "From",
        "OrganId",
        "MessageHeader",
        "edXMLHeader",
        "BussinessDocType",
        "Timestamp",
        "edXMLManifest",
        "edXMLBody",
        "AttachmentEncoded",
        "ContentTransferEncoded",
        "ContentId",
    ];
    for name in musts {
        bench.add("edxml.missing_element", name, without(&usual(), name));
    }
    let own = element(&usual(), "Attachment");
    bench.swap("edxml.missing_element", &own, &without(&own, "AttachmentName"));
    let status = told(StatusCode::Arrived);
    for name in ["StatusCode", "ResponseFor", "Timestamp", "DocumentId", "From"] {
        bench.add("edxml.missing_element", format!("{name} of a status"), without(&status, name));
    }
    bench.add("edxml.missing_receiver", "To", without(&without(&usual(), "To"), "To"));
    for name in ["OrganName", "SignerInfo", "DocumentType", "Bussiness", "TraceHeaderList", "TypeName", "FullName"] {
        bench.add("edxml.advisable_element", name, without(&usual(), name));
    }
    for name in ["Subject", "CodeNumber", "PromulgationDate", "DocumentId", "OrganId", "BussinessDocType", "ContentId"]
    {
        bench.add("edxml.empty_element", name, with(&usual(), name, " "));
    }
    bench.add("edxml.empty_element", "StatusCode", with(&status, "StatusCode", ""));
}

fn too_many(bench: &mut Bench) {
    for name in ["Subject", "Code", "From", "DocumentId", "PromulgationDate", "Bussiness", "edXMLBody", "SteeringType"]
    {
        let once = element(&usual(), name);
        bench.swap("edxml.repeated_element", &once, &format!("{once}{once}"));
    }
    for (name, text) in [("MessageHeader", "thừa"), ("From", "Đảng ủy"), ("Code", "12")] {
        bench.swap("edxml.stray_text", &format!("<edXML:{name}>"), &format!("<edXML:{name}>{text}"));
    }
}

fn names(bench: &mut Bench) {
    let slips = [
        ("Bussiness", "Business"),
        ("BussinessDocType", "BusinessDocType"),
        ("OrganId", "OrganID"),
        ("Subject", "subject"),
        ("Subject", "Subjct"),
        ("PromulgationDate", "PromulgationDay"),
        ("CodeNotation", "CodeNotations"),
        ("DocumentId", "DocumentID"),
        ("MessageHeader", "MessageHeaders"),
        ("edXMLManifest", "edXmlManifest"),
    ];
    for (name, slip) in slips {
        let once = element(&usual(), name);
        let other = once.replacen(&format!("<edXML:{name}"), &format!("<edXML:{slip}"), 1);
        let close = other.rfind("</").unwrap();
        let other = format!("{}</edXML:{slip}>", &other[..close]);
        bench.swap("edxml.misspelt_element", &once, &other);
    }
    let moves = [
        ("Subject", "</edXML:MessageHeader>"),
        ("DocumentType", "</edXML:MessageHeader>"),
        ("CodeNumber", "</edXML:Code>"),
        ("PromulgationDate", "</edXML:PromulgationInfo>"),
        ("Bussiness", "</edXML:TraceHeaderList>"),
        ("DocumentId", "</edXML:MessageHeader>"),
    ];
    for (name, after) in moves {
        let sound = usual();
        let moved = without(&sound, name).replacen(after, &format!("{after}{}", element(&sound, name)), 1);
        bench.add("edxml.misplaced_element", name, moved);
    }
    let replaced = of(BusinessKind::Replace);
    let list = element(&replaced, "ReplacementInfoList");
    let moved = replaced.replacen(&list, "", 1).replacen("<edXML:Bussiness>", &format!("{list}<edXML:Bussiness>"), 1);
    bench.add("edxml.misplaced_element", "ReplacementInfoList", moved);
    for extra in ["<edXML:Mau>1</edXML:Mau>", "<m:a xmlns:m=\"urn:mau\"><m:b/></m:a>", "<edXML:IsLaw/>"] {
        bench.swap("edxml.unknown_element", "<edXML:Subject>", &format!("{extra}<edXML:Subject>"));
    }
}
