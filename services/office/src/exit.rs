//! How a command ends: its exit code, and how errors are told.

use std::process::ExitCode;

use wire::Fault;

/// The office said no.
pub(crate) const REFUSED: u8 = 1;
/// `EX_USAGE`: the command line cannot be read.
pub(crate) const USAGE: u8 = 64;
/// `EX_CONFIG`: settings, folder or environment must be put right first.
const UNFIT: u8 = 78;

/// Tells an error with its causes, each on a line of its own, and gives the exit code: 1 when the office refused, 78
/// when something must be put right before it can run.
#[must_use]
pub fn failed(error: &anyhow::Error) -> ExitCode {
    eprintln!("error: {error}");
    for cause in error.chain().skip(1) {
        eprintln!("  because: {cause}");
    }
    let refusal = error.downcast_ref::<Fault>();
    if let Some(fault) = refusal {
        eprintln!("  {}", fault.vi);
        told_rows(fault);
    }
    ExitCode::from(if refusal.is_some() { REFUSED } else { UNFIT })
}

/// The rows of a file that were refused, which the fault carries for programs.
fn told_rows(fault: &Fault) {
    let rows = fault.detail.as_ref().and_then(|detail| detail.get("errors"));
    let rows = rows.cloned().and_then(|rows| serde_json::from_value::<Vec<schema_identity::RowError>>(rows).ok());
    for row in rows.iter().flatten() {
        eprintln!("  line {}: {}: {}", row.line, row.what, row.remedy);
    }
}
