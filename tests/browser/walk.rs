//! The keyboard alone: Tab gets everywhere in order, one always sees where, nothing holds it; and single keys.

use std::collections::BTreeSet;

use anyhow::Result;
use serde_json::Value;

use crate::chrome::Chrome;

/// More stops than any page has.
const STOPS: usize = 400;

/// Where the focus is: its place among all elements, what it is, whether one sees the focus, whether something lies over it.
const FOCUS: &str = "const one = document.activeElement;
    if (!one || one === document.body) return null;
    const style = getComputedStyle(one);
    const seen = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
    const box = one.getClientRects()[0] ?? one.getBoundingClientRect();
    const [left, right] = [Math.max(0, box.left), Math.min(innerWidth, box.right)];
    const [top, bottom] = [Math.max(0, box.top), Math.min(innerHeight, box.bottom)];
    const over = left < right && top < bottom ? document.elementFromPoint((left + right) / 2, (top + bottom) / 2) : null;
    const free = over !== null && (over === one || one.contains(over) || over.contains(one));
    return [[...document.querySelectorAll('*')].indexOf(one), one.outerHTML.slice(0, 120), seen, free]";

/// What one must be able to reach: every control that is shown, of radio buttons one of each name.
const REACHABLE: &str = "const all = [...document.querySelectorAll('*')], names = new Set();
    return all.filter(one => one.matches('a[href],button,input:not([type=hidden]),select,textarea,summary'))
        .filter(one => one.checkVisibility() && !one.disabled && one.tabIndex >= 0)
        .filter(one => one.type !== 'radio' || (!names.has(one.name) && names.add(one.name)))
        .map(one => [all.indexOf(one), one.outerHTML.slice(0, 120)])";

/// Walks through a page by Tab, from its first stop until the focus leaves it.
pub(crate) async fn is_walked(chrome: &Chrome, name: &str, path: &str) -> Result<()> {
    chrome.open(path).await?;
    chrome.run("scrollTo(0, 0); document.querySelector('.skip').focus()").await?;
    let mut stops: Vec<i64> = vec![stop(&chrome.run(FOCUS).await?)];
    loop {
        chrome.strike(&["Tab"]).await?;
        let focus = chrome.run(FOCUS).await?;
        if focus.is_null() || stop(&focus) == stops[0] {
            break;
        }
        assert!(focus[2] == true, "{name}: nobody sees the focus at {}", focus[1]);
        assert!(focus[3] == true, "{name}: something lies over the focus at {}", focus[1]);
        assert!(stops.last().is_some_and(|last| *last < stop(&focus)), "{name}: out of order at {}", focus[1]);
        stops.push(stop(&focus));
        assert!(stops.len() < STOPS, "{name}: the focus never leaves the page");
    }
    let reached: BTreeSet<i64> = stops.into_iter().collect();
    let missed: Vec<String> = wanted(&chrome.run(REACHABLE).await?)
        .filter(|(at, _)| !reached.contains(at))
        .map(|(_, what)| what.to_owned())
        .collect();
    assert!(missed.len() <= radios(&missed), "{name}: Tab does not reach {missed:?}");
    Ok(())
}

fn stop(focus: &Value) -> i64 {
    focus[0].as_i64().unwrap_or(-1)
}

fn wanted(found: &Value) -> impl Iterator<Item = (i64, &str)> {
    found.as_array().into_iter().flatten().map(|one| (stop(one), one[1].as_str().unwrap_or_default()))
}

/// Of radio buttons that share a name, Tab stops at the chosen one, which need not be the first.
fn radios(missed: &[String]) -> usize {
    missed.iter().filter(|what| what.contains("type=\"radio\"")).count()
}

/// The clerk's keys, on the list, in the form and in the register.
pub(crate) async fn clerks_keys(chrome: &Chrome) -> Result<()> {
    chrome.open("/van-ban/den").await?;
    chrome.strike(&["c"]).await?;
    assert_eq!(focused(chrome).await?, "author_body");
    // In a field the keys write, and Escape leaves it.
    chrome.strike(&["n", "g", "Escape"]).await?;
    assert_eq!(chrome.run("return document.getElementById('author_body').value").await?, "ng");
    chrome.strike(&["/"]).await?;
    assert_eq!(focused(chrome).await?, "find");
    chrome.strike(&["Escape", "n", "n", "p", "ArrowDown"]).await?;
    let chosen = "return [...document.querySelectorAll('[data-row]')].findIndex(row => row.ariaSelected === 'true')";
    assert_eq!(chrome.run(chosen).await?, 1);
    let opened = chrome.strike_to_another_page("Enter").await?;
    assert!(opened.contains("xem="), "{opened}");
    chrome.strike(&["?"]).await?;
    assert_eq!(chrome.run("return document.getElementById('keys-sheet').open").await?, true);
    chrome.strike(&["Escape", "g"]).await?;
    let book = chrome.strike_to_another_page("l").await?;
    assert!(book.starts_with("/van-ban/so/"), "{book}");
    let print = chrome.strike_to_another_page("i").await?;
    assert!(print.contains("/in?ngay="), "{print}");
    Ok(())
}

/// The chief's keys: from the desk to what waits, and back.
pub(crate) async fn chiefs_keys(chrome: &Chrome) -> Result<()> {
    chrome.open("/ban-lam-viec").await?;
    chrome.strike(&["n"]).await?;
    let opened = chrome.strike_to_another_page("Enter").await?;
    assert!(opened.starts_with("/van-ban/den/") || opened.starts_with("/viec/"), "{opened}");
    chrome.strike(&["g"]).await?;
    assert_eq!(chrome.strike_to_another_page("b").await?, "/ban-lam-viec");
    chrome.strike(&["g"]).await?;
    assert_eq!(chrome.strike_to_another_page("v").await?, "/van-ban/den");
    Ok(())
}

/// Whoever has turned single keys off is left alone by them.
pub(crate) async fn keys_can_be_turned_off(chrome: &Chrome) -> Result<()> {
    for (on, chosen) in [(false, 0), (true, 1)] {
        chrome.open("/ca-nhan").await?;
        chrome.choose("input[name=keys]").await?;
        chrome.click_to_another_page("main form button.primary").await?;
        chrome.open("/van-ban/den").await?;
        chrome.strike(&["n"]).await?;
        let rows = "return document.querySelectorAll('[data-row][aria-selected=true]').length";
        assert_eq!(chrome.run(rows).await?, chosen, "keys on: {on}");
    }
    Ok(())
}

/// The id of what has the focus.
pub(crate) async fn focused(chrome: &Chrome) -> Result<String> {
    let id = chrome.run("return document.activeElement.id").await?;
    Ok(id.as_str().unwrap_or_default().to_owned())
}
