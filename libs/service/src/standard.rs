//! The calls that every service answers about itself: who answers them.

use std::{future::Future, sync::Arc};

use wire::StandardCall;

use crate::{
    Read, Result,
    context::encode,
    proving, reading_audit, set_to,
    table::{Handler, ReadFn, decode},
    vitals,
};

/// Each of them with its name.
pub(crate) fn handlers() -> [(&'static str, Handler); 4] {
    [answering(reading_audit::list), answering(proving::verify), answering(vitals::get), answering(set_to::get)]
}

fn answering<C, F, Fut>(handler: F) -> (&'static str, Handler)
where
    C: StandardCall,
    F: Fn(Read, C) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Result<C::Reply>> + Send + 'static,
{
    let run: ReadFn = Arc::new(move |cx, body| {
        let handler = handler.clone();
        Box::pin(async move { encode(&handler(cx, decode(&body)?).await?) })
    });
    (C::NAME, Handler::Read(run))
}
