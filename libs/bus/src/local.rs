//! Calls within the process: a map from subjects to those who serve them.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bytes::Bytes;
use tokio::sync::{oneshot, watch};
use tokio_util::task::TaskTracker;
use wire::Meta;

use crate::{
    Answer, CallError, Endpoint, Handler, PublishError, Request, Topology, call::answer, local_events::Events,
};

/// The in-process transport.
#[derive(Default)]
pub(crate) struct Local {
    pub(crate) away: watch::Sender<bool>,
    served: Mutex<HashMap<String, Turns>>,
    pub(crate) events: Events,
}

/// Those who serve one subject, who take turns as the members of a queue group do.
#[derive(Default)]
struct Turns {
    next: usize,
    replicas: Vec<Replica>,
}

#[derive(Clone)]
struct Replica {
    handler: Handler,
    tasks: TaskTracker,
}

impl Local {
    pub(crate) async fn call(&self, subject: &str, meta: Meta, body: Bytes) -> Result<Answer, CallError> {
        if !self.is_up() {
            return Err(CallError::Away("taken away for a drill".to_owned()));
        }
        let (reply, answered) = oneshot::channel();
        {
            // The task is spawned under the lock, so that a service that stops either never sees it or waits for it.
            let mut served = lock(&self.served);
            let replica = served.get_mut(subject).and_then(Turns::take).ok_or(CallError::NobodyListens)?;
            let request = Request { subject: subject.to_owned(), meta, body };
            replica.tasks.spawn(async move {
                // A caller that no longer waits is no reason to stop.
                let _ = reply.send(answer(&replica.handler, request).await);
            });
        }
        answered.await.map_err(|_| CallError::Away("the process is ending".to_owned()))
    }

    pub(crate) fn serve(self: &Arc<Self>, endpoints: Vec<Endpoint>) -> LocalServing {
        let tasks = TaskTracker::new();
        let mut served = lock(&self.served);
        for Endpoint { name: _, subject, handler } in endpoints {
            served.entry(subject).or_default().replicas.push(Replica { handler, tasks: tasks.clone() });
        }
        LocalServing { local: self.clone(), tasks }
    }

    pub(crate) fn publish(&self, publisher: &str, body: Bytes) -> Result<(), PublishError> {
        if !self.is_up() {
            return Err(PublishError::Away("taken away for a drill".to_owned()));
        }
        self.events.publish(publisher, &body);
        Ok(())
    }

    pub(crate) fn prepare(&self, topology: &Topology) {
        for (publisher, consumers) in &topology.publishers {
            for consumer in consumers {
                self.events.open(publisher, consumer);
            }
        }
    }

    pub(crate) fn is_up(&self) -> bool {
        !*self.away.borrow()
    }

    pub(crate) fn set_away(&self, away: bool) {
        self.away.send_replace(away);
    }
}

impl Turns {
    fn take(&mut self) -> Option<Replica> {
        let turn = self.next.checked_rem(self.replicas.len())?;
        self.next = turn + 1;
        self.replicas.get(turn).cloned()
    }
}

/// A service served within the process.
pub(crate) struct LocalServing {
    local: Arc<Local>,
    tasks: TaskTracker,
}

impl LocalServing {
    pub(crate) async fn stop(self) {
        self.leave();
        self.tasks.close();
        self.tasks.wait().await;
    }

    fn leave(&self) {
        let mut served = lock(&self.local.served);
        served.retain(|_, turns| {
            turns.replicas.retain(|replica| !TaskTracker::ptr_eq(&replica.tasks, &self.tasks));
            !turns.replicas.is_empty()
        });
    }
}

impl Drop for LocalServing {
    fn drop(&mut self) {
        self.leave();
    }
}

/// A lock that a panic elsewhere does not poison: what it guards is whole between any two statements.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
