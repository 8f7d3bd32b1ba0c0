//! Building the tree: bounded, and stopped at the first thing that is not XML.

use std::{borrow::Cow, collections::HashMap};

use quick_xml::{
    NsReader, XmlVersion,
    errors::{Error, IllFormedError, SyntaxError},
    escape::resolve_predefined_entity,
    events::{BytesStart, Event},
    name::ResolveResult,
};

use super::{DSIG, Element, NAMESPACE, Piece, Space};
use crate::{
    diagnosis::Docket,
    place::Spot,
    rule::xml,
    source::{self, outside},
};

/// How deep elements may be nested.
const DEEPEST: usize = 32;
/// How many attributes an element may have: each is compared with the others.
const ATTRIBUTES: usize = 32;
/// How many elements and attributes there may be.
const NODES: usize = 100_000;

/// Why reading stopped; it has been told.
struct Stopped;

struct Builder<'a, 'd> {
    text: &'a str,
    /// Where the XML begins in the text.
    base: usize,
    docket: &'d mut Docket,
    open: Vec<Element<'a>>,
    /// How many children of each name the open elements have.
    counts: Vec<HashMap<String, usize>>,
    root: Option<Element<'a>>,
    nodes: usize,
    prefixes: Vec<String>,
    /// The first character that may not stand in XML; reading stops there.
    forbidden: Option<(usize, char)>,
}

/// The root element, or nothing when the file is no XML, which has been told.
pub(crate) fn tree<'a>(text: &'a str, base: usize, docket: &mut Docket) -> Option<Element<'a>> {
    let forbidden = source::forbidden(text);
    let builder = Builder {
        text,
        base,
        docket,
        open: Vec::new(),
        counts: Vec::new(),
        root: None,
        nodes: 0,
        prefixes: Vec::new(),
        forbidden,
    };
    builder.run().ok()
}

impl<'a> Builder<'a, '_> {
    fn run(mut self) -> Result<Element<'a>, Stopped> {
        let mut reader = NsReader::from_str(self.text.get(self.base..).unwrap_or_default());
        loop {
            let at = self.base + usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            let read = reader.read_resolved_event();
            let (space, event) = match read {
                Ok(read) => read,
                Err(error) => {
                    let failed = self.base + usize::try_from(reader.error_position()).unwrap_or(usize::MAX);
                    return Err(self.broken(&error, failed));
                }
            };
            match event {
                _ if self.is_forbidden(at, &event) => return Err(self.stop_at_forbidden()),
                Event::Start(start) => self.begin(&start, &space, at)?,
                Event::Empty(start) => {
                    self.begin(&start, &space, at)?;
                    self.end();
                }
                Event::End(_) => self.end(),
                Event::Text(text) => self.words(at, eol(text.into_inner()))?,
                Event::CData(text) => self.words(at + "<![CDATA[".len(), eol(text.into_inner()))?,
                Event::GeneralRef(entity) => self.entity(&entity.into_inner(), at)?,
                Event::DocType(_) => return Err(self.stop(&xml::DOCTYPE, outside(at, 9), "", "")),
                Event::Eof => return self.done(),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    fn stop(&mut self, rule: &'static crate::rule::Rule, spot: Spot, found: &str, wanted: &str) -> Stopped {
        self.docket.refuse(rule, spot, found, wanted);
        Stopped
    }

    /// Whether the first character that may not stand in XML stands in an event that begins here.
    fn is_forbidden(&self, at: usize, event: &Event<'_>) -> bool {
        // The end of the file covers what nothing else does.
        let end = if matches!(event, Event::Eof) { usize::MAX } else { at.saturating_add(event.len()) };
        self.forbidden.is_some_and(|(bad, _)| bad < end)
    }

    fn stop_at_forbidden(&mut self) -> Stopped {
        let (at, letter) = self.forbidden.unwrap_or_default();
        self.stop(&xml::FORBIDDEN_CHARACTER, self.here(at, 1), &format!("U+{:04X}", u32::from(letter)), "")
    }

    fn here(&self, at: usize, length: usize) -> Spot {
        Spot { at, length, path: self.open.last().map(|one| one.path.clone()).unwrap_or_default() }
    }

    fn done(mut self) -> Result<Element<'a>, Stopped> {
        if !self.open.is_empty() {
            return Err(self.cut());
        }
        match self.root.take() {
            Some(root) => Ok(root),
            None => {
                Err(self.stop(&xml::NOT_EDXML, outside(self.base, 1), "XML không có phần tử (without elements)", ""))
            }
        }
    }

    /// The file ends too early.
    fn cut(&mut self) -> Stopped {
        let spot = self.here(self.text.len().saturating_sub(1), 1);
        let name = self.open.last().map_or_else(|| "<".to_owned(), |one| one.name.clone());
        self.stop(&xml::TRUNCATED, spot, &name, "")
    }

    fn broken(&mut self, error: &Error, at: usize) -> Stopped {
        let line =
            |at: usize| self.text.get(self.text.floor_char_boundary(at.min(self.text.len()))..).unwrap_or_default();
        if self.forbidden.is_some_and(|(bad, _)| bad >= at) && !matches!(error, Error::IllFormed(_)) {
            return self.stop_at_forbidden();
        }
        let snippet: String = line(at).chars().take(24).collect::<String>().lines().next().unwrap_or_default().into();
        let spot = self.here(at, snippet.len());
        match error {
            Error::Syntax(SyntaxError::InvalidBangMarkup) => self.stop(&xml::MALFORMED, spot, &snippet, ""),
            // A tag that never ends has eaten the tags after it: then it is the tag that is wrong, not the end of the file.
            Error::Syntax(_) if line(at).get(1..).is_some_and(|rest| rest.contains('<')) => {
                self.stop(&xml::MALFORMED, spot, &snippet, "")
            }
            Error::Syntax(_) => self.cut(),
            Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => {
                self.stop(&xml::TAG_MISMATCH, spot, &format!("</{found}>"), &format!("</{expected}>"))
            }
            Error::IllFormed(IllFormedError::UnmatchedEndTag(found)) => {
                self.stop(&xml::JUNK_AFTER, spot, &format!("</{found}>"), "")
            }
            // The file ends within a reference.
            Error::IllFormed(IllFormedError::UnclosedReference) if !line(at).contains('<') => self.cut(),
            Error::IllFormed(IllFormedError::UnclosedReference) => self.stop(&xml::BARE_AMPERSAND, spot, &snippet, ""),
            Error::InvalidAttr(_) => self.stop(&xml::BAD_ATTRIBUTE, spot, &snippet, ""),
            _ => self.stop(&xml::MALFORMED, spot, &snippet, ""),
        }
    }

    fn begin(&mut self, start: &BytesStart<'_>, space: &ResolveResult<'_>, at: usize) -> Result<(), Stopped> {
        let qualified = start.name().into_inner().to_owned();
        let spot = self.here(at, qualified.len() + 1);
        if self.open.len() >= DEEPEST {
            return Err(self.stop(&xml::TOO_DEEP, spot, "", &DEEPEST.to_string()));
        }
        if self.open.is_empty() && self.root.is_some() {
            return Err(self.stop(&xml::JUNK_AFTER, spot, &format!("<{qualified}>"), ""));
        }
        // Something that no tag has: `<` in text was not escaped.
        let is_name = qualified.starts_with(|first: char| first.is_alphabetic() || first == '_');
        if !is_name || qualified.contains(['<', '&', '"', '\'']) || start.attributes_raw().contains('<') {
            return Err(self.stop(&xml::MALFORMED, spot, &format!("<{qualified}"), ""));
        }
        let name = start.local_name().into_inner().to_owned();
        let space = self.space(space, &spot);
        let mut attributes = Vec::new();
        for (count, attribute) in start.attributes().enumerate() {
            if count >= ATTRIBUTES {
                return Err(self.stop(&xml::TOO_MANY_ELEMENTS, spot, "", &ATTRIBUTES.to_string()));
            }
            let value = attribute.as_ref().ok().and_then(|one| one.normalized_value(XmlVersion::Implicit1_0).ok());
            let (Ok(attribute), Some(value)) = (attribute, value) else {
                return Err(self.stop(&xml::BAD_ATTRIBUTE, spot, &qualified, ""));
            };
            let key = attribute.key.into_inner();
            if !key.starts_with("xmlns") {
                attributes.push((key.to_owned(), value.into_owned()));
            }
        }
        self.nodes += 1 + attributes.len();
        if self.nodes > NODES {
            return Err(self.stop(&xml::TOO_MANY_ELEMENTS, spot, "", &NODES.to_string()));
        }
        let path = self.path(&name);
        let written = qualified.len();
        let (children, pieces) = (Vec::new(), Vec::new());
        self.counts.push(HashMap::new());
        self.open.push(Element { name, space, at, written, path, attributes, children, pieces });
        Ok(())
    }

    fn space(&mut self, resolved: &ResolveResult<'_>, spot: &Spot) -> Space {
        match resolved {
            ResolveResult::Bound(space) if space.0 == NAMESPACE => Space::Ours,
            ResolveResult::Bound(space) if space.0 == DSIG => Space::Signature,
            ResolveResult::Bound(space) => Space::Other(space.0.to_owned()),
            ResolveResult::Unbound => Space::None,
            // Told once for each prefix; from here on it is taken for what it was meant to be.
            ResolveResult::Unknown(prefix) => {
                if !self.prefixes.contains(prefix) {
                    self.prefixes.push(prefix.clone());
                    let wanted = if prefix == "ds" { DSIG } else { NAMESPACE };
                    self.docket.refuse(&xml::UNDECLARED_PREFIX, spot.clone(), prefix, wanted);
                }
                Space::Ours
            }
        }
    }

    fn path(&mut self, name: &str) -> String {
        let (Some(parent), Some(counts)) = (self.open.last(), self.counts.last_mut()) else { return name.to_owned() };
        let count = counts.entry(name.to_owned()).or_default();
        *count += 1;
        if *count == 1 { format!("{}/{name}", parent.path) } else { format!("{}/{name}[{count}]", parent.path) }
    }

    fn end(&mut self) {
        let Some(done) = self.open.pop() else { return };
        self.counts.pop();
        match self.open.last_mut() {
            Some(parent) => parent.children.push(done),
            None => self.root = Some(done),
        }
    }

    fn words(&mut self, at: usize, text: Cow<'a, str>) -> Result<(), Stopped> {
        match self.open.last_mut() {
            Some(parent) => parent.pieces.push(Piece { at, text }),
            None if text.trim_matches(|one: char| one.is_whitespace() || one == '\u{FEFF}').is_empty() => {}
            None if self.root.is_some() => {
                return Err(self.stop(&xml::JUNK_AFTER, outside(at, text.len()), text.trim(), ""));
            }
            None => return Err(self.stop(&xml::MALFORMED, outside(at, text.len()), text.trim(), "")),
        }
        Ok(())
    }

    fn entity(&mut self, name: &str, at: usize) -> Result<(), Stopped> {
        let written = format!("&{name};");
        let spot = self.here(at, written.len());
        if let Some(number) = name.strip_prefix('#') {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            let letter = code.ok().and_then(char::from_u32).map(String::from);
            return match letter.filter(|letter| source::forbidden(letter).is_none()) {
                Some(letter) => self.words(at, Cow::Owned(letter)),
                None => Err(self.stop(&xml::FORBIDDEN_CHARACTER, spot, &written, "")),
            };
        }
        if let Some(words) = resolve_predefined_entity(name) {
            return self.words(at, Cow::Owned(words.to_owned()));
        }
        // `Ban A & ban B; ban C` reads as an entity with a space in its name.
        let is_name = !name.is_empty() && name.chars().all(|one| one.is_alphanumeric() || "_-.:".contains(one));
        let rule = if is_name { &xml::UNKNOWN_ENTITY } else { &xml::BARE_AMPERSAND };
        Err(self.stop(rule, spot, &written, ""))
    }
}

/// Ends of lines as XML has them.
fn eol(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { text }
}
