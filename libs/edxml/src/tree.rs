//! The file as a tree of elements, each with its place. No entity is expanded, no declaration of a document type is read.

use std::borrow::Cow;

use crate::place::Spot;

/// Building the tree.
mod build;

pub(crate) use build::tree;

/// The namespace of the message.
pub const NAMESPACE: &str = "http://www.mic.gov.vn/TBT/QCVN_102_2016";
/// The namespace of signatures.
pub(crate) const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";

/// The namespace that an element is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Space {
    /// That of the message.
    Ours,
    /// That of signatures.
    Signature,
    /// None.
    None,
    /// Another.
    Other(String),
}

/// A stretch of text as it stands, and where.
#[derive(Debug)]
pub(crate) struct Piece<'a> {
    pub(crate) at: usize,
    pub(crate) text: Cow<'a, str>,
}

/// An element.
#[derive(Debug)]
pub(crate) struct Element<'a> {
    /// The local name; the right one, after misspellings were seen to.
    pub(crate) name: String,
    pub(crate) space: Space,
    /// Where `<` stands.
    pub(crate) at: usize,
    /// How long the name is as written, with its prefix.
    pub(crate) written: usize,
    pub(crate) path: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Element<'a>>,
    pub(crate) pieces: Vec<Piece<'a>>,
}

impl Element<'_> {
    /// Its tag.
    pub(crate) fn tag(&self) -> Spot {
        Spot { at: self.at, length: self.written + 1, path: self.path.clone() }
    }

    /// Its text without the blanks around it; its tag when there is no text.
    pub(crate) fn words_spot(&self) -> Spot {
        let Some(first) = self.pieces.iter().find(|piece| !piece.text.trim().is_empty()) else { return self.tag() };
        let blank = first.text.len() - first.text.trim_start().len();
        Spot { at: first.at + blank, length: first.text.trim().len(), path: self.path.clone() }
    }

    /// All text directly in it, without the blanks around it.
    pub(crate) fn words(&self) -> String {
        let all: String = self.pieces.iter().map(|piece| &*piece.text).collect();
        all.trim().to_owned()
    }

    /// Whether there is text directly in it.
    pub(crate) fn has_words(&self) -> bool {
        self.pieces.iter().any(|piece| !piece.text.trim().is_empty())
    }

    /// The first child of a name.
    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|one| one.name == name)
    }

    /// All children of a name.
    pub(crate) fn all<'b>(&'b self, name: &'b str) -> impl Iterator<Item = &'b Self> {
        self.children.iter().filter(move |one| one.name == name)
    }

    /// The element at the end of a way of names, always by the first of each.
    pub(crate) fn at(&self, way: &str) -> Option<&Self> {
        way.split('/').try_fold(self, |element, name| element.child(name))
    }

    /// Whether it or any element in it is so.
    pub(crate) fn any(&self, is: &dyn Fn(&Self) -> bool) -> bool {
        is(self) || self.children.iter().any(|one| one.any(is))
    }

    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }
}
