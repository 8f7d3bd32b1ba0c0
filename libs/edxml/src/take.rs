//! From a tree whose names were seen to, to a message or a status. What has no meaning is empty; it has been told by the
//! rules of fields.

use wire::Day;

use crate::{
    Answered, Business, BusinessKind, ChangeInfo, Code, DocumentType, Message, Organisation, OtherInfo, Promulgation,
    Replaced, Signer, Staff, Stamp, Status, StatusCode, Trace, Written, date, tree::Element,
};

/// The files.
pub(crate) mod attachment;
/// Base64 and ZIP.
pub(crate) mod packing;
/// The XML signature.
pub(crate) mod signature;

/// Where the head of a message stands.
const HEAD: &str = "edXMLEnvelope/edXMLHeader/MessageHeader";
/// Where its business stands.
const TRACES: &str = "edXMLEnvelope/edXMLHeader/TraceHeaderList";

/// Fields of an element that may not be there.
#[derive(Clone, Copy)]
struct Fields<'a, 'b>(Option<&'a Element<'b>>);

impl<'a, 'b> Fields<'a, 'b> {
    fn of(element: &'a Element<'b>, way: &str) -> Self {
        Self(element.at(way))
    }

    fn inside(self, name: &str) -> Self {
        Self(self.0.and_then(|one| one.child(name)))
    }

    /// The text of a child: NFC, without hidden characters, as one line.
    fn line(self, name: &str) -> String {
        self.text(name).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The text of a child with its lines.
    fn text(self, name: &str) -> String {
        self.0.and_then(|one| one.child(name)).map(|one| tidy(&one.words())).unwrap_or_default()
    }

    fn number(self, name: &str) -> Option<u32> {
        self.line(name).parse().ok()
    }

    fn truth(self, name: &str) -> Option<bool> {
        match self.line(name).to_ascii_lowercase().as_str() {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        }
    }

    fn day(self, name: &str) -> Written {
        let text = self.line(name);
        let day: Option<Day> = date::day(&text).value();
        Written { text, day }
    }

    fn moment(self, name: &str) -> Stamp {
        let text = self.line(name);
        let at = date::moment(&text).value();
        Stamp { text, at }
    }

    fn all(self, name: &'a str) -> impl Iterator<Item = Fields<'a, 'b>> {
        self.0.into_iter().flat_map(move |one| one.all(name)).map(|one| Fields(Some(one)))
    }

    fn lines(self, name: &'a str) -> Vec<String> {
        let texts = self.0.into_iter().flat_map(move |one| one.all(name)).map(|one| tidy(&one.words()));
        texts.filter(|text| !text.is_empty()).collect()
    }
}

/// Text without what nobody sees, in NFC.
pub(crate) fn tidy(words: &str) -> String {
    match text::clean_text(words) {
        Ok(clean) => clean,
        Err(_) => {
            let is_seen = |one: &char| text::clean_text(one.encode_utf8(&mut [0; 4])).is_ok();
            text::nfc(words.chars().filter(is_seen).collect::<String>().trim())
        }
    }
}

fn organisation(fields: Fields<'_, '_>) -> Organisation {
    Organisation {
        organ_id: fields.line("OrganId"),
        in_charge: fields.line("OrganizationInCharge"),
        name: fields.line("OrganName"),
        address: fields.line("OrganAdd"),
        email: fields.line("Email"),
        telephone: fields.line("Telephone"),
        fax: fields.line("Fax"),
        website: fields.line("Website"),
    }
}

fn staff(fields: Fields<'_, '_>) -> Staff {
    Staff {
        department: fields.line("Department"),
        name: fields.line("Staff"),
        email: fields.line("Email"),
        mobile: fields.line("Mobile"),
    }
}

fn answered(fields: Fields<'_, '_>) -> Answered {
    Answered {
        organ_id: fields.line("OrganId"),
        code: fields.line("Code"),
        date: fields.day("PromulgationDate"),
        document_id: fields.line("DocumentId"),
    }
}

fn business(fields: Fields<'_, '_>) -> Business {
    let kind = fields.line("BussinessDocType");
    let change = fields.inside("BussinessDocumentInfo");
    let receivers = change.inside("ReceiverList").all("Receiver");
    let replaced = fields.inside("ReplacementInfoList").all("ReplacementInfo");
    Business {
        kind: BusinessKind::ALL.into_iter().find(|one| one.text() == kind).unwrap_or_default(),
        document_id: fields.line("DocumentId"),
        reason: fields.line("BussinessDocReason"),
        paper: fields.truth("Paper"),
        change: ChangeInfo {
            document_info: change.number("DocumentInfo"),
            document_receiver: change.number("DocumentReceiver"),
            receivers: receivers.map(|one| (one.line("OrganId"), one.number("ReceiverType"))).collect(),
        },
        replaced: replaced
            .map(|one| Replaced {
                document_id: one.line("DocumentId"),
                organ_ids: one.inside("OrganIdList").lines("OrganId"),
            })
            .collect(),
        staff: staff(fields.inside("StaffInfo")),
    }
}

/// The message without its files and signature.
pub(crate) fn message(root: &Element<'_>) -> Message {
    let head = Fields::of(root, HEAD);
    let traces = Fields::of(root, TRACES);
    let (code, promulgation, kind) =
        (head.inside("Code"), head.inside("PromulgationInfo"), head.inside("DocumentType"));
    let (signer, other) = (head.inside("SignerInfo"), head.inside("OtherInfo"));
    // Samples have an empty `ResponseFor` where nothing is answered.
    let answers = head.all("ResponseFor").map(answered).filter(|one| *one != Answered::default());
    Message {
        from: organisation(head.inside("From")),
        to: head.all("To").map(organisation).collect(),
        document_id: head.line("DocumentId"),
        code: Code { number: code.line("CodeNumber"), notation: code.line("CodeNotation") },
        promulgation: Promulgation { place: promulgation.line("Place"), date: promulgation.day("PromulgationDate") },
        document_type: DocumentType {
            class: kind.number("Type"),
            detail: kind.number("TypeDetail"),
            name: kind.line("TypeName"),
        },
        subject: head.line("Subject"),
        content: head.text("Content"),
        signer: Signer {
            competence: signer.line("Competence"),
            position: signer.line("Position"),
            name: signer.line("FullName"),
        },
        due: head.day("DueDate"),
        other: OtherInfo {
            priority: other.number("Priority"),
            sphere: other.line("SphereOfPromulgation"),
            typist: other.line("TyperNotation"),
            copies: other.number("PromulgationAmount"),
            pages: other.number("PageAmount"),
            direction: other.truth("Direction"),
            appendixes: other.inside("Appendixes").lines("Appendix"),
        },
        steering: head.number("SteeringType"),
        places: head.inside("ToPlaces").lines("Place"),
        answers: answers.collect(),
        trace: traces
            .all("TraceHeader")
            .map(|one| Trace { organ_id: one.line("OrganId"), at: one.moment("Timestamp") })
            .collect(),
        business: business(traces.inside("Bussiness")),
        attachments: Vec::new(),
        signature: None,
    }
}

/// The status; nothing when its code is none.
pub(crate) fn status(root: &Element<'_>) -> Option<Status> {
    let head = Fields::of(root, HEAD);
    Some(Status {
        from: organisation(head.inside("From")),
        answers: answered(head.inside("ResponseFor")),
        staff: staff(head.inside("StaffInfo")),
        code: StatusCode::read(&head.line("StatusCode"))?,
        description: head.line("Description"),
        at: head.moment("Timestamp"),
    })
}
