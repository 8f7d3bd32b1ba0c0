//! Wrong fields.

use edxml::{BusinessKind, StatusCode};

use crate::damage::{Bench, element, of, told, usual, with, without};

pub(super) fn fill(bench: &mut Bench) {
    dates(bench);
    ids(bench);
    numbers(bench);
    business(bench);
    statuses(bench);
}

fn dates(bench: &mut Bench) {
    for wrong in ["2026/02/30", "2025/02/29", "2026/13/01", "31/04/2026", "0001/01/01", "2026/00/10"] {
        bench.set("edxml.impossible_date", "PromulgationDate", wrong);
        bench.set("edxml.impossible_date", "DueDate", wrong);
    }
    bench.set("edxml.impossible_date", "Timestamp", "2026/02/30 10:00:00");
    bench.set("edxml.impossible_date", "Timestamp", "2026/03/05 25:00:00");
    for wrong in ["hôm nay", "2026", "20260305", "3/2026", "2026/03/05 sáng"] {
        bench.set("edxml.unreadable_date", "PromulgationDate", wrong);
    }
    for other in ["05/03/2026", "2026-03-05", "5/3/2026", "2026/3/5", "2026-03-05T00:00:00", "2026/03/05 00:00:00"] {
        bench.set("edxml.date_form", "PromulgationDate", other);
    }
    for other in ["05/03/2026 16:35:56", "2026-03-05T16:35:56+07:00", "2026/03/05"] {
        bench.set("edxml.date_form", "Timestamp", other);
    }
    for earlier in ["2026/03/04", "2018/09/28"] {
        bench.set("edxml.due_before_promulgation", "DueDate", earlier);
    }
}

fn ids(bench: &mut Bench) {
    let id = "A32.65,2026/03/05,12/CV-TU";
    let both = |other: &str| usual().replace(id, other);
    for day in ["2014/02/30", "2026/02/29", "2026/31/12"] {
        let other = format!("A32.65,{day},12/CV-TU");
        bench.add("edxml.document_id_date", other.clone(), both(&other));
    }
    for other in ["VP-2026-0012", "a,b,c", "Số 12-CV/TU"] {
        bench.add("edxml.document_id_form", other, both(other));
    }
    for other in ["A32.66,2026/03/05,12/CV-TU", "A32.65,2026/03/06,12/CV-TU", "A32.65,2026/03/05,13/CV-TU"] {
        bench.add("edxml.document_id_disagrees", other, both(other));
    }
    let own = element(&usual(), "Bussiness");
    bench.swap("edxml.document_id_differs", &own, &with(&own, "DocumentId", "A32.65,2026/03/05,13/CV-TU"));
    for long in ["A".repeat(36), format!("A32.{}", "1.".repeat(20))] {
        bench.set(
            "edxml.organ_id_long",
            "To",
            &format!("<edXML:OrganId>{long}</edXML:OrganId><edXML:OrganName>x</edXML:OrganName>"),
        );
    }
    for other in ["vxp.saas.03", "38.168.053.000.001", "G09 01", "A32..65", "Đảng ủy"] {
        bench.set(
            "edxml.organ_id_form",
            "To",
            &format!("<edXML:OrganId>{other}</edXML:OrganId><edXML:OrganName>x</edXML:OrganName>"),
        );
    }
    for again in ["G09.01", "000.00.01.G09"] {
        bench.set(
            "edxml.receiver_twice",
            "To",
            &format!("<edXML:OrganId>{again}</edXML:OrganId><edXML:OrganName>x</edXML:OrganName>"),
        );
    }
}

fn numbers(bench: &mut Bench) {
    for (name, wrong) in [("PageAmount", "ba"), ("PromulgationAmount", "-1"), ("PageAmount", "2,5"), ("Type", "1x")] {
        bench.set("edxml.bad_number", name, wrong);
    }
    for (name, wrong) in
        [("Priority", "5"), ("Priority", "Khẩn"), ("SteeringType", "2"), ("Paper", "có"), ("Direction", "x")]
    {
        bench.set("edxml.unknown_code", name, wrong);
    }
    for wrong in ["số 12", "CV-12", "Không số"] {
        bench.set("edxml.code_number_form", "CodeNumber", wrong);
    }
    for wrong in ["12/CV-TU", "12-CV-TU"] {
        bench.set("edxml.notation_repeats_number", "CodeNotation", wrong);
    }
    bench.set("edxml.too_long", "Subject", &"ấ".repeat(4_001));
    bench.set("edxml.too_long", "OrganName", &"a".repeat(1_001));
}

fn business(bench: &mut Bench) {
    for wrong in ["4", "-1", "thu hồi", "00", "1.0"] {
        bench.set("edxml.unknown_business", "BussinessDocType", wrong);
    }
    for kind in [BusinessKind::Revoke, BusinessKind::Update, BusinessKind::Replace] {
        bench.add("edxml.reason_missing", format!("{kind:?}"), without(&of(kind), "BussinessDocReason"));
        let own = element(&of(kind), "Bussiness");
        let bare = without(&own, "DocumentId");
        let bare = if kind == BusinessKind::Replace { without(&bare, "ReplacementInfoList") } else { bare };
        bench.add("edxml.affected_missing", format!("{kind:?}"), of(kind).replacen(&own, &bare, 1));
    }
}

fn statuses(bench: &mut Bench) {
    let status = told(StatusCode::Accepted);
    for wrong in ["00", "07", "12", "14", "17", "xx", "-1", "003"] {
        bench.add("edxml.unknown_status", wrong, with(&status, "StatusCode", wrong));
    }
    for short in ["1", "3", "6"] {
        bench.add("edxml.status_form", short, with(&status, "StatusCode", short));
    }
    for code in [StatusCode::Refused, StatusCode::TakeBackAsked, StatusCode::TakeBackRefused] {
        bench.add("edxml.reason_missing", code.text(), without(&told(code), "Description"));
        bench.add("edxml.reason_missing", code.text(), with(&told(code), "Description", " "));
    }
}
