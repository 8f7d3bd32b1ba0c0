//! `vanphong edxml check`: what is wrong with edXML files, where, and how to mend it. Nothing is sent and no office has to
//! run.

use std::{
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context as _, Result};
use edxml::{BusinessKind, Content, Diagnosis, LARGEST, Message, Severity, Status, read, show};
use serde_json::{Value, json};

use crate::exit::REFUSED;

/// What `vanphong edxml` takes.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Edxml {
    /// Tell what is wrong with edXML files, where, and how to mend it; no office needs to run
    Check(Check),
}

/// What `vanphong edxml check` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    /// The files
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Print all diagnoses as JSON
    #[arg(long)]
    json: bool,
}

/// What was found in a file.
struct Found {
    content: Option<Content>,
    diagnoses: Vec<Diagnosis>,
}

impl Found {
    fn in_bytes(bytes: &[u8]) -> Self {
        match read(bytes) {
            Ok(reading) => Self { content: Some(reading.content), diagnoses: reading.remarks },
            Err(refused) => Self { content: None, diagnoses: refused.diagnoses },
        }
    }

    fn count(&self, severity: Severity) -> usize {
        self.diagnoses.iter().filter(|one| one.severity == severity).count()
    }

    /// Whether there is no error: warnings and remarks leave a file sound.
    fn is_sound(&self) -> bool {
        self.content.is_some() && self.count(Severity::Error) == 0
    }
}

/// Runs the command.
///
/// # Errors
/// When a file cannot be opened; what was found in the others is told before.
pub(crate) fn run(Edxml::Check(given): &Edxml) -> Result<ExitCode> {
    let (mut rows, mut is_sound, mut unread) = (Vec::new(), true, None);
    for file in &given.files {
        let bytes = match open(file) {
            Ok(bytes) => bytes,
            Err(error) => {
                unread = unread.or(Some(error));
                continue;
            }
        };
        let found = Found::in_bytes(&bytes);
        is_sound &= found.is_sound();
        if given.json {
            rows.push(row(file, &found));
        } else {
            print!("{}", told(file, &bytes, &found));
        }
    }
    if given.json {
        println!("{}", serde_json::to_string_pretty(&rows)?);
    }
    match unread {
        Some(error) => Err(error),
        None if is_sound => Ok(ExitCode::SUCCESS),
        None => Ok(ExitCode::from(REFUSED)),
    }
}

/// The bytes of a file; of one that is too large just enough to see that.
fn open(file: &Path) -> Result<Vec<u8>> {
    let context = || format!("cannot read `{}`", file.display());
    let mut bytes = Vec::new();
    let most = u64::try_from(LARGEST).unwrap_or(u64::MAX).saturating_add(1);
    File::open(file).with_context(context)?.take(most).read_to_end(&mut bytes).with_context(context)?;
    Ok(bytes)
}

fn row(file: &Path, found: &Found) -> Value {
    let kind = match &found.content {
        Some(Content::Message(_)) => "message",
        Some(Content::Status(_)) => "status",
        None => "unreadable",
    };
    let (file, is_sound) = (file.display().to_string(), found.is_sound());
    json!({ "file": file, "kind": kind, "sound": is_sound, "diagnoses": found.diagnoses })
}

fn told(file: &Path, bytes: &[u8], found: &Found) -> String {
    let verdict = if found.is_sound() { "đạt · sound" } else { "không đạt · not sound" };
    let counts = [Severity::Error, Severity::Warning, Severity::Remark].map(|severity| found.count(severity));
    let [errors, warnings, remarks] = counts;
    let mut text = format!("{}: {verdict}", file.display());
    if !found.diagnoses.is_empty() {
        text.push_str(&format!(
            " ({errors} lỗi · errors, {warnings} cảnh báo · warnings, {remarks} ghi nhận · remarks)"
        ));
    }
    text.push('\n');
    match &found.content {
        Some(Content::Message(message)) => text.push_str(&message_line(message)),
        Some(Content::Status(status)) => text.push_str(&status_line(status)),
        None => {}
    }
    for one in &found.diagnoses {
        text.push('\n');
        text.push_str(&show(bytes, one));
    }
    text
}

fn message_line(message: &Message) -> String {
    let kind = match message.business.kind {
        BusinessKind::New => "văn bản mới · new",
        BusinessKind::Revoke => "thu hồi · revokes",
        BusinessKind::Update => "cập nhật · updates",
        BusinessKind::Replace => "thay thế · replaces",
    };
    let (code, from) = (&message.code, &message.from.organ_id);
    let (receivers, files) = (message.to.len(), message.attachments.len());
    let (number, notation, day) = (&code.number, &code.notation, &message.promulgation.date.text);
    format!("  {kind}: {number}/{notation}, {day}, {from} → {receivers} nơi nhận · receivers, {files} tệp · files\n")
}

fn status_line(status: &Status) -> String {
    let (code, from, about) = (status.code.text(), &status.from.organ_id, &status.answers.document_id);
    format!("  trạng thái · status {code}: {from}, {about}\n")
}
