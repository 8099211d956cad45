//! Pairs as the platforms write them: `[{key, value}]`.

use crate::sorted::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    key: String,
    value: String,
}

pub(super) fn serialize<S: Serializer>(pairs: &BTreeMap<String, String>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(pairs.iter().map(|(key, value)| Pair { key: key.clone(), value: value.clone() }))
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, String>, D::Error> {
    Ok(Vec::<Pair>::deserialize(deserializer)?.into_iter().map(|pair| (pair.key, pair.value)).collect())
}
