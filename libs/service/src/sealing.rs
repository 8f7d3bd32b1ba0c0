//! Seals audit rows once a second: orders them into the log and signs its new head. Never under anyone's write.

use std::{sync::Arc, time::Duration};

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::running::Shared;

/// Seals until the process stops, and then once more.
pub(crate) async fn run(shared: Arc<Shared>) {
    loop {
        let stop = tokio::select! {
            () = shared.quiet.cancelled() => true,
            () = tokio::time::sleep(Duration::from_secs(1)) => false,
        };
        while let Ok(1..) = seal(&shared).await {}
        if stop {
            return;
        }
    }
}

async fn seal(shared: &Shared) -> Result<u64, ()> {
    let origin = origin(shared.name());
    let sign = |body: &str| {
        let signature = shared.signer.sign_bytes(body.as_bytes());
        format!("{body}\n— {origin} {}\n", STANDARD.encode(signature))
    };
    let sealed = shared.db.seal(&origin, shared.platform.clock.now(), sign).await;
    sealed.map_err(|error| shared.note_database_error("sealing the audit log", &error))
}

/// The name under which a service's log is signed.
#[must_use]
pub fn origin(service: &str) -> String {
    format!("vanphong/{service}")
}

/// Whether a whole note bears a signature of this key over its body.
#[must_use]
pub fn is_signed(note: &str, service: &str, key: &auth::PublicKey) -> bool {
    let marker = format!("\n\n— {} ", origin(service));
    let Some((body, signature)) = note.split_once(marker.as_str()) else { return false };
    let Ok(bytes) = STANDARD.decode(signature.trim_end()) else { return false };
    let Ok(signature) = <[u8; 64]>::try_from(bytes) else { return false };
    key.verify_bytes(format!("{body}\n").as_bytes(), &signature)
}
