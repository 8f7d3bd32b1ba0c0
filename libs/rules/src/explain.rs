//! The sentences with which a deadline explains itself, in Vietnamese and English.

use text::date::{day_and_month, in_figures};
use time::Weekday;
use wire::{Day, Lang};

use crate::{
    calendar::{DayKind, Unsure},
    deadline::{Deadline, Effect, Outcome, Pause, Step},
    mark::Mark,
    term::Unit,
};

/// The whole explanation: the result, the count, the basis, the reservations.
pub(crate) fn paragraph(deadline: &Deadline, lang: Lang) -> String {
    let speaker = Speaker { lang, year: deadline.start.year() };
    let sentences = [
        Some(speaker.result(deadline)),
        Some(speaker.count(deadline)),
        Some(speaker.basis(deadline)),
        speaker.provisional(deadline),
        speaker.mark(deadline.term.mark).map(str::to_owned),
    ];
    sentences.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Days in a row that share a reason.
struct Group {
    first: Day,
    last: Day,
    reason: String,
}

/// Writes days without their year where it is that of the start.
struct Speaker {
    lang: Lang,
    year: i32,
}

impl Speaker {
    fn pick<'a>(&self, vi: &'a str, en: &'a str) -> &'a str {
        match self.lang {
            Lang::Vi => vi,
            Lang::En => en,
        }
    }

    fn result(&self, deadline: &Deadline) -> String {
        match deadline.outcome {
            Outcome::Due(day) => {
                let (weekday, day_text) = (self.weekday(day), self.full(day));
                format!("{}: {weekday} {day_text}.", self.pick("Hạn", "Due"))
            }
            Outcome::Paused { since, remaining } => {
                let (since, left) = (self.full(since), self.length(remaining, deadline.term.unit));
                match self.lang {
                    Lang::Vi => format!("Đang tạm dừng từ {since}; còn {left}."),
                    Lang::En => format!("Paused since {since}; {left} left."),
                }
            }
        }
    }

    fn count(&self, deadline: &Deadline) -> String {
        let (start, length) = (self.full(deadline.start), self.length(deadline.term.days, deadline.term.unit));
        let mut parts = vec![match self.lang {
            Lang::Vi => format!("Tính từ {start} (không tính ngày đầu), {length}"),
            Lang::En => format!("Counted from {start} (first day not counted), {length}"),
        }];
        // Weekends are understood in a count of working days, and would drown what is not.
        let skipped = self.groups(deadline, |step| step.effect == Effect::Skipped && step.status.row.is_some());
        if !skipped.is_empty() {
            parts.push(format!("{} {}", self.pick("nghỉ", "days off"), self.with_reasons(&skipped)));
        }
        let worked = self.groups(deadline, |step| step.effect == Effect::WorkedInstead);
        if !worked.is_empty() {
            let days: Vec<_> = worked.iter().map(|group| self.span(group.first, group.last)).collect();
            parts.push(format!("{} {}", days.join(", "), self.pick("làm bù", "worked instead")));
        }
        parts.extend(deadline.pauses.iter().filter_map(|pause| self.pause(pause)));
        let rolled = self.groups(deadline, |step| step.effect == Effect::RolledOver);
        if !rolled.is_empty() {
            let days = self.with_reasons(&rolled);
            parts.push(match self.lang {
                Lang::Vi => format!("ngày cuối trùng ngày nghỉ {days} nên chuyển sang ngày làm việc tiếp theo"),
                Lang::En => format!("the last day falls on days off {days}, so it moves to the next working day"),
            });
        }
        format!("{}.", parts.join("; "))
    }

    fn basis(&self, deadline: &Deadline) -> String {
        format!("{}: {}.", self.pick("Căn cứ", "Basis"), deadline.term.instrument)
    }

    fn provisional(&self, deadline: &Deadline) -> Option<String> {
        let mut reasons: Vec<String> = Vec::new();
        for unsure in &deadline.unsure {
            let reason = match unsure {
                Unsure::Doubt(doubt) => doubt.reason.text(self.lang).to_owned(),
                Unsure::Beyond(year) => match self.lang {
                    Lang::Vi => format!("chưa có lịch nghỉ năm {year}"),
                    Lang::En => format!("there is no calendar for {year} yet"),
                },
            };
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        let heading = self.pick("Tạm tính", "Provisional");
        (!reasons.is_empty()).then(|| format!("{heading}: {}.", reasons.join("; ")))
    }

    fn mark(&self, mark: Mark) -> Option<&'static str> {
        Some(match (mark, self.lang) {
            (Mark::Verified, _) => return None,
            (Mark::Practice, Lang::Vi) => "Thời hạn này là thông lệ, không phải quy định của pháp luật.",
            (Mark::Practice, Lang::En) => "This term is a habit of offices, not law.",
            (_, Lang::Vi) => "Thời hạn này chưa được đối chiếu với văn bản.",
            (_, Lang::En) => "This term has not been checked against the instrument.",
        })
    }

    /// A pause that still lasts is told in the result.
    fn pause(&self, Pause { from, to, rule }: &Pause) -> Option<String> {
        let (from, to) = (self.short(*from), self.short((*to)?));
        Some(match self.lang {
            Lang::Vi => format!("tạm dừng từ {from}, tính tiếp từ {to} ({rule})"),
            Lang::En => format!("paused from {from}, running again from {to} ({rule})"),
        })
    }

    /// The chosen steps, joined where days follow each other for the same reason.
    fn groups(&self, deadline: &Deadline, chosen: impl Fn(&Step) -> bool) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for step in deadline.steps.iter().filter(|step| chosen(step)) {
            let (day, reason) = (step.status.day, self.reason(step));
            match groups.last_mut() {
                Some(group) if group.last.plus(1) == Some(day) && group.reason == reason => group.last = day,
                _ => groups.push(Group { first: day, last: day, reason }),
            }
        }
        groups
    }

    fn with_reasons(&self, groups: &[Group]) -> String {
        let told = groups.iter().map(|group| format!("{} ({})", self.span(group.first, group.last), group.reason));
        told.collect::<Vec<_>>().join(", ")
    }

    fn reason(&self, step: &Step) -> String {
        let Some(row) = &step.status.row else { return self.pick("cuối tuần", "weekend").to_owned() };
        let occasion = row.occasion.text(self.lang);
        match row.kind {
            DayKind::Compensatory => format!("{} {occasion}", self.pick("nghỉ bù", "in lieu of")),
            DayKind::SwappedOff | DayKind::SwappedWork => {
                format!("{}, {}", self.pick("hoán đổi", "swapped"), row.instrument)
            }
            DayKind::LocalClosure => format!("{occasion}, {}", row.instrument),
            DayKind::Holiday | DayKind::Working | DayKind::WeeklyOff => occasion.to_owned(),
        }
    }

    fn length(&self, days: u32, unit: Unit) -> String {
        match (self.lang, unit, days) {
            (Lang::Vi, Unit::Working, _) => format!("{days} ngày làm việc"),
            (Lang::Vi, Unit::Calendar, _) => format!("{days} ngày"),
            (Lang::En, Unit::Working, 1) => "1 working day".to_owned(),
            (Lang::En, Unit::Working, _) => format!("{days} working days"),
            (Lang::En, Unit::Calendar, 1) => "1 day".to_owned(),
            (Lang::En, Unit::Calendar, _) => format!("{days} days"),
        }
    }

    fn weekday(&self, day: Day) -> String {
        let weekday = day.0.weekday();
        match (self.lang, weekday) {
            (Lang::En, _) => weekday.to_string(),
            (Lang::Vi, Weekday::Monday) => "thứ Hai".to_owned(),
            (Lang::Vi, Weekday::Tuesday) => "thứ Ba".to_owned(),
            (Lang::Vi, Weekday::Wednesday) => "thứ Tư".to_owned(),
            (Lang::Vi, Weekday::Thursday) => "thứ Năm".to_owned(),
            (Lang::Vi, Weekday::Friday) => "thứ Sáu".to_owned(),
            (Lang::Vi, Weekday::Saturday) => "thứ Bảy".to_owned(),
            (Lang::Vi, Weekday::Sunday) => "Chủ nhật".to_owned(),
        }
    }

    fn full(&self, day: Day) -> String {
        match self.lang {
            Lang::Vi => in_figures(day.0),
            Lang::En => format!("{} {} {}", day.day(), day.0.month(), day.year()),
        }
    }

    fn short(&self, day: Day) -> String {
        match self.lang {
            _ if day.year() != self.year => self.full(day),
            Lang::Vi => day_and_month(day.0),
            Lang::En => format!("{} {}", day.day(), day.0.month()),
        }
    }

    /// "01–02/9", or "1–2 September"; whole days on both sides where the months differ.
    fn span(&self, first: Day, last: Day) -> String {
        let end = self.short(last);
        match self.lang {
            _ if first == last => end,
            _ if (first.year(), first.month()) != (last.year(), last.month()) => format!("{}–{end}", self.short(first)),
            Lang::Vi => format!("{:02}–{end}", first.day()),
            Lang::En => format!("{}–{end}", first.day()),
        }
    }
}
