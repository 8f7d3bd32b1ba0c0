//! Reading on for a while after a refusal. A client that is still sending when the connection closes sees a broken
//! connection instead of the answer; so what is left of a body is read and thrown away, within bounds.

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    Error,
    body::{Body, BodyDataStream, HttpBody as _},
};
use bytes::Bytes;
use futures_util::{Stream, StreamExt as _};

/// How much is read on, and for how long.
const BYTES: usize = 32 * 1024 * 1024;
const TIME: Duration = Duration::from_secs(5);

/// The body of a request. Dropped before its end, it is read on in the background.
struct Lingering {
    /// Absent once it has ended or failed.
    chunks: Option<BodyDataStream>,
}

/// The same body, lingering.
pub(crate) fn lingering(body: Body) -> Body {
    if body.is_end_stream() { body } else { Body::from_stream(Lingering { chunks: Some(body.into_data_stream()) }) }
}

impl Stream for Lingering {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(chunks) = &mut self.chunks else { return Poll::Ready(None) };
        let polled = chunks.poll_next_unpin(cx);
        if matches!(polled, Poll::Ready(None | Some(Err(_)))) {
            self.chunks = None;
        }
        polled
    }
}

impl Drop for Lingering {
    fn drop(&mut self) {
        let Some(mut chunks) = self.chunks.take() else { return };
        let reading_on = async move {
            let mut read = 0;
            while let Some(Ok(chunk)) = chunks.next().await {
                read += chunk.len();
                if read > BYTES {
                    return;
                }
            }
        };
        // Not a task of the process's life: it holds nothing but the connection, and ends with it.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(tokio::time::timeout(TIME, reading_on));
        }
    }
}
