//! What the service `forms` promises: official papers (văn bản, sổ, phiếu) laid out by the rules of their day, as PDF/A-2b
//! with PDF/UA-1.
//!
//! Whoever asks sends what is to stand on the paper as typed data; forms knows how it stands there. Texts are data and
//! never markup. The same order always gives the same bytes, so that a paper printed again is the same file.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

/// What the text of a document is made of.
mod block;
/// A document of any genre.
mod document;
/// What all papers share: the head, and who signs.
mod head;
/// The rules of layout there are, and specimens of papers.
mod layout;
/// Why `forms` says no.
mod refusal;
/// Pages of registers.
mod register;
/// Having a paper laid out.
mod render;
/// Papers that go with documents: arrival stamp, routing slip, receipt.
mod slip;

pub use block::{Block, Column, HeadingRank};
pub use document::DocumentPaper;
pub use head::{Letterhead, Signature};
pub use layout::{DownloadSpecimen, FormKind, FormLayout, FormMark, ListFormLayouts};
pub use refusal::Refusal;
pub use register::{
    IncomingLine, IncomingRegisterPaper, OutgoingLine, OutgoingRegisterPaper, SecretBook, SecretBookPaper,
};
pub use render::{FormContent, Paper, RenderForm, Rendered, StagedPaper};
pub use slip::{ArrivalStampPaper, ReceiptItem, ReceiptPaper, RoutingSlipPaper, RoutingStep};

use wire::{Download, Page};

wire::contract! {
    service "forms" refuses Refusal;

    calls {
        Read RenderForm => Rendered, "render.v1", BUS, services;
        Read ListFormLayouts => Page<FormLayout>, "list_form_layouts.v1", GET "/api/v1/form-layouts", signed_in;
        Read DownloadSpecimen => Download, "download_specimen.v1",
            GET "/api/v1/form-specimens/{form}", signed_in, download;
    }

    events {}
}
