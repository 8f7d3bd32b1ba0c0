//! Sending mail over SMTP: the only place that names `lettre` as a transport.

use std::{
    os::unix::fs::MetadataExt as _,
    path::Path,
    time::{Duration, SystemTime},
};

use anyhow::{Context as _, Result};
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{
        Mailbox,
        header::{ContentType, Header, HeaderName, HeaderValue},
    },
    transport::smtp::authentication::Credentials,
};
use sea_orm::prelude::Uuid;
use wire::Instant;

use crate::{Settings, domain::letter::Letter};

/// How long one mail may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest word of a mail server that is kept, in characters.
const LONGEST: usize = 200;

/// A mail server, and who sends.
pub(crate) struct Post {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    /// Where every mail sends its reader.
    pub(crate) origin: String,
}

/// What a mail server made of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sent {
    /// It took it.
    Taken,
    /// It did not; it may take it later.
    NotNow(String),
    /// It never will.
    Never(String),
}

/// Tells other machines that no person wrote this, so that none answers (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

impl Post {
    /// The mail server of the settings; nothing when none is set.
    ///
    /// # Errors
    /// When the settings cannot be used as they are.
    pub(crate) async fn of(settings: &Settings) -> Result<Option<Self>> {
        if !settings.smtp_url.is_set() {
            return Ok(None);
        }
        let from = settings.from.parse().context("`[notices] from` is no sender such as `Văn phòng <a@example.vn>`")?;
        let mut server = AsyncSmtpTransport::<Tokio1Executor>::from_url(settings.smtp_url.url())
            .context("`[notices] smtp_url` is not usable")?
            .timeout(Some(PATIENCE));
        if !settings.user.is_empty() {
            let password = password(&settings.password_file).await?;
            server = server.credentials(Credentials::new(settings.user.clone(), password.trim().to_owned()));
        }
        Ok(Some(Self { server: server.build(), from, origin: settings.public_origin.clone() }))
    }

    /// Sends a letter. Every attempt to send the same one bears the same id, so that a reader's mailbox can tell.
    pub(crate) async fn send(&self, id: Uuid, to: &str, letter: Letter, now: Instant) -> Sent {
        let message = match self.message(id, to, letter, now) {
            Ok(message) => message,
            Err(error) => return Sent::Never(short(&format!("{error:#}"))),
        };
        match tokio::time::timeout(PATIENCE, self.server.send(message)).await {
            Ok(Ok(_)) => Sent::Taken,
            Ok(Err(error)) if error.is_permanent() => Sent::Never(short(&error.to_string())),
            Ok(Err(error)) => Sent::NotNow(short(&error.to_string())),
            Err(_) => Sent::NotNow("the mail server did not answer in time".to_owned()),
        }
    }

    fn message(&self, id: Uuid, to: &str, letter: Letter, now: Instant) -> Result<Message> {
        let micros = u64::try_from(now.micros()).unwrap_or(0);
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to.parse()?))
            .subject(letter.subject)
            .date(SystemTime::UNIX_EPOCH + Duration::from_micros(micros))
            .message_id(Some(format!("<{id}@{}>", self.from.email.domain())))
            .header(AutoSubmitted)
            .header(ContentType::TEXT_PLAIN);
        Ok(message.body(letter.text)?)
    }
}

/// The password in a file that nobody else on this machine can read.
async fn password(file: &Path) -> Result<String> {
    let mode = tokio::fs::metadata(file).await.context("`[notices] password_file` cannot be read")?.mode();
    anyhow::ensure!(mode & 0o077 == 0, "`[notices] password_file` can be read by others: run `chmod 600` on it");
    tokio::fs::read_to_string(file).await.context("`[notices] password_file` cannot be read")
}

fn short(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt as _};

    use super::*;

    #[tokio::test]
    async fn a_password_that_others_can_read_is_refused() {
        let folder = testbed::dir::temp().unwrap();
        let file = folder.path().join("smtp-password");
        fs::write(&file, "bí mật\n").unwrap();
        for mode in [0o644, 0o640, 0o604] {
            fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
            let error = password(&file).await.unwrap_err().to_string();
            assert!(error.contains("chmod 600"), "{error}");
        }
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        assert_eq!(password(&file).await.unwrap(), "bí mật\n");
    }
}
