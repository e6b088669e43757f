//! Enums of documented values that keep the values that nobody has documented yet.

/// Gives an enum whose last variant is `Other(String)` its wire form: `as_str`, `From<&str>`, `From<String>`, `Display`,
/// [`AsValue`](crate::AsValue), behind this crate's feature `client` `Decode` and, behind the using crate's feature
/// `serde`, both directions of serde.
#[macro_export]
macro_rules! open_enum {
    ($name:ident { $($variant:ident = $wire:literal),* $(,)? }) => {
        impl $name {
            /// The value as it travels.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Other(other) => other,
                }
            }
        }

        impl ::std::convert::From<&str> for $name {
            fn from(wire: &str) -> Self {
                match wire {
                    $($wire => Self::$variant,)*
                    other => Self::Other(::std::convert::From::from(other)),
                }
            }
        }

        impl ::std::convert::From<::std::string::String> for $name {
            fn from(wire: ::std::string::String) -> Self {
                Self::from(wire.as_str())
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::AsValue for $name {
            fn as_value(&self) -> $crate::Value<'_> {
                $crate::Value::Text(self.as_str())
            }
        }

        $crate::__decode_open_enum!($name { $($variant = $wire),* });

        #[cfg(feature = "serde")]
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                <::std::string::String as ::serde::Deserialize>::deserialize(deserializer).map(Self::from)
            }
        }

        #[cfg(feature = "serde")]
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}

/// `Decode` for an open enum: the documented value, else the only one that differs in ASCII case alone, else `Other`.
///
/// A `cfg` in what a macro writes asks for the features of the crate that uses it. So there are two macros of this name,
/// and a feature of this crate decides which.
#[cfg(feature = "client")]
#[doc(hidden)]
#[macro_export]
macro_rules! __decode_open_enum {
    ($name:ident { $($variant:ident = $wire:literal),* }) => {
        impl $crate::decode::Decode for $name {
            fn decode(json: &$crate::Json) -> ::std::option::Option<Self> {
                let text = <::std::string::String as $crate::decode::Decode>::decode(json)?;
                let known: &[&str] = &[$($wire),*];
                ::std::option::Option::Some(Self::from($crate::decode::nearest(&text, known)))
            }
        }
    };
}

/// Nothing, without the feature that decodes.
#[cfg(not(feature = "client"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __decode_open_enum {
    ($($anything:tt)*) => {};
}

#[cfg(all(test, feature = "client"))]
mod tests {
    use crate::decode::Decode;
    use serde_json::json;

    #[derive(Debug, PartialEq)]
    enum Status {
        Running,
        Failed,
        Loud,
        Other(String),
    }

    crate::open_enum!(Status { Running = "Running", Failed = "Failed", Loud = "FAILED" });

    #[test]
    fn reads_what_is_documented_whatever_its_case_and_keeps_the_rest() {
        for (json, status) in [
            (json!("Running"), Some(Status::Running)),
            (json!("running"), Some(Status::Running)),
            (json!("FAILED"), Some(Status::Loud)),
            (json!("failed"), Some(Status::Other("failed".to_owned()))),
            (json!("Paused"), Some(Status::Other("Paused".to_owned()))),
            (json!(7), Some(Status::Other("7".to_owned()))),
            (json!(""), Some(Status::Other(String::new()))),
            (json!(null), None),
            (json!({}), None),
        ] {
            assert_eq!(Status::decode(&json), status, "{json}");
        }
    }
}
