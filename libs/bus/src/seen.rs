//! What acts on the bus came to, told to whoever measures.

use std::{sync::Arc, time::Duration};

use crate::{CallError, PublishError};

/// One act on the bus that has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen<'a> {
    /// A call was answered, or was not.
    Called {
        /// Its subject.
        subject: &'a str,
        /// A fixed word for what came instead of a reply: `fault` when the service said no, else why there is no answer.
        error: Option<&'static str>,
        /// How long the answer was waited for.
        took: Duration,
    },
    /// A message was handed to the courier, who took it or did not.
    Published {
        /// Whose message it is.
        publisher: &'a str,
        /// A fixed word for why it was not taken.
        error: Option<&'static str>,
        /// How long the courier took.
        took: Duration,
    },
}

/// Who is told. It runs on the task that called or published, so it must not wait.
pub type Observer = Arc<dyn Fn(Seen<'_>) + Send + Sync>;

impl CallError {
    /// The word of this error in measures.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::NobodyListens => "nobody_listens",
            Self::OutOfTime => "out_of_time",
            Self::TooLarge { .. } => "too_large",
            Self::Away(_) => "away",
            Self::Malformed(_) => "malformed",
        }
    }
}

impl PublishError {
    /// The word of this error in measures.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too_large",
            Self::Away(_) => "away",
        }
    }
}
