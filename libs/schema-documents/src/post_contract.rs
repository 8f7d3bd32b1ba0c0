//! The office's post: its calls and events.

use wire::{Download, Page};

use crate::*;

wire::contract! {
    service "documents" refuses Refusal;

    calls {
        Write RegisterIncoming => IncomingDocument, "register_incoming.v1",
            POST "/api/v1/incoming-documents", needs "documents.incoming.register";
        Read ListIncoming => Page<IncomingDocument>, "list_incoming.v1",
            GET "/api/v1/incoming-documents", needs "documents.incoming.read";
        Read GetIncoming => IncomingDocument, "get_incoming.v1",
            GET "/api/v1/incoming-documents/{id}", needs "documents.incoming.read";
        Write DisposeIncoming => IncomingDocument, "dispose_incoming.v1",
            POST "/api/v1/incoming-documents/{id}/disposition", needs "documents.incoming.dispose";
        Write MarkIncomingRead => ReadMark, "mark_incoming_read.v1",
            POST "/api/v1/incoming-documents/{id}/read-marks", needs "documents.incoming.read";
        Read ListReadMarks => Page<ReadMark>, "list_read_marks.v1",
            GET "/api/v1/incoming-documents/{id}/read-marks", needs "documents.incoming.read";
        Write PassIncoming => IncomingDocument, "pass_incoming.v1",
            POST "/api/v1/incoming-documents/{id}/passages", needs "documents.incoming.register";
        Write ReturnIncoming => IncomingDocument, "return_incoming.v1",
            POST "/api/v1/incoming-documents/{id}/passages/return", needs "documents.incoming.register";
        Read ListPassages => Page<Passage>, "list_passages.v1",
            GET "/api/v1/incoming-documents/{id}/passages", needs "documents.incoming.read";
        Read ListSentBack => Page<SentBack>, "list_sent_back.v1",
            GET "/api/v1/incoming-documents/sent-back", needs "documents.incoming.read";
        Read ListIncomingHistory => Page<DocumentHistoryEntry>, "list_incoming_history.v1",
            GET "/api/v1/incoming-documents/{id}/history", needs "documents.incoming.read";
        Write AttachIncomingFile => IncomingDocument, "attach_incoming_file.v1",
            POST "/api/v1/incoming-documents/{id}/files", needs "documents.incoming.register";
        Read DownloadIncomingFile => Download, "download_incoming_file.v1",
            GET "/api/v1/incoming-documents/{id}/files/{file}", needs "documents.incoming.read", download;
        Write DetachIncomingFile => IncomingDocument, "detach_incoming_file.v1",
            DELETE "/api/v1/incoming-documents/{id}/files/{file}", needs "documents.incoming.register";

        Write RegisterCitizenLetter => CitizenLetter, "register_citizen_letter.v1",
            POST "/api/v1/citizen-letters", needs "documents.incoming.register";
        Read GetCitizenLetter => CitizenLetter, "get_citizen_letter.v1",
            GET "/api/v1/citizen-letters/{id}", needs "documents.incoming.read";

        Write DraftOutgoing => OutgoingDocument, "draft_outgoing.v1",
            POST "/api/v1/outgoing-documents", needs "documents.outgoing.draft";
        Read ListOutgoing => Page<OutgoingDocument>, "list_outgoing.v1",
            GET "/api/v1/outgoing-documents", needs "documents.outgoing.read";
        Read GetOutgoing => OutgoingDocument, "get_outgoing.v1",
            GET "/api/v1/outgoing-documents/{id}", needs "documents.outgoing.read";
        Write AddDraft => Draft, "add_draft.v1",
            POST "/api/v1/outgoing-documents/{id}/versions", needs "documents.outgoing.draft";
        Read ListDrafts => Page<Draft>, "list_drafts.v1",
            GET "/api/v1/outgoing-documents/{id}/versions", needs "documents.outgoing.read";
        Read GetDraft => DraftText, "get_draft.v1",
            GET "/api/v1/outgoing-documents/{id}/versions/{draft}", needs "documents.outgoing.read";
        Read CheckDraft => DraftCheck, "check_draft.v1",
            GET "/api/v1/outgoing-documents/{id}/check", needs "documents.outgoing.read";
        Read DownloadOutgoingPrint => Download, "download_outgoing_print.v1",
            GET "/api/v1/outgoing-documents/{id}/print", needs "documents.outgoing.read", download;
        Write SetRecipients => OutgoingDocument, "set_recipients.v1",
            PUT "/api/v1/outgoing-documents/{id}/recipients", needs "documents.outgoing.draft";
        Write IssueOutgoing => OutgoingDocument, "issue_outgoing.v1",
            POST "/api/v1/outgoing-documents/{id}/issue", needs "documents.outgoing.issue", step_up;
        Read ListOutgoingHistory => Page<DocumentHistoryEntry>, "list_outgoing_history.v1",
            GET "/api/v1/outgoing-documents/{id}/history", needs "documents.outgoing.read";
        Write AttachOutgoingFile => OutgoingDocument, "attach_outgoing_file.v1",
            POST "/api/v1/outgoing-documents/{id}/files", needs "documents.outgoing.draft";
        Write AttachIssuedOutgoingFile => OutgoingDocument, "attach_issued_outgoing_file.v1",
            POST "/api/v1/outgoing-documents/{id}/issued-files", needs "documents.outgoing.issue";
        Read DownloadOutgoingFile => Download, "download_outgoing_file.v1",
            GET "/api/v1/outgoing-documents/{id}/files/{file}", needs "documents.outgoing.read", download;
        Write DetachOutgoingFile => OutgoingDocument, "detach_outgoing_file.v1",
            DELETE "/api/v1/outgoing-documents/{id}/files/{file}", needs "documents.outgoing.draft";

        Write OpenRegister => NumberRegister, "open_register.v1",
            POST "/api/v1/registers", needs "documents.registers.change";
        Read ListRegisters => Page<NumberRegister>, "list_registers.v1",
            GET "/api/v1/registers", needs "documents.registers.read";
        Read GetRegister => NumberRegister, "get_register.v1",
            GET "/api/v1/registers/{id}", needs "documents.registers.read";
        Read ListRegisterEntries => Page<RegisterEntry>, "list_register_entries.v1",
            GET "/api/v1/registers/{id}/entries", needs "documents.registers.read";
        Read ExportRegister => Download, "export_register.v1",
            GET "/api/v1/registers/{id}/export", needs "documents.registers.read", download;
        Write CloseRegister => NumberRegister, "close_register.v1",
            POST "/api/v1/registers/{id}/close", needs "documents.registers.change";
        Write SweepFiles => FilesSwept, "sweep_files.v1", BUS, services, not_stored;
        Read ListGenres => Page<Genre>, "list_genres.v1", GET "/api/v1/genres", signed_in;

        Write RecordIssuingBody => IssuingBody, "record_issuing_body.v1",
            POST "/api/v1/issuing-bodies", needs "documents.registers.change";
        Write EndIssuingBody => IssuingBody, "end_issuing_body.v1",
            POST "/api/v1/issuing-bodies/{id}/end", needs "documents.registers.change";
        Read ListIssuingBodies => Page<IssuingBody>, "list_issuing_bodies.v1",
            GET "/api/v1/issuing-bodies", needs "documents.outgoing.read";

        Write ReserveNumbers => NumberBlock, "reserve_numbers.v1",
            POST "/api/v1/number-blocks", needs "documents.registers.change";
        Read ListNumberBlocks => Page<NumberBlock>, "list_number_blocks.v1",
            GET "/api/v1/number-blocks", needs "documents.registers.read";
        Read GetNumberBlock => NumberBlock, "get_number_block.v1",
            GET "/api/v1/number-blocks/{id}", needs "documents.registers.read";
        Write EnterReservedIncoming => IncomingDocument, "enter_reserved_incoming.v1",
            POST "/api/v1/number-blocks/{id}/incoming-documents", needs "documents.incoming.register";
        Write EnterReservedLetter => CitizenLetter, "enter_reserved_letter.v1",
            POST "/api/v1/number-blocks/{id}/citizen-letters", needs "documents.incoming.register";
        Write IssueReservedOutgoing => OutgoingDocument, "issue_reserved_outgoing.v1",
            POST "/api/v1/number-blocks/{id}/outgoing-documents", needs "documents.outgoing.issue", step_up;
        Write VoidReservedNumbers => NumberBlock, "void_reserved_numbers.v1",
            POST "/api/v1/number-blocks/{id}/void", needs "documents.registers.change", step_up;

        Write DraftOpeningAct => OpeningAct, "draft_opening_act.v1",
            POST "/api/v1/opening-acts", needs "documents.registers.change";
        Read ListOpeningActs => Page<OpeningAct>, "list_opening_acts.v1",
            GET "/api/v1/opening-acts", needs "documents.registers.read";
        Read GetOpeningAct => OpeningAct, "get_opening_act.v1",
            GET "/api/v1/opening-acts/{id}", needs "documents.registers.read";
        Write SetOpeningPapers => OpeningAct, "set_opening_papers.v1",
            PUT "/api/v1/opening-acts/{id}/papers", needs "documents.registers.change";
        Read CheckOpeningAct => OpeningCheck, "check_opening_act.v1",
            GET "/api/v1/opening-acts/{id}/check", needs "documents.registers.change";
        Write ApplyOpeningAct => OpeningAct, "apply_opening_act.v1",
            POST "/api/v1/opening-acts/{id}/apply", needs "documents.registers.change", step_up;
        Write UndoOpeningAct => OpeningAct, "undo_opening_act.v1",
            POST "/api/v1/opening-acts/{id}/undo", needs "documents.registers.change";

        Write VoidIncoming => IncomingDocument, "void_incoming.v1",
            POST "/api/v1/incoming-documents/{id}/void", needs "documents.incoming.void", step_up;
        Write VoidCitizenLetter => CitizenLetter, "void_citizen_letter.v1",
            POST "/api/v1/citizen-letters/{id}/void", needs "documents.incoming.void", step_up;
        Write VoidOutgoing => OutgoingDocument, "void_outgoing.v1",
            POST "/api/v1/outgoing-documents/{id}/void", needs "documents.outgoing.issue", step_up;

        Read GetIncomingSignatures => IncomingSignatures, "get_incoming_signatures.v1",
            GET "/api/v1/incoming-documents/{id}/signatures", needs "documents.incoming.read";

        Write ProposeDisposition => IncomingProposal, "propose_disposition.v1",
            POST "/api/v1/incoming-documents/{id}/proposals", needs "documents.incoming.propose";
        Read ListIncomingProposals => Page<IncomingProposal>, "list_incoming_proposals.v1",
            GET "/api/v1/incoming-documents/{id}/proposals", needs "documents.incoming.read";
        Write ReturnProposal => IncomingProposal, "return_proposal.v1",
            POST "/api/v1/proposals/{id}/return", needs "documents.incoming.instruct";
        Read ListWaitingProposals => Page<IncomingProposal>, "list_waiting_proposals.v1",
            GET "/api/v1/proposals/waiting", needs "documents.incoming.instruct";
        Write InstructIncoming => Instruction, "instruct_incoming.v1",
            POST "/api/v1/incoming-documents/{id}/instructions", needs "documents.incoming.instruct", step_up;
        Read ListInstructions => Page<Instruction>, "list_instructions.v1",
            GET "/api/v1/incoming-documents/{id}/instructions", needs "documents.incoming.read";
        Write TranscribeInstruction => Instruction, "transcribe_instruction.v1",
            POST "/api/v1/incoming-documents/{id}/instruction-transcriptions", needs "documents.incoming.register";
        Read ListUnconfirmedInstructions => Page<Instruction>, "list_unconfirmed_instructions.v1",
            GET "/api/v1/instructions/unconfirmed", needs "documents.incoming.dispose";
        Write ConfirmInstruction => Instruction, "confirm_instruction.v1",
            POST "/api/v1/instructions/{id}/confirmation", needs "documents.incoming.dispose";
        Write ObjectToInstruction => Instruction, "object_to_instruction.v1",
            POST "/api/v1/instructions/{id}/objection", needs "documents.incoming.read";
        Read DownloadInstructionScan => Download, "download_instruction_scan.v1",
            GET "/api/v1/instructions/{id}/scan", needs "documents.incoming.read", download;

        Write BringInIntake => IntakeBatch, "bring_in_intake.v1",
            POST "/api/v1/intake-batches", needs "documents.incoming.register";
        Read ListIntakeBatches => Page<IntakeBatch>, "list_intake_batches.v1",
            GET "/api/v1/intake-batches", needs "documents.incoming.register";
        Read GetIntakeBatch => IntakeBatch, "get_intake_batch.v1",
            GET "/api/v1/intake-batches/{id}", needs "documents.incoming.register";
        Read ListIntake => Page<IntakeItem>, "list_intake.v1",
            GET "/api/v1/intake-items", needs "documents.incoming.register";
        Read GetIntakeOpen => IntakeOpen, "get_intake_open.v1",
            GET "/api/v1/intake-items/open", needs "documents.incoming.register";
        Read GetIntake => IntakeItem, "get_intake.v1",
            GET "/api/v1/intake-items/{id}", needs "documents.incoming.register";
        Read DownloadIntake => Download, "download_intake.v1",
            GET "/api/v1/intake-items/{id}/file", needs "documents.incoming.register", download;
        Read GetIntakeProposal => IntakeProposal, "get_intake_proposal.v1",
            GET "/api/v1/intake-items/{id}/proposal", needs "documents.incoming.register";
        Write MarkIntakeOfficial => IntakeItem, "mark_intake_official.v1",
            POST "/api/v1/intake-items/{id}/official", needs "documents.incoming.register";
        Write MarkIntakeCitizenLetter => CitizenLetter, "mark_intake_citizen_letter.v1",
            POST "/api/v1/intake-items/{id}/citizen-letter", needs "documents.incoming.register";
        Write SetIntakeAside => IntakeItem, "set_intake_aside.v1",
            POST "/api/v1/intake-items/{id}/set-aside", needs "documents.incoming.register";
        Write DiscardIntake => IntakeItem, "discard_intake.v1",
            POST "/api/v1/intake-items/{id}/discard", needs "documents.incoming.register";
    }

    events {
        IncomingRegistered, "incoming_registered.v1", aggregate document.id, office document.office;
        IncomingChanged, "incoming_changed.v1", aggregate document.id, office document.office;
        CitizenLetterReceived, "citizen_letter_received.v1", aggregate letter.id, office letter.office;
        CitizenLetterChanged, "citizen_letter_changed.v1", aggregate letter.id, office letter.office;
        OutgoingChanged, "outgoing_changed.v1", aggregate document.id, office document.office;
        OutgoingIssued, "outgoing_issued.v1", aggregate document.id, office document.office;
        IncomingProposalChanged, "incoming_proposal_changed.v1", aggregate proposal.id, office proposal.office;
        InstructionChanged, "instruction_changed.v1", aggregate instruction.id, office instruction.office;
        IntakeChanged, "intake_changed.v1", aggregate item.id, office item.office;
    }
}
