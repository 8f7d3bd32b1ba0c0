//! What must hold on every screen at every width: nobody is kept out, the policy is kept, nothing overflows, everything
//! can be hit; and what a first visit may cost.

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use crate::chrome::Chrome;

/// Widths at which pages are looked at: a desk, an old laptop, a phone, and the narrowest that WCAG asks for.
const WIDTHS: [u32; 4] = [1440, 1024, 390, 320];
/// How high the window is.
pub(crate) const HEIGHT: u32 = 900;

/// Controls smaller than 24 pixels on a side; links within a line of text are as high as the line.
const SMALL: &str = "return [...document.querySelectorAll('a,button,input,select,textarea,summary')].filter(one => {
    const box = one.getBoundingClientRect();
    const shown = box.width > 0 && box.height > 0 && one.type !== 'hidden' && !one.classList.contains('skip');
    return shown && (box.width < 23.5 || box.height < 23.5) && !one.closest('p,dd,li,.meta');
}).map(one => one.outerHTML.slice(0, 120))";

/// How far the page reaches beyond the window, in pixels.
const OVERFLOW: &str = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";

/// What was fetched for the page: address, bytes over the wire, bytes of the body as it came.
const FETCHED: &str = "return document.fonts.ready.then(() =>
    [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
        .map(one => [one.name, one.transferSize, one.encodedBodySize]))";

/// What a first visit may fetch, in bytes and requests; and how large the script may be as it comes.
const FIRST_VISIT: (u64, usize) = (120 * 1024, 12);
const SCRIPT: u64 = 25 * 1024;

/// Looks at a page at every width.
pub(crate) async fn is_sound(chrome: &Chrome, name: &str, path: &str) -> Result<()> {
    for width in WIDTHS {
        chrome.size(width, HEIGHT).await?;
        chrome.open(path).await?;
        keep_picture(chrome, &format!("{name}-{width}")).await?;
        let beyond = chrome.run(OVERFLOW).await?.as_i64().unwrap_or_default();
        assert!(beyond <= 0, "{name} at {width}: {beyond} pixels beyond the window");
        assert_eq!(chrome.run(SMALL).await?, Value::Array(Vec::new()), "{name} at {width}: too small to hit");
        if width == WIDTHS[0] || width == WIDTHS[2] {
            assert_eq!(chrome.barriers().await?, [""; 0], "{name} at {width}");
        }
    }
    assert_eq!(chrome.complaints().await?, [""; 0], "{name}");
    chrome.size(WIDTHS[0], HEIGHT).await
}

/// Opens a page as a browser does that was never here, and weighs what it fetches.
pub(crate) async fn is_light(chrome: &Chrome, name: &str, path: &str) -> Result<()> {
    chrome.devtools("Network.clearBrowserCache", json!({})).await?;
    chrome.open(path).await?;
    let fetched = chrome.run(FETCHED).await?;
    let fetched = fetched.as_array().context("a list of what was fetched")?;
    let number = |one: &Value, at: usize| one[at].as_u64().unwrap_or_default();
    let bytes: u64 = fetched.iter().map(|one| number(one, 1)).sum();
    let script = fetched.iter().filter(|one| one[0].as_str().is_some_and(|name| name.ends_with(".js")));
    let script: u64 = script.map(|one| number(one, 2)).sum();
    println!("{name}: first visit {bytes} bytes in {} requests, script {script} bytes", fetched.len());
    assert!(bytes <= FIRST_VISIT.0 && fetched.len() <= FIRST_VISIT.1, "{name}: {bytes} bytes, {fetched:#?}");
    assert!((1..=SCRIPT).contains(&script), "{name}: a script of {script} bytes");
    Ok(())
}

/// Writes a picture of what is shown where `VANPHONG_SCREENSHOTS` says.
async fn keep_picture(chrome: &Chrome, name: &str) -> Result<()> {
    let Some(folder) = std::env::var_os("VANPHONG_SCREENSHOTS") else { return Ok(()) };
    Ok(std::fs::write(std::path::Path::new(&folder).join(format!("{name}.png")), chrome.picture().await?)?)
}
