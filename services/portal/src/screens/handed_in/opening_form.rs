//! Q8: beginning an opening act (biên bản mở sổ): its day, its signature, and the books that go on from paper with their
//! next numbers.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use schema_documents::{DraftOpeningAct, OpeningRegister, PeriodKind, RegisterKind};
use wire::{Day, Kind};

use crate::{
    asking::Part,
    fields::Fields,
    format,
    kit::{problems::Problems, typed::Typed},
    no,
    page::{Page, Place},
    screens::{admin::reach, registering::word},
    visit::{Inside, Posted, go},
    words::Words,
};

/// Books that the form has lines for at first, and how many more each wish brings.
const LINES: usize = 3;
/// The most books of one act.
const MOST: usize = 100;

/// The fields of one book.
struct Line {
    nth: usize,
    kind: String,
    outgoing: bool,
    period: String,
    term: bool,
    /// What stands in the fields of text, their words and their names.
    texts: [(String, String, String); 5],
}

#[derive(Template)]
#[template(path = "handed_in/opening_form.html")]
struct Opening {
    p: Page,
    /// Who may have signed.
    people: Vec<(String, String)>,
    lines: Vec<Line>,
    problems: Problems,
    typed: Typed,
}

impl Line {
    fn new(at: usize, typed: &Typed, w: Words) -> Self {
        let text = |field: &str| {
            let name = format!("{field}-{at}");
            let key =
                if field == "next_number" { "handed-next-number".to_owned() } else { format!("admin-field-{field}") };
            (typed.get(&name).to_owned(), w.t(&key), name)
        };
        let (kind, period) = (format!("kind-{at}"), format!("period-{at}"));
        Self {
            nth: at + 1,
            outgoing: typed.get(&kind) == "outgoing",
            term: typed.get(&period) == "term",
            texts: ["next_number", "first_day", "last_day", "body_code", "genres"].map(text),
            kind,
            period,
        }
    }
}

/// The form.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    page(&inside, StatusCode::OK, Problems::default(), Typed::default()).await
}

async fn page(inside: &Inside, status: StatusCode, problems: Problems, typed: Typed) -> Response<Body> {
    let (w, today) = (inside.visit.words, inside.visit.today());
    let people = match reach::people(inside, inside.who.office()).await {
        Part::Here((people, _)) => people,
        Part::Silent(_) => Vec::new(),
    };
    let first = Day::new(today.year(), 1, 1).map(format::day).unwrap_or_default();
    let count = if typed.is_empty() { LINES } else { lines(typed.get("lines"), typed.get("more") == "1") };
    let mut usual = vec![("day".to_owned(), format::day(today))];
    usual.extend((0..count).map(|at| (format!("first_day-{at}"), first.clone())));
    let usual: Vec<(&str, String)> = usual.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    let title = w.t("handed-opening-title");
    let mut page = Page::inside(inside, &title, Place::Registers);
    if problems.any() {
        page.title = w.with("problem-title", &[("title", &title)]);
    }
    let typed = typed.or(Typed::proposing(&usual));
    let active = people.into_iter().filter(|person| person.active);
    let view = Opening {
        p: page,
        people: active.map(|person| (person.id.to_string(), person.full_name)).collect(),
        lines: (0..count).map(|at| Line::new(at, &typed, w)).collect(),
        problems,
        typed,
    };
    inside.visit.html(status, &view)
}

/// How many lines a form has, which says how many it had.
fn lines(said: &str, more: bool) -> usize {
    let had = said.parse().unwrap_or(LINES);
    (if more { had + LINES } else { had }).clamp(1, MOST)
}

/// Begins the act; its papers are brought in on its page. Whoever wants more lines gets the form again.
pub(crate) async fn begin(posted: Posted) -> Response<Body> {
    let (fields, w) = (&posted.fields, posted.inside.visit.words);
    let typed = Typed::of(fields);
    if fields.get("more") == "1" {
        return page(&posted.inside, StatusCode::OK, Problems::default(), typed).await;
    }
    let mut problems = Problems::default();
    let registers = books(fields, &mut problems, w);
    let day = read_day(fields, "day", &mut problems, w);
    let (Some(day), false) = (day, problems.any()) else {
        return page(&posted.inside, StatusCode::UNPROCESSABLE_ENTITY, problems, typed).await;
    };
    let call = DraftOpeningAct {
        office: posted.inside.who.office(),
        day,
        instrument: fields.get("instrument").to_owned(),
        signatory: fields.get("signatory").to_owned(),
        signed_by: fields.get("signed_by").parse().ok(),
        registers,
    };
    match posted.act(&call).await {
        Ok(act) => go(&format!("/quan-tri/so/bien-ban/{}?xong=lap", act.id)),
        Err(fault) if matches!(fault.kind, Kind::Invalid | Kind::Conflict | Kind::Denied) => {
            let mut problems = Problems::of(&fault, w);
            for problem in &mut problems.0 {
                problem.field = field_of(&problem.field);
            }
            page(&posted.inside, no::status(fault.kind), problems, typed).await
        }
        Err(fault) => no::fault(&posted.inside, &fault),
    }
}

/// Where the form has what the call names otherwise: `registers/0/next_number` is `next_number-0`.
fn field_of(named: &str) -> String {
    let mut parts = named.trim_start_matches('/').split('/');
    match (parts.next(), parts.next(), parts.next()) {
        (Some("registers"), Some(at), Some(name)) => format!("{name}-{at}"),
        (Some("registers"), ..) => "next_number-0".to_owned(),
        _ => named.to_owned(),
    }
}

/// The books of the form. A line without a next number is none.
fn books(fields: &Fields, problems: &mut Problems, w: Words) -> Vec<OpeningRegister> {
    let count = lines(fields.get("lines"), false);
    let filled = (0..count).filter(|at| !fields.get(&format!("next_number-{at}")).is_empty());
    filled.filter_map(|at| book(fields, at, problems, w)).collect()
}

fn book(fields: &Fields, at: usize, problems: &mut Problems, w: Words) -> Option<OpeningRegister> {
    let name = |field: &str| format!("{field}-{at}");
    let number = fields.get(&name("next_number")).replace('.', "").parse::<i64>().ok();
    if number.is_none() {
        problems.add(&name("next_number"), w.t("admin-number-unreadable"));
    }
    let first_day = read_day(fields, &name("first_day"), problems, w);
    let last = name("last_day");
    let last_day = if fields.get(&last).is_empty() { None } else { Some(read_day(fields, &last, problems, w)?) };
    let genres: Vec<String> = fields.get(&name("genres")).split(',').map(|one| one.trim().to_owned()).collect();
    let genres: Vec<String> = genres.into_iter().filter(|one| !one.is_empty()).collect();
    Some(OpeningRegister {
        register: None,
        kind: word(fields.get(&name("kind"))).unwrap_or(RegisterKind::Incoming),
        body_code: fields.some(&name("body_code")),
        genres: Some(genres).filter(|genres| !genres.is_empty()),
        period: word(fields.get(&name("period"))).unwrap_or(PeriodKind::Year),
        first_day: first_day?,
        last_day,
        next_number: number?,
    })
}

fn read_day(fields: &Fields, name: &str, problems: &mut Problems, w: Words) -> Option<Day> {
    let day = format::read_day(fields.get(name));
    if day.is_none() {
        problems.add(name, w.t("day-unreadable"));
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::Lang;

    #[test]
    fn a_line_without_a_next_number_is_none_and_what_cannot_be_read_is_named() {
        let sent = "lines=3&kind-0=incoming&period-0=year&first_day-0=01/01/2026&next_number-0=2.418\
                    &kind-1=outgoing&period-1=term&first_day-1=&next_number-1=x&next_number-2=";
        let mut problems = Problems::default();
        let found = books(&Fields::read(sent.as_bytes()), &mut problems, Words(Lang::Vi));
        assert_eq!((found.len(), found[0].next_number, found[0].period), (1, 2418, PeriodKind::Year));
        assert!(problems.at("next_number-1").is_some() && problems.at("first_day-1").is_some(), "{problems:?}");
        assert_eq!(problems.0.len(), 2);
        assert_eq!((lines("3", true), lines("x", false), lines("900", true)), (6, LINES, MOST));
        assert_eq!((field_of("registers/1/genres"), field_of("signatory")), ("genres-1".into(), "signatory".into()));
    }
}
