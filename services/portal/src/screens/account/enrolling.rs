//! G8: an authenticator app takes up the secret of the account: as a square code that the telephone reads, and as text.

use askama::Template;
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use qrcode::{Color, EcLevel, QrCode};

use crate::{
    fields::Fields,
    kit::{chip::escaped, problems::Problems},
    page::{Page, Place},
    visit::Inside,
};

/// White modules around a square code, without which telephones do not find it.
const QUIET: usize = 4;

/// What the app is to take up. It is in the page and in no address, and is not asked for twice.
pub(crate) struct App {
    pub(crate) secret: String,
    pub(crate) otpauth: String,
}

#[derive(Template)]
#[template(path = "account/enrolling.html")]
struct Enrolling {
    p: Page,
    square: Option<String>,
    /// The secret in groups of four, to be typed.
    groups: String,
    otpauth: String,
    problems: Problems,
}

impl App {
    /// What the form of the page holds.
    pub(crate) fn typed(fields: &Fields) -> Option<Self> {
        let otpauth = fields.some("otpauth").filter(|text| text.starts_with("otpauth://totp/"))?;
        let query = otpauth.split_once('?')?.1;
        let secret = Fields::read(query.as_bytes()).some("secret")?;
        Some(Self { secret, otpauth })
    }
}

/// The page with the square code.
pub(crate) fn page(inside: &Inside, app: &App) -> Response<Body> {
    again(inside, StatusCode::OK, app, Problems::default())
}

/// The same page, after a code that did not fit.
pub(crate) fn again(inside: &Inside, status: StatusCode, app: &App, problems: Problems) -> Response<Body> {
    let w = inside.visit.words;
    let title = w.t("account-totp-begin");
    let title = if problems.any() { w.with("problem-title", &[("title", &title)]) } else { title };
    let letters: Vec<char> = app.secret.chars().collect();
    let groups = letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ");
    let view = Enrolling {
        p: Page::inside(inside, &title, Place::Own),
        square: square(&app.otpauth, &w.t("account-square")),
        groups,
        otpauth: app.otpauth.clone(),
        problems,
    };
    inside.visit.html(status, &view)
}

/// A text as a square code; nothing when it is too long for one.
fn square(text: &str, label: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (place, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            path += &format!("M{} {}h1v1h-1z", place % width + QUIET, place / width + QUIET);
        }
    }
    let size = width + 2 * QUIET;
    let label = escaped(label);
    Some(format!(
        "<svg class=\"qr\" viewBox=\"0 0 {size} {size}\" role=\"img\" aria-label=\"{label}\" \
         shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{size}v{size}H0z\"/><path d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_code_has_its_three_corners_and_its_quiet_zone() {
        let svg = square("otpauth://totp/a?secret=JBSWY3DPEHPK3PXP", "mã <vuông>").unwrap();
        let size: usize = svg.split("viewBox=\"0 0 ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
        let has = |x: usize, y: usize| svg.contains(&format!("M{x} {y}h1v1h-1z"));
        let (first, last) = (QUIET, size - QUIET - 1);
        assert!(has(first, first) && has(last, first) && has(first, last), "{svg}");
        assert!(!has(last, last - 6) || !has(last - 6, last), "only three corners have a finder");
        assert!((0..size).all(|at| !has(at, 0) && !has(0, at)), "the quiet zone is white");
        assert!(svg.contains("mã &lt;vuông&gt;") && !svg.contains("style="));
        assert_eq!(square(&"x".repeat(4_000), ""), None);
    }

    #[test]
    fn the_secret_is_read_again_from_the_address_alone() {
        let typed = |text: &str| {
            let query: String = form_urlencoded::Serializer::new(String::new()).append_pair("otpauth", text).finish();
            App::typed(&Fields::read(query.as_bytes())).map(|app| app.secret)
        };
        let good = "otpauth://totp/V%C4%83n%20ph%C3%B2ng:th?secret=JBSWY3DP&issuer=V";
        assert_eq!(typed(good).as_deref(), Some("JBSWY3DP"));
        assert_eq!(typed("https://evil.example/?secret=x"), None);
    }
}
