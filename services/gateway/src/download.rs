//! Downloads: a reply that names a file becomes a stream of its bytes, whole or in part. Of a picture that is to be
//! shown bare the metadata is left out on the way; it is another representation, with an entity tag of its own.

use axum::{
    body::Body,
    http::{HeaderMap, Response, StatusCode, header},
};
use blob::{Format, bare};
use futures_util::TryStreamExt as _;
use wire::Download;

use crate::{
    Refusal,
    gate::Gate,
    problem::Problem,
    ranges::{Wanted, wanted},
    reply::{is_known, set},
    table::Route,
};

/// A file may come from anybody: whatever a browser makes of it, it runs nothing and loads nothing.
const OF_FILES: &str = "sandbox; default-src 'none'";

/// The file as a response.
///
/// # Errors
/// When the range lies outside, or the store does not hold the file.
pub(crate) async fn response(
    gate: &Gate,
    route: &Route,
    found: Download,
    asked: &HeaderMap,
) -> Result<Response<Body>, Problem> {
    if found.service != route.service {
        let (service, call) = (route.service.as_str(), route.row.name.as_str());
        tracing::error!(service, call, "it hands out a file of another service");
        return Err(Refusal::Broken.into());
    }
    let format = bare_format(&found);
    let etag = format!("\"{}{}\"", found.sha256, if format.is_some() { "-bare" } else { "" });
    let mut response = Response::new(Body::empty());
    describe(&mut response, &found, &etag);
    if is_known(asked, &etag) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return Ok(response);
    }
    let area = gate.platform.blobs.area(&found.service, &found.office.to_string());
    let area = area.map_err(|error| failed(gate, route, &error))?;
    let plan = match format {
        Some(format) => {
            let _place = gate.pictures.acquire().await.map_err(|_| Refusal::Broken)?;
            area.plan(&found.sha256, format).await.map_err(|error| failed(gate, route, &error))?
        }
        None => None,
    };
    let size = plan.as_ref().map_or(found.size, bare::Plan::size);
    let text = |name| asked.get(name).and_then(|value| value.to_str().ok());
    let range = match wanted(text(header::RANGE), text(header::IF_RANGE), &etag, size) {
        Wanted::Whole => None,
        Wanted::Part(range) => Some(range),
        Wanted::Nowhere => return Err(out_of_range(size)),
    };
    let partial = range.is_some();
    let opened = match &plan {
        Some(plan) => area.open_bare(&found.sha256, plan, range).await,
        None => area.open(&found.sha256, range).await,
    };
    let content = opened.map_err(|error| failed(gate, route, &error))?;
    if partial {
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
        let (first, last) = (content.range.start, content.range.end.saturating_sub(1));
        set(&mut response, header::CONTENT_RANGE, &format!("bytes {first}-{last}/{}", content.size));
    }
    let length = content.range.end.saturating_sub(content.range.start);
    set(&mut response, header::CONTENT_LENGTH, &length.to_string());
    // The status is sent by now: an error while reading cuts the connection, and the client sees too few bytes.
    let bytes = content.bytes.inspect_err(|error| tracing::error!(error = %error, "a download broke off"));
    *response.body_mut() = Body::from_stream(bytes);
    Ok(response)
}

/// The format of a picture whose metadata are left out; nothing for a file that is sent as it is.
fn bare_format(found: &Download) -> Option<Format> {
    Format::of_media_type(&found.media_type).filter(|format| found.bare && bare::covers(*format))
}

fn describe(response: &mut Response<Body>, found: &Download, etag: &str) {
    set(response, header::CONTENT_TYPE, &found.media_type);
    set(response, header::CONTENT_DISPOSITION, &disposition(&found.name));
    set(response, header::ETAG, etag);
    set(response, header::ACCEPT_RANGES, "bytes");
    set(response, header::CACHE_CONTROL, "private, no-cache");
    set(response, header::CONTENT_SECURITY_POLICY, OF_FILES);
}

fn out_of_range(size: u64) -> Problem {
    Problem::from(Refusal::OutOfRange { size }).with_header(header::CONTENT_RANGE, &format!("bytes */{size}"))
}

fn failed(gate: &Gate, route: &Route, error: &blob::Error) -> Problem {
    if let blob::Error::OutOfRange { size } = error {
        return out_of_range(*size);
    }
    let (service, call) = (route.service.as_str(), route.row.name.as_str());
    tracing::error!(service, call, error = %error, "a file could not be opened");
    if error.must_stop() {
        gate.platform.life.fatal("the disk failed while a file was read");
    }
    match error {
        blob::Error::Missing { .. } => Refusal::FileMissing.into(),
        blob::Error::Picture { .. } => Refusal::PictureUnreadable.into(),
        _ => Refusal::Broken.into(),
    }
}

/// The name to save a file under: for every reader in ASCII, and as it is for those who know RFC 5987.
fn disposition(name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || " .-_()".contains(c) { c } else { '_' }).collect();
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_is_offered_plainly_and_as_it_is() {
        let cases = [
            ("cong-van 817.pdf", "attachment; filename=\"cong-van 817.pdf\"; filename*=UTF-8''cong-van%20817.pdf"),
            ("công văn.pdf", "attachment; filename=\"c_ng v_n.pdf\"; filename*=UTF-8''c%C3%B4ng%20v%C4%83n.pdf"),
            ("a\"b\r\nc", "attachment; filename=\"a_b__c\"; filename*=UTF-8''a%22b%0D%0Ac"),
        ];
        for (name, expected) in cases {
            assert_eq!(disposition(name), expected);
        }
    }

    proptest! {
        /// No name can end the header or begin another.
        #[test]
        fn a_name_stays_inside_its_header(name in any::<String>()) {
            let header = disposition(&name);
            prop_assert!(header.bytes().all(|byte| (0x20..0x7f).contains(&byte)));
            prop_assert_eq!(header.matches('"').count(), 2);
        }
    }
}
