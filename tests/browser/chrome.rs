//! A real Chromium, driven through its driver: pages are opened, filled, sent, measured and looked at.

use std::{net::TcpListener, path::Path, time::Duration};

use anyhow::{Context as _, Result};
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};
use tempfile::TempDir;
use testbed::{dir, process};

/// How long the driver and the browser may take to come up on a busy machine.
const UP: Duration = Duration::from_secs(60);
/// The rules of accessibility, of the package `axe-core` 4.14.1.
const AXE: &str = include_str!("axe.min.js");

/// A browser. Dropped, its driver is killed with it.
pub(crate) struct Chrome {
    client: Client,
    origin: String,
    driver: String,
    http: reqwest::Client,
    _driver: process::Child,
    _folder: TempDir,
}

impl Chrome {
    /// Starts a browser that looks at an origin.
    pub(crate) async fn start(origin: &str) -> Result<Self> {
        let folder = dir::temp()?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut command = std::process::Command::new("chromedriver");
        command.arg(format!("--port={port}"));
        let mut driver = process::Child::spawn(&mut command, &folder.path().join("chromedriver.log"), None)
            .context("chromedriver is missing: `./test servers` installs it, with Chromium")?;
        driver.line("started successfully", UP).await?;
        let profile = folder.path().join("profile");
        let address = format!("http://127.0.0.1:{port}");
        let client = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
            .capabilities(capabilities(&profile))
            .connect(&address)
            .await?;
        let http = reqwest::Client::builder().no_proxy().build()?;
        Ok(Self { client, origin: origin.to_owned(), driver: address, http, _driver: driver, _folder: folder })
    }

    /// Opens a page.
    pub(crate) async fn open(&self, path: &str) -> Result<()> {
        Ok(self.client.goto(&format!("{}{path}", self.origin)).await?)
    }

    /// Types into the field with this id, in place of what stands there.
    pub(crate) async fn fill(&self, id: &str, text: &str) -> Result<()> {
        let field = self.client.find(Locator::Id(id)).await?;
        field.clear().await?;
        Ok(field.send_keys(text).await?)
    }

    /// Clicks what a selector finds first, and waits until the page that follows has another address.
    pub(crate) async fn click_to_another_page(&self, selector: &str) -> Result<String> {
        let before = self.client.current_url().await?;
        // The strip of keys lies over the lowest lines of the window, where the driver would click.
        let into_view = format!("document.querySelector({}).scrollIntoView({{ block: 'center' }})", json!(selector));
        self.run(&into_view).await?;
        self.client.find(Locator::Css(selector)).await?.click().await?;
        process::until("another page", UP, || async {
            let now = self.client.current_url().await.ok()?;
            (now != before).then(|| now.to_string())
        })
        .await
    }

    /// Presses keys wherever the page has its focus.
    pub(crate) async fn press(&self, keys: &str) -> Result<()> {
        Ok(self.client.find(Locator::Css("body")).await?.send_keys(keys).await?)
    }

    /// What the page shows, as text.
    pub(crate) async fn text(&self) -> Result<String> {
        Ok(self.client.find(Locator::Css("body")).await?.text().await?)
    }

    /// What a script answers.
    pub(crate) async fn run(&self, script: &str) -> Result<Value> {
        Ok(self.client.execute(script, Vec::new()).await?)
    }

    /// The size of the window.
    pub(crate) async fn size(&self, width: u32, height: u32) -> Result<()> {
        Ok(self.client.set_window_size(width, height).await?)
    }

    /// A picture of what is shown, written where `VANPHONG_SCREENSHOTS` says.
    pub(crate) async fn picture(&self, name: &str) -> Result<()> {
        let Some(folder) = std::env::var_os("VANPHONG_SCREENSHOTS") else { return Ok(()) };
        let bytes = self.client.screenshot().await?;
        Ok(std::fs::write(Path::new(&folder).join(format!("{name}.png")), bytes)?)
    }

    /// The rules of accessibility that the page breaks, each with the element.
    pub(crate) async fn barriers(&self) -> Result<Vec<String>> {
        self.run(AXE).await?;
        let found = self
            .client
            .execute_async(
                "const done = arguments[0]; axe.run(document, { resultTypes: ['violations'] }).then(found => done(
                 found.violations.flatMap(one => one.nodes.map(node => one.id + ': ' + node.html.slice(0, 200)))));",
                Vec::new(),
            )
            .await?;
        Ok(serde_json::from_value(found)?)
    }

    /// What the browser complained about since it was asked last: broken policies, failed scripts, missing files.
    pub(crate) async fn complaints(&self) -> Result<Vec<String>> {
        let session = self.client.session_id().await?.context("there is no session")?;
        let url = format!("{}/session/{session}/se/log", self.driver);
        let body = json!({ "type": "browser" }).to_string();
        let text = self.http.post(url).body(body).send().await?.text().await?;
        let read: Value = serde_json::from_str(&text)?;
        let lines = read["value"].as_array().into_iter().flatten();
        // A form that was refused is answered with 409 or 422, which the browser notes as well.
        let refused = |text: &str| ["status of 409", "status of 422"].iter().any(|status| text.contains(status));
        let severe = lines.filter(|line| line["level"] == "SEVERE").map(|line| line["message"].to_string());
        Ok(severe.filter(|text| !refused(text)).collect())
    }

    /// Closes the browser.
    pub(crate) async fn close(self) -> Result<()> {
        Ok(self.client.close().await?)
    }
}

/// A browser without a window, which asks nobody but the pages it is sent to.
fn capabilities(profile: &Path) -> fantoccini::wd::Capabilities {
    let profile = format!("--user-data-dir={}", profile.display());
    let args = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        profile.as_str(),
    ];
    let wanted = json!({
        "goog:chromeOptions": { "args": args },
        "goog:loggingPrefs": { "browser": "ALL" },
    });
    wanted.as_object().cloned().unwrap_or_default()
}
