//! One error type for handlers, and the one place where it becomes a fault.

use std::fmt;

use sea_orm::DbErr;
use wire::{Fault, Kind, Refusal};

/// What handlers return. `?` works on refusals, faults and everything else; what is neither refusal nor fault is our
/// mistake, is logged once with its chain, and shows the caller only `wire.broken`.
pub type Result<T> = anyhow::Result<T>;

/// A refusal whose work is kept: a failed sign-in, a denied reveal.
#[derive(Debug)]
pub struct Recorded(Fault);

/// Refuses, and commits what was written so far.
pub fn recorded(refusal: impl Refusal) -> anyhow::Error {
    Recorded(refusal.fault()).into()
}

impl fmt::Display for Recorded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Recorded {}

/// How a service's own refusals are recognised.
pub(crate) type AsFault = fn(&anyhow::Error) -> Option<Fault>;

/// Recognises refusals of type `R`.
pub(crate) fn as_fault<R: Refusal>(error: &anyhow::Error) -> Option<Fault> {
    error.downcast_ref::<R>().map(Refusal::fault)
}

/// What an error means for the caller and for the process.
pub(crate) struct Outcome {
    /// What the caller sees.
    pub(crate) fault: Fault,
    /// Whether the transaction is committed all the same.
    pub(crate) keep: bool,
    /// Whether the same work may succeed when it is run again at once.
    pub(crate) retry: bool,
    /// Whether storage failed, so that the process must stop.
    pub(crate) fatal: bool,
}

impl Outcome {
    fn refused(fault: Fault) -> Self {
        Self { fault, keep: false, retry: false, fatal: false }
    }
}

/// Sorts an error.
pub(crate) fn outcome(error: &anyhow::Error, own: &[AsFault]) -> Outcome {
    if let Some(Recorded(fault)) = error.downcast_ref() {
        return Outcome { keep: true, ..Outcome::refused(fault.clone()) };
    }
    let refused = own.iter().find_map(|own| own(error));
    if let Some(fault) = refused.or_else(|| error.downcast_ref::<Fault>().cloned()) {
        return Outcome::refused(fault);
    }
    if let Some(error) = error.chain().find_map(|cause| cause.downcast_ref::<DbErr>()) {
        return database(error);
    }
    if let Some(error) = error.chain().find_map(|cause| cause.downcast_ref::<blob::Error>()) {
        return files(error);
    }
    Outcome::refused(broken())
}

fn database(error: &DbErr) -> Outcome {
    if db::is_storage_full(error) {
        return Outcome::refused(out_of_space());
    }
    let retry = db::is_retryable(error);
    let away = matches!(error, DbErr::ConnectionAcquire(_) | DbErr::Conn(_));
    let fault = if away || db::is_contended(error) || db::is_disconnected(error) { busy() } else { broken() };
    Outcome { retry, fatal: db::is_storage_failure(error), ..Outcome::refused(fault) }
}

fn files(error: &blob::Error) -> Outcome {
    match error {
        blob::Error::NoSpace => Outcome::refused(out_of_space()),
        blob::Error::Missing { .. } => Outcome::refused(Fault::new(
            Kind::Missing,
            "wire.file_missing",
            "the uploaded file is no longer there; upload it again",
            "tệp đã tải lên không còn nữa; hãy tải lên lại",
        )),
        other => Outcome { fatal: other.must_stop(), ..Outcome::refused(broken()) },
    }
}

/// Our mistake.
pub(crate) fn broken() -> Fault {
    Fault::new(
        Kind::Broken,
        "wire.broken",
        "something went wrong on our side; it has been logged",
        "hệ thống gặp lỗi; lỗi đã được ghi lại",
    )
}

/// The connection broke while the database was committing: it may have been done. The same key tells.
pub(crate) fn unknown_end(error: DbErr) -> anyhow::Error {
    if !db::is_disconnected(&error) {
        return error.into();
    }
    tracing::error!(error = %error, "the connection broke during a commit");
    Fault::new(
        Kind::OutOfTime,
        "wire.unknown_end",
        "whether it was done is not known; repeat it with the same `Idempotency-Key`, which never does it twice",
        "chưa rõ yêu cầu đã được thực hiện hay chưa; hãy gửi lại với cùng `Idempotency-Key`, hệ thống không làm hai lần",
    )
    .into()
}

/// The session is good, but who is there was proven too long ago for this call.
#[must_use]
pub fn step_up_needed() -> Fault {
    Fault::new(
        Kind::Unauthenticated,
        "wire.step_up_needed",
        "this call asks for a fresh proof of who you are: step up, then repeat it",
        "việc này cần xác thực lại ngay lúc này: hãy xác thực bổ sung rồi thực hiện lại",
    )
}

/// Too much at once, or something is away.
pub(crate) fn busy() -> Fault {
    Fault::new(
        Kind::Busy,
        "wire.busy",
        "the service cannot answer just now; try again shortly",
        "dịch vụ tạm thời chưa phục vụ được, vui lòng thử lại sau giây lát",
    )
    .retry_after(2)
}

fn out_of_space() -> Fault {
    Fault::new(
        Kind::OutOfSpace,
        "wire.out_of_space",
        "there is no room to store this; reading still works, and the operator has to make room",
        "không còn chỗ để lưu; vẫn xem được, người vận hành cần giải phóng dung lượng",
    )
}

/// A call that cannot be read: the field at fault and what was expected, never the value that was sent.
pub(crate) fn unreadable(error: &serde_path_to_error::Error<serde_json::Error>) -> Fault {
    let path = error.path().to_string();
    let text = error.inner().to_string();
    let (en, vi, field) = if let Some(rest) = text.strip_prefix("missing field `") {
        let name = rest.split('`').next().unwrap_or_default();
        let at = if path == "." { name.to_owned() } else { format!("{path}.{name}") };
        ("this field is required".to_owned(), "thiếu trường bắt buộc này".to_owned(), at)
    } else {
        let expected = text.split_once("expected ").map_or("another value", |(_, rest)| rest);
        let expected = expected.split(" at line ").next().unwrap_or_default();
        (format!("expected {expected}"), format!("giá trị không hợp lệ, cần: {expected}"), path)
    };
    Fault::new(Kind::Invalid, "wire.unreadable_call", format!("`{field}`: {en}"), format!("`{field}`: {vi}"))
        .at(field.replace('.', "/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Fault {
        #[derive(serde::Deserialize)]
        #[allow(dead_code)]
        struct Inner {
            pages: u32,
        }
        #[derive(serde::Deserialize)]
        #[allow(dead_code)]
        struct Outer {
            inner: Inner,
        }
        let mut reader = serde_json::Deserializer::from_str(text);
        let result: std::result::Result<Outer, _> = serde_path_to_error::deserialize(&mut reader);
        unreadable(&result.err().expect("refused"))
    }

    #[test]
    fn an_unreadable_call_names_the_field_and_never_the_value() {
        let fault = read(r#"{"inner":{"pages":"secret words"}}"#);
        assert_eq!(fault.field.as_deref(), Some("inner/pages"));
        assert!(!fault.en.contains("secret"), "{}", fault.en);
        let fault = read(r#"{"inner":{}}"#);
        assert_eq!(fault.field.as_deref(), Some("inner/pages"));
        assert!(fault.en.contains("required"), "{}", fault.en);
    }
}
