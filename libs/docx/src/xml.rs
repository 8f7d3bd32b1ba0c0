//! A part of the archive as a tree of elements, known by their local names: prefixes and name spaces differ between
//! programs that write DOCX, local names do not.

use std::{collections::HashSet, rc::Rc};

use quick_xml::{
    Reader, XmlVersion,
    escape::resolve_predefined_entity,
    events::{BytesStart, Event},
};

use crate::Unreadable;

/// How deep elements may be nested.
const DEEPEST: usize = 256;
/// How many elements and attributes a part may have: each costs memory, however few bytes it takes in the file.
const NODES: usize = 1_500_000;
/// The longest name of a part that is repeated to whoever has to mend it.
const PART: usize = 120;

/// An element. Text is kept where DOCX has some: in elements named `t`.
#[derive(Debug)]
pub(crate) struct Element {
    name: Rc<str>,
    attributes: Vec<(Rc<str>, Box<str>)>,
    children: Vec<Element>,
    text: String,
}

impl Element {
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The text directly in it.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(other, _)| **other == *name).map(|(_, value)| &**value)
    }

    /// The attribute that most settings have.
    pub(crate) fn val(&self) -> Option<&str> {
        self.attribute("val")
    }

    pub(crate) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter()
    }

    /// All children of a name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.elements().filter(move |one| *one.name == *name)
    }

    /// The first child of a name.
    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|one| *one.name == *name)
    }

    /// The value of a child.
    pub(crate) fn setting(&self, name: &str) -> Option<&str> {
        self.child(name)?.val()
    }

    /// A switch: there without a value it is on.
    pub(crate) fn switch(&self, name: &str) -> Option<bool> {
        self.child(name).map(|one| !matches!(one.val(), Some("0" | "false" | "off" | "none")))
    }

    /// All text in it.
    pub(crate) fn words(&self) -> String {
        let mut words = self.text.clone();
        for one in self.elements() {
            words.push_str(&one.words());
        }
        words
    }
}

/// What is told of a part that is not well-formed.
pub(crate) fn malformed(part: &str) -> Unreadable {
    Unreadable::Malformed { part: named(part) }
}

fn named(part: &str) -> String {
    part.chars().filter(|letter| !letter.is_control()).take(PART).collect()
}

/// Builds a tree while its part is read.
struct Builder<'a> {
    part: &'a str,
    names: HashSet<Rc<str>>,
    nodes: usize,
    open: Vec<Element>,
    root: Option<Element>,
}

/// The tree of a part.
pub(crate) fn tree(part: &str, text: &str) -> Result<Element, Unreadable> {
    let mut builder = Builder { part, names: HashSet::new(), nodes: 0, open: Vec::new(), root: None };
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event().map_err(|_| malformed(part))? {
            Event::Start(start) => builder.begin(&start)?,
            Event::Empty(start) => {
                builder.begin(&start)?;
                builder.end()?;
            }
            Event::End(_) => builder.end()?,
            Event::Text(text) => builder.text(&text.xml10_content()),
            Event::CData(text) => builder.text(&text.xml10_content()),
            Event::GeneralRef(entity) => {
                let letter = entity.resolve_char_ref().map_err(|_| malformed(part))?;
                let name = entity.into_inner();
                match (letter, resolve_predefined_entity(&name)) {
                    (Some(letter), _) => builder.text(letter.encode_utf8(&mut [0; 4])),
                    (None, Some(words)) => builder.text(words),
                    (None, None) => return Err(Unreadable::Entities { part: named(part) }),
                }
            }
            Event::DocType(_) => return Err(Unreadable::Entities { part: named(part) }),
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    if builder.open.is_empty() { builder.root.ok_or_else(|| malformed(part)) } else { Err(malformed(part)) }
}

impl Builder<'_> {
    fn begin(&mut self, start: &BytesStart<'_>) -> Result<(), Unreadable> {
        if self.open.len() >= DEEPEST {
            return Err(Unreadable::TooDeep { part: named(self.part) });
        }
        // A second root would drop the first.
        if self.open.is_empty() && self.root.is_some() {
            return Err(malformed(self.part));
        }
        let name = self.interned(start.local_name().into_inner());
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|_| malformed(self.part))?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| malformed(self.part))?;
            let key = attribute.key.into_inner();
            if !key.starts_with("xmlns") {
                let key = attribute.key.local_name().into_inner();
                attributes.push((self.interned(key), value.into()));
            }
        }
        attributes.shrink_to_fit();
        self.nodes += 1 + attributes.len();
        if self.nodes > NODES {
            return Err(Unreadable::UnfoldsTooFar);
        }
        self.open.push(Element { name, attributes, children: Vec::new(), text: String::new() });
        Ok(())
    }

    fn end(&mut self) -> Result<(), Unreadable> {
        let done = self.open.pop().ok_or_else(|| malformed(self.part))?;
        match self.open.last_mut() {
            Some(parent) => parent.children.push(done),
            None => self.root = Some(done),
        }
        Ok(())
    }

    fn text(&mut self, words: &str) {
        if let Some(parent) = self.open.last_mut().filter(|parent| *parent.name == *"t") {
            parent.text.push_str(words);
        }
    }

    /// The same name is kept once.
    fn interned(&mut self, name: &str) -> Rc<str> {
        if let Some(known) = self.names.get(name) {
            return Rc::clone(known);
        }
        let fresh: Rc<str> = name.into();
        self.names.insert(Rc::clone(&fresh));
        fresh
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_names_and_text_are_kept() {
        let root =
            tree("a", "<w:p xmlns:w='x' w:val='1 &amp; 2'><w:t xml:space='preserve'> a &lt;&#7871; </w:t> \n</w:p>");
        let root = root.unwrap();
        assert_eq!((root.name(), root.val(), root.words()), ("p", Some("1 & 2"), " a <ế ".to_owned()));
    }

    #[test]
    fn what_no_docx_needs_is_refused() {
        let deep = "<a>".repeat(DEEPEST + 1);
        let table = [
            ("<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "docx.entities"),
            ("<t>&b;</t>", "docx.entities"),
            ("<a b='&c;'/>", "docx.malformed"),
            ("<a><b></a>", "docx.malformed"),
            ("<a>", "docx.malformed"),
            ("<a/><b/>", "docx.malformed"),
            ("", "docx.malformed"),
            (&deep, "docx.too_deep"),
        ];
        for (text, code) in table {
            assert_eq!(tree("part", text).unwrap_err().code(), code, "{text}");
        }
    }
}
