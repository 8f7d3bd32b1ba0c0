//! What somebody looks for, read from what they typed.

use schema_search::{Refusal, Search, SearchKind, SearchOrder};
use wire::{Cursor, Day, id::OfficeId};

use super::{
    symbol, telex,
    words::{Word, words},
};

/// The longest text that is looked for, in characters.
pub(crate) const LONGEST: usize = 300;
/// The longest value of a field.
pub(crate) const LONGEST_FIELD: usize = 100;
/// The most words.
pub(crate) const MOST_WORDS: usize = 32;
/// The most hits of one page, and how many there are when nobody says.
const MOST: u16 = 50;
const USUAL: u16 = 20;
/// The last hit that pages reach: whoever has not found it by then narrows the search.
pub(crate) const DEEPEST: usize = 1_000;

/// One thing that must be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clause {
    /// A word, and what it means if it was typed by Telex with the input method off.
    Word(Word, Option<String>),
    /// Words side by side. With an accent in one of them accents count.
    Phrase(Vec<Word>),
    /// What looks like a symbol: its key, and its words side by side.
    Symbol(String, Vec<Word>),
}

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// All of it must be there.
    pub clauses: Vec<Clause>,
    /// None of these words may.
    pub without: Vec<Word>,
    /// The symbol or its beginning.
    pub symbol: Option<String>,
    /// The genre, folded.
    pub genre: Option<String>,
    /// Words of the name of the body.
    pub body: Vec<Word>,
    /// The first day.
    pub from: Option<Day>,
    /// The last day.
    pub to: Option<Day>,
    /// The only kind.
    pub kind: Option<SearchKind>,
    /// The only office.
    pub office: Option<OfficeId>,
    /// In which order.
    pub latest: bool,
    /// How many hits, and how many before them.
    pub limit: usize,
    /// See above.
    pub skip: usize,
}

impl Wanted {
    /// What a call asks for.
    ///
    /// # Errors
    /// When nothing is asked, or something of it is too long or cannot be read.
    pub fn read(call: Search) -> Result<Self, Refusal> {
        let Search { q, kind, office, genre, from, to, symbol: typed, order, limit, cursor } = call;
        let mut wanted = Self { kind, office, from, to, ..Self::default() };
        short("genre", genre.as_deref(), LONGEST_FIELD)?;
        short("symbol", typed.as_deref(), LONGEST_FIELD)?;
        short("q", q.as_deref(), LONGEST)?;
        wanted.genre = genre.as_deref().map(text::fold).filter(|genre| !genre.is_empty());
        wanted.symbol = typed.as_deref().and_then(symbol::typed);
        wanted.take_words(&text::nfc(q.as_deref().unwrap_or_default()))?;
        if wanted.from.zip(wanted.to).is_some_and(|(from, to)| to < from) {
            return Err(Refusal::DaysReversed);
        }
        if wanted.is_empty() {
            return Err(Refusal::NothingAsked);
        }
        wanted.latest = order == SearchOrder::Latest || !wanted.has_words();
        wanted.limit = usize::from(limit.unwrap_or(USUAL).clamp(1, MOST));
        wanted.skip = place(cursor.as_ref())?;
        Ok(wanted)
    }

    fn has_words(&self) -> bool {
        !self.clauses.is_empty() || !self.body.is_empty()
    }

    fn is_empty(&self) -> bool {
        let field = self.symbol.is_some() || self.genre.is_some() || self.from.is_some() || self.to.is_some();
        !field && !self.has_words()
    }

    fn take_words(&mut self, typed: &str) -> Result<(), Refusal> {
        let mut pieces = Pieces { rest: typed };
        let mut count = 0;
        while let Some(piece) = pieces.next() {
            count += match piece {
                Piece::Quoted(text) => self.take_phrase(text),
                Piece::Filter(name, value) => {
                    self.take_filter(name, value)?;
                    1
                }
                Piece::Bare(text) => self.take_bare(text),
            };
            if count > MOST_WORDS {
                return Err(Refusal::TooManyWords { limit: MOST_WORDS });
            }
        }
        Ok(())
    }

    fn take_phrase(&mut self, text: &str) -> usize {
        let phrase = words(text);
        let count = phrase.len();
        match count {
            0 => {}
            1 => self.clauses.extend(phrase.into_iter().map(|word| Clause::Word(word, None))),
            _ => self.clauses.push(Clause::Phrase(phrase)),
        }
        count
    }

    fn take_bare(&mut self, piece: &str) -> usize {
        let (without, piece) = match piece.strip_prefix(['-', '–']) {
            Some(rest) if rest.starts_with(char::is_alphabetic) => (true, rest),
            _ => (false, piece),
        };
        let found = words(piece);
        let count = found.len();
        if without {
            self.without.extend(found);
        } else if let Some(key) = symbol::typed(piece).filter(|_| symbol::looks_like(piece)) {
            self.clauses.push(Clause::Symbol(key, found));
        } else if count > 1 && found.iter().all(|word| word.folded.bytes().all(|byte| byte.is_ascii_digit())) {
            self.clauses.push(Clause::Phrase(found));
        } else {
            self.clauses.extend(found.into_iter().map(|word| {
                let meant = telex::meant(&word.folded);
                Clause::Word(word, meant)
            }));
        }
        count
    }

    fn take_filter(&mut self, name: Filter, value: &str) -> Result<(), Refusal> {
        let unclear = || Refusal::FilterUnclear { name: name.word().to_owned(), value: value.to_owned() };
        let day = || text::date::parse_date(value).map(Day).map_err(|_| unclear());
        match name {
            Filter::Symbol => self.symbol = Some(symbol::typed(value).ok_or_else(unclear)?),
            Filter::Genre => self.genre = Some(text::fold(value)).filter(|genre| !genre.is_empty()),
            Filter::Body => self.body.extend(words(value)),
            Filter::From => self.from = Some(day()?),
            Filter::To => self.to = Some(day()?),
            Filter::Year => {
                let year = value.parse().ok().filter(|year| (1945..=2199).contains(year)).ok_or_else(unclear)?;
                let ends = |month, day| Day::new(year, month, day).ok();
                (self.from, self.to) = (ends(1, 1), ends(12, 31));
            }
        }
        Ok(())
    }
}

/// Refuses a text that is longer than is looked at.
///
/// # Errors
/// [`Refusal::TooLong`].
pub(crate) fn short(name: &str, text: Option<&str>, limit: usize) -> Result<(), Refusal> {
    let long = text.is_some_and(|text| text.chars().count() > limit);
    if long { Err(Refusal::TooLong { name: name.to_owned(), limit }) } else { Ok(()) }
}

fn place(cursor: Option<&Cursor>) -> Result<usize, Refusal> {
    let Some(Cursor(cursor)) = cursor else { return Ok(0) };
    let place = cursor.strip_prefix('h').and_then(|place| place.parse().ok());
    place.filter(|place| (1..DEEPEST).contains(place)).ok_or(Refusal::CursorUnknown)
}

/// The cursor after so many hits.
#[must_use]
pub(crate) fn cursor(place: usize) -> Option<Cursor> {
    (place < DEEPEST).then(|| Cursor(format!("h{place}")))
}

/// What can be typed before a colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Filter {
    Symbol,
    Genre,
    Body,
    From,
    To,
    Year,
}

impl Filter {
    fn named(name: &str) -> Option<Self> {
        Some(match text::fold(name).replace(' ', "").as_str() {
            "so" | "sokyhieu" | "symbol" => Self::Symbol,
            "loai" | "tenloai" | "genre" => Self::Genre,
            "coquan" | "cq" | "body" => Self::Body,
            "tu" | "tungay" | "from" => Self::From,
            "den" | "denngay" | "to" => Self::To,
            "nam" | "year" => Self::Year,
            _ => return None,
        })
    }

    fn word(self) -> &'static str {
        match self {
            Self::Symbol => "số",
            Self::Genre => "loại",
            Self::Body => "cơ-quan",
            Self::From => "từ",
            Self::To => "đến",
            Self::Year => "năm",
        }
    }
}

enum Piece<'a> {
    Quoted(&'a str),
    Filter(Filter, &'a str),
    Bare(&'a str),
}

/// What was typed, piece by piece.
struct Pieces<'a> {
    rest: &'a str,
}

impl<'a> Pieces<'a> {
    fn next(&mut self) -> Option<Piece<'a>> {
        self.rest = self.rest.trim_start();
        if self.rest.is_empty() {
            return None;
        }
        if let Some(quoted) = self.quoted() {
            return Some(Piece::Quoted(quoted));
        }
        let before = self.rest;
        let bare = self.until(char::is_whitespace);
        let Some((name, value)) = bare.split_once(':') else { return Some(Piece::Bare(bare)) };
        let Some(filter) = Filter::named(name) else { return Some(Piece::Bare(bare)) };
        if value.is_empty() || value.starts_with(QUOTES) {
            self.rest = before.get(name.len() + 1..).unwrap_or_default().trim_start();
            let quoted = self.quoted();
            return Some(Piece::Filter(filter, quoted.unwrap_or_else(|| self.until(char::is_whitespace))));
        }
        Some(Piece::Filter(filter, value))
    }

    /// What stands between quotation marks of any kind; what is not closed goes to the end.
    fn quoted(&mut self) -> Option<&'a str> {
        self.rest = self.rest.strip_prefix(QUOTES)?;
        let quoted = self.until(|character| QUOTES.contains(&character));
        self.rest = self.rest.strip_prefix(QUOTES).unwrap_or(self.rest);
        Some(quoted)
    }

    fn until(&mut self, end: impl Fn(char) -> bool) -> &'a str {
        let at = self.rest.find(end).unwrap_or(self.rest.len());
        let (piece, rest) = self.rest.split_at(at);
        self.rest = rest;
        piece
    }
}

const QUOTES: [char; 5] = ['"', '“', '”', '«', '»'];

#[cfg(test)]
mod tests;
