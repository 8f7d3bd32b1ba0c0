//! Papers of the clerk's desk, laid out on request as PDF/A: the arrival stamp, the routing slip, the pages of a register.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Download,
    id::{IncomingId, RegisterId},
};

wire::refusals! {
    /// Why a paper of the desk is not laid out.
    pub enum SheetRefusal {
        /// More lines than one print of a register takes.
        LinesTooMany { limit: i64, first: i64, last: i64 } => Invalid, "documents.lines_too_many",
            en "a print takes {limit} lines at most: print from {first} to {last} first, then what follows",
            vi "mỗi lần in tối đa {limit} dòng: hãy in từ số {first} đến số {last} trước, rồi in tiếp phần sau",
            field "until";
        /// A register without a number between the two.
        LinesNone { first: i64, last: i64 } => Invalid, "documents.lines_none",
            en "this register has no number from {first} to {last}: choose numbers that were given",
            vi "sổ này không có số nào từ {first} đến {last}: hãy chọn các số đã cấp", field "from";
    }
}

impl From<SheetRefusal> for wire::Fault {
    fn from(refusal: SheetRefusal) -> Self {
        wire::Refusal::fault(&refusal)
    }
}

wire::contract! {
    service "documents" refuses SheetRefusal;

    calls {
        Read DownloadArrivalStamp => Download, "download_arrival_stamp.v1",
            GET "/api/v1/incoming-documents/{id}/arrival-stamp", needs "documents.incoming.read", download;
        Read DownloadRoutingSlip => Download, "download_routing_slip.v1",
            GET "/api/v1/incoming-documents/{id}/routing-slip", needs "documents.incoming.read", download;
        Read DownloadRegisterPrint => Download, "download_register_print.v1",
            GET "/api/v1/registers/{id}/print", needs "documents.registers.read", download;
    }

    events {}
}

/// The page with the arrival stamp (dấu đến) of a document, to lie on top of one that came without paper. A PDF/A made on
/// each request; a masked line gives its number and day alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DownloadArrivalStamp {
    /// The document.
    pub id: IncomingId,
}

/// The slip that goes with a document from desk to desk (phiếu xử lý), with the desks it has lain at and lines for the pen.
/// A PDF/A made on each request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DownloadRoutingSlip {
    /// The document.
    pub id: IncomingId,
}

/// Pages of a register as the book has them (in sổ), a PDF/A made on each request by the layout of today.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DownloadRegisterPrint {
    /// The register.
    pub id: RegisterId,
    /// The first number; that of the register when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<i64>,
    /// The last number; the last given when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
}
