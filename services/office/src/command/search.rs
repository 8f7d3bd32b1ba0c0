//! `vanphong search`: how the index is, and making it anew.

use anyhow::Result;
use schema_search::{GetIndexStatus, IndexStatus, RebuildIndex, Refusal};
use wire::{Call, Fault, Refusal as _};

use crate::{Settings, line::Line};

/// How often a rebuild is looked at while somebody waits for it.
const LOOK_EVERY: std::time::Duration = std::time::Duration::from_millis(500);

/// Has the index made anew and waits until the new one serves.
pub(crate) async fn rebuild(settings: &Settings) -> Result<()> {
    let mut line = Line::open(settings).await?;
    let done = rebuilt(&mut line).await;
    line.close().await;
    show(&done?);
    Ok(())
}

async fn rebuilt(line: &mut Line) -> Result<IndexStatus> {
    let wanted = asked(line, &RebuildIndex {}).await?.asked;
    loop {
        let status = asked(line, &GetIndexStatus {}).await?;
        if status.serving >= wanted && status.waiting == 0 {
            return Ok(status);
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// Asks, and again while the index is being opened: services that were started for this command have just begun to.
async fn asked<C: Call<Reply = IndexStatus>>(line: &mut Line, call: &C) -> Result<IndexStatus> {
    let not_ready = Refusal::NotReady.fault().code;
    loop {
        match line.ask(call).await {
            Err(error) if error.downcast_ref::<Fault>().is_some_and(|fault| fault.code == not_ready) => {
                tokio::time::sleep(LOOK_EVERY).await;
            }
            answered => return answered,
        }
    }
}

/// Tells how the index is.
pub(crate) async fn status(settings: &Settings) -> Result<()> {
    let mut line = Line::open(settings).await?;
    let status = asked(&mut line, &GetIndexStatus {}).await;
    line.close().await;
    show(&status?);
    Ok(())
}

fn show(status: &IndexStatus) {
    let IndexStatus { serving, rebuilding, waiting, nouns, bytes, .. } = status;
    let going = if *rebuilding { "; another is being made · đang tạo lại" } else { "" };
    println!("index {serving}: {nouns} nouns, {bytes} bytes, {waiting} changes wait · chỉ mục phục vụ{going}");
}
