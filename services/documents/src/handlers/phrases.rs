//! Templates of papers: keeping them, looking at them, trying them out on every genre.

use anyhow::Result;
use schema_documents::{
    ListPaperTemplates, PaperTemplate, PaperTemplateFault, PaperTemplateRefusal, PaperTemplateTrial,
    PreviewPaperTemplate, SavePaperTemplate, TryPaperTemplate,
};
use schema_forms::{Paper, Rendered};
use schema_identity::OfficeKind;
use service::{Read, Write};
use wire::{Day, Download, Fault, Page, id::PaperTemplateId};

use super::{
    paging, telling,
    writing::{self, Offices},
};
use crate::{
    domain::{genre, phrases},
    store::phrases as kept,
};

/// What is looked at when nothing else is asked for.
const LETTER: &str = "official_letter";

/// Keeps a template.
pub(crate) async fn save(cx: Write, call: SavePaperTemplate) -> Result<PaperTemplate> {
    cx.office_for_new(call.office)?;
    let says = phrases::kept(&call, cx.now.day())?;
    let (id, office, by) = (cx.fresh(), call.office, cx.person()?.person);
    let template = PaperTemplate { id, office, genre: call.genre, from: call.from, says, by, at: cx.now };
    kept::insert(cx.tx(), &template).await?;
    telling::acting(&cx, office, None)?;
    let values = [("genre", template.genre.clone()), ("from", Some(template.from.to_string()))];
    telling::audit(&cx, "paper_template", template.id.into(), office, &values).await?;
    Ok(template)
}

/// The templates of an office.
pub(crate) async fn list(cx: Read, call: ListPaperTemplates) -> Result<Page<PaperTemplate>> {
    let scope = cx.office(call.office)?;
    let limit = Page::<PaperTemplate>::limit(call.limit);
    let before = paging::one(call.cursor.as_ref())?;
    let found = kept::list(cx.db(), &scope, before, paging::rows(limit)).await?;
    paging::page(found, limit, |last| last.id.to_string())
}

/// A specimen by a template.
pub(crate) async fn preview(cx: Read, call: PreviewPaperTemplate) -> Result<Download> {
    let template = seen(&cx, call.id).await?;
    let genre = call.genre.or_else(|| template.genre.clone()).unwrap_or_else(|| LETTER.to_owned());
    let offices = writing::offices(&cx, template.office, day(&template, cx.now.day())).await?;
    let Rendered { sha256, size, .. } = laid_out(&cx, &template, &genre, &offices).await?;
    writing::handed_out(&cx, template.office, (sha256, size), "mẫu văn bản.pdf".to_owned()).await
}

/// A specimen of every genre; each that cannot be laid out is told.
pub(crate) async fn try_out(cx: Read, call: TryPaperTemplate) -> Result<PaperTemplateTrial> {
    let template = seen(&cx, call.id).await?;
    let day = day(&template, cx.now.day());
    let offices = writing::offices(&cx, template.office, day).await?;
    let (mut genres, mut faults) = (0, Vec::new());
    for genre in genre::in_force(day).filter(|genre| genre.code.is_some()) {
        genres += 1;
        if let Err(error) = laid_out(&cx, &template, &genre.key, &offices).await {
            // A press that is away or busy is no fault of the phrases.
            let fault = error.downcast::<Fault>()?;
            let (key, name) = (genre.key.clone(), genre.name.clone());
            faults.push(PaperTemplateFault { genre: key, genre_name: name, en: fault.en, vi: fault.vi });
        }
    }
    Ok(PaperTemplateTrial { genres, faults })
}

async fn seen(cx: &Read, id: PaperTemplateId) -> Result<PaperTemplate> {
    let found = kept::get(cx.db(), cx.scope(), id).await?;
    Ok(found.ok_or(PaperTemplateRefusal::PaperTemplateMissing { id })?)
}

/// The day whose rules a specimen follows: the first of the template, or today when that has passed.
fn day(template: &PaperTemplate, today: Day) -> Day {
    template.from.max(today)
}

async fn laid_out(cx: &Read, template: &PaperTemplate, genre: &str, offices: &Offices) -> Result<Rendered> {
    let day = day(template, cx.now.day());
    let code = match offices.kind() {
        OfficeKind::Centre => "TW",
        OfficeKind::Province => "TU",
        OfficeKind::Commune => "ĐU",
    };
    // Nothing is kept of a specimen, so that its id is the template's.
    let id = wire::id::OutgoingId(template.id.0);
    let (document, text) = phrases::specimen((template.office, code), genre, day, id)?;
    let paper = writing::bare(cx, &document, (text, None), offices).await?;
    writing::laid_out(cx, Paper::Document(phrases::said(paper, &template.says)), day).await
}
