//! The table of contents: what documents serves, what it calls and what it listens to, an area of its work at a time.

use schema_documents::{
    BookRefusal, CirculationRefusal, DispatchRefusal, DossierRefusal, ExecutionRefusal, MailRefusal,
    OldRegisterRefusal, PaperTemplateRefusal, PostingRefusal, ProtectionRefusal, Refusal, RelationRefusal,
    ReviewRefusal, SheetRefusal, TemplateRefusal, TermRefusal, WordRefusal,
};
use service::Service;

use crate::{
    Settings,
    handlers::{
        arrivals, blocks, bodies, catching_up, circulations, course, desk_books, desk_papers, dispatching,
        dossier_checks, dossier_lists, dossier_papers, dossiers, drafts, executions, files, genres, importing,
        incoming, instructions, intake, intake_lists, intake_secrets, laying_out, letters, mail, mail_answers,
        mail_export, mail_lists, old_registers, opening_papers, openings, outgoing, phrases, postings, proposals,
        protections, reactions, registers, relations, reviews, sent_back, signatures, signing, snapshots, stamping,
        sweep, templates, terms, transcriptions, word_files, writing,
    },
    store,
};

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
    let service = queueing(instructing(opening(service)));
    let service = reviewing(sending(signed(written(service))));
    let service = keeping_books(protecting(limiting(relating(service))));
    bringing_in(keeping_dossiers(service))
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

/// Registers of past years.
fn bringing_in(service: Service) -> Service {
    service
        .refuses::<OldRegisterRefusal>()
        .write_after(old_registers::claim, old_registers::bring)
        .read(old_registers::list)
        .read(old_registers::get)
        .write(old_registers::map)
        .read(old_registers::check)
        .write_after(old_registers::enter_facts, old_registers::enter)
        .read(old_registers::papers)
        .job_after(old_registers::next_rows, old_registers::keep_rows)
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
        .read(intake_lists::proposal)
        .write_after(intake::official_facts, intake::mark_official)
        .write_after(intake::letter_facts, intake::mark_letter)
        .write(intake::set_aside)
        .write_after(intake::discard_facts, intake::discard)
        .job_after(intake_secrets::drop_found, intake_secrets::dropped)
        .snapshot(snapshots::intake)
        .refuses::<MailRefusal>()
        .write_after(mail::look_one, mail::keep_one)
        .every_after("collect_mail", mail::PERIOD, mail::look_all, mail::keep_all)
        .read(mail_lists::list)
        .read(mail_lists::get)
        .read(mail_lists::state)
        .write(mail_answers::answer)
        .read(mail_export::edxml)
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

/// The year's list of dossiers, and what is kept in them.
fn keeping_dossiers(service: Service) -> Service {
    service
        .refuses::<DossierRefusal>()
        .write(dossier_lists::draft)
        .read(dossier_lists::get)
        .write(dossier_lists::approve)
        .write_after(dossier_lists::keeper, dossier_lists::save)
        .write(dossier_lists::remove)
        .read(dossier_lists::list)
        .write_after(dossiers::facts, dossiers::open)
        .read(dossiers::get)
        .read(dossiers::list)
        .write(dossier_papers::file)
        .write(dossier_papers::take_out)
        .read(dossier_papers::list)
        .write(dossier_papers::tie)
        .read(dossiers::list_steps)
        .read(dossier_checks::check)
        .write_after(dossiers::offer_facts, dossiers::offer)
        .write(dossiers::answer)
        .write(dossiers::close)
        .write(dossiers::reopen)
        .read(dossier_checks::shares)
        .read(dossier_checks::unfiled)
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

/// Terms; how long secrets are protected, and blank books for them.
fn protecting(service: Service) -> Service {
    let service = service.refuses::<TermRefusal>().read(terms::list).write(terms::set).read(terms::try_out);
    service.refuses::<ProtectionRefusal>().write(protections::record).read(protections::list).read(protections::book)
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
        .refuses::<PostingRefusal>()
        .write(postings::record)
        .read(postings::list)
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
