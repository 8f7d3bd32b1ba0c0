//! The `contract!` table.

/// Declares what a service promises: the implementations of [`Call`](crate::Call) and [`Event`](crate::Event) for its
/// types, and a function `contract()` with the same rows as data.
///
/// A call's line reads: effect, call type, reply type, name, `METHOD "path"` or `BUS`, who may call (`open`,
/// `signed_in`, `services` or `needs "permission"`), then optionally `not_stored` (a write whose answer is never kept
/// for repeats), `download` or `step_up` (an approval, a signature, a payment, a reveal: a person of whom it is demanded
/// needs a fresh proof of who they are). Beside `src`, `examples/<name>.json` holds a request and reply that work against
/// the demo; a call at the HTTP door without one does not compile.
///
/// Behind the calls of the table every contract has those that each service answers about itself:
/// [`StandardCall`](crate::StandardCall).
///
/// A service with much to promise has a table for each area, in a file of its own, joined by
/// [`Contract::and`](crate::Contract::and).
///
/// An event's line names the field that is its aggregate and the field that is its office.
///
/// ```ignore
/// wire::contract! {
///     service "finance" refuses Refusal;
///     calls {
///         Write OpenAccount => Account, "open_account.v1", POST "/api/v1/accounts", needs "finance.accounts.open";
///         Read GetBalance => Balance, "get_balance.v1", BUS, services;
///     }
///     events {
///         AccountOpened, "account_opened.v1", aggregate account.id, office account.office;
///     }
/// }
/// ```
#[macro_export]
macro_rules! contract {
    (
        service $service:literal refuses $refusal:ty;
        calls { $(
            $effect:ident $call:ty => $reply:ty, $name:literal, $method:ident $($path:literal)?,
                $need:ident $($permission:literal)? $(, $flag:ident)* ;
        )* }
        events { $(
            $event:ty, $kind:literal, aggregate $($aggregate:ident).+, office $($office:ident).+ ;
        )* }
    ) => {
        $(
            impl $crate::Call for $call {
                type Reply = $reply;
                const SERVICE: &'static str = $service;
                const NAME: &'static str = $name;
                const EFFECT: $crate::Effect = $crate::Effect::$effect;
            }
        )*
        $(
            impl $crate::Event for $event {
                const SERVICE: &'static str = $service;
                const KIND: &'static str = $kind;
                fn aggregate(&self) -> $crate::reexport::uuid::Uuid { self.$($aggregate).+.into() }
                fn office(&self) -> $crate::id::OfficeId { self.$($office).+ }
            }
        )*

        /// What this service promises, as data.
        #[must_use]
        pub fn contract() -> $crate::Contract {
            let mut contract = $crate::Contract::new($service, <$refusal as $crate::Refusal>::catalogue());
            #[allow(unused_mut)]
            let mut generator = $crate::Contract::generator();
            $( contract.calls.push($crate::CallRow {
                name: $name.to_owned(),
                effect: $crate::Effect::$effect,
                http: $crate::contract!(@http $method $($path)?),
                need: $crate::contract!(@need $need $($permission)?),
                stored: matches!($crate::Effect::$effect, $crate::Effect::Write)
                    $( && !$crate::contract!(@is not_stored $flag) )*,
                download: false $( || $crate::contract!(@is download $flag) )*,
                step_up: false $( || $crate::contract!(@is step_up $flag) )*,
                request: generator.subschema_for::<$call>(),
                reply: generator.subschema_for::<$reply>(),
                example: $crate::contract!(@example $method $name),
            }); )*
            contract.calls.extend($crate::Contract::standard($service, &mut generator));
            $( contract.events.push($crate::EventRow {
                kind: $kind.to_owned(),
                body: generator.subschema_for::<$event>(),
            }); )*
            contract.take_schemas(generator);
            contract
        }
    };

    (@http BUS) => { None };
    (@http $method:ident $path:literal) => {
        Some($crate::Http { method: $crate::Method::$method, path: $path.to_owned() })
    };
    (@need open) => { $crate::Need::Open };
    (@need signed_in) => { $crate::Need::SignedIn };
    (@need services) => { $crate::Need::Services };
    (@need needs $permission:literal) => { $crate::Need::Permission($permission.to_owned()) };
    (@is not_stored not_stored) => { true };
    (@is download download) => { true };
    (@is step_up step_up) => { true };
    (@is $wanted:ident $flag:ident) => { false };
    (@example BUS $name:literal) => { $crate::Example::default() };
    (@example $method:ident $name:literal) => {
        $crate::reexport::serde_json::from_str(include_str!(concat!("../examples/", $name, ".json"))).unwrap_or_default()
    };
}
