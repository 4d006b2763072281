//! How a request of the screen is declared: its fields and nothing else; a field that is not expected is refused.

/// Declares requests by name and fields; each is read from JSON and printed as TypeScript.
macro_rules! requests {
    ($($(#[$meta:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident: $type:ty),+ $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(serde::Deserialize, ts_rs::TS)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$fmeta])* pub $field: $type),+ }
    )+};
}

pub(crate) use requests;
