//! What identity promises: offices and their units, people, positions, appointments, accounts, sign-in.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

/// Who is away, and who stands in.
mod absences;
/// Accounts, the one-time codes that take them into use, and the first administrator.
mod accounts;
/// Who holds which position, and when.
mod appointments;
/// What other services ask: authority and keys; and what the signed-in person asks about themselves.
mod authority;
/// Days on which an office is shut.
mod closures;
/// Committees of party organisations, their terms and who sits in them.
mod committees;
/// Powers lent to a deputy, and why somebody could do what they did.
mod deputies;
/// Units and people from spreadsheets.
mod directory_imports;
/// Second factors of one's own account, and step-up.
mod factor;
/// The administrative units of before the reform, and who succeeds them.
mod former;
/// Handing a post over, with both signatures.
mod handovers;
/// Text that no log may show.
mod hidden;
/// Mergers and splits of offices and units, and who succeeds whom.
mod lineage;
/// Party members on the roll of their cells.
mod members;
/// One's own sessions and devices.
mod my_sessions;
/// What an office says of itself.
mod office_profiles;
/// The offices of party committees.
mod offices;
/// The dated tree of party organisations, down to the cell.
mod organisations;
/// Passkeys of one's own account.
mod passkeys;
/// People, with or without an account.
mod people;
/// Sessions of browsers.
mod portal_sessions;
/// Positions, and the roles that give them permissions.
mod positions;
/// How somebody wants to see pages.
mod preferences;
/// Recovery of an account by two administrators.
mod recovery;
/// How identity says no.
mod refusal;
/// What an installation withholds from roles.
mod role_versions;
/// Sign-in, fresh tokens, sign-out, one's own password.
mod sign_in;
/// The dated tree of units inside an office.
mod units;
/// Holidays and swaps of a year.
mod working_year;

pub use absences::{Absence, AbsenceChanged, AbsenceKind, CreateAbsence, EndAbsence, ListAbsences};
pub use accounts::{
    Account, AccountState, Bootstrap, Bootstrapped, DisableAccount, EnableAccount, EndAccountSessions, Enrol, Enrolled,
    Enrolment, IssueEnrolment, ListAccounts, OpenAccount,
};
pub use appointments::{Appointment, AppointmentChanged, CreateAppointment, EndAppointment, ListAppointments};
pub use authority::{GetAuthority, GetKeys, GetMe, Keys, LentPost, Me, Post};
pub use closures::{CancelOfficeClosure, OfficeClosure, OfficeClosureChanged, RecordOfficeClosure};
pub use committees::{
    CreatePartyCommittee, EndPartyCommittee, EndPartySeat, GetPartyCommittee, ListPartyCommittees, PartyCommittee,
    PartyCommitteeChanged, PartyCommitteeRecord, PartyPost, PartySeat, PartySeatManner, SeatPartyMember,
};
pub use deputies::{
    AuthorityHistory, AuthorityWay, CreateDelegation, Delegation, DelegationChanged, DelegationKind,
    GetAuthorityHistory, ListDelegations, Revocation, RevokeDelegation,
};
pub use directory_imports::{
    ApplyDirectoryImport, BeginDirectoryImport, CheckDirectoryImport, DirectoryCheck, DirectoryColumn, DirectoryFault,
    DirectoryField, DirectoryImport, DirectoryImportKind, DirectoryImportRow, DirectoryImportState, DirectoryRowState,
    GetDirectoryImport, ListDirectoryImportRows, ListDirectoryImports, MapDirectoryImport, UndoDirectoryImport,
};
pub use factor::{
    BeginTotp, ConfirmTotp, FactorAdded, FactorRemoved, GetMyFactors, MyFactors, MyPasskey, Proof, Recovered,
    RecoveryCodes, RemoveTotp, RenewRecoveryCodes, SignInSecondFactor, StepUp, SteppedUp, TotpBegun,
};
pub use former::{FormerKind, FormerPlace, FormerSuccessor, FormerUnit, ListFormerUnits};
pub use handovers::{
    CreateHandover, GetHandover, Handover, HandoverItem, HandoverItemKind, HandoverRecord, ListHandovers, SignHandover,
};
pub use hidden::Hidden;
pub use lineage::{
    GetOfficeSuccessors, GetUnitActs, GetUnitSuccessors, MergeOffices, MergeUnits, OfficeStep, OfficeSteps,
    OfficeSuccessor, OfficeSuccessors, Share, SplitOffice, SplitUnit, UnitAct, UnitActKind, UnitActs, UnitStep,
    UnitSteps, UnitSuccessor, UnitSuccessors,
};
pub use members::{
    ChangePartyMember, CreatePartyMember, EndPartyMember, GetPartyMember, IntroducePartyMember, ListPartyIntroductions,
    ListPartyMembers, PartyIntroduction, PartyLeaving, PartyLeavingWay, PartyMember, PartyMemberChanged,
    PartyMemberRecord, PartyMembership, PartyMembershipKind, PartyNewcomer, PartyRollEntry, TransferPartyMember,
};
pub use my_sessions::{EndMyOtherSessions, EndMySession, ListMySessions, Method, MySession, MySessions, NameMySession};
pub use office_profiles::{
    DayHours, GetOfficeEmblem, GetOfficeProfile, HoursSpan, ListOfficeProfileVersions, OfficeEmblem, OfficeProfile,
    OfficeProfileVersions, SetOfficeEmblem, SetOfficeProfile, WorkDay,
};
pub use offices::{
    ChangeOffice, EndOffice, GetOffice, GetOfficeHistory, ImportReport, ImportUnits, ListOffices, Office,
    OfficeChanged, OfficeHistory, OfficeKind, OfficeSpan, RowError, UnitRow,
};
pub use organisations::{
    ChangePartyOrganisation, CreatePartyOrganisation, EndPartyOrganisation, GetPartyOrganisation,
    GetPartyOrganisationHistory, ListPartyOrganisations, MergePartyOrganisations, PartyInstrument, PartyOrganisation,
    PartyOrganisationChanged, PartyOrganisationHistory, PartyOrganisationKind, PartyOrganisationPlace,
    PartyOrganisationSpan, PartySuccessor, SplitPartyOrganisation,
};
pub use passkeys::{AddPasskey, BeginPasskey, BeginPasskeyStepUp, PasskeyChallenge, RemovePasskey, WebAuthnJson};
pub use people::{
    ChangePerson, CreatePerson, DisablePerson, EnablePerson, GetPerson, ListPeople, Person, PersonChanged,
    PersonWithPosts,
};
pub use portal_sessions::{ExchangeSession, OpenPortalSession, PortalSession, SessionToken};
pub use positions::{
    ChangeDirectHead, CreatePosition, EndPosition, GetPosition, ListPositions, ListRoles, Position, PositionChanged,
    Reach, ReportingSpan, Role, Roles,
};
pub use preferences::{GetMyPreferences, InterfaceLanguage, MyPreferences, SetMyPreferences};
pub use recovery::{ConfirmRecovery, ListRecoveries, Recoveries, Recovery, RefuseRecovery, RequestRecovery};
pub use refusal::Refusal;
pub use role_versions::{ListRoleVersions, RoleVersion, RoleVersions, SaveRoleVersion, WithheldRights};
pub use sign_in::{
    ChangeOwnPassword, PasswordChanged, RefreshTokens, SignIn, SignOut, SignOutEverywhere, SignedOut, Tokens,
};
pub use units::{
    ChangeUnit, CreateUnit, EndUnit, FindUnits, GetUnit, GetUnitHistory, Unit, UnitChanged, UnitHistory, UnitSpan,
};
use wire::Page;
pub use working_year::{CalendarDoubt, GetWorkingYear, SpecialDay, SpecialDayKind, SpecialDayMark, WorkingYear};

wire::contract! {
    service "identity" refuses Refusal;
    calls {
        Read ListOffices => Page<Office>, "list_offices.v1", GET "/api/v1/offices", signed_in;
        Read GetOffice => Office, "get_office.v1", GET "/api/v1/offices/{id}", signed_in;
        Read GetOfficeHistory => OfficeHistory, "get_office_history.v1", GET "/api/v1/offices/{id}/history", signed_in;
        Write ChangeOffice => Office, "change_office.v1", PATCH "/api/v1/offices/{id}", needs "identity.units.change";
        Write EndOffice => Office, "end_office.v1", POST "/api/v1/offices/{id}/end", needs "identity.units.change";
        Write ImportUnits => ImportReport, "import_units.v1", POST "/api/v1/unit-imports",
            needs "identity.units.import";

        Read GetOfficeProfile => OfficeProfile, "get_office_profile.v1", GET "/api/v1/offices/{id}/profile", signed_in;
        Read ListOfficeProfileVersions => OfficeProfileVersions, "list_office_profile_versions.v1",
            GET "/api/v1/offices/{id}/profile-versions", needs "identity.units.read";
        Write SetOfficeProfile => OfficeProfile, "set_office_profile.v1", PUT "/api/v1/offices/{id}/profile",
            needs "identity.units.change";
        Write SetOfficeEmblem => OfficeProfile, "set_office_emblem.v1", PUT "/api/v1/offices/{id}/emblem",
            needs "identity.units.change";
        Read GetOfficeEmblem => OfficeEmblem, "get_office_emblem.v1", GET "/api/v1/offices/{id}/emblem", signed_in;

        Read GetWorkingYear => WorkingYear, "get_working_year.v1", GET "/api/v1/working-years",
            needs "identity.units.read";
        Write RecordOfficeClosure => OfficeClosure, "record_office_closure.v1", POST "/api/v1/office-closures",
            needs "identity.units.change";
        Write CancelOfficeClosure => OfficeClosure, "cancel_office_closure.v1",
            POST "/api/v1/office-closures/{id}/cancel", needs "identity.units.change";

        Read FindUnits => Page<Unit>, "find_units.v1", GET "/api/v1/units", signed_in;
        Read GetUnit => Unit, "get_unit.v1", GET "/api/v1/units/{id}", signed_in;
        Read GetUnitHistory => UnitHistory, "get_unit_history.v1", GET "/api/v1/units/{id}/history",
            needs "identity.units.read";
        Write CreateUnit => Unit, "create_unit.v1", POST "/api/v1/units", needs "identity.units.change";
        Write ChangeUnit => Unit, "change_unit.v1", PATCH "/api/v1/units/{id}", needs "identity.units.change";
        Write EndUnit => Unit, "end_unit.v1", POST "/api/v1/units/{id}/end", needs "identity.units.change";

        Write MergeOffices => OfficeSteps, "merge_offices.v1", POST "/api/v1/offices/{id}/merge",
            needs "identity.units.change";
        Write SplitOffice => OfficeSteps, "split_office.v1", POST "/api/v1/offices/{id}/split",
            needs "identity.units.change";
        Read GetOfficeSuccessors => OfficeSuccessors, "get_office_successors.v1",
            GET "/api/v1/offices/{id}/successors", signed_in;
        Write MergeUnits => UnitSteps, "merge_units.v1", POST "/api/v1/units/{id}/merge",
            needs "identity.units.change";
        Write SplitUnit => UnitSteps, "split_unit.v1", POST "/api/v1/units/{id}/split",
            needs "identity.units.change";
        Read GetUnitSuccessors => UnitSuccessors, "get_unit_successors.v1", GET "/api/v1/units/{id}/successors",
            signed_in;
        Read GetUnitActs => UnitActs, "get_unit_acts.v1", GET "/api/v1/units/{id}/acts", needs "identity.units.read";
        Read ListFormerUnits => Page<FormerUnit>, "list_former_units.v1", GET "/api/v1/former-units", signed_in;

        Read ListPeople => Page<Person>, "list_people.v1", GET "/api/v1/people", needs "identity.people.read";
        Read GetPerson => PersonWithPosts, "get_person.v1", GET "/api/v1/people/{id}", needs "identity.people.read";
        Write CreatePerson => Person, "create_person.v1", POST "/api/v1/people", needs "identity.people.change";
        Write ChangePerson => Person, "change_person.v1", PATCH "/api/v1/people/{id}", needs "identity.people.change";
        Write DisablePerson => Person, "disable_person.v1", POST "/api/v1/people/{id}/disable",
            needs "identity.people.change", step_up;
        Write EnablePerson => Person, "enable_person.v1", POST "/api/v1/people/{id}/enable",
            needs "identity.people.change", step_up;

        Read ListRoles => Roles, "list_roles.v1", GET "/api/v1/roles", signed_in;
        Read ListRoleVersions => RoleVersions, "list_role_versions.v1", GET "/api/v1/role-versions",
            needs "identity.people.change";
        Write SaveRoleVersion => RoleVersion, "save_role_version.v1", POST "/api/v1/role-versions",
            needs "identity.roles.change", step_up;
        Read ListPositions => Page<Position>, "list_positions.v1", GET "/api/v1/positions",
            needs "identity.people.read";
        Read GetPosition => Position, "get_position.v1", GET "/api/v1/positions/{id}", needs "identity.people.read";
        Write CreatePosition => Position, "create_position.v1", POST "/api/v1/positions",
            needs "identity.people.change", step_up;
        Write ChangeDirectHead => Position, "change_direct_head.v1", POST "/api/v1/positions/{id}/direct-head",
            needs "identity.people.change";
        Write EndPosition => Position, "end_position.v1", POST "/api/v1/positions/{id}/end",
            needs "identity.people.change", step_up;

        Read ListAppointments => Page<Appointment>, "list_appointments.v1", GET "/api/v1/appointments",
            needs "identity.people.read";
        Write CreateAppointment => Appointment, "create_appointment.v1", POST "/api/v1/appointments",
            needs "identity.people.change", step_up;
        Write EndAppointment => Appointment, "end_appointment.v1", POST "/api/v1/appointments/{id}/end",
            needs "identity.people.change", step_up;

        Read ListDelegations => Page<Delegation>, "list_delegations.v1", GET "/api/v1/delegations",
            needs "identity.people.read";
        Write CreateDelegation => Delegation, "create_delegation.v1", POST "/api/v1/delegations", signed_in, step_up;
        Write RevokeDelegation => Delegation, "revoke_delegation.v1", POST "/api/v1/delegations/{id}/revoke", signed_in;
        Read GetAuthorityHistory => AuthorityHistory, "get_authority_history.v1", GET "/api/v1/authority-history",
            needs "identity.people.read";
        Read ListAbsences => Page<Absence>, "list_absences.v1", GET "/api/v1/absences", needs "identity.people.read";
        Write CreateAbsence => Absence, "create_absence.v1", POST "/api/v1/absences", signed_in;
        Write EndAbsence => Absence, "end_absence.v1", POST "/api/v1/absences/{id}/end", signed_in;
        Read ListHandovers => Page<Handover>, "list_handovers.v1", GET "/api/v1/handovers",
            needs "identity.people.read";
        Read GetHandover => HandoverRecord, "get_handover.v1", GET "/api/v1/handovers/{id}", signed_in;
        Write CreateHandover => HandoverRecord, "create_handover.v1", POST "/api/v1/handovers", signed_in;
        Write SignHandover => Handover, "sign_handover.v1", POST "/api/v1/handovers/{id}/sign", signed_in, step_up;

        Write BeginDirectoryImport => DirectoryImport, "begin_directory_import.v1", POST "/api/v1/directory-imports",
            needs "identity.people.change";
        Write MapDirectoryImport => DirectoryImport, "map_directory_import.v1",
            PUT "/api/v1/directory-imports/{id}/columns", needs "identity.people.change";
        Read ListDirectoryImports => Page<DirectoryImport>, "list_directory_imports.v1",
            GET "/api/v1/directory-imports", needs "identity.people.change";
        Read GetDirectoryImport => DirectoryImport, "get_directory_import.v1", GET "/api/v1/directory-imports/{id}",
            needs "identity.people.change";
        Read ListDirectoryImportRows => Page<DirectoryImportRow>, "list_directory_import_rows.v1",
            GET "/api/v1/directory-imports/{id}/rows", needs "identity.people.change";
        Read CheckDirectoryImport => DirectoryCheck, "check_directory_import.v1",
            GET "/api/v1/directory-imports/{id}/check", needs "identity.people.change";
        Write ApplyDirectoryImport => DirectoryImport, "apply_directory_import.v1",
            POST "/api/v1/directory-imports/{id}/apply", needs "identity.people.change";
        Write UndoDirectoryImport => DirectoryImport, "undo_directory_import.v1",
            POST "/api/v1/directory-imports/{id}/undo", needs "identity.people.change";

        Read ListPartyOrganisations => Page<PartyOrganisation>, "list_party_organisations.v1",
            GET "/api/v1/party-organisations", needs "identity.party.read";
        Read GetPartyOrganisation => PartyOrganisationPlace, "get_party_organisation.v1",
            GET "/api/v1/party-organisations/{id}", needs "identity.party.read";
        Read GetPartyOrganisationHistory => PartyOrganisationHistory, "get_party_organisation_history.v1",
            GET "/api/v1/party-organisations/{id}/history", needs "identity.party.read";
        Write CreatePartyOrganisation => PartyOrganisation, "create_party_organisation.v1",
            POST "/api/v1/party-organisations", needs "identity.party.keep";
        Write ChangePartyOrganisation => PartyOrganisation, "change_party_organisation.v1",
            PATCH "/api/v1/party-organisations/{id}", needs "identity.party.keep";
        Write EndPartyOrganisation => PartyOrganisation, "end_party_organisation.v1",
            POST "/api/v1/party-organisations/{id}/end", needs "identity.party.keep";
        Write MergePartyOrganisations => PartyOrganisation, "merge_party_organisations.v1",
            POST "/api/v1/party-organisations/{id}/merge", needs "identity.party.keep";
        Write SplitPartyOrganisation => PartyOrganisation, "split_party_organisation.v1",
            POST "/api/v1/party-organisations/{id}/split", needs "identity.party.keep";

        Read ListPartyMembers => Page<PartyRollEntry>, "list_party_members.v1", GET "/api/v1/party-members",
            needs "identity.party.read";
        Read GetPartyMember => PartyMemberRecord, "get_party_member.v1", GET "/api/v1/party-members/{id}",
            needs "identity.party.read";
        Write CreatePartyMember => PartyMember, "create_party_member.v1", POST "/api/v1/party-members",
            needs "identity.party.keep";
        Write ChangePartyMember => PartyMember, "change_party_member.v1", PATCH "/api/v1/party-members/{id}",
            needs "identity.party.keep";
        Write TransferPartyMember => PartyMember, "transfer_party_member.v1",
            POST "/api/v1/party-members/{id}/transfer", needs "identity.party.keep";
        Write IntroducePartyMember => PartyMember, "introduce_party_member.v1",
            POST "/api/v1/party-members/{id}/introduction", needs "identity.party.keep";
        Write EndPartyMember => PartyMember, "end_party_member.v1", POST "/api/v1/party-members/{id}/end",
            needs "identity.party.keep";
        Read ListPartyIntroductions => Page<PartyNewcomer>, "list_party_introductions.v1",
            GET "/api/v1/party-introductions", needs "identity.party.keep";

        Read ListPartyCommittees => Page<PartyCommittee>, "list_party_committees.v1", GET "/api/v1/party-committees",
            needs "identity.party.read";
        Read GetPartyCommittee => PartyCommitteeRecord, "get_party_committee.v1", GET "/api/v1/party-committees/{id}",
            needs "identity.party.read";
        Write CreatePartyCommittee => PartyCommittee, "create_party_committee.v1", POST "/api/v1/party-committees",
            needs "identity.party.keep";
        Write EndPartyCommittee => PartyCommittee, "end_party_committee.v1", POST "/api/v1/party-committees/{id}/end",
            needs "identity.party.keep";
        Write SeatPartyMember => PartySeat, "seat_party_member.v1", POST "/api/v1/party-committees/{id}/seats",
            needs "identity.party.keep";
        Write EndPartySeat => PartySeat, "end_party_seat.v1", POST "/api/v1/party-seats/{id}/end",
            needs "identity.party.keep";

        Read ListAccounts => Page<Account>, "list_accounts.v1", GET "/api/v1/accounts",
            needs "identity.accounts.manage";
        Write OpenAccount => Account, "open_account.v1", POST "/api/v1/accounts",
            needs "identity.accounts.manage", step_up;
        Write DisableAccount => Account, "disable_account.v1", POST "/api/v1/accounts/{id}/disable",
            needs "identity.accounts.manage", step_up;
        Write EnableAccount => Account, "enable_account.v1", POST "/api/v1/accounts/{id}/enable",
            needs "identity.accounts.manage", step_up;
        Write EndAccountSessions => SignedOut, "end_account_sessions.v1", POST "/api/v1/accounts/{id}/end-sessions",
            needs "identity.accounts.manage", step_up;
        Write IssueEnrolment => Enrolment, "issue_enrolment.v1", POST "/api/v1/accounts/{id}/enrolments",
            needs "identity.accounts.manage", not_stored, step_up;
        Write Enrol => Enrolled, "enrol.v1", POST "/api/v1/enrolments", open, not_stored;
        Write Bootstrap => Bootstrapped, "bootstrap.v1", BUS, services, not_stored;

        Write SignIn => Tokens, "sign_in.v1", POST "/api/v1/sign-in", open, not_stored;
        Write RefreshTokens => Tokens, "refresh_tokens.v1", POST "/api/v1/token-refreshes", open, not_stored;
        Write SignOut => SignedOut, "sign_out.v1", POST "/api/v1/sign-out", signed_in;
        Write SignOutEverywhere => SignedOut, "sign_out_everywhere.v1", POST "/api/v1/sign-out-everywhere", signed_in;
        Write ChangeOwnPassword => PasswordChanged, "change_own_password.v1", POST "/api/v1/own-password", signed_in,
            not_stored, step_up;
        Write OpenPortalSession => PortalSession, "open_portal_session.v1", BUS, signed_in, not_stored;
        Read ExchangeSession => SessionToken, "exchange_session.v1", BUS, open;
        Read GetMe => Me, "get_me.v1", GET "/api/v1/me", signed_in;
        Read GetMyPreferences => MyPreferences, "get_my_preferences.v1", GET "/api/v1/my-preferences", signed_in;
        Write SetMyPreferences => MyPreferences, "set_my_preferences.v1", PUT "/api/v1/my-preferences", signed_in;

        Write SignInSecondFactor => Tokens, "sign_in_second_factor.v1", POST "/api/v1/sign-in/second-factor", open,
            not_stored;
        Read ListMySessions => MySessions, "list_my_sessions.v1", GET "/api/v1/my-sessions", signed_in;
        Write NameMySession => MySessions, "name_my_session.v1", POST "/api/v1/my-sessions/{id}/name", signed_in;
        Write EndMySession => SignedOut, "end_my_session.v1", POST "/api/v1/my-sessions/{id}/end", signed_in;
        Write EndMyOtherSessions => SignedOut, "end_my_other_sessions.v1", POST "/api/v1/my-sessions/end-others",
            signed_in;
        Write StepUp => SteppedUp, "step_up.v1", POST "/api/v1/step-up", signed_in, not_stored;
        Write BeginPasskeyStepUp => PasskeyChallenge, "begin_passkey_step_up.v1", POST "/api/v1/step-up/challenges",
            signed_in, not_stored;
        Read GetMyFactors => MyFactors, "get_my_factors.v1", GET "/api/v1/my-factors", signed_in;
        Write BeginTotp => TotpBegun, "begin_totp.v1", POST "/api/v1/my-factors/totp", signed_in, not_stored, step_up;
        Write ConfirmTotp => FactorAdded, "confirm_totp.v1", POST "/api/v1/my-factors/totp/confirm", signed_in,
            not_stored, step_up;
        Write RemoveTotp => FactorRemoved, "remove_totp.v1", POST "/api/v1/my-factors/totp/remove", signed_in, step_up;
        Write RenewRecoveryCodes => RecoveryCodes, "renew_recovery_codes.v1", POST "/api/v1/my-factors/recovery-codes",
            signed_in, not_stored, step_up;
        Write BeginPasskey => PasskeyChallenge, "begin_passkey.v1", POST "/api/v1/my-factors/passkeys/challenges",
            signed_in, not_stored, step_up;
        Write AddPasskey => FactorAdded, "add_passkey.v1", POST "/api/v1/my-factors/passkeys", signed_in, not_stored,
            step_up;
        Write RemovePasskey => FactorRemoved, "remove_passkey.v1", POST "/api/v1/my-factors/passkeys/{id}/remove",
            signed_in, step_up;
        Read ListRecoveries => Recoveries, "list_recoveries.v1", GET "/api/v1/recoveries",
            needs "identity.accounts.manage";
        Write RequestRecovery => Recovery, "request_recovery.v1", POST "/api/v1/recoveries",
            needs "identity.accounts.manage", step_up;
        Write ConfirmRecovery => Enrolment, "confirm_recovery.v1", POST "/api/v1/recoveries/{id}/confirm",
            needs "identity.accounts.manage", not_stored, step_up;
        Write RefuseRecovery => Recovery, "refuse_recovery.v1", POST "/api/v1/recoveries/{id}/refuse",
            needs "identity.accounts.manage";

        Read GetAuthority => wire::Authority, "get_authority.v1", BUS, services;
        Read GetKeys => Keys, "get_keys.v1", GET "/api/v1/keys", open;
    }
    events {
        OfficeChanged, "office_changed.v1", aggregate office.id, office office.id;
        OfficeClosureChanged, "office_closure_changed.v1", aggregate closure.id, office closure.office;
        UnitChanged, "unit_changed.v1", aggregate unit.id, office unit.office;
        PersonChanged, "person_changed.v1", aggregate person.id, office person.office;
        PositionChanged, "position_changed.v1", aggregate position.id, office position.office;
        AppointmentChanged, "appointment_changed.v1", aggregate appointment.id, office appointment.office;
        DelegationChanged, "delegation_changed.v1", aggregate delegation.id, office delegation.office;
        AbsenceChanged, "absence_changed.v1", aggregate absence.id, office absence.office;
        PartyOrganisationChanged, "party_organisation_changed.v1", aggregate organisation.id,
            office organisation.office;
        PartyMemberChanged, "party_member_changed.v1", aggregate member.id, office member.office;
        PartyCommitteeChanged, "party_committee_changed.v1", aggregate committee.id, office committee.office;
    }
}
