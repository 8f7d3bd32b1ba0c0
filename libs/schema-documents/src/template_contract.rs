//! Routings that an office keeps to use again (mẫu chuyển): who leads, who helps, who is to know, and the words of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Instant, Page, Version,
    id::{OfficeId, PersonId, RoutingTemplateId},
};

use crate::IncomingRouting;

wire::refusals! {
    /// Why a routing is not kept to be used again.
    pub enum TemplateRefusal {
        /// Another template of the office has this name.
        NameTaken { name: String } => Conflict, "documents.template_name_taken",
            en "the office keeps a template called “{name}” already: choose another name, or say that this one takes its place",
            vi "cơ quan đã có mẫu tên “{name}”: hãy đặt tên khác, hoặc chọn thay mẫu cũ", field "name";
        /// The office keeps as many as a page can show.
        TemplatesTooMany { limit: usize } => Conflict, "documents.templates_too_many",
            en "an office keeps {limit} templates at most: drop one that is not used any more",
            vi "mỗi cơ quan giữ tối đa {limit} mẫu: hãy bỏ một mẫu không còn dùng", field "name";
        /// A template is used on other days than the one on which it was made.
        TemplateDated => Invalid, "documents.template_dated",
            en "a template names no day: give it when you use the template",
            vi "mẫu chuyển không ghi ngày hạn: hãy nhập hạn khi dùng mẫu", field "routing/due";
        /// No such template in this office.
        TemplateMissing { id: RoutingTemplateId } => Missing, "documents.template_missing",
            en "there is no template {id}; it may have been dropped", vi "không có mẫu {id}; có thể mẫu đã bị bỏ";
    }
}

impl From<TemplateRefusal> for wire::Fault {
    fn from(refusal: TemplateRefusal) -> Self {
        wire::Refusal::fault(&refusal)
    }
}

wire::contract! {
    service "documents" refuses TemplateRefusal;

    calls {
        Write SaveRoutingTemplate => RoutingTemplate, "save_routing_template.v1",
            POST "/api/v1/routing-templates", needs "documents.incoming.dispose";
        Read ListRoutingTemplates => Page<RoutingTemplate>, "list_routing_templates.v1",
            GET "/api/v1/routing-templates", needs "documents.incoming.dispose";
        Write DropRoutingTemplate => RoutingTemplate, "drop_routing_template.v1",
            DELETE "/api/v1/routing-templates/{id}", needs "documents.incoming.dispose";
    }

    events {}
}

/// A routing under a name. It is nothing but a help in filling in a form, so that nothing refers to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RoutingTemplate {
    /// Its id.
    pub id: RoutingTemplateId,
    /// The office that keeps it.
    pub office: OfficeId,
    /// How often it was replaced.
    pub version: Version,
    /// Its name, once in an office, whatever the case of its letters.
    pub name: String,
    /// What it fills in; never a day.
    pub routing: IncomingRouting,
    /// Who saved it last.
    pub by: PersonId,
    /// When.
    pub at: Instant,
}

/// Keeps a routing under a name. It is checked as one that is put to somebody.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SaveRoutingTemplate {
    /// The office.
    pub office: OfficeId,
    /// The name, up to 80 characters.
    pub name: String,
    /// What it fills in.
    pub routing: IncomingRouting,
    /// Whether it takes the place of one that has the name.
    #[serde(default)]
    pub replaces: bool,
}

/// The templates of an office in the order of their names, 30 at most and all on one page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListRoutingTemplates {
    /// The office.
    pub office: OfficeId,
}

/// Drops a template. What was routed with it stays as it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DropRoutingTemplate {
    /// The template.
    pub id: RoutingTemplateId,
}
