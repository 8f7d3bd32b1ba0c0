//! Style sheet, script, fonts and icons, inside the program. Their names carry the beginning of their hash, so that a
//! browser keeps them for a year and asks for a new one when there is one.

use std::{collections::BTreeMap, sync::OnceLock};

use axum::{
    body::Body,
    extract::Path,
    http::{Response, StatusCode, header},
};
use sha2::{Digest as _, Sha256};

/// Where they are.
pub(crate) const FOLDER: &str = "/tai-nguyen/";
/// A year, and never asked again.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Letters of the hash in a name.
const MARK: usize = 12;

/// The one script: htmx, two of its extensions, the keyboard, and passkeys.
const SCRIPT: &str = concat!(
    include_str!("../assets/scripts/htmx.min.js"),
    "\n",
    include_str!("../assets/scripts/hx-csp.min.js"),
    "\n",
    include_str!("../assets/scripts/hx-sse.min.js"),
    "\n",
    include_str!("../assets/scripts/keyboard.js"),
    "\n",
    include_str!("../assets/scripts/passkey.js"),
);

/// The one style sheet: what all pages share, then what one area needs.
const STYLE: &str = concat!(
    include_str!("../assets/portal.css"),
    include_str!("../assets/account.css"),
    include_str!("../assets/admin.css"),
    include_str!("../assets/watching.css"),
    include_str!("../assets/calendar.css"),
    include_str!("../assets/intake.css"),
    include_str!("../assets/outgoing.css"),
);

/// The fonts of running text and of headings.
const FIRST: [&str; 4] = [
    "be-vietnam-pro-latin-400-normal.woff2",
    "be-vietnam-pro-vietnamese-400-normal.woff2",
    "be-vietnam-pro-latin-600-normal.woff2",
    "be-vietnam-pro-vietnamese-600-normal.woff2",
];

macro_rules! fonts {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_bytes!(concat!("../assets/fonts/", $name)).as_slice())),*]
    };
}

const FONTS: [(&str, &[u8]); 12] = fonts![
    "be-vietnam-pro-latin-400-normal.woff2",
    "be-vietnam-pro-latin-600-normal.woff2",
    "be-vietnam-pro-vietnamese-400-normal.woff2",
    "be-vietnam-pro-vietnamese-600-normal.woff2",
    "tinos-latin-400-italic.woff2",
    "tinos-latin-400-normal.woff2",
    "tinos-latin-700-normal.woff2",
    "tinos-vietnamese-400-italic.woff2",
    "tinos-vietnamese-400-normal.woff2",
    "tinos-vietnamese-700-normal.woff2",
    "vp-tabular-400.woff2",
    "vp-tabular-600.woff2",
];

/// Where pages find them.
#[derive(Debug)]
pub(crate) struct Assets {
    /// The style sheet of all pages.
    pub(crate) style: String,
    /// The style sheet of papers.
    pub(crate) paper: String,
    /// The script.
    pub(crate) script: String,
    /// The sheet of icons.
    pub(crate) icons: String,
    /// The sign in the browser's tab.
    pub(crate) sign: String,
    /// The fonts that every page needs. They are named in its head, so that they come along with the style sheet and not
    /// after it: text that is drawn once does not jump.
    pub(crate) fonts: [String; 4],
    files: BTreeMap<String, (&'static str, Vec<u8>)>,
}

/// All of them.
pub(crate) fn all() -> &'static Assets {
    static ALL: OnceLock<Assets> = OnceLock::new();
    ALL.get_or_init(Assets::new)
}

impl Assets {
    fn new() -> Self {
        let mut files = BTreeMap::new();
        let mut fonts = BTreeMap::new();
        for (name, bytes) in FONTS {
            fonts.insert(name, keep(&mut files, name, "font/woff2", bytes.to_vec()));
        }
        let mut sheet = |name: &str, text: &str| {
            let named = fonts.iter().fold(text.to_owned(), |text, (name, path)| {
                text.replace(&format!("fonts/{name}"), path.trim_start_matches(FOLDER))
            });
            keep(&mut files, name, "text/css; charset=utf-8", named.into_bytes())
        };
        let style = sheet("portal.css", STYLE);
        let paper = sheet("paper.css", include_str!("../assets/paper.css"));
        let script = keep(&mut files, "portal.js", "text/javascript; charset=utf-8", SCRIPT.as_bytes().to_vec());
        let icons = include_bytes!("../assets/icons/icons.svg").to_vec();
        let icons = keep(&mut files, "icons.svg", "image/svg+xml", icons);
        let sign = keep(&mut files, "sign.svg", "image/svg+xml", include_bytes!("../assets/icons/sign.svg").to_vec());
        let fonts = FIRST.map(|name| fonts.get(name).cloned().unwrap_or_default());
        Self { style, paper, script, icons, sign, fonts, files }
    }
}

fn keep(
    files: &mut BTreeMap<String, (&'static str, Vec<u8>)>,
    name: &str,
    media_type: &'static str,
    bytes: Vec<u8>,
) -> String {
    let hash: String = hex::encode(Sha256::digest(&bytes)).chars().take(MARK).collect();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let marked = format!("{stem}.{hash}.{ending}");
    let path = format!("{FOLDER}{marked}");
    files.insert(marked, (media_type, bytes));
    path
}

/// Hands one of them out.
pub(crate) async fn hand_out(Path(name): Path<String>) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    let Some((media_type, bytes)) = all().files.get(&name) else {
        *response.status_mut() = StatusCode::NOT_FOUND;
        return response;
    };
    *response.body_mut() = Body::from(bytes.as_slice());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static(media_type));
    headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static(FOR_EVER));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_font_that_a_sheet_names_is_there_and_nothing_is_asked_of_others() {
        for (name, (media_type, bytes)) in &all().files {
            if !media_type.starts_with("text/css") {
                continue;
            }
            let text = std::str::from_utf8(bytes).unwrap();
            for part in text.split("url(").skip(1) {
                let named = part.split(')').next().unwrap();
                assert!(all().files.contains_key(named), "`{name}` names `{named}`");
            }
            assert!(!text.contains("http"), "`{name}` asks somebody else");
        }
    }

    #[test]
    fn the_script_is_small_enough_for_old_machines() {
        assert!(SCRIPT.len() < 60_000, "{} bytes before compression", SCRIPT.len());
    }
}
