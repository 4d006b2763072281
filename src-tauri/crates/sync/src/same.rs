//! Whether what stands at the trust is our own: what it says, not what version it is called. A transaction that a server broke off in
//! the middle, and a server that counts anew, leave our own words under a version that nobody here has heard of.

use serde_json::Value;

/// What a server writes into `meta` by itself.
const OF_SERVERS: [&str; 3] = ["versionId", "lastUpdated", "source"];

/// Whether the trust's resource says what ours says, down to the labels in its `meta`.
pub(crate) fn says_the_same(theirs: &Value, ours: &Value) -> bool {
    let (Some(there), Some(here)) = (theirs.as_object(), ours.as_object()) else { return false };
    let all = there.keys().chain(here.keys()).filter(|key| *key != "meta");
    all.clone().all(|key| there.get(key) == here.get(key)) && labels(there.get("meta")) == labels(here.get("meta"))
}

fn labels(meta: Option<&Value>) -> Vec<(&String, &Value)> {
    let all = meta.and_then(Value::as_object).into_iter().flatten();
    let mut labels: Vec<_> = all.filter(|(key, _)| !OF_SERVERS.contains(&key.as_str())).collect();
    labels.sort_by_key(|(key, _)| *key);
    labels
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_version_is_no_content_and_a_label_is() {
        let ours = json!({ "resourceType": "Patient", "id": "a", "gender": "female", "meta": { "profile": ["p"] } });
        let with = |key: &str, value: Value| {
            let mut one = ours.clone();
            one[key] = value;
            one
        };
        let versioned =
            json!({ "profile": ["p"], "versionId": "7", "lastUpdated": "2026-11-23T10:00:00Z", "source": "#x" });
        assert!(says_the_same(&ours, &ours) && says_the_same(&with("meta", versioned), &ours));
        for other in [
            with("gender", json!("male")),
            with("active", json!(false)),
            with("meta", json!({ "profile": ["p"], "security": [{ "code": "R" }] })),
            with("meta", json!({ "versionId": "7" })),
            json!({ "resourceType": "Patient", "id": "a", "meta": { "profile": ["p"] } }),
            json!([]),
        ] {
            assert!(!says_the_same(&other, &ours), "{other}");
        }
        let (without, bare) = (json!({ "id": "a" }), json!({ "id": "a", "meta": { "versionId": "1" } }));
        assert!(says_the_same(&bare, &without));
    }
}
