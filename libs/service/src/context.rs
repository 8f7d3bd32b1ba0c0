//! What a handler gets: `Read` for looking, `Write` for changing. A `Read` may ask other services; a `Write` cannot, so
//! that no round trip ever happens inside a transaction.

use std::{any::Any, sync::Arc, time::Duration};

use auth::{Caller, Deed, PersonCaller, PublicKey, Scope, SealingKey, Signer};
use sea_orm::{DatabaseConnection, DatabaseTransaction};
use serde::Serialize;
use wire::{
    Authority, Call, Event, Fault, Grant, Instant, Kind, Meta, Need, Ticket, Version,
    id::{Id, OfficeId},
};

use crate::{Audit, Job, Result, caller::service_meta, running::Shared};

/// The largest event, in bytes: one must fit into a message with its envelope.
const EVENT_LIMIT: usize = wire::MESSAGE_LIMIT / 2;

/// How long another service is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// What is the same for every handler of one request.
pub(crate) struct Frame {
    pub(crate) shared: Arc<Shared>,
    pub(crate) subject: String,
    pub(crate) now: Instant,
    pub(crate) caller: Caller,
    pub(crate) authority: Option<Arc<Authority>>,
    pub(crate) scope: Scope,
    pub(crate) meta: Meta,
    /// Whether this is a noun of a snapshot that is read because the publisher began a new epoch.
    pub(crate) reconciling: bool,
}

/// What a looking handler may use.
#[derive(Clone)]
pub struct Read {
    /// The moment of the request; the only time a handler knows.
    pub now: Instant,
    pub(crate) frame: Arc<Frame>,
}

/// What a changing handler may use: one open transaction, which the chassis began and will commit.
#[derive(Clone)]
pub struct Write {
    /// The moment of the request; the only time a handler knows.
    pub now: Instant,
    pub(crate) frame: Arc<Frame>,
    pub(crate) tx: Arc<DatabaseTransaction>,
}

/// A file that an upload ticket gave to this service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// SHA-256 of the content, hex.
    pub sha256: String,
    /// Size in bytes.
    pub size: u64,
    /// The media type found by looking at the content.
    pub media_type: String,
    /// The name it was given.
    pub name: String,
}

macro_rules! what_both_know {
    ($context:ident) => {
        impl $context {
            /// Who asks.
            #[must_use]
            pub fn caller(&self) -> &Caller {
                &self.frame.caller
            }

            /// The signed-in person who asks.
            ///
            /// # Errors
            /// Unauthenticated when it is not a person.
            pub fn person(&self) -> Result<&PersonCaller> {
                Ok(self.frame.caller.person().ok_or_else(unauthenticated)?)
            }

            /// What the person who asks may do.
            ///
            /// # Errors
            /// Unauthenticated when it is not a person.
            pub fn authority(&self) -> Result<&Authority> {
                Ok(self.frame.authority.as_deref().ok_or_else(unauthenticated)?)
            }

            /// The offices in which the caller holds this call's permission.
            #[must_use]
            pub fn scope(&self) -> &Scope {
                &self.frame.scope
            }

            /// That scope cut down to one office.
            ///
            /// # Errors
            /// Missing when the office is outside: missing and outside scope look the same.
            pub fn office(&self, office: OfficeId) -> Result<Scope> {
                Ok(self.frame.scope.narrow(office)?)
            }

            /// The same where something new begins, such as a number, a register or a piece of work. What is open in an
            /// office that has ended is finished by its successor; what is new belongs to the successor's own office.
            ///
            /// # Errors
            /// As [`Self::office`]; `wire.office_ended` when the caller reaches it only as its successor.
            pub fn office_for_new(&self, office: OfficeId) -> Result<Scope> {
                let scope = self.office(office)?;
                self.frame.begins(office)?;
                Ok(scope)
            }

            /// The grant through which the caller does this: their own before one that is lent to them.
            ///
            /// # Errors
            /// `wire.bounded` when the deed is, or may be, beyond what was lent.
            pub fn acting(&self, deed: &Deed) -> Result<Option<&Grant>> {
                self.frame.acting(deed)
            }

            /// This service's section of the settings; its defaults when the process gave none.
            #[must_use]
            pub fn settings<S: Any + Default + Send + Sync>(&self) -> Arc<S> {
                self.frame.shared.settings::<S>()
            }

            /// The client's network address as the gateway saw it.
            #[must_use]
            pub fn network(&self) -> Option<&str> {
                self.frame.meta.network.as_deref()
            }

            /// The key that signs for identity's issuer; in every other service, the service's own.
            #[must_use]
            pub fn signer(&self) -> &Signer {
                self.frame.shared.issuing.first().unwrap_or(&self.frame.shared.signer)
            }

            /// The key for secrets that rest in this service's database.
            ///
            /// # Errors
            /// In a service that did not ask for one; identity has it always.
            pub fn sealing(&self) -> Result<&SealingKey> {
                self.frame.shared.sealing.as_ref().ok_or_else(|| anyhow::anyhow!("this service has no sealing key"))
            }

            /// Every key of identity's issuer whose signatures may still be good, newest first.
            #[must_use]
            pub fn signing_keys(&self) -> Vec<PublicKey> {
                self.frame.shared.issuing.iter().map(Signer::public).collect()
            }
        }
    };
}

what_both_know!(Read);
what_both_know!(Write);

impl Read {
    /// The database, for looking only.
    #[must_use]
    pub fn db(&self) -> &DatabaseConnection {
        self.frame.shared.db.reader()
    }

    /// The files of the installation.
    #[must_use]
    pub fn blobs(&self) -> &blob::Store {
        &self.frame.shared.platform.blobs
    }

    /// Asks another service on behalf of the caller.
    ///
    /// # Errors
    /// The other service's fault, or one of the bus.
    pub async fn ask<C: Call>(&self, call: &C) -> Result<C::Reply> {
        let meta = Meta { token: self.frame.meta.token.clone(), trace: runtime::trace::current(), ..Meta::default() };
        self.send(meta, call).await
    }

    /// Asks another service in this service's own name.
    ///
    /// # Errors
    /// As [`Read::ask`].
    pub async fn ask_as_service<C: Call>(&self, call: &C) -> Result<C::Reply> {
        let meta = service_meta(&self.frame.shared.signer, self.frame.shared.platform.clock.now());
        self.send(Meta { trace: runtime::trace::current(), ..meta }, call).await
    }

    async fn send<C: Call>(&self, meta: Meta, call: &C) -> Result<C::Reply> {
        self.frame.shared.must_declare::<C>()?;
        Ok(self.frame.shared.platform.bus.ask(&meta, call, PATIENCE).await?)
    }

    /// Takes over a staged upload: the file moves into this service's area for the office. For `prepare` only, since a
    /// file comes before the row that names it.
    ///
    /// # Errors
    /// Invalid when the ticket is not good, is another's, or was given for another office or purpose.
    pub async fn claim(&self, ticket: &Ticket, purpose: &str, office: OfficeId) -> Result<Claimed> {
        let claimed = self.promised(ticket, purpose, office)?;
        let area = self.blobs().area(self.frame.shared.name(), &office.to_string())?;
        area.claim(&claimed.sha256, claimed.size).await?;
        Ok(claimed)
    }

    /// What a ticket promises, without taking the upload over.
    ///
    /// # Errors
    /// As [`Read::claim`].
    pub fn promised(&self, ticket: &Ticket, purpose: &str, office: OfficeId) -> Result<Claimed> {
        let claims = self.frame.shared.platform.keys.ticket(ticket, self.now).map_err(|_| bad_ticket())?;
        let ours = claims.principal == self.frame.caller.principal();
        if !ours || claims.office != office || claims.purpose != purpose {
            return Err(bad_ticket().into());
        }
        Ok(Claimed { sha256: claims.sha256, size: claims.size, media_type: claims.media_type, name: claims.name })
    }
}

impl Write {
    /// The open transaction.
    #[must_use]
    pub fn tx(&self) -> &DatabaseTransaction {
        &self.tx
    }

    /// Whether a reaction is told the state of a publisher that was put back from an older copy. What it says then
    /// stands, even where this service has seen a later version: that version never was.
    #[must_use]
    pub fn reconciling(&self) -> bool {
        self.frame.reconciling
    }

    /// A fresh typed id.
    #[must_use]
    pub fn fresh<I: Id>(&self) -> I {
        runtime::clock::fresh_id().into()
    }

    /// Tells a fact: it is published after this transaction has committed, and only then.
    ///
    /// # Errors
    /// When the contract does not promise this event or the database refuses.
    pub async fn emit<E: Event>(&self, event: &E) -> Result<()> {
        self.emit_all(std::slice::from_ref(event)).await
    }

    /// Tells many facts at once, in this order.
    ///
    /// # Errors
    /// As [`Write::emit`].
    pub async fn emit_all<E: Event>(&self, events: &[E]) -> Result<()> {
        let shared = &self.frame.shared;
        anyhow::ensure!(
            shared.promises(E::SERVICE, E::KIND),
            "`{}` emits `{}`, which its contract does not promise",
            shared.name(),
            E::KIND
        );
        let trace = runtime::trace::current();
        let fresh = |event: &E| {
            let body = serde_json::to_value(event)?;
            // A larger one could never be relayed, and everything after it would wait for ever.
            anyhow::ensure!(body.to_string().len() <= EVENT_LIMIT, "`{}` is too large for an event", E::KIND);
            Ok(db::outbox::Fresh {
                id: runtime::clock::fresh_id(),
                kind: E::KIND,
                aggregate: event.aggregate(),
                office: event.office().into(),
                at: self.now,
                trace: trace.clone(),
                body,
            })
        };
        let fresh = events.iter().map(fresh).collect::<Result<Vec<_>>>()?;
        Ok(db::outbox::emit(&self.tx, fresh).await?)
    }

    /// Writes an act down for audit, with the names of who acts and for whom.
    ///
    /// # Errors
    /// `wire.bounded` when the act is beyond what was lent to the caller; when the database refuses.
    pub async fn audit(&self, act: Audit) -> Result<()> {
        let entry = act.entry(&self.frame, rand::random())?;
        Ok(db::audit::append(&self.tx, &entry).await?)
    }

    /// Refuses when the caller has seen another version than the current one.
    ///
    /// # Errors
    /// Stale, naming the current version.
    pub fn expect(&self, current: Version) -> Result<()> {
        match self.frame.meta.expect {
            Some(seen) if seen != current => Err(stale(current).into()),
            _ => Ok(()),
        }
    }

    /// Puts work in the book that is to be done at `due` or soon after, whatever happens to this process.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn enqueue<J: Job>(&self, job: &J, due: Instant) -> Result<()> {
        let payload = serde_json::to_string(job)?;
        Ok(db::jobs::enqueue(&self.tx, runtime::clock::fresh_id(), J::KIND, None, &payload, due).await?)
    }
}

impl Frame {
    /// The traceable identity of the request for audit.
    pub(crate) fn principal(&self) -> String {
        self.caller.principal()
    }

    /// The grant through which a deed of this call is done; nothing for services.
    pub(crate) fn acting(&self, deed: &Deed) -> Result<Option<&Grant>> {
        match &self.authority {
            Some(authority) => Ok(auth::acting(authority, self.permission(), deed)?),
            None => Ok(None),
        }
    }

    /// Whether something new may begin in an office in scope; services are not asked.
    fn begins(&self, office: OfficeId) -> Result<()> {
        match &self.authority {
            Some(authority) => Ok(auth::begins(authority, self.permission(), office)?),
            None => Ok(()),
        }
    }

    /// The permission that this call needs.
    fn permission(&self) -> Option<&str> {
        let call = self.subject.strip_prefix(self.shared.name()).and_then(|rest| rest.strip_prefix('.'));
        let need = call.and_then(|call| self.shared.service.contract.call(call)).map(|row| &row.need);
        match need {
            Some(Need::Permission(permission)) => Some(permission.as_str()),
            _ => None,
        }
    }
}

/// Serialises a reply.
pub(crate) fn encode<T: Serialize>(reply: &T) -> Result<Vec<u8>> {
    Ok(serde_json::to_vec(reply)?)
}

fn unauthenticated() -> Fault {
    Fault::new(Kind::Unauthenticated, "wire.unauthenticated", "sign in first", "cần đăng nhập")
}

pub(crate) fn bad_ticket() -> Fault {
    Fault::new(
        Kind::Invalid,
        "wire.bad_ticket",
        "this upload ticket is expired, another's, or for another office or purpose; upload the file again",
        "phiếu tải tệp đã hết hạn, của người khác, hoặc dành cho cơ quan hay mục đích khác; hãy tải tệp lên lại",
    )
}

fn stale(current: Version) -> Fault {
    let mut fault = Fault::new(
        Kind::Stale,
        "wire.stale",
        "somebody has changed this since you read it; read it again and repeat your change",
        "dữ liệu đã được người khác thay đổi sau khi bạn mở; hãy tải lại rồi làm lại thay đổi",
    );
    fault.detail = Some(serde_json::json!({ "current": current.etag() }));
    fault
}
