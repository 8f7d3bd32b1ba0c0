//! Who speaks, what they hold, and how far a call may look: tokens, authority and the one policy function.
//!
//! Nothing here reads a clock or makes randomness: `now` and key seeds are arguments. The only I/O is key files.

/// In which capacity: for oneself or for another, and within which bounds.
mod acting;
/// Who speaks.
mod caller;
/// Why a token is not believed.
mod fault;
/// A key for one file that rests sealed.
mod item_key;
/// JSON Web Tokens: signed and read.
mod jwt;
/// Public keys, as JSON Web Keys.
mod key;
/// Private keys at rest: written once, refused when others can read them.
mod key_file;
/// The one policy function, and the scope that only it makes.
mod policy;
/// Which keys each issuer may use, and verification.
mod ring;
/// Secrets that rest in a database.
mod sealing;
/// Making tickets, tokens and signatures.
mod signer;
/// Where something new may begin.
mod succession;
/// What stands in a token.
mod token;

/// Salted hashes of values for the audit log.
pub mod commitment;

pub use acting::{Deed, acting, for_call};
pub use caller::{Caller, PersonCaller};
pub use fault::TokenFault;
pub use item_key::{CHUNK, ItemKey, Opening, Sealing, TAG};
pub use key::{BadKey, PublicKey};
pub use policy::{Scope, decide};
pub use ring::KeyRing;
pub use sealing::{SealingKey, SealingNonce};
pub use signer::Signer;
pub use succession::begins;
pub use token::{
    CALLER_LIFE, GATEWAY_ISSUER, IDENTITY_ISSUER, LEEWAY, TICKET_LIFE, TOKEN_LIMIT, TicketClaims, service_issuer,
};
pub use wire::{Authority, Grant};
