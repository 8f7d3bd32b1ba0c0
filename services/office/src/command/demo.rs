//! `vanphong demo`: an office with invented content, to look around.

use std::process::ExitCode;

use anyhow::Result;
use runtime::{Clock, Life, telemetry};

use super::up;
use crate::{
    Settings, Standalone, Start,
    demo::{self, Account, accounts},
    supervise,
};

/// The account with which the examples sign in.
const CLERK: &str = "th.vanthu";

/// Fills the folder when it is new, and runs the office until it is told to stop.
pub(crate) async fn run(mut settings: Settings) -> Result<ExitCode> {
    // Whoever looks around reads what is printed; the log of every call would bury it.
    if settings.telemetry.level == telemetry::TelemetrySettings::default().level {
        settings.telemetry.level = "warn".to_owned();
    }
    let telemetry = telemetry::init(&settings.telemetry, "office")?;
    let life = Life::new();
    life.on_signals()?;
    supervise::obey(life.clone());
    let filled = demo::fill(&settings, &Clock::system(), &life).await;
    if filled.is_err() || life.is_stopping() {
        return up::ended(filled, &life, life.is_stopping());
    }
    let settings = demo::mail::named(demo::signing_keys::named(settings));
    let start = Start { life: life.clone(), ..Start::default() };
    let office = Standalone::start(&settings, start).await?;
    let told = accounts::read(&settings.data).map(|accounts| tell(&office, &settings, &accounts));
    if told.is_ok() {
        life.stopping().await;
    }
    up::stop(office).await;
    telemetry.shutdown().await;
    up::ended(told, &life, false)
}

fn tell(office: &Standalone, settings: &Settings, accounts: &[Account]) {
    let origin = office.origin().unwrap_or_default();
    let folder = settings.data.display();
    println!("Văn phòng mẫu đang chạy. Người, văn bản và việc trong đó đều do chương trình đặt ra.");
    println!("A demo office is running; its people, documents and work are invented.");
    println!();
    println!("  Địa chỉ · address     {origin}");
    println!("  Tài liệu API · docs   {origin}/api/docs");
    println!("  Dữ liệu · folder      {folder}  (tài khoản · accounts: {})", accounts::FILE);
    println!();
    println!("Tài khoản · accounts");
    let width = |field: fn(&Account) -> &str| accounts.iter().map(|a| field(a).chars().count()).max().unwrap_or(0);
    let (names, people) = (width(|account| &account.username), width(|account| &account.person));
    let mut office = "";
    for account in accounts {
        if office != account.office {
            office = &account.office;
            println!("  {office}");
        }
        let Account { username, password, person, roles, .. } = account;
        println!("    {username:names$}  {password}  {person:people$}  {}", roles.join(", "));
    }
    println!();
    println!("Thử · what to try, as the document clerk of the province:");
    println!();
    if let Some(clerk) = accounts.iter().find(|account| account.username == CLERK) {
        print!("{}", examples(origin, clerk));
    }
    println!();
    println!("Dừng · stop: Ctrl-C. Lần chạy sau tiếp tục với dữ liệu này · the next start goes on with this folder.");
}

/// Lines for a shell that has `curl` and nothing else.
fn examples(origin: &str, clerk: &Account) -> String {
    let Account { username, password, .. } = clerk;
    format!(
        r#"  A={origin}/api/v1
  TOKEN=$(curl -s $A/sign-in -H 'Content-Type: application/json' \
    -d '{{"username":"{username}","password":"{password}"}}' | grep -o '"access_token":"[^"]*' | cut -d'"' -f4)
  OFFICE=$(curl -s $A/me -H "Authorization: Bearer $TOKEN" | grep -o '"office":"[^"]*' | head -1 | cut -d'"' -f4)

  # Văn bản đến · incoming documents
  curl -s "$A/incoming-documents?office=$OFFICE&limit=5" -H "Authorization: Bearer $TOKEN"

  # Vào sổ một văn bản · register one
  curl -s $A/incoming-documents -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \
    -H "Idempotency-Key: $(date +%s%N)" \
    -d '{{"office":"'$OFFICE'","author_body":"Sở Nội vụ","symbol":"7/SNV-VP","summary":"Về việc làm quen hệ thống"}}'

  # Việc sắp đến hạn và quá hạn · what is due soon and overdue: sign in as th.chanhvp first
  curl -s "$A/due-assignments?office=$OFFICE" -H "Authorization: Bearer $TOKEN"
"#
    )
}
