//! Screens that look the same every day, compared with what was agreed on (`golden/`). `BLESS=1` agrees anew.

use std::{fs, path::PathBuf};

use anyhow::{Context as _, Result, ensure};
use serde_json::json;

use crate::{
    chrome::Chrome,
    likeness::{FURTHER, apart, cells, read, written},
    sound::HEIGHT,
};

/// Widths at which pictures are compared.
const WIDTHS: [u32; 3] = [1440, 1024, 390];

/// Waits for the letters, and takes what moves out of the picture.
const STILL: &str = "for (const mask of arguments[0]) for (const one of document.querySelectorAll(mask))
    one.style.visibility = 'hidden';
    document.activeElement.blur();
    return document.fonts.ready.then(() => true)";

/// A change of the sheet of a page, and whether the page still looks as agreed with it.
const CHANGES: [(&str, bool); 7] = [
    // Letters drawn thicker, a little wider, or half a pixel lower, as other versions of the browser draw them.
    ("body { -webkit-text-stroke: 0.3px currentcolor }", true),
    ("body { letter-spacing: 0.02px }", true),
    ("main { position: relative; top: 0.5px }", true),
    // Something is gone, stands elsewhere, or has another size.
    (".top { display: none }", false),
    ("main { position: relative; left: 24px }", false),
    ("input, button { padding: 16px }", false),
    ("* { all: revert !important }", false),
];

/// Compares a page at three widths.
pub(crate) async fn looks_as_agreed(chrome: &Chrome, name: &str, path: &str, masks: &[&str]) -> Result<()> {
    for width in WIDTHS {
        let seen = seen(chrome, path, width, masks, None).await?;
        let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("browser/golden/{name}-{width}.png"));
        if std::env::var_os("BLESS").is_some() {
            fs::write(&file, written(&seen)?)?;
            continue;
        }
        let agreed = fs::read(&file).with_context(|| format!("`{}`: BLESS=1 makes it", file.display()))?;
        let apart = apart(&read(&agreed)?, &seen)?;
        println!("{name} at {width}: {apart} of 1000 cells apart");
        if apart > FURTHER {
            let found = std::env::temp_dir().join(format!("vanphong-{name}-{width}.png"));
            fs::write(&found, written(&seen)?)?;
            ensure!(false, "{name} at {width}: {apart} of 1000 cells look otherwise, see `{}`", found.display());
        }
    }
    Ok(())
}

/// The comparison itself, on a page whose sheet is changed: other letters pass, and another layout does not.
pub(crate) async fn tell_letters_from_layout(chrome: &Chrome, path: &str) -> Result<()> {
    for width in [WIDTHS[0], WIDTHS[2]] {
        let agreed = seen(chrome, path, width, &[], None).await?;
        for (change, passes) in CHANGES {
            let apart = apart(&agreed, &seen(chrome, path, width, &[], Some(change)).await?)?;
            println!("`{change}` at {width}: {apart} of 1000 cells apart");
            assert_eq!(apart <= FURTHER, passes, "`{change}` at {width}: {apart} of 1000 cells apart");
        }
    }
    Ok(())
}

async fn seen(
    chrome: &Chrome,
    path: &str,
    width: u32,
    masks: &[&str],
    change: Option<&str>,
) -> Result<image::RgbImage> {
    chrome.size(width, HEIGHT).await?;
    chrome.open(path).await?;
    if let Some(rule) = change {
        let sheet =
            format!("document.styleSheets[0].insertRule({}, document.styleSheets[0].cssRules.length)", json!(rule));
        chrome.run(&sheet).await?;
    }
    chrome.run_with(STILL, json!(masks)).await?;
    cells(&chrome.picture().await?)
}
