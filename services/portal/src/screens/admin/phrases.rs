//! Q7: what the papers of the office say beyond the rules of form: place, the line above, who always gets a copy, a closing
//! phrase; from a day on, tried out on every genre before it holds.

use askama::Template;
use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode},
};
use schema_documents::{
    Genre, ListGenres, ListPaperTemplates, PaperPhrases, PaperTemplate, SavePaperTemplate, TryPaperTemplate,
};
use wire::{Cursor, Kind, Lang, id::PaperTemplateId};

use crate::{
    asking::Part,
    format, hand_in,
    kit::{problems::Problems, typed::Typed},
    no,
    page::{Page, Place},
    visit::{Inside, Posted, go},
    words::Words,
};

/// A template.
struct Line {
    id: String,
    genre: String,
    from: String,
    said: Vec<String>,
}

/// What a trial found.
struct Trial {
    said: String,
    faults: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "admin/phrases.html")]
struct Phrases {
    p: Page,
    lines: Part<Vec<Line>>,
    next: Option<String>,
    genres: Vec<Genre>,
    /// The template that is looked at, and what the trial on every genre found.
    looked: Option<String>,
    trial: Option<Part<Trial>>,
    may_save: bool,
    problems: Problems,
    typed: Typed,
}

/// The page; with `xem` a template is shown and tried out.
pub(crate) async fn show(inside: Inside) -> Response<Body> {
    let tomorrow = inside.visit.today().plus(1).map(format::day).unwrap_or_default();
    page(&inside, StatusCode::OK, Problems::default(), Typed::proposing(&[("from", tomorrow)])).await
}

async fn page(inside: &Inside, status: StatusCode, problems: Problems, typed: Typed) -> Response<Body> {
    let (w, office) = (inside.visit.words, inside.who.office());
    let cursor = inside.visit.query.some("tiep").map(Cursor);
    let call = ListPaperTemplates { office, limit: Some(50), cursor };
    let of_genres = ListGenres { day: None, limit: Some(200), cursor: None };
    let looked = inside.visit.query.get("xem").parse::<PaperTemplateId>().ok();
    let (found, genres) = futures_util::join!(inside.part(&call), inside.part(&of_genres));
    let trial = match looked {
        Some(id) => Some(inside.part(&TryPaperTemplate { id }).await.map(|trial| Trial {
            said: w.with("phrases-tried", &[("count", &trial.genres.to_string())]),
            faults: trial.faults.into_iter().map(|one| (one.genre_name, said(one.vi, one.en, w))).collect(),
        })),
        None => None,
    };
    let genres = genres.here().map(|page| page.items.clone()).unwrap_or_default();
    let next = found.here().and_then(|page| page.next.as_ref()).map(|Cursor(next)| {
        let query: String = form_urlencoded::Serializer::new(String::new()).append_pair("tiep", next).finish();
        format!("/quan-tri/bieu-mau?{query}")
    });
    let mut page = Page::inside(inside, &w.t("phrases-title"), Place::Phrases);
    page.done = (inside.visit.query.get("xong") == "luu").then(|| w.t("phrases-done"));
    if problems.any() {
        page.title = w.with("problem-title", &[("title", &page.title)]);
    }
    let view = Phrases {
        p: page,
        lines: found.map(|page| page.items.iter().map(|one| line(one, &genres, w)).collect()),
        next,
        genres,
        looked: looked.map(|id| id.to_string()),
        trial,
        may_save: inside.who.may("documents.registers.change"),
        problems,
        typed,
    };
    inside.visit.html(status, &view)
}

fn said(vi: String, en: String, w: Words) -> String {
    match w.0 {
        Lang::Vi => vi,
        Lang::En => en,
    }
}

fn line(one: &PaperTemplate, genres: &[Genre], w: Words) -> Line {
    let named =
        |key: &String| genres.iter().find(|genre| genre.key == *key).map_or(key.clone(), |one| one.name.clone());
    let PaperPhrases { place, superior, recipients, closing, most_pages } = &one.says;
    let copies = Some(recipients.join("; ")).filter(|names| !names.is_empty());
    let parts = [
        ("phrases-place", place.clone()),
        ("phrases-superior", superior.clone()),
        ("phrases-recipients", copies),
        ("phrases-closing", closing.clone()),
        ("phrases-most-pages", most_pages.map(|most| most.to_string())),
    ];
    Line {
        id: one.id.to_string(),
        genre: one.genre.as_ref().map_or_else(|| w.t("phrases-all-genres"), named),
        from: w.with("phrases-from-day", &[("day", &format::day(one.from))]),
        said: parts.into_iter().filter_map(|(key, value)| Some(format!("{}: {}", w.t(key), value?))).collect(),
    }
}

/// Saves a template.
pub(crate) async fn save(posted: Posted) -> Response<Body> {
    let (typed, w) = (&posted.fields, posted.inside.visit.words);
    let mut problems = Problems::default();
    let Some(from) = format::read_day(typed.get("from")) else {
        problems.add("from", w.t("day-unreadable"));
        return page(&posted.inside, StatusCode::UNPROCESSABLE_ENTITY, problems, Typed::of(typed)).await;
    };
    let lines = typed.get("recipients").lines().map(str::trim).filter(|line| !line.is_empty());
    let says = PaperPhrases {
        place: typed.some("place"),
        superior: typed.some("superior"),
        recipients: lines.map(str::to_owned).collect(),
        closing: typed.some("closing"),
        most_pages: typed.get("most_pages").parse().ok(),
    };
    let call = SavePaperTemplate { office: posted.inside.who.office(), genre: typed.some("genre"), from, says };
    match posted.act(&call).await {
        Ok(kept) => go(&format!("/quan-tri/bieu-mau?xong=luu&xem={}", kept.id)),
        Err(fault) if matches!(fault.kind, Kind::Invalid | Kind::Conflict) => {
            let names = [
                ("says/place", "place"),
                ("says/superior", "superior"),
                ("says/recipients", "recipients"),
                ("says/closing", "closing"),
                ("says/most_pages", "most_pages"),
            ];
            let problems = Problems::of(&fault, w).renamed(&names);
            page(&posted.inside, no::status(fault.kind), problems, Typed::of(typed)).await
        }
        Err(fault) => no::fault(&posted.inside, &fault),
    }
}

/// A specimen by a template, laid out on request.
pub(crate) async fn preview(Path(id): Path<PaperTemplateId>, inside: Inside) -> Response<Body> {
    let path = format!("/api/v1/paper-templates/{id}/preview");
    hand_in::out(&path, &inside.who.token, true)
}
