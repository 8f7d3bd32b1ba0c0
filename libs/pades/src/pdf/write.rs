//! What is appended to a PDF: objects, their cross-references, a trailer (ISO 32000-1, 7.5.6). Nothing is rewritten.

use std::collections::BTreeMap;

use ring::digest;

use super::{
    file::View,
    object::{Dict, Id, Object},
    parse::Read,
    xref,
};

/// The objects that one incremental update adds or replaces, as they will be written.
pub(crate) struct Update<'v, 'p, 'a> {
    view: &'v View<'p, 'a>,
    bodies: BTreeMap<Id, Vec<u8>>,
    next: u32,
}

/// A file with what was appended to it, and where each appended object's body begins.
pub(crate) struct Appended {
    pub(crate) bytes: Vec<u8>,
    pub(crate) places: BTreeMap<Id, usize>,
}

impl<'v, 'p, 'a> Update<'v, 'p, 'a> {
    pub(crate) fn of(view: &'v View<'p, 'a>) -> Self {
        Self { view, bodies: BTreeMap::new(), next: view.size() }
    }

    /// A number that no object has.
    pub(crate) fn fresh(&mut self) -> Id {
        let id = Id { number: self.next, generation: 0 };
        self.next = self.next.saturating_add(1);
        id
    }

    pub(crate) fn put(&mut self, id: Id, object: &Object) {
        let mut body = Vec::new();
        write(object, &mut body);
        self.put_raw(id, body);
    }

    pub(crate) fn put_raw(&mut self, id: Id, body: Vec<u8>) {
        self.bodies.insert(id, body);
    }

    /// The file as it was, an end of line where it had none (without it the result would break ISO 19005-2, 6.1.9), the
    /// objects, and a cross-reference section of the same kind as the last one.
    pub(crate) fn finish(mut self) -> Read<Appended> {
        let before = self.view.pdf.bytes;
        let mut bytes = before.to_vec();
        if !bytes.ends_with(b"\n") {
            bytes.push(b'\n');
        }
        let as_stream = self.view.pdf.sections.first().is_some_and(|section| section.is_stream);
        let section = as_stream.then(|| self.fresh());
        let (mut places, mut starts) = (BTreeMap::new(), BTreeMap::new());
        for (id, body) in &self.bodies {
            starts.insert(*id, bytes.len());
            bytes.extend(format!("{} {} obj\n", id.number, id.generation).bytes());
            places.insert(*id, bytes.len());
            bytes.extend(body);
            bytes.extend(b"\nendobj\n");
        }
        let start = bytes.len();
        if let Some(id) = section {
            starts.insert(id, start);
        }
        let trailer = self.trailer(xref::start(before)?);
        match section {
            Some(id) => write_stream_section(&mut bytes, id, &starts, trailer),
            None => write_table(&mut bytes, &starts, &trailer),
        }
        bytes.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
        Ok(Appended { bytes, places })
    }

    fn trailer(&self, previous: usize) -> Dict {
        let mut trailer = Dict::default();
        for key in ["Root", "Info"] {
            if let Some(value) = self.view.trailer.get(key) {
                trailer.set(key, value.clone());
            }
        }
        trailer.set("Size", Object::Int(i64::from(self.next)));
        trailer.set("Prev", Object::Int(i64::try_from(previous).unwrap_or_default()));
        // The second half of the identity changes with every update; what it is made of need only differ.
        let hash = digest::digest(&digest::SHA256, self.view.pdf.bytes);
        let fresh = Object::Text(hash.as_ref().get(..16).unwrap_or_default().to_vec());
        let kept = self.view.value(self.view.trailer, "ID").ok();
        let kept = kept.as_ref().and_then(Object::array).and_then(<[Object]>::first).cloned();
        trailer.set("ID", Object::Array(vec![kept.unwrap_or_else(|| fresh.clone()), fresh]));
        trailer
    }
}

fn write_table(bytes: &mut Vec<u8>, starts: &BTreeMap<Id, usize>, trailer: &Dict) {
    bytes.extend(b"xref\n");
    for (id, start) in starts {
        bytes.extend(format!("{} 1\n{start:010} {:05} n\r\n", id.number, id.generation).bytes());
    }
    bytes.extend(b"trailer\n");
    write(&Object::Dict(trailer.clone()), bytes);
    bytes.push(b'\n');
}

fn write_stream_section(bytes: &mut Vec<u8>, own: Id, starts: &BTreeMap<Id, usize>, mut trailer: Dict) {
    let (mut index, mut rows) = (Vec::new(), Vec::new());
    for (id, start) in starts {
        index.extend([Object::Int(i64::from(id.number)), Object::Int(1)]);
        rows.push(1);
        rows.extend(u32::try_from(*start).unwrap_or(u32::MAX).to_be_bytes());
        rows.extend(id.generation.to_be_bytes());
    }
    trailer.set("Type", Object::named("XRef"));
    trailer.set("W", Object::Array(vec![Object::Int(1), Object::Int(4), Object::Int(2)]));
    trailer.set("Index", Object::Array(index));
    trailer.set("Length", Object::Int(i64::try_from(rows.len()).unwrap_or_default()));
    bytes.extend(format!("{} {} obj\n", own.number, own.generation).bytes());
    write(&Object::Dict(trailer), bytes);
    bytes.extend(b"\nstream\n");
    bytes.extend(rows);
    bytes.extend(b"\nendstream\nendobj\n");
}

/// Writes an object. A stream never comes here: none is changed.
pub(crate) fn write(object: &Object, out: &mut Vec<u8>) {
    match object {
        Object::Null => out.extend(b"null"),
        Object::Bool(value) => out.extend(value.to_string().bytes()),
        Object::Int(value) => out.extend(value.to_string().bytes()),
        Object::Real(text) => out.extend(text),
        Object::Name(name) => write_name(name, out),
        Object::Text(text) => {
            out.push(b'<');
            out.extend(text.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()));
            out.push(b'>');
        }
        Object::Array(items) => {
            out.push(b'[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    out.push(b' ');
                }
                write(item, out);
            }
            out.push(b']');
        }
        Object::Dict(dict) | Object::Stream(dict, _) => {
            out.extend(b"<<");
            for (key, value) in &dict.0 {
                write_name(key, out);
                out.push(b' ');
                write(value, out);
            }
            out.extend(b">>");
        }
        Object::Ref(id) => out.extend(format!("{} {} R", id.number, id.generation).bytes()),
    }
}

fn write_name(name: &[u8], out: &mut Vec<u8>) {
    out.push(b'/');
    for byte in name {
        if byte.is_ascii_alphanumeric() || b"-_.+*:,;!$&'@^|~=?".contains(byte) {
            out.push(*byte);
        } else {
            out.extend(format!("#{byte:02X}").bytes());
        }
    }
}
