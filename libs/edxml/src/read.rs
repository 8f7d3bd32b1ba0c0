//! From bytes to a message or a status, with all that there is to say about them.

use crate::{
    Diagnosis, Identity, Message, Status,
    diagnosis::Docket,
    fit::fit,
    judge,
    part::{message::MESSAGE, status::STATUS},
    rule::{structure, xml},
    source,
    take::{self, attachment, signature},
    tree::{self, Element, NAMESPACE, Space},
};

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A document for receivers.
    Message(Box<Message>),
    /// What became of a document.
    Status(Box<Status>),
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What it holds.
    pub content: Content,
    /// What was wrong with it and tolerated, and what there is to know of it.
    pub remarks: Vec<Diagnosis>,
}

/// A file that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What is wrong; at least one.
    pub diagnoses: Vec<Diagnosis>,
    /// Which message it is, as far as that could be read, so that its sender can be told (status 02).
    pub message: Option<Box<Message>>,
}

impl Refused {
    /// Which message it is, as far as that could be read.
    #[must_use]
    pub fn identity(&self) -> Option<Identity> {
        self.message.as_ref().map(|message| message.identity())
    }
}

/// Reads a file as tolerantly as it can be done without guessing.
///
/// # Errors
/// [`Refused`] when it cannot be known what was sent, by whom, or about which document.
pub fn read(bytes: &[u8]) -> Result<Reading, Refused> {
    let mut docket = Docket::default();
    let content = examine(bytes, &mut docket);
    let is_refused = docket.is_refused();
    let told = docket.told(source::countable(bytes));
    match content {
        Some(content) if !is_refused => Ok(Reading { content, remarks: told }),
        Some(Content::Message(message)) => Err(Refused { diagnoses: told, message: Some(message) }),
        _ => Err(Refused { diagnoses: told, message: None }),
    }
}

/// Everything that is wrong with a file, in the order of its lines; nothing when it is sound.
#[must_use]
pub fn check(bytes: &[u8]) -> Vec<Diagnosis> {
    let mut docket = Docket::default();
    examine(bytes, &mut docket);
    docket.told(source::countable(bytes))
}

fn examine(bytes: &[u8], docket: &mut Docket) -> Option<Content> {
    let text = source::text(bytes, docket)?;
    let start = source::beginning(text, docket)?;
    let mut root = rooted(tree::tree(text, start, docket)?, docket)?;
    if is_status(&root) {
        fit(&mut root, &STATUS, docket);
        let status = take::status(&root)?;
        judge::status(&root, &status, docket);
        return Some(Content::Status(Box::new(status)));
    }
    fit(&mut root, &MESSAGE, docket);
    let mut message = take::message(&root);
    let files = attachment::files(&root, docket);
    message.signature = signature::look(&root, &files, docket);
    message.attachments = files.into_iter().map(|taken| taken.file).collect();
    let holders = ["AttachmentEncoded", "edXMLEnvelope/edXMLBody/edXMLManifest"];
    let has_files = holders.iter().any(|way| root.at(way).is_some_and(|one| !one.children.is_empty()));
    judge::message(&root, &message, has_files, docket);
    Some(Content::Message(Box::new(message)))
}

/// The tree from `edXML` down; nothing when the root is something else, which has been told.
fn rooted<'a>(mut root: Element<'a>, docket: &mut Docket) -> Option<Element<'a>> {
    let lower = root.name.to_ascii_lowercase();
    match lower.as_str() {
        "edxml" => {
            if root.name != "edXML" {
                docket.tag(&structure::MISSPELT, &root, &root.name, "edXML");
                root.name = "edXML".to_owned();
            }
            Some(root)
        }
        "edxmlenvelope" => {
            docket.tag(&structure::ROOT_LEFT_OUT, &root, "", "");
            root.name = "edXMLEnvelope".to_owned();
            let (attributes, pieces) = (Vec::new(), Vec::new());
            let (at, written, path) = (root.at, root.written, "edXML".to_owned());
            // The envelope tells of its namespace itself.
            let space = Space::Ours;
            let (name, children) = ("edXML".to_owned(), vec![root]);
            Some(Element { name, space, at, written, path, attributes, children, pieces })
        }
        "envelope" => {
            let found = if let Space::Other(uri) = &root.space { uri.clone() } else { root.name.clone() };
            docket.refuse(&structure::OLD_ENVELOPE, root.tag(), &found, NAMESPACE);
            None
        }
        _ => {
            docket.refuse(&xml::NOT_EDXML, root.tag(), &format!("XML <{}>", root.name), "");
            None
        }
    }
}

/// Whether the head is that of a status: it has a code of status, or what only a status has and nothing of a document.
fn is_status(root: &Element<'_>) -> bool {
    if root.any(&|one| one.name.eq_ignore_ascii_case("StatusCode")) {
        return true;
    }
    root.any(&|one| {
        let has = |name: &str| one.children.iter().any(|child| child.name.eq_ignore_ascii_case(name));
        let is_bare = !["Subject", "Code", "To"].into_iter().any(has);
        one.name.eq_ignore_ascii_case("MessageHeader") && has("ResponseFor") && has("Timestamp") && is_bare
    })
}
