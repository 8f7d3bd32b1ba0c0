//! Asking an address whether all is well, for programs that run where there is no other to ask with.

use std::{path::Path, time::Duration};

use anyhow::{Context as _, Result, ensure};
use reqwest::{Certificate, Client, Url};

/// How long a healthy address may take.
const HEALTHY_WITHIN: Duration = Duration::from_secs(5);

/// Asks an address, trusting only this root.
///
/// # Errors
/// When it does not answer in time, shows another certificate, or answers that it is not well.
pub async fn ask(address: &Url, root: &Path) -> Result<()> {
    // Fails when one is installed already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let pem = std::fs::read(root).with_context(|| format!("reading `{}`", root.display()))?;
    let client =
        Client::builder().no_proxy().timeout(HEALTHY_WITHIN).tls_certs_only([Certificate::from_pem(&pem)?]).build()?;
    let answer = client.get(address.clone()).send().await?;
    let status = answer.status();
    let text = answer.text().await?;
    ensure!(status.is_success(), "`{address}` answers {status}: {text}");
    println!("{text}");
    Ok(())
}
