//! The elements of a status.

use super::{
    LINE,
    Need::{May, Must, Vital},
    Part,
    Value::{Day, DocumentId, Moment, OrganId, Status},
    field, group, many,
    message::{ORGANISATION, SIGNATURE, STAFF},
};

const ANSWERED: &[Part] = &[
    field("OrganId", Must, OrganId),
    field("Code", Must, LINE),
    field("PromulgationDate", Must, Day),
    field("DocumentId", Vital, DocumentId),
];

const HEADER: &[Part] = &[
    group("From", Vital, ORGANISATION),
    group("ResponseFor", Vital, ANSWERED),
    group("StaffInfo", May, STAFF),
    field("StatusCode", Vital, Status),
    field("Description", May, LINE),
    field("Timestamp", Must, Moment),
];

const TRACE: &[Part] =
    &[many(group("TraceHeader", May, &[field("OrganId", Must, OrganId), field("Timestamp", Must, Moment)]))];

/// A status.
pub(crate) const STATUS: Part = group(
    "edXML",
    Vital,
    &[group(
        "edXMLEnvelope",
        Vital,
        &[
            group(
                "edXMLHeader",
                Vital,
                &[group("MessageHeader", Vital, HEADER), group("TraceHeaderList", May, TRACE), SIGNATURE],
            ),
            group("edXMLBody", May, &[]),
        ],
    )],
);
