//! What there is to look at: the rules of layout, and specimens of papers.

use schema_forms::{DownloadSpecimen, FormKind, FormLayout, ListFormLayouts, Refusal};
use service::{Read, Result};
use wire::{Download, Page};

use crate::{
    domain::{layout, sheet, specimen},
    handlers::rendering::stage,
    press::{queue, world::has_letter},
};

/// The rules of layout there are.
pub(crate) async fn layouts(_: Read, call: ListFormLayouts) -> Result<Page<FormLayout>> {
    let limit = Page::<FormLayout>::limit(call.limit);
    let all: Vec<FormLayout> = layout::list(call.day).collect();
    let from = match &call.cursor {
        None => 0,
        Some(cursor) => all.iter().position(|one| one.key == cursor.0).ok_or(Refusal::CursorUnknown)? + 1,
    };
    let items = all.into_iter().skip(from).take(usize::from(limit) + 1).collect();
    Ok(Page::cut(items, limit, |last| last.key.clone()))
}

/// A specimen of a form. It bears the first day of the rules by which it stands: so the same one is always the same file,
/// and an office keeps no more of them than there are forms, genres and rules.
pub(crate) async fn specimen(cx: Read, call: DownloadSpecimen) -> Result<Download> {
    cx.office(call.office)?;
    let day = layout::of(call.day.unwrap_or(cx.now.day()))?.valid_from;
    let paper = specimen::of(call.form, call.genre, day);
    let sheet = sheet::of(&paper, day, &has_letter)?;
    let printed = queue::set(sheet).await?;
    let (sha256, size) = stage(&cx, printed).await?;
    let area = cx.blobs().area("forms", &call.office.to_string())?;
    area.claim(&sha256, size).await?;
    Ok(Download {
        service: "forms".to_owned(),
        office: call.office,
        sha256,
        size,
        media_type: "application/pdf".to_owned(),
        name: name(call.form).to_owned(),
        bare: false,
    })
}

fn name(form: FormKind) -> &'static str {
    match form {
        FormKind::Document => "mẫu văn bản.pdf",
        FormKind::IncomingRegister => "mẫu sổ văn bản đến.pdf",
        FormKind::OutgoingRegister => "mẫu sổ văn bản đi.pdf",
        FormKind::ArrivalStamp => "mẫu dấu đến.pdf",
        FormKind::RoutingSlip => "mẫu phiếu xử lý.pdf",
        FormKind::Receipt => "mẫu giấy biên nhận.pdf",
        FormKind::SecretBook => "mẫu sổ văn bản mật.pdf",
    }
}
