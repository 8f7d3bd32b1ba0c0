//! `vanphong signatures`: who signed a PDF, whether it is what they signed, and why that is so. Nothing is fetched and no
//! office has to run.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context as _, Result};
use pades::{After, Certificate, Report, Signature, Trust, Verdict, verify};
use runtime::Clock;
use serde_json::Value;

use crate::{cli, exit::REFUSED};

/// The largest file that is looked at, in bytes: as much as the door takes.
const MOST: u64 = 2_000_000_000;

/// Tells all that is known of the signatures of a file.
///
/// # Errors
/// When a file cannot be read, or is no PDF.
pub(crate) fn run(given: &cli::Signatures) -> Result<ExitCode> {
    let trust = Trust { anchors: anchors(&given.trust)?, lists: lists(&given.revoked)?, ..Trust::default() };
    let pdf = read(&given.file)?;
    let report = verify(&pdf, &trust, Clock::system().now())
        .with_context(|| format!("nothing can be said of `{}`", given.file.display()))?;
    if given.json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        print!("{}", told(&report));
    }
    Ok(if report.verdict == Verdict::Valid { ExitCode::SUCCESS } else { ExitCode::from(REFUSED) })
}

fn anchors(files: &[PathBuf]) -> Result<Vec<Certificate>> {
    let mut all = Vec::new();
    for file in files {
        let text = read(file)?;
        let is_pem = text.starts_with(b"-----");
        let found =
            if is_pem { Certificate::from_pem(&text) } else { Certificate::from_der(&text).map(|one| vec![one]) };
        all.extend(found.with_context(|| format!("`{}` holds no certificate", file.display()))?);
    }
    Ok(all)
}

fn lists(files: &[PathBuf]) -> Result<Vec<Vec<u8>>> {
    files.iter().map(|file| read(file)).collect()
}

fn read(file: &Path) -> Result<Vec<u8>> {
    let size = std::fs::metadata(file).with_context(|| format!("cannot read `{}`", file.display()))?.len();
    anyhow::ensure!(size <= MOST, "`{}` is larger than {MOST} bytes", file.display());
    std::fs::read(file).with_context(|| format!("cannot read `{}`", file.display()))
}

/// The report in words, a line each.
fn told(report: &Report) -> String {
    let mut text = format!("Kết luận · verdict: {}\n", word(report.verdict));
    for (place, signature) in report.signatures.iter().enumerate() {
        text.push_str(&one(place + 1, signature));
    }
    text
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Valid => "hợp lệ · valid",
        Verdict::Unproven => "chưa đủ căn cứ · unproven",
        Verdict::Invalid => "không hợp lệ · invalid",
        Verdict::Unsigned => "không có chữ ký · unsigned",
    }
}

fn one(place: usize, signature: &Signature) -> String {
    let mut text = format!("\n{place}. {}: {}\n", signature.field, word(signature.verdict));
    let mut row = |name: &str, value: String| text.push_str(&format!("   {name:<28} {value}\n"));
    if let Some(signer) = &signature.signer {
        row("Người ký · signer", format!("{} ({})", signer.name, signer.subject));
        row("Nơi cấp · issuer", format!("{}, số {}", signer.issuer, signer.serial));
    }
    if let Some(at) = signature.claimed_at {
        row("Tự khai lúc · claimed at", at.to_string());
    }
    if let Some(stamp) = &signature.stamp {
        row("Dấu thời gian · stamped at", stamp.at.to_string());
    }
    row("Thuật toán · algorithm", signature.algorithm.clone());
    let after = match &signature.after {
        After::Nothing => "không có gì · nothing".to_owned(),
        After::SignaturesOnly => "chỉ có chữ ký khác · signatures only".to_owned(),
        After::Altered { places } => format!("đã sửa · altered: {}", places.join("; ")),
    };
    row("Thêm sau khi ký · appended", after);
    for finding in &signature.findings {
        row("Ghi nhận · finding", plain(&serde_json::to_value(finding).unwrap_or_default()));
    }
    text
}

/// A finding by its stable code and what it names.
fn plain(finding: &Value) -> String {
    let field = |(name, value): (&String, &Value)| match (name.as_str(), value.as_str()) {
        ("code", Some(code)) => code.to_owned(),
        (name, value) => format!("{name}: {}", value.unwrap_or_default()),
    };
    let fields = finding.as_object();
    fields.map(|fields| fields.iter().map(field).collect::<Vec<_>>().join(", ")).unwrap_or_default()
}
