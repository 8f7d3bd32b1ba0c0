//! Vietnamese typing as Unikey and IBus send it: no key of a word is taken for a command, and every letter arrives.

use anyhow::Result;

use crate::{chrome::Chrome, walk::focused};

/// `Về việc thử` typed in Telex: how many letters Unikey takes back, and what it types instead.
const UNIKEY: [(usize, &str); 13] = [
    (0, "V"),
    (0, "e"),
    (1, "ê"),
    (1, "ề"),
    (0, " v"),
    (0, "i"),
    (0, "e"),
    (1, "ê"),
    (0, "c"),
    (2, "ệc"),
    (0, " thu"),
    (1, "ư"),
    (1, "ử"),
];

/// Keys that command something here, and those with which Telex writes.
const KEYS: [&str; 10] = ["c", "l", "n", "p", "g", "v", "i", "t", "k", "y"];

/// Types on the clerk's page, outside fields and in them.
pub(crate) async fn harms_nothing(chrome: &Chrome) -> Result<()> {
    chrome.open("/van-ban/den").await?;
    let (place, marked) = (chrome.place().await?, "return document.querySelectorAll('[aria-selected=true]').length");
    // Outside fields: keys that the input method has taken, and letters that it puts in the place of others.
    chrome.strike_taken(&KEYS).await?;
    chrome.type_by_unikey(&[(0, "đ"), (1, "đ"), (1, "ươ"), (2, "ước"), (0, "cgnl")]).await?;
    assert_eq!((chrome.place().await?, focused(chrome).await?), (place.clone(), String::new()));
    assert_eq!(chrome.run(marked).await?, 0);
    // In fields: what was meant arrives, and nothing else happens.
    chrome.strike(&["c"]).await?;
    chrome.type_by_ibus(&["t", "i", "e", "e"], "Tiếng").await?;
    chrome.type_text(" nói").await?;
    chrome.run("document.getElementById('summary').focus()").await?;
    chrome.type_by_unikey(&UNIKEY).await?;
    let typed = "return ['author_body', 'summary'].map(id => document.getElementById(id).value)";
    assert_eq!(chrome.run(typed).await?, serde_json::json!(["Tiếng nói", "Về việc thử"]));
    assert_eq!(chrome.place().await?, place);
    // The keys command again as soon as nobody composes.
    chrome.strike(&["Escape", "n"]).await?;
    assert_eq!(chrome.run(marked).await?, 1);
    Ok(())
}
