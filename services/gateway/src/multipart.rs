//! Forms in parts, read in constant memory: what stands between two parts must be short, and nothing is waited for long.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use axum::{
    body::Body,
    extract::{DefaultBodyLimit, FromRequest as _, Multipart, multipart::Field},
    http::{HeaderMap, Request, header},
};
use futures_util::StreamExt as _;

use crate::{Refusal, taking::STALLED_AFTER};

/// How much of a form may come before a part begins, in bytes.
const BETWEEN_LIMIT: usize = 256 * 1024;
/// Stands for a count while a part is read, which whoever reads it bounds.
const INSIDE: usize = usize::MAX;

/// A form that is being read.
pub(crate) struct Form {
    parts: Multipart,
    between: Between,
}

/// The bytes since the last part. The reader of forms holds them in memory until it has found where the next one begins.
#[derive(Clone, Default)]
struct Between(Arc<AtomicUsize>);

/// Whether a request bears a form in parts.
pub(crate) fn is_form(headers: &HeaderMap) -> bool {
    let stated = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    stated.trim_start().to_ascii_lowercase().starts_with("multipart/form-data")
}

/// Refuses what was compressed on the way: nobody would know how much comes out of it.
///
/// # Errors
/// When it was.
pub(crate) fn is_plain(headers: &HeaderMap) -> Result<(), Refusal> {
    let encoded = headers.get(header::CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity");
    if encoded { Err(Refusal::Encoded) } else { Ok(()) }
}

impl Form {
    /// The form of a request.
    ///
    /// # Errors
    /// When it does not say what parts its parts.
    pub(crate) async fn of(mut request: Request<Body>) -> Result<Self, Refusal> {
        let between = Between::default();
        DefaultBodyLimit::disable().apply(&mut request);
        let request = between.bound(request);
        let parts = Multipart::from_request(request, &()).await.map_err(|_| Refusal::BodyBroken)?;
        Ok(Self { parts, between })
    }

    /// The next part; nothing at the end. The one before must have been read to its end.
    ///
    /// # Errors
    /// When the form is broken, or nothing comes.
    pub(crate) async fn next(&mut self) -> Result<Option<Field<'_>>, Refusal> {
        self.between.0.store(0, Ordering::Relaxed);
        let next = tokio::time::timeout(STALLED_AFTER, self.parts.next_field()).await.map_err(|_| Refusal::BodyLate)?;
        self.between.0.store(INSIDE, Ordering::Relaxed);
        next.map_err(|_| Refusal::BodyBroken)
    }
}

impl Between {
    /// The same request with a body that breaks off when no part begins soon.
    fn bound(&self, request: Request<Body>) -> Request<Body> {
        let count = Arc::clone(&self.0);
        request.map(|body| {
            Body::from_stream(body.into_data_stream().map(move |chunk| {
                let chunk = chunk.map_err(std::io::Error::other)?;
                let before = count.load(Ordering::Relaxed);
                if before == INSIDE {
                    return Ok(chunk);
                }
                let read = before.saturating_add(chunk.len()).min(INSIDE - 1);
                count.store(read, Ordering::Relaxed);
                if read <= BETWEEN_LIMIT { Ok(chunk) } else { Err(std::io::Error::other("no part of the form begins")) }
            }))
        })
    }
}
