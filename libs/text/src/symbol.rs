//! The number and symbol of a document ("số và ký hiệu"): reading what others wrote, making our own, matching two.
//!
//! The Party writes `05-HD/VPTW` (hyphen, then slash), the State `30/QĐ-UBND` (slash, then hyphen). A code does not
//! tell the genre: `QĐ` is quyết định or quy định. What fits neither form is unknown and stays as it was written.

use std::fmt;

use crate::{
    fold, nfc,
    symbol_codes::{is_assembly, is_state_author, party_code, state_code},
};

/// Whose rule of writing a symbol follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// Hướng dẫn 36-HD/VPTW, kept by 05-HD/VPTW: `number-code/body`.
    Party,
    /// Nghị định 30/2020/NĐ-CP: `number/code-body`, or `number/year/code-body` for legal normative documents.
    State,
}

/// A symbol that was understood. `Display` writes it in its proper form.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Symbol {
    /// The number, from 1.
    pub number: u32,
    /// The year, which only legal normative documents of the State bear.
    pub year: Option<u16>,
    /// The code of the genre as the guide writes it; official letters of the State and laws bear none.
    pub code: Option<String>,
    /// The body, with its units: `VPTW`, `UBND`, `VPCP-KGVX`.
    pub body: String,
    /// Whose form it is.
    pub style: Style,
    /// What follows the body after a further slash: `nb` (nội bộ, internal) on older Party letters.
    pub tail: Option<String>,
}

/// What reading a symbol gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// It has the form of the Party or of the State.
    Known(Symbol),
    /// It has neither (a company's, a court's, a slip of the pen); the text is as it was given.
    Unknown(String),
}

/// Why a symbol cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unmakeable {
    /// Numbers begin with 1.
    ZeroNumber,
    /// No genre of the Party has this code.
    UnknownCode(String),
    /// The body is not made of letters and digits, with hyphens between its parts.
    BadBody(String),
}

impl fmt::Display for Unmakeable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ZeroNumber => f.write_str("the number of a document cannot be `0`: numbers begin with 1"),
            Self::UnknownCode(code) => write!(f, "no genre of the Party has the code `{code}`: use one such as `NQ`"),
            Self::BadBody(body) => write!(f, "`{body}` cannot be the body in a symbol: write it as in `VPTU`"),
        }
    }
}

impl std::error::Error for Unmakeable {}

/// Reads a symbol as people write it: with or without "Số" and a colon, with spaces, with any kind of dash.
#[must_use]
pub fn read(raw: &str) -> Reading {
    let typed = bare(raw);
    party(&typed).or_else(|| state(&typed)).map_or_else(|| Reading::Unknown(raw.to_owned()), Reading::Known)
}

/// The symbol of a Party document: `05-HD/VPTW`, with a leading zero below 10 (36-HD/VPTW, part II, item 1.3).
/// The spellings `QĐi` and `QĐI` are read but never made: they give `QĐ`.
///
/// # Errors
/// [`Unmakeable`] when the result could not be read back.
pub fn party_symbol(number: u32, code: &str, body: &str) -> Result<String, Unmakeable> {
    if number == 0 {
        return Err(Unmakeable::ZeroNumber);
    }
    let code = party_code(&nfc(code)).ok_or_else(|| Unmakeable::UnknownCode(code.to_owned()))?;
    let body = nfc(body);
    if !is_body(&body) {
        return Err(Unmakeable::BadBody(body));
    }
    let code = Some(plain_code(code).to_owned());
    Ok(Symbol { number, year: None, code, body, style: Style::Party, tail: None }.to_string())
}

/// A form in which two ways of writing one symbol are equal, to search for duplicates. It forgives what typing and
/// reading by machine get wrong (marks, capitals, spaces, leading zeros, `QĐi`); so equal keys are a reason to look,
/// never a proof: `ĐA` (đề án) and `DA` (dự án) share one.
#[must_use]
pub fn matching_key(raw: &str) -> String {
    let Symbol { number, year, code, body, style, tail } = match read(raw) {
        Reading::Known(symbol) => symbol,
        Reading::Unknown(_) => return fold(&bare(raw)),
    };
    let code = code.as_deref().map(|code| fold(plain_code(code)));
    let body = fold(&body).replace(' ', "-");
    let symbol = Symbol { number, year, code, body, style, tail: tail.map(|tail| fold(&tail)) };
    symbol.to_string()
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { number, year, code, body, style, tail } = self;
        write!(f, "{number:02}")?;
        if let Some(year) = year {
            write!(f, "/{year}")?;
        }
        match (style, code) {
            (Style::Party, Some(code)) => write!(f, "-{code}/{body}")?,
            (Style::State, Some(code)) => write!(f, "/{code}-{body}")?,
            (Style::Party | Style::State, None) => write!(f, "/{body}")?,
        }
        match tail {
            Some(tail) => write!(f, "/{tail}"),
            None => Ok(()),
        }
    }
}

/// The symbol without "Số", without white space and with plain hyphens.
fn bare(raw: &str) -> String {
    let typed: String = nfc(raw)
        .chars()
        .filter(|character| !character.is_whitespace())
        .map(|character| if matches!(character, '\u{2010}'..='\u{2015}' | '\u{2212}') { '-' } else { character })
        .collect();
    let word_end = typed.find(|character: char| !character.is_alphabetic()).unwrap_or(0);
    let (word, rest) = typed.split_at(word_end);
    if fold(word) == "so" { rest.trim_start_matches([':', '.']).to_owned() } else { typed }
}

/// `number-code/body`, perhaps with the tail `/nb`.
fn party(typed: &str) -> Option<Symbol> {
    let (number, rest) = typed.split_once('-')?;
    let mut parts = rest.split('/');
    let code = party_code(parts.next()?)?.to_owned();
    let body = parts.next().filter(|body| is_body(body))?.to_owned();
    let tail = match parts.next() {
        Some(tail) if tail.eq_ignore_ascii_case("nb") => Some("nb".to_owned()),
        Some(_) => return None,
        None => None,
    };
    let whole = parts.next().is_none();
    whole.then_some(Symbol {
        number: read_number(number)?,
        year: None,
        code: Some(code),
        body,
        style: Style::Party,
        tail,
    })
}

/// `number/code-body`, `number/body-unit` for letters, `number/year/code-body` or `number/year/QH15` for law.
fn state(typed: &str) -> Option<Symbol> {
    let (number, rest) = typed.split_once('/')?;
    let (year, rest) = match rest.split_once('/') {
        Some((year, rest)) => (Some(read_year(year)?), rest),
        None => (None, rest),
    };
    if !is_body(rest) {
        return None;
    }
    let (first, units) = rest.split_once('-').unwrap_or((rest, ""));
    let (code, body) = match state_code(first) {
        Some(code) if !units.is_empty() => (Some(code.to_owned()), units),
        _ if year.is_some() && is_assembly(rest) => (None, rest),
        _ if year.is_none() && is_state_author(first) => (None, rest),
        _ => return None,
    };
    Some(Symbol { number: read_number(number)?, year, code, body: body.to_owned(), style: Style::State, tail: None })
}

/// Letters and digits, at least one letter, hyphens between the parts.
fn is_body(body: &str) -> bool {
    let part = |part: &str| !part.is_empty() && part.chars().all(char::is_alphanumeric);
    body.split('-').all(part) && body.chars().any(char::is_alphabetic)
}

fn read_number(digits: &str) -> Option<u32> {
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|&number| plain && number > 0)
}

fn read_year(digits: &str) -> Option<u16> {
    digits.parse().ok().filter(|year| digits.len() == 4 && (1945..=2199).contains(year))
}

/// `QĐ` for the spellings of quy định that the guide does not know.
fn plain_code(code: &str) -> &str {
    if matches!(code, "QĐi" | "QĐI") { "QĐ" } else { code }
}
