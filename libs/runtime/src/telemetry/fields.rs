//! The allow-list: which fields of events and spans may leave the process, whatever a careless line of code gives.

use std::fmt::{self, Write as _};

use serde_json::Value;
use tracing::field::{Field, Visit};

/// The names that may leave. None of them is made for text that a person wrote or for anything that names a person;
/// a name is added here only when its values come from the program itself.
const ALLOWED: &[&str] = &[
    "address",     // of a peer or a listener: host and port, never a mail address
    "attempt",     // counting from 1
    "bytes",       // a size
    "call",        // the name of a call in its contract
    "code",        // of a refusal or fault
    "consumer",    // the service that follows a publisher
    "count",       // how many
    "duration_ms", // how long
    "epoch",       // of a publisher
    "error",       // the kind or the chain of an error, which quotes no value of a row
    "event",       // the type of an event or the name of an occurrence
    "job",         // the name of a job
    "kind",        // of a fault, a part, a task
    "lag",         // how many events a consumer is behind
    "method",      // of HTTP
    "outcome",     // how it ended
    "path",        // of a file or folder of the installation, or of a line of code
    "position",    // of a consumer
    "publisher",   // the service that is followed
    "route",       // of HTTP: the template, never the path with its values
    "seq",         // of an event
    "service",     // the name of a service
    "status",      // of HTTP
    "subject",     // on the bus
    "table",       // of a database
    "trace_id",    // of OpenTelemetry
    "version",     // of a program, a schema, a contract
];

/// Whether a field may leave the process.
pub(super) fn allowed(name: &str) -> bool {
    ALLOWED.binary_search(&name).is_ok()
}

/// The message and the allowed fields of one event or span. What is not allowed is not even formatted.
#[derive(Debug, Default)]
pub(super) struct Fields {
    /// The message, which belongs to the program: the caller puts no values into it.
    pub(super) message: String,
    /// Name and value, in the order given; a name occurs once.
    pub(super) values: Vec<(&'static str, Value)>,
}

impl Fields {
    /// Sets a value; a later one takes the place of an earlier.
    pub(super) fn set(&mut self, name: &'static str, value: Value) {
        match self.values.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = value,
            None => self.values.push((name, value)),
        }
    }

    fn keep(&mut self, field: &Field, value: impl Into<Value>) {
        if allowed(field.name()) {
            self.set(field.name(), value.into());
        }
    }
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            self.message.clear();
            // Writing into a string cannot fail; a `Debug` that says it failed leaves what it wrote.
            let _ = write!(self.message, "{value:?}");
        } else if allowed(field.name()) {
            self.set(field.name(), format!("{value:?}").into());
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "message" {
            value.clone_into(&mut self.message);
        } else {
            self.keep(field, value);
        }
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.keep(field, value);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.keep(field, value);
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.keep(field, value);
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.keep(field, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_so_that_every_name_on_it_is_found() {
        assert!(ALLOWED.is_sorted());
        assert!(ALLOWED.iter().all(|name| allowed(name)));
        for never in ["name", "body", "phone", "password", "token", "message", "query", "caller", "abstract"] {
            assert!(!allowed(never), "{never}");
        }
    }
}
