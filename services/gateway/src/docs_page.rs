//! The reference page: the OpenAPI document as a page to read, rendered here, without scripts and without asking anybody
//! else for anything.

use std::fmt::Write as _;

use axum::{
    body::Body,
    http::{HeaderMap, Response, header},
};
use serde_json::Value;

use crate::{
    docs_parts::{self as parts, escaped, text},
    gate::Gate,
    headers::OF_PAGES,
    openapi,
    pages::AWAY,
    reply::{self, Page},
};

const STYLE: &str = include_str!("docs.css");

/// The reference page, of what is offered just now.
pub(crate) fn docs(gate: &Gate, asked: &HeaderMap) -> Response<Body> {
    let table = gate.table.load();
    let make = || {
        let document = openapi::assemble(&table, &gate.settings.name, &gate.origin);
        Page::new("text/html; charset=utf-8", render(&document, &gate.settings.name))
    };
    let mut response = table.docs.get_or_init(make).response(asked);
    reply::set(&mut response, header::CONTENT_SECURITY_POLICY, OF_PAGES);
    response
}

/// The style sheet of all pages made here.
pub(crate) fn style(asked: &HeaderMap) -> Response<Body> {
    Page::new("text/css; charset=utf-8", STYLE).response(asked)
}

/// The page at the root, which says where one is.
pub(crate) fn front(gate: &Gate) -> Response<Body> {
    let name = escaped(&gate.settings.name);
    let mut body = format!(
        "<main class=\"front\"><h1>{name}</h1><p>Hệ thống văn phòng cấp ủy <small lang=\"en\">Office system of a Party \
         committee</small></p><ul><li><a href=\"/api/docs\">Tài liệu API</a> <small lang=\"en\">API reference</small></li>"
    );
    if gate.office_ca.is_some() {
        body.push_str(
            "<li><a href=\"/office-ca.pem\">Chứng thư gốc của văn phòng</a> <small lang=\"en\">Root certificate of this \
             office, to be installed once</small></li>",
        );
    }
    body.push_str("</ul></main>");
    let mut response = reply::text("text/html; charset=utf-8", shell(&gate.settings.name, &body));
    reply::set(&mut response, header::CONTENT_SECURITY_POLICY, OF_PAGES);
    response
}

/// The page that stands for the portal while it is away.
pub(crate) fn away(gate: &Gate) -> Response<Body> {
    let name = escaped(&gate.settings.name);
    let body = format!(
        "<main class=\"front\"><h1>{name}</h1><p>Trang đang khởi động lại. Chưa rõ lần gửi vừa rồi đã được lưu hay chưa; vui lòng tải \
         lại sau ít giây.</p><p lang=\"en\">The portal is starting again. Whether this request was kept is not known; \
         please reload in a few seconds.</p></main>"
    );
    let mut response = reply::text("text/html; charset=utf-8", shell(&gate.settings.name, &body));
    *response.status_mut() = AWAY;
    reply::set(&mut response, header::CONTENT_SECURITY_POLICY, OF_PAGES);
    reply::set(&mut response, header::RETRY_AFTER, "5");
    response
}

fn shell(title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"vi\"><head><meta charset=\"utf-8\"><title>{}</title><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><link rel=\"stylesheet\" href=\"/api/docs/style.css\">\
         </head><body>{body}</body></html>",
        escaped(title)
    )
}

/// The page for a document.
pub(crate) fn render(document: &Value, name: &str) -> String {
    let operations = operations(document);
    let tags: Vec<&str> =
        parts::list(document, "tags").iter().filter_map(|tag| tag.get("name").and_then(Value::as_str)).collect();
    let mut page = format!(
        "<header><h1>{} <small>API</small></h1><p>Tài liệu tham chiếu · <span lang=\"en\">Reference</span> · <a \
         href=\"/api/openapi.json\">OpenAPI 3.1</a></p></header><div class=\"columns\">",
        escaped(name)
    );
    contents(&mut page, &tags, &operations);
    page.push_str("<main>");
    page.push_str(parts::CONVENTIONS);
    for tag in &tags {
        let _ = write!(page, "<section id=\"{0}\"><h2>{0}</h2>", escaped(tag));
        for operation in operations.iter().filter(|operation| operation.tag == *tag) {
            parts::operation(&mut page, document, operation);
        }
        page.push_str("</section>");
    }
    parts::types(&mut page, document);
    refusals(&mut page, document);
    page.push_str("</main></div>");
    shell(&format!("{name}: API"), &page)
}

/// One operation of the document.
pub(crate) struct Operation<'a> {
    pub(crate) tag: &'a str,
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) says: &'a Value,
}

impl Operation<'_> {
    /// The name of the call.
    pub(crate) fn call(&self) -> &str {
        text(self.says, "x-call")
    }

    /// Its place on the page. Some calls are answered by every service, so the service stands in it too.
    pub(crate) fn anchor(&self) -> String {
        format!("{}.{}", self.tag, self.call())
    }
}

fn operations(document: &Value) -> Vec<Operation<'_>> {
    let mut found = Vec::new();
    for (path, item) in document.get("paths").and_then(Value::as_object).into_iter().flatten() {
        for (method, says) in item.as_object().into_iter().flatten() {
            let tag = parts::list(says, "tags").first().and_then(Value::as_str).unwrap_or_default();
            found.push(Operation { tag, method, path, says });
        }
    }
    found
}

fn contents(page: &mut String, tags: &[&str], operations: &[Operation<'_>]) {
    page.push_str(
        "<nav aria-label=\"Mục lục\"><ul><li><a href=\"#conventions\">Quy ước chung</a> <small \
         lang=\"en\">Conventions</small></li>",
    );
    for tag in tags {
        let _ = write!(page, "<li><a href=\"#{0}\">{0}</a><ul>", escaped(tag));
        for operation in operations.iter().filter(|operation| operation.tag == *tag) {
            let (anchor, call) = (escaped(&operation.anchor()), escaped(operation.call()));
            let _ = write!(page, "<li><a href=\"#{anchor}\">{call}</a></li>");
        }
        page.push_str("</ul></li>");
    }
    page.push_str(
        "<li><a href=\"#types\">Kiểu dữ liệu</a> <small lang=\"en\">Types</small></li><li><a href=\"#refusals\">Mã từ \
         chối</a> <small lang=\"en\">Refusals</small></li></ul></nav>",
    );
}

/// Every way to say no; a problem's `type` leads to its row.
fn refusals(page: &mut String, document: &Value) {
    page.push_str("<section id=\"refusals\"><h2>Mã từ chối <small lang=\"en\">Refusals</small></h2>");
    for (service, rows) in document.get("x-refusals").and_then(Value::as_object).into_iter().flatten() {
        let _ = write!(
            page,
            "<h3>{}</h3><div class=\"wide\"><table><thead><tr><th>Mã <small lang=\"en\">Code</small></th><th>HTTP</th>\
             <th>Nội dung <small lang=\"en\">Meaning</small></th></tr></thead><tbody>",
            escaped(service)
        );
        for row in rows.as_array().into_iter().flatten() {
            let status = row.get("status").and_then(Value::as_u64).unwrap_or_default();
            let _ = write!(
                page,
                "<tr id=\"{0}\"><td><code>{0}</code></td><td>{status}</td><td>{1}<br><small lang=\"en\">{2}</small></td>\
                 </tr>",
                escaped(text(row, "code")),
                escaped(text(row, "vi")),
                escaped(text(row, "en")),
            );
        }
        page.push_str("</tbody></table></div>");
    }
    page.push_str("</section>");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> String {
        let contracts = vec![schema_identity::contract(), schema_documents::contract(), schema_programme::contract()];
        let document = openapi::document(contracts, "Văn phòng <Đảng ủy>", "https://vp.example").unwrap();
        render(&document, "Văn phòng <Đảng ủy>")
    }

    #[test]
    fn the_page_asks_nobody_for_anything_and_runs_nothing() {
        let page = page();
        for never in ["<script", "<style", "style=", "onclick", "src=", "http://", "@import", "<Đảng"] {
            assert!(!page.contains(never), "{never}");
        }
        assert!(!STYLE.contains("url(") && !STYLE.contains("@import"));
        assert!(page.contains("Văn phòng &lt;Đảng ủy&gt;"));
    }

    #[test]
    fn every_anchor_is_there_once_and_every_link_on_the_page_leads_somewhere() {
        let page = page();
        let after = |mark: &str| -> Vec<String> {
            page.split(mark).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
        };
        let ids = after(" id=\"");
        let distinct: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(distinct.len(), ids.len(), "an id stands twice");
        let dangling: Vec<_> = after("href=\"#").into_iter().filter(|link| !distinct.contains(link)).collect();
        assert!(dangling.is_empty(), "{dangling:?}");
        for code in
            ["wire.busy", "gateway.no_such_path", "documents.register_missing", "documents.register_incoming.v1"]
        {
            assert!(distinct.contains(&code.to_owned()), "{code}");
        }
    }
}
