//! The heads of messages and statuses, in the order that samples have.

use super::Xml;
use crate::{Answered, Attachment, Business, Message, Organisation, Staff, Status};

fn organisation(xml: &mut Xml, name: &str, one: &Organisation) {
    xml.group(name, |xml| {
        xml.field("OrganId", &one.organ_id);
        xml.field("OrganizationInCharge", &one.in_charge);
        xml.field("OrganName", &one.name);
        xml.field("OrganAdd", &one.address);
        xml.field("Email", &one.email);
        xml.field("Telephone", &one.telephone);
        xml.field("Fax", &one.fax);
        xml.field("Website", &one.website);
    });
}

fn answered(xml: &mut Xml, one: &Answered) {
    xml.group("ResponseFor", |xml| {
        xml.field("OrganId", &one.organ_id);
        xml.field("Code", &one.code);
        xml.field("PromulgationDate", &one.date.text);
        xml.field("DocumentId", &one.document_id);
    });
}

fn staff(xml: &mut Xml, one: &Staff) {
    xml.group("StaffInfo", |xml| {
        xml.field("Department", &one.department);
        xml.field("Staff", &one.name);
        xml.field("Email", &one.email);
        xml.field("Mobile", &one.mobile);
    });
}

/// The head of a message.
pub(super) fn message(xml: &mut Xml, message: &Message) {
    organisation(xml, "From", &message.from);
    message.to.iter().for_each(|one| organisation(xml, "To", one));
    xml.field("DocumentId", &message.document_id);
    xml.group("Code", |xml| {
        xml.field("CodeNumber", &message.code.number);
        xml.field("CodeNotation", &message.code.notation);
    });
    xml.group("PromulgationInfo", |xml| {
        xml.field("Place", &message.promulgation.place);
        xml.field("PromulgationDate", &message.promulgation.date.text);
    });
    xml.group("DocumentType", |xml| {
        xml.number("Type", message.document_type.class);
        xml.number("TypeDetail", message.document_type.detail);
        xml.field("TypeName", &message.document_type.name);
    });
    xml.field("Subject", &message.subject);
    xml.field("Content", &message.content);
    xml.group("SignerInfo", |xml| {
        xml.field("Competence", &message.signer.competence);
        xml.field("Position", &message.signer.position);
        xml.field("FullName", &message.signer.name);
    });
    xml.field("DueDate", &message.due.text);
    let other = &message.other;
    xml.group("OtherInfo", |xml| {
        xml.number("Priority", other.priority);
        xml.field("SphereOfPromulgation", &other.sphere);
        xml.field("TyperNotation", &other.typist);
        xml.number("PromulgationAmount", other.copies);
        xml.number("PageAmount", other.pages);
        xml.field("Direction", other.direction.map_or("", |one| if one { "true" } else { "false" }));
        xml.group("Appendixes", |xml| other.appendixes.iter().for_each(|one| xml.field("Appendix", one)));
    });
    message.answers.iter().for_each(|one| answered(xml, one));
    xml.number("SteeringType", message.steering);
    xml.group("ToPlaces", |xml| message.places.iter().for_each(|one| xml.field("Place", one)));
}

/// The traces and the business.
pub(super) fn traces(xml: &mut Xml, message: &Message) {
    for one in &message.trace {
        xml.group("TraceHeader", |xml| {
            xml.field("OrganId", &one.organ_id);
            xml.field("Timestamp", &one.at.text);
        });
    }
    let Business { kind, document_id, reason, paper, change, replaced, staff: who } = &message.business;
    xml.group("Bussiness", |xml| {
        xml.field("DocumentId", document_id);
        xml.field("BussinessDocType", kind.text());
        xml.field("BussinessDocReason", reason);
        xml.field("Paper", paper.map_or("", |one| if one { "1" } else { "0" }));
        xml.group("BussinessDocumentInfo", |xml| {
            xml.number("DocumentInfo", change.document_info);
            xml.number("DocumentReceiver", change.document_receiver);
            xml.group("ReceiverList", |xml| {
                for (organ_id, kind) in &change.receivers {
                    xml.group("Receiver", |xml| {
                        xml.field("OrganId", organ_id);
                        xml.number("ReceiverType", *kind);
                    });
                }
            });
        });
        xml.group("ReplacementInfoList", |xml| {
            for one in replaced {
                xml.group("ReplacementInfo", |xml| {
                    xml.field("DocumentId", &one.document_id);
                    xml.group("OrganIdList", |xml| one.organ_ids.iter().for_each(|id| xml.field("OrganId", id)));
                });
            }
        });
        staff(xml, who);
    });
}

/// A row of the manifest.
pub(super) fn reference(xml: &mut Xml, file: &Attachment) {
    xml.group("Reference", |xml| {
        xml.field("ContentId", &format!("cid:{}", file.content_id));
        xml.field("ContentType", &file.media_type);
        xml.field("AttachmentName", &file.name);
        xml.field("Description", &file.description);
    });
}

/// The head of a status.
pub(super) fn status(xml: &mut Xml, status: &Status) {
    organisation(xml, "From", &status.from);
    answered(xml, &status.answers);
    staff(xml, &status.staff);
    xml.field("StatusCode", status.code.text());
    xml.field("Description", &status.description);
    xml.field("Timestamp", &status.at.text);
}
