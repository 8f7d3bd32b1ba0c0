//! What must hold in every template and on every page, so that no policy has to be loosened for one.

use std::{fs, path::Path};

use crate::{
    pages::everywhere,
    world::{World, hidden, text},
};

/// Every template, by name.
fn templates() -> Vec<(String, String)> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut found = Vec::new();
    let mut folders = vec![home];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
                continue;
            }
            found.push((entry.file_name().to_string_lossy().into_owned(), fs::read_to_string(entry.path()).unwrap()));
        }
    }
    found
}

/// The tags of a text with this beginning.
fn tags<'a>(text: &'a str, opening: &str) -> Vec<&'a str> {
    text.match_indices(opening).map(|(at, _)| text[at..].split('>').next().unwrap()).collect()
}

#[test]
fn no_template_brings_its_own_style_or_script() {
    for (name, text) in templates() {
        for word in [" style=", " onclick=", " onsubmit=", " onload=", "hx-on", "js:", "<style", "javascript:"] {
            assert!(!text.contains(word), "{name}: `{word}`");
        }
        for tag in tags(&text, "<script") {
            assert!(tag.contains("src=") && tag.contains("nonce="), "{name}: {tag}");
        }
    }
}

#[test]
fn whatever_htmx_does_a_link_or_a_form_does_without_it() {
    for (name, text) in templates() {
        for attribute in ["hx-get", "hx-post"] {
            for (at, _) in text.match_indices(&format!("{attribute}=")) {
                let tag = &text[text[..at].rfind('<').unwrap()..];
                let tag = tag.split('>').next().unwrap();
                assert!(tag.contains("href=") || tag.contains("action="), "{name}: {tag}");
                assert!(tag.contains("hx-nonce="), "{name}: {tag}");
                let value = tag.split(&format!("{attribute}=\"")).nth(1).unwrap().split('"').next().unwrap();
                assert!(!value.contains("{{ q") && !value.contains("typed"), "{name}: what somebody typed in {tag}");
            }
        }
    }
}

#[test]
fn every_form_that_changes_something_bears_token_and_key() {
    for (name, text) in templates() {
        for (at, tag) in text.match_indices("<form") {
            let rest = &text[at..];
            let head = rest.split('>').next().unwrap();
            if !head.contains("method=\"post\"") {
                continue;
            }
            let form = rest.split("</form").next().unwrap();
            let signs_in = head.contains("action=\"/dang-nhap\"");
            assert!(signs_in || form.contains("p.hidden()"), "{name}: {tag} {head}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_keeps_the_policy_and_names_what_it_shows() {
    let world = World::start().await;
    for path in everywhere(&world) {
        let response = world.get(&path).await;
        let headers = response.headers().clone();
        let policy = headers["content-security-policy"].to_str().unwrap();
        let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(
            (&headers["cache-control"], &headers["referrer-policy"]),
            (&"no-store".parse().unwrap(), &"same-origin".parse().unwrap())
        );
        let page = text(response, 200).await;
        assert!(page.contains(&format!("nonce=\"{nonce}\"")), "{path}");
        assert_eq!(tags(&page, "<h1").len(), 1, "{path}: one heading of the first order");
        assert_eq!(tags(&page, "<main").len(), 1, "{path}");
        for tag in tags(&page, "<svg").into_iter().filter(|tag| tag.contains("class=\"icon\"")) {
            assert!(tag.contains("aria-hidden"), "{path}: {tag}");
        }
        ids_are_unique_and_labels_lead_somewhere(&path, &page);
        if page.contains("method=\"post\"") {
            assert!(!hidden(&page, "_csrf").is_empty(), "{path}");
        }
    }
    world.finish().await;
}

pub(crate) fn ids_are_unique_and_labels_lead_somewhere(path: &str, page: &str) {
    let named = |attribute: &str| -> Vec<String> {
        page.split(&format!(" {attribute}=\"")).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    };
    let mut ids = named("id");
    ids.sort();
    let count = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), count, "{path}: an id stands twice");
    for target in named("for").into_iter().chain(named("aria-labelledby")) {
        assert!(ids.contains(&target), "{path}: nothing is called `{target}`");
    }
}
