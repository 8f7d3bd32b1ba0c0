//! `vanphong import`: loads data that others publish.

use anyhow::{Context as _, Result};

use crate::{Settings, cli, line::Line, units};

/// Loads a list of administrative units. What is loaded already stays as it is.
pub(crate) async fn units(settings: &Settings, given: cli::Units) -> Result<()> {
    let file = given.file.display();
    let text = std::fs::read_to_string(&given.file).with_context(|| format!("cannot read `{file}`"))?;
    let rows = units::read(&text).with_context(|| format!("nothing was loaded from `{file}`"))?;
    let mut line = Line::open(settings).await?;
    let loaded = units::load(&rows, given.from, async |call| line.ask(&call).await).await;
    line.close().await;
    loaded.map(drop)
}
