//! One office of the demo comes over from paper in mid-term: a signed opening act gives its registers their next numbers
//! and brings the papers that are open still, from a spreadsheet that the office kept.

use std::time::Duration;

use anyhow::{Result, ensure};
use schema_documents::{
    ApplyOpeningAct, BringOldRegister, CheckOldRegister, CheckOpeningAct, DraftOpeningAct, EnterOldRegister,
    GetOpeningAct, OpeningRegister, OpeningState, PeriodKind, RegisterKind, SetOpeningPapers,
};
use wire::{Day, id::OpeningActId};

use super::{
    desk::Desk,
    hiring::Place,
    script::{Opening, Week},
    week::after,
};

/// The office that comes over.
pub(super) const ADOPTED: &str = "14797";
/// Who prepares the act.
const CLERK: &str = "vanthu";
/// What a ticket for the spreadsheet must have been given for.
const PURPOSE: &str = "opening_import";
/// What a ticket for a register of past years must have been given for.
const PAST_PURPOSE: &str = "old_register";
/// A register of a past year as an office kept it.
const PAST: &str = "\
Số đến;Ngày đến;Tác giả;Số, ký hiệu;Ngày văn bản;Trích yếu;Độ mật;Nơi lưu
1;04/01/2021;Tỉnh ủy;1-CV/TU;31/12/2020;Về việc trực Tết Dương lịch;;Hộp 1
2;05/01/2021;Ủy ban nhân dân huyện;12/UBND-VP;4/1/2021;Về việc chuẩn bị đại hội các chi bộ;;Hộp 1
2a;05/01/2021;Ủy ban nhân dân huyện;13/UBND-VP;4/1/2021;Về việc đính chính công văn số 12/UBND-VP;;Hộp 1
3;11/01/21;Ban Tổ chức Tỉnh ủy;7-HD/BTCTU;8/1/2021;Hướng dẫn kiểm điểm cuối năm;;Hộp 1
4;12/01/2021;Tỉnh ủy;;;;Mật;
";
/// One with rows to be mended.
const FLAWED: &str = "\
Số đến;Ngày đến;Tác giả;Trích yếu
1;03/01/2019;Tỉnh ủy;Về việc trực Tết
2;31/02/2019;Tỉnh ủy;Về việc tổng kết năm
hai;05/01/2019;Tỉnh ủy;Về việc phát thẻ
";
/// How often it is asked whether the papers are entered, and how long it waits in between.
const LOOKS: u32 = 600;
const PAUSE: Duration = Duration::from_millis(50);

/// Drafts the act, tries it out and puts it into force; its papers are entered while the week is played.
pub(super) async fn adopt(
    desk: &mut Desk<'_>,
    place: &Place,
    (week, opening): (&Week, &Opening),
    today: Day,
) -> Result<OpeningActId> {
    let (clerk, first_day) = (place.who(CLERK), after(today, -opening.began)?);
    let registers = week.register.iter().map(|book| OpeningRegister {
        register: None,
        kind: book.kind,
        body_code: book.body.clone(),
        genres: book.genres.clone(),
        period: PeriodKind::Term,
        first_day,
        last_day: None,
        next_number: book.opening,
    });
    let call = DraftOpeningAct {
        office: place.id,
        day: desk.today(),
        instrument: opening.instrument.clone(),
        signatory: opening.signatory.clone(),
        signed_by: None,
        registers: registers.collect(),
    };
    let id = desk.ask(&clerk, &call).await?.id;
    let sheet = sheet(opening, today)?.into_bytes();
    let ticket = desk.upload(&clerk, (place.id, PURPOSE), "van-ban-con-giai-quyet.csv", sheet).await?;
    desk.ask(&clerk, &SetOpeningPapers { id, ticket, columns: Vec::new() }).await?;
    let tried = desk.ask(&clerk, &CheckOpeningAct { id }).await?;
    ensure!(tried.faults.is_empty(), "the open papers of the demo cannot be entered: {:?}", tried.faults);
    desk.ask(&clerk, &ApplyOpeningAct { id }).await?;
    Ok(id)
}

/// Brings registers of past years in: one that is entered, and one whose rows are to be mended first.
pub(super) async fn remember(desk: &mut Desk<'_>, place: &Place) -> Result<()> {
    let clerk = place.who(CLERK);
    for (name, rows, enter) in [("so-den-2021.csv", PAST, true), ("so-den-2019.csv", FLAWED, false)] {
        let sheet = rows.as_bytes().to_vec();
        let ticket = desk.upload(&clerk, (place.id, PAST_PURPOSE), name, sheet).await?;
        let call = BringOldRegister { office: place.id, kind: RegisterKind::Incoming, ticket };
        let id = desk.ask(&clerk, &call).await?.id;
        let tried = desk.ask(&clerk, &CheckOldRegister { id }).await?;
        ensure!(tried.faults.is_empty() == enter, "an old register of the demo reads otherwise: {:?}", tried.faults);
        if enter {
            desk.ask(&clerk, &EnterOldRegister { id }).await?;
        }
    }
    Ok(())
}

/// Waits until the papers of an act are entered.
pub(super) async fn entered(desk: &mut Desk<'_>, place: &Place, id: OpeningActId) -> Result<()> {
    for _ in 0..LOOKS {
        if desk.ask(&place.who(CLERK), &GetOpeningAct { id }).await?.state == OpeningState::Applied {
            return Ok(());
        }
        tokio::time::sleep(PAUSE).await;
    }
    anyhow::bail!("the open papers of the demo are not entered in time")
}

/// The list that the office kept: heads as people write them, days as they type them.
fn sheet(opening: &Opening, today: Day) -> Result<String> {
    let typed = |day: Day| format!("{:02}/{:02}/{}", day.day(), day.month(), day.year());
    let mut lines = String::from("Số đến;Ngày đến;Cơ quan ban hành;Số, ký hiệu;Trích yếu;Hạn xử lý\n");
    for paper in &opening.paper {
        let arrived = typed(after(today, -paper.back)?);
        let due = paper.due.map(|due| after(today, due).map(typed)).transpose()?.unwrap_or_default();
        let said = [&paper.number.to_string(), &arrived, &paper.author, &paper.symbol, &paper.summary, &due];
        lines.push_str(&said.map(String::as_str).join(";"));
        lines.push('\n');
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::script;

    #[test]
    fn the_list_is_one_that_a_spreadsheet_would_save() {
        let (opening, week) = (script::opening().unwrap(), script::commune().unwrap());
        let sheet = sheet(&opening, "2026-11-20".parse().unwrap()).unwrap();
        assert_eq!(sheet.lines().count(), opening.paper.len() + 1);
        assert!(sheet.lines().all(|line| line.matches(';').count() == 5 && !line.contains('"')), "{sheet}");
        let next = week.register.iter().map(|book| book.opening).max().unwrap();
        assert!(opening.paper.iter().all(|paper| paper.number < next && paper.back <= opening.began));
        assert!(opening.paper.iter().all(|paper| paper.due.is_none_or(|due| due > -paper.back)));
    }
}
