//! A real Chromium, driven through its driver: pages are opened, filled, sent, measured and looked at.

use std::{net::TcpListener, path::Path, time::Duration};

use anyhow::{Context as _, Result};
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};
use tempfile::TempDir;
use testbed::{dir, process};

/// How long the driver and the browser may take to come up on a busy machine.
pub(crate) const UP: Duration = Duration::from_secs(60);
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
        Self::with(origin, true).await
    }

    /// Starts a browser whose owner has turned scripts off.
    pub(crate) async fn without_scripts(origin: &str) -> Result<Self> {
        Self::with(origin, false).await
    }

    async fn with(origin: &str, scripts: bool) -> Result<Self> {
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
            .capabilities(capabilities(&profile, scripts))
            .connect(&address)
            .await?;
        let http = reqwest::Client::builder().no_proxy().build()?;
        Ok(Self { client, origin: origin.to_owned(), driver: address, http, _driver: driver, _folder: folder })
    }

    /// Opens a page.
    pub(crate) async fn open(&self, path: &str) -> Result<()> {
        self.client.goto(&format!("{}{path}", self.origin)).await.with_context(|| format!("opening `{path}`"))
    }

    /// Loads the page that is shown once more, as F5 does.
    pub(crate) async fn reload(&self) -> Result<()> {
        Ok(self.client.refresh().await?)
    }

    /// Where the browser is: path and query.
    pub(crate) async fn place(&self) -> Result<String> {
        let url = self.client.current_url().await?.to_string();
        Ok(url.strip_prefix(&self.origin).map_or_else(|| url.clone(), str::to_owned))
    }

    /// Types into the field with this id, in place of what stands there.
    pub(crate) async fn fill(&self, id: &str, text: &str) -> Result<()> {
        let found = self.client.find(Locator::Id(id)).await.with_context(|| format!("the field `{id}`"))?;
        found.clear().await?;
        Ok(found.send_keys(text).await?)
    }

    /// Chooses a file for the field with this id.
    pub(crate) async fn attach(&self, id: &str, file: &Path) -> Result<()> {
        let found = self.client.find(Locator::Id(id)).await.with_context(|| format!("the field `{id}`"))?;
        Ok(found.send_keys(&file.to_string_lossy()).await?)
    }

    /// Chooses what a selector finds first: a radio button, a tick, or the option of a list.
    pub(crate) async fn choose(&self, selector: &str) -> Result<()> {
        self.bring_into_view(selector).await;
        let found = self.client.find(Locator::Css(selector)).await.with_context(|| format!("`{selector}`"))?;
        found.click().await.with_context(|| format!("clicking `{selector}`"))
    }

    /// Whether the page has what a selector looks for.
    pub(crate) async fn has(&self, selector: &str) -> Result<bool> {
        Ok(!self.client.find_all(Locator::Css(selector)).await?.is_empty())
    }

    /// What stands in an attribute of what a selector finds first.
    pub(crate) async fn attribute(&self, selector: &str, name: &str) -> Result<String> {
        let found = self.client.find(Locator::Css(selector)).await.with_context(|| format!("`{selector}`"))?;
        found.attr(name).await?.with_context(|| format!("`{selector}` has no `{name}`"))
    }

    /// Clicks what a selector finds first, and waits until the page that follows has another address.
    pub(crate) async fn click_to_another_page(&self, selector: &str) -> Result<String> {
        let before = self.place().await?;
        self.bring_into_view(selector).await;
        let button = self.client.find(Locator::Css(selector)).await.with_context(|| format!("`{selector}`"))?;
        button.click().await.with_context(|| format!("clicking `{selector}`"))?;
        self.another_page(&before).await
    }

    /// The strip of keys lies over the lowest lines of the window, where the driver would click.
    async fn bring_into_view(&self, selector: &str) {
        let script = format!("document.querySelector({})?.scrollIntoView({{ block: 'center' }})", json!(selector));
        // Without scripts the window is as it is.
        let _ = self.run(&script).await;
    }

    /// Presses the button with this key, outside fields, and waits for the page that follows.
    pub(crate) async fn strike_button(&self, code: &str) -> Result<String> {
        let letter = code.trim_start_matches("Key").to_lowercase();
        self.run("document.activeElement.blur()").await?;
        self.strike_to_another_page(&letter).await
    }

    /// Waits until the page has another address than before, and is there.
    pub(crate) async fn another_page(&self, before: &str) -> Result<String> {
        let there = process::until("another page", UP, || async {
            let now = self.place().await.ok()?;
            (now != before).then_some(now)
        });
        there.await.with_context(|| format!("from `{before}`"))
    }

    /// Waits until the page says something.
    pub(crate) async fn says(&self, words: &str) -> Result<String> {
        process::until(words, UP, || async { self.text().await.ok().filter(|text| text.contains(words)) }).await
    }

    /// Waits until the page has what a selector looks for, to be seen.
    pub(crate) async fn appears(&self, selector: &str) -> Result<()> {
        let there = process::until(selector, UP, || async {
            let found = self.client.find(Locator::Css(selector)).await.ok()?;
            found.is_displayed().await.ok()?.then_some(())
        });
        there.await.with_context(|| format!("waiting for `{selector}`"))
    }

    /// Gives the browser an authenticator made of software, whose owner is there and agrees to everything.
    pub(crate) async fn give_authenticator(&self) -> Result<()> {
        let made = json!({ "protocol": "ctap2", "transport": "internal", "hasResidentKey": true,
            "hasUserVerification": true, "isUserVerified": true, "isUserConsenting": true });
        let given = self.ask("webauthn/authenticator", &made).await?;
        anyhow::ensure!(given["value"].is_string(), "the driver gave no authenticator: {given}");
        Ok(())
    }

    /// What the page shows, as text.
    pub(crate) async fn text(&self) -> Result<String> {
        Ok(self.client.find(Locator::Css("body")).await?.text().await?)
    }

    /// What a script answers.
    pub(crate) async fn run(&self, script: &str) -> Result<Value> {
        Ok(self.client.execute(script, Vec::new()).await?)
    }

    /// What a script answers that is given something.
    pub(crate) async fn run_with(&self, script: &str, given: Value) -> Result<Value> {
        Ok(self.client.execute(script, vec![given]).await?)
    }

    /// Looks at pages through a window of this size, in pixels of the page.
    pub(crate) async fn size(&self, width: u32, height: u32) -> Result<()> {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", size).await.map(drop)
    }

    /// A picture of what is shown, as PNG.
    pub(crate) async fn picture(&self) -> Result<Vec<u8>> {
        Ok(self.client.screenshot().await?)
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
        let read = self.ask("se/log", &json!({ "type": "browser" })).await?;
        let lines = read["value"].as_array().into_iter().flatten();
        // A form that was refused is answered with 409 or 422, which the browser notes as well.
        let refused = |text: &str| ["status of 409", "status of 422"].iter().any(|status| text.contains(status));
        let severe = lines.filter(|line| line["level"] == "SEVERE").map(|line| line["message"].to_string());
        Ok(severe.filter(|text| !refused(text)).collect())
    }

    /// The cookies of the page, with all that is said of them.
    pub(crate) async fn cookies(&self) -> Result<Vec<Value>> {
        let found = self.devtools("Network.getCookies", json!({})).await?;
        Ok(found["cookies"].as_array().cloned().unwrap_or_default())
    }

    /// A command of the developer's tools.
    pub(crate) async fn devtools(&self, command: &str, parameters: Value) -> Result<Value> {
        let read = self.ask("goog/cdp/execute", &json!({ "cmd": command, "params": parameters })).await?;
        anyhow::ensure!(read["value"]["error"].is_null(), "`{command}`: {}", read["value"]);
        Ok(read["value"].clone())
    }

    async fn ask(&self, path: &str, body: &Value) -> Result<Value> {
        let session = self.client.session_id().await?.context("there is no session")?;
        let url = format!("{}/session/{session}/{path}", self.driver);
        let text = self.http.post(url).body(body.to_string()).send().await?.text().await?;
        Ok(serde_json::from_str(&text)?)
    }

    /// Closes the browser.
    pub(crate) async fn close(self) -> Result<()> {
        Ok(self.client.close().await?)
    }
}

/// A browser without a window, which asks nobody but the pages it is sent to.
fn capabilities(profile: &Path, scripts: bool) -> fantoccini::wd::Capabilities {
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
        // Letters are drawn the same way wherever the tests run.
        "--font-render-hinting=none",
        "--disable-lcd-text",
        "--force-color-profile=srgb",
        profile.as_str(),
    ];
    let allowed = if scripts { 1 } else { 2 };
    let wanted = json!({
        "goog:chromeOptions": {
            "args": args,
            "prefs": { "profile.managed_default_content_settings.javascript": allowed },
        },
        "goog:loggingPrefs": { "browser": "ALL" },
    });
    wanted.as_object().cloned().unwrap_or_default()
}
