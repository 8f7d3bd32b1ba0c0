//! `vanphong up`: the real office.

use std::process::ExitCode;

use anyhow::Result;
use runtime::{Life, telemetry};
use schema_identity::Enrolment;

use crate::{Settings, Standalone, Start, cli, first, standalone, supervise, units};

/// Runs the office until it is told to stop or must.
pub(crate) async fn run(settings: &Settings, up: &cli::Up) -> Result<ExitCode> {
    let telemetry = telemetry::init(&settings.telemetry, "office")?;
    let life = Life::new();
    life.on_signals()?;
    supervise::obey(life.clone());
    let start = Start { life: life.clone(), restored: up.restored, ..Start::default() };
    let mut office = Standalone::indoors(settings, start).await?;
    let opened = open(&mut office, settings, up).await;
    let asked = life.is_stopping();
    if opened.is_ok() {
        life.stopping().await;
    }
    stop(office).await;
    telemetry.shutdown().await;
    ended(opened, &life, asked)
}

/// How a run ends that was `asked` to stop before it was done coming up: whoever asked got what they wanted.
pub(crate) fn ended(opened: Result<()>, life: &Life, asked: bool) -> Result<ExitCode> {
    match opened {
        Err(error) if !asked && life.failure().is_none() => Err(error),
        _ => Ok(life.exit_code()),
    }
}

/// Everything that must be there before clients come, and then the door.
async fn open(office: &mut Standalone, settings: &Settings, up: &cli::Up) -> Result<()> {
    standalone::refuse_taken(settings.gateway.listen)?;
    if units::load_at_first(office, &settings.data).await? {
        units::known_everywhere(office).await?;
    }
    let code = first::code(office, &settings.data, &up.office, &up.administrator).await?;
    office.open_door().await?;
    tell(office, settings, code.as_ref());
    Ok(())
}

/// Stops the office, and says what did not end in time.
pub(crate) async fn stop(office: Standalone) {
    let late = office.stop().await;
    if !late.is_empty() {
        tracing::warn!(count = late.len(), "some work did not end in time");
    }
}

fn tell(office: &Standalone, settings: &Settings, code: Option<&Enrolment>) {
    let origin = office.origin().unwrap_or_default();
    println!("Văn phòng đang chạy · the office is running");
    println!("  Địa chỉ · address     {origin}");
    println!("  Tài liệu API · docs   {origin}/api/docs");
    println!("  Dữ liệu · folder      {}", settings.data.display());
    if settings.gateway.is_secure() && settings.gateway.tls.cert_file.is_none() {
        println!("  Chứng thư · root      {origin}/office-ca.pem  (cài vào máy trạm · install it on clients)");
    }
    if let Some(code) = code {
        println!();
        println!("Quản trị viên đầu tiên chưa nhận tài khoản. Mã dùng một lần, đến hết {}:", code.expires.day());
        println!("The first administrator's one-time code; nobody can sign in before it is used:");
        println!();
        println!("  vanphong enrol --data {} --code {} --username TÊN", settings.data.display(), code.code.0);
    }
    println!();
    println!("Dừng · stop: Ctrl-C");
}
