//! Files in forms of pages. The portal has no store and no key, so the door takes the files out: the portal says first, from
//! the fields before the first file, whether this session may send this form; then each file goes the way of every
//! upload, and the portal gets an ordinary form with tickets, or the reason of a refusal, in place of the files.

use std::{net::IpAddr, time::Duration};

use axum::{
    body::Body,
    extract::multipart::Field,
    http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, header, request::Parts},
};
use tokio::time::Instant as Tick;
use wire::id::OfficeId;

use crate::{
    Refusal,
    client::Client,
    gate::Gate,
    multipart::{self, Form},
    pages::Pages,
    problem::Problem,
    taking::{STALLED_AFTER, Taker, check_purpose, is_too_slow, shows},
};

/// To the portal: may this form bring files? From the portal: yes, for this office and purpose …
pub(crate) const HAND_IN: HeaderName = HeaderName::from_static("x-hand-in");
/// … in the name of whom this token speaks for.
pub(crate) const HAND_IN_TOKEN: HeaderName = HeaderName::from_static("x-hand-in-token");
/// What the portal is asked with.
const ASKS: HeaderValue = HeaderValue::from_static("?");
/// What all fields that are no files may come to, in bytes.
const FIELDS_LIMIT: usize = 64 * 1024;
/// What a field counts beside its letters.
const FIELD_COST: usize = 16;
/// How many files one form may bring.
const FILES_LIMIT: usize = 50;
/// How much of refused files is read on, in bytes, so that the rest of the form is reached. Behind it the form is cut.
const SKIPPED_LIMIT: u64 = 32 * 1024 * 1024;
/// The field that says so.
const CUT: &str = "_cut";
/// Codes that speak of the form and not of a file.
const ENDS: [&str; 2] = ["gateway.body_broken", "gateway.body_late"];
/// How much of the name of a refused file is said, in letters.
const NAME_SAID: usize = 120;

/// What becomes of a form in parts.
pub(crate) enum Handed {
    /// The same form without files, for the portal.
    Form(Request<Body>),
    /// What the portal answered in its place: this form is not for this session.
    No(Response<Body>),
}

/// What has been read of a form.
#[derive(Default)]
struct Read {
    fields: Vec<(String, String)>,
    /// Bytes of fields.
    size: usize,
    files: usize,
    /// Bytes of files that nobody wants.
    skipped: u64,
}

/// Whether a request is a form that may bring files.
pub(crate) fn is_form(request: &Request<Body>) -> bool {
    request.method() == Method::POST && multipart::is_form(request.headers())
}

/// Takes the files out of a form.
///
/// # Errors
/// When the form cannot be read. What was staged of it by then goes with its tickets.
pub(crate) async fn plain(
    pages: &Pages,
    gate: &Gate,
    (peer, network): (IpAddr, IpAddr),
    request: Request<Body>,
) -> Result<Handed, Problem> {
    multipart::is_plain(request.headers())?;
    let (parts, body) = request.into_parts();
    let again = Parts::clone(&parts);
    let mut form = Form::of(Request::from_parts(parts, body)).await?;
    let mut read = Read::default();
    let mut taker = None;
    let until = Tick::now() + Duration::from_secs(gate.settings.request_seconds);
    while let Some(mut part) = form.next().await? {
        let name = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            None => read.field(name, &mut part).await?,
            // Browsers send an unnamed, empty file where none was chosen.
            Some(file) if file.is_empty() => is_empty(&mut part).await?,
            Some(file) => {
                if taker.is_none() {
                    let asked = urlencoded(&again, &read.fields);
                    let answer = pages.ask(gate, network, asked, Some((HAND_IN, ASKS))).await;
                    if !answer.headers().contains_key(HAND_IN) {
                        return Ok(Handed::No(answer));
                    }
                    taker = Some(granted(gate, peer, answer.headers()).await?);
                }
                if let Some((taker, client)) = &taker {
                    read.file(gate, client, taker, (name, file), &mut part).await?;
                }
            }
        }
        if read.skipped > SKIPPED_LIMIT {
            read.fields.push((CUT.to_owned(), "1".to_owned()));
            break;
        }
        // A session has been shown once a file is taken; until then nobody holds the door for longer than by asking.
        if taker.is_none() && Tick::now() > until {
            return Err(Refusal::BodyLate.into());
        }
    }
    Ok(Handed::Form(urlencoded(&again, &read.fields)))
}

/// Who takes the files of this form, as the portal says. Why nobody does is said of each file.
async fn granted<'a>(
    gate: &'a Gate,
    peer: IpAddr,
    answer: &HeaderMap,
) -> Result<(Result<Taker<'a>, Problem>, Client), Problem> {
    let text = |name| answer.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let (office, purpose) = text(HAND_IN).and_then(|said| said.split_once(' ')).ok_or(Refusal::Broken)?;
    let office: OfficeId = office.parse().map_err(|_| Refusal::Broken)?;
    check_purpose(purpose).map_err(|_| Refusal::Broken)?;
    let bearer = format!("Bearer {}", text(HAND_IN_TOKEN).ok_or(Refusal::Broken)?);
    let bearer = HeaderValue::from_str(&bearer).map_err(|_| Refusal::Broken)?;
    let client = Client::of(gate, peer, &HeaderMap::from_iter([(header::AUTHORIZATION, bearer)])).await;
    let taker = Taker::of(gate, &client, office, purpose.to_owned()).await;
    Ok((taker, client))
}

impl Read {
    /// A field that is no file.
    async fn field(&mut self, name: String, part: &mut Field<'_>) -> Result<(), Problem> {
        let mut bytes = Vec::new();
        self.size = self.size.saturating_add(name.len() + FIELD_COST);
        let reading = async {
            while let Some(chunk) = part.chunk().await.map_err(|_| Refusal::BodyBroken)? {
                self.size = self.size.saturating_add(chunk.len());
                if self.size > FIELDS_LIMIT {
                    return Err(Refusal::BodyTooLarge { limit: FIELDS_LIMIT });
                }
                bytes.extend_from_slice(&chunk);
            }
            Ok(())
        };
        tokio::time::timeout(STALLED_AFTER, reading).await.map_err(|_| Refusal::BodyLate)??;
        self.fields.push((name, String::from_utf8(bytes).map_err(|_| Refusal::BodyBroken)?));
        Ok(())
    }

    /// A file: `name` is then its ticket and its name, or `name.refused` the code of the refusal and its name.
    async fn file(
        &mut self,
        gate: &Gate,
        client: &Client,
        taker: &Result<Taker<'_>, Problem>,
        (name, file): (String, String),
        part: &mut Field<'_>,
    ) -> Result<(), Problem> {
        self.size = self.size.saturating_add(name.len() + file.len() + FIELD_COST);
        if self.size > FIELDS_LIMIT {
            return Err(Refusal::BodyTooLarge { limit: FIELDS_LIMIT }.into());
        }
        self.files += 1;
        let taken = match taker {
            Ok(taker) => taken(gate, client, taker, (&file, self.files), part).await,
            Err(problem) => Ok(Err(problem.code().to_owned())),
        };
        match taken? {
            Ok(ticket) => self.fields.push((name, format!("{ticket} {file}"))),
            Err(code) => {
                let said: String = file.chars().filter(|c| shows(*c)).take(NAME_SAID).collect();
                self.fields.push((format!("{name}.refused"), format!("{code} {said}")));
                self.skip(part).await?;
            }
        }
        Ok(())
    }

    /// Reads on behind what nobody wants.
    async fn skip(&mut self, part: &mut Field<'_>) -> Result<(), Problem> {
        let (begun, mut read) = (Tick::now(), 0_u64);
        loop {
            let next = tokio::time::timeout(STALLED_AFTER, part.chunk()).await.map_err(|_| Refusal::BodyLate)?;
            let Some(chunk) = next.map_err(|_| Refusal::BodyBroken)? else { return Ok(()) };
            read = read.saturating_add(chunk.len() as u64);
            self.skipped = self.skipped.saturating_add(chunk.len() as u64);
            if is_too_slow(read, begun.elapsed()) {
                return Err(Refusal::BodyLate.into());
            }
            if self.skipped > SKIPPED_LIMIT {
                return Ok(());
            }
        }
    }
}

/// Refuses a file without a name: strangers may send what they like before the portal is asked, but not for long.
async fn is_empty(part: &mut Field<'_>) -> Result<(), Refusal> {
    let chunk = tokio::time::timeout(STALLED_AFTER, part.chunk()).await.map_err(|_| Refusal::BodyLate)?;
    let chunk = chunk.map_err(|_| Refusal::BodyBroken)?;
    if chunk.is_none_or(|chunk| chunk.is_empty()) { Ok(()) } else { Err(Refusal::BodyBroken) }
}

/// The ticket of a file, or the code of what is wrong with it.
///
/// # Errors
/// When nothing more can be read of the form.
async fn taken(
    gate: &Gate,
    client: &Client,
    taker: &Taker<'_>,
    (file, count): (&str, usize),
    part: &mut Field<'_>,
) -> Result<Result<String, String>, Problem> {
    let taking = async {
        if count > FILES_LIMIT {
            return Err(Refusal::TooManyFiles { limit: FILES_LIMIT }.into());
        }
        // Each file counts to the share of its sender, as an upload of its own would.
        gate.limits.admit(client)?;
        let arrived = taker.take(file.to_owned(), 0, part).await?;
        Ok(taker.keep(arrived).await?.ticket.0)
    };
    match taking.await {
        Ok(ticket) => Ok(Ok(ticket)),
        Err(problem) if ENDS.contains(&Problem::code(&problem)) => Err(problem),
        Err(problem) => Ok(Err(problem.code().to_owned())),
    }
}

/// The request with an ordinary form.
fn urlencoded(parts: &Parts, fields: &[(String, String)]) -> Request<Body> {
    let written = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let mut request = Request::new(Body::from(written));
    *request.method_mut() = Method::POST;
    *request.uri_mut() = parts.uri.clone();
    *request.headers_mut() = parts.headers.clone();
    let headers = request.headers_mut();
    [header::CONTENT_LENGTH, header::CONTENT_ENCODING, header::EXPECT]
        .iter()
        .for_each(|name| drop(headers.remove(name)));
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    request
}
