//! What an office's papers say beyond the rules of form (mẫu văn bản của cơ quan): the place, the line above, who always gets a
//! copy, a closing phrase. Dated: a paper that is printed again stands as it stood.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::{
    Cursor, Day, Download, Instant, Page,
    id::{OfficeId, PaperTemplateId, PersonId},
};

wire::refusals! {
    /// Why a template of papers is not kept.
    pub enum PaperTemplateRefusal {
        /// What was printed stays as it is.
        TemplatePast { today: Day } => Invalid, "documents.paper_template_past",
            en "a template holds from today, {today}, or a later day on: what was printed before stays",
            vi "mẫu có hiệu lực từ hôm nay, {today}, hoặc ngày sau: văn bản đã in giữ nguyên", field "from";
        /// No such template in this office.
        PaperTemplateMissing { id: PaperTemplateId } => Missing, "documents.paper_template_missing",
            en "there is no template {id}", vi "không có mẫu {id}";
    }
}

impl From<PaperTemplateRefusal> for wire::Fault {
    fn from(refusal: PaperTemplateRefusal) -> Self {
        wire::Refusal::fault(&refusal)
    }
}

wire::contract! {
    service "documents" refuses PaperTemplateRefusal;

    calls {
        Write SavePaperTemplate => PaperTemplate, "save_paper_template.v1",
            POST "/api/v1/paper-templates", needs "documents.registers.change";
        Read ListPaperTemplates => Page<PaperTemplate>, "list_paper_templates.v1",
            GET "/api/v1/paper-templates", needs "documents.outgoing.read";
        Read PreviewPaperTemplate => Download, "preview_paper_template.v1",
            GET "/api/v1/paper-templates/{id}/preview", needs "documents.outgoing.read";
        Read TryPaperTemplate => PaperTemplateTrial, "try_paper_template.v1",
            GET "/api/v1/paper-templates/{id}/trial", needs "documents.outgoing.read";
    }

    events {}
}

/// What papers of an office say from a day on. It never changes; a later one takes its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PaperTemplate {
    /// Its id.
    pub id: PaperTemplateId,
    /// The office.
    pub office: OfficeId,
    /// The key of the genre that it is for; all that have none of their own when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub genre: Option<String>,
    /// The first day of documents that it is for.
    pub from: Day,
    /// What it says.
    pub says: PaperPhrases,
    /// Who saved it.
    pub by: PersonId,
    /// When.
    pub at: Instant,
}

/// What papers say. Where nothing is given, they are as the rules of form and the directory have them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PaperPhrases {
    /// The place before the day (địa danh).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The line above the issuing body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub superior: Option<String>,
    /// Who gets each paper besides those it names (such as `Lưu Văn phòng Đảng ủy`), 20 at most.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recipients: Vec<String>,
    /// What stands at the end of the text, unless it stands there already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closing: Option<String>,
    /// How many pages a paper has at most; the format coach says when one is longer. It hinders nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most_pages: Option<u32>,
}

/// Keeps a template. Of two for the same genre that hold from the same day the later one counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SavePaperTemplate {
    /// The office.
    pub office: OfficeId,
    /// The key of the genre that it is for; all others when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub genre: Option<String>,
    /// The first day of documents that it is for, from today on.
    pub from: Day,
    /// What it says.
    pub says: PaperPhrases,
}

/// The templates of an office, those saved last first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ListPaperTemplates {
    /// The office.
    pub office: OfficeId,
    /// The most items wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// A specimen by a template, as PDF/A.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PreviewPaperTemplate {
    /// The template.
    pub id: PaperTemplateId,
    /// The key of a genre; its own, or an official letter, when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub genre: Option<String>,
}

/// Lays a specimen of every genre out by a template.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TryPaperTemplate {
    /// The template.
    pub id: PaperTemplateId,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PaperTemplateTrial {
    /// How many genres were tried.
    pub genres: u32,
    /// Those that cannot be laid out by it.
    pub faults: Vec<PaperTemplateFault>,
}

/// A genre that cannot be laid out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PaperTemplateFault {
    /// The key of the genre.
    pub genre: String,
    /// Its name.
    pub genre_name: String,
    /// Why, in English.
    pub en: String,
    /// Why, in Vietnamese.
    pub vi: String,
}
