//! What the index holds of a noun: words folded and exact, keys to filter by, days to order by. No text is stored in it.

use tantivy::{
    TantivyDocument,
    schema::{
        BytesOptions, FAST, Field, INDEXED, IndexRecordOption, NumericOptions, STRING, Schema, TextFieldIndexing,
        TextOptions,
    },
};
use uuid::Uuid;
use wire::{Day, id::OfficeId};

use super::tokens::{EXACT, FOLDED};
use crate::domain::{
    paper::{Key, Noun, Paper},
    symbol,
};
use schema_search::SearchKind;

/// The number of this arrangement. An index of another one is made anew.
pub(crate) const ARRANGEMENT: u32 = 1;
/// The day of what bears none: a draft is later than everything.
pub(crate) const UNDATED: i64 = i64::MAX;

/// The fields.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    /// The id, to replace a noun by.
    pub(crate) id: Field,
    /// The first half of the id, to read it by.
    pub(crate) id_high: Field,
    /// The second half.
    pub(crate) id_low: Field,
    /// What it is, as a number.
    pub(crate) kind: Field,
    /// Its kind and office in one word: what the access filter asks for.
    pub(crate) access: Field,
    /// Its office.
    pub(crate) office: Field,
    /// Its day.
    pub(crate) day: Field,
    /// Its genre, by name and key.
    pub(crate) genre: Field,
    /// Its symbol and number, in every way they are typed.
    pub(crate) symbol: Field,
    /// Words of its body's name, folded.
    pub(crate) body: Field,
    /// All its words, folded.
    pub(crate) folded: Field,
    /// All its words with their accents.
    pub(crate) exact: Field,
}

impl Fields {
    /// The arrangement, and its fields.
    pub(crate) fn arranged() -> (Schema, Self) {
        let mut schema = Schema::builder();
        let number: NumericOptions = FAST.into();
        let words = |tokens: &str, record| {
            let indexing = TextFieldIndexing::default().set_tokenizer(tokens).set_index_option(record);
            TextOptions::default().set_indexing_options(indexing)
        };
        let fields = Self {
            id: schema.add_bytes_field("id", BytesOptions::from(INDEXED)),
            id_high: schema.add_u64_field("id_high", number.clone()),
            id_low: schema.add_u64_field("id_low", number.clone()),
            kind: schema.add_u64_field("kind", number.clone()),
            access: schema.add_text_field("access", STRING),
            office: schema.add_text_field("office", STRING),
            day: schema.add_i64_field("day", number),
            genre: schema.add_text_field("genre", STRING),
            symbol: schema.add_text_field("symbol", STRING),
            body: schema.add_text_field("body", words(FOLDED, IndexRecordOption::Basic)),
            folded: schema.add_text_field("folded", words(FOLDED, IndexRecordOption::WithFreqsAndPositions)),
            exact: schema.add_text_field("exact", words(EXACT, IndexRecordOption::WithFreqsAndPositions)),
        };
        (schema.build(), fields)
    }

    /// A noun as the index takes it; nothing when it is not to be found.
    pub(crate) fn document(&self, noun: &Noun) -> Option<TantivyDocument> {
        let Noun { key: Key { id, kind, office, .. }, paper } = noun;
        let paper = paper.as_ref()?;
        let mut document = TantivyDocument::default();
        let (high, low) = id.as_u64_pair();
        document.add_bytes(self.id, id.as_bytes());
        document.add_u64(self.id_high, high);
        document.add_u64(self.id_low, low);
        document.add_u64(self.kind, place(*kind));
        document.add_text(self.access, access_word(*kind, *office));
        document.add_text(self.office, Uuid::from(*office).simple().to_string());
        document.add_i64(self.day, paper.day.map_or(UNDATED, day_number));
        self.add_keys(&mut document, paper);
        for text in paper.texts() {
            document.add_text(self.folded, text);
            document.add_text(self.exact, text);
        }
        Some(document)
    }

    fn add_keys(&self, document: &mut TantivyDocument, paper: &Paper) {
        let name = paper.genre_name.as_deref().map(text::fold);
        let key = paper.genre.as_deref().map(text::fold).filter(|key| Some(key) != name.as_ref());
        for genre in name.into_iter().chain(key) {
            document.add_text(self.genre, genre);
        }
        let mut keys = paper.symbol.as_deref().map(symbol::keys).unwrap_or_default();
        let number = paper.number.map(|number| number.to_string());
        keys.extend(number.filter(|number| !keys.contains(number)));
        for key in keys {
            document.add_text(self.symbol, key);
        }
        if let Some(body) = &paper.body {
            document.add_text(self.body, body);
        }
    }
}

/// A kind as a number.
pub(crate) fn place(kind: SearchKind) -> u64 {
    match kind {
        SearchKind::IncomingDocument => 0,
        SearchKind::OutgoingDocument => 1,
        SearchKind::Assignment => 2,
    }
}

/// A kind and an office in one word.
pub(crate) fn access_word(kind: SearchKind, office: OfficeId) -> String {
    format!("{}{}", place(kind), Uuid::from(office).simple())
}

/// A day as a number that orders as days do.
pub(crate) fn day_number(day: Day) -> i64 {
    day.0.to_julian_day().into()
}
