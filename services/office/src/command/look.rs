//! `vanphong status` and `vanphong migrate`.

use anyhow::Result;

use crate::{Settings, control::Status, line::Line};

/// Tells whether the office runs, where, and how its parts are.
pub(crate) async fn status(settings: &Settings) -> Result<()> {
    let mut line = Line::open(settings).await?;
    let asked = line.status().await;
    line.close().await;
    let folder = settings.data.display();
    let Some(Status { pid, address, ready, parts }) = asked? else {
        println!("stopped · văn phòng không chạy ({folder}); its databases open and are up to date");
        return Ok(());
    };
    let word = if ready { "running · đang chạy" } else { "not ready · chưa sẵn sàng" };
    println!("{word}: process {pid}, {}, {folder}", address.as_deref().unwrap_or("door shut"));
    for (part, state) in parts {
        println!("  {part:24} {state}");
    }
    Ok(())
}

/// Brings the databases up to date. A running office did so when it started.
pub(crate) async fn migrate(settings: &Settings) -> Result<()> {
    let line = Line::open(settings).await?;
    let running = matches!(line, Line::There(_));
    line.close().await;
    if running {
        println!("the office is running: it brought its databases up to date when it started");
    } else {
        println!("the databases are up to date");
    }
    Ok(())
}
