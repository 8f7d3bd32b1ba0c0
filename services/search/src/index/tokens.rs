//! How the index cuts a text into words: folded ones, with short names and what they stand for beside each other, and exact
//! ones.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use crate::domain::{
    abbreviations,
    words::{Word, words},
};

/// The name of the folded words.
pub(crate) const FOLDED: &str = "folded";
/// The name of the exact words.
pub(crate) const EXACT: &str = "exact";

/// Makes both known to an index.
pub(crate) fn register(tokenizers: &TokenizerManager) {
    tokenizers.register(FOLDED, Folded);
    tokenizers.register(EXACT, Exact);
}

#[derive(Clone)]
struct Folded;

#[derive(Clone)]
struct Exact;

/// Words that were cut already.
struct Cut {
    tokens: Vec<Token>,
    next: usize,
    none: Token,
}

impl Cut {
    fn of(tokens: Vec<Token>) -> Self {
        Self { tokens, next: 0, none: Token::default() }
    }
}

impl TokenStream for Cut {
    fn advance(&mut self) -> bool {
        self.next += 1;
        self.next <= self.tokens.len()
    }

    fn token(&self) -> &Token {
        self.next.checked_sub(1).and_then(|at| self.tokens.get(at)).unwrap_or(&self.none)
    }

    fn token_mut(&mut self) -> &mut Token {
        let at = self.next.checked_sub(1);
        at.and_then(|at| self.tokens.get_mut(at)).unwrap_or(&mut self.none)
    }
}

impl Tokenizer for Folded {
    type TokenStream<'a> = Box<dyn TokenStream + 'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        Box::new(Cut::of(folded(&words(text))))
    }
}

impl Tokenizer for Exact {
    type TokenStream<'a> = Box<dyn TokenStream + 'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        let words = words(text).into_iter().enumerate();
        Box::new(Cut::of(words.map(|(position, word)| token(&word, word.exact.clone(), position)).collect()))
    }
}

/// Folded words. Where a short name stands, what it stands for stands too, and takes as much room; it itself stands at the
/// beginning and the end of that room, so that it has its neighbours on both sides.
fn folded(words: &[Word]) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(words.len());
    let mut position = 0;
    for (at, word) in words.iter().enumerate() {
        tokens.push(token(word, word.folded.clone(), position));
        if let Some(long) = abbreviations::stands_for(&word.folded) {
            let last = position + long.len() - 1;
            for (place, long) in long.iter().enumerate() {
                tokens.push(token(word, (*long).to_owned(), position + place));
            }
            tokens.push(token(word, word.folded.clone(), last));
            position = last;
        } else if let Some((short, length)) = short_at(words, at) {
            tokens.push(token(word, short.to_owned(), position));
            tokens.push(token(word, short.to_owned(), position + length - 1));
        }
        position += 1;
    }
    tokens
}

fn short_at(words: &[Word], at: usize) -> Option<(&'static str, usize)> {
    let rest = words.iter().skip(at).map(|word| word.folded.as_str());
    let short = abbreviations::short_for(rest)?;
    Some((short, abbreviations::stands_for(short)?.len()))
}

fn token(word: &Word, text: String, position: usize) -> Token {
    Token { offset_from: word.from, offset_to: word.to, position, text, position_length: 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(String, usize)> {
        folded(&words(text)).into_iter().map(|token| (token.text, token.position)).collect()
    }

    fn places(text: &str, word: &str) -> Vec<usize> {
        cut(text).into_iter().filter(|(text, _)| text == word).map(|(_, position)| position).collect()
    }

    #[test]
    fn a_short_name_and_its_long_one_stand_at_the_same_place() {
        for text in ["gửi UBND xã Ngọc Sơn", "gửi Ủy ban nhân dân xã Ngọc Sơn"] {
            assert_eq!(places(text, "ubnd"), [1, 4], "{text}");
            assert_eq!((places(text, "uy"), places(text, "dan"), places(text, "xa")), (vec![1], vec![4], vec![5]));
        }
    }

    #[test]
    fn exact_words_are_one_each() {
        let mut exact = Exact;
        let mut stream = exact.token_stream("UBND tỉnh uỷ");
        let mut found = Vec::new();
        stream.process(&mut |token| found.push((token.text.clone(), token.position)));
        let word = |text: &str| crate::domain::words::exact(text);
        assert_eq!(found, [(word("ubnd"), 0), (word("tỉnh"), 1), (word("ủy"), 2)]);
    }
}
