//! Plays the weeks: day by day, office by office, everything through calls of the people whom the script names.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use pades::{Details, Subject, TrialAuthority};
use schema_documents::{
    DisposeIncoming, Disposition, IncomingDocument, IncomingRouting, MarkIncomingRead, OpenRegister, PassIncoming,
    PeriodKind, RecordIssuingBody, RegisterCitizenLetter, RegisterIncoming, ReturnIncoming, SaveRoutingTemplate,
    VoidIncoming,
};
use text::date::in_figures;
use wire::{
    Day, Instant, Ticket, Urgency,
    id::{AssignmentId, IncomingId, OutgoingId},
};

use super::{
    adopting,
    desk::Desk,
    hiring::Place,
    pdf,
    script::{self, Files, Incoming, Outgoing, Week, Work},
    working, writing,
};
use crate::progress::Progress;

/// How many working days a week has.
const DAYS: usize = 5;
/// Who enters what arrives.
const CLERK: &str = "vanthu";
/// Who decides when the script names nobody.
const CHIEF: &str = "chanhvp";
/// What a ticket for an incoming document must have been given for.
const INCOMING: &str = "incoming_document";

/// What an office has on its desks while its week is played.
pub(super) struct Running<'a> {
    pub(super) place: &'a Place,
    /// Incoming documents by symbol.
    pub(super) arrived: BTreeMap<&'a str, IncomingId>,
    /// Work that was given: by whom, and what the script says of it.
    pub(super) works: Vec<(AssignmentId, String, &'a Work)>,
    pub(super) drafts: Vec<(OutgoingId, &'a Outgoing)>,
}

/// Plays a week in each of these offices; the last day is the last working day before `today`.
pub(crate) async fn play(desk: &mut Desk<'_>, offices: &[(&Place, &Week)], today: Day) -> Result<()> {
    let days = working_days(today)?;
    let progress = Progress::begin("Diễn một tuần làm việc (playing a week)", DAYS * offices.len());
    let mut running: Vec<Running<'_>> = Vec::new();
    let (opening, mut adopted) = (script::opening()?, None);
    for (place, week) in offices {
        desk.open(*days.first().context("a week has days")?);
        if place.code == adopting::ADOPTED {
            adopted = Some((*place, adopting::adopt(desk, place, (*week, &opening), today).await?));
        } else {
            open_registers(desk, place, week, today).await?;
            adopting::remember(desk, place).await?;
        }
        running.push(Running { place, arrived: BTreeMap::new(), works: Vec::new(), drafts: Vec::new() });
    }
    for (number, day) in days.into_iter().enumerate() {
        for (office, (_, week)) in running.iter_mut().zip(offices) {
            desk.open(day);
            if number == 0 {
                keep_templates(desk, office.place, week).await?;
            }
            post(desk, office, week, number, today).await?;
            working::acts(desk, office, number, today).await?;
            writing::write(desk, office, week, number).await?;
            writing::copy(desk, office, week, number).await?;
            progress.step(1);
        }
    }
    if let Some((place, act)) = adopted {
        adopting::entered(desk, place, act).await?;
    }
    progress.end("xong · done");
    Ok(())
}

/// The last five working days before a day; days off of the calendar do not matter to a demo.
pub(super) fn working_days(today: Day) -> Result<Vec<Day>> {
    let back = (1..=9).filter_map(|days| today.plus(-days));
    let mut days: Vec<Day> = back.filter(|day| day.0.weekday().number_from_monday() <= 5).take(DAYS).collect();
    days.reverse();
    anyhow::ensure!(days.len() == DAYS, "the calendar has no week before {today}");
    Ok(days)
}

/// A day so many calendar days after another.
pub(super) fn after(today: Day, days: i64) -> Result<Day> {
    today.plus(days).with_context(|| format!("the calendar has no day {days} days from {today}"))
}

/// The registers go on where the paper books ended, so that numbers look like a term under way.
async fn open_registers(desk: &mut Desk<'_>, place: &Place, week: &Week, today: Day) -> Result<()> {
    for book in &week.register {
        let call = OpenRegister {
            office: place.id,
            kind: book.kind,
            body_code: book.body.clone(),
            genres: book.genres.clone(),
            period: PeriodKind::Term,
            first_day: after(today, -30)?,
            last_day: None,
            opening: Some(book.opening),
        };
        desk.ask(&place.who(CLERK), &call).await?;
    }
    for body in &week.body {
        let call = RecordIssuingBody {
            office: place.id,
            code: body.code.clone(),
            name: place.said(&body.name),
            seal: body.seal.clone(),
            custodian: None,
            custodian_title: "Văn thư".to_owned(),
            term: None,
            from: after(today, -30)?,
            to: None,
        };
        desk.ask(&place.who(CLERK), &call).await?;
    }
    Ok(())
}

/// The same page with a digital signature by an authority that nobody trusts, as its name says.
fn signed(page: &[u8], name: &str, at: Instant) -> Result<Vec<u8>> {
    let mut authority = TrialAuthority::new("Tổ chức chứng thực thử nghiệm", at)?;
    let signer = authority.issue(&Subject::Person { name, organisation: "Cơ quan Ví Dụ" }, at)?.signer()?;
    let details = Details { at, name: Some(name.to_owned()), reason: Some("Ký ban hành".to_owned()), place: None };
    Ok(pades::sign(page, &signer, &details)?.pdf().to_vec())
}

/// The routings that the chief of office uses every week.
async fn keep_templates(desk: &mut Desk<'_>, place: &Place, week: &Week) -> Result<()> {
    for template in &week.template {
        let routing = IncomingRouting {
            disposition: Disposition::ToProcess,
            lead: Some(place.unit(&template.lead)?),
            lead_position: None,
            with: Vec::new(),
            to_know: template.to_know.iter().map(|unit| place.unit(unit)).collect::<Result<_>>()?,
            due: None,
            text: template.text.clone(),
        };
        let call = SaveRoutingTemplate { office: place.id, name: template.name.clone(), routing, replaces: false };
        desk.ask(&place.who(CHIEF), &call).await?;
    }
    Ok(())
}

/// The post of a day: letters and secrets by their masked lines, documents with what becomes of them.
async fn post<'a>(
    desk: &mut Desk<'_>,
    office: &mut Running<'a>,
    week: &'a Week,
    number: usize,
    today: Day,
) -> Result<()> {
    let (place, clerk) = (office.place, office.place.who(CLERK));
    for letter in week.letter.iter().filter(|letter| letter.day == number) {
        let call = RegisterCitizenLetter {
            office: place.id,
            arrived: None,
            late: false,
            sheets: letter.sheets,
            envelopes: letter.envelopes,
        };
        desk.ask(&clerk, &call).await?;
    }
    for secret in week.masked.iter().filter(|secret| secret.day == number) {
        let call = RegisterIncoming { secrecy: secret.secrecy, pages: Some(secret.pages), ..blank(place) };
        desk.ask(&clerk, &call).await?;
    }
    for incoming in week.incoming.iter().filter(|incoming| incoming.day == number) {
        let arrived = register(desk, place, incoming, &clerk).await?;
        office.arrived.entry(&incoming.symbol).or_insert(arrived.id);
        let decider = place.who(incoming.disposed_by.as_deref().unwrap_or(CHIEF));
        treat(desk, place, incoming, &arrived, &decider, today).await?;
        if let Some(work) = &incoming.work {
            let id = working::assign(desk, place, work, arrived.id, incoming.urgency, &decider, today).await?;
            office.works.push((id, decider, work));
        }
    }
    Ok(())
}

fn blank(place: &Place) -> RegisterIncoming {
    RegisterIncoming {
        office: place.id,
        arrived: None,
        late: false,
        secrecy: wire::Secrecy::Open,
        urgency: Urgency::Normal,
        author_body: None,
        author_unit: None,
        symbol: None,
        document_day: None,
        genre_name: None,
        summary: None,
        pages: None,
        due: None,
        note: None,
        disposition: None,
        duplicate_of: None,
        files: Vec::new(),
        intake: None,
    }
}

async fn register(desk: &mut Desk<'_>, place: &Place, incoming: &Incoming, clerk: &str) -> Result<IncomingDocument> {
    let dated = after(desk.today(), -incoming.back)?;
    let call = RegisterIncoming {
        urgency: incoming.urgency,
        author_body: Some(incoming.author.clone()),
        symbol: Some(incoming.symbol.clone()),
        document_day: Some(dated),
        genre_name: Some(incoming.genre.clone()),
        summary: Some(incoming.summary.clone()),
        pages: Some(incoming.pages),
        files: files(desk, place, incoming, dated, clerk).await?,
        ..blank(place)
    };
    desk.ask(clerk, &call).await
}

/// The scan and the text of a document, as far as the script has them.
async fn files(
    desk: &mut Desk<'_>,
    place: &Place,
    incoming: &Incoming,
    dated: Day,
    clerk: &str,
) -> Result<Vec<Ticket>> {
    let Some(kind) = incoming.file else { return Ok(Vec::new()) };
    let name = incoming.symbol.replace('/', "_");
    let head = format!("{}\nSố {}, ngày {}", incoming.author, incoming.symbol, in_figures(dated.0));
    let body = format!(
        "Kính gửi: {}\n\n{}\n\nVăn bản mẫu: nội dung do chương trình đặt ra để làm quen, không cơ quan nào ban hành.",
        place.committee, incoming.summary
    );
    let mut tickets = Vec::new();
    if kind != Files::Text {
        let page = pdf::page(&incoming.summary, &[&head, &body]);
        let page = match &incoming.signed {
            Some(signer) => signed(&page, signer, desk.today().start())?,
            None => page,
        };
        tickets.push(desk.upload(clerk, (place.id, INCOMING), &format!("{name}.pdf"), page).await?);
    }
    if kind != Files::Pdf {
        let text = format!("{head}\n\n{body}\n").into_bytes();
        tickets.push(desk.upload(clerk, (place.id, INCOMING), &format!("{name}.txt"), text).await?);
    }
    Ok(tickets)
}

/// What becomes of a document: void, disposition, desk, readers.
async fn treat(
    desk: &mut Desk<'_>,
    place: &Place,
    incoming: &Incoming,
    arrived: &IncomingDocument,
    decider: &str,
    today: Day,
) -> Result<()> {
    let (id, clerk) = (arrived.id, place.who(CLERK));
    if let Some(reason) = &incoming.void {
        desk.ask(&clerk, &VoidIncoming { id, reason: reason.clone(), masked_reason: None, citizen_letter: false })
            .await?;
    }
    if let Some(disposition) = incoming.disposition {
        let due = incoming.due.filter(|_| disposition == Disposition::ToProcess);
        let due = due.map(|days| after(today, days)).transpose()?;
        desk.ask(decider, &DisposeIncoming { id, disposition, due, note: None }).await?;
    }
    if let Some(unit) = &incoming.desk {
        let call = PassIncoming { id, unit: place.unit(unit)?, position: None, note: None };
        desk.ask(&clerk, &call).await?;
    }
    if let Some(said) = &incoming.returned {
        desk.ask(&clerk, &ReturnIncoming { id, note: Some(said.clone()) }).await?;
    }
    for reader in &incoming.read_by {
        desk.ask(&place.who(reader), &MarkIncomingRead { id }).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_ends_before_today_and_has_no_weekend() {
        // 2026-11-21 is a Saturday.
        let cases = [
            ("2026-11-20", "2026-11-13", "2026-11-19"),
            ("2026-11-21", "2026-11-16", "2026-11-20"),
            ("2026-11-22", "2026-11-16", "2026-11-20"),
            ("2026-11-23", "2026-11-16", "2026-11-20"),
            ("2027-01-04", "2026-12-28", "2027-01-01"),
        ];
        for (today, first, last) in cases {
            let days = working_days(today.parse().unwrap()).unwrap();
            assert_eq!((days.len(), days[0].to_string().as_str(), days[4].to_string().as_str()), (5, first, last));
        }
    }
}
