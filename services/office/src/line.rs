//! The operator's end of the line: commands talk to the office that runs over the folder, and when none runs they start
//! its services for as long as the command takes, without opening the door.

use anyhow::{Context as _, Result, ensure};
use runtime::fresh_id;
use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::UnixStream,
};
use wire::{Call, call_subject};

use crate::{
    Settings, Standalone, Start,
    control::{self, Order, STATUS, Said, Status},
    lock::Held,
};

/// A line to the office.
pub(crate) enum Line {
    /// To the office that runs.
    There(Box<BufReader<UnixStream>>),
    /// To services that were started for this command.
    Here(Box<Standalone>),
}

impl Line {
    /// Opens a line to the office of a folder.
    ///
    /// # Errors
    /// When there is no office in the folder, or it runs and does not answer.
    pub(crate) async fn open(settings: &Settings) -> Result<Self> {
        let folder = settings.data.display();
        ensure!(
            settings.data.join("identity.db").is_file(),
            "there is no office in `{folder}`: name its folder with `--data`, or begin one with `vanphong up`"
        );
        match Standalone::indoors(settings, Start::default()).await {
            Ok(office) => Ok(Self::Here(Box::new(office))),
            Err(error) => {
                let held = error.downcast::<Held>()?;
                let stream = UnixStream::connect(control::path(&settings.data)).await.with_context(|| {
                    let pid = held.pid.map_or_else(|| "?".to_owned(), |pid| pid.to_string());
                    format!("the office over `{folder}` (process {pid}) does not answer yet: try again in a moment")
                })?;
                Ok(Self::There(Box::new(BufReader::new(stream))))
            }
        }
    }

    /// Asks a service in the name of the office.
    ///
    /// # Errors
    /// The fault that the service answered.
    pub(crate) async fn ask<C: Call>(&mut self, call: &C) -> Result<C::Reply> {
        match self {
            Self::Here(office) => office.ask(call).await,
            Self::There(stream) => {
                let subject = call_subject(C::SERVICE, C::NAME);
                Ok(serde_json::from_value(send(stream, subject, serde_json::to_value(call)?).await?)?)
            }
        }
    }

    /// How the office is; nothing when it does not run.
    ///
    /// # Errors
    /// When it does not answer.
    pub(crate) async fn status(&mut self) -> Result<Option<Status>> {
        let Self::There(stream) = self else { return Ok(None) };
        Ok(Some(serde_json::from_value(send(stream, STATUS.to_owned(), Value::Null).await?)?))
    }

    /// Hangs up; services that were started for this command stop.
    pub(crate) async fn close(self) {
        if let Self::Here(office) = self {
            office.stop().await;
        }
    }
}

async fn send(stream: &mut BufReader<UnixStream>, subject: String, body: Value) -> Result<Value> {
    let mut text = serde_json::to_vec(&Order { subject, body, key: fresh_id().to_string() })?;
    text.push(b'\n');
    let mut answer = String::new();
    let exchanged = async {
        stream.write_all(&text).await?;
        stream.read_line(&mut answer).await
    };
    let read = exchanged.await.context("the office hung up")?;
    ensure!(
        read > 0,
        "the office stopped before it answered: whether it was done is not known, look before you repeat"
    );
    match serde_json::from_str(&answer)? {
        Said::Done(reply) => Ok(reply),
        Said::Refused(fault) => Err(fault.into()),
    }
}
