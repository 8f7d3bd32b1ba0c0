//! The sentences a clerk reads, word for word.

use rules::{Calendar, Deadline, Pause, Term, TermSubject, Unit, term};
use wire::Lang;

use crate::{closure, day, own_term, today};

fn told(deadline: &Deadline) -> [String; 2] {
    [deadline.explain(Lang::Vi), deadline.explain(Lang::En)]
}

fn count(start: &str, term: &Term, pauses: &[Pause]) -> Deadline {
    Deadline::count(day(start), term, pauses, today()).unwrap()
}

#[test]
fn holidays_and_a_swap() {
    assert_eq!(
        told(&count("2026-08-20", &own_term(10, Unit::Working), &[])),
        [
            "Hạn: thứ Hai 07/9/2026. Tính từ 20/8/2026 (không tính ngày đầu), 10 ngày làm việc; \
             nghỉ 31/8 (hoán đổi, 9441/TB-BNV), 01–02/9 (Quốc khánh); 22/8 làm bù. Căn cứ: 12-QC/ĐU.",
            "Due: Monday 7 September 2026. Counted from 20 August 2026 (first day not counted), 10 working days; \
             days off 31 August (swapped, 9441/TB-BNV), 1–2 September (National Day); 22 August worked instead. \
             Basis: 12-QC/ĐU.",
        ]
    );
}

#[test]
fn a_day_in_lieu() {
    assert_eq!(
        told(&count("2026-04-24", &own_term(10, Unit::Working), &[])),
        [
            "Hạn: thứ Tư 13/5/2026. Tính từ 24/4/2026 (không tính ngày đầu), 10 ngày làm việc; \
             nghỉ 26/4 (Giỗ Tổ Hùng Vương), 27/4 (nghỉ bù Giỗ Tổ Hùng Vương), 30/4 (Ngày Chiến thắng), \
             01/5 (Quốc tế Lao động). Căn cứ: 12-QC/ĐU.",
            "Due: Wednesday 13 May 2026. Counted from 24 April 2026 (first day not counted), 10 working days; \
             days off 26 April (Hùng Kings' Day), 27 April (in lieu of Hùng Kings' Day), 30 April (Victory Day), \
             1 May (Labour Day). Basis: 12-QC/ĐU.",
        ]
    );
}

#[test]
fn over_the_turn_of_the_year() {
    assert_eq!(
        told(&count("2025-12-30", &own_term(10, Unit::Working), &[])),
        [
            "Hạn: thứ Tư 14/01/2026. Tính từ 30/12/2025 (không tính ngày đầu), 10 ngày làm việc; \
             nghỉ 01/01/2026 (Tết Dương lịch), 02/01/2026 (hoán đổi, 12729/VPCP-KGVX); 10/01/2026 làm bù. \
             Căn cứ: 12-QC/ĐU.",
            "Due: Wednesday 14 January 2026. Counted from 30 December 2025 (first day not counted), 10 working days; \
             days off 1 January 2026 (New Year's Day), 2 January 2026 (swapped, 12729/VPCP-KGVX); \
             10 January 2026 worked instead. Basis: 12-QC/ĐU.",
        ]
    );
}

#[test]
fn the_last_day_moves_on() {
    assert_eq!(
        told(&count("2026-01-20", &own_term(30, Unit::Calendar), &[])),
        [
            "Hạn: thứ Hai 23/02/2026. Tính từ 20/01/2026 (không tính ngày đầu), 30 ngày; \
             ngày cuối trùng ngày nghỉ 19–20/02 (Tết Nguyên đán), 21–22/02 (cuối tuần) \
             nên chuyển sang ngày làm việc tiếp theo. Căn cứ: 12-QC/ĐU.",
            "Due: Monday 23 February 2026. Counted from 20 January 2026 (first day not counted), 30 days; \
             the last day falls on days off 19–20 February (Lunar New Year), 21–22 February (weekend), \
             so it moves to the next working day. Basis: 12-QC/ĐU.",
        ]
    );
}

#[test]
fn a_plan_that_is_not_announced() {
    assert_eq!(
        told(&count("2027-01-29", &own_term(5, Unit::Working), &[])),
        [
            "Hạn: thứ Sáu 12/02/2027. Tính từ 29/01/2027 (không tính ngày đầu), 5 ngày làm việc; \
             nghỉ 05–09/02 (Tết Nguyên đán), 10–11/02 (nghỉ bù Tết Nguyên đán). Căn cứ: 12-QC/ĐU. \
             Tạm tính: lịch nghỉ Tết Đinh Mùi chưa được công bố.",
            "Due: Friday 12 February 2027. Counted from 29 January 2027 (first day not counted), 5 working days; \
             days off 5–9 February (Lunar New Year), 10–11 February (in lieu of Lunar New Year). Basis: 12-QC/ĐU. \
             Provisional: the plan for the Lunar New Year of 2027 has not been announced.",
        ]
    );
}

#[test]
fn a_habit_in_a_year_without_a_calendar() {
    let habit = term::in_force(TermSubject::HandleIncomingDocument, day("2027-12-29")).unwrap();
    assert_eq!(
        told(&count("2027-12-29", habit, &[])),
        [
            "Hạn: thứ Hai 10/01/2028. Tính từ 29/12/2027 (không tính ngày đầu), 10 ngày; \
             ngày cuối trùng ngày nghỉ 08–09/01/2028 (cuối tuần) nên chuyển sang ngày làm việc tiếp theo. \
             Căn cứ: thông lệ xử lý văn bản đến. Tạm tính: chưa có lịch nghỉ năm 2028. \
             Thời hạn này là thông lệ, không phải quy định của pháp luật.",
            "Due: Monday 10 January 2028. Counted from 29 December 2027 (first day not counted), 10 days; \
             the last day falls on days off 8–9 January 2028 (weekend), so it moves to the next working day. \
             Basis: thông lệ xử lý văn bản đến. Provisional: there is no calendar for 2028 yet. \
             This term is a habit of offices, not law.",
        ]
    );
}

#[test]
fn pauses_and_a_closure() {
    let office = Calendar::national().with(vec![closure("2026-10-06", "2026-10-06")]).unwrap();
    let rule = "155/2026/NĐ-CP, Điều 12".to_owned();
    let ended = Pause { from: day("2026-10-08"), to: Some(day("2026-10-12")), rule: rule.clone() };
    let lasting = Pause { from: day("2026-10-14"), to: None, rule };
    let known = office.as_known_on(day("2026-11-22"));
    let term = own_term(10, Unit::Working);
    let deadline = Deadline::count(day("2026-10-05"), &term, &[ended, lasting], known).unwrap();
    assert_eq!(
        told(&deadline),
        [
            "Đang tạm dừng từ 14/10/2026; còn 7 ngày làm việc. Tính từ 05/10/2026 (không tính ngày đầu), \
             10 ngày làm việc; nghỉ 06/10 (bão, 45-TB/ĐU); tạm dừng từ 08/10, tính tiếp từ 12/10 \
             (155/2026/NĐ-CP, Điều 12). Căn cứ: 12-QC/ĐU.",
            "Paused since 14 October 2026; 7 working days left. Counted from 5 October 2026 (first day not counted), \
             10 working days; days off 6 October (storm, 45-TB/ĐU); paused from 8 October, running again from \
             12 October (155/2026/NĐ-CP, Điều 12). Basis: 12-QC/ĐU.",
        ]
    );
}

#[test]
fn a_proposed_swap_is_said_once() {
    let deadline = count("2026-11-20", &own_term(6, Unit::Working), &[]);
    assert_eq!(
        told(&deadline),
        [
            "Hạn: thứ Ba 01/12/2026. Tính từ 20/11/2026 (không tính ngày đầu), 6 ngày làm việc; \
             nghỉ 24/11 (Ngày Văn hóa Việt Nam). Căn cứ: 12-QC/ĐU. \
             Tạm tính: việc hoán đổi 23/11 với 28/11/2026 đã được đề xuất, chưa rõ quyết định.",
            "Due: Tuesday 1 December 2026. Counted from 20 November 2026 (first day not counted), 6 working days; \
             days off 24 November (Vietnam Culture Day). Basis: 12-QC/ĐU. \
             Provisional: a swap of 23 November with 28 November 2026 was proposed; no decision is known.",
        ]
    );
}
