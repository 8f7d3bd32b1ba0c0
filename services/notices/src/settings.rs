//! The section `[notices]` of the settings.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::domain::{hours::TimeOfDay, relay::Relay};

/// What an installation can set for its notices. Without `smtp_url` no e-mail is sent, which is the default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The mail server: `smtps://mail.example` or `smtp://mail.example:587?tls=required`; empty for no e-mail.
    pub smtp_url: Relay,
    /// The user name at the mail server; empty when it asks for none.
    pub user: String,
    /// The file with that user's password.
    pub password_file: PathBuf,
    /// The sender, such as `Văn phòng <vanphong@example.vn>`.
    pub from: String,
    /// The address of the portal, which every mail names: `https://vanphong.example`.
    pub public_origin: String,
    /// When the working day begins, at +07:00. Mail is sent, and what is due is looked at, from then on.
    pub opens: TimeOfDay,
    /// When it ends; nothing is mailed afterwards.
    pub closes: TimeOfDay,
    /// How many days before its due day work counts as due soon.
    pub due_soon_days: u16,
    /// How many days a notice is kept after it was read or settled.
    pub keep_days: u16,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            smtp_url: Relay::default(),
            user: String::new(),
            password_file: PathBuf::new(),
            from: String::new(),
            public_origin: String::new(),
            opens: TimeOfDay::new(7, 30),
            closes: TimeOfDay::new(17, 0),
            due_soon_days: 3,
            keep_days: 90,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_mail_is_sent_unless_somebody_says_how() {
        assert!(!Settings::default().smtp_url.is_set());
    }

    #[test]
    fn what_cannot_be_meant_is_refused_when_it_is_read() {
        let read = |key: &str, value: &str| serde_json::from_value::<Settings>(serde_json::json!({ key: value }));
        assert!(read("opens", "8:00").is_ok());
        for (key, value, why) in [
            ("opens", "25:00", "a time such as `07:30`"),
            ("smtp_url", "smtp://mail.example", "tls=required"),
            ("smtp_url", "smtps://user:secret@mail.example", "password_file"),
            ("smpt_url", "smtps://mail.example", "unknown field"),
        ] {
            let error = read(key, value).unwrap_err().to_string();
            assert!(error.contains(why), "{value}: {error}");
        }
    }
}
