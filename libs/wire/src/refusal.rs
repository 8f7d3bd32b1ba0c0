//! Refusals: a closed list per service, one line each, from which faults, documentation and tests are made.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Fault, Kind};

/// A service's closed list of ways to say no. Implemented by [`refusals!`](crate::refusals).
pub trait Refusal: std::error::Error + Send + Sync + 'static {
    /// The fault that a caller sees.
    fn fault(&self) -> Fault;

    /// Every refusal there is, for the reference page and the contract.
    fn catalogue() -> Vec<RefusalRow>;
}

/// One row of a service's catalogue of refusals. The sentences keep their `{placeholders}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RefusalRow {
    /// What kind of no.
    pub kind: Kind,
    /// The stable code.
    pub code: String,
    /// The English sentence.
    pub en: String,
    /// The Vietnamese sentence.
    pub vi: String,
}

/// Declares the refusals of a service. A variant is documented by its English sentence; a comment before it says what the
/// sentence leaves open.
///
/// ```
/// wire::refusals! {
///     /// Why the example says no.
///     pub enum Refusal {
///         Taken { number: i64 } => Conflict, "example.taken",
///             en "number {number} is taken", vi "số {number} đã được dùng", field "number";
///         /// It opens at eight.
///         Shut => Conflict, "example.shut", en "the door is shut", vi "cửa đã đóng";
///     }
/// }
/// use wire::Refusal as _;
/// assert_eq!(Refusal::Taken { number: 7 }.fault().vi, "số 7 đã được dùng");
/// assert_eq!(Refusal::catalogue().len(), 2);
/// ```
#[macro_export]
macro_rules! refusals {
    (
        $(#[$doc:meta])*
        pub enum $name:ident {
            $(
                $(#[$vdoc:meta])*
                $variant:ident $({ $($value:ident : $ty:ty),* $(,)? })? => $kind:ident, $code:literal,
                    en $en:literal, vi $vi:literal
                    $(, field $field:literal)? $(, instrument $instrument:literal)? ;
            )*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub enum $name {
            $(
                $(#[$vdoc])*
                #[doc = $en]
                $variant $({ $(
                    #[allow(missing_docs)]
                    $value: $ty
                ),* })?,
            )*
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(&<Self as $crate::Refusal>::fault(self).en)
            }
        }

        impl ::std::error::Error for $name {}

        impl $crate::Refusal for $name {
            fn fault(&self) -> $crate::Fault {
                match self {
                    $(
                        #[allow(unused_variables)]
                        Self::$variant $({ $($value),* })? => {
                            #[allow(unused_mut)]
                            let mut fault = $crate::Fault::new($crate::Kind::$kind, $code, format!($en), format!($vi));
                            $( fault.field = Some($field.to_owned()); )?
                            $( fault.instrument = Some($instrument.to_owned()); )?
                            $( fault.detail = Some($crate::reexport::serde_json::json!({ $( stringify!($value): $value ),* })); )?
                            fault
                        }
                    )*
                }
            }

            fn catalogue() -> Vec<$crate::RefusalRow> {
                vec![ $(
                    $crate::RefusalRow {
                        kind: $crate::Kind::$kind,
                        code: $code.to_owned(),
                        en: $en.to_owned(),
                        vi: $vi.to_owned(),
                    }
                ),* ]
            }
        }
    };
}
