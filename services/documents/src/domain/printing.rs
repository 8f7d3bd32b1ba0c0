//! An outgoing document as it is to stand on paper: what is known of it, arranged for the service that lays papers out.

use schema_documents::OutgoingDocument;
use schema_forms::{DocumentPaper, Letterhead, Signature};
use schema_identity::{Office, OfficeKind};
use wire::Day;

use super::writing::{Signed, Written};

/// Codes under which the committee of the office issues itself; every other body stands below the committee.
const COMMITTEES: [&str; 7] = ["TW", "TU", "HU", "QU", "TXU", "ĐU", "ĐH"];
/// How names of committees begin; what remains is the place.
const BEFORE_PLACE: [&str; 7] =
    ["Đảng ủy xã ", "Đảng ủy phường ", "Đảng ủy đặc khu ", "Đảng ủy thị trấn ", "Thành ủy ", "Tỉnh ủy ", "Đảng ủy "];
/// The seat of the central bodies.
const CENTRE: &str = "Hà Nội";

/// What is known about who issues.
pub(crate) struct Issuer<'a> {
    /// The office, as it stood on the day.
    pub(crate) office: &'a Office,
    /// The name of the office above.
    pub(crate) above: Option<&'a str>,
    /// The name of the body, as recorded for its code on the day.
    pub(crate) body: Option<&'a str>,
    /// The code of the genre in symbols, on the day.
    pub(crate) genre_code: Option<&'a str>,
}

/// The paper of a document. `draft` is which version a draft is; what was issued has none.
pub(crate) fn paper(
    document: &OutgoingDocument,
    written: Written,
    issuer: &Issuer,
    draft: Option<u32>,
) -> DocumentPaper {
    let signatures = match written.signatures.is_empty() {
        true => document.signatory.as_deref().and_then(signatory).into_iter().collect(),
        false => written.signatures.into_iter().map(signature).collect(),
    };
    let recipients: Vec<String> = match written.recipients.is_empty() {
        true => document.recipients.iter().map(|recipient| recipient.name.clone()).collect(),
        false => written.recipients.into_iter().map(|said| said.text).collect(),
    };
    DocumentPaper {
        genre: document.genre.clone(),
        head: head(document, issuer),
        summary: document.summary.clone(),
        secrecy: document.secrecy,
        urgency: document.urgency,
        circulation: None,
        draft,
        addressees: written.addressees.into_iter().map(|said| said.text).collect(),
        body: written.pieces.into_iter().map(|piece| piece.block).collect(),
        signatures,
        recipients,
        typist: None,
    }
}

fn head(document: &OutgoingDocument, issuer: &Issuer) -> Letterhead {
    let Issuer { office, above, body, genre_code } = issuer;
    let committee = COMMITTEES.contains(&document.body_code.as_str());
    let named = body.or(document.issuing_unit_name.as_deref().filter(|_| !committee)).unwrap_or(&office.name);
    // Papers of a provincial committee name nobody above it, as they are written in practice.
    let above = above.filter(|_| office.kind == OfficeKind::Commune);
    let superior = if committee { above } else { Some(office.name.as_str()).filter(|name| *name != named) };
    // What stands above is not said once more: the office of a committee is `VĂN PHÒNG` below its name.
    let own = superior.and_then(|superior| named.strip_suffix(superior)).map(str::trim_end);
    let named = own.filter(|own| !own.is_empty()).unwrap_or(named);
    let bodies = std::iter::once(named).chain(document.together_with.iter().map(String::as_str));
    // A symbol once given stays as it was, whatever the codes of today.
    let given = document.symbol.as_deref().and_then(|symbol| symbol.split_once('-'));
    let drafted = genre_code.map(|code| format!("{code}/{}", document.body_code));
    Letterhead {
        superior: superior.map(str::to_uppercase),
        bodies: bodies.map(str::to_uppercase).collect(),
        number: given.map(|(number, _)| number.to_owned()),
        notation: given.map(|(_, notation)| notation.to_owned()).or(drafted),
        place: Some(place(office)),
        day: document.dated,
    }
}

/// Where the office issues: the seat of the central bodies, else the name of the place whose committee it is.
fn place(office: &Office) -> String {
    if office.kind == OfficeKind::Centre {
        return CENTRE.to_owned();
    }
    let name = office.name.as_str();
    BEFORE_PLACE.iter().find_map(|before| name.strip_prefix(before)).unwrap_or(name).to_owned()
}

/// A place for signing. Forms wants a position: where none is written, the last line of authority or the name stands there.
fn signature(signed: Signed) -> Signature {
    let Signed { line: _, mut authority, position, mut name } = signed;
    let position = match position.is_empty() {
        true => authority.pop().or_else(|| name.take()).unwrap_or_default(),
        false => position,
    };
    Signature { authority, position, name, mark: Vec::new() }
}

/// Who signed, as the register has it: words of capitals are the position, the rest is the name.
fn signatory(written: &str) -> Option<Signature> {
    let is_capital = |word: &&str| !word.chars().any(char::is_lowercase);
    let position: Vec<&str> = written.split_whitespace().take_while(is_capital).collect();
    let name: Vec<&str> = written.split_whitespace().skip(position.len()).collect();
    let (position, name) = (position.join(" "), name.join(" "));
    let (position, name) = if position.is_empty() { (name, String::new()) } else { (position, name) };
    let name = Some(name).filter(|name| !name.is_empty());
    Some(Signature { authority: Vec::new(), position, name, mark: Vec::new() }).filter(|one| !one.position.is_empty())
}

/// The day whose rules hold: that of the document, today for a draft.
pub(crate) fn day(document: &OutgoingDocument, today: Day) -> Day {
    document.dated.unwrap_or(today)
}

/// What the file is called.
pub(crate) fn file_name(document: &OutgoingDocument, draft: Option<u32>) -> String {
    let bare = match (&document.symbol, draft) {
        (Some(symbol), _) => symbol.replace('/', "-"),
        (None, Some(ordinal)) => format!("du-thao-lan-{ordinal}"),
        (None, None) => "van-ban".to_owned(),
    };
    format!("{bare}.pdf")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{sample, writing};

    fn office(kind: &str, name: &str) -> Office {
        serde_json::from_value(serde_json::json!({ "id": sample::outgoing().office, "code": "1", "name": name,
            "kind": kind, "from": "2025-07-01", "version": 1 }))
        .unwrap()
    }

    #[test]
    fn the_head_says_who_issues_below_whom_and_where() {
        let commune = office("commune", "Đảng ủy xã Ngọc Sơn");
        let above = Some("Tỉnh ủy Ví Dụ");
        let table = [
            ("ĐU", None, Some("TỈNH ỦY VÍ DỤ"), "ĐẢNG ỦY XÃ NGỌC SƠN"),
            ("VPĐU", Some("Văn phòng Đảng ủy"), Some("ĐẢNG ỦY XÃ NGỌC SƠN"), "VĂN PHÒNG ĐẢNG ỦY"),
            ("VPĐU", Some("Văn phòng Đảng ủy xã Ngọc Sơn"), Some("ĐẢNG ỦY XÃ NGỌC SƠN"), "VĂN PHÒNG"),
        ];
        for (code, body, superior, name) in table {
            let document = OutgoingDocument { body_code: code.into(), symbol: None, ..sample::outgoing() };
            let issuer = Issuer { office: &commune, above, body, genre_code: Some("CV") };
            let head = head(&document, &issuer);
            assert_eq!((head.superior.as_deref(), head.bodies[0].as_str()), (superior, name), "{code}");
            assert_eq!(head.notation, Some(format!("CV/{code}")));
            assert_eq!((head.number, head.place.as_deref()), (None, Some("Ngọc Sơn")));
        }
        let joint = OutgoingDocument {
            body_code: "ĐU".into(),
            together_with: vec!["Ủy ban nhân dân xã Ngọc Sơn".into()],
            ..sample::outgoing()
        };
        let issuer = Issuer { office: &commune, above, body: None, genre_code: Some("CV") };
        let bodies = ["ĐẢNG ỦY XÃ NGỌC SƠN", "ỦY BAN NHÂN DÂN XÃ NGỌC SƠN"];
        assert_eq!(head(&joint, &issuer).bodies, bodies, "who leads stands first");
        assert_eq!(place(&office("centre", "Trung ương")), "Hà Nội");
        let province = office("province", "Tỉnh ủy Ví Dụ");
        let above = Some("Ban Chấp hành Trung ương Đảng");
        let issuer = Issuer { office: &province, above, body: None, genre_code: Some("KH") };
        let document = OutgoingDocument { body_code: "TU".into(), symbol: None, ..sample::outgoing() };
        let head = head(&document, &issuer);
        assert_eq!((head.superior, head.bodies), (None, vec!["TỈNH ỦY VÍ DỤ".to_owned()]));
    }

    #[test]
    fn an_old_symbol_stays_as_it_was_and_who_signed_is_taken_from_the_register() {
        let document = OutgoingDocument {
            symbol: Some("11-QĐi/TW".into()),
            signatory: Some("PHÓ BÍ THƯ Trần Văn Minh".into()),
            ..sample::outgoing()
        };
        let centre = office("centre", "Trung ương");
        let issuer = Issuer { office: &centre, above: None, body: None, genre_code: Some("QĐ") };
        let paper = paper(&document, writing::read("Nội dung."), &issuer, None);
        assert_eq!((paper.head.number.as_deref(), paper.head.notation.as_deref()), (Some("11"), Some("QĐi/TW")));
        let signed = &paper.signatures[0];
        assert_eq!((signed.position.as_str(), signed.name.as_deref()), ("PHÓ BÍ THƯ", Some("Trần Văn Minh")));
        assert_eq!(file_name(&document, None), "11-QĐi-TW.pdf");
    }

    #[test]
    fn what_the_text_says_about_signer_and_recipients_goes_before_the_particulars() {
        let text = "Nội dung.\n\nT/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\n\nTrần Văn Minh\n\nNơi nhận:\n- Như trên,\n- Lưu VP.";
        let commune = office("commune", "Đảng ủy xã Ngọc Sơn");
        let issuer = Issuer { office: &commune, above: None, body: None, genre_code: Some("CV") };
        let paper = paper(&sample::outgoing(), writing::read(text), &issuer, Some(2));
        assert_eq!(paper.signatures[0].authority, ["T/M BAN THƯỜNG VỤ"]);
        assert_eq!(paper.recipients, ["Như trên,", "Lưu VP."]);
        assert_eq!((paper.draft, paper.body.len()), (Some(2), 1));
    }
}
