//! The post of an office: what arrives, what is issued, the registers that number both, and their files.
//!
//! This file is the table of contents: what documents serves, what it calls and what it listens to.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

use schema_documents::{
    BookRefusal, CirculationRefusal, DispatchRefusal, ExecutionRefusal, PaperTemplateRefusal, Refusal, RelationRefusal,
    ReviewRefusal, SheetRefusal, TemplateRefusal, WordRefusal,
};
use service::Service;

use crate::handlers::{
    arrivals, blocks, bodies, catching_up, circulations, course, desk_books, desk_papers, dispatching, drafts,
    executions, files, genres, importing, incoming, instructions, intake, intake_lists, intake_secrets, laying_out,
    letters, opening_papers, openings, outgoing, phrases, proposals, reactions, registers, relations, reviews,
    sent_back, signatures, signing, snapshots, stamping, sweep, templates, transcriptions, word_files, writing,
};

/// What this service adds to the settings of a process.
mod settings;

pub use settings::{Settings, SignatureSettings, SigningSettings};

/// What documents serves, calls and listens to.
#[must_use]
pub fn service() -> Service {
    let service = Service::new::<Refusal>(schema_documents::contract())
        .migrations(store::migrations::all)
        .settings::<Settings>()
        .calls::<schema_identity::GetOffice>()
        .calls::<schema_identity::GetUnit>()
        .write_after(incoming::facts, incoming::register)
        .read(incoming::list)
        .read(incoming::get)
        .write(incoming::void)
        .write(course::dispose)
        .write(course::mark_read)
        .read(course::list_marks)
        .write_after(course::facts, course::pass)
        .write(course::take_back)
        .read(course::list_passages)
        .read(sent_back::list)
        .read(course::list_history)
        .write_after(files::facts_incoming, files::attach_incoming)
        .write(files::detach_incoming)
        .read(files::download_incoming)
        .job_after(signatures::look, signatures::keep)
        .read(signatures::get)
        .write(letters::register)
        .read(letters::get)
        .write(letters::void)
        .write_after(outgoing::draft_facts, outgoing::draft)
        .read(outgoing::list)
        .read(outgoing::get)
        .write(drafts::add)
        .read(drafts::list)
        .read(drafts::get)
        .write_after(outgoing::recipient_facts, outgoing::address)
        .write_after(outgoing::issue_facts, outgoing::issue)
        .write(outgoing::void)
        .read(outgoing::list_history)
        .write_after(files::facts_outgoing, files::attach_outgoing)
        .write_after(files::facts_issued, files::attach_issued)
        .write(files::detach_outgoing)
        .read(files::download_outgoing)
        .write_after(registers::facts, registers::open)
        .read(registers::list)
        .read(registers::get)
        .write(registers::close)
        .read(registers::list_entries)
        .read(registers::export)
        .read(genres::list)
        .write_after(bodies::facts, bodies::record)
        .write(bodies::end)
        .read(bodies::list)
        .write(blocks::reserve)
        .read(blocks::list)
        .read(blocks::get)
        .write_after(catching_up::facts, catching_up::enter_incoming)
        .write(catching_up::enter_letter)
        .write(catching_up::issue_outgoing)
        .write(blocks::void)
        .write_after(sweep::find, sweep::clear)
        .every_after("sweep_files", sweep::PERIOD, sweep::find_for_hour, sweep::clear_for_hour)
        .on(reactions::office_closure_changed)
        .on(reactions::assignment_changed)
        .gone(reactions::works_held, reactions::work_gone)
        .snapshot(snapshots::incoming)
        .snapshot(snapshots::letters)
        .snapshot(snapshots::outgoing);
    keeping_books(limiting(relating(reviewing(sending(signed(written(queueing(instructing(opening(service))))))))))
}

/// Starting in mid-term: next numbers and open papers from before.
fn opening(service: Service) -> Service {
    service
        .write_after(openings::facts, openings::draft)
        .read(openings::list)
        .read(openings::get)
        .write_after(opening_papers::claim, opening_papers::set)
        .read(opening_papers::check)
        .write_after(openings::apply_facts, openings::apply)
        .write(openings::undo)
        .job(importing::import)
        .job(importing::unimport)
}

/// The clerk's queue: files brought in, sealed until they are marked.
fn queueing(service: Service) -> Service {
    service
        .sealing()
        .write_after(intake::bring_facts, intake::bring_in)
        .read(intake_lists::list_batches)
        .read(intake_lists::get_batch)
        .read(intake_lists::list)
        .read(intake_lists::open)
        .read(intake_lists::get)
        .read(intake_lists::download)
        .write_after(intake::official_facts, intake::mark_official)
        .write(intake::mark_letter)
        .write(intake::set_aside)
        .write(intake::discard)
        .job_after(intake_secrets::drop_found, intake_secrets::dropped)
        .snapshot(snapshots::intake)
}

/// What is done with the text of a document besides keeping it: the check of its form, and the printed page; and the papers
/// of the clerk's desk.
fn written(service: Service) -> Service {
    let service = service.calls::<schema_forms::RenderForm>().read(writing::check).read(writing::print);
    let service = service
        .refuses::<PaperTemplateRefusal>()
        .write(phrases::save)
        .read(phrases::list)
        .read(phrases::preview)
        .read(phrases::try_out);
    let service =
        service.refuses::<WordRefusal>().write_after(word_files::read, word_files::import).read(writing::word);
    service.refuses::<SheetRefusal>().read(desk_papers::stamp).read(desk_papers::slip).read(desk_papers::book)
}

/// The way of an issued document to its digital signatures.
fn signed(service: Service) -> Service {
    service
        .refuses::<ExecutionRefusal>()
        .read(executions::get)
        .read(executions::list_to_sign)
        .read(executions::list_to_seal)
        .write_after(signing::sign_facts, signing::sign)
        .write_after(signing::seal_facts, signing::seal)
        .write_after(executions::again_facts, executions::lay_out_again)
        .write(executions::by_hand)
        .read(signing::own_certificate)
        .snapshot(snapshots::executions)
        .job_after(laying_out::attempt, laying_out::keep)
        .job_after(stamping::attempt, stamping::keep)
}

/// The seal book and the hand-over book.
fn keeping_books(service: Service) -> Service {
    service
        .refuses::<BookRefusal>()
        .write(desk_books::record)
        .read(desk_books::list_imprints)
        .write_after(desk_books::unit, desk_books::hand_over)
        .read(desk_books::list_handovers)
}

/// What a document does to another: copies, replacements, amendments.
fn relating(service: Service) -> Service {
    service
        .refuses::<RelationRefusal>()
        .write_after(relations::facts, relations::draft)
        .read(relations::list)
        .read(relations::list_incoming)
}

/// The word of others upon a draft.
fn reviewing(service: Service) -> Service {
    service
        .refuses::<ReviewRefusal>()
        .write_after(reviews::facts, reviews::ask)
        .read(reviews::list)
        .read(reviews::list_mine)
        .write(reviews::answer)
        .write(reviews::approve)
        .write(reviews::settle)
        .write(reviews::take_back)
        .snapshot(snapshots::reviews)
}

/// How far what arrived may go.
fn limiting(service: Service) -> Service {
    service
        .refuses::<CirculationRefusal>()
        .write(circulations::limit)
        .write(circulations::give_back)
        .read(circulations::list)
}

/// Sending what was issued to other offices, and taking up what they send.
fn sending(service: Service) -> Service {
    service
        .refuses::<DispatchRefusal>()
        .calls::<schema_identity::ListOffices>()
        .write_after(dispatching::facts, dispatching::send)
        .read(dispatching::list)
        .read(dispatching::list_deliveries)
        .write(dispatching::recall)
        .read(arrivals::list)
        .read(arrivals::get)
        .write(arrivals::open)
        .read(arrivals::download)
        .write_after(arrivals::receive_facts, arrivals::receive)
        .write(arrivals::send_back)
        .snapshot(snapshots::dispatches)
        .snapshot(snapshots::deliveries)
}

/// The two steps of instruction: proposals, instructions, and those written by hand.
fn instructing(service: Service) -> Service {
    service
        .refuses::<TemplateRefusal>()
        .calls::<schema_identity::GetAuthorityHistory>()
        .write_after(templates::facts, templates::save)
        .read(templates::list)
        .write(templates::forget)
        .write_after(proposals::facts, proposals::propose)
        .read(proposals::list)
        .write(proposals::give_back)
        .read(proposals::list_waiting)
        .write_after(instructions::facts, instructions::instruct)
        .read(instructions::list)
        .write_after(transcriptions::facts, transcriptions::transcribe)
        .read(transcriptions::list_unconfirmed)
        .write(transcriptions::confirm)
        .write(transcriptions::object)
        .read(transcriptions::download_scan)
        .snapshot(snapshots::proposals)
        .snapshot(snapshots::instructions)
}

/// Load, decide, save, tell. One function per subject.
mod handlers {
    pub(crate) mod arrivals;
    pub(crate) mod blocks;
    pub(crate) mod bodies;
    pub(crate) mod catching_up;
    pub(crate) mod circulations;
    pub(crate) mod course;
    pub(crate) mod desk_books;
    pub(crate) mod desk_papers;
    pub(crate) mod dispatching;
    pub(crate) mod drafts;
    pub(crate) mod executions;
    pub(crate) mod files;
    pub(crate) mod genres;
    pub(crate) mod importing;
    pub(crate) mod incoming;
    pub(crate) mod instructions;
    pub(crate) mod intake;
    pub(crate) mod intake_lists;
    pub(crate) mod intake_secrets;
    pub(crate) mod laying_out;
    pub(crate) mod letters;
    pub(crate) mod numbering;
    pub(crate) mod opening_papers;
    pub(crate) mod openings;
    pub(crate) mod outgoing;
    pub(crate) mod paging;
    pub(crate) mod phrases;
    pub(crate) mod proposals;
    pub(crate) mod reactions;
    pub(crate) mod registers;
    pub(crate) mod relations;
    pub(crate) mod reviews;
    pub(crate) mod sent_back;
    pub(crate) mod signatures;
    pub(crate) mod signing;
    pub(crate) mod snapshots;
    pub(crate) mod stamping;
    pub(crate) mod sweep;
    pub(crate) mod telling;
    pub(crate) mod templates;
    pub(crate) mod transcriptions;
    pub(crate) mod trusting;
    pub(crate) mod units;
    pub(crate) mod word_files;
    pub(crate) mod writing;
}

/// What is allowed. No I/O, no clock, no randomness: everything arrives as an argument.
mod domain {
    pub(crate) mod attachment;
    pub(crate) mod block;
    pub(crate) mod body_code;
    pub(crate) mod by_rule;
    pub(crate) mod circulation;
    pub(crate) mod coach;
    pub(crate) mod desk_paper;
    pub(crate) mod dispatch;
    pub(crate) mod disposition;
    pub(crate) mod due;
    pub(crate) mod duplicate;
    pub(crate) mod execution;
    pub(crate) mod field;
    pub(crate) mod genre;
    pub(crate) mod incoming;
    pub(crate) mod instruction;
    pub(crate) mod intake;
    pub(crate) mod issuing;
    pub(crate) mod letter;
    pub(crate) mod masked;
    pub(crate) mod mend;
    pub(crate) mod opening;
    pub(crate) mod outgoing;
    pub(crate) mod papers;
    pub(crate) mod passage;
    pub(crate) mod phrases;
    pub(crate) mod printing;
    pub(crate) mod register;
    pub(crate) mod relation;
    pub(crate) mod review;
    #[cfg(test)]
    pub(crate) mod sample;
    pub(crate) mod searching;
    pub(crate) mod secrecy;
    pub(crate) mod sheet;
    pub(crate) mod signature;
    pub(crate) mod template;
    pub(crate) mod transcription;
    pub(crate) mod word_file;
    pub(crate) mod writing;
}

/// Rows stay in here; the rest of the service sees nouns.
#[allow(unreachable_pub, reason = "the derive of an entity wants its row public, within its file")]
mod store {
    pub(crate) mod blocks;
    pub(crate) mod bodies;
    pub(crate) mod circulations;
    pub(crate) mod closures;
    pub(crate) mod deliveries;
    pub(crate) mod dispatches;
    pub(crate) mod drafts;
    pub(crate) mod entries;
    pub(crate) mod executions;
    pub(crate) mod files;
    mod found;
    pub(crate) mod held_entries;
    pub(crate) mod history;
    pub(crate) mod imprints;
    pub(crate) mod incoming;
    mod incoming_row;
    pub(crate) mod instructions;
    pub(crate) mod intake;
    pub(crate) mod intake_batches;
    pub(crate) mod latches;
    pub(crate) mod letters;
    pub(crate) mod loose;
    mod m0001_registers;
    mod m0002_incoming;
    mod m0003_outgoing;
    mod m0004_files;
    mod m0005_history;
    mod m0006_work;
    mod m0007_removal;
    mod m0008_bodies;
    mod m0009_blocks;
    mod m0010_opening;
    mod m0011_instructions;
    mod m0012_intake;
    mod m0013_searching;
    mod m0014_closures;
    mod m0015_templates;
    mod m0016_signatures;
    mod m0017_execution;
    mod m0018_dispatch;
    mod m0019_reviews;
    mod m0020_relations;
    mod m0021_books;
    mod m0022_phrases;
    mod m0023_circulation;
    pub(crate) mod marks;
    pub(crate) mod migrations;
    pub(crate) mod opening_papers;
    pub(crate) mod openings;
    pub(crate) mod outgoing;
    mod outgoing_row;
    pub(crate) mod pages;
    pub(crate) mod papers;
    pub(crate) mod passages;
    pub(crate) mod phrases;
    pub(crate) mod proposals;
    pub(crate) mod registers;
    pub(crate) mod relations;
    mod replies;
    pub(crate) mod reviews;
    pub(crate) mod signatures;
    pub(crate) mod templates;
    mod word;
    pub(crate) mod works;
}
