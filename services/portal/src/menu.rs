//! The menu: what somebody may use, in groups, by what they may do.

use crate::{badges::Badge, page::Place, screens::jobs, session::Signed, visit::Inside, words::Words};

/// A line of the menu.
pub(crate) struct Line {
    pub(crate) path: &'static str,
    pub(crate) icon: &'static str,
    pub(crate) text: String,
    pub(crate) here: bool,
    /// How much waits there.
    pub(crate) badge: Option<Badge>,
}

/// Some lines of the menu under a heading.
pub(crate) struct Group {
    pub(crate) heading: String,
    pub(crate) lines: Vec<Line>,
}

/// What somebody finds in it.
pub(crate) fn of(inside: &Inside, place: Place) -> Vec<Group> {
    let (who, w, work) = (&inside.who, inside.visit.words, &inside.badges.work);
    let line = |shown: bool, path, icon, text: String, at| {
        let badge = work.clone().filter(|_| at == Place::Work);
        shown.then_some(Line { path, icon, text, here: place == at, badge })
    };
    let (reads, enters) = (who.may("documents.incoming.read"), who.may("documents.incoming.register"));
    let instructs = who.may("documents.incoming.instruct") || who.may("documents.incoming.propose");
    let (sees_out, numbers) = (who.may("documents.outgoing.read"), who.may("documents.outgoing.issue"));
    let (signs, seals) = (who.may("documents.outgoing.sign"), who.may("documents.outgoing.seal"));
    let reads_books = who.may("documents.registers.read");
    let groups = [
        (
            w.t("menu-own"),
            vec![
                line(who.may("documents.incoming.dispose"), "/ban-lam-viec", "home", w.t("menu-desk"), Place::Desk),
                line(who.may("programme.assignments.work"), "/viec", "work", w.t("menu-work"), Place::Work),
            ],
        ),
        (
            w.t("menu-documents"),
            vec![
                line(enters, "/van-ban/cho", "upload", w.t("menu-intake"), Place::Intake),
                line(enters, "/van-ban/gui-den", "incoming", w.t("sending-arrivals"), Place::Arrivals),
                line(enters, "/van-ban/ket-noi", "pass", w.t("mail-title"), Place::Mail),
                line(reads, "/van-ban/den", "incoming", w.t("menu-incoming"), Place::Incoming),
                line(instructs, "/van-ban/cho-y-kien", "pen", w.t("outgoing-pending"), Place::Pending),
                line(reads, "/van-ban/bi-tra", "back", w.t("papers-returned"), Place::Returned),
                line(sees_out, "/duyet", "check", w.t("reviewing-queue"), Place::Reviewing),
                line(sees_out, "/van-ban/di", "pass", w.t("outgoing-menu"), Place::Outgoing),
                line(numbers, "/van-ban/di/cho-cap-so", "waiting", w.t("outgoing-waiting"), Place::Numbering),
                line(signs, "/van-ban/di/cho-ky", "pen", w.t("signing-to-sign"), Place::Signing),
                line(seals, "/van-ban/di/cho-dong-dau", "register", w.t("signing-to-seal"), Place::Sealing),
                line(who.may("documents.dossiers.read"), "/ho-so", "work", w.t("dossier-title"), Place::Dossiers),
                line(reads_books, "/van-ban/so", "register", w.t("menu-book"), Place::Book),
                line(enters && reads_books, "/van-ban/giao-nhan", "pass", w.t("books-handovers"), Place::Handovers),
                line(seals && reads_books, "/van-ban/so-con-dau", "register", w.t("books-seals"), Place::Seals),
                line(numbers && reads_books, "/van-ban/mat", "secret", w.t("secrets-title"), Place::Secrets),
                line(true, "/danh-ba", "search", w.t("admin-directory"), Place::Directory),
            ],
        ),
        (w.t("calendar-menu"), planning(who, w, place)),
        (w.t("admin-menu"), administration(who, w, place)),
        (
            w.t("menu-account"),
            vec![
                line(true, "/ca-nhan", "person", w.t("menu-me"), Place::Own),
                line(who.post().is_some(), "/uy-quyen", "people", w.t("account-menu-deputies"), Place::Deputies),
                line(jobs::are_for(who), "/tac-vu", "waiting", w.t("jobs-title"), Place::Jobs),
                line(true, "/tro-giup", "help", w.t("calendar-help-title"), Place::Help),
            ],
        ),
    ];
    let groups =
        groups.into_iter().map(|(heading, lines)| Group { heading, lines: lines.into_iter().flatten().collect() });
    groups.filter(|group| !group.lines.is_empty()).collect()
}

/// The week and what is late in it.
fn planning(who: &Signed, w: Words, place: Place) -> Vec<Option<Line>> {
    let line = |shown: bool, path, icon, text: String, at| {
        shown.then_some(Line { path, icon, text, here: place == at, badge: None })
    };
    let (plans, works) = (who.may("programme.calendar.read"), who.may("programme.assignments.read"));
    vec![
        line(plans, "/lich-tuan", "calendar", w.t("calendar-week-title"), Place::Week),
        line(works, "/qua-han", "chart", w.t("calendar-overdue-title"), Place::Overdue),
        line(who.heads().is_some(), "/don-vi-cua-toi", "people", w.t("calendar-team-title"), Place::Team),
    ]
}

/// What administrators look after, and whoever keeps the registers.
fn administration(who: &Signed, w: Words, place: Place) -> Vec<Option<Line>> {
    let line = |shown: bool, path, icon, text: String, at| {
        shown.then_some(Line { path, icon, text, here: place == at, badge: None })
    };
    let (people, books) = (who.may("identity.people.change"), who.may("documents.registers.change"));
    let units = who.may("identity.units.change");
    vec![
        line(units, "/quan-tri/to-chuc", "flag", w.t("admin-tree"), Place::Units),
        line(people, "/quan-tri/nguoi", "people", w.t("admin-people"), Place::People),
        line(people, "/quan-tri/vai-tro", "shield", w.t("admin-roles"), Place::Roles),
        line(people, "/nhap-danh-ba", "upload", w.t("account-menu-imports"), Place::Imports),
        line(books, "/quan-tri/so", "register", w.t("admin-registers"), Place::Registers),
        line(books, "/quan-tri/han", "due", w.t("terms-title"), Place::Terms),
        line(books, "/quan-tri/bieu-mau", "pen", w.t("phrases-title"), Place::Phrases),
        line(books || units, "/quan-tri/co-quan", "info", w.t("admin-own-office"), Place::Office),
        line(units, "/quan-tri/lich-lam-viec", "calendar", w.t("admin-workdays"), Place::Workdays),
        line(who.may("audit.read"), "/quan-tri/nhat-ky", "work", w.t("watching-audit"), Place::Audit),
        line(who.may("health.read"), "/quan-tri/suc-khoe", "chart", w.t("watching-health"), Place::Health),
        line(who.may("health.read"), "/quan-tri/cai-dat", "info", w.t("watching-settings"), Place::Settings),
    ]
}
