//! A call as a type: serialised, sent, and every failure turned into a fault.

use std::time::Duration;

use serde::{Serialize, de::DeserializeOwned};
use wire::{Call, Fault, Kind, Meta, StandardCall, call_subject};

use crate::{Bus, CallError};

/// Seconds after which it makes sense to try again when the other side is away.
const RETRY_AFTER_S: u32 = 2;

impl Bus {
    /// Asks the service that answers calls of this type.
    ///
    /// # Errors
    /// The fault that the service answered, or one of the bus: `wire.busy` when nobody can answer just now,
    /// `wire.out_of_time`, `wire.too_large`, `wire.malformed`, and `wire.unreadable` when the answer is not of its type.
    pub async fn ask<C: Call>(&self, meta: &Meta, call: &C, timeout: Duration) -> Result<C::Reply, Fault> {
        self.exchange((C::SERVICE, C::NAME), meta, call, timeout).await
    }

    /// Asks a service what every service answers about itself.
    ///
    /// # Errors
    /// As [`Bus::ask`].
    pub async fn ask_of<C: StandardCall>(
        &self,
        service: &str,
        meta: &Meta,
        call: &C,
        timeout: Duration,
    ) -> Result<C::Reply, Fault> {
        self.exchange((service, C::NAME), meta, call, timeout).await
    }

    async fn exchange<C: Serialize, R: DeserializeOwned>(
        &self,
        whom: (&str, &'static str),
        meta: &Meta,
        call: &C,
        timeout: Duration,
    ) -> Result<R, Fault> {
        let body = serde_json::to_vec(call).map_err(|error| unreadable(whom, &error))?;
        let answer = self.call(&call_subject(whom.0, whom.1), meta, body.into(), timeout).await?;
        if answer.fault {
            Err(serde_json::from_slice(&answer.body).unwrap_or_else(|error| unreadable(whom, &error)))
        } else {
            serde_json::from_slice(&answer.body).map_err(|error| unreadable(whom, &error))
        }
    }
}

fn unreadable((service, name): (&str, &str), error: &serde_json::Error) -> Fault {
    // The place alone: what stands there, and the error's own text, which may quote it, stay out of the log.
    tracing::error!(service, call = name, position = error.column(), "unreadable");
    Fault::new(
        Kind::Broken,
        "wire.unreadable",
        format!("`{name}` of `{service}` was answered in a form this version cannot read"),
        format!("không đọc được kết quả của `{name}` từ dịch vụ `{service}`"),
    )
}

impl From<CallError> for Fault {
    fn from(error: CallError) -> Self {
        match error {
            CallError::NobodyListens | CallError::Away(_) => Self::new(
                Kind::Busy,
                "wire.busy",
                "the service cannot answer just now; try again shortly",
                "dịch vụ tạm thời chưa phục vụ được, vui lòng thử lại sau giây lát",
            )
            .retry_after(RETRY_AFTER_S),
            CallError::OutOfTime => Self::new(
                Kind::OutOfTime,
                "wire.out_of_time",
                "no answer within the time allowed; whether it was done is not known",
                "quá thời gian chờ, chưa rõ yêu cầu đã được thực hiện hay chưa",
            ),
            CallError::TooLarge { size, limit } => Self::new(
                Kind::TooLarge,
                "wire.too_large",
                format!("the request has {size} bytes, more than the {limit} that a message may have"),
                format!("yêu cầu có {size} byte, vượt quá giới hạn {limit} byte của một thông điệp"),
            ),
            CallError::Malformed(_) => Self::new(
                Kind::Invalid,
                "wire.malformed",
                "what accompanies the request holds characters that cannot be sent",
                "thông tin kèm theo yêu cầu chứa ký tự không gửi được",
            ),
        }
    }
}
