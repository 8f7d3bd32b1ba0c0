//! The people of the demo, who sign in and out.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use tests::installation::Installation;

use crate::chrome::Chrome;

/// Passwords by name.
pub(crate) struct Staff(BTreeMap<String, String>);

impl Staff {
    /// The accounts that the demo wrote down.
    pub(crate) fn of(office: &Installation) -> Result<Self> {
        let accounts = office.accounts()?;
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let all = accounts.as_array().into_iter().flatten();
        Ok(Self(all.map(|one| (text(&one["username"]), text(&one["password"]))).collect()))
    }

    /// The password of an account.
    pub(crate) fn password(&self, username: &str) -> Result<&str> {
        self.0.get(username).map(String::as_str).with_context(|| format!("the demo has no `{username}`"))
    }
}

/// Signs in on the form that is shown, or on that of the front door; tells where that leads.
pub(crate) async fn sign_in(chrome: &Chrome, staff: &Staff, username: &str) -> Result<String> {
    if !chrome.place().await?.starts_with("/dang-nhap") {
        chrome.open("/dang-nhap").await?;
    }
    chrome.fill("username", username).await?;
    chrome.fill("password", staff.password(username)?).await?;
    let there = chrome.click_to_another_page("main button").await?;
    // The front door leads on to where each begins.
    Ok(if there == "/" { chrome.another_page("/").await? } else { there })
}

/// Signs out.
pub(crate) async fn sign_out(chrome: &Chrome) -> Result<String> {
    chrome.click_to_another_page("form[action='/dang-xuat'] button").await
}
