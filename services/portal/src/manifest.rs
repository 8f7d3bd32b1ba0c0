//! What the portal asks of whom. Its user on the broker may say this and nothing else.

use schema_documents as documents;
use schema_identity as identity;
use schema_notices as notices;
use schema_programme as programme;
use schema_search as search;
use wire::{Call, GetHealth, GetSettings, ListAudit, StandardCall, VerifyAudit};

mod dossiers;

/// The name under which the portal speaks on the bus.
pub const NAME: &str = "portal";

/// Every call that the portal makes, as service and name.
#[must_use]
pub fn calls() -> Vec<(&'static str, &'static str)> {
    let areas = [
        shared(),
        outgoing(),
        desk_books(),
        own_account(),
        calendar(),
        administration(),
        handed_in(),
        papers(),
        dossiers::calls(),
        watching(),
    ];
    let mut all = areas.concat();
    all.sort_unstable();
    all.dedup();
    all
}

fn row<C: Call>() -> (&'static str, &'static str) {
    (C::SERVICE, C::NAME)
}

/// The desk, the post, registers and work.
fn shared() -> Vec<(&'static str, &'static str)> {
    vec![
        row::<identity::SignIn>(),
        row::<identity::SignOut>(),
        row::<identity::OpenPortalSession>(),
        row::<identity::ExchangeSession>(),
        row::<identity::GetMe>(),
        row::<identity::FindUnits>(),
        row::<identity::ListPeople>(),
        row::<search::Search>(),
        row::<search::EarlierCases>(),
        row::<documents::ListIncoming>(),
        row::<documents::GetIncoming>(),
        row::<documents::RegisterIncoming>(),
        row::<documents::DisposeIncoming>(),
        row::<documents::VoidIncoming>(),
        row::<documents::ListIncomingHistory>(),
        row::<documents::ListPassages>(),
        row::<documents::ListReadMarks>(),
        row::<documents::MarkIncomingRead>(),
        row::<documents::ListRegisters>(),
        row::<documents::GetRegister>(),
        row::<documents::ListRegisterEntries>(),
        row::<programme::Assign>(),
        row::<programme::ListMyAssignments>(),
        row::<programme::ListDueAssignments>(),
        row::<programme::GetAssignment>(),
        row::<programme::ListAssignmentHistory>(),
        row::<programme::AcceptAssignment>(),
        row::<programme::ReportProgress>(),
        row::<programme::CompleteAssignment>(),
        row::<programme::AskExtension>(),
        row::<programme::DecideExtension>(),
        row::<programme::ReturnAssignment>(),
        row::<programme::CloseAssignment>(),
        row::<programme::RemindAssignment>(),
        row::<programme::ListCalendarWeek>(),
        row::<documents::AttachIncomingFile>(),
        row::<documents::BringInIntake>(),
        row::<documents::ListIntakeBatches>(),
        row::<documents::GetIntakeBatch>(),
        row::<documents::ListIntake>(),
        row::<documents::GetIntakeOpen>(),
        row::<documents::GetIntake>(),
        row::<documents::GetIntakeProposal>(),
        row::<documents::MarkIntakeOfficial>(),
        row::<documents::MarkIntakeCitizenLetter>(),
        row::<documents::SetIntakeAside>(),
        row::<documents::DiscardIntake>(),
        row::<documents::CollectMail>(),
        row::<documents::GetMailState>(),
        row::<documents::ListMail>(),
        row::<documents::GetMail>(),
        row::<documents::AnswerMail>(),
    ]
}

/// What the pages of the administrator and the directory ask.
fn administration() -> Vec<(&'static str, &'static str)> {
    vec![
        row::<identity::ListOffices>(),
        row::<identity::GetOffice>(),
        row::<identity::GetOfficeHistory>(),
        row::<identity::GetOfficeSuccessors>(),
        row::<identity::ChangeOffice>(),
        row::<identity::EndOffice>(),
        row::<identity::MergeOffices>(),
        row::<identity::GetUnit>(),
        row::<identity::GetUnitHistory>(),
        row::<identity::GetUnitActs>(),
        row::<identity::GetUnitSuccessors>(),
        row::<identity::CreateUnit>(),
        row::<identity::ChangeUnit>(),
        row::<identity::EndUnit>(),
        row::<identity::MergeUnits>(),
        row::<identity::SplitUnit>(),
        row::<identity::ListFormerUnits>(),
        row::<identity::GetOfficeProfile>(),
        row::<identity::ListOfficeProfileVersions>(),
        row::<identity::SetOfficeProfile>(),
        row::<identity::SetOfficeEmblem>(),
        row::<identity::GetOfficeEmblem>(),
        row::<identity::GetWorkingYear>(),
        row::<identity::RecordOfficeClosure>(),
        row::<identity::CancelOfficeClosure>(),
        row::<identity::GetPerson>(),
        row::<identity::CreatePerson>(),
        row::<identity::ChangePerson>(),
        row::<identity::DisablePerson>(),
        row::<identity::EnablePerson>(),
        row::<identity::ListRoles>(),
        row::<identity::ListRoleVersions>(),
        row::<identity::SaveRoleVersion>(),
        row::<identity::ListPositions>(),
        row::<identity::GetPosition>(),
        row::<identity::CreatePosition>(),
        row::<identity::ChangeDirectHead>(),
        row::<identity::EndPosition>(),
        row::<identity::ListAppointments>(),
        row::<identity::CreateAppointment>(),
        row::<identity::EndAppointment>(),
        row::<identity::ListAccounts>(),
        row::<identity::OpenAccount>(),
        row::<identity::DisableAccount>(),
        row::<identity::EnableAccount>(),
        row::<identity::EndAccountSessions>(),
        row::<identity::IssueEnrolment>(),
        row::<documents::OpenRegister>(),
        row::<documents::CloseRegister>(),
        row::<documents::ListNumberBlocks>(),
        row::<documents::ReserveNumbers>(),
        row::<documents::VoidReservedNumbers>(),
        row::<documents::ListOpeningActs>(),
        row::<documents::RecordIssuingBody>(),
        row::<documents::EndIssuingBody>(),
        row::<documents::ListIssuingBodies>(),
    ]
}

/// Outgoing documents, proposals and instructions, the specialist's work.
fn outgoing() -> Vec<(&'static str, &'static str)> {
    vec![
        row::<documents::ListGenres>(),
        row::<documents::ListIssuingBodies>(),
        row::<documents::ListOutgoing>(),
        row::<documents::GetOutgoing>(),
        row::<documents::DraftOutgoing>(),
        row::<documents::AddDraft>(),
        row::<documents::ListDrafts>(),
        row::<documents::GetDraft>(),
        row::<documents::CheckDraft>(),
        row::<documents::SetRecipients>(),
        row::<documents::IssueOutgoing>(),
        row::<documents::VoidOutgoing>(),
        row::<documents::GetExecution>(),
        row::<documents::ListToSign>(),
        row::<documents::ListToSeal>(),
        row::<documents::SignOutgoing>(),
        row::<documents::SealOutgoing>(),
        row::<documents::LayOutAgain>(),
        row::<documents::FinishByHand>(),
        row::<documents::GetOwnCertificate>(),
        row::<documents::ImportDraft>(),
        row::<documents::SavePaperTemplate>(),
        row::<documents::ListPaperTemplates>(),
        row::<documents::TryPaperTemplate>(),
        row::<documents::DraftRelated>(),
        row::<documents::ListRelations>(),
        row::<documents::ListIncomingRelations>(),
        row::<documents::AskReviews>(),
        row::<documents::ListReviews>(),
        row::<documents::ListMyReviews>(),
        row::<documents::AnswerReview>(),
        row::<documents::ApproveOutgoing>(),
        row::<documents::SettleReview>(),
        row::<documents::TakeReviewBack>(),
        row::<documents::DispatchOutgoing>(),
        row::<documents::ListDispatches>(),
        row::<documents::ListDeliveries>(),
        row::<documents::RecallDispatch>(),
        row::<documents::ListArrivals>(),
        row::<documents::OpenArrival>(),
        row::<documents::ReceiveArrival>(),
        row::<documents::ReturnArrival>(),
        row::<documents::ListOutgoingHistory>(),
        row::<documents::ProposeDisposition>(),
        row::<documents::ListIncomingProposals>(),
        row::<documents::ReturnProposal>(),
        row::<documents::ListWaitingProposals>(),
        row::<documents::ListUnconfirmedInstructions>(),
        row::<documents::InstructIncoming>(),
        row::<documents::ListInstructions>(),
        row::<documents::ConfirmInstruction>(),
        row::<documents::ObjectToInstruction>(),
        row::<documents::SaveRoutingTemplate>(),
        row::<documents::ListRoutingTemplates>(),
        row::<documents::DropRoutingTemplate>(),
        row::<documents::PassIncoming>(),
        row::<documents::ReturnIncoming>(),
        row::<programme::ListAssignments>(),
        row::<identity::ListPositions>(),
        row::<identity::ListAppointments>(),
        row::<identity::ListRoles>(),
    ]
}

/// Books of the clerk's desk, and what is limited or secret.
fn desk_books() -> Vec<(&'static str, &'static str)> {
    vec![
        row::<documents::RecordSealImprint>(),
        row::<documents::ListSealImprints>(),
        row::<documents::HandOverPapers>(),
        row::<documents::ListPaperHandovers>(),
        row::<documents::LimitCirculation>(),
        row::<documents::RecordPosting>(),
        row::<documents::ListPostings>(),
        row::<documents::RecordProtection>(),
        row::<documents::ListHandlingTerms>(),
        row::<documents::SetHandlingTerm>(),
        row::<documents::TryHandlingTerm>(),
        row::<documents::ListProtections>(),
        row::<documents::GiveBackIncoming>(),
        row::<documents::ListCirculations>(),
    ]
}

/// One's own account: sign-in, security, deputies, hand-overs, imports of the directory.
fn own_account() -> Vec<(&'static str, &'static str)> {
    vec![
        row::<identity::SignInSecondFactor>(),
        row::<identity::Enrol>(),
        row::<identity::StepUp>(),
        row::<identity::BeginPasskeyStepUp>(),
        row::<identity::GetMyFactors>(),
        row::<identity::BeginTotp>(),
        row::<identity::ConfirmTotp>(),
        row::<identity::RemoveTotp>(),
        row::<identity::RenewRecoveryCodes>(),
        row::<identity::BeginPasskey>(),
        row::<identity::AddPasskey>(),
        row::<identity::RemovePasskey>(),
        row::<identity::ChangeOwnPassword>(),
        row::<identity::SetMyPreferences>(),
        row::<identity::SignOutEverywhere>(),
        row::<identity::ListMySessions>(),
        row::<identity::NameMySession>(),
        row::<identity::EndMySession>(),
        row::<identity::EndMyOtherSessions>(),
        row::<identity::ListDelegations>(),
        row::<identity::CreateDelegation>(),
        row::<identity::RevokeDelegation>(),
        row::<identity::ListAbsences>(),
        row::<identity::CreateAbsence>(),
        row::<identity::EndAbsence>(),
        row::<identity::ListHandovers>(),
        row::<identity::GetHandover>(),
        row::<identity::CreateHandover>(),
        row::<identity::SignHandover>(),
        row::<identity::ListAppointments>(),
        row::<identity::ListPositions>(),
        row::<identity::ListDirectoryImports>(),
        row::<identity::GetDirectoryImport>(),
        row::<identity::CheckDirectoryImport>(),
        row::<identity::ListDirectoryImportRows>(),
        row::<identity::ApplyDirectoryImport>(),
        row::<identity::UndoDirectoryImport>(),
    ]
}

/// Calendar, notices, the head's own unit, search.
fn calendar() -> Vec<(&'static str, &'static str)> {
    vec![
        row::<programme::GetCalendarWeek>(),
        row::<programme::GetCalendarEntry>(),
        row::<programme::ProposeCalendarEntry>(),
        row::<programme::ApproveCalendarEntry>(),
        row::<programme::ReturnCalendarEntry>(),
        row::<programme::CancelCalendarEntry>(),
        row::<programme::ApproveCalendarWeek>(),
        row::<programme::ListCalendarResources>(),
        row::<notices::ListNotices>(),
        row::<notices::MarkNoticeRead>(),
        row::<notices::MarkNoticesRead>(),
        row::<identity::ListPositions>(),
        row::<identity::ListAppointments>(),
        row::<identity::ListAbsences>(),
        row::<identity::ListDelegations>(),
    ]
}

/// What comes as a file through an ordinary form, and the recovery of accounts.
fn handed_in() -> Vec<(&'static str, &'static str)> {
    vec![
        row::<documents::TranscribeInstruction>(),
        row::<documents::DetachIncomingFile>(),
        row::<documents::AttachOutgoingFile>(),
        row::<documents::AttachIssuedOutgoingFile>(),
        row::<documents::DetachOutgoingFile>(),
        row::<identity::BeginDirectoryImport>(),
        row::<identity::MapDirectoryImport>(),
        row::<documents::DraftOpeningAct>(),
        row::<documents::GetOpeningAct>(),
        row::<documents::SetOpeningPapers>(),
        row::<documents::CheckOpeningAct>(),
        row::<documents::ApplyOpeningAct>(),
        row::<documents::UndoOpeningAct>(),
        row::<documents::BringOldRegister>(),
        row::<documents::ListOldRegisters>(),
        row::<documents::GetOldRegister>(),
        row::<documents::MapOldRegister>(),
        row::<documents::CheckOldRegister>(),
        row::<documents::EnterOldRegister>(),
        row::<documents::ListOldPapers>(),
        row::<identity::RequestRecovery>(),
        row::<identity::ListRecoveries>(),
        row::<identity::ConfirmRecovery>(),
        row::<identity::RefuseRecovery>(),
    ]
}

/// The services that answer about themselves.
pub(crate) const SERVICES: [&str; 5] = ["documents", "forms", "identity", "notices", "programme"];

/// What every service answers about itself, of each of them.
fn watching() -> Vec<(&'static str, &'static str)> {
    let names = [ListAudit::NAME, VerifyAudit::NAME, GetHealth::NAME, GetSettings::NAME];
    SERVICES.into_iter().flat_map(|service| names.map(|name| (service, name))).collect()
}

/// What came back.
fn papers() -> Vec<(&'static str, &'static str)> {
    vec![row::<documents::ListSentBack>(), row::<documents::GetIncomingSignatures>()]
}

/// The services whose hints it hears: open pages change when something changes there.
#[must_use]
pub fn heard() -> [&'static str; 3] {
    [documents::ListIncoming::SERVICE, programme::ListMyAssignments::SERVICE, notices::ListNotices::SERVICE]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a page asks and the manifest does not name would be refused by the broker, and by it alone.
    #[test]
    fn every_call_that_a_screen_makes_is_named() {
        let files = crate::sources::under(&["src"]).into_iter().filter(|(name, _)| name != "manifest.rs");
        let sources: String = files.map(|(_, text)| text).collect();
        let contracts = [identity::contract(), documents::contract(), programme::contract(), notices::contract()];
        let named: std::collections::BTreeSet<&str> = calls().into_iter().map(|(_, name)| name).collect();
        for row in contracts.iter().flat_map(|contract| &contract.calls) {
            let (verb, _) = row.name.rsplit_once(".v").unwrap();
            let of_type: String = verb.split('_').map(|word| word[..1].to_uppercase() + &word[1..]).collect();
            let made = sources.contains(&format!("{of_type} {{"));
            assert_eq!(made, named.contains(row.name.as_str()), "{}: made {made}", row.name);
        }
    }
}
