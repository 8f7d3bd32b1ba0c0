//! The log of acts (nhật ký) as readers see it: who did what to which noun, never a value; and whether the log holds.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Cursor, Day, Instant,
    id::{DelegationId, OfficeId, PersonId, PositionId},
};

/// Acts of one service, newest first, in the offices whose log the caller may read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListAudit {
    /// Only those in this office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<OfficeId>,
    /// The first day; thirty days before the last one when absent. At most 92 days are looked through at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// The last day; today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// Only what this person did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// Only what was done to nouns of this kind, such as `incoming`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noun: Option<String>,
    /// Only what was done to this noun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// Only this act, as rows name it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<String>,
    /// How many at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where the page before ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

/// One act. What its fields were set to is never told: the log keeps salted hashes of values alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AuditRow {
    /// When.
    pub at: Instant,
    /// What: the service and the call, job or reaction in which it was done, such as `documents.register_incoming.v1`.
    pub act: String,
    /// The person who did it; absent when nobody was signed in, or a service acted by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// The service that did it by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// The position through which it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<PositionId>,
    /// For whom it was done, by which delegation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<AuditPrincipal>,
    /// The office whose noun it was.
    pub office: OfficeId,
    /// The kind of the noun.
    pub noun: String,
    /// Which one.
    pub id: Uuid,
    /// The names of the fields that the act gave a value.
    pub fields: Vec<String>,
    /// Whether it has its place in the signed log; it gets one within seconds.
    pub sealed: bool,
    /// Where the list goes on behind this act, for whoever joins the lists of several services.
    pub behind: Cursor,
}

/// Whose powers an act used (người ủy quyền).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AuditPrincipal {
    /// The holder of the position, when it had one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// The position.
    pub position: PositionId,
    /// The delegation that lent them.
    pub delegation: DelegationId,
}

/// Checks the whole log of one service: every record against its leaf and place, every checkpoint against the tree and
/// its signature. It is asked again while it says `checking`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct VerifyAudit {
    /// Only a check that began at or after this moment counts; without it, whichever there was last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Instant>,
}

/// How far a check of a log is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AuditState {
    /// It is at work.
    Checking,
    /// Every record is in the tree that the last checkpoint signs.
    Sound,
    /// The log does not hold: `broken` says how.
    Broken,
    /// The log could not be read; nothing is proven either way.
    Unread,
}

/// The first thing that does not hold in a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AuditBreach {
    /// A record differs from what was sealed.
    RecordChanged,
    /// A record is missing, or two claim one place.
    PlaceMissing,
    /// A checkpoint's root is not that of the records it covers.
    RootDiffers,
    /// Checkpoints were taken away.
    Unsigned,
    /// A checkpoint's signature does not hold.
    SignatureBad,
    /// The log was cut, or an old copy put back.
    Truncated,
}

/// What a check of a log found. How long the log is, and where in it something is, is told only to whoever administers
/// every office in which people act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AuditProof {
    /// How far it is.
    pub state: AuditState,
    /// When the check began.
    pub begun: Instant,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Instant>,
    /// What does not hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub broken: Option<AuditBreach>,
    /// The first record in question, from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<u64>,
    /// How many records the checkpoints cover.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub records: Option<u64>,
    /// When the last checkpoint was signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checkpoint: Option<Instant>,
    /// The root that it signs, base64: what a copy kept elsewhere is compared with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root: Option<String>,
}
