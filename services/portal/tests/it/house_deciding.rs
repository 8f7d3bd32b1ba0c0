//! What is decided in a house: letters nobody has decided upon, proposals, instructions and work from them.

use schema_documents::{
    IncomingDocument, IncomingProposal, InstructIncoming, Instruction, ProposeDisposition, RegisterIncoming,
    TranscribeInstruction,
};
use serde_json::{Value, json};
use wire::id::UnitId;

use crate::house::{House, SUMMARY, Someone};

impl House {
    /// A letter upon which nobody has decided.
    pub(crate) async fn undecided(&self, clerk: &Someone, symbol: &str) -> IncomingDocument {
        let call = json!({
            "office": self.office, "author_body": "Sở Ví Dụ", "symbol": symbol, "summary": SUMMARY, "urgency": "express",
            "document_day": self.today().plus(-1), "genre_name": "Công văn",
        });
        self.ask::<RegisterIncoming>(clerk, call).await
    }

    /// To be processed by a unit in five days, while another one is told.
    pub(crate) async fn routed(&self, lead: UnitId) -> Value {
        json!({
            "disposition": "to_process", "lead": lead, "to_know": [self.unit_called("Ban Tổ chức").await], "due": self.today().plus(5),
            "text": "Giao Ban Nội chính <b>tham mưu</b>",
        })
    }

    /// A proposal of the chief that waits for a leader.
    pub(crate) async fn propose(
        &self,
        chief: &Someone,
        leader: &Someone,
        (paper, lead): (&IncomingDocument, UnitId),
    ) -> IncomingProposal {
        let call = json!({ "id": paper.id, "routing": self.routed(lead).await, "put_to": leader.position() });
        self.ask::<ProposeDisposition>(chief, call).await
    }

    /// An instruction of a leader.
    pub(crate) async fn instruct(&self, leader: &Someone, (paper, lead): (&IncomingDocument, UnitId)) -> Instruction {
        self.ask::<InstructIncoming>(leader, json!({ "id": paper.id, "routing": self.routed(lead).await })).await
    }

    /// An instruction that a leader wrote on the paper by hand, and a clerk transcribed.
    pub(crate) async fn transcribe(
        &self,
        clerk: &Someone,
        author: &Someone,
        (paper, lead): (&IncomingDocument, UnitId),
    ) -> Instruction {
        let call = json!({
            "id": paper.id, "author": author.me.person.id, "author_position": author.position(),
            "written": self.today(), "routing": self.routed(lead).await,
            "scan": self.upload(clerk, "but-phe.png", b"\x89PNG", "instruction_scan").await,
        });
        self.ask::<TranscribeInstruction>(clerk, call).await
    }
}
