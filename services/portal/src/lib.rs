//! The portal: what people see of an office in a browser.
//!
//! It has no database, no rules and no key. Each page is: who looks (a cookie, traded at identity for a token of a
//! minute), a few calls at once with a time limit each, a view, a template. What a service does not answer in time is
//! said so in its place, and the rest of the page stands.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

/// What the portal asks of whom: what its key on the bus is allowed.
pub mod manifest;
/// The main function of a portal that runs as a process of its own.
pub mod process;
/// Settings of the portal.
pub mod settings;

/// Calls: at once, with a time limit, in somebody's name.
mod asking;
/// Style sheet, script, fonts and icons under names that change with their content.
mod assets;
/// The small numbers beside the menu.
mod badges;
/// What changed in which office, as the bus hints it.
mod changes;
/// The content security policy and its nonce.
mod csp;
/// What was typed into a form, and whether it came from one of ours.
mod fields;
/// Days, moments and numbers as people write them.
mod format;
/// Files in forms, and files that are handed out.
mod hand_in;
/// The stream by which an open page learns that something changed.
mod live;
/// What somebody finds in the menu.
mod menu;
/// Pages that say no.
mod no;
/// What every page has: who looks, where they are, what the menu shows.
mod page;
/// Opening the portal and shutting it.
mod server;
/// Who is signed in.
mod session;
/// What all requests share.
mod shared;
/// What is seen of browsers.
mod sights;
/// The sources, for tests that read them.
#[cfg(test)]
mod sources;
/// Who asks, in which language, with what they may do.
mod visit;
/// The words on the screen, in two languages.
mod words;

/// The parts that pages are made of.
mod kit {
    /// Numbers as drawings, with their table.
    pub(crate) mod chart;
    /// Short words with a sign, for states and marks.
    pub(crate) mod chip;
    /// How many for whom, in shades that mean the same every week.
    pub(crate) mod heat;
    /// What went wrong with a form, and what was typed.
    pub(crate) mod problems;
    /// Heads of columns by which a list can be sorted.
    pub(crate) mod sorting;
    /// What happened, one line after the other.
    pub(crate) mod timeline;
    /// What was typed into a form.
    pub(crate) mod typed;
    /// Colours and words of the nouns of other services.
    pub(crate) mod wording;
}

/// The screens, each with its route, its view and its template.
mod screens {
    pub(crate) mod assignment;
    pub(crate) mod book;
    pub(crate) mod book_print;
    pub(crate) mod desk;
    pub(crate) mod gallery;
    /// Whether a number of a register is missing.
    pub(crate) mod gaps;
    pub(crate) mod incoming;
    pub(crate) mod jobs;
    pub(crate) mod own;
    pub(crate) mod record;
    pub(crate) mod registering;
    pub(crate) mod sign_in;
    pub(crate) mod work;

    /// The seal book and the hand-over book.
    pub(crate) mod desk_books {
        /// V13: papers that go to units.
        pub(crate) mod handovers;
        pub(crate) mod routes;
        /// V12: each use of a seal.
        pub(crate) mod seals;
    }
    /// What documents do to others.
    pub(crate) mod relating {
        pub(crate) mod acts;
        pub(crate) mod card;
        pub(crate) mod routes;
    }

    /// One's own account: devices, second factors, who acts for whom.
    pub(crate) mod account {
        /// Who stands in for whom, and who is away.
        pub(crate) mod deputies;
        /// An authenticator app takes up its secret.
        pub(crate) mod enrolling;
        /// Taking an account into use.
        pub(crate) mod first_time;
        /// Handing a post over.
        pub(crate) mod handing;
        /// Units and people from spreadsheets.
        pub(crate) mod imports;
        /// Lending powers, and being away.
        pub(crate) mod lending;
        /// Proofs of who is there, as forms ask for them.
        pub(crate) mod proof;
        pub(crate) mod routes;
        /// The second step of a sign-in.
        pub(crate) mod second_step;
        /// Password, second factors, devices.
        pub(crate) mod security;
        /// The acts on them.
        pub(crate) mod security_acts;
        /// What services know of standing in and being away.
        pub(crate) mod standing;
        /// A fresh proof, for acts that ask for one.
        pub(crate) mod step_up;
    }
    /// What administrators look after: units, people, rights, registers, health.
    pub(crate) mod admin {
        pub(crate) mod account;
        pub(crate) mod acting;
        pub(crate) mod bodies;
        pub(crate) mod directory;
        pub(crate) mod form;
        pub(crate) mod kinds;
        pub(crate) mod office;
        pub(crate) mod open;
        pub(crate) mod people;
        pub(crate) mod person;
        /// Q7: what papers say beyond the rules of form.
        pub(crate) mod phrases;
        pub(crate) mod positions;
        pub(crate) mod preview;
        /// Q1: what the office says of itself.
        pub(crate) mod profile;
        pub(crate) mod proof;
        pub(crate) mod reach;
        /// An account recovered by two administrators.
        pub(crate) mod recovery;
        pub(crate) mod register;
        pub(crate) mod registers;
        pub(crate) mod roles;
        pub(crate) mod routes;
        pub(crate) mod sheet;
        /// Terms and what they rest on.
        pub(crate) mod terms;
        pub(crate) mod unit;
        pub(crate) mod units;
        pub(crate) mod workdays;
    }
    /// The week: calendar, working days, notices, jobs.
    pub(crate) mod calendar {
        /// L8: approving proposals, and publishing the week.
        pub(crate) mod approving;
        /// G6: the week before, proposed again.
        pub(crate) mod copying;
        /// What the search service finds, and earlier cases.
        pub(crate) mod found;
        /// G10: help for those who look.
        pub(crate) mod help;
        /// G4: notices, by what they are about.
        pub(crate) mod notices;
        /// L5: overdue work by unit and week.
        pub(crate) mod overdue;
        /// G6: proposing an entry.
        pub(crate) mod proposing;
        /// L5: a unit is reminded of what it owes.
        pub(crate) mod reminding;
        pub(crate) mod routes;
        /// G3: documents by words.
        pub(crate) mod search;
        /// L11: the unit of its head.
        pub(crate) mod team;
        /// G6: the week, days and leaders.
        pub(crate) mod week;
    }
    /// What comes as a file through an ordinary form.
    pub(crate) mod handed_in {
        /// What a spreadsheet of a draft import holds, and beginning one.
        pub(crate) mod directory;
        /// A field for files.
        pub(crate) mod file_field;
        /// Whose handwriting stands on a paper.
        pub(crate) mod hands;
        /// Which column of a spreadsheet holds what.
        pub(crate) mod mapping;
        /// One spreadsheet with a register of past years.
        pub(crate) mod old;
        /// Registers of past years.
        pub(crate) mod old_list;
        /// One opening act of registers.
        pub(crate) mod opening;
        /// Beginning an opening act.
        pub(crate) mod opening_form;
        /// What comes of a spreadsheet.
        pub(crate) mod outcome;
        /// Files of drafts, and signed copies of what was issued.
        pub(crate) mod outgoing_files;
        pub(crate) mod routes;
        /// An instruction that was written by hand.
        pub(crate) mod transcribing;
        /// Drafts that come as Word documents.
        pub(crate) mod word;
    }
    /// What has come in and has no number yet.
    pub(crate) mod intake {
        pub(crate) mod batch;
        pub(crate) mod compare;
        pub(crate) mod files;
        pub(crate) mod item;
        pub(crate) mod queue;
        pub(crate) mod routes;
    }
    /// Dossiers of work.
    pub(crate) mod dossiers {
        /// What is done with them.
        pub(crate) mod acts;
        /// Where a document lies, on its own page.
        pub(crate) mod card;
        /// C10: one dossier.
        pub(crate) mod dossier;
        /// C7: the dossiers of an office.
        pub(crate) mod overview;
        pub(crate) mod routes;
        pub(crate) mod words;
        /// The list of a year.
        pub(crate) mod year_list;
    }
    /// Electronic mail.
    pub(crate) mod mail {
        /// Taking in, answering.
        pub(crate) mod acts;
        /// Beside an item of the queue.
        pub(crate) mod card;
        /// Q11: how mail comes in and statuses go out.
        pub(crate) mod connections;
        /// On the page of an issued document.
        pub(crate) mod exporting;
        pub(crate) mod routes;
    }
    /// What came back, and what is sent on a day.
    pub(crate) mod papers {
        /// The arrival stamp, the routing slip and the pages of a register as PDF.
        pub(crate) mod desk_papers;
        /// V10: what came back and nobody has gone on with.
        pub(crate) mod returned;
        pub(crate) mod routes;
        /// V8: the send list of a day.
        /// What is protected as a secret, and blank books.
        pub(crate) mod secrets;
        pub(crate) mod send_list;
        /// Digital signatures in what arrived.
        pub(crate) mod signatures;
    }
    /// The word of others upon a draft.
    pub(crate) mod reviewing {
        /// Asking, answering, dealing with answers.
        pub(crate) mod acts;
        /// C5: who was asked, and what they said.
        pub(crate) mod card;
        /// L2: what waits for the reader's word.
        pub(crate) mod queue;
        pub(crate) mod routes;
    }
    /// Sending to other offices, and what they send.
    pub(crate) mod sending {
        /// Sending, recalling, entering, sending back.
        pub(crate) mod acts;
        /// What other offices have sent.
        pub(crate) mod arrivals;
        /// How far what was sent is.
        pub(crate) mod card;
        /// Where one act of sending is with each office.
        pub(crate) mod deliveries;
        /// How far what arrived may go.
        pub(crate) mod limits;
        /// What was sent by hand, post or courier.
        pub(crate) mod outside;
        pub(crate) mod routes;
    }
    /// Digital signatures on what is issued.
    pub(crate) mod signing {
        /// Signing, sealing, and leaving the digital way.
        pub(crate) mod acts;
        /// How far a document is.
        pub(crate) mod card;
        /// L4: what waits for a signature, or for the seal.
        pub(crate) mod queue;
        pub(crate) mod routes;
        /// Who can be named to sign.
        pub(crate) mod signers;
    }
    /// What a piece of work comes from, and by when it is due.
    pub(crate) mod working {
        /// Later days that were asked for.
        pub(crate) mod extension;
        /// The document that it comes from.
        pub(crate) mod paper;
    }
    /// What is decided upon a document that arrived, and who gets it.
    pub(crate) mod deciding {
        /// The work that it asks for.
        pub(crate) mod assigning;
        /// What was proposed, instructed and given.
        pub(crate) mod decided;
        /// Proposals and instructions.
        pub(crate) mod instructing;
        /// The way of the paper.
        pub(crate) mod passing;
        /// What waits for an instruction or its confirmation.
        pub(crate) mod pending;
        /// What the posts of an office may do, and who is away from them.
        pub(crate) mod posts;
        /// To whom it can go.
        pub(crate) mod receiving;
        /// To whom it goes, as a form says it.
        pub(crate) mod routing;
        /// Routings kept to be used again.
        pub(crate) mod templates;
    }
    /// Who did what, whether the log of it holds, and how the services are.
    pub(crate) mod watching {
        /// What acts and nouns of the log are called, and where they are shown.
        pub(crate) mod acts;
        /// Q9: the log.
        pub(crate) mod audit;
        /// Q12: the way of browsers to the office.
        pub(crate) mod browsing;
        /// The log as a table for other programs.
        pub(crate) mod export;
        /// Q12: how the services are.
        pub(crate) mod health;
        /// The logs of all services as one.
        pub(crate) mod merging;
        /// What both pages are made of.
        pub(crate) mod panel;
        /// Whether the log holds.
        pub(crate) mod proof;
        pub(crate) mod routes;
        /// What the installation is set to, and where from.
        pub(crate) mod settings;
        /// Names of people in the log.
        pub(crate) mod who;
    }
    /// What goes out: drafts, numbers, sending.
    pub(crate) mod outgoing {
        /// Another version, recipients, a number, giving up.
        pub(crate) mod acts;
        /// What the rules of form find in a text.
        pub(crate) mod coaching;
        /// Two versions side by side.
        pub(crate) mod comparing;
        /// What differs between two texts.
        pub(crate) mod difference;
        /// One outgoing document.
        pub(crate) mod document;
        /// Beginning a document.
        pub(crate) mod drafting;
        /// The list, and what was issued to whom.
        pub(crate) mod list;
        /// The printed page.
        pub(crate) mod printed;
        /// Their addresses.
        pub(crate) mod routes;
        /// Which register numbers a draft.
        pub(crate) mod series;
        /// How an outgoing document is shown.
        pub(crate) mod showing;
        /// C3: a submission in five boxes.
        pub(crate) mod submission;
        /// Drafts that wait for a number.
        pub(crate) mod waiting;
    }
}

pub use server::{Open, start};
pub use settings::Settings;
