//! The elements of a message.

use super::{
    LINE,
    Need::{May, Must, Should, Vital},
    Part,
    Value::{Business, Day, DocumentId, Moment, Number, OneOf, Opaque, OrganId, Text},
    field, group, many,
};

const SUBJECT: Part = field("Subject", Must, Text(4_000));

/// An organisation that sends.
pub(super) const ORGANISATION: &[Part] = &[
    field("OrganId", Vital, OrganId),
    field("OrganizationInCharge", May, LINE),
    field("OrganName", Should, LINE),
    field("OrganAdd", May, LINE),
    field("Email", May, LINE),
    field("Telephone", May, LINE),
    field("Fax", May, LINE),
    field("Website", May, LINE),
];

const RECEIVER: &[Part] = &[
    field("OrganId", Must, OrganId),
    field("OrganizationInCharge", May, LINE),
    field("OrganName", Should, LINE),
    field("OrganAdd", May, LINE),
    field("Email", May, LINE),
    field("Telephone", May, LINE),
    field("Fax", May, LINE),
    field("Website", May, LINE),
];

const ANSWERED: &[Part] = &[
    field("OrganId", May, OrganId),
    field("Code", May, LINE),
    field("PromulgationDate", May, Day),
    field("DocumentId", May, DocumentId),
];

/// Who handles the matter at the sender.
pub(super) const STAFF: &[Part] =
    &[field("Department", May, LINE), field("Staff", May, LINE), field("Email", May, LINE), field("Mobile", May, LINE)];

const OTHER: &[Part] = &[
    field("Priority", May, OneOf(&["0", "1", "2", "3", "4"])),
    field("SphereOfPromulgation", May, LINE),
    field("TyperNotation", May, LINE),
    field("PromulgationAmount", May, Number),
    field("PageAmount", May, Number),
    field("Direction", May, OneOf(&["true", "false", "0", "1"])),
    group("Appendixes", May, &[many(field("Appendix", May, LINE))]),
];

const HEADER: &[Part] = &[
    group("From", Vital, ORGANISATION),
    many(group("To", May, RECEIVER)),
    field("DocumentId", Vital, DocumentId),
    group("Code", Must, &[field("CodeNumber", Must, LINE), field("CodeNotation", Must, LINE)]),
    group("PromulgationInfo", Must, &[field("Place", May, LINE), field("PromulgationDate", Must, Day)]),
    group(
        "DocumentType",
        Should,
        &[field("Type", May, Number), field("TypeDetail", May, Number), field("TypeName", Should, LINE)],
    ),
    SUBJECT,
    field("Content", May, Text(100_000)),
    group(
        "SignerInfo",
        Should,
        &[field("Competence", May, LINE), field("Position", May, LINE), field("FullName", Should, LINE)],
    ),
    field("DueDate", May, Day),
    group("OtherInfo", May, OTHER),
    field("SteeringType", May, OneOf(&["0", "1"])),
    group("ToPlaces", May, &[many(field("Place", May, LINE))]),
    many(group("ResponseFor", May, ANSWERED)),
];

const RECEIVERS: &[Part] =
    &[many(group("Receiver", May, &[field("OrganId", Must, OrganId), field("ReceiverType", May, Number)]))];

const REPLACED: &[Part] = &[many(group(
    "ReplacementInfo",
    May,
    &[field("DocumentId", Must, DocumentId), group("OrganIdList", May, &[many(field("OrganId", May, OrganId))])],
))];

const BUSINESS: &[Part] = &[
    field("DocumentId", May, DocumentId),
    field("BussinessDocType", Must, Business),
    field("BussinessDocReason", May, LINE),
    field("Paper", May, OneOf(&["0", "1"])),
    group(
        "BussinessDocumentInfo",
        May,
        &[
            field("DocumentInfo", May, Number),
            field("DocumentReceiver", May, Number),
            group("ReceiverList", May, RECEIVERS),
        ],
    ),
    group("ReplacementInfoList", May, REPLACED),
    group("StaffInfo", May, STAFF),
];

const TRACE: &[Part] = &[
    many(group("TraceHeader", May, &[field("OrganId", Must, OrganId), field("Timestamp", Must, Moment)])),
    group("Bussiness", Should, BUSINESS),
];

/// Signatures are looked at by their own rules.
pub(super) const SIGNATURE: Part = field("Signature", May, Opaque);

const REFERENCE: &[Part] = &[
    field("ContentId", Must, LINE),
    field("ContentType", May, LINE),
    field("AttachmentName", May, LINE),
    field("Description", May, LINE),
];

const MANIFEST: &[Part] = &[many(group("Reference", May, REFERENCE))];

const ATTACHMENT: &[Part] = &[
    field("ContentId", Vital, LINE),
    field("AttachmentName", Must, LINE),
    field("Description", May, LINE),
    field("ContentType", May, LINE),
    field("ContentTransferEncoded", Vital, Opaque),
];

const ENCODED: Part = group("AttachmentEncoded", May, &[many(group("Attachment", May, ATTACHMENT))]);

const ENVELOPE: Part = group(
    "edXMLEnvelope",
    Vital,
    &[
        group(
            "edXMLHeader",
            Vital,
            &[group("MessageHeader", Vital, HEADER), group("TraceHeaderList", Should, TRACE), SIGNATURE],
        ),
        group("edXMLBody", May, &[group("edXMLManifest", May, MANIFEST)]),
    ],
);

/// A message.
pub(crate) const MESSAGE: Part = group("edXML", Vital, &[ENVELOPE, ENCODED]);
