//! How styles make letters and paragraphs look, as far as it says what a letter is.

use std::{collections::BTreeMap, rc::Rc};

use crate::{encoding::Encoding, xml::Element};

/// Styles rest on each other; no honest chain is longer.
const CHAIN: usize = 20;

/// What letters look like, as far as it is stated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Look {
    pub(crate) font: Option<Font>,
    pub(crate) is_capitals: Option<bool>,
    pub(crate) is_hidden: Option<bool>,
}

/// A font.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Font {
    pub(crate) name: Rc<str>,
    pub(crate) encoding: Encoding,
}

impl Look {
    /// Of the properties of a run (`rPr`).
    pub(crate) fn of(properties: &Element) -> Self {
        Self {
            font: properties.child("rFonts").and_then(font),
            is_capitals: properties.switch("caps"),
            is_hidden: properties.switch("vanish"),
        }
    }

    /// This look, where it states something; else the one below.
    pub(crate) fn over(self, below: &Self) -> Self {
        Self {
            font: self.font.or_else(|| below.font.clone()),
            is_capitals: self.is_capitals.or(below.is_capitals),
            is_hidden: self.is_hidden.or(below.is_hidden),
        }
    }

    pub(crate) fn encoding(&self) -> Encoding {
        self.font.as_ref().map_or(Encoding::Unicode, |font| font.encoding)
    }
}

/// The font for letters above ASCII, which is where encodings differ. A font of the theme outdoes one that is named; none of
/// the themes has a font from before Unicode.
fn font(fonts: &Element) -> Option<Font> {
    for (theme, named) in [("hAnsiTheme", "hAnsi"), ("asciiTheme", "ascii")] {
        if let Some(theme) = fonts.attribute(theme) {
            return Some(Font { name: theme.into(), encoding: Encoding::Unicode });
        }
        if let Some(name) = fonts.attribute(named) {
            return Some(Font { name: name.into(), encoding: Encoding::of_font(name) });
        }
    }
    None
}

/// Which list a paragraph belongs to, as far as it is stated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Listed {
    pub(crate) list: Option<String>,
    pub(crate) level: Option<usize>,
}

impl Listed {
    /// Of the properties of a paragraph (`pPr`).
    pub(crate) fn of(properties: &Element) -> Self {
        let Some(number) = properties.child("numPr") else { return Self::default() };
        let level = number.setting("ilvl").and_then(|level| level.parse().ok());
        Self { list: number.setting("numId").map(str::to_owned), level }
    }
}

#[derive(Debug, Default)]
struct Style {
    below: Option<String>,
    look: Look,
    listed: Listed,
    is_centred: Option<bool>,
    is_ruled: Option<bool>,
}

/// All styles of a document.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    plain: Look,
    styles: BTreeMap<String, Style>,
    /// The style of paragraphs that name none.
    usual: Option<String>,
}

impl Styles {
    pub(crate) fn of(root: &Element) -> Self {
        let defaults = root.child("docDefaults").and_then(|one| one.child("rPrDefault")?.child("rPr"));
        let mut styles = Self { plain: defaults.map(Look::of).unwrap_or_default(), ..Self::default() };
        for one in root.all("style") {
            let Some(id) = one.attribute("styleId") else { continue };
            if one.attribute("type") == Some("paragraph") && matches!(one.attribute("default"), Some("1" | "true")) {
                styles.usual = Some(id.to_owned());
            }
            let paragraph = one.child("pPr");
            let style = Style {
                below: one.setting("basedOn").map(str::to_owned),
                look: one.child("rPr").map(Look::of).unwrap_or_default(),
                listed: paragraph.map(Listed::of).unwrap_or_default(),
                is_centred: paragraph.and_then(is_centred),
                is_ruled: one.child("tblPr").and_then(is_ruled),
            };
            styles.styles.insert(id.to_owned(), style);
        }
        styles
    }

    /// A style and those it rests on, itself first.
    fn chain<'a>(&'a self, id: Option<&'a str>) -> impl Iterator<Item = (&'a str, &'a Style)> {
        let found = move |id: &'a str| self.styles.get_key_value(id).map(|(id, style)| (id.as_str(), style));
        let first = id.and_then(found);
        std::iter::successors(first, move |(_, style)| style.below.as_deref().and_then(found)).take(CHAIN)
    }

    /// The style of a paragraph, by its properties.
    pub(crate) fn named<'a>(&'a self, properties: Option<&'a Element>) -> Option<&'a str> {
        properties.and_then(|one| one.setting("pStyle")).or(self.usual.as_deref())
    }

    /// What letters of a paragraph look like when their run states nothing.
    pub(crate) fn paragraph(&self, id: Option<&str>) -> Look {
        let stated = self.chain(id).fold(Look::default(), |look, (_, style)| look.over(&style.look));
        stated.over(&self.plain)
    }

    /// What letters of a run look like, by its properties, within a paragraph.
    pub(crate) fn run(&self, properties: Option<&Element>, paragraph: &Look) -> Look {
        let Some(properties) = properties else { return paragraph.clone() };
        let named = self.chain(properties.setting("rStyle"));
        let named = named.fold(Look::default(), |look, (_, style)| look.over(&style.look));
        Look::of(properties).over(&named).over(paragraph)
    }

    /// The list that a style puts its paragraphs into, and the style that says so.
    pub(crate) fn listed<'a>(&'a self, id: Option<&'a str>) -> Option<(&'a str, &'a Listed)> {
        let mut chain = self.chain(id).map(|(id, style)| (id, &style.listed));
        chain.find(|(_, listed)| listed.list.is_some())
    }

    pub(crate) fn is_centred(&self, id: Option<&str>) -> bool {
        self.chain(id).find_map(|(_, style)| style.is_centred).unwrap_or_default()
    }

    pub(crate) fn is_ruled(&self, id: Option<&str>) -> bool {
        self.chain(id).find_map(|(_, style)| style.is_ruled).unwrap_or_default()
    }
}

/// Whether the properties of a paragraph centre it.
pub(crate) fn is_centred(properties: &Element) -> Option<bool> {
    properties.setting("jc").map(|side| side == "center")
}

/// Whether the properties of a table draw lines between its cells.
pub(crate) fn is_ruled(properties: &Element) -> Option<bool> {
    let borders = properties.child("tblBorders")?;
    let inside = |name: &str| borders.setting(name).is_some_and(|line| !matches!(line, "nil" | "none"));
    Some(inside("insideV") || inside("insideH"))
}
