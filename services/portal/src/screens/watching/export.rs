//! The log as a table for other programs: what the filters of the page leave, the newest two thousand acts of it.

use axum::{
    body::Body,
    http::{HeaderValue, Response, header},
};
use wire::AuditRow;

use super::{
    acts, audit,
    merging::{self, Places},
    who::Names,
};
use crate::{asking::service_name, format, screens::admin::reach, visit::Inside, words::Words};

/// How many acts are asked of each service at once, and how often: two thousand acts at most.
const AT_ONCE: u16 = 200;
const READS: usize = 10;

/// The table, or the page that says why there is none.
pub(crate) async fn table(inside: Inside) -> Response<Body> {
    let (w, filter) = (inside.visit.words, audit::filter(&inside));
    let (mut rows, mut places, mut notes, mut whole) = (Vec::new(), Places::new(), Vec::new(), false);
    for _ in 0..READS {
        let found = merging::ask(&inside, &filter, &places, AT_ONCE).await;
        rows.extend(found.rows);
        if !found.silent.is_empty() {
            // Not a table with holes in it that look like nothing happened: it ends, and says why.
            notes.extend(
                found.silent.into_iter().map(|(name, silence)| format!("{}: {}", service_name(name, w), silence.why)),
            );
            whole = true;
            break;
        }
        match found.next {
            Some(next) => places = next,
            None => {
                whole = true;
                break;
            }
        }
    }
    if !whole {
        notes.push(w.t("watching-export-cut"));
    }
    let names = Names::of(&inside, reach::office(&inside), &rows).await;
    let mut response = Response::new(Body::from(written(&rows, &notes, &names, w)));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"nhat-ky.csv\""));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// A line of heads, one for each act, and what is missing. The mark at the beginning tells spreadsheets that it is UTF-8.
fn written(rows: &[AuditRow], notes: &[String], names: &Names, w: Words) -> String {
    let heads = ["when", "who", "behalf", "what", "act", "noun", "id", "fields"]
        .map(|name| w.t(&format!("watching-csv-{name}")));
    let mut text = format!("\u{feff}{}", line(&heads));
    for row in rows {
        text += &line(&[
            format!("{} {}", format::day(row.at.day()), format::clock(row.at)),
            names.doer(row, w),
            names.lender(row, w).unwrap_or_default(),
            acts::act(&row.act, w),
            row.act.clone(),
            acts::noun(&row.noun, w),
            row.id.to_string(),
            row.fields.join(" "),
        ]);
    }
    for note in notes {
        text += &line(std::slice::from_ref(note));
    }
    text
}

fn line(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    format!("{}\r\n", cells.join(","))
}

/// A cell that no spreadsheet takes for a formula.
fn quoted(cell: &str) -> String {
    let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_stays_one_cell_and_is_no_formula() {
        assert_eq!(line(&["a\"b".into(), "x,y".into()]), "\"a\"\"b\",\"x,y\"\r\n");
        assert_eq!(quoted("=1+1"), "\"'=1+1\"");
        assert_eq!(quoted("Lê Văn A"), "\"Lê Văn A\"");
    }
}
