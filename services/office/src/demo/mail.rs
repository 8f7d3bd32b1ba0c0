//! Electronic mail for trials: each office of the demo has a folder for what comes and one for statuses; in the province's lie
//! a message, a letter and a broken message, which come into the queue at the first start.

use std::{fs, path::Path};

use anyhow::Result;
use edxml::{Attachment, Business, Code, DocumentType, Message, Organisation, Promulgation};
use serde_json::json;
use wire::{Day, id::OfficeId};

use super::{hiring::Place, pdf, script::PROVINCE};
use crate::Settings;

/// The folder within the office's; below it one of each office, by its id.
const FOLDER: &str = "mail";
/// Where mail comes.
const IN: &str = "den";
/// Where statuses are written.
const OUT: &str = "trang-thai";

/// The settings, with the demo's folders where the operator has named none.
pub(crate) fn named(mut settings: Settings) -> Settings {
    let folder = settings.data.join(FOLDER);
    let offices = fs::read_dir(&folder).into_iter().flatten().filter_map(|one| {
        let name = one.ok()?.file_name();
        let office: OfficeId = name.to_str()?.parse().ok()?;
        let (place, at) = (folder.join(&name), office.to_string());
        // An identifier that no body has.
        Some(json!({ "office": at, "folder": place.join(IN), "outbox": place.join(OUT),
                     "organ_id": "A99.99", "organ_name": "Văn phòng cấp ủy (bản mẫu)" }))
    });
    let offices: Vec<_> = offices.collect();
    if let Some(section) = settings.services.0.get_mut("documents")
        && let Some(at) = section.pointer_mut("/mail_in").filter(|at| at.as_array().is_some_and(Vec::is_empty))
    {
        *at = json!(offices);
    }
    settings
}

/// Makes the folders, and puts into the province's what has come.
pub(crate) fn begin(data: &Path, places: &[Place], today: Day) -> Result<()> {
    for place in places {
        let folder = data.join(FOLDER).join(place.id.to_string());
        fs::create_dir_all(folder.join(OUT))?;
        fs::create_dir_all(folder.join(IN))?;
        if place.code == PROVINCE {
            fill(&folder.join(IN), &place.committee, today)?;
        }
    }
    Ok(())
}

fn fill(folder: &Path, committee: &str, today: Day) -> Result<()> {
    let sound = edxml::write_message(&message(committee, today)).map_err(|error| anyhow::anyhow!("{error}"))?;
    fs::write(folder.join("1-goi-tin.edxml"), &sound)?;
    // What systems send whose writers were cut off.
    let cut = sound.get(..sound.len() / 3).unwrap_or_default();
    fs::write(folder.join("2-goi-tin-bi-cat.edxml"), cut)?;
    Ok(fs::write(folder.join("3-thu.eml"), letter())?)
}

fn message(committee: &str, today: Day) -> Message {
    let organ =
        |id: &str, name: &str| Organisation { organ_id: id.into(), name: name.into(), ..Organisation::default() };
    let subject = "Về việc rà soát, số hóa tài liệu lưu trữ trước khi giao nộp";
    let date = edxml::Written::from(today);
    let document_id = format!("H99.07,{},215/SNV-VTLT", date.text);
    let paragraphs = [subject, "Đề nghị các cơ quan rà soát danh mục hồ sơ đến hạn nộp lưu và báo cáo kết quả."];
    Message {
        from: organ("H99.07", "Sở Nội vụ tỉnh (bản mẫu)"),
        to: vec![organ("A99.99", committee)],
        document_id: document_id.clone(),
        code: Code { number: "215".into(), notation: "SNV-VTLT".into() },
        promulgation: Promulgation { place: String::new(), date },
        document_type: DocumentType { class: Some(1), detail: None, name: "Công văn".into() },
        subject: subject.into(),
        business: Business { document_id, ..Business::default() },
        attachments: vec![Attachment {
            content_id: "tep-1".into(),
            name: "215-SNV-VTLT.pdf".into(),
            media_type: "application/pdf".into(),
            description: String::new(),
            bytes: pdf::page(subject, &paragraphs),
        }],
        ..Message::default()
    }
}

fn letter() -> Vec<u8> {
    let head = "From: =?UTF-8?Q?Trung_t=C3=A2m_H=E1=BB=99i_ngh=E1=BB=8B_(b=E1=BA=A3n_m=E1=BA=ABu)?= <hoinghi@vidu.example>\r\n\
        To: <vanthu@vidu.example>\r\nMessage-ID: <1@vidu.example>\r\nMIME-Version: 1.0\r\n\
        Subject: =?UTF-8?Q?Gi=E1=BA=A5y_m=E1=BB=9Di_d=E1=BB=B1_t=E1=BA=ADp_hu=E1=BA=A5n?=\r\n\
        Content-Type: multipart/mixed; boundary=phan\r\n\r\n--phan\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
        Kính mời đồng chí văn thư dự tập huấn nghiệp vụ. Giấy mời gửi kèm.\r\n--phan\r\nContent-Type: application/pdf\r\n\
        Content-Disposition: attachment; filename=giay-moi.pdf\r\n\r\n";
    let invitation = pdf::page("Giấy mời", &["Giấy mời", "Kính mời dự tập huấn nghiệp vụ văn thư, lưu trữ."]);
    [head.as_bytes(), &invitation, b"\r\n--phan--\r\n"].concat()
}
