//! The post of an office: what arrives, what is issued, the registers that number both, and their files.
//!
//! This file is the table of contents: what documents serves, what it calls and what it listens to.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

/// What this service adds to the settings of a process.
mod settings;

/// What documents serves, calls and listens to.
mod serving;

pub use serving::service;
pub use settings::{Settings, SignatureSettings, SigningSettings};

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
    pub(crate) mod dossier_checks;
    pub(crate) mod dossier_lists;
    pub(crate) mod dossier_papers;
    pub(crate) mod dossiers;
    pub(crate) mod drafts;
    pub(crate) mod executions;
    pub(crate) mod files;
    pub(crate) mod genres;
    pub(crate) mod importing;
    pub(crate) mod incoming;
    pub(crate) mod instructions;
    pub(crate) mod intake;
    pub(crate) mod intake_lists;
    pub(crate) mod intake_parts;
    pub(crate) mod intake_secrets;
    pub(crate) mod laying_out;
    pub(crate) mod letters;
    pub(crate) mod mail;
    pub(crate) mod mail_answers;
    pub(crate) mod mail_export;
    pub(crate) mod mail_folder;
    pub(crate) mod mail_lists;
    pub(crate) mod mail_telling;
    pub(crate) mod mail_writing;
    pub(crate) mod numbering;
    pub(crate) mod old_registers;
    pub(crate) mod opening_papers;
    pub(crate) mod openings;
    pub(crate) mod outgoing;
    pub(crate) mod paging;
    pub(crate) mod phrases;
    pub(crate) mod postings;
    pub(crate) mod proposals;
    pub(crate) mod protections;
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
    pub(crate) mod terms;
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
    pub(crate) mod dossier;
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
    pub(crate) mod mail;
    pub(crate) mod mail_export;
    pub(crate) mod mail_file;
    pub(crate) mod mail_letter;
    pub(crate) mod masked;
    pub(crate) mod mend;
    pub(crate) mod old_register;
    pub(crate) mod opening;
    pub(crate) mod outgoing;
    pub(crate) mod papers;
    pub(crate) mod passage;
    pub(crate) mod phrases;
    pub(crate) mod printing;
    pub(crate) mod protection;
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
    pub(crate) mod terms;
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
    pub(crate) mod dossier_entries;
    pub(crate) mod dossier_lists;
    pub(crate) mod dossier_papers;
    pub(crate) mod dossier_steps;
    pub(crate) mod dossier_ties;
    pub(crate) mod dossiers;
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
    pub(crate) mod intake_proposals;
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
    mod m0024_protection;
    mod m0025_terms;
    mod m0029_joint;
    mod m0030_postings;
    mod m0031_proposals;
    mod m0034_dossiers;
    mod m0036_old_registers;
    mod m0038_mail;
    pub(crate) mod mail_deliveries;
    pub(crate) mod mail_statuses;
    pub(crate) mod mails;
    pub(crate) mod marks;
    pub(crate) mod migrations;
    pub(crate) mod old_papers;
    pub(crate) mod old_registers;
    pub(crate) mod opening_papers;
    pub(crate) mod openings;
    pub(crate) mod outgoing;
    mod outgoing_row;
    pub(crate) mod pages;
    pub(crate) mod papers;
    pub(crate) mod passages;
    pub(crate) mod phrases;
    pub(crate) mod postings;
    pub(crate) mod proposals;
    pub(crate) mod protections;
    pub(crate) mod reckoning;
    pub(crate) mod registers;
    pub(crate) mod relations;
    mod replies;
    pub(crate) mod reviews;
    pub(crate) mod signatures;
    pub(crate) mod templates;
    pub(crate) mod terms;
    mod word;
    pub(crate) mod works;
}
