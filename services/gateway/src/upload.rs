//! Uploads: one file in a request, answered with a ticket.

use axum::{
    body::Body,
    http::{Request, Response, StatusCode},
};
use serde_json::json;
use wire::id::OfficeId;

use crate::{
    Refusal,
    client::Client,
    gate::Gate,
    multipart::{self, Form},
    problem::Problem,
    query, reply,
    request::stated_length,
    taking::{Arrived, Taken, Taker, check_name, check_purpose, wrong},
};

/// What the query of an upload says.
#[derive(Debug, PartialEq, Eq)]
struct Asked {
    office: OfficeId,
    purpose: String,
    name: Option<String>,
}

/// Takes one file from a signed-in person.
///
/// # Errors
/// Says what is wrong with the request or the file; whatever was written is gone then.
pub(crate) async fn upload(gate: &Gate, client: &Client, request: Request<Body>) -> Result<Response<Body>, Problem> {
    client.person()?;
    let Asked { office, purpose, name } = Asked::read(query::pairs(request.uri())?)?;
    multipart::is_plain(request.headers())?;
    let taker = Taker::of(gate, client, office, purpose).await?;
    let arrived = if multipart::is_form(request.headers()) {
        from_form(&taker, name, request).await?
    } else {
        let name = name.ok_or_else(|| wrong("name", "the name of the file"))?;
        let stated = stated_length(request.headers()).unwrap_or_default();
        taker.take(name, stated, request.into_body().into_data_stream()).await?
    };
    let Taken { ticket, claims, until } = taker.keep(arrived).await?;
    let body = json!({
        "ticket": ticket, "sha256": claims.sha256, "size": claims.size, "media_type": claims.media_type,
        "name": claims.name, "expires_at": until
    });
    Ok(reply::json(StatusCode::CREATED, &body))
}

impl Asked {
    fn read(pairs: Vec<(String, String)>) -> Result<Self, Refusal> {
        let (mut office, mut purpose, mut name) = (None, None, None);
        for (at, text) in pairs {
            let place = match at.as_str() {
                "office" => &mut office,
                "purpose" => &mut purpose,
                "name" => &mut name,
                _ => return Err(Refusal::UnknownField { at }),
            };
            if place.replace(text).is_some() {
                return Err(Refusal::FieldTwice { at });
            }
        }
        let office = office.and_then(|text| text.parse().ok()).ok_or_else(|| wrong("office", "the id of an office"))?;
        let purpose = purpose.unwrap_or_default();
        check_purpose(&purpose)?;
        if let Some(name) = &name {
            check_name(name)?;
        }
        Ok(Self { office, purpose, name })
    }
}

/// Takes the one file of a form. A name in the query stands over the one in the form.
async fn from_form(taker: &Taker<'_>, name: Option<String>, request: Request<Body>) -> Result<Arrived, Problem> {
    let mut form = Form::of(request).await?;
    let part = form.next().await?.ok_or(Refusal::OneFile)?;
    let name = name.or_else(|| part.file_name().map(str::to_owned)).ok_or(Refusal::OneFile)?;
    let arrived = taker.take(name, 0, part).await?;
    match form.next().await? {
        None => Ok(arrived),
        Some(_) => Err(Refusal::OneFile.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFICE: &str = "01938a2c-0000-7000-8000-000000000001";

    fn read(pairs: &[(&str, &str)]) -> Result<Asked, Refusal> {
        Asked::read(pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect())
    }

    #[test]
    fn office_and_purpose_are_needed_and_nothing_else_is_known() {
        let good = read(&[("office", OFFICE), ("purpose", "documents.attachment"), ("name", "công văn.pdf")]).unwrap();
        assert_eq!(good.name.as_deref(), Some("công văn.pdf"));
        let field = |refusal: Refusal| match refusal {
            Refusal::WrongValue { at, .. } | Refusal::UnknownField { at } | Refusal::FieldTwice { at } => at,
            other => format!("{other:?}"),
        };
        let cases: [(&[(&str, &str)], &str); 7] = [
            (&[("purpose", "x")], "office"),
            (&[("office", "here"), ("purpose", "x")], "office"),
            (&[("office", OFFICE)], "purpose"),
            (&[("office", OFFICE), ("purpose", "Tệp")], "purpose"),
            (&[("office", OFFICE), ("purpose", "x"), ("folder", "y")], "folder"),
            (&[("office", OFFICE), ("office", OFFICE)], "office"),
            (&[("office", OFFICE), ("purpose", "sealed")], "SealedNotYet"),
        ];
        for (pairs, expected) in cases {
            assert_eq!(field(read(pairs).unwrap_err()), expected, "{pairs:?}");
        }
    }
}
