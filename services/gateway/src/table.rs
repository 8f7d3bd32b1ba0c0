//! The paths that are offered just now: made from the contracts, looked up for every request.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, OnceLock},
};

use matchit::Router;
use serde_json::Value;
use wire::{CallRow, Contract, Method, Need, call_subject};

use crate::{
    owners::{Owners, PREFIX},
    reply::Page,
    schema::{self, Named, accepts, reference},
};

/// Everything that is offered just now.
#[derive(Default)]
pub(crate) struct Table {
    /// The contracts it was made from, by service. What may not be offered is in them and not in the routes.
    pub(crate) contracts: Vec<Contract>,
    /// Every route, in the order of the contracts.
    pub(crate) routes: Vec<Arc<Route>>,
    by_path: Router<Methods>,
    /// The OpenAPI document, made when somebody asks for it.
    pub(crate) openapi: OnceLock<Page>,
    /// The reference page, made when somebody asks for it.
    pub(crate) docs: OnceLock<Page>,
}

/// One call at the HTTP door.
#[derive(Debug)]
pub(crate) struct Route {
    /// The service that answers.
    pub(crate) service: String,
    /// Where it listens on the bus.
    pub(crate) subject: String,
    /// The method.
    pub(crate) method: Method,
    /// The path with its `{fields}`.
    pub(crate) template: String,
    /// The fields that stand in the path.
    pub(crate) path_fields: Vec<String>,
    /// Whether a success makes a new thing, and whether that thing can then be read below this path.
    pub(crate) makes: Makes,
    /// The row of the contract.
    pub(crate) row: CallRow,
    /// The schemas it refers to.
    pub(crate) named: Arc<Named>,
}

/// Whether a success of a call makes a new thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Makes {
    /// It does not.
    Nothing,
    /// It does; the thing has no address of its own.
    Thing,
    /// It does, and the thing is read at the path followed by its id.
    Addressed,
}

/// What stands at one path.
type Methods = BTreeMap<Method, Arc<Route>>;

/// What was found for a request.
pub(crate) enum Found<'path> {
    /// A route, with the texts of its path fields, still encoded.
    Route(Arc<Route>, Vec<(String, &'path str)>),
    /// The path takes other methods.
    OtherMethods(Vec<Method>),
    /// There is no such path.
    Nothing,
}

/// Something a service may not offer, and which is therefore left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LeftOut {
    pub(crate) service: String,
    pub(crate) call: String,
    pub(crate) why: &'static str,
}

impl Route {
    /// Whether the fields outside the path travel in a body; otherwise they travel in the query.
    pub(crate) fn has_body(&self) -> bool {
        matches!(self.method, Method::POST | Method::PUT | Method::PATCH)
    }

    /// The fields of the call that do not stand in the path.
    pub(crate) fn other_fields(&self) -> Vec<schema::Field<'_>> {
        let mut fields = schema::fields(self.row.request.as_value(), &self.named);
        fields.retain(|field| !self.path_fields.iter().any(|name| name == field.name));
        fields
    }
}

impl Table {
    /// Makes the table, and tells what was left out and why.
    pub(crate) fn new(contracts: impl IntoIterator<Item = Contract>, owners: &Owners) -> (Self, Vec<LeftOut>) {
        let (mut table, mut left_out) = (Self::default(), Vec::new());
        let mut taken = BTreeSet::new();
        for contract in contracts {
            let named = Arc::new(contract.schemas.clone());
            for route in contract.calls.iter().filter_map(|row| route(&contract.service, row, &named)) {
                let mut twice = || !taken.insert((route.method, shape(&route.template)));
                let why = unfit(&route, owners).or_else(|| twice().then_some("another call has its path and method"));
                match why {
                    Some(why) => left_out.push(LeftOut { service: route.service, call: route.row.name, why }),
                    None => table.routes.push(Arc::new(route)),
                }
            }
            table.contracts.push(contract);
        }
        let made: Vec<Makes> = table.routes.iter().map(|route| makes(route, &table.routes)).collect();
        let mut places: BTreeMap<String, Methods> = BTreeMap::new();
        for (route, makes) in table.routes.iter_mut().zip(made) {
            if let Some(route) = Arc::get_mut(route) {
                route.makes = makes;
            }
            places.entry(shape(&route.template)).or_default().insert(route.method, Arc::clone(route));
        }
        for (shape, methods) in places {
            // Shapes are distinct and made of whole segments, so that they cannot be in each other's way.
            if let Err(error) = table.by_path.insert(shape, methods) {
                tracing::error!(error = %error, "a path was not taken");
            }
        }
        (table, left_out)
    }

    /// What stands at a path for a method.
    pub(crate) fn find<'path>(&self, method: Option<Method>, path: &'path str) -> Found<'path> {
        let Ok(found) = self.by_path.at(path) else { return Found::Nothing };
        match method.and_then(|method| found.value.get(&method)) {
            Some(route) => {
                let texts = found.params.iter().map(|(_, text)| text);
                Found::Route(Arc::clone(route), route.path_fields.iter().cloned().zip(texts).collect())
            }
            None => Found::OtherMethods(found.value.keys().copied().collect()),
        }
    }

    /// Whether the contract of a service is known.
    pub(crate) fn knows(&self, service: &str) -> bool {
        self.contracts.iter().any(|contract| contract.service == service)
    }
}

/// The route of a row; nothing for calls between services.
fn route(service: &str, row: &CallRow, named: &Arc<Named>) -> Option<Route> {
    let http = row.http.as_ref()?;
    let field = |segment: &str| Some(segment.strip_prefix('{')?.strip_suffix('}')?.to_owned());
    Some(Route {
        service: service.to_owned(),
        subject: call_subject(service, &row.name),
        method: http.method,
        template: http.path.clone(),
        path_fields: http.path.split('/').filter_map(field).collect(),
        makes: Makes::Nothing,
        row: row.clone(),
        named: Arc::clone(named),
    })
}

/// Why a route may not be offered.
fn unfit(route: &Route, owners: &Owners) -> Option<&'static str> {
    let word = |text: &str, more: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || more.contains(c))
    };
    let fields = schema::fields(route.row.request.as_value(), &route.named);
    let segments = route.template.strip_prefix(PREFIX).map(|path| path.split('/').collect::<Vec<_>>());
    let good_segment = |segment: &&str| match segment.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
        Some(name) => word(name, "_"),
        None => word(segment, "-"),
    };
    if owners.of(&route.template) != Some(route.service.as_str()) {
        Some("`deploy/routes.toml` does not give the first segment of its path to this service")
    } else if !segments.is_some_and(|segments| segments.iter().all(good_segment)) {
        Some("its path is not made of lower-case words and `{fields}`")
    } else if !route.row.name.split('.').all(|part| word(part, "_")) {
        Some("its name is not made of lower-case words")
    } else if route.row.need == Need::Services {
        Some("it is for services only")
    } else if !route.path_fields.iter().all(|name| fields.iter().any(|field| field.name == name)) {
        Some("its path names a field that the call does not have")
    } else {
        None
    }
}

/// A template with places instead of the names of its fields: two that look the same take the same requests.
fn shape(template: &str) -> String {
    let place = |(index, segment): (usize, &str)| match segment.starts_with('{') {
        true => format!("{{{index}}}"),
        false => segment.to_owned(),
    };
    template.split('/').enumerate().map(place).collect::<Vec<_>>().join("/")
}

/// What a success of this route makes. The reply must have an id; below another thing's path it must moreover be what
/// is read there, since many calls answer the thing they act on.
fn makes(route: &Route, all: &[Arc<Route>]) -> Makes {
    let reply = route.row.reply.as_value();
    let has_id = schema::fields(reply, &route.named)
        .iter()
        .any(|field| field.name == "id" && accepts(field.schema, &route.named, "string"));
    if route.method != Method::POST || !has_id || route.template.ends_with('}') {
        return Makes::Nothing;
    }
    let below = shape(&format!("{}/{{id}}", route.template));
    let readable = all.iter().any(|other| {
        other.method == Method::GET && shape(&other.template) == below && same(other.row.reply.as_value(), reply)
    });
    match (readable, route.path_fields.is_empty()) {
        (true, _) => Makes::Addressed,
        (false, true) => Makes::Thing,
        (false, false) => Makes::Nothing,
    }
}

fn same(left: &Value, right: &Value) -> bool {
    reference(left).is_some() && reference(left) == reference(right)
}

#[cfg(test)]
mod tests;
