//! Bytes in JSON: a string as it is, or `{"base64": "…"}` for what is not text.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Shape {
    Text(String),
    Binary { base64: String },
}

pub(crate) fn serialize<S: Serializer>(bytes: &Bytes, serializer: S) -> Result<S::Ok, S::Error> {
    let shape = match std::str::from_utf8(bytes) {
        Ok(text) => Shape::Text(text.to_owned()),
        Err(_) => Shape::Binary { base64: BASE64_STANDARD.encode(bytes) },
    };
    shape.serialize(serializer)
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Bytes, D::Error> {
    match Shape::deserialize(deserializer)? {
        Shape::Text(text) => Ok(text.into()),
        Shape::Binary { base64 } => {
            BASE64_STANDARD.decode(base64).map(Bytes::from).map_err(de::Error::custom)
        }
    }
}

/// The same for a field that may be missing.
pub(crate) mod optional {
    use bytes::Bytes;
    use serde::{Deserialize, Deserializer, Serializer};

    #[derive(Deserialize)]
    struct Wrapped(#[serde(with = "super")] Bytes);

    #[expect(clippy::ref_option, reason = "serde hands over a reference to the field")]
    pub(crate) fn serialize<S: Serializer>(
        bytes: &Option<Bytes>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match bytes {
            Some(bytes) => super::serialize(bytes, serializer),
            None => serializer.serialize_none(),
        }
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Bytes>, D::Error> {
        Ok(Option::<Wrapped>::deserialize(deserializer)?.map(|wrapped| wrapped.0))
    }
}
